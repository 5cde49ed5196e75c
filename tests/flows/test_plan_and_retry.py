"""What a run would request is said before, and what was rejected is requested again when asked for."""

import json
from datetime import timedelta

import duckdb
import pytest

from tasks.core.known_listings import COUNTRY_FEEDS
from tasks.core.paths import DataPaths
from tasks.core.rejects import MISSING, RETRIABLE, Reason
from tasks.core.urls import story_id
from tests.flows.conftest import message_of, select, summary_of
from tests.site.feeds import feed_path
from tests.site.small import STORIES, response

pytestmark = pytest.mark.prefect

REFUSED = {"forbidden": 403, "server-error": 503, "not-found": 404, "gone": 410, "no-story": 200}


def planned(wirehouse, settings, *arguments):
    done = wirehouse(*arguments, "--plan", "--json", **settings)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def refused(wirehouse, site, settings):
    """A folder in which five stories were rejected and the others are loaded; their paths."""
    paths = dict(zip(REFUSED, site.story_paths, strict=False))
    for reason, status in REFUSED.items():
        site.replaced[paths[reason]] = response(status, b"<p>Hello</p>" if status == 200 else b"")
    done = wirehouse("ingest", **settings)
    assert done.returncode == 0, done.stderr
    site.replaced.clear()
    site.visits.clear()
    return paths


def test_before_the_first_run_a_plan_has_the_listings_and_the_least_time(
    wirehouse, site, settings, tmp_path
):
    data_dir = tmp_path / "new"
    asked = settings | {"data_dir": data_dir, "requests_per_second": 2}
    plan = planned(wirehouse, asked, "ingest")
    count = len(COUNTRY_FEEDS) + 2 * 3  # two listings of three pages
    assert (plan["listing_requests"], plan["requests"]) == (count, count + 1)
    assert (plan["seconds_per_request"], plan["seconds"]) == (0.5, count * 0.5)
    assert (plan["as_of"], plan["expected_requests"]) == (None, None)
    assert (site.visits, data_dir.exists()) == ([], False)


def test_a_scheduled_ingest_polls_only_what_is_due(wirehouse, site, known):
    """Also `--plan`; an ingest by hand polls everything as ever."""
    assert summary_of(wirehouse("ingest", "--due", "--json", **known))["status"] == "skipped"
    assert site.visits == []
    assert planned(wirehouse, known, "ingest", "--due")["listing_requests"] == 0
    plan = planned(wirehouse, known, "ingest")
    assert len(plan["listings"]) == len(COUNTRY_FEEDS) + 2
    assert all(polled_at < due_at for _, polled_at, due_at, _ in plan["listings"])
    schedule = json.loads(wirehouse("status", "--json", **known).stdout)["schedule"]
    assert {row[0]: row[1:3] for row in schedule} == {row[0]: row[1:3] for row in plan["listings"]}
    with duckdb.connect(DataPaths(known["data_dir"]).writer_file) as warehouse:
        warehouse.execute("update captures set fetched_at = fetched_at - interval 1 day "
                          "where url like '%Kuwait.xml'")  # fmt: skip
    assert wirehouse("ingest", "--due", **known).returncode == 0
    assert site.paths == ["/robots.txt", feed_path("Kuwait")]
    assert wirehouse("ingest", **known).returncode == 0
    assert len(set(site.paths)) >= len(plan["listings"])


def test_a_plan_names_what_the_next_run_requests(wirehouse, site, known):
    site.replaced["/robots.txt"] = response(200, b"User-agent: *\nCrawl-delay: 0.1", "text/plain")
    recheck = known | {"recheck_interval_hours": 0, "recheck_window_hours": 10**6, "max_stories": 3}
    plan = planned(wirehouse, recheck, "ingest")
    assert plan["story_requests"] == 3
    shown = {url: count for url, *_, count in plan["listings"]}
    assert sum(shown.values()) >= 3
    assert site.visits == []
    assert wirehouse("ingest", **recheck).returncode == 0
    requested = {f"https://menafn.com{path}" for path in site.paths}
    assert set(plan["first_urls"]) <= requested
    assert planned(wirehouse, known, "ingest")["robots_delay_seconds"] == 0.1
    assert "time, at least" in wirehouse("ingest", "--plan", **known).stdout


def test_a_backfill_is_planned_by_the_same_rules(wirehouse, site, known, tmp_path):
    newest = int(site.story_paths[-1].split("/")[1])
    before = sorted(DataPaths(known["data_dir"]).state.rglob("*"))
    plan = planned(wirehouse, known, "backfill", "--ids", f"{newest}-{newest + 2}")
    assert (plan["story_requests"], len(plan["first_urls"])) == (2, 2)
    assert planned(wirehouse, known, "backfill", "--gaps", "--max-stories", "4")["requests"] == 5
    (tmp_path / "urls.txt").write_text(
        f"https://menafn.com/{newest + 1}/a\nhttps://other.example/1\n"
    )
    plan = planned(wirehouse, known, "backfill", "--urls", str(tmp_path / "urls.txt"))
    assert plan["first_urls"] == [f"https://menafn.com/{newest + 1}/a"]
    assert sorted(DataPaths(known["data_dir"]).state.rglob("*")) == before
    assert site.visits == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ingest", "--sample", "--plan"), "--sample requests nothing of the site"),
        (("backfill", "--plan"), "Only what is requested can be planned"),
        (("retry", "--reason", "gone"), "gone is no reason to request a story again"),
        (("retry", "--reason", "gone", "--plan"), "gone is no reason to request a story again"),
    ],
)
def test_what_cannot_be_planned_or_retried_is_one_message(wirehouse, settings, arguments, message):
    done = wirehouse(*arguments, **settings)
    assert done.returncode == 2
    assert message in message_of(done)


def test_a_retry_requests_what_may_have_passed_and_nothing_that_is_missing_or_deleted(
    wirehouse, site, settings, refused
):
    deleted = str(story_id(f"https://menafn.com{refused['server-error']}"))
    assert wirehouse("forget", deleted, "--yes", **settings).returncode == 0
    plan = planned(wirehouse, settings, "retry")
    expected = {refused["forbidden"], refused["no-story"]}
    assert {url.removeprefix("https://menafn.com") for url in plan["first_urls"]} == expected

    summary = summary_of(wirehouse("retry", "--json", **settings))

    assert set(site.paths) - {"/robots.txt"} == expected
    assert (summary["flow"], summary["inserted"]) == ("backfill", 2)
    loaded = select(settings["data_dir"], "select count(*) from articles")
    assert loaded == [(STORIES - 3,)]
    site.visits.clear()
    assert summary_of(wirehouse("retry", "--json", **settings))["fetched"] == 0
    assert set(site.paths) <= {"/robots.txt"}


@pytest.mark.slow
def test_a_retry_is_narrowed_by_reason_and_time(wirehouse, settings, refused):
    def urls(*options):
        return planned(wirehouse, settings, "retry", *options)["first_urls"]

    of_reason = {reason: urls("--reason", reason) for reason in ("forbidden", "server-error")}
    assert {reason: [f"https://menafn.com{refused[reason]}"] for reason in of_reason} == of_reason
    ((last,),) = select(settings["data_dir"], "select max(rejected_at) from rejects")
    assert len(urls("--since", f"{last:%Y-%m-%d}")) == 3
    assert urls("--since", f"{last + timedelta(days=1):%Y-%m-%dT%H:%M}") == []


def test_each_reason_is_retried_or_says_that_there_is_no_story():
    no_story = {Reason.NOT_A_FEED, Reason.NO_STORY_ID, Reason.FOREIGN_HOST}
    assert RETRIABLE | MISSING | no_story == set(Reason)
    assert not RETRIABLE & (MISSING | no_story)
