"""Dates as wire copy prints them, resolved against the day of publication."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from tasks.entities.figure_starts import at_months, at_numbers, at_weekdays

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_HALF_YEAR = 183
_LONGEST_TURN = 8  # code points before a weekday in which "coming" stands


def _behind(words: str) -> str:
    """That one of some words stands before, with a blank or a hyphen after it."""
    return "(?:" + "|".join(rf"(?<=\b{word}[\s-])" for word in words.split()) + ")"


_LONG = "|".join(name for name in calendar.month_name if name)
_MONTH = rf"(?:{_LONG}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(r"(20(?<![\w-]20)\d\d)-(\d\d)-(\d\d)(?![\w-])")
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.\d|,\d{{3}})"
    rf"(?:,?\s(?P<year>{_YEAR})\b)?"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w.,:])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?!\w)"
    rf"(?:,?\s(?P<year>{_YEAR})\b)?"
)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?P<month>{_MONTH})\s(?:of\s)?(?P<year>{_YEAR})\b")
_BARE_MONTH = re.compile(
    _behind("in since until by from for of during last next this early late mid between to through")
    + rf"(?P<month>{_LONG}|Sept)\b(?!\s\d)"
)
_WEEKDAY = re.compile(rf"\b(?P<day>{'|'.join(calendar.day_name)})\b")
_TURN = re.compile(r"\b(next|last|coming)\s$")
_QUARTER = re.compile(
    rf"\b(?:(?:Q(?P<number>[1-4])|(?P<word>first|second|third|fourth)[\s-]quarter)"
    rf"(?:\s(?:of\s)?(?P<year>{_YEAR})\b)?)"
)
_BARE_YEAR = re.compile(
    rf"(?={_YEAR}\b)"
    + _behind(
        "in since until by from for of during to through mid early late end year after before"
    )
    + rf"(?P<year>{_YEAR})(?![,.]?\d|\s?(?:%|per\s?cent|dollars|people|points|megawatt))"
)


class Precision(StrEnum):
    """How much of a date is meant."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date in a text.

    Attributes:
        start: its first code point.
        end: one past its last.
        day: the day, or the first of the month, quarter or year.
        precision: which of them.
    """

    start: int
    end: int
    day: date
    precision: Precision


def find_dates(text: str, published: date) -> Iterator[FoundDate]:
    """The dates in a text; where two overlap, the one that starts first is the better.

    Args:
        text: the text.
        published: its day of publication. A day or month without a year is the one nearest to it,
            a weekday the last one up to it, unless "next" is said.
    """
    for match in _ISO.finditer(text):
        yield from _day(match, match.start(), int(match[1]), int(match[2]), int(match[3]))
    for match in chain(at_months(_MONTH_DAY, text), at_numbers(_DAY_MONTH, text)):
        month, day = _month(match), int(match["day"])
        year = int(match["year"]) if match["year"] else nearest_year(month, day, published)
        yield from _day(match, match.start(), year, month, day)
    for match in at_months(_MONTH_YEAR, text):
        first = date(int(match["year"]), _month(match), 1)
        yield FoundDate(match.start(), _end(match), first, Precision.MONTH)
    for match in at_months(_BARE_MONTH, text):
        month = _month(match)
        first = date(nearest_year(month, 1, published), month, 1)
        yield FoundDate(match.start(), match.end(), first, Precision.MONTH)
    yield from _weekdays(text, published)
    yield from _quarters(text, published)
    for match in at_numbers(_BARE_YEAR, text):
        first = date(int(match["year"]), 1, 1)
        yield FoundDate(match.start(), match.end(), first, Precision.YEAR)


def _day(match: re.Match[str], start: int, year: int, month: int, day: int) -> Iterator[FoundDate]:
    """The date, unless the calendar has no such day."""
    if real_day(year, month, day):
        yield FoundDate(start, _end(match), date(year, month, day), Precision.DAY)


def real_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has a day."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004


def _end(match: re.Match[str]) -> int:
    return match.end() - (match.group()[-1] == ".")


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].rstrip(".").lower()]


def nearest_year(month: int, day: int, published: date) -> int:
    """The year that puts a day of the year within half a year of publication."""
    last = calendar.monthrange(published.year, month)[1]
    days = (date(published.year, month, min(day, last)) - published).days
    if days > _HALF_YEAR:
        return published.year - 1
    return published.year + 1 if days < -_HALF_YEAR else published.year


def _weekdays(text: str, published: date) -> Iterator[FoundDate]:
    for match in at_weekdays(_WEEKDAY, text):
        back = (published.weekday() - _DAYS[match["day"].lower()]) % 7
        turn = _TURN.search(text, max(0, match.start() - _LONGEST_TURN), match.start())
        if turn and turn[1] in ("next", "coming"):
            back -= 7
        elif turn and turn[1] == "last" and back == 0:
            back = 7
        day = published - timedelta(days=back)
        yield FoundDate(match.start("day"), match.end("day"), day, Precision.DAY)


def _quarters(text: str, published: date) -> Iterator[FoundDate]:
    for match in _QUARTER.finditer(text) if "quarter" in text or "Q" in text else ():
        number = int(match["number"] or _QUARTERS[match["word"]])
        month = 3 * number - 2
        year = int(match["year"]) if match["year"] else nearest_year(month, 1, published)
        yield FoundDate(match.start(), match.end(), date(year, month, 1), Precision.QUARTER)
