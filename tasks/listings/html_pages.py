"""Reads a listing page: which links it lists, and where the list continues."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from tasks.core.html import parse_html
from tasks.core.urls import canonical_url

# Navigation, footer and sidebars, and what isn't shown.
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
    href: str  # as written
    text: str  # on one line; of a picture its description; its title or nothing without either


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    links: tuple[ListingLink, ...]  # in the page's order
    next_url: str | None  # canonical address of the list's next page


def read_listing(body: bytes, content_type: str | None, *, url: str, base_url: str) -> Listing:
    """The links of a decoded listing page at a canonical address; errors are those of `parse_html`.

    The next page is the one linked as `rel=next`, or else the one whose address is this page's
    with the next number in `page=`. A story page would list links to other stories.
    """
    page = parse_html(body, content_type)
    links = []
    for anchor in page.xpath(_LINKS):
        description = anchor.xpath("string(.//img/@alt)") or anchor.get("title", "")
        text = " ".join((anchor.text_content().strip() or description).split())
        links.append(ListingLink(href=anchor.get("href", ""), text=text))
    marked, all_links = (
        [canonical_url(str(href), page=url, base_url=base_url) for href in page.xpath(path)]
        for path in (_NEXT, "//a/@href")
    )
    number, rest = _page_number(url)
    following = (link for link in all_links if link and _page_number(link) == (number + 1, rest))
    next_url = next(filter(None, marked), None) or next(following, None)
    return Listing(links=tuple(links), next_url=next_url)


def _page_number(url: str) -> tuple[int, tuple[str, ...]]:
    """The page number of an address, 1 where it has none, and everything else of it."""
    parts = urlsplit(url)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [value for name, value in fields if name.lower() == _PAGE]
    others = sorted(f"{name}={value}" for name, value in fields if name.lower() != _PAGE)
    number = int(numbers[0]) if numbers and _NUMBER.fullmatch(numbers[0]) else 1
    return number, (parts.path, *others)
