"""The whole way by the site's JSON interface, over real HTTP: discover, fetch and read."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

from tasks.archive.reader import read_response
from tasks.archive.sample_site import LoopbackServer, RecordedResponse
from tasks.core.parquet import read_records
from tasks.core.records import Article, FetchRequest, ListingEntry
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.urls import interface_section_url, interface_story_url
from tasks.pages.batch import ExtractionJob, extract_batch
from tasks.warehouse.load import load_batch
from tasks.warehouse.writer import writer
from tests.site.mobile_api import section_responses, story_response
from tests.site.newsroom import stories
from tests.site.page import SITE, StoryPage, page_of, printed_instant, story_url
from tests.site.responses import Response, redirect
from tests.site.traps import Shape, TrapPlanner
from tests.tasks.stages import captures_of, discover_alone, fetch_alone

COUNT = 24
HOME, ENERGY = "MobileEN_Home", "MobileEN_Energy"
Record = TypeVar("Record")


@dataclass(kw_only=True)
class JsonWire:
    """Two sections of a wire, its stories, and what was made of them in a folder."""

    folder: Path
    sheets: list[StoryPage]
    answers: dict[str, RecordedResponse]
    server: LoopbackServer = field(init=False)

    def run(self, **changed: Any) -> Run:
        told: dict[str, Any] = {
            "base_url": self.server.base_url, "data_dir": self.folder, "feeds": (),
            "requests_per_second": 0, "attempts": 1, "interface": "json",
            "sections": (HOME, ENERGY),
        }  # fmt: skip
        settings = Settings(**(told | changed))
        return Run(run_id="r-1", flow="ingest", started_at=datetime.now(UTC), settings=settings)

    def discover(self, **changed: Any) -> Path:
        """The staged folder of what the sections list."""
        return asyncio.run(discover_alone(self.run(**changed))).path

    def fetch(self, wanted: list[FetchRequest], **changed: Any) -> list[Batch]:
        return asyncio.run(fetch_alone(self.run(**changed), wanted))

    def read(self, batch: Batch) -> Path:
        """The folder of what was read from a batch."""
        job = ExtractionJob(
            fetched=batch.path, target=self.folder / "read", data_dir=self.folder,
            timezone="America/New_York", write_derived=(),
            read_response=partial(read_response, limit=1 << 20),
        )  # fmt: skip
        extract_batch(job)
        return job.target

    @property
    def asked(self) -> list[str]:
        return [hit.path for hit in self.server.log]


@pytest.fixture
def wire(tmp_path) -> Iterator[JsonWire]:
    planner = TrapPlanner(Shape.STORIES_ONLY)
    sheets = [planner.add_traps(page_of(story), Random(7)) for story in stories(COUNT, seed=31)]
    told = [
        *section_responses(HOME, sheets),
        *section_responses(ENERGY, sheets[:3]),
        *map(story_response, sheets),
    ]
    answers = {answer.url.removeprefix(SITE): recorded(answer) for answer in told}
    made = JsonWire(folder=tmp_path, sheets=sheets, answers=answers)
    with LoopbackServer(made.answers.get) as made.server:
        yield made


def recorded(answer: Response) -> RecordedResponse:
    return RecordedResponse(
        status=answer.status, phrase="", headers=answer.headers, body=answer.body
    )


def told(value: object) -> RecordedResponse:
    body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
    return RecordedResponse(status=200, phrase="", headers=(), body=body)


def path_of(url: str) -> str:
    return url.removeprefix(SITE)


def section_path(section: str, page: int) -> str:
    return path_of(interface_section_url(section, page))


def rejects_in(path: Path) -> dict[str, Reason]:
    return {reject.url: Reason(reject.reason) for reject in read_records(path, Reject)}


def records(folder: Path, name: str, kind: type[Record]) -> list[Record]:
    return read_records(folder / f"{name}.parquet", kind)


def wanted_of(sightings: list[ListingEntry]) -> list[FetchRequest]:
    addresses = {sighting.article_id: sighting.url for sighting in sightings}
    return [
        FetchRequest(article_id=article_id, url=url, etag=None, last_modified=None)
        for article_id, url in addresses.items()
    ]


def test_every_story_comes_from_section_to_article(wire):
    sightings = records(wire.discover(), "sightings", ListingEntry)
    batches = wire.fetch(wanted_of(sightings))
    (batch,) = batches
    folder = wire.read(batch)
    articles = {article.article_id: article for article in records(folder, "articles", Article)}
    assert records(folder, "rejects", Reject) == []
    assert {article_id: article.body for article_id, article in articles.items()} == {
        sheet.story.article_id: sheet.body for sheet in wire.sheets
    }
    assert {article.extractor_version.split()[-1] for article in articles.values()} == {
        "layout=json"
    }


def test_a_storys_capture_has_the_interfaces_address_and_its_article_the_pages(wire):
    sheet = next(sheet for sheet in wire.sheets if sheet.story.article_id % 3)
    story = sheet.story
    page_url = story_url(story.article_id, sheet.slug, story.language)
    (batch,) = wire.fetch(
        [FetchRequest(article_id=story.article_id, url=page_url, etag=None, last_modified=None)]
    )
    captures = [one for one in captures_of(batch.path) if one.article_id is not None]
    assert [(one.article_id, one.url) for one in captures] == [
        (story.article_id, interface_story_url(story.article_id))
    ]
    (article,) = records(wire.read(batch), "articles", Article)
    assert (article.url, article.title) == (page_url, sheet.title)


def test_a_section_gives_sightings_with_its_name_and_dates(wire):
    sightings = records(wire.discover(), "sightings", ListingEntry)
    newest = max(wire.sheets, key=lambda sheet: sheet.story.article_id)
    of_home = [one for one in sightings if one.section == "Home"]
    assert {one.article_id for one in of_home} == {sheet.story.article_id for sheet in wire.sheets}
    first = next(one for one in of_home if one.article_id == newest.story.article_id)
    assert first.listing_url == interface_section_url(HOME, 1)
    assert first.published_at == printed_instant(newest.story.published_at)
    assert {one.section for one in sightings} == {"Home", "Energy"}
    assert not any("/mobile/" in one.url for one in sightings)


def test_sections_are_asked_for_instead_of_listing_pages_until_they_show_nothing_new(wire):
    wire.discover(listings=("/qn_country.aspx?country=SA&src=header",), listing_pages=9)
    assert sorted(wire.asked) == sorted(
        [
            "/robots.txt",
            *(section_path(HOME, page) for page in (1, 2, 3, 4)),
            *(section_path(ENERGY, page) for page in (1, 2)),
        ]
    )


def test_a_section_that_repeats_its_last_page_for_ever_is_left(wire):
    for page in (4, 5, 6):
        wire.answers[section_path(HOME, page)] = wire.answers[section_path(HOME, 3)]
    wire.discover(sections=(HOME,), listing_pages=9)
    assert wire.asked[-1] == section_path(HOME, 4)


def test_no_more_pages_are_asked_for_than_the_setting_allows(wire):
    wire.discover(sections=(HOME,), listing_pages=2)
    assert wire.asked == ["/robots.txt", section_path(HOME, 1), section_path(HOME, 2)]


def test_an_unchanged_section_is_not_followed(wire):
    folder = wire.discover(sections=(HOME,))
    with writer(wire.run().paths, wait_seconds=0) as connection:
        load_batch(connection, folder, run_id="r-1")
    before = len(wire.asked)
    folder = wire.discover(sections=(HOME,))
    assert wire.asked[before:] == ["/robots.txt", section_path(HOME, 1)]
    assert records(folder, "sightings", ListingEntry) == []
    assert rejects_in(folder / "rejects.parquet") == {}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("<html><body>Sorry!!</body></html>", Reason.NOT_JSON),
        ({"Message": "No such section."}, Reason.NOT_JSON),
        ("", Reason.EMPTY_BODY),
        ("[" * 30_000, Reason.TOO_COMPLEX),
        ([{"newsid": 7, "link": "/pr/index.aspx"}], Reason.NO_STORY_ID),
        ([{"newsid": None, "link": None}], Reason.NO_STORY_ID),
        ([{"newsid": 1109916091, "link": "/1109916092/Another"}], Reason.NO_STORY_ID),
        ([{"newsid": None, "link": "https://evil.example/1109916091/x"}], Reason.FOREIGN_HOST),
    ],
)
def test_a_section_that_cannot_be_used_is_a_reject_and_spoils_no_other(wire, answer, reason):
    wire.answers[section_path(HOME, 1)] = told(answer)
    folder = wire.discover()
    assert list(rejects_in(folder / "rejects.parquet").values()) == [reason]
    assert {one.section for one in records(folder, "sightings", ListingEntry)} == {"Energy"}


def test_robots_that_forbid_the_interface_are_obeyed(wire):
    wire.answers["/robots.txt"] = told("User-agent: *\nDisallow: /mobile/")
    folder = wire.discover()
    assert rejects_in(folder / "rejects.parquet") == {
        interface_section_url(name, 1): Reason.ROBOTS_FORBIDS for name in (HOME, ENERGY)
    }
    story = FetchRequest(
        article_id=1109916091, url=f"{SITE}/1109916091/x", etag=None, last_modified=None
    )
    (batch,) = wire.fetch([story])
    assert rejects_in(batch.path / "rejects.parquet") == {
        interface_story_url(1109916091): Reason.ROBOTS_FORBIDS
    }
    assert set(wire.asked) == {"/robots.txt"}


def test_an_answer_that_is_no_story_is_a_reject_with_its_reason(wire):
    first, second, third = (sheet.story.article_id for sheet in wire.sheets[:3])
    wire.answers[path_of(interface_story_url(first))] = told([])
    wire.answers[path_of(interface_story_url(second))] = told("<html>Sorry!!</html>")
    (batch,) = wire.fetch(
        [
            FetchRequest(article_id=number, url=f"{SITE}/{number}/x", etag=None, last_modified=None)
            for number in (first, second, third)
        ]
    )
    folder = wire.read(batch)
    assert rejects_in(folder / "rejects.parquet") == {
        interface_story_url(first): Reason.NO_STORY,
        interface_story_url(second): Reason.NOT_JSON,
    }
    assert [one.article_id for one in records(folder, "articles", Article)] == [third]


def test_a_story_that_moved_from_the_interface_to_its_page_is_read_as_a_page(wire):
    sheet = wire.sheets[-1]
    article_id = sheet.story.article_id
    moved = redirect(path_of(interface_story_url(article_id)), f"/{article_id}/Moved")
    wire.answers[path_of(interface_story_url(article_id))] = recorded(moved)
    text = f"<p>{sheet.credit}{sheet.story.paragraphs[0]}</p>"
    wire.answers[f"/{article_id}/Moved"] = told(
        f"<html><body><div id='ContentPlaceHolder1_div_story'><h1>A Page</h1>{text}</div></body></html>"
    )
    (batch,) = wire.fetch(
        [
            FetchRequest(
                article_id=article_id, url=f"{SITE}/{article_id}/x", etag=None, last_modified=None
            )
        ]
    )
    (article,) = records(wire.read(batch), "articles", Article)
    assert (article.title, article.url) == ("A Page", f"{SITE}/{article_id}/Moved")
