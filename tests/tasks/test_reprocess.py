"""What is retrieved from the archive is what the stages had when it was archived."""

import asyncio
import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.archive.sample_site import LoopbackServer, RecordedResponse
from tasks.core.errors import UsageError, WireUnreachableError
from tasks.core.parquet import read_records
from tasks.core.records import Capture, FeedPoll, FetchRequest, ListingEntry, Validators
from tasks.core.rejects import Reject
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.staging import complete_batches
from tasks.reprocess import ArchiveReplay, rebuild_run
from tasks.warehouse.load import load_batch
from tasks.warehouse.writer import writer
from tests.tasks.stages import captures_of, discover_alone, fetch_alone

FIRST = 1109916000
NEVER = datetime.min.replace(tzinfo=UTC)
KINDS: dict[str, type[Any]] = {
    "captures": Capture,
    "sightings": ListingEntry,
    "polls": FeedPoll,
    "validators": Validators,
    "rejects": Reject,
}


def told(body: str, status: int = 200, **headers: str) -> RecordedResponse:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return RecordedResponse(status=status, phrase="", headers=named, body=body.encode())


def feed(*links: str) -> RecordedResponse:
    items = "".join(
        f"<item><title>T {link[-1]}</title><link>{link}</link>"
        "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>"
        for link in links
    )
    return told(f"<rss><channel>{items}</channel></rss>", ETag='"f"')


def page(*links: str, following: str = "") -> RecordedResponse:
    anchors = "".join(f'<a href="{link}">Title of {link[-1]}</a>' for link in links)
    more = f'<a rel="next" href="{following}">next</a>' if following else ""
    return told(f"<html><body>{anchors}{more}</body></html>", Last_Modified="then")


class Client:
    """A wire whose answers a test sets, and the runs that ask it."""

    def __init__(self, folder: Path) -> None:
        self.pages: dict[str, list[RecordedResponse]] = {}
        self.folder = folder
        self.settings: dict[str, Any] = {}
        self._runs = 0

    def answer(self, path: str) -> RecordedResponse | None:
        waiting = self.pages.get(path)
        if not waiting:
            return None
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def run(self, base_url: str) -> Run:
        self._runs += 1
        told: dict[str, Any] = {
            "base_url": base_url, "data_dir": self.folder, "requests_per_second": 0,
            "attempts": 3, "feeds": (), "listings": (), "batch_pages": 4,
        }  # fmt: skip
        return Run(
            run_id=f"20261123T22510{self._runs}Z-1f3a9c", flow="ingest",
            started_at=datetime.now(UTC), settings=Settings(**(told | self.settings)),
        )  # fmt: skip

    def poll(self) -> dict[str, list[Any]]:
        """Discovers once; gives what was staged, and loads it."""
        with LoopbackServer(self.answer) as server:
            run = self.run(server.base_url)
            try:
                asyncio.run(discover_alone(run))
            except WireUnreachableError:
                assert self.pages["/robots.txt"][0].status == 503
        with writer(run.paths, wait_seconds=0) as connection:
            for folder in complete_batches(run.paths.staged):
                load_batch(connection, folder, run_id=run.run_id)
        return staged(run)

    def fetch(self, *numbers: int) -> list[Capture]:
        """Fetches stories; gives the captures, and takes them away as a load would."""
        stories = [
            FetchRequest(article_id=FIRST + n, url=f"https://menafn.com/{FIRST + n}/x", etag=None,
                   last_modified=None) for n in numbers
        ]  # fmt: skip
        with LoopbackServer(self.answer) as server:
            run = self.run(server.base_url)
            batches = asyncio.run(fetch_alone(run, stories))
        captures = [capture for batch in batches for capture in captures_of(batch.path)]
        shutil.rmtree(run.paths.fetched, ignore_errors=True)
        return captures

    def retrieve(self, **changed: Any) -> tuple[dict[str, list[Any]], list[list[Capture]]]:
        """What the archive gives back: staged records, and the captures of each round."""
        settings = Settings(data_dir=self.folder, **({"batch_pages": 4} | changed))
        plain = Run(
            run_id="20261124T000000Z-abcdef", flow="rebuild", started_at=datetime.now(UTC),
            settings=settings,
        )  # fmt: skip
        new = rebuild_run(plain)

        async def collect() -> list[tuple[Batch, ...]]:
            return [window async for window in ArchiveReplay(new).windows()]

        rounds = [
            [capture for batch in window for capture in captures_of(batch.path)]
            for window in asyncio.run(collect())
        ]
        shutil.rmtree(new.paths.fetched, ignore_errors=True)
        return staged(new), rounds


def staged(run: Run) -> dict[str, list[Any]]:
    folders = complete_batches(run.paths.staged)
    found: dict[str, list[Any]] = {
        name: [one for folder in folders for one in read_records(folder / f"{name}.parquet", kind)]
        for name, kind in KINDS.items()
    }
    shutil.rmtree(run.paths.staged, ignore_errors=True)
    found["rejects"] = [replace(one, rejected_at=NEVER) for one in found["rejects"]]
    return found


def agree(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> None:
    for name in KINDS:
        assert Counter(one[name]) == Counter(other[name]), name


@pytest.fixture
def wire(tmp_path):
    return Client(tmp_path)


def test_every_listing_says_again_what_it_said(wire):
    listing = "/qn_country.aspx?country=SA&src=header"
    wire.settings = {"feeds": ("/rss/a.xml", "/rss/b.xml"), "listings": (listing,)}
    wire.pages = {
        "/robots.txt": [told("User-agent: *\nDisallow: /rss/none")],
        "/rss/a.xml": [feed(f"/{FIRST}/One", "https://elsewhere.example/1", "/about")],
        "/rss/b.xml": [told("", 302, Location="/rss/moved.xml")],
        "/rss/moved.xml": [feed(f"/{FIRST}/One", f"/{FIRST + 1}/Two")],
        listing: [page(f"/{FIRST + 2}/Three", following=f"{listing}&p=2")],
        f"{listing}&p=2": [page(f"/{FIRST + 3}/Four")],
    }
    then = wire.poll()
    assert len(then["sightings"]) == 5
    assert [len(poll.article_ids) for poll in then["polls"]] == [1, 2]
    assert len(then["rejects"]) == 2
    agree(wire.retrieve()[0], then)


@pytest.mark.parametrize(
    "answers",
    [
        [told("", 404)],
        [told("<html>no feed</html>")],
        [told("", 503, Retry_After="0"), feed(f"/{FIRST}/One")],
        [told("", 503, Retry_After="0")],
        [told("", 302, Location="https://elsewhere.example/rss")],
        [told("", 302, Location="/rss/none.xml")],
        [told("", 302, Location="/rss/a.xml")],
        [told("", 304)],
        [told("\x1f\x8b broken", Content_Encoding="gzip")],
    ],
)
def test_a_feed_that_misbehaved_is_refused_again_for_the_same_reason(wire, answers):
    wire.settings = {"feeds": ("/rss/a.xml",)}
    wire.pages = {
        "/robots.txt": [told("User-agent: *\nDisallow: /rss/none")],
        "/rss/a.xml": answers,
    }
    then = wire.poll()
    again = wire.retrieve()[0]
    # Nothing of the wire's host but the archive says where a redirect that isn't followed led to.
    then["rejects"] = [replace(one, detail="") for one in then["rejects"]]
    again["rejects"] = [replace(one, detail="") for one in again["rejects"]]
    agree(again, then)


def test_the_json_interface_says_again_what_it_said(wire):
    section = "/mobile/WebAPI/getnews/getsection/MobileEN_Home-1"
    wire.settings = {"interface": "json", "sections": ("MobileEN_Home",), "listing_pages": 1}
    item = {"newsid": FIRST, "newsdate": "2026-11-23T10:00:00", "title": "One", "link": ""}
    wire.pages = {
        "/robots.txt": [told("")],
        section: [told(json.dumps([item]), Content_Type="application/json")],
    }
    then = wire.poll()
    assert len(then["sightings"]) == 1
    agree(wire.retrieve()[0], then)


def test_without_robots_nothing_was_asked_and_nothing_is_retrieved_but_that(wire):
    wire.settings = {"feeds": ("/rss/a.xml",), "attempts": 1}
    wire.pages = {"/robots.txt": [told("", 503)]}
    then = wire.poll()
    again, rounds = wire.retrieve()
    assert [one.url for (one,) in rounds] == ["https://menafn.com/robots.txt"]
    assert again["sightings"] == []
    assert len(then["captures"]) == 1


def test_a_listing_that_had_not_changed_keeps_its_validators(wire):
    wire.settings = {"feeds": ("/rss/a.xml",)}
    wire.pages = {"/robots.txt": [told("")], "/rss/a.xml": [feed(f"/{FIRST}/One")]}
    first = wire.poll()
    wire.pages["/rss/a.xml"] = [told("", 304)]
    second = wire.poll()
    again = wire.retrieve()[0]
    assert [one.etag for one in again["validators"]] == ['"f"', '"f"']
    assert again["validators"] == first["validators"] + second["validators"]


def test_the_feeds_are_those_of_the_run_and_not_of_today(wire):
    wire.settings = {"feeds": ("/odd/place",)}
    wire.pages = {"/robots.txt": [told("")], "/odd/place": [feed(f"/{FIRST}/One")]}
    then = wire.poll()
    agree(wire.retrieve(feeds=("/rss/today.xml",))[0], then)


def test_every_answer_for_a_story_is_a_capture_again(wire):
    wire.pages = {
        "/robots.txt": [told("")],
        f"/{FIRST}/x": [told("one")],
        f"/{FIRST + 1}/x": [told("", 503, Retry_After="0"), told("two")],
        f"/{FIRST + 2}/x": [told("", 301, Location=f"/{FIRST + 2}/y?a=b")],
        f"/{FIRST + 2}/y?a=b": [told("three", Content_Type="text/html; charset=\u00e9")],
        f"/{FIRST + 3}/x": [told("", 410)],
    }
    then = wire.fetch(0, 1, 2, 3)
    _, (again,) = wire.retrieve()
    robots = [one for one in again if one.url.endswith("robots.txt")]
    assert len(robots) == 1
    assert Counter(again) == Counter(then)


def test_a_story_that_a_later_run_asked_for_again_begins_a_round(wire):
    wire.pages = {"/robots.txt": [told("")]}
    wire.pages |= {f"/{FIRST + number}/x": [told("text")] for number in range(4)}
    for numbers in ((0, 1), (2,), (1, 3), (0,), (3,)):
        wire.fetch(*numbers)
    _, rounds = wire.retrieve()
    asked = [[(one.article_id or FIRST) - FIRST for one in captures if one.article_id]
             for captures in rounds]  # fmt: skip
    assert [sorted(one) for one in asked] == [[0, 1, 2], [0, 1, 3], [3]]


def test_a_later_pass_gives_only_what_was_archived_since(wire):
    wire.pages = {"/robots.txt": [told("")]}
    wire.pages |= {f"/{FIRST + number}/x": [told("text")] for number in range(3)}
    wire.fetch(0, 1)
    wire.retrieve()
    later = wire.fetch(2)
    _, (again,) = wire.retrieve()
    assert Counter(again) == Counter(later)
    assert wire.retrieve()[1] == [[]]


def test_of_a_torn_file_the_rest_is_retrieved(wire):
    wire.pages = {"/robots.txt": [told("")]}
    wire.pages |= {f"/{FIRST + number}/x": [told("text")] for number in range(2)}
    then = wire.fetch(0, 1)
    last = max(then, key=lambda one: one.warc_offset)
    path = wire.folder / last.warc_path
    path.write_bytes(path.read_bytes()[:-10])
    _, (again,) = wire.retrieve()
    assert Counter(again) == Counter(one for one in then if one != last)


def test_without_an_archive_there_is_nothing_to_rebuild_from(wire):
    with pytest.raises(UsageError, match="no archive"):
        wire.retrieve()
