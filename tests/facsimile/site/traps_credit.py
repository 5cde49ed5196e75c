"""Traps above the text: the credit, second credits, authors and the agency's dateline.

The Arabic forms are invented after the English ones, since no Arabic credit was ever seen.
"""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.facsimile.site.sheet import PARAGRAPH_BREAK, Sheet
from tests.facsimile.site.trap import (
    Trap,
    is_arabic,
    is_english,
    is_syndicated,
    is_syndicated_english,
)

_MONTHS_AR = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip


def _recredited(form: str) -> Trap:
    def apply(sheet: Sheet, _random: Random) -> Sheet:
        return replace(sheet, credit=form.format(sheet.story.provider.name))

    name, seen = _CREDIT_FORMS[form]
    return Trap(name=name, slot="credit", seen=seen, applies=is_syndicated, apply=apply)


_CREDIT_FORMS = {
    "MENAFN - {}) ": (
        "credit-without-opening-bracket",
        "two pages of spring 2025: the opening bracket missing, a blank before the hyphen",
    ),
    "(MENAFN - {}) ": (
        "credit-with-both-blanks",
        "feed texts of 2024 and 2025: a blank on both sides of the hyphen",
    ),
    "(MENAFN - {})": (
        "credit-without-blank-after",
        "feed texts of 2025: no blank after the bracket, the text glued to it",
    ),
    "(MENAFN- {})": (
        "ordinary-credit-without-blank-after",
        "the ordinary credit glued to the text",
    ),
}


def _drop_credit(sheet: Sheet, _random: Random) -> Sheet:
    return replace(sheet, credit=None)


def _break_after_credit(sheet: Sheet, random: Random) -> Sheet:
    return replace(sheet, after_credit=random.choice(("<br>", "<br/>\n", PARAGRAPH_BREAK)))


def _add_second_credit(sheet: Sheet, random: Random) -> Sheet:
    second = sheet.story.provider.second_credit
    gaps = ("", "<br>") if sheet.credit and sheet.credit.endswith(" ") else ("<br>",)
    return replace(sheet, second_credit=second, after_credit=random.choice(gaps))


def _add_byline(sheet: Sheet, _random: Random) -> Sheet:
    printed = sheet.story.byline or ""
    return replace(sheet, byline=printed.removeprefix("By "), byline_html=escape(printed))


def _glue_read_more(sheet: Sheet, _random: Random) -> Sheet:
    byline = (sheet.story.byline or "").removeprefix("By ")
    link = '<a href="javascript:void(0)" class="author-more">Read more</a>'
    return replace(sheet, byline=byline, byline_html=f"<strong>{escape(byline)}</strong>{link}")


def _dateline(name: str, seen: str, form: str, marks: Callable[[str | None], bool]) -> Trap:
    def applies(sheet: Sheet) -> bool:
        story = sheet.story
        is_complete = story.dateline_date is not None or "day}" not in form
        has_place = story.dateline_place is not None
        return is_english(sheet) and has_place and is_complete and marks(story.provider.agency_mark)

    def apply(sheet: Sheet, _random: Random) -> Sheet:
        day = sheet.story.dateline_date
        printed = form.format(
            place=sheet.story.dateline_place,
            day=f"{day:%b} {day.day}" if day else "",
            month_day=f"{day:%B} {day.day}" if day else "",
            mark=sheet.story.provider.agency_mark,
        )
        return replace(
            sheet,
            dateline=printed,
            dateline_place=sheet.story.dateline_place,
            dateline_date=day if "day}" in form else None,
        )

    return Trap(name=name, slot="dateline", seen=seen, applies=applies, apply=apply)


def _arabic_dateline(sheet: Sheet, _random: Random) -> Sheet:
    day = sheet.story.dateline_date
    if day is None:
        return sheet
    mark = sheet.story.provider.agency_mark
    tail = f" ({mark})" if mark else ""
    printed = f"{sheet.story.dateline_place} في {day.day} {_MONTHS_AR[day.month - 1]}{tail} -- "
    return replace(
        sheet, dateline=printed, dateline_place=sheet.story.dateline_place, dateline_date=day
    )


def _is_agency(mark: str | None) -> bool:
    return mark is not None and mark != "NNN"


_DATELINES = (
    _dateline(
        "dateline-dashes",
        "`KUWAIT, Aug 15 (KUNA) -- `",
        "{place}, {day} ({mark}) -- ",
        lambda mark: mark == "KUNA",
    ),
    _dateline(
        "dateline-bare-dashes",
        "`BAGHDAD -- `, a later take without a day",
        "{place} -- ",
        lambda mark: mark in ("KUNA", "NNN"),
    ),
    _dateline(
        "dateline-without-dashes",
        "`Kyiv, Aug 9 (IANS) `",
        "{place}, {day} ({mark}) ",
        lambda mark: _is_agency(mark) and mark != "KUNA",
    ),
    _dateline(
        "dateline-en-dash",
        "`GENEVA, Feb 1 (NNN-XINHUA) – `",
        "{place}, {day} (NNN-XINHUA) – ",
        lambda mark: mark == "NNN",
    ),
    _dateline(
        "dateline-full-stop",
        "`BISHKEK, Kyrgyzstan, July 5. `",
        "{place}, {month_day}. ",
        lambda mark: mark is None,
    ),
    _dateline(
        "dateline-colon",
        "`Doha, Qatar: `, without a day",
        "{place}: ",
        lambda mark: mark is None,
    ),
)

CREDIT_TRAPS = (
    *(_recredited(form) for form in _CREDIT_FORMS),
    Trap(
        name="no-credit",
        slot="credit",
        seen="pages of 2017 and a few of 2024 open without any credit",
        applies=is_syndicated,
        apply=_drop_credit,
    ),
    Trap(
        name="credit-on-its-own-line",
        slot="credit",
        seen="a line break or a new paragraph after the credit",
        applies=lambda sheet: True,
        apply=_break_after_credit,
    ),
    Trap(
        name="second-credit",
        slot="second-credit",
        seen="`QNA`, `The Peninsula` or `The Peninsula Online` after the credit",
        applies=lambda sheet: (
            sheet.credit is not None and sheet.story.provider.second_credit is not None
        ),
        apply=_add_second_credit,
    ),
    Trap(
        name="byline",
        slot="byline",
        seen="`By ...` between the credit and the dateline",
        applies=lambda sheet: sheet.story.byline is not None,
        apply=_add_byline,
    ),
    Trap(
        name="byline-with-glued-read-more",
        slot="byline",
        seen="an author's name with the words `Read more` glued on",
        applies=lambda sheet: is_syndicated_english(sheet) and sheet.story.byline is not None,
        apply=_glue_read_more,
    ),
    *_DATELINES,
    Trap(
        name="arabic-dateline",
        slot="dateline",
        seen="invented: no Arabic dateline was ever seen",
        applies=lambda sheet: is_arabic(sheet) and sheet.story.dateline_place is not None,
        apply=_arabic_dateline,
    ),
)
"""In the order in which a page prints what they alter."""
