"""Where on a page its story stands, by the era that the page belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, cast

from lxml import etree, html

from tasks.core.html import Selection, find_all, find_on_page, has_any
from tasks.pages.blocks import read_blocks
from tasks.pages.boilerplate import is_boilerplate, is_foreign_headline, link_share, without_marks
from tasks.pages.cleanup import clean
from tasks.pages.credit import match_credit
from tasks.pages.main_text import main_text, main_text_of_page
from tasks.pages.token import find_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """One layout of story pages.

    Attributes:
        name: as `extractor_version` names it.
        since: first day of captures with it.
        until: last day of captures with it.
        marks: elements that only its pages have.
        container: the story's container: picture, headline, time, text and what follows it.
        title: the headline, within the container.
        time: the printed time, within the container.
        byline: the author, within the container.
        picture: the story's picture.
        logo: the provider's name beside its logo.
        furniture: elements of the container that hold nothing of the story's text.
    """

    name: str
    since: date
    until: date
    marks: tuple[str, ...]
    container: tuple[str, ...]
    title: tuple[str, ...]
    time: tuple[str, ...]
    byline: tuple[str, ...]
    picture: tuple[str, ...]
    logo: tuple[str, ...]
    furniture: tuple[str, ...]


_TIME = ("span.entry-date", "#ContentPlaceHolder1_lbl_date_story", "time.entry-date")
_FURNITURE = (
    "span.entry-date",
    "time.entry-date",
    "h1.main-entry-title",
    "h2.main-entry-title",
    "#ContentPlaceHolder1_author_section",
    "#ContentPlaceHolder1_a_logo_anchor",
    "#ContentPlaceHolder1_social_edg",
    "div.entry-blog-meta",
    "div.newedge-social-share",
    "div.post-meta-info",
    "#ContentPlaceHolder1_lbl_hashtags",
    "#ContentPlaceHolder1_lblb_cats",
    "#ContentPlaceHolder1_lbl_date_story",
    "div.error-page",
    "div.Style403",
    "div.SorryStyle",
    "div.ErrorTextStyle",
    # Rails and feet, which fall into the container when a story leaves an element unclosed.
    "#ContentPlaceHolder1_Rightcol",
    "#div_mostPop",
    "#RColNewslatter",
    "#RColSpaceBanner",
    "#div_HomeEn_FXStockMarketshtml",
    "div.newedge-newsletter",
    "div.advertisement",
    "div.latest-comments",
    "div.section-title",
    "div.market-data",
    "div.social-counter",
    "ul.popular-news-list",
)

SPA = PageLayout(
    name="spa",
    since=date(2024, 12, 25),
    until=date.max,
    marks=("#HiddenMainDiv", "div#root", "div.Style403"),
    container=("div#ContentPlaceHolder1_div_story",),
    title=("h1.main-entry-title", "h1"),
    time=_TIME,
    byline=("#ContentPlaceHolder1_author_section",),
    picture=("img#ImgNews",),
    logo=("#ContentPlaceHolder1_a_logo_anchor",),
    furniture=_FURNITURE,
)
"""The React site, which kept the element ids of its predecessor."""

ASPNET = PageLayout(
    name="aspnet",
    since=date(2018, 1, 1),
    until=date(2025, 4, 1),
    marks=("input#__VIEWSTATE", "form#form1", "form#aspnetForm"),
    container=("div#ContentPlaceHolder1_div_story", "div#ContentPlaceHolder1_div_story_body"),
    title=("h1.main-entry-title", "h1"),
    time=_TIME,
    byline=("#ContentPlaceHolder1_author_section",),
    picture=("img#ImgNews",),
    logo=("#ContentPlaceHolder1_a_logo_anchor",),
    furniture=_FURNITURE,
)
"""The ASP.NET site. Its text stands in the container's fifth `div`, between empty ones."""

EARLY = PageLayout(
    name="early",
    since=date(2013, 1, 1),
    until=date(2017, 12, 31),
    marks=("td.story-text", "td.story-source"),
    container=("div#ContentPlaceHolder1_div_story",),
    title=("h1", "h2"),
    time=_TIME,
    byline=(),
    picture=("img#ImgNews",),
    logo=("td.story-source",),
    furniture=_FURNITURE,
)
"""The site of 2015 to 2017: no printed time, no token; its elements are known least."""

BOILERPLATE_OF_ANY_LAYOUT = _FURNITURE
"""For pages of no known layout."""

LAYOUTS = (SPA, ASPNET, EARLY)
"""Newest first."""

UNKNOWN = "unknown"
"""The layout of a page that no era recognises."""


def layouts_for(day: date) -> tuple[PageLayout, ...]:
    """Every era, those valid on a day first.

    Args:
        day: when a page was captured.
    """
    return tuple(sorted(LAYOUTS, key=lambda era: not era.since <= day <= era.until))


_FURNITURE_layout = {era.name: Selection(era.furniture) for era in LAYOUTS}
_NO_FURNITURE = Selection(BOILERPLATE_OF_ANY_LAYOUT)
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOSTLY_LINKS = 0.5
_NAMING_THE_WIRE = etree.XPath("//body//text()[contains(., 'MENAFN')]")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlace:
    """A story's place on its page.

    Attributes:
        layout: the era's name, `unknown` where none recognised the page.
        root: the page.
        container: the story's container; the page itself where none was found.
        text: all text within the container, each run of it on a line.
        era: the era, `None` where none recognised the page.
    """

    layout: str
    root: html.HtmlElement
    container: html.HtmlElement
    text: str
    era: PageLayout | None


def locate_story(root: html.HtmlElement, captured_on: date, article_id: int) -> StoryPlace:
    """Finds a story's container.

    An era recognises a page by its marks and holds its container; among several, those valid on
    the day of the capture come first. A page that has a container but no mark goes to the first
    era that knows the container. Without any, the smallest element that holds both the dateline
    credit and the closing token stands in, or else the whole page.

    Args:
        root: the page.
        captured_on: the day on which the wire sent it.
        article_id: the story; where its token stands below the container, as it does once an
            element of the story was closed too often, the container widens to hold it.
    """
    unmarked = None
    for era in layouts_for(captured_on):
        container = _fullest(root, era.container, article_id)
        if container is None:
            continue
        if has_any(root, era.marks):
            return _placed(root, era, container, article_id)
        unmarked = unmarked or (era, container)
    if unmarked:
        era, container = unmarked
        return _placed(root, era, container, article_id)
    anchored = _between_credit_and_token(root, article_id)
    return _placed(root, None, root if anchored is None else anchored, article_id)


def _placed(
    root: html.HtmlElement, era: PageLayout | None, container: html.HtmlElement, article_id: int
) -> StoryPlace:
    text = _text(container)
    if era and f"ID{article_id}" not in text:
        container = _widened(container, article_id)
        text = _text(container)
    return StoryPlace(
        layout=era.name if era else UNKNOWN,
        root=root,
        container=container,
        text=text,
        era=era,
    )


def _text(element: html.HtmlElement) -> str:
    return "\n".join(element.itertext())


def _fullest(
    root: html.HtmlElement, selectors: tuple[str, ...], article_id: int
) -> html.HtmlElement | None:
    """Of several containers the first with the story's token, else with text, else the first."""
    first = find_on_page(root, selectors)
    if first is not None and f"ID{article_id}" in first.text_content():
        return first
    containers = list(find_all(root, selectors))
    if len(containers) <= 1:
        return containers[0] if containers else None
    texts = [container.text_content() for container in containers]
    with_token = (place for place, text in enumerate(texts) if f"ID{article_id}" in text)
    with_text = (place for place, text in enumerate(texts) if text.strip())
    return containers[next(with_token, next(with_text, 0))]


def _widened(container: html.HtmlElement, article_id: int) -> html.HtmlElement:
    """The container, or the smallest element round it that has the story's token."""
    mark = f"ID{article_id}"
    for ancestor in container.iterancestors():
        if ancestor.tag == "body":
            break
        if mark in ancestor.text_content():
            return cast("html.HtmlElement", ancestor)
    return container


def _between_credit_and_token(root: html.HtmlElement, article_id: int) -> html.HtmlElement | None:
    """The smallest element that holds the story's token and the credit nearest above it."""
    credit = None
    for element, text in _texts_naming_the_wire(root):
        if any(token.article_id == article_id for token in find_tokens(text)):
            return None if credit is None else _common_ancestor(credit, element)
        if match_credit(text.strip()):
            credit = element
    return None


def _texts_naming_the_wire(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Runs of text that hold `MENAFN`, with their elements, in the order of the page.

    A run that opens its element goes to the element's end, since a credit may hold others.
    """
    for text in cast("list[Any]", _NAMING_THE_WIRE(root)):
        element = text.getparent()
        if text.is_tail:
            yield element.getparent(), str(text)
        else:
            yield element, element.text_content()


def _common_ancestor(one: html.HtmlElement, other: html.HtmlElement) -> html.HtmlElement | None:
    above = {*one.iterancestors(), one}
    return next((step for step in (other, *other.iterancestors()) if step in above), None)


def story_blocks(place: StoryPlace) -> list[str]:
    """The blocks of text that may be the story's.

    trafilatura says what is main text: all of that is kept. What it leaves out of a container is
    kept as well, unless it is mostly links and no rule tells what it is: trafilatura drops short
    lines, headings, table rows and list items that are the story's and that nothing could bring
    back, but it knows rails better than a rule could. Without a container only what it calls main
    text is taken at all.
    """
    if place.era is None and place.container is place.root:
        return main_text_of_page(place.root).splitlines()
    furniture = _FURNITURE_layout[place.era.name] if place.era else _NO_FURNITURE
    blocks = read_blocks(place.container, furniture)
    main = _letters(main_text(place.container))
    return [
        block
        for block, after in pairwise((*blocks, ""))
        if not _is_doubtful(block, after) or _letters(block) in main
    ]


def _is_doubtful(block: str, after: str) -> bool:
    """Whether a block is mostly links, and no rule tells what it is.

    Rules know furniture and other stories' headlines. A linked keyword, after which the wire broke
    a paragraph, is known by the small letter with which the next block goes on.
    """
    if link_share(block) <= _MOSTLY_LINKS or without_marks(after)[:1].islower():
        return False
    return not is_foreign_headline(block) and not is_boilerplate(clean(without_marks(block)))


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)
