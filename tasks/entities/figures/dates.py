# ruff: noqa: RUF001 - the marks of copy stand here as it prints them
"""Dates in English: days, months, quarters, halves, years, weekdays, and ranges of them.

What a date lacks is settled by what stands right before it (`until`, `since`, `next`), else by the
tense of its clause; a weekday next to a date checks it.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from tasks.core.calendar import month_number
from tasks.entities.figures.date_items import DateItem, resolve_dates, to_year, two_ends
from tasks.entities.figures.patterns import (
    AT_MONTH,
    AT_WEEKDAY,
    Figure,
    Precision,
    find_starts,
    match_at,
)
from tasks.entities.figures.periods import (
    AT_YEAR,
    BETWEEN,
    NEAR,
    TURN,
    TURNS,
    YEAR,
    find_periods,
    find_years,
    stands_before,
    word_before,
)
from tasks.entities.figures.tense import english_direction
from tasks.entities.tokenizer import word_set

_WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
_LONG = "|".join(name for name in calendar.month_name if name)
_MONTH = rf"(?:{_LONG}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_OF_YEAR = (
    rf"(?:(?:,\s?|\s|\s(?:of|in)\s)(?P<year>{YEAR})(?![\w%]|[.,]\d)|,?\s(?:of\s)?(?:the\s)?{TURN})?"
)
# What shows that the number behind a month's name counts something.
_COUNTS = (
    r"(?!\.?\d|,(?!20\d\d\b)\d|[%:]|\s(?:per\s?cent|percent|pct|million|billion|thousand|hundred|percentage|"
    r"basis|persons|tonnes|tons|barrels|dollars|countries|companies|goals|points|times)\b)"
)
_TO = r"(?P<link>\s?[-–—]\s?|\s(?:to|through|thru|until|till|and)\s(?:the\s)?)"
_ISO = re.compile(r"(20(?<![\w/.-]20)\d\d)([-/])(\d{1,2})\2(\d{1,2})(?![\w-]|/\d)")
_NUMERIC = re.compile(rf"(?<![\w/.,-])(\d{{1,2}})([/.-])(\d{{1,2}})\2({YEAR})(?![\w/-]|\.\d)")
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY}){_COUNTS}(?!\w)"
    rf"(?:{_TO}(?:(?P<month_to>{_MONTH})\s)?(?P<day_to>{_DAY}){_COUNTS}(?!\w|\s[a-z]+s\b))?"
    rf"{_OF_YEAR}"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w.,:/-])(?P<day>{_DAY})\s(?:of\s)?(?P<month>{_MONTH})(?!\w){_OF_YEAR}"
)
_DAYS_MONTH = re.compile(
    rf"(?<![\w.,:/-])(?P<day>{_DAY})(?:\s(?:of\s)?(?P<month>{_MONTH}))?{_TO}"
    rf"(?P<day_to>{_DAY})\s(?:of\s)?(?P<month_to>{_MONTH})(?!\w){_OF_YEAR}"
)
_MONTHS = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})(?:,?\s(?P<year_from>{YEAR}))?{_TO}(?:early\s|late\s|mid-)?"
    rf"(?P<month_to>{_MONTH})(?!\w|\s\d{{1,2}}\b(?!\d)){_OF_YEAR}"
)
_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH}),?\s(?:(?:of|in)\s)?(?P<year>{YEAR})(?![\w%]|[.,]\d)"
)
_BARE_MONTH = re.compile(
    rf"(?P<month>{_LONG}|Sept)\b(?!\s(?:\d{{1,2}}(?:st|nd|rd|th)\b|{YEAR}))"
    rf"(?:,?\s(?:of\s)?{TURN})?"
)
_MONTH_BEFORE = word_set(
    "in since until till by from for of during last next this early late mid between to through "
    "before after coming past previous"
)
_WEEKDAY = re.compile(
    rf"(?P<weekday>{'|'.join(calendar.day_name)})(?!\w|['’]?s?\s(?:[Pp]rayers?|[Ss]ermon|Times|"
    rf"Telegraph|Mirror|Mail|Express|Herald|Post|League))(?:{_TO}(?P<weekday_to>"
    rf"{'|'.join(calendar.day_name)})(?!\w)|\s(?:of\s)?(?P<turn>next|last|this)\sweek\b)?"
)
_NOT_BEFORE_DAY = re.compile(
    r"(?:\b(?:Black|Good|Easter|Palm|Ash|Maundy|Cyber|Super|Bloody|Sheffield|Holy|Whit|Giving|"
    r"Throwback|Casual|The|[Ee]very|[Ee]ach|[Aa]ny|Shrove|Fat|Pancake|most)\s|[\w-])$"
)
_HABIT = re.compile(r"\b(?:daily|weekly|a\.?m\b|p\.?m\b|opening hours|working (?:days|hours|week))")
_RELATIVE = re.compile(r"\b([Yy]esterday|[Tt]omorrow)(?!\w|['’]s\s(?:world|leaders?))")
_GOES_ON = re.compile(r"\s[a-z]")
_EVENT = re.compile(r"\s(?:terror(?:ist)?\s)?(?:attacks?|revolution|massacre|uprising|war|coup)\b")
_MAX_DAYS = 16  # code points of days and what links them before a month
_AT_DAY = re.compile(r"\d{1,2}")


def find_dates(text: str, published: date) -> Iterator[Figure]:
    """The dates in an English text, resolved against the day of publication, in order.

    Both ends of a range carry the position where it starts.
    """
    items = chain(
        numeric_dates(text, is_day_first=False),
        _days(text, published),
        _months(text, published),
        _weekdays(text),
        find_periods(text, published),
        find_years(text),
    )
    return resolve_dates(text, items, published, english_direction)


def numeric_dates(text: str, *, is_day_first: bool) -> Iterator[DateItem]:
    """Dates in figures alone; of `3/4/2026` nobody knows the month unless the day comes first."""
    for match in match_at(AT_YEAR, _ISO, text):
        year, month, day = (int(match[group]) for group in (1, 3, 4))
        yield DateItem(*match.span(), Precision.DAY, year, month, day)
    for last in find_starts(AT_YEAR, text):
        start = max(0, last - len("31/12/"))
        found = _NUMERIC.search(text, start, last + 7) if text[last - 1] in "/.-" else None
        if found is None:
            continue
        day, month, year = (int(found[group]) for group in (1, 3, 4))
        if month > 12 and found[2] == "/":  # noqa: PLR2004
            day, month = month, day
        elif max(day, month) <= 12 and day != month and found[2] != "." and not is_day_first:  # noqa: PLR2004
            continue
        yield DateItem(*found.span(), Precision.DAY, year, month, day)


def _days(text: str, published: date) -> Iterator[DateItem]:
    for match in match_at(AT_MONTH, _MONTH_DAY, text):
        in_month = word_before(text, match) == "in" and not match["year"]
        if in_month and _GOES_ON.match(text, match.end()):
            continue  # "In April 12 ships sailed"
        if not match["year"] and _EVENT.match(text, match.end()):
            continue  # of a year that everybody knows
        yield from _pair(text, match, published)
    for month in AT_MONTH.finditer(text):
        for day in _AT_DAY.finditer(text, max(0, month.start() - _MAX_DAYS), month.start()):
            for pattern in (_DAYS_MONTH, _DAY_MONTH):
                if found := pattern.match(text, day.start()):
                    yield from _pair(text, found, published)


def _pair(text: str, match: re.Match[str], published: date) -> Iterator[DateItem]:
    """A day, or the two of `March 5-7`, `5 to 7 March` and `28 February - 3 March 2025`."""
    groups = match.groupdict()
    year = _year(match, published)
    to = groups.get("month_to") or groups["month"]
    month = _month(groups["month"] or to)
    day = int(groups["day"].rstrip("stndrh"))
    if not groups.get("day_to"):
        yield DateItem(match.start(), _end(match), Precision.DAY, year, month, day)
        return
    day_to, month_to = int(match["day_to"].rstrip("stndrh")), _month(to)
    if (month_to, day_to) > (month, day) or groups["month"]:
        yield from two_ends(
            ((match.start(), match.start("link")), (match.end("link"), _end(match))),
            Precision.DAY, year, (month, month_to), (day, day_to), range_start=_tie(text, match),
        )  # fmt: skip


def _month(printed: str) -> int:
    return month_number(printed.rstrip("."))


def _tie(text: str, match: re.Match[str]) -> int | None:
    """Where a range starts; `None` where two dates are only listed."""
    is_listed = match["link"].strip().startswith("and")
    return None if is_listed and not stands_before(text, match, BETWEEN) else match.start()


def _year(match: re.Match[str], published: date) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return to_year(match["year"])
    return published.year + TURNS[match["turn"]] if groups.get("turn") else None


def _end(match: re.Match[str]) -> int:
    return match.end() - (match.group()[-1] == ".")


def _months(text: str, published: date) -> Iterator[DateItem]:
    for match in match_at(AT_MONTH, _MONTHS, text):
        year, is_dashed = _year(match, published), match["link"].strip() in "-–—"
        if year is None and not is_dashed and word_before(text, match) not in _MONTH_BEFORE:
            continue
        yield from two_ends(
            ((match.start(), match.start("link")), (match.start("month_to"), _end(match))),
            Precision.MONTH,
            year,
            (_month(match["month"]), _month(match["month_to"])),
            year_from=int(match["year_from"]) if match["year_from"] else None,
            range_start=_tie(text, match),
        )
    for match in match_at(AT_MONTH, _MONTH_YEAR, text):
        month, year = _month(match["month"]), int(match["year"])
        yield DateItem(match.start(), _end(match), Precision.MONTH, year, month)
    for match in match_at(AT_MONTH, _BARE_MONTH, text):
        if match["turn"] or word_before(text, match) in _MONTH_BEFORE:
            year, month = _year(match, published), _month(match["month"])
            yield DateItem(*match.span(), Precision.MONTH, year, month)


def _weekdays(text: str) -> Iterator[DateItem]:
    passed = 0
    for match in match_at(AT_WEEKDAY, _WEEKDAY, text):
        if match.start() < passed or stands_before(text, match, _NOT_BEFORE_DAY):
            continue
        if match["weekday_to"]:
            if match["link"].strip() != "and" and _HABIT.search(
                text, max(0, match.start() - NEAR), match.end() + NEAR
            ):
                passed = match.end()
                continue
            tie = _tie(text, match)
            for group in ("weekday", "weekday_to"):
                weekday = _WEEKDAYS[match[group]]
                yield DateItem(*match.span(group), Precision.DAY, weekday=weekday, range_start=tie)
        else:
            turn = TURNS[match["turn"]] if match["turn"] else None
            weekday = _WEEKDAYS[match["weekday"]]
            yield DateItem(*match.span(), Precision.DAY, weekday=weekday, weeks_away=turn)
    for match in _RELATIVE.finditer(text) if "esterday" in text or "omorrow" in text else ():
        if match[0][0].isupper() and match.start() > 1 and text[match.start() - 2].isalpha():
            continue  # a name, or a title in capitals
        days_away = 1 if match[1].endswith("omorrow") else -1
        if match[0][0].islower() and (special := stands_before(text, match, _DAY_BEYOND)):
            yield DateItem(special.start(), match.end(), Precision.DAY, days_away=2 * days_away)
        else:
            yield DateItem(*match.span(), Precision.DAY, days_away=days_away)


_DAY_BEYOND = re.compile(r"\b(?:the )?day (?:before|after) $")
