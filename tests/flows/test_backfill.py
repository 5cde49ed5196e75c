"""Stories that no listing shows any more come by id, by address, or out of WARC files."""

import json

import pytest

from tests.flows.conftest import message_of, select, summary_of
from tests.site.small import STORIES, response
from tests.unit.archive.foreign_warc import Record, write_warc

pytestmark = pytest.mark.prefect


@pytest.fixture
def backfill(wirehouse, settings):
    """The summary of one backfill."""
    return lambda *arguments: summary_of(wirehouse("backfill", *arguments, "--json", **settings))


def test_addresses_in_a_file_are_fetched_and_bad_ones_are_rejects(
    backfill, site, settings, tmp_path
):
    first, second = site.story_paths[:2]
    lines = (
        "# mine",
        f"http://www.menafn.com{first}?src=RSS",
        second,
        "/about",
        "https://x.example/",
    )
    (tmp_path / "addresses.txt").write_text("\n".join(lines))
    summary = backfill("--urls", str(tmp_path / "addresses.txt"))
    assert (summary["flow"], summary["inserted"], summary["rejected"]) == ("backfill", 2, 2)
    assert set(site.paths) == {"/robots.txt", first, second}
    query = "select url, stage, reason from rejects order by url"
    assert select(settings["data_dir"], query) == [
        ("https://menafn.com/about", "discover", "no-story-id"),
        ("https://x.example/", "discover", "foreign-host"),
    ]


@pytest.mark.slow
def test_neither_stories_nor_missing_ids_are_requested_twice(backfill, site, settings):
    path = site.story_paths[3]
    article_id = int(path.split("/")[1])
    site.replaced[f"/{article_id}/"] = site.response(path)
    site.replaced[f"/{article_id + 2}/"] = response(410)
    ids = f"{article_id}-{article_id + 2}"
    first = backfill("--ids", ids)
    assert (first["inserted"], first["rejected"]) == (1, 2)
    assert site.paths[0] == "/robots.txt"
    assert set(site.paths[1:3]) == {f"/{article_id + 2}/", f"/{article_id + 1}/"}
    reasons = select(settings["data_dir"], "select reason from rejects order by all")
    assert reasons == [("gone",), ("not-found",)]
    site.visits.clear()
    assert backfill("--ids", ids)["fetched"] == 0
    assert site.paths == []


def test_gaps_are_filled_within_the_budget_and_requested_once(backfill, site, settings):
    story = site.response(site.story_paths[0])
    own_id = site.story_paths[0].split("/")[1]
    newest = int(own_id) + 1_000
    for number in (0, 4, 7):  # the two ends of the sequence, and a story that no listing shows
        body = story.body.replace(own_id.encode(), str(newest - number).encode())
        site.replaced[f"/{newest - number}/"] = response(200, body)
    backfill("--ids", f"{newest},{newest - 7}")
    site.visits.clear()
    gaps = [f"/{newest - number}/" for number in (1, 2, 3, 4, 5, 6)]

    first = backfill("--gaps", "--max-stories", "4")

    assert (first["fetched"], first["inserted"], first["rejected"]) == (4, 1, 3)
    second = backfill("--gaps")
    assert (second["fetched"], second["inserted"]) == (2, 0)
    assert sorted(site.paths) == sorted(["/robots.txt"] * 2 + gaps)
    assert set(site.paths[1:5]) == set(gaps[:4])
    left = "select count(*), (select count(*) from unrequested_ranges) from articles"
    assert select(settings["data_dir"], left) == [(3, 0)]
    covered = "select sum(loaded_count), sum(missing_count), sum(id_count) from coverage_by_day"
    assert select(settings["data_dir"], covered) == [(3, 5, 8)]


def test_stories_in_warc_files_are_loaded_and_rebuilt_without_the_site(
    wirehouse, site, settings, tmp_path
):
    records = [
        Record(
            url=f"http://www.menafn.com{path}?src=RSS",
            body=site.response(path).body,
            date="2026-11-23T10:00:00Z",
        )
        for path in site.story_paths
    ]
    write_warc(tmp_path / "found" / "a.warc.gz", *records[:6], form="one")
    write_warc(tmp_path / "found" / "b.warc", Record(url="https://x.example/"), *records[6:])

    done = wirehouse("backfill", "--json", "--warc", str(tmp_path / "found"), **settings)

    assert summary_of(done)["inserted"] == STORIES
    assert "1 records skipped: another address" in done.stderr
    assert site.paths == []
    captures = select(settings["data_dir"], "select warc_path, warc_offset from captures")
    for path, offset in captures:
        assert path.startswith("raw/")
        assert (settings["data_dir"] / path).stat().st_size > offset
    assert summary_of(wirehouse("rebuild", "--json", **settings))["inserted"] == STORIES


@pytest.mark.slow
def test_bad_warc_files_are_named_and_the_others_are_imported(wirehouse, site, settings, tmp_path):
    path = site.story_paths[0]
    url, body = f"https://menafn.com{path}", site.response(path).body
    good = write_warc(
        tmp_path / "good.warc.gz", Record(url=url, body=body, date="2026-11-23T10:00:00Z")
    )
    elsewhere = write_warc(tmp_path / "elsewhere.warc.gz", Record(url="https://x.example/"))
    for number in range(6):
        (tmp_path / f"page-{number}.warc.gz").write_text("<html>")
    (tmp_path / "cut.warc.gz").write_bytes(good.read_bytes()[:100])

    done = wirehouse("backfill", "--warc", *map(str, sorted(tmp_path.glob("*.gz"))), **settings)

    assert done.returncode == 1
    assert "page-4.warc.gz holds no WARC record" in message_of(done)
    assert done.stderr.strip().endswith("; and 2 more.")
    assert "cut.warc.gz can't be read as WARC (" in done.stderr
    assert f"No story of the site in {elsewhere}" in done.stderr
    assert select(settings["data_dir"], "select count(*) from articles") == [(1,)]

    nothing = wirehouse("backfill", "--warc", str(tmp_path / "cut.warc.gz"), **settings)
    assert nothing.returncode == 1
    assert "Nothing could be read" in message_of(nothing)
    wrong = wirehouse("backfill", "--warc", str(tmp_path / "page-0.warc.gz"), **settings)
    assert wrong.returncode == 2
    runs = json.loads(wirehouse("status", "--json", **settings).stdout)["runs"]
    assert [run[2] for run in runs] == ["failed", "completed"]


def test_an_unreachable_site_is_one_message_and_its_ids_stay_unrequested(wirehouse, settings):
    gone = settings | {"base_url": "http://127.0.0.1:1"}
    done = wirehouse("backfill", "--ids", "1109916000-1109916999", **gone)
    assert done.returncode == 1
    assert "run it again" in message_of(done)
    status = json.loads(wirehouse("status", "--json", **gone).stdout)
    assert (status["counts"]["rejects"], status["runs"][0][2]) == (0, "failed")
