"""What stands around a story's text on its page: headline, time, author, picture, logo."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest
from typing import cast
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from lxml import etree, html

from tasks.core.calendar import parse_page_time
from tasks.core.html import find_all, find_on_page
from tasks.core.urls import ORIGIN
from tasks.pages.blocks import is_hidden
from tasks.pages.boilerplate import is_boilerplate
from tasks.pages.cleanup import clean
from tasks.pages.credit import bare_byline
from tasks.pages.layouts import LocatedStory

_SITE_HOSTS = ("menafn.com", "www.menafn.com")

# The small logo (2025), the logo (2022) and other pictures of the page itself.
_PLACEHOLDER = re.compile(
    r"/images/menafn_smalllogo|/includes/img/|(?:^|[/_-])(?:no[-_]?image|placeholder|blank)\b"
    r"|/(?:menafn[-_]?)?logo[^/]*\.(?:jpe?g|png|gif|svg|webp)$",
    re.IGNORECASE,
)
# The folder of pooled pictures that own news shows, each reused across many stories.
_STOCK = "/menafn_news_images/"
_MAX_ADDRESS_CHARS = 2000
# What a path or query may hold unescaped, and the per cent of what is escaped already.
_SAFE = "/%:=&?~+!$,;'@()*[]"

_TITLE_META = ("og:title", "twitter:title")
_META = etree.XPath("string(/html/*/meta[@property=$name or @name=$name]/@content)")
_SITE_NAME = re.compile(r"(?:www\.)?menafn(?:\.com)?", re.IGNORECASE)
_JOINT = re.compile(r"\s[|\u2013\u2014-]\s")
_MAX_BYLINE_CHARS = 80
# Texts that aren't blank, the nearest to an element first where they precede it. A headline and
# its time have the author, a picture's caption and share labels between them.
_IN_AND_AFTER = etree.XPath(
    "(descendant::text() | following::text())[normalize-space()][position() <= 24]"
)
_BEFORE = etree.XPath("preceding::text()[normalize-space()][position() <= 12]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a page shows as its story's picture."""

    url: str | None = None  # its address, `None` where the page shows a logo or nothing
    is_stock: bool = False  # whether it is one of the site's pooled pictures


def read_picture(source: str | None) -> Picture:
    """The picture that an image element's `src` means; the site's own is on its canonical host."""
    if not source or len(source) > _MAX_ADDRESS_CHARS or not source.strip().isprintable():
        return Picture()
    try:
        parts = urlsplit(urljoin(f"{ORIGIN}/", source.strip()))
    except ValueError:
        return Picture()
    path = re.sub(r"/{2,}", "/", parts.path)
    if parts.scheme not in ("http", "https") or path in ("", "/") or _PLACEHOLDER.search(path):
        return Picture()
    if parts.hostname in _SITE_HOSTS:
        parts = parts._replace(scheme="https", netloc="menafn.com")
    url = urlunsplit(
        parts._replace(path=quote(path, _SAFE), query=quote(parts.query, _SAFE), fragment="")
    )
    return Picture(url=url, is_stock=_STOCK in path.lower())


def story_title(story: LocatedStory) -> str:
    """The headline in the page's words, never the site's name; empty where there is none."""
    texts = chain(
        (heading.text_content() for heading in _headings(story)),
        (_meta(story.root, name) for name in _TITLE_META),
        (window_title.text_content() for window_title in find_all(story.root, ("title",))),
    )
    for text in texts:
        title = " ".join(clean(text).split())
        name = _JOINT.split(title)[-1]
        if _SITE_NAME.fullmatch(name) or name == clean(_meta(story.root, "og:site_name")):
            title = title.removesuffix(name).rstrip(" |\u2013\u2014-")
        if title and not is_boilerplate(title):
            return title
    return ""


def _headings(story: LocatedStory) -> Iterator[html.HtmlElement]:
    for root in (story.container, story.root):
        for heading in find_all(root, story.layout.title):
            if not any(map(is_hidden, (heading, *heading.iterancestors()))):
                yield heading


def _meta(root: html.HtmlElement, name: str) -> str:
    return str(_META(root, name=name))


def story_time(story: LocatedStory, zone: ZoneInfo) -> datetime | None:
    """The time printed for the story, `None` where there is none.

    It stands in the container, in an element that the layout knows or in a line of its own; on a
    page of another layout it stands in a line of its own near the headline.
    """
    for element in find_all(story.container, story.layout.time):
        if found := parse_page_time(element.text_content(), zone):
            return found
    if story.is_of_known_layout and (found := _first_time(story.text.split("\n"), zone)):
        return found
    headline = next(_headings(story), None)
    if headline is None:  # a lesser heading with its words, or else the container
        title = story_title(story)
        lesser = find_all(story.root, ("h2", "h3", "h4"))
        matches = (one for one in lesser if clean(one.text_content()) == title)
        headline = next(matches, story.container)
    after = cast("list[str]", _IN_AND_AFTER(headline))
    before = cast("list[str]", _BEFORE(headline))[::-1]
    by_distance = chain.from_iterable(zip_longest(after, before, fillvalue=""))
    return _first_time(by_distance, zone)


def _first_time(texts: Iterable[str], zone: ZoneInfo) -> datetime | None:
    times = (parse_page_time(text, zone) for text in texts if ":" in text)
    return next(filter(None, times), None)


def story_byline(story: LocatedStory) -> str | None:
    """The author's bare name where the page gives it in an element of its own."""
    for element in find_all(story.container, story.layout.byline):
        text = clean(element.text_content())
        if element.find(".//a") is None and not is_boilerplate(text):
            return bare_byline(text) if 0 < len(text) <= _MAX_BYLINE_CHARS else None
    return None


def story_picture(story: LocatedStory) -> Picture:
    """The story's picture: its own element's, or else the one the page is shared with."""
    element = find_on_page(story.root, story.layout.picture)
    source = _meta(story.root, "og:image") if element is None else element.get("src")
    return read_picture(source)


def story_caption(story: LocatedStory) -> str:
    """The text that stands for the story's picture; empty where there is none."""
    element = find_on_page(story.root, story.layout.picture)
    return "" if element is None else clean(element.get("alt") or "")


def logo_provider(story: LocatedStory) -> str | None:
    """The provider's name in or next to its logo's link below the text."""
    for element in find_all(story.container, story.layout.logo):
        for text in (element.text_content(), *(img.get("alt") for img in element.iter("img"))):
            if name := clean(text or ""):
                return name
    return None
