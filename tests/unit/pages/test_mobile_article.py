"""The same stories as pages and as responses of the JSON interface: one article comes out of both."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import pytest

from tasks.core.records import Article
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.urls import interface_story_url
from tasks.pages.article import read_interface_story, read_page
from tests.site.mobile_api import story_response
from tests.site.newsroom import stories
from tests.site.page import PageLayout, StoryPage, page_of
from tests.site.render import Renderer, headline
from tests.site.responses import Response, html_page
from tests.site.traps import Shape, TrapPlanner
from tests.unit.pages.page_builders import (
    BODY,
    PARAGRAPHS,
    STORY,
    TITLE,
    TOKEN,
    ZONE,
    Page,
    capture,
)

COUNT, SEED = 120, 23


@dataclass(frozen=True, kw_only=True)
class Readings:
    """One story read both ways: an article's fields, or the reason of the refusal."""

    sheet: StoryPage
    of_page: dict[str, Any] | Reason
    of_json: dict[str, Any] | Reason


@pytest.fixture(scope="module")
def read_stories() -> list[Readings]:
    return [both_ways(sheet, text) for sheet, text in printed()]


def printed() -> Iterator[tuple[StoryPage, str]]:
    renderer = Renderer(SEED, page_bytes=(20_000, 24_000))
    planner = TrapPlanner(Shape.SAMPLE)
    for story in stories(COUNT, seed=SEED):
        random = Random(f"{SEED} {story.article_id}")
        sheet = planner.add_traps(page_of(story), random)
        renderer.remember(headline(sheet))
        yield sheet, renderer.story_page(sheet, random)


def both_ways(sheet: StoryPage, text: str) -> Readings:
    response = html_page("/x", text, sheet.delivery, changed_at=sheet.story.published_at)
    return Readings(
        sheet=sheet,
        of_page=reading(response, sheet.story.article_id, is_json=False),
        of_json=reading(story_response(sheet), sheet.story.article_id, is_json=True),
    )


def reading(response: Response, article_id: int, *, is_json: bool) -> dict[str, Any] | Reason:
    headers = dict(response.headers)
    body = gzip.decompress(response.body) if "Content-Encoding" in headers else response.body
    read = read_interface_story if is_json else read_page
    try:
        article = read(
            body, headers["Content-Type"], capture=capture(article_id=article_id), zone=ZONE
        )
    except PageRefusedError as refusal:
        return refusal.reason
    return asdict(article)


def test_the_stories_cover_every_layout_language_and_trap(read_stories):
    assert {one.sheet.layout for one in read_stories} == set(PageLayout)
    assert len({one.sheet.story.provider.name for one in read_stories}) > 15
    assert {one.sheet.story.language for one in read_stories} == {"en", "ar"}
    assert len({trap for one in read_stories for trap in one.sheet.traps}) > 60


@pytest.mark.parametrize("layout", list(PageLayout))
def test_the_same_article_comes_out_of_page_and_json(read_stories, layout):
    own = {"extractor_version", "url"}
    pairs = [
        (one.sheet.traps, _without(one.of_page, own), _without(one.of_json, own))
        for one in read_stories
        if one.sheet.layout is layout
    ]
    assert [traps for traps, of_page, of_json in pairs if of_page != of_json] == []


def test_the_article_is_the_expected_one(read_stories):
    good = [one for one in read_stories if one.sheet.reject is None]
    assert len(good) > 100
    assert [
        one.sheet.traps
        for one in good
        if (one.of_json["title"], one.of_json["body"]) != (one.sheet.title, one.sheet.body)
    ] == []


def test_what_is_refused_on_a_page_is_refused_in_json(read_stories):
    broken = [one for one in read_stories if one.sheet.reject is not None]
    assert {one.sheet.reject for one in broken} == {"token-mismatch", "two-stories"}
    assert all(one.of_json == one.sheet.reject for one in broken)


def test_the_extractor_version_names_the_interface(read_stories):
    versions = {
        one.of_json["extractor_version"] for one in read_stories if one.sheet.reject is None
    }
    assert [version.split()[-1] for version in versions] == ["layout=json"]


def _without(fields: dict[str, Any] | Reason, names: set[str]) -> dict[str, Any] | Reason:
    if isinstance(fields, Reason):
        return fields
    return {name: field for name, field in fields.items() if name not in names}


def response_of(**changes: Any) -> bytes:
    fields = {
        "newsID": STORY, "newsTitle": TITLE, "newsDate": "2025-08-12T04:35:35",
        "imagePath": "/updates/pr/2025-08/12/LM_7ad17image_story.jpg", "providerName": "MENAFN",
        "newsLink": f"https://menafn.com/{STORY}/Lantern-Makers", "providerLogo": None,
        "newsDisclaimer": None, "newsBody": Page().story, "title": "",
    }  # fmt: skip
    return json.dumps([fields | changes]).encode()


def read(response: bytes, content_type: str | None = "application/json") -> Article:
    requested = capture(url=interface_story_url(STORY))
    return read_interface_story(response, content_type, capture=requested, zone=ZONE)


def refusal(response: bytes) -> Reason:
    with pytest.raises(PageRefusedError) as refused:
        read(response)
    return refused.value.reason


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (f"http://www.menafn.com/{STORY}/Lantern-Makers?src=RSS", f"/{STORY}/Lantern-Makers"),
        (interface_story_url(STORY), f"/{STORY}/"),
        ("https://lanterns.example/winter-prices", f"/{STORY}/"),
        (f"https://menafn.com/{STORY + 1}/Another-Story", f"/{STORY}/"),
        (None, f"/{STORY}/"),
    ],
)
def test_the_address_is_the_storys_own_and_never_the_interfaces(link, url):
    assert read(response_of(newsLink=link)).url == f"https://menafn.com{url}"


def test_an_arabic_story_without_a_link_lies_on_the_arabic_site():
    text = "<p>(MENAFN) اتفق صناع الفوانيس يوم الاثنين على سعر واحد لفصل الشتاء في المدينة.</p>"
    article = read(response_of(newsLink="", newsTitle="صناع الفوانيس يتفقون", newsBody=text))
    assert article.url == f"https://menafn.com/arabic/{STORY}/"


@pytest.mark.parametrize(
    "fields",
    [
        {"newsTitle": "Lantern Makers Agree On &#87;inter Prices"},
        {"newsTitle": "<b>Lantern Makers</b> Agree On\x00 Winter\udfff Prices"},
        {"newsTitle": None, "title": TITLE},
        {"newsTitle": "", "title": TITLE},
    ],
)
def test_a_headline_is_what_the_application_shows(fields):
    assert read(response_of(**fields)).title == TITLE


@pytest.mark.parametrize(
    "text",
    [
        "(MENAFN) " + "<br><br>".join(PARAGRAPHS),
        "</div></div>(MENAFN) {}</div></div></div><p>{}</p><p>{}".format(*PARAGRAPHS),
        "<html><body><p>(MENAFN) {}</p></body></html><p>{}<p>{}".format(*PARAGRAPHS),
        "<p>(MENAFN) {}<p>{}<p>{}<p>\x00\x01\ud800 <!-- never closed <p>x".format(*PARAGRAPHS),
    ],
)
def test_no_text_is_lost_to_careless_html(text):
    assert read(response_of(newsBody=text)).body == BODY


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_the_charset_is_detected_from_the_bytes(charset):
    response = response_of(newsTitle="Lantern Makers’ Café").decode().encode(charset)
    assert read(response, "application/json; charset=windows-1252").title == "Lantern Makers’ Café"


def test_without_any_other_date_the_token_still_dates_the_story():
    article = read(response_of(newsDate=None, providerName=None, imagePath=""))
    assert (article.page_at, article.image_url) == (None, None)
    assert article.menafn_token == TOKEN
    assert article.token_at is not None


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (b"", Reason.EMPTY_BODY),
        (b" \n", Reason.EMPTY_BODY),
        (b"<html><body>Sorry!!</body></html>", Reason.NOT_JSON),
        (b'[{"newsID": 11', Reason.NOT_JSON),
        (b'{"Message": "An error has occurred."}', Reason.NOT_JSON),
        (b'"text"', Reason.NOT_JSON),
        (b"[null]", Reason.NOT_JSON),
        (b"[" + b"9" * 5_000 + b"]", Reason.NOT_JSON),
        (b"[" * 30_000, Reason.TOO_COMPLEX),
        (b"[" + b"{}," * 50_000 + b"{}]", Reason.TOO_COMPLEX),
        (b"\xff\xfe\xfd" * 900, Reason.UNDECODABLE),
        (b"[]", Reason.NO_STORY),
        (response_of(newsID=STORY + 1), Reason.NO_STORY),
        (response_of(newsTitle=None, title=None), Reason.NO_STORY),
        (response_of(newsBody=None), Reason.NO_STORY),
        (response_of(newsBody=["text"]), Reason.NO_STORY),
        (response_of(newsBody="<frameset><frame src='x'></frameset>"), Reason.NO_STORY),
        (response_of(newsBody="<p>" * 6_000), Reason.TOO_COMPLEX),
        (response_of(newsBody="<div>" * 400 + "text"), Reason.TOO_COMPLEX),
    ],
)
def test_what_is_no_story_is_refused_with_its_reason(response, reason):
    assert refusal(response) is reason


@pytest.mark.parametrize("number", [None, str(STORY), STORY])
def test_an_id_that_is_missing_or_text_costs_no_story(number):
    assert read(response_of(newsID=number)).article_id == STORY
