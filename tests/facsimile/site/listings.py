"""Listing pages: the section page, five regions and sixteen countries, and the front page.

Seen: their addresses, and the three places of story links on them (`ul.popular-news-list>li>a`,
`div.img-wrapper>a`, `div.img-wrapper>div>a`). Invented: the rest of the markup and pagination.
"""

from dataclasses import dataclass
from html import escape
from random import Random

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.furniture import Furniture, ad_holder, foot, navigation, newsletter
from tests.facsimile.site.rails import market_research
from tests.facsimile.site.wording import COUNTRY_CODES, ENGLISH, STALE_CLOCK

PAGE_SIZE = 10
MOST_PAGES = 3
REGIONS = ("Americas", "Europe", "ArabWorld", "Asia", "Africa")
GENERAL = "qn_news_sections"

LISTING_PATHS = {
    GENERAL: "/qn_news_sections.aspx?src=s",
    **{name: f"/qn_news_sections.aspx?src=c&country={name}" for name in REGIONS},
    **{code: f"/qn_country.aspx?country={code}&src=header" for code in COUNTRY_CODES},
}
"""Path of each listing's first page, by the name of its section."""

FEED_CODES = {
    "Saudi_Arabia": "SA", "UAE": "AE", "Bahrain": "BH", "Qatar": "QA", "Kuwait": "KW",
    "Jordan": "JO", "Oman": "OM", "Egypt": "EG", "Lebanon": "LB", "Iraq": "IQ",
    "Palestine": "PS", "Syria": "SY", "Tunisia": "TN", "Algeria": "DZ", "Morocco": "MA",
    "Yemen": "YE",
}  # fmt: skip
"""The listing of each country that has a feed; Turkey has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story on a listing page: how it is linked, and its headline there."""

    href: str
    title: str


def listing_pages(
    path: str, entries: list[Entry], furniture: Furniture, random: Random
) -> list[tuple[str, str]]:
    """All pages of a listing, as path and HTML; an empty listing has one page too."""
    chunks = [entries[at : at + PAGE_SIZE] for at in range(0, len(entries), PAGE_SIZE)] or [[]]
    joint = "&" if "?" in path else "?"
    paths = [path, *(f"{path}{joint}page={number}" for number in range(2, len(chunks) + 1))]
    return [
        (own, _page(chunk, following, furniture, random))
        for own, chunk, following in zip(paths, chunks, [*paths[1:], None], strict=True)
    ]


def _page(entries: list[Entry], following: str | None, furniture: Furniture, random: Random) -> str:
    cards, tiles, items = entries[:3], entries[3:5], entries[5:]
    script = random.choice(furniture.scripts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>News | MENAFN.COM'
        f"</title><style>{random.choice(furniture.styles)}</style></head>\n<body>\n"
        f'<div class="top-bar"><span id="lbl_clock">{STALE_CLOCK}</span> '
        f'<a href="{SITE}/arabic/">عربي</a></div>\n{navigation(ENGLISH)}\n'
        f"{ad_holder('top1', random)}{_cards(cards)}{_tiles(tiles)}{_items(items)}\n"
        f"{_other_links(entries)}{_pagination(following)}"
        f"{market_research(random, ENGLISH)}{newsletter(ENGLISH)}{random.choice(furniture.tickers)}"
        f"{foot(ENGLISH, random)}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _cards(entries: list[Entry]) -> str:
    return "".join(
        f'<div class="img-wrapper"><a href="{escape(entry.href)}">'
        f'<img src="/updates/pr/thumbs/{number}.jpg" alt="{escape(entry.title)}"></a></div>\n'
        f'<h3><a href="{escape(entry.href)}">{escape(entry.title, quote=False)}</a></h3>\n'
        for number, entry in enumerate(entries)
    )


def _tiles(entries: list[Entry]) -> str:
    return "".join(
        f'<div class="img-wrapper"><div class="caption"><a href="{escape(entry.href)}">'
        f"{escape(entry.title, quote=False)}</a></div></div>\n"
        for entry in entries
    )


def _items(entries: list[Entry]) -> str:
    items = "".join(
        f'<li><a href="{escape(entry.href)}">{escape(entry.title, quote=False)}</a></li>'
        for entry in entries
    )
    return f'<ul class="popular-news-list">{items}</ul>'


def _other_links(entries: list[Entry]) -> str:
    """Links that are no stories, one of them with a story's address in its query."""
    story = escape(entries[0].href) if entries else f"{SITE}/"
    return (
        '<div class="more-links"><a href="javascript:void(0)">Menu</a> '
        '<a href="mailto:newsdesk@menafn.com">Write to us</a> '
        f'<a href="https://twitter.com/intent/tweet?url={story}">Tweet on Twitter</a> '
        f'<a href="{SITE}/updates/pr/Menafn_News_Images/local_media_7.jpg">Picture of the day</a> '
        f'<a href="{SITE}/external_site/load_html?File_name=NewsEN_MostPopular.html">Popular</a> '
        '<a href="https://partner.example/news/1109876001/Not-Of-This-Site">Partner</a> '
        f'<a href="{SITE}/pr/index.aspx">Press releases</a> '
        f'<a href="#top">Top</a> <a href="tel:+9626000000">Call</a></div>\n'
    )


def _pagination(following: str | None) -> str:
    if following is None:
        return ""
    return f'<div class="pager"><a rel="next" href="{escape(following)}">Next</a></div>\n'
