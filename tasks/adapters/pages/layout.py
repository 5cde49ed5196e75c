"""Where on a page its story stands, by the era that the page belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from lxml import html

from tasks.adapters.pages.blocks import is_hidden, read_blocks
from tasks.adapters.pages.extraction import main_text, main_text_of_page
from tasks.adapters.pages.select import Selection, find_all, has_any
from tasks.wire.menafn import eras
from tasks.wire.menafn.clocks import parse_page_time
from tasks.wire.menafn.eras import Era
from tasks.wire.menafn.furniture import is_furniture, link_share
from tasks.wire.menafn.opening import match_credit
from tasks.wire.menafn.repair import clean
from tasks.wire.menafn.token import find_tokens

_FURNITURE = {era.name: Selection(era.furniture) for era in eras.ERAS}
_NO_FURNITURE = Selection(eras.FURNITURE_OF_ANY_ERA)
_TITLE_META = ("og:title", "twitter:title")
_SITE_NAME = re.compile(r"(?:www\.)?menafn(?:\.com)?", re.IGNORECASE)
_JOINT = re.compile(r"\s[|\u2013\u2014-]\s")
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOSTLY_LINKS = 0.5
_MOST_BYLINE_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlace:
    """A story's place on its page.

    Attributes:
        layout: the era's name, `unknown` where none recognised the page.
        root: the page.
        container: the story's container; the page itself where none was found.
        era: the era, `None` where none recognised the page.
    """

    layout: str
    root: html.HtmlElement
    container: html.HtmlElement
    era: Era | None


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
    for era in eras.eras_for(captured_on):
        container = _fullest(root, era.container)
        if container is None:
            continue
        if has_any(root, era.marks):
            return _placed(root, era, _widened(container, article_id))
        unmarked = unmarked or (era, container)
    if unmarked:
        era, container = unmarked
        return _placed(root, era, _widened(container, article_id))
    anchored = _between_credit_and_token(root)
    return StoryPlace(
        layout=eras.UNKNOWN, root=root, container=root if anchored is None else anchored, era=None
    )


def _placed(root: html.HtmlElement, era: Era, container: html.HtmlElement) -> StoryPlace:
    return StoryPlace(layout=era.name, root=root, container=container, era=era)


def _fullest(root: html.HtmlElement, selectors: tuple[str, ...]) -> html.HtmlElement | None:
    """The first container with text in it, or the first at all."""
    first = None
    for container in find_all(root, selectors):
        first = container if first is None else first
        if any(text.strip() for text in container.itertext()):
            return container
    return first


def _widened(container: html.HtmlElement, article_id: int) -> html.HtmlElement:
    mark = f"ID{article_id}"
    if mark in container.text_content():
        return container
    for ancestor in container.iterancestors():
        if ancestor.tag == "body":
            break
        if mark in ancestor.text_content():
            return cast("html.HtmlElement", ancestor)
    return container


def _between_credit_and_token(root: html.HtmlElement) -> html.HtmlElement | None:
    credit = token = None
    for element in root.iter("p", "div", "span", "td", "section", "article", "font", "b"):
        for text in (element.text, *(child.tail for child in element)):
            if text and "MENAFN" in text:
                is_credit = credit is None and match_credit(text.strip()) is not None
                credit = element if is_credit else credit
                token = element if find_tokens(text) else token
    if credit is None or token is None:
        return None
    above = {*credit.iterancestors(), credit}
    return next((step for step in (token, *token.iterancestors()) if step in above), None)


def story_blocks(place: StoryPlace) -> list[str]:
    """The blocks of text that may be the story's.

    trafilatura judges what is main text. Within a container its verdict against a block counts if
    that block is mostly links: there it knows rails from text better than a rule could, while it
    drops short lines, headings, table rows and list items that are the story's and that nothing
    could bring back. Without a container only what it calls main text is taken at all.
    """
    if place.era is None and place.container is place.root:
        return main_text_of_page(place.root).splitlines()
    furniture = _FURNITURE[place.era.name] if place.era else _NO_FURNITURE
    blocks = read_blocks(place.container, furniture)
    told = _letters(main_text(place.container))
    return [
        block for block in blocks if link_share(block) <= _MOSTLY_LINKS or _letters(block) in told
    ]


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def story_title(place: StoryPlace) -> str:
    """The headline in the page's words, never the site's name; empty where there is none."""
    site = clean(_meta(place.root, "og:site_name"))
    for text in _headline_texts(place):
        title = _without_site_name(" ".join(clean(text).split()), site)
        if title and not is_furniture(title):
            return title
    return ""


def _headline_texts(place: StoryPlace) -> Iterator[str]:
    for root in (place.container, place.root):
        for heading in find_all(root, place.era.title if place.era else ("h1",)):
            if not _is_within_hidden(heading):
                yield heading.text_content()
    for name in _TITLE_META:
        yield _meta(place.root, name)
    for window_title in find_all(place.root, ("title",)):
        yield window_title.text_content()


def _meta(root: html.HtmlElement, name: str) -> str:
    path = "string(//meta[@property=$name or @name=$name]/@content)"
    return str(root.xpath(path, name=name))


def _without_site_name(title: str, site: str) -> str:
    parts = _JOINT.split(title)
    name = parts[-1].strip()
    if len(parts) > 1 and (name == site or _SITE_NAME.fullmatch(name)):
        return title[: title.rindex(parts[-1])].rstrip(" |\u2013\u2014-")
    return "" if title == site or _SITE_NAME.fullmatch(title) else title


def _is_within_hidden(element: html.HtmlElement) -> bool:
    return is_hidden(element) or any(map(is_hidden, element.iterancestors()))


def story_time(place: StoryPlace, zone: ZoneInfo) -> datetime | None:
    """The time printed in the story's container, `None` where there is none."""
    if place.era is None:
        return _time_in_lines(place.container, zone)
    for element in find_all(place.container, place.era.time):
        if found := parse_page_time(element.text_content(), zone):
            return found
    return _time_in_lines(place.container, zone)


def _time_in_lines(container: html.HtmlElement, zone: ZoneInfo) -> datetime | None:
    times = (parse_page_time(text, zone) for text in container.itertext() if ":" in text)
    return next(filter(None, times), None)


def story_byline(place: StoryPlace) -> str | None:
    """The author where the page names one in an element of its own."""
    for element in find_all(place.container, place.era.byline if place.era else ()):
        text = clean(element.text_content())
        if element.find(".//a") is None and not is_furniture(text):
            return text if 0 < len(text) <= _MOST_BYLINE_CHARACTERS else None
    return None


def story_picture(place: StoryPlace) -> str | None:
    """Source of the story's picture: its own element's, or else the one the page is shared with."""
    for element in find_all(place.root, place.era.picture if place.era else ()):
        source: str | None = element.get("src")
        return source
    return _meta(place.root, "og:image") or None


def provider_beside_logo(place: StoryPlace) -> str | None:
    """The provider's name in or beside its logo's link below the text."""
    for element in find_all(place.container, place.era.logo if place.era else ()):
        for text in (element.text_content(), *(img.get("alt") for img in element.iter("img"))):
            if name := clean(text or ""):
                return name
    return None
