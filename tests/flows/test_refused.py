"""A pass that got nothing of the site says so wherever an operator looks; a quiet one doesn't."""

import asyncio
import json
import shutil
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.sorting import FlowRunSort

from tasks.archive.sample_site import RecordedResponse
from tasks.core.known_listings import COUNTRY_FEEDS, LISTING_PAGES
from tests.flows.conftest import message_of, quick_settings, select, summary_of
from tests.site.small import response

pytestmark = pytest.mark.prefect

FEED = COUNTRY_FEEDS[0]
CAPTCHA = response(
    200,
    b"<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>One more step</h1>"
    b"<p>Please complete the security check to access menafn.com.</p><p>Completing the CAPTCHA "
    b"proves you are a human and gives you temporary access to the web property.</p></body></html>",
)
EMPTY = response(200, b"<rss><channel><title>MENAFN</title></channel></rss>", "text/xml")
BROKEN = response(200, b"<rss><channel><item><title>A & B</title></channel>", "text/xml")
BARE = response(200, b"<html><body><p>No stories.</p></body></html>")


def feed_of(paths) -> RecordedResponse:
    items = "".join(f"<item><link>https://menafn.com{path}</link></item>" for path in paths)
    return response(200, f"<rss><channel>{items}</channel></rss>".encode(), "text/xml")


async def last_flow_run():
    async with get_client() as client:
        (run,) = await client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
        return run


# What is put in the place of feeds, listing pages and stories; how the run ends, and why.
FAILURES: dict[str, tuple[Any, Any, Any, str, list[str]]] = {
    "listings are not found": (
        response(404), response(404), None, "failed",
        ["17 of 17 feeds gave nothing (not-found 17)",
         "2 of 2 listing pages gave nothing (not-found 2)"],
    ),
    "listings are forbidden": (
        response(403), response(403), None, "failed",
        ["17 of 17 feeds gave nothing (forbidden 17)",
         "2 of 2 listing pages gave nothing (forbidden 2)"],
    ),
    "listings fail": (
        response(503), response(503), None, "failed",
        ["17 of 17 feeds gave nothing (server-error 17)",
         "2 of 2 listing pages gave nothing (server-error 2)"],
    ),
    "listings are captchas": (
        CAPTCHA, CAPTCHA, None, "failed",
        ["17 of 17 feeds gave nothing (not-a-feed 17)",
         "2 of 2 listing pages gave nothing (empty 2)"],
    ),
    "listings are empty": (
        EMPTY, BARE, None, "failed",
        ["17 of 17 feeds gave nothing (empty 17)",
         "2 of 2 listing pages gave nothing (empty 2)"],
    ),
    "feeds are empty": (
        EMPTY, None, None, "degraded", ["17 of 17 feeds gave nothing (empty 17)"],
    ),
    "feeds are malformed": (
        BROKEN, None, None, "degraded", ["17 of 17 feeds gave nothing (not-a-feed 17)"],
    ),
    "stories are forbidden": (
        None, None, response(403), "degraded", ["12 of 12 stories could not be read (forbidden 12)"],
    ),
    "stories are not found": (
        None, None, response(404), "degraded", ["12 of 12 stories could not be read (not-found 12)"],
    ),
    "stories are captchas": (
        None, None, CAPTCHA, "degraded", ["12 of 12 stories could not be read (error-page 12)"],
    ),
    "stories have no text": (
        None, None, BARE, "degraded", ["12 of 12 stories could not be read (no-story 12)"],
    ),
}  # fmt: skip


# The same as another with another reason; tests/unit/warehouse/test_outcome.py has them all.
ALIKE = {
    "listings are not found", "listings are forbidden", "listings fail", "feeds are empty",
    "stories are not found", "stories are forbidden", "stories have no text",
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=[pytest.mark.slow] if one in ALIKE else []) for one in FAILURES],
)
def test_a_pass_that_got_nothing_says_so(wirehouse, site, settings, name):
    *parts, status, causes = FAILURES[name]
    for paths, part in zip((COUNTRY_FEEDS, LISTING_PAGES, site.story_paths), parts, strict=True):
        site.replaced.update(dict.fromkeys(paths, part) if part else {})
    done = wirehouse("ingest", "--json", **settings)
    assert done.returncode == 1
    detail = "; ".join(causes)
    assert detail in message_of(done)
    assert done.stderr.count("\n") == 1
    summary = json.loads(done.stdout.splitlines()[-1])
    assert (summary["status"], summary["detail"]) == (status, detail)
    assert select(settings["data_dir"], "select status, detail from runs") == [(status, detail)]
    shown = json.loads(wirehouse("status", "--json", **settings).stdout)
    assert dict(zip(shown["run_columns"], shown["runs"][0], strict=True))["detail"] == detail
    flow_run = asyncio.run(last_flow_run())
    assert (flow_run.state_type.value, flow_run.state_name) == ("FAILED", status.capitalize())
    assert detail in flow_run.state.message


def test_a_pass_without_news_is_completed(wirehouse, known):
    again = summary_of(wirehouse("ingest", "--json", **known))
    assert (again["status"], again["detail"], again["fetched"]) == ("completed", None, 0)


@pytest.mark.slow
def test_a_captcha_that_has_not_changed_is_still_no_listing(wirehouse, site, known):
    headers = (*CAPTCHA.headers, ("ETag", '"captcha"'))
    page = RecordedResponse(status=200, phrase="", headers=headers, body=CAPTCHA.body)
    site.replaced.update(dict.fromkeys(LISTING_PAGES, page))
    for _ in range(2):
        message = message_of(wirehouse("ingest", **known))
        assert "2 of 2 listing pages gave nothing (empty 2)" in message
    site.replaced.clear()
    assert wirehouse("ingest", **known).returncode == 0


@pytest.mark.slow
def test_half_of_the_feeds_refused_is_degraded_and_a_few_are_not(wirehouse, site, known):
    site.replaced.update(dict.fromkeys(COUNTRY_FEEDS[:8], response(403)))
    assert wirehouse("ingest", **known).returncode == 0
    site.replaced.update(dict.fromkeys(COUNTRY_FEEDS[8:9], response(503)))
    message = message_of(wirehouse("ingest", **known))
    assert "14 of 17 feeds gave nothing (forbidden 8, empty 5, server-error 1)" in message


def test_drift_is_held_back_until_it_is_judged_anew(wirehouse, site, settings):
    quiet = settings | {"feeds": FEED, "listings": ""}
    newest = int(site.story_paths[-1].split("/")[1])
    odd = [f"/{newest - 1000 + number}/Odd-Page" for number in range(40)]
    site.replaced[FEED] = feed_of(odd)
    for path in odd:
        sentence = f"The harbour of page {path} opened again on Monday, the ministry said. "
        page = f"<html><body><h1>Harbour {path}</h1><p>{sentence * 9}</p></body></html>"
        site.replaced[path] = response(200, page.encode())
    message = message_of(wirehouse("ingest", **quiet))
    assert "layouts_are_known: 2 rows, such as stretch=newest, page_count=40" in message
    site.replaced[FEED] = feed_of(site.story_paths[:5])
    message = message_of(wirehouse("ingest", **quiet))
    assert "page_count=45, unknown_count=40" in message
    assert not (settings["data_dir"] / "warehouse.duckdb").exists()


@pytest.fixture(scope="module")
def two_ends(session_site, wirehouse, tmp_path_factory):
    """A data folder with the oldest and the newest story."""
    data_dir, site = tmp_path_factory.mktemp("ends"), session_site
    site.replaced = {FEED: feed_of([site.story_paths[0], site.story_paths[-1]])}
    quiet = {"feeds": FEED, "listings": "", "max_gap_stories": 0}
    done = wirehouse("ingest", **quick_settings(site, data_dir) | quiet)
    assert done.returncode == 0, done.stderr
    return data_dir


@pytest.mark.parametrize(
    ("names", "answer", "reason"),
    [
        pytest.param("--ids", 404, None, marks=pytest.mark.slow),
        pytest.param("--ids", 403, "forbidden", marks=pytest.mark.slow),
        ("--urls", 200, "no-story"),
        ("--gaps", 410, None),
        ("--gaps", 503, "server-error"),
    ],
)
def test_a_backfill_that_was_refused_says_so_and_one_of_missing_ids_does_not(
    wirehouse, two_ends, site, settings, tmp_path, names, answer, reason
):
    shutil.copytree(two_ends, settings["data_dir"], dirs_exist_ok=True)
    site.replaced["*"] = response(answer, BARE.body if answer == 200 else b"")
    site.replaced["/robots.txt"] = response(404)
    oldest = int(site.story_paths[0].split("/")[1])
    urls = "".join(f"https://menafn.com/{oldest + n}\n" for n in (1, 2))
    (tmp_path / "urls.txt").write_text(urls)
    given = {
        "--ids": [f"{oldest + 1}-{oldest + 2}"],
        "--urls": [str(tmp_path / "urls.txt")],
        "--gaps": ["--max-stories", "2"],
    }

    done = wirehouse("backfill", names, *given[names], **settings)

    assert done.returncode == (0 if reason is None else 1), done.stderr
    if reason:
        assert f"2 of 2 stories could not be read ({reason} 2)" in message_of(done)
