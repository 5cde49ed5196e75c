"""A replay of the archive stages what the runs staged that wrote it."""

import asyncio
import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.archive.sample_site import RecordedResponse
from tasks.core.errors import SiteUnreachableError, UsageError
from tasks.core.parquet import read_records
from tasks.core.paths import DataPaths
from tasks.core.records import Capture
from tasks.core.run import Batch
from tasks.core.staging import complete_batches
from tasks.reprocess import ArchiveReplay, rebuild_run
from tests.sql.records import KINDS, make_run
from tests.tasks.stages import StagedSite, captures_of, feed, listing, respond, story_request

FIRST = 1109916000
NEVER = datetime.min.replace(tzinfo=UTC)
NAMES = ("captures", "listing_entries", "feed_polls", "listing_validators", "rejects")


class ReplayedSite(StagedSite):
    """A site, what its runs staged, and what a replay of their archive stages."""

    def poll(self) -> dict[str, list[Any]]:
        """Discover once; return what was staged, and load it."""
        try:
            self.discover()
        except SiteUnreachableError:
            assert dict(self.requested) == {"/robots.txt": 503}
        self.load()
        return staged(self.paths)

    def add_stories(self, count: int) -> None:
        self.pages |= {f"/{FIRST + number}/x": respond("text") for number in range(count)}

    def fetch_stories(self, *numbers: int) -> list[Capture]:
        """Fetch stories; return the captures, and remove the batches as a load would."""
        batches = self.fetch(*(story_request(FIRST + number) for number in numbers))
        captures = [capture for batch in batches for capture in captures_of(batch.path)]
        shutil.rmtree(self.paths.fetched, ignore_errors=True)
        return captures

    def replay(self, **changed: Any) -> tuple[dict[str, list[Any]], list[list[Capture]]]:
        """What a replay yields: staged records, and the captures of each window."""
        run = make_run(self.folder, "20261124T000000Z-abcdef", **({"batch_pages": 4} | changed))
        new = rebuild_run(run)

        async def collect() -> list[tuple[Batch, ...]]:
            return [window async for window in ArchiveReplay(new).windows()]

        windows = [
            [capture for batch in window for capture in captures_of(batch.path)]
            for window in asyncio.run(collect())
        ]
        shutil.rmtree(new.paths.fetched, ignore_errors=True)
        return staged(new.paths), windows


def staged(paths: DataPaths) -> dict[str, list[Any]]:
    folders = complete_batches(paths.staged)
    found: dict[str, list[Any]] = {name: [] for name in NAMES}
    for name in NAMES:
        for folder in folders:
            found[name] += read_records(folder / f"{name}.parquet", KINDS[name])
    shutil.rmtree(paths.staged, ignore_errors=True)
    found["rejects"] = [replace(one, rejected_at=NEVER) for one in found["rejects"]]
    return found


def agree(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> None:
    for name in NAMES:
        assert Counter(one[name]) == Counter(other[name]), name


@pytest.fixture
def site(data_dir):
    site = ReplayedSite(data_dir, attempts=3, listings=(), batch_pages=4)
    site.pages["/robots.txt"] = respond("User-agent: *\nDisallow: /rss/none")
    return site


def links(*links: str) -> RecordedResponse:
    return feed(*((link, f"T {link[-1]}", "Mon, 23 Nov 2026 10:00:00 GMT") for link in links))


def test_every_listing_gives_what_it_gave_to_the_run(site):
    path = "/qn_country.aspx?country=SA&src=header"
    site.settings |= {"feeds": ("/rss/a.xml", "/rss/b.xml"), "listings": (path,)}
    site.pages |= {
        "/rss/a.xml": [links(f"/{FIRST}/One", "https://elsewhere.example/1", "/about")],
        "/rss/b.xml": [respond("", 302, Location="/rss/moved.xml")],
        "/rss/moved.xml": [links(f"/{FIRST}/One", f"/{FIRST + 1}/Two")],
        path: [listing(f"/{FIRST + 2}/Three", following=f"{path}&p=2")],
        f"{path}&p=2": [listing(f"/{FIRST + 3}/Four")],
    }
    then = site.poll()
    assert len(then["listing_entries"]) == 5
    assert [len(poll.article_ids) for poll in then["feed_polls"]] == [1, 2]
    assert len(then["rejects"]) == 2
    agree(site.replay()[0], then)


@pytest.mark.parametrize(
    "responses",
    [
        [respond("", 404)],
        [respond("<html>no feed</html>")],
        [respond("", 503, Retry_After="0"), links(f"/{FIRST}/One")],
        [respond("", 503, Retry_After="0")],
        [respond("", 302, Location="https://elsewhere.example/rss")],
        [respond("", 302, Location="/rss/none.xml")],
        [respond("", 302, Location="/rss/a.xml")],
        [respond("", 304)],
        [respond("\x1f\x8b broken", Content_Encoding="gzip")],
    ],
)
def test_a_feed_is_refused_again_for_the_same_reason(site, responses):
    site.settings |= {"feeds": ("/rss/a.xml",)}
    site.pages["/rss/a.xml"] = responses
    then = site.poll()
    again = site.replay()[0]
    # Nothing of the site's host but the archive says where a redirect that isn't followed led to.
    for found in (then, again):
        found["rejects"] = [replace(one, detail="") for one in found["rejects"]]
    agree(again, then)


def test_the_json_interface_gives_what_it_gave_to_the_run(site):
    section = "/mobile/WebAPI/getnews/getsection/MobileEN_Home-1"
    site.settings |= {"interface": "json", "sections": ("MobileEN_Home",), "listing_pages": 1}
    item = {"newsid": FIRST, "newsdate": "2026-11-23T10:00:00", "title": "One", "link": ""}
    site.pages[section] = respond(json.dumps([item]), Content_Type="application/json")
    then = site.poll()
    assert len(then["listing_entries"]) == 1
    agree(site.replay()[0], then)


def test_without_robots_txt_only_its_response_is_replayed(site):
    site.settings |= {"feeds": ("/rss/a.xml",), "attempts": 1}
    site.pages["/robots.txt"] = respond("", 503)
    then = site.poll()
    again, windows = site.replay()
    assert [one.url for (one,) in windows] == ["https://menafn.com/robots.txt"]
    assert again["listing_entries"] == []
    assert len(then["captures"]) == 1


def test_a_listing_that_had_not_changed_keeps_its_validators(site):
    site.settings |= {"feeds": ("/rss/a.xml",)}
    site.pages["/rss/a.xml"] = links(f"/{FIRST}/One")
    first = site.poll()
    site.pages["/rss/a.xml"] = respond("", 304)
    second = site.poll()
    again = site.replay()[0]
    assert [one.etag for one in again["listing_validators"]] == ['"f1"', '"f1"']
    assert again["listing_validators"] == first["listing_validators"] + second["listing_validators"]


def test_the_feeds_are_those_of_the_run_and_not_of_the_settings_now(site):
    site.settings |= {"feeds": ("/odd/place",)}
    site.pages["/odd/place"] = links(f"/{FIRST}/One")
    then = site.poll()
    agree(site.replay(feeds=("/rss/today.xml",))[0], then)


def test_every_response_for_a_story_is_a_capture_again(site):
    site.pages |= {
        f"/{FIRST}/x": [respond("one")],
        f"/{FIRST + 1}/x": [respond("", 503, Retry_After="0"), respond("two")],
        f"/{FIRST + 2}/x": [respond("", 301, Location=f"/{FIRST + 2}/y?a=b")],
        f"/{FIRST + 2}/y?a=b": [respond("three", Content_Type="text/html; charset=\u00e9")],
        f"/{FIRST + 3}/x": [respond("", 410)],
    }
    then = site.fetch_stories(0, 1, 2, 3)
    _, (again,) = site.replay()
    robots = [one for one in again if one.url.endswith("robots.txt")]
    assert len(robots) == 1
    assert Counter(again) == Counter(then)


def test_a_story_that_a_later_run_requested_again_begins_a_window(site):
    site.add_stories(4)
    for numbers in ((0, 1), (2,), (1, 3), (0,), (3,)):
        site.fetch_stories(*numbers)
    _, windows = site.replay()
    ids = [[one.article_id for one in captures if one.article_id] for captures in windows]
    expected = [[0, 1, 2], [0, 1, 3], [3]]
    assert [sorted(one) for one in ids] == [[FIRST + n for n in numbers] for numbers in expected]


def test_a_later_pass_gives_only_what_was_archived_since(site):
    site.add_stories(3)
    site.fetch_stories(0, 1)
    site.replay()
    later = site.fetch_stories(2)
    _, (again,) = site.replay()
    assert Counter(again) == Counter(later)
    assert site.replay()[1] == [[]]


def test_the_sound_part_of_a_truncated_file_is_replayed(site):
    site.add_stories(2)
    then = site.fetch_stories(0, 1)
    last = max(then, key=lambda one: one.warc_offset)
    path = site.folder / last.warc_path
    path.write_bytes(path.read_bytes()[:-10])
    _, (again,) = site.replay()
    assert Counter(again) == Counter(one for one in then if one != last)


def test_without_an_archive_there_is_nothing_to_rebuild_from(site):
    with pytest.raises(UsageError, match="no archive"):
        site.replay()
