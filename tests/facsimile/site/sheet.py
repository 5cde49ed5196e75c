"""A story as one page prints it, beside what a reader must make of that page.

A sheet holds both sides, so that a trap (a pure function from sheet to sheet) states in one place
how it alters the print and whether it alters the truth. Templates print sheets; the expected rows
are taken from the same sheets and never from a reader.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from html import escape
from zoneinfo import ZoneInfo

from tests.facsimile.newsroom.style import in_title_case
from tests.facsimile.site.addresses import slug
from tests.facsimile.story import Story

WIRE_ZONE = ZoneInfo("America/New_York")
"""The zone of every printed time; nothing on a page names it."""

_ASPNET_SINCE = datetime(2018, 1, 1, tzinfo=UTC)
_SPA_SINCE = datetime(2025, 4, 1, tzinfo=UTC)
_TITLE_CASE_SINCE = datetime(2018, 1, 1, tzinfo=UTC)


class Era(StrEnum):
    """The page layouts that the site has had."""

    EARLY = "early"
    ASPNET = "aspnet"
    SPA = "spa"


def era_of(published_at: datetime) -> Era:
    """The layout of the pages of a day."""
    if published_at >= _SPA_SINCE:
        return Era.SPA
    return Era.ASPNET if published_at >= _ASPNET_SINCE else Era.EARLY


PARAGRAPH_BREAK = "\N{PILCROW SIGN}"
"""Stands in printed HTML for whatever parts paragraphs in the page's flow."""


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
    """One paragraph of the story container's text.

    Attributes:
        text: what a reader must return for it, `None` where it is no part of the story.
        html: what the page prints.
    """

    text: str | None
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What the page shows as the story's picture.

    Attributes:
        path: path on the site.
        caption: the `alt` text.
        is_own: whether it is a picture at all, not the logo that fills the gap.
        is_stock: whether it is one of the pooled pictures.
    """

    path: str
    caption: str
    is_own: bool
    is_stock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the bytes of the page are sent.

    Attributes:
        charset: what the bytes are encoded in.
        header: the `charset` of the `Content-Type` header, `None` where it names none.
        meta: the `charset` of the page's `meta` element, `None` where there is none.
        is_gzipped: whether the answer is sent with `Content-Encoding: gzip`.
    """

    charset: str = "utf-8"
    header: str | None = "utf-8"
    meta: str | None = "utf-8"
    is_gzipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A story on its page.

    Attributes:
        story: the story.
        era: the layout.
        slug: words of its address.
        title: the headline that a reader must return.
        title_html: the headline as printed.
        headlines: how often the page prints it.
        clock: the printed time, `None` where the page prints none.
        clock_labelled: whether a line `Date` stands above the time.
        credit: `(MENAFN- Provider) ` as printed, blanks included; `None` where there is none.
        after_credit: HTML between the credit and what follows it.
        second_credit: printed after the credit.
        byline: the author as a reader must return it: the bare name.
        byline_html: the author as printed.
        dateline: the agency's own dateline as printed, blanks included.
        dateline_place: its place as printed.
        dateline_date: its day, where it prints one.
        blocks: the text.
        flow: how the text is broken.
        summary: a paragraph that stands above the text and recurs in it.
        sign_off_html: the agency's tail.
        tokens: closing tokens as printed, most often one.
        blank_lines: blank lines above the token.
        token_apart: whether the token stands in an element of its own, below the text's.
        provider_line: whether the provider's name stands below the token.
        disclaimer_garbled: whether the disclaimer is UTF-8 read as windows-1252.
        picture: the picture.
        delivery: how the bytes are sent.
        links: forms in which feeds and listings link it, each in turn.
        reject: the reason for which a reader must refuse the page, `None` for a good one.
        traps: names of the traps that it holds.
    """

    story: Story
    era: Era
    slug: str
    title: str
    title_html: str
    headlines: int
    clock: str | None
    clock_labelled: bool
    credit: str | None
    after_credit: str
    second_credit: str | None
    byline: str | None
    byline_html: str | None
    dateline: str | None
    dateline_place: str | None
    dateline_date: date | None
    blocks: tuple[Block, ...]
    flow: Flow
    summary: str | None
    sign_off_html: str | None
    tokens: tuple[str, ...]
    blank_lines: int
    token_apart: bool
    provider_line: bool
    disclaimer_garbled: bool
    picture: Picture | None
    delivery: Delivery
    links: tuple[LinkForm, ...]
    reject: str | None
    traps: frozenset[str]

    @property
    def body(self) -> str:
        """The main text that a reader must return."""
        return "\n".join(block.text for block in self.blocks if block.text)


def sheet_of(story: Story) -> Sheet:
    """A story printed as an ordinary page of its day, without any trap."""
    era = era_of(story.published_at)
    is_own = story.provider.name == "MENAFN"
    return Sheet(
        story=story,
        era=era,
        slug=slug(listed_title(story)),
        title=story.title,
        title_html=escape(story.title, quote=False),
        headlines=1,
        clock=clock_text(story.published_at, era),
        clock_labelled=False,
        credit="(MENAFN) " if is_own else f"(MENAFN- {story.provider.name}) ",
        after_credit="",
        second_credit=None,
        byline=None,
        byline_html=None,
        dateline=None,
        dateline_place=None,
        dateline_date=None,
        blocks=tuple(plain_block(paragraph) for paragraph in story.paragraphs),
        flow=Flow.P,
        summary=None,
        sign_off_html=None,
        tokens=() if era is Era.EARLY else (token(story),),
        blank_lines=1,
        token_apart=False,
        provider_line=False,
        disclaimer_garbled=False,
        picture=None,
        delivery=Delivery(),
        links=(LinkForm.SRC_RSS if era is Era.EARLY else LinkForm.BARE,),
        reject=None,
        traps=frozenset(),
    )


def listed_title(story: Story) -> str:
    """The headline of feeds and addresses: in Title Case if syndicated and since 2018."""
    is_own = story.provider.name == "MENAFN"
    if is_own or story.language != "en" or story.published_at < _TITLE_CASE_SINCE:
        return story.title
    return in_title_case(story.title)


def plain_block(paragraph: str) -> Block:
    """A paragraph printed as it was written."""
    return Block(text=paragraph, html=escape(paragraph, quote=False))


def token(story: Story) -> str:
    """The closing token: day on the wire's clock, provider, account, story."""
    day = story.published_at.astimezone(WIRE_ZONE)
    provider = story.provider
    return f"MENAFN{day:%d%m%Y}{provider.code}{provider.account}ID{story.article_id}"


def token_instant(story: Story) -> datetime:
    """The instant that a token alone gives: the start of its day on the wire's clock."""
    day = story.published_at.astimezone(WIRE_ZONE).date()
    return datetime.combine(day, time(), tzinfo=WIRE_ZONE).astimezone(UTC)


def clock_text(published_at: datetime, era: Era) -> str | None:
    """The time as pages of an era print it; those of 2015 to 2017 print none."""
    local = published_at.astimezone(WIRE_ZONE)
    if era is Era.SPA:
        return f"{local:%Y-%m-%d %H:%M:%S}"
    if era is Era.ASPNET:
        hour = local.hour % 12 or 12
        half = "AM" if local.hour < 12 else "PM"
        return f"{local.month}/{local.day}/{local.year} {hour}:{local:%M:%S} {half}"
    return None


def printed_instant(published_at: datetime) -> datetime:
    """The instant that a printed time gives back: of an hour that occurs twice, the first."""
    local = published_at.astimezone(WIRE_ZONE)
    return local.replace(fold=0).astimezone(UTC)


def with_block(
    sheet: Sheet, wanted: Callable[[Block], bool], change: Callable[[Block], Block]
) -> Sheet:
    """The sheet with the first block of a kind changed, or as it is without such a block."""
    for place, block in enumerate(sheet.blocks):
        if wanted(block):
            blocks = (*sheet.blocks[:place], change(block), *sheet.blocks[place + 1 :])
            return replace(sheet, blocks=blocks)
    return sheet
