"""What stands round a story's text on its page: headline, time, author, picture, logo."""

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
from tasks.pages.blocks import is_hidden
from tasks.pages.boilerplate import is_boilerplate
from tasks.pages.cleanup import clean
from tasks.pages.credit import bare_byline
from tasks.pages.layouts import StoryPlace

SITE = "https://menafn.com"
_SITE_HOSTS = ("menafn.com", "www.menafn.com")

_PLACEHOLDER = re.compile(
    r"/images/menafn_smalllogo|/includes/img/|(?:^|[/_-])(?:no[-_]?image|placeholder|blank)\b"
    r"|/(?:menafn[-_]?)?logo[^/]*\.(?:jpe?g|png|gif|svg|webp)$",
    re.IGNORECASE,
)
"""The small logo (2025), the logo (2022) and other pictures of the page's own furniture."""

_STOCK = "/menafn_news_images/"
"""The folder of pooled pictures that own news shows, each reused across many stories."""

_MOST_CHARACTERS = 2000
# What a path or query may hold unescaped, and the per cent of what is escaped already.
_SAFE = "/%:=&?~+!$,;'@()*[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a page shows as its story's picture.

    Attributes:
        url: its address, `None` where the page shows a logo or nothing.
        is_stock: whether it is one of the wire's pooled pictures.
    """

    url: str | None
    is_stock: bool


NO_PICTURE = Picture(url=None, is_stock=False)


def picture_of(source: str | None) -> Picture:
    """The picture that an image element's source means.

    Args:
        source: the `src` attribute.

    Returns:
        The picture, its address absolute and, for the wire's own, on `https://menafn.com`.
    """
    if not source or len(source) > _MOST_CHARACTERS or not source.strip().isprintable():
        return NO_PICTURE
    try:
        parts = urlsplit(urljoin(f"{SITE}/", source.strip()))
    except ValueError:
        return NO_PICTURE
    path = re.sub(r"/{2,}", "/", parts.path)
    if parts.scheme not in ("http", "https") or path in ("", "/") or _PLACEHOLDER.search(path):
        return NO_PICTURE
    if parts.hostname in _SITE_HOSTS:
        parts = parts._replace(scheme="https", netloc="menafn.com")
    url = urlunsplit(
        parts._replace(path=quote(path, _SAFE), query=quote(parts.query, _SAFE), fragment="")
    )
    return Picture(url=url, is_stock=_STOCK in path.lower())


_TITLE_META = ("og:title", "twitter:title")
_META = etree.XPath("string(/html/*/meta[@property=$name or @name=$name]/@content)")
_SITE_NAME = re.compile(r"(?:www\.)?menafn(?:\.com)?", re.IGNORECASE)
_JOINT = re.compile(r"\s[|\u2013\u2014-]\s")
_MOST_BYLINE_CHARACTERS = 80
# Texts that aren't blank, the nearest to an element first where they precede it.
_IN_AND_AFTER = etree.XPath(
    "(descendant::text() | following::text())[normalize-space()][position() <= 24]"
)
_BEFORE = etree.XPath("preceding::text()[normalize-space()][position() <= 12]")
"""A headline and its time have the author, a picture's caption and share labels between them."""


def story_title(place: StoryPlace) -> str:
    """The headline in the page's words, never the site's name; empty where there is none."""
    for text in _headline_texts(place):
        title = _without_site_name(" ".join(clean(text).split()), place.root)
        if title and not is_boilerplate(title):
            return title
    return ""


def _headline_texts(place: StoryPlace) -> Iterator[str]:
    for heading in _headings(place):
        yield heading.text_content()
    for name in _TITLE_META:
        yield _meta(place.root, name)
    for window_title in find_all(place.root, ("title",)):
        yield window_title.text_content()


def _headings(place: StoryPlace) -> Iterator[html.HtmlElement]:
    for root in (place.container, place.root):
        for heading in find_all(root, place.era.title if place.era else ("h1",)):
            if not _is_within_hidden(heading):
                yield heading


def _meta(root: html.HtmlElement, name: str) -> str:
    return str(_META(root, name=name))


def _without_site_name(title: str, root: html.HtmlElement) -> str:
    parts = _JOINT.split(title)
    name = parts[-1].strip()
    if not _SITE_NAME.fullmatch(name) and name != clean(_meta(root, "og:site_name")):
        return title
    return title[: title.rindex(parts[-1])].rstrip(" |\u2013\u2014-") if len(parts) > 1 else ""


def _is_within_hidden(element: html.HtmlElement) -> bool:
    return is_hidden(element) or any(map(is_hidden, element.iterancestors()))


def story_time(place: StoryPlace, zone: ZoneInfo) -> datetime | None:
    """The time printed for the story, `None` where there is none.

    It stands in the container, in an element that the era knows or alone in one; on a page of
    another layout it stands alone beside the headline.
    """
    for element in find_all(place.container, place.era.time if place.era else ()):
        if found := parse_page_time(element.text_content(), zone):
            return found
    in_container = _first_time(place.text.split("\n"), zone) if place.era else None
    return in_container or _time_by_headline(place, zone)


def _time_by_headline(place: StoryPlace, zone: ZoneInfo) -> datetime | None:
    headline = _headline(place)
    after = cast("list[str]", _IN_AND_AFTER(headline))
    before = cast("list[str]", _BEFORE(headline))[::-1]
    by_nearness = chain.from_iterable(zip_longest(after, before, fillvalue=""))
    return _first_time(by_nearness, zone)


def _headline(place: StoryPlace) -> html.HtmlElement:
    """The headline's element, or else a lesser heading with its words, or else the container."""
    for heading in _headings(place):
        return heading
    title = story_title(place)
    lesser = find_all(place.root, ("h2", "h3", "h4"))
    return next((one for one in lesser if clean(one.text_content()) == title), place.container)


def _first_time(texts: Iterable[str], zone: ZoneInfo) -> datetime | None:
    times = (parse_page_time(text, zone) for text in texts if ":" in text)
    return next(filter(None, times), None)


def story_byline(place: StoryPlace) -> str | None:
    """The author's bare name where the page gives it in an element of its own."""
    for element in find_all(place.container, place.era.byline if place.era else ()):
        text = clean(element.text_content())
        if element.find(".//a") is None and not is_boilerplate(text):
            return bare_byline(text) if 0 < len(text) <= _MOST_BYLINE_CHARACTERS else None
    return None


def story_picture(place: StoryPlace) -> str | None:
    """Source of the story's picture: its own element's, or else the one the page is shared with."""
    picture = _picture(place)
    return picture.get("src") if picture is not None else _meta(place.root, "og:image") or None


def story_caption(place: StoryPlace) -> str:
    """What the story's picture is said to show; empty where nothing is said."""
    picture = _picture(place)
    return "" if picture is None else clean(picture.get("alt") or "")


def _picture(place: StoryPlace) -> html.HtmlElement | None:
    return find_on_page(place.root, place.era.picture if place.era else ())


def provider_beside_logo(place: StoryPlace) -> str | None:
    """The provider's name in or beside its logo's link below the text."""
    for element in find_all(place.container, place.era.logo if place.era else ()):
        for text in (element.text_content(), *(img.get("alt") for img in element.iter("img"))):
            if name := clean(text or ""):
                return name
    return None
