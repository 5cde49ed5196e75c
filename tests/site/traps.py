"""Traps around the text (credit, dateline, token, bytes, links), and which traps a page holds.

What the Arabic forms of credits and datelines look like is invented after the English ones, since
no Arabic page was ever seen.
"""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from html import escape
from random import Random
from typing import Any

from tests.site.page import (
    PARAGRAPH_BREAK,
    Delivery,
    LinkForm,
    PageLayout,
    Picture,
    StoryPage,
    token,
)
from tests.site.story import FOLDER
from tests.site.text_traps import (
    REGISTRY,
    Applies,
    Trap,
    add_setting,
    add_trap,
    always,
    has_token,
    is_arabic,
    is_english,
    is_syndicated,
    is_syndicated_english,
    trap,
)

__all__ = ["OBSERVED", "REGISTRY", "Shape", "TrapPlanner"]

_MONTHS_AR = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_STOCK_PICTURES = 40

_FORMS = tomllib.loads((FOLDER / "traps.toml").read_text(encoding="utf-8"))


def _is_late(page: StoryPage) -> bool:
    return page.layout is not PageLayout.EARLY and is_english(page)


_APPLIES: dict[str, Applies] = {
    "any": always,
    "arabic": is_arabic,
    "english": is_english,
    "early": lambda page: page.layout is PageLayout.EARLY and is_english(page),
    "late": _is_late,
    "late-syndicated": lambda page: _is_late(page) and is_syndicated(page),
}

# credit and byline


def _add_credit(name: str, seen: str, form: str) -> None:
    def change(page: StoryPage, _random: Random) -> StoryPage:
        return replace(page, credit=form.format(page.story.provider.name))

    add_trap("credit", name, seen, is_syndicated, change)


for row in _FORMS["credit"]:
    _add_credit(**row)
add_setting("credit", "no-credit", "pages of 2017 and a few of 2024 open without any credit",
            is_syndicated, credit=None)  # fmt: skip


@trap("credit", always)
def _credit_on_its_own_line(page: StoryPage, random: Random) -> StoryPage:
    """A line break or a new paragraph after the credit."""
    return replace(page, after_credit=random.choice(("<br>", "<br/>\n", PARAGRAPH_BREAK)))


@trap("second-credit", lambda page: bool(page.credit and page.story.provider.second_credit))
def _second_credit(page: StoryPage, random: Random) -> StoryPage:
    """`QNA`, `The Peninsula` or `The Peninsula Online` after the credit."""
    gaps = ("", "<br>") if page.credit and page.credit.endswith(" ") else ("<br>",)
    second = page.story.provider.second_credit
    return replace(page, second_credit=second, after_credit=random.choice(gaps))


@trap("byline", lambda page: page.story.byline is not None)
def _byline(page: StoryPage, _random: Random) -> StoryPage:
    """`By ...` between the credit and the dateline."""
    printed = page.story.byline or ""
    return replace(page, byline=printed.removeprefix("By "), byline_html=escape(printed))


@trap("byline", lambda page: is_syndicated_english(page) and page.story.byline is not None)
def _byline_with_glued_read_more(page: StoryPage, _random: Random) -> StoryPage:
    """An author's name with the words `Read more` glued on."""
    byline = (page.story.byline or "").removeprefix("By ")
    link = '<a href="javascript:void(0)" class="author-more">Read more</a>'
    return replace(page, byline=byline, byline_html=f"<strong>{escape(byline)}</strong>{link}")


# dateline


def _add_dateline(name: str, seen: str, form: str, marks: list[str]) -> None:
    def applies(page: StoryPage) -> bool:
        story = page.story
        is_complete = story.dateline_date is not None or "day}" not in form
        has_mark = (story.provider.agency_mark or "") in marks
        return is_english(page) and story.dateline_place is not None and is_complete and has_mark

    def change(page: StoryPage, _random: Random) -> StoryPage:
        day, place = page.story.dateline_date, page.story.dateline_place
        printed = form.format(
            place=place,
            day=f"{day:%b} {day.day}" if day else "",
            month_day=f"{day:%B} {day.day}" if day else "",
            mark=page.story.provider.agency_mark,
        )
        printed_day = day if "day}" in form else None
        return replace(page, dateline=printed, dateline_place=place, dateline_date=printed_day)

    add_trap("dateline", name, seen, applies, change)


for row in _FORMS["dateline"]:
    _add_dateline(**row)


@trap("dateline", lambda page: is_arabic(page) and page.story.dateline_place is not None)
def _arabic_dateline(page: StoryPage, _random: Random) -> StoryPage:
    """Invented: no Arabic dateline was ever seen."""
    day, place = page.story.dateline_date, page.story.dateline_place
    if day is None:
        return page
    mark = page.story.provider.agency_mark
    tail = f" ({mark})" if mark else ""
    printed = f"{place} في {day.day} {_MONTHS_AR[day.month - 1]}{tail} -- "
    return replace(page, dateline=printed, dateline_place=place, dateline_date=day)


# sign-off


def _add_sign_off(
    name: str, seen: str, form: str, fits: str = r"\(end\) .+", weight: float = 1.0
) -> None:
    def applies(page: StoryPage) -> bool:
        return re.fullmatch(fits, page.story.sign_off or "") is not None

    def change(page: StoryPage, _random: Random) -> StoryPage:
        sign_off = page.story.sign_off or ""
        printed = form.replace("¶", PARAGRAPH_BREAK)
        initials = sign_off.removeprefix("(end)").strip()
        return replace(page, sign_off_html=printed.format(whole=sign_off, initials=initials))

    add_trap("sign-off", name, seen, applies, change, weight)


for row in _FORMS["sign-off"]:
    _add_sign_off(**row)

# token and what stands below it


@trap("token", has_token)
def _token_doubled(page: StoryPage, _random: Random) -> StoryPage:
    """The token printed twice, two lines running."""
    return replace(page, tokens=page.tokens * 2)


add_setting("token", "token-missing", "pages whose token no copy shows",
            lambda page: has_token(page) and is_syndicated(page), tokens=())  # fmt: skip
add_setting("token", "token-and-clock-missing", "pages that show neither",
            lambda page: has_token(page) and is_syndicated_english(page),
            tokens=(), clock=None)  # fmt: skip


@trap("gap", has_token)
def _blank_lines_above_token(page: StoryPage, random: Random) -> StoryPage:
    """6 to 13 blank lines above the token."""
    return replace(page, blank_lines=random.choice((6, 9, 13)))


add_setting("gap", "token-apart", "invented: the token in an element of its own below the text",
            has_token, token_apart=True)  # fmt: skip
add_setting("provider-line", "provider-line", "the provider's name below the token",
            is_syndicated, provider_line=True)  # fmt: skip
add_setting("disclaimer", "disclaimer-garbled", "the disclaimer as UTF-8 read as windows-1252",
            is_english, disclaimer_garbled=True)  # fmt: skip


@trap("broken", has_token)
def _token_of_another_story(page: StoryPage, _random: Random) -> StoryPage:
    """Invented: the token names another story than the address."""
    other = replace(page.story, article_id=page.story.article_id - 9_785)
    return replace(page, tokens=(token(other),), reject="token-mismatch")


@trap("broken", lambda page: has_token(page) and len(page.blocks) > 1)
def _two_stories_in_one(page: StoryPage, _random: Random) -> StoryPage:
    """Never seen, but two tokens in one text can mean nothing else."""
    other = replace(page.story, article_id=page.story.article_id - 4_711)
    half = max(1, len(page.blocks) // 2)
    return replace(page.with_insert(half, token(other)), reject="two-stories")


# headline, clock and picture


@trap("title", lambda page: is_english(page) and any(mark in page.title for mark in "'’&\""))
def _title_escaped_twice(page: StoryPage, _random: Random) -> StoryPage:
    """`&#x27;` in a printed headline."""
    once = escape(page.title).replace("\N{RIGHT SINGLE QUOTATION MARK}", "&rsquo;")
    return replace(page, title_html=once.replace("&", "&amp;"))


add_setting("clock", "clock-below-date-label", "a line `Date` above the time",
            lambda page: page.layout is PageLayout.ASPNET, clock_labelled=True)  # fmt: skip
add_setting("clock", "clock-missing", "pages without any printed time",
            lambda page: page.clock is not None and is_english(page), clock=None)  # fmt: skip


@trap("clock", lambda page: is_arabic(page) and page.clock is not None)
def _clock_in_arabic_digits(page: StoryPage, _random: Random) -> StoryPage:
    """Invented: the time in Arabic-Indic digits."""
    return replace(page, clock=(page.clock or "").translate(_ARABIC_DIGITS))


@trap("picture", lambda page: page.story.image_caption is not None)
def _own_picture(page: StoryPage, random: Random) -> StoryPage:
    """A picture named after provider and day, by the customs of its year."""
    day, prefix = page.story.published_at, page.story.provider.image_prefix
    code = (
        f"{random.randrange(16**5):05x}"
        if day.year >= 2021
        else f"{random.randrange(16**8):08x}-{random.randrange(16):x}"
    )
    path = f"/updates/pr/{day:%Y-%m}/{day:%d}/{prefix}_{code}image_story.jpg"
    return replace(page, picture=Picture(path=path, caption=page.story.image_caption or ""))


def _has_no_caption(page: StoryPage) -> bool:
    return page.story.image_caption is None


@trap("picture", _has_no_caption)
def _stock_picture(page: StoryPage, random: Random) -> StoryPage:
    """Pooled pictures of own news, reused across stories."""
    path = f"/updates/pr/Menafn_News_Images/local_media_{random.randint(1, _STOCK_PICTURES)}.jpg"
    return replace(page, picture=Picture(path=path, is_stock=True))


add_setting("picture", "small-logo-as-picture", "the site's small logo in place of a picture",
            _has_no_caption,
            picture=Picture(path="/images/Menafn_SmallLogo.jpg", is_own=False))  # fmt: skip
add_setting("picture", "logo-as-picture", "the site's logo of 2022 in place of a picture",
            _has_no_caption, picture=Picture(path="/includes/img/logo.jpg", is_own=False))  # fmt: skip

# how the bytes are sent, and how feeds and listings link the story

for row in _FORMS["delivery"]:
    fields: dict[str, Any] = {
        key: row[key] or None for key in ("charset", "header", "meta", "is_gzipped") if key in row
    }
    add_setting("delivery", row["name"], row["seen"], _APPLIES[row.get("applies", "any")],
                row.get("weight", 1),
                delivery=Delivery(**fields))  # fmt: skip
for row in _FORMS["link"]:
    links = tuple(map(LinkForm, row["links"]))
    add_setting("link", row["name"], row["seen"], _APPLIES[row["applies"]], links=links)

# which traps a page holds


class Shape(StrEnum):
    SAMPLE = "sample"  # with every trap and dead link
    STORIES_ONLY = "stories-only"  # only traps that leave the text and its fields whole


# The share of pages that hold one of a slot's traps, of those that can. What the story itself
# brings along (its dateline, sign-off, byline, second credit) is always printed.
_SHARES = {
    "damage": 0.3, "breaks": 0.12, "summary": 0.6, "links": 0.75, "insert": 0.15, "flow": 0.45,
    "spelling": 0.3, "credit": 0.4, "second-credit": 1.0, "byline": 1.0, "dateline": 1.0,
    "sign-off": 1.0, "token": 0.16, "gap": 0.3, "provider-line": 0.5, "disclaimer": 0.1,
    "title": 0.8, "clock": 0.15, "picture": 0.85, "delivery": 0.3, "link": 0.4,
}  # fmt: skip
_PLAIN_SLOTS = frozenset(
    {"flow", "second-credit", "byline", "dateline", "sign-off", "picture", "provider-line"}
)
_BROKEN_EVERY = 40  # one of so many pages is to be refused, if it has a token


def _is_day_apart(page: StoryPage) -> bool:
    day = page.dateline_date
    return day is not None and has_token(page) and page.tokens[0][6:14] != f"{day:%d%m%Y}"


# Traps that lie in the story itself and need only be counted.
OBSERVED: dict[str, Applies] = {
    "nested-bracket-provider": lambda page: "(" in page.story.provider.name,
    "hyphen-provider": lambda page: " - " in page.story.provider.name,
    "own-news": lambda page: not is_syndicated(page),
    "one-sentence-flash": lambda page: page.story.is_flash,
    "token-day-before-dateline": _is_day_apart,
}


class TrapPlanner:
    """Chooses traps so that each comes up as often as the others of its slot."""

    def __init__(self, shape: Shape) -> None:
        self.counts: Counter[str] = Counter()  # pages by the name of the trap
        self._pages = 0
        self._slots = {
            slot: [one for one in REGISTRY.values() if one.slot == slot]
            for slot in (*_SHARES, "broken")
            if shape is Shape.SAMPLE or slot in _PLAIN_SLOTS
        }

    def add_traps(self, page: StoryPage, random: Random) -> StoryPage:
        """The page with its traps, the observed ones noted too."""
        self._pages += 1
        for slot, traps in self._slots.items():
            share = _SHARES.get(slot, 0.0)
            if slot == "link" and page.layout is PageLayout.EARLY:
                share = 1.0  # links of the first layout are rare and of many forms
            is_broken = slot == "broken"
            if self._pages % _BROKEN_EVERY == 0 if is_broken else random.random() < share:
                page = self._with_one(page, traps, random)
        headlines = 2 if not is_syndicated(page) and random.random() < 0.5 else 1
        found = {name for name, holds in OBSERVED.items() if holds(page)}
        found |= {"headline-twice"} if headlines > 1 else set()
        page = replace(page, headlines=headlines, traps=page.traps | found)
        self.counts.update(page.traps)
        return page

    def _with_one(self, page: StoryPage, traps: list[Trap], random: Random) -> StoryPage:
        loads = {one.name: (self.counts[one.name] / one.weight, random.random()) for one in traps}
        for one in sorted(traps, key=lambda one: loads[one.name]):
            if one.applies(page) and (changed := one.apply(page, random)) is not page:
                return changed
        return page
