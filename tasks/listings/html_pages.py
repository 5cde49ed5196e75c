"""Reads a listing page: which links it lists, and where the list goes on."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tasks.core.html import parse_html
from tasks.core.urls import canonical_url

# The site's navigation, foot and rails, and what isn't shown.
_ASIDE = (
    "ancestor-or-self::*[self::nav or self::footer or self::aside or @hidden"
    " or contains(translate(@style, ' ', ''), 'display:none')]"
)
_LINKS = f"//a[@href][not({_ASIDE})]"
_NEXT = "//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' next ')]/@href"
_PAGE = "page"
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingLink:
    """One link of a listing page.

    Attributes:
        href: where it leads, as written.
        text: what it says, on one line; its picture's description or its own title where it
            says nothing; empty where there is none of these.
    """

    href: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a listing page holds.

    Attributes:
        links: all links outside navigation, foot and rails, in the page's order.
        next_url: canonical address of the list's next page, `None` on the last.
    """

    links: tuple[ListingLink, ...]
    next_url: str | None


def read_listing(body: bytes, content_type: str | None, *, url: str, base_url: str) -> Listing:
    """The links of a listing page. It is for listing pages only: a story page links other stories.

    Args:
        body: the page, its content coding undone.
        content_type: the `Content-Type` header.
        url: the page's canonical address.
        base_url: where the wire is dialled.

    Returns:
        The links and the next page: the one linked as `rel=next`, or else the one whose address
        is this page's with the next number in `page=`.

    Raises:
        PageRefusedError: it isn't a page that can be read; see `parse_html`.
    """
    page = parse_html(body, content_type)
    links = tuple(
        ListingLink(href=anchor.get("href", ""), text=_text(anchor))
        for anchor in page.xpath(_LINKS)
    )
    marked, all_links = (
        [canonical_url(str(href), page=url, base_url=base_url) for href in page.xpath(path)]
        for path in (_NEXT, "//a/@href")
    )
    following = [
        *filter(None, marked),
        *(link for link in all_links if link and _follows(link, url)),
    ]
    return Listing(links=links, next_url=next(iter(following), None))


def _text(anchor: Any) -> str:
    said = " ".join(anchor.text_content().split())
    described = anchor.xpath("string(.//img/@alt)") or anchor.get("title", "")
    return said or " ".join(described.split())


def _follows(link: str, url: str) -> bool:
    """Whether a link is this page's own address with the next page number."""
    number, rest = _numbered(link)
    own_number, own_rest = _numbered(url)
    return rest == own_rest and number == own_number + 1


def _numbered(url: str) -> tuple[int, tuple[str, ...]]:
    """The page number of an address, 1 where it has none, and everything else of it."""
    parts = urlsplit(url)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [value for name, value in fields if name.lower() == _PAGE]
    others = sorted(f"{name}={value}" for name, value in fields if name.lower() != _PAGE)
    number = int(numbers[0]) if numbers and _NUMBER.fullmatch(numbers[0]) else 1
    return number, (parts.path, *others)
