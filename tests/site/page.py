"""A story as one page prints it, beside what a reader must make of that page.

A page holds both sides, so that a trap (a function from page to page) states in one place how it
alters the print and whether it alters the truth. Templates print pages; the expected rows are taken
from the same pages and never from a reader.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from html import escape
from typing import Any
from urllib.parse import quote

from tests.site.calendar import EASTERN
from tests.site.story import Story, in_title_case

SITE = "https://menafn.com"
_ASPNET_SINCE = datetime(2018, 1, 1, tzinfo=UTC)
_SPA_SINCE = datetime(2025, 4, 1, tzinfo=UTC)
_TITLE_CASE_SINCE = datetime(2018, 1, 1, tzinfo=UTC)
_BLANK = "&nbsp;"

# Stands in printed HTML for whatever parts paragraphs in the page's flow.
PARAGRAPH_BREAK = "\N{PILCROW SIGN}"


class PageLayout(StrEnum):
    EARLY = "early"
    ASPNET = "aspnet"
    SPA = "spa"


class Flow(StrEnum):
    """How the main text is broken into paragraphs."""

    P = "p"
    BREAKS = "br"
    NESTED = "nested"


class LinkForm(StrEnum):
    """How feeds and listings spell the address of a story."""

    BARE = "bare"
    SRC_RSS = "src-rss"
    SOCIAL = "social"
    HTTP = "http"
    HTTP_WWW = "http-www"
    SLUGLESS = "slugless"
    LEGACY = "legacy"
    LEGACY_ODD_CASE = "legacy-odd-case"
    OLD_SLUG = "old-slug"
    DECOMPOSED = "decomposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph: the text a reader must return (`None`: no part of the story), and its HTML."""

    text: str | None
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    path: str  # path on the site
    caption: str = ""  # the `alt` text
    is_own: bool = True  # whether it is a picture at all, not the logo that fills the gap
    is_stock: bool = False  # whether it is one of the pooled pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    charset: str = "utf-8"  # what the bytes are encoded in
    header: str | None = "utf-8"  # that of the `Content-Type` header
    meta: str | None = "utf-8"  # that of the page's `meta` element
    is_gzipped: bool = False  # whether the response is sent with `Content-Encoding: gzip`


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    story: Story
    layout: PageLayout
    slug: str  # words of its address
    title: str  # the headline that a reader must return
    title_html: str  # the headline as printed
    headlines: int = 1  # how often the page prints it
    clock: str | None  # the printed time, `None` where the page prints none
    clock_labelled: bool = False  # whether a line `Date` stands above the time
    credit: str | None  # `(MENAFN- Provider) ` as printed, blanks included
    after_credit: str = ""  # HTML between the credit and what follows it
    second_credit: str | None = None  # printed after the credit
    byline: str | None = None  # the author as a reader must return it: the bare name
    byline_html: str | None = None  # the author as printed
    dateline: str | None = None  # the agency's own dateline as printed, blanks included
    dateline_place: str | None = None  # its place as printed
    dateline_date: date | None = None  # its day, where it prints one
    blocks: tuple[Block, ...]  # the text
    flow: Flow = Flow.P  # how the text is broken
    summary: str | None = None  # a paragraph that stands above the text and recurs in it
    sign_off_html: str | None = None  # the agency's tail
    tokens: tuple[str, ...]  # closing tokens as printed, most often one
    blank_lines: int = 1  # blank lines above the token
    token_apart: bool = False  # whether the token stands in an element of its own, below the text's
    provider_line: bool = False  # whether the provider's name stands below the token
    disclaimer_garbled: bool = False  # whether the disclaimer is UTF-8 read as windows-1252
    picture: Picture | None = None
    delivery: Delivery = Delivery()
    links: tuple[LinkForm, ...]  # forms in which feeds and listings link it, each in turn
    reject: str | None = None  # why a reader must refuse the page
    traps: frozenset[str] = frozenset()  # names of the traps that it holds

    @property
    def body(self) -> str:
        """The main text that a reader must return."""
        return "\n".join(block.text for block in self.blocks if block.text)

    @property
    def path(self) -> str:
        return story_path(self.story.article_id, self.slug, self.story.language)

    def with_block(self, number: int, *blocks: Block) -> "StoryPage":
        """The page with other blocks in the place of one."""
        return replace(self, blocks=(*self.blocks[:number], *blocks, *self.blocks[number + 1 :]))

    def with_insert(self, number: int, html: str) -> "StoryPage":
        """The page with something before a block that is no part of the story."""
        insert = Block(text=None, html=html)
        return replace(self, blocks=(*self.blocks[:number], insert, *self.blocks[number:]))

    def with_html(self, change: Callable[[str], str]) -> "StoryPage":
        """The page with every block printed another way."""
        blocks = tuple(replace(block, html=change(block.html)) for block in self.blocks)
        return replace(self, blocks=blocks)


def page_of(story: Story) -> StoryPage:
    """A story printed as an ordinary page of its day, without any trap."""
    layout = layout_of(story.published_at)
    is_own = story.provider.name == "MENAFN"
    is_early = layout is PageLayout.EARLY
    return StoryPage(
        story=story,
        layout=layout,
        slug=slug(listed_title(story)),
        title=story.title,
        title_html=escape(story.title, quote=False),
        clock=clock_text(story.published_at, layout),
        credit="(MENAFN) " if is_own else f"(MENAFN- {story.provider.name}) ",
        blocks=tuple(map(block_of, story.paragraphs)),
        tokens=() if is_early else (token(story),),
        links=(LinkForm.SRC_RSS if is_early else LinkForm.BARE,),
    )


def block_of(text: str) -> Block:
    return Block(text=text, html=escape(text, quote=False))


def layout_of(published_at: datetime) -> PageLayout:
    if published_at >= _SPA_SINCE:
        return PageLayout.SPA
    return PageLayout.ASPNET if published_at >= _ASPNET_SINCE else PageLayout.EARLY


def listed_title(story: Story) -> str:
    """The headline of feeds and addresses: in Title Case if syndicated and since 2018."""
    is_own = story.provider.name == "MENAFN"
    if is_own or story.language != "en" or story.published_at < _TITLE_CASE_SINCE:
        return story.title
    return in_title_case(story.title)


# the story container's text in HTML


def body_html(page: StoryPage) -> str:
    """The text with everything that the site sets round it, but for a token that stands apart."""
    first, *others = [block.html for block in page.blocks]
    pieces = [lead_html(page) + first, *others]
    pieces[-1] += page.sign_off_html or ""
    parts = [part for piece in pieces for part in piece.split(PARAGRAPH_BREAK)]
    if not page.token_apart:
        parts.extend(_tail(page))
    kept = [part.strip() for part in parts if part.strip()]
    if page.flow is Flow.BREAKS:
        return "<br><br>\n".join(kept)
    if page.flow is Flow.NESTED:
        inner = "\n".join(f'<div dir="auto"><span>{part}</span></div>' for part in kept)
        return f'<div class="story-copy"><div>{inner}</div></div>'
    return "\n".join(f"<p>{part}</p>" for part in kept)


def token_html(page: StoryPage) -> str:
    """The closing token as an element's content, for layouts that set it apart."""
    return "<br>\n".join(_tail(page)) if page.token_apart else ""


def lead_html(page: StoryPage) -> str:
    """Everything that stands between the container's opening and the first word of the story."""
    lead = escape(page.credit or "", quote=False) + page.after_credit
    if page.second_credit:
        lead += escape(page.second_credit) + (" " if page.dateline else "<br>")
    if page.byline_html:
        lead += page.byline_html + "<br>\n"
    return lead + escape(page.dateline or "", quote=False)


def _tail(page: StoryPage) -> list[str]:
    return [*[_BLANK] * (page.blank_lines - 1), *page.tokens] if page.tokens else []


# addresses


def slug(headline: str) -> str:
    """The words of a headline in an address: punctuation deleted, blanks turned to hyphens.

    Deleted, not replaced: decimals fuse ("0.22 percent" gives `022-percent`) and apostrophes
    vanish ("Kuwait's" gives `Kuwaits`). Arabic comes out composed (NFC), not percent-encoded.
    """
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", headline)
        if character.isspace() or character == "-" or unicodedata.category(character)[0] in "LNM"
    )
    return re.sub(r"-+", "-", "-".join(kept.split())).strip("-")


def story_path(article_id: int, words: str, language: str) -> str:
    """Path of a story: `/1109916091/Words`, `/arabic/1110696390/%D9%85…`, or without words."""
    prefix = "/arabic" if language == "ar" else ""
    return f"{prefix}/{article_id}/{quote(words)}"


def story_url(article_id: int, words: str, language: str) -> str:
    return SITE + story_path(article_id, words, language)


def link(page: StoryPage, form: LinkForm) -> str:
    """A story's address in one of the forms of feeds and listings, absolute."""
    article_id = page.story.article_id
    decomposed = quote(unicodedata.normalize("NFD", page.slug))
    legacy_names = (("storyID", "title"), ("StoryId", "Title"), ("STORYID", "TITLE"))
    id_name, title_name = legacy_names[article_id % len(legacy_names)]
    legacy = f"{SITE}/qn_news_story_s.aspx"
    old_slug = page.slug.rsplit("-", 1)[0] + "-Sources"
    forms = {
        LinkForm.BARE: SITE + page.path,
        LinkForm.SRC_RSS: f"{SITE}{page.path}?src=RSS",
        LinkForm.SOCIAL: f"{SITE}{page.path}?Social=on",
        LinkForm.HTTP: f"http://menafn.com{page.path}?src=RSS",
        LinkForm.HTTP_WWW: f"http://www.menafn.com{page.path}?src=RSS",
        LinkForm.SLUGLESS: story_url(article_id, "", page.story.language),
        LinkForm.LEGACY: f"{legacy}?storyid={article_id}&title={quote(page.slug)}",
        LinkForm.LEGACY_ODD_CASE: f"{legacy}?{id_name}={article_id}&{title_name}={quote(page.slug)}",
        LinkForm.OLD_SLUG: story_url(article_id, old_slug, page.story.language),
        LinkForm.DECOMPOSED: f"{SITE}/arabic/{article_id}/{decomposed}",
    }
    return forms[form]


# times


def token(story: Story) -> str:
    """The closing token: day on the site's clock, provider, account, story."""
    day = story.published_at.astimezone(EASTERN)
    provider = story.provider
    return f"MENAFN{day:%d%m%Y}{provider.code}{provider.account}ID{story.article_id}"


def clock_text(published_at: datetime, layout: PageLayout) -> str | None:
    """The time as pages of a layout print it; those of 2015 to 2017 print none."""
    local = published_at.astimezone(EASTERN)
    if layout is PageLayout.SPA:
        return f"{local:%Y-%m-%d %H:%M:%S}"
    if layout is PageLayout.ASPNET:
        return f"{local.month}/{local.day}/{local.year} {local.hour % 12 or 12}:{local:%M:%S %p}"
    return None


def printed_instant(published_at: datetime) -> datetime:
    """The instant that a printed time gives back: of an hour that occurs twice, the first."""
    return published_at.astimezone(EASTERN).replace(fold=0).astimezone(UTC)


# what a reader must make of a page


def article_row(page: StoryPage, sections: list[str], *, has_feed: bool) -> dict[str, Any]:
    """The article that must come of a page.

    `sections` are the feeds and listings that carry the story, `has_feed` whether one of them is a
    feed that is read by default. Where `published_at_basis` is `article_id` only the day can be
    known, and only roughly: `published_at` then is when the story was really published.
    """
    story = page.story
    basis, published_at = "article_id", story.published_at
    if page.clock is not None or has_feed:
        basis = "feed" if page.clock is None else "page"
        published_at = printed_instant(story.published_at)
    elif page.tokens:
        day = story.published_at.astimezone(EASTERN).date()
        basis, published_at = "token", datetime.combine(day, time(), tzinfo=EASTERN)
    is_own_picture = page.picture is not None and page.picture.is_own
    return {
        "article_id": story.article_id,
        "url": SITE + page.path,
        "language": story.language,
        "title": page.title,
        "body": page.body,
        "provider": story.provider.name,
        "provider_printed": story.provider.name if page.credit else None,
        "provider_code": story.provider.code if page.tokens else None,
        "account_code": story.provider.account if page.tokens else None,
        "menafn_token": page.tokens[0] if page.tokens else None,
        "dateline_place": page.dateline_place,
        "dateline_date": page.dateline_date.isoformat() if page.dateline_date else None,
        "byline": page.byline,
        "published_at": f"{published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "published_at_basis": basis,
        "image_url": SITE + page.picture.path if page.picture and is_own_picture else None,
        "is_stock_image": page.picture is not None and page.picture.is_stock,
        "sections": sorted(sections),
        "era": page.layout.value,
        "traps": sorted(page.traps),
    }
