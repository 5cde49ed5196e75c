"""What the JSON interface lists: items in every shape that its clients allow for."""

import json
from typing import Any

import pytest

from tasks.core.mobile_api import (
    MAX_ITEMS,
    MAX_LINE_CHARACTERS,
    SectionItem,
    read_section,
    read_story,
    story_of,
)
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.urls import ORIGIN, interface_section_url, interface_story_url

STORY = 1109916091
LINK = f"{ORIGIN}/{STORY}/Harbour-Talks-Resume"
SECTION = interface_section_url("MobileEN_Home", 1)


def item(**fields: Any) -> SectionItem:
    defaults: dict[str, Any] = {"article_id": STORY, "link": LINK, "title": None, "published": None}
    return SectionItem(**(defaults | fields))


def listed(**fields):
    (found,) = read_section(json.dumps([fields]))
    return found


def address(found):
    story = story_of(found, page=SECTION, base_url=ORIGIN)
    return story and story.url


def test_an_item_is_read_whatever_the_case_of_its_fields():
    fields = {"newsID": STORY, "newsDate": "2025-08-12T04:35:35", "Title": "Talks", "LINK": LINK}
    assert listed(**fields) == item(title="Talks", published="2025-08-12T04:35:35")


@pytest.mark.parametrize("nothing", [None, "", "  ", 7, ["x"], {"x": 1}, True])
def test_a_field_without_text_is_nothing(nothing):
    fields = {"newsid": STORY, "newsdate": nothing, "title": nothing, "link": nothing}
    assert listed(**fields) == listed(newsid=STORY) == item(link=None)


@pytest.mark.parametrize("number", [STORY, str(STORY), f" {STORY} "])
def test_an_id_is_a_number_or_text(number):
    assert listed(newsid=number).article_id == STORY


@pytest.mark.parametrize("number", [None, "", 0, -STORY, 110991609, 1.1e9, True, "1109916091x", []])
def test_what_has_not_ten_digits_is_no_id(number):
    assert listed(newsid=number).article_id is None


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Makers&rsquo; Prices Rise &amp; Fall", "Makers’ Prices Rise & Fall"),
        ("Prices &lt; 60 <i>Crowns</i>", "Prices < 60 Crowns"),
        ("Prices < 60 Crowns", "Prices < 60 Crowns"),
        (" Two\n lines ", "Two lines"),
        ("<br/>", None),
        ("\u0000\ud800", None),
    ],
)
def test_a_title_is_what_its_html_shows(printed, title):
    assert listed(newsid=STORY, title=printed).title == title


def test_an_endless_title_is_cut_and_an_endless_link_left_out():
    found = listed(newsid=STORY, title="x" * 9_999, link=f"{LINK}{'x' * 9_999}")
    assert len(found.title) == MAX_LINE_CHARACTERS
    assert found.link is None


def test_a_page_beyond_the_last_lists_nothing():
    assert read_section("\ufeff[]") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY_BODY),
        ("<html>Sorry!!</html>", Reason.NOT_JSON),
        ("[{]", Reason.NOT_JSON),
        ("[1, 2]", Reason.NOT_JSON),
        ("{}", Reason.NOT_JSON),
        (json.dumps([{"newsid": STORY}] * (MAX_ITEMS + 1)), Reason.TOO_COMPLEX),
        ("[" * 39_999, Reason.TOO_COMPLEX),
        ("[" * 40_001, Reason.TOO_COMPLEX),
    ],
)
def test_what_is_no_section_is_refused(text, reason):
    with pytest.raises(PageRefusedError) as refused:
        read_section(text)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "link",
    [
        LINK,
        f"http://www.menafn.com/{STORY}/Harbour-Talks-Resume?src=RSS",
        LINK.removeprefix(ORIGIN),
    ],
)
def test_an_item_is_the_story_that_it_links(link):
    assert address(item(link=link)) == LINK
    assert address(item(link=link, article_id=None)) == LINK


@pytest.mark.parametrize(
    "link", [None, interface_story_url(STORY), "https://evil.example/x", f"{ORIGIN}/pr/index.aspx"]
)
def test_without_a_link_to_its_page_an_item_is_known_by_its_id(link):
    assert address(item(link=link)) == f"{ORIGIN}/{STORY}/"


def test_an_item_that_links_another_story_or_names_none_is_no_story():
    assert address(item(article_id=STORY + 1)) is None
    assert address(item(article_id=None, link=None)) is None


def test_of_several_stories_in_a_response_the_requested_one_is_taken():
    stories = [{"newsID": STORY + 1, "newsTitle": "x"}, {"newsID": STORY, "newsTitle": "y"}]
    assert read_story(json.dumps(stories), STORY).title == "y"
