"""Discover, fetch and read by the site's JSON interface, over real HTTP."""

import json
from functools import cache, partial
from pathlib import Path
from random import Random

import pytest

from tasks.archive.reader import read_response
from tasks.archive.sample_site import RecordedResponse
from tasks.core.parquet import read_records
from tasks.core.records import Article, FetchRequest, ListingEntry
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Batch
from tasks.core.urls import interface_section_url, interface_story_url
from tasks.pages.batch import ExtractionJob, extract_batch
from tests.site.mobile_api import section_responses, story_response
from tests.site.newsroom import stories
from tests.site.page import SITE, StoryPage, page_of, printed_instant, story_url
from tests.site.responses import Response, redirect
from tests.site.traps import Shape, TrapPlanner
from tests.tasks.stages import Record, StagedSite, captures_of, respond, story_request

COUNT = 24
HOME, ENERGY = "MobileEN_Home", "MobileEN_Energy"


class JsonSite(StagedSite):
    """Two sections of a site, its stories, and what was made of them in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, interface="json", sections=(HOME, ENERGY))
        self.stories, pages = published()
        self.pages = dict(pages)

    def fetch_one(self, *requests: FetchRequest) -> Batch:
        (batch,) = self.fetch(*requests)
        return batch

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
    def requested_paths(self) -> list[str]:
        return [path for path, _ in self.requested]


@cache
def published() -> tuple[list[StoryPage], dict[str, RecordedResponse]]:
    planner = TrapPlanner(Shape.STORIES_ONLY)
    sheets = [planner.add_traps(page_of(story), Random(7)) for story in stories(COUNT, seed=31)]
    responses = [
        *section_responses(HOME, sheets),
        *section_responses(ENERGY, sheets[:3]),
        *map(story_response, sheets),
    ]
    return sheets, {path_of(one.url): recorded(one) for one in responses}


@pytest.fixture
def site(data_dir) -> JsonSite:
    return JsonSite(data_dir)


def recorded(response: Response) -> RecordedResponse:
    status, headers = response.status, response.headers
    return RecordedResponse(status=status, phrase="", headers=headers, body=response.body)


def json_response(value: object) -> RecordedResponse:
    return respond(value if isinstance(value, str) else json.dumps(value))


def path_of(url: str) -> str:
    return url.removeprefix(SITE)


def section_path(section: str, page: int) -> str:
    return path_of(interface_section_url(section, page))


def rejects_in(path: Path) -> dict[str, Reason]:
    return {reject.url: Reason(reject.reason) for reject in read_records(path, Reject)}


def records(folder: Path, name: str, kind: type[Record]) -> list[Record]:
    return read_records(folder / f"{name}.parquet", kind)


def test_every_story_comes_from_section_to_article(site):
    entries = records(site.discover().path, "listing_entries", ListingEntry)
    stories = {entry.article_id: entry.url for entry in entries}
    folder = site.read(site.fetch_one(*(story_request(*story) for story in stories.items())))
    articles = {article.article_id: article for article in records(folder, "articles", Article)}
    assert records(folder, "rejects", Reject) == []
    assert {article_id: article.body for article_id, article in articles.items()} == {
        sheet.story.article_id: sheet.body for sheet in site.stories
    }
    assert {article.extractor_version.split()[-1] for article in articles.values()} == {
        "layout=json"
    }


def test_a_storys_capture_has_the_interfaces_address_and_its_article_the_pages(site):
    sheet = next(sheet for sheet in site.stories if sheet.story.article_id % 3)
    story = sheet.story
    page_url = story_url(story.article_id, sheet.slug, story.language)
    batch = site.fetch_one(story_request(story.article_id, page_url))
    captures = [one for one in captures_of(batch.path) if one.article_id is not None]
    assert [(one.article_id, one.url) for one in captures] == [
        (story.article_id, interface_story_url(story.article_id))
    ]
    (article,) = records(site.read(batch), "articles", Article)
    assert (article.url, article.title) == (page_url, sheet.title)


def test_a_section_gives_entries_with_its_name_and_dates(site):
    entries = records(site.discover().path, "listing_entries", ListingEntry)
    newest = max(site.stories, key=lambda sheet: sheet.story.article_id)
    of_home = [one for one in entries if one.section == "Home"]
    assert {one.article_id for one in of_home} == {sheet.story.article_id for sheet in site.stories}
    first = next(one for one in of_home if one.article_id == newest.story.article_id)
    assert first.listing_url == interface_section_url(HOME, 1)
    assert first.published_at == printed_instant(newest.story.published_at)
    assert {one.section for one in entries} == {"Home", "Energy"}
    assert not any("/mobile/" in one.url for one in entries)


def test_sections_are_requested_instead_of_listing_pages_until_they_show_nothing_new(site):
    site.discover(listings=("/qn_country.aspx?country=SA&src=header",), listing_pages=9)
    home = [section_path(HOME, page) for page in (1, 2, 3, 4)]
    energy = [section_path(ENERGY, page) for page in (1, 2)]
    assert sorted(site.requested_paths) == sorted(["/robots.txt", *home, *energy])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><body>Sorry!!</body></html>", Reason.NOT_JSON),
        ([{"newsid": 7, "link": "/pr/index.aspx"}], Reason.NO_STORY_ID),
        ([{"newsid": None, "link": "https://evil.example/1109916091/x"}], Reason.FOREIGN_HOST),
    ],
)
def test_a_section_that_cannot_be_used_is_a_reject_and_the_other_is_read(site, content, reason):
    site.pages[section_path(HOME, 1)] = json_response(content)
    folder = site.discover().path
    assert list(rejects_in(folder / "rejects.parquet").values()) == [reason]
    assert {one.section for one in records(folder, "listing_entries", ListingEntry)} == {"Energy"}


def test_robots_txt_that_forbids_the_interface_is_obeyed(site):
    site.pages["/robots.txt"] = json_response("User-agent: *\nDisallow: /mobile/")
    folder = site.discover().path
    assert rejects_in(folder / "rejects.parquet") == {
        interface_section_url(name, 1): Reason.ROBOTS_FORBIDS for name in (HOME, ENERGY)
    }
    assert site.requested_paths == ["/robots.txt"]
    batch = site.fetch_one(story_request(1109916091))
    assert rejects_in(batch.path / "rejects.parquet") == {
        interface_story_url(1109916091): Reason.ROBOTS_FORBIDS
    }
    assert site.requested_paths == ["/robots.txt"]


def test_a_response_without_a_story_is_a_reject_with_its_reason(site):
    first, second, third = (sheet.story.article_id for sheet in site.stories[:3])
    site.pages[path_of(interface_story_url(first))] = json_response([])
    site.pages[path_of(interface_story_url(second))] = json_response("<html>Sorry!!</html>")
    folder = site.read(site.fetch_one(*map(story_request, (first, second, third))))
    assert rejects_in(folder / "rejects.parquet") == {
        interface_story_url(first): Reason.NO_STORY,
        interface_story_url(second): Reason.NOT_JSON,
    }
    assert [one.article_id for one in records(folder, "articles", Article)] == [third]


def test_a_story_that_moved_from_the_interface_to_its_page_is_read_as_a_page(site):
    sheet = site.stories[-1]
    article_id = sheet.story.article_id
    moved = redirect(path_of(interface_story_url(article_id)), f"/{article_id}/Moved")
    site.pages[path_of(interface_story_url(article_id))] = recorded(moved)
    text = f"<h1>A Page</h1><p>{sheet.credit}{sheet.story.paragraphs[0]}</p>"
    page = f"<html><body><div id='ContentPlaceHolder1_div_story'>{text}</div></body></html>"
    site.pages[f"/{article_id}/Moved"] = respond(page)
    batch = site.fetch_one(story_request(article_id))
    (article,) = records(site.read(batch), "articles", Article)
    assert (article.title, article.url) == ("A Page", f"{SITE}/{article_id}/Moved")
