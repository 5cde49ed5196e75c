"""Dates in English and Arabic, resolved against the day of publication."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from tasks.core.calendar import ARABIC, month_number
from tasks.entities.figures import (
    ARABIC_START,
    AT_MONTH,
    AT_NUMBER,
    AT_WEEKDAY,
    Figure,
    FigureKind,
    Precision,
    match_at,
)

_DAYS = {name: number for number, name in enumerate(calendar.day_name)} | {
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الاربعاء": 2, "الخميس": 3,
    "الجمعة": 4, "السبت": 5, "الأحد": 6, "الاحد": 6,
}  # fmt: skip
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_HALF_YEAR = 183  # days
_MAX_TURN = 8  # code points before a weekday in which "coming" stands


def _preceded_by(words: str) -> str:
    """An expression for one of some words before, and a blank or a hyphen after it."""
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
    _preceded_by(
        "in since until by from for of during last next this early late mid between to through"
    )
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
    + _preceded_by(
        "in since until by from for of during to through mid early late end year after before"
    )
    + rf"(?P<year>{_YEAR})(?![,.]?\d|\s?(?:%|per\s?cent|dollars|people|points|megawatt))"
)
_ARABIC_YEAR = r"(?:19|20|\u0661\u0669|\u0662\u0660)\d\d"
_ARABIC_MONTH = rf"(?P<month>{ARABIC})(?:\s?/\s?(?:{ARABIC}))?(?!\w)"  # some copy gives both names
_ARABIC_DAY_MONTH = re.compile(
    rf"{ARABIC_START}(?P<day>\d{{1,2}})\s(?:من\s)?(?:شهر\s)?{_ARABIC_MONTH}"
    rf"(?:\s(?:عام\s)?(?P<year>{_ARABIC_YEAR})\b)?"
)
_ARABIC_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?:[وبلف])?{_ARABIC_MONTH}\s(?:من\s)?(?:عام\s)?(?P<year>{_ARABIC_YEAR})\b"
)
_ARABIC_BARE_YEAR = re.compile(rf"(?<!\w)(?:[وبل]?(?:ال)?(?:عام|سنة))\s(?P<year>{_ARABIC_YEAR})\b")
_ARABIC_DAY = "|".join(name for name in _DAYS if not name.isascii())
_ARABIC_WEEKDAY = re.compile(
    rf"(?<!\w)(?:يوم|مساء|صباح|فجر|أمس|اليوم)\s(?P<day>{_ARABIC_DAY})(?!\w)"
)
_DATE = FigureKind.DATE


def find_dates(text: str, published: date) -> Iterator[Figure]:
    """The dates in an English text; where two overlap, the one that starts first wins.

    A day or month without a year is the one nearest to the day of publication, a weekday the last
    one up to it, unless "next" is said.
    """
    for match in _ISO.finditer(text):
        yield from _exact_day(match, int(match[1]), int(match[2]), int(match[3]))
    for match in chain(match_at(AT_MONTH, _MONTH_DAY, text), match_at(AT_NUMBER, _DAY_MONTH, text)):
        yield from _day_of_month(match, published)
    for match in match_at(AT_MONTH, _MONTH_YEAR, text):
        first = date(int(match["year"]), _month(match), 1)
        yield Figure(match.start(), _end(match), _DATE, day=first, precision=Precision.MONTH)
    for match in match_at(AT_MONTH, _BARE_MONTH, text):
        month = _month(match)
        first = date(_nearest_year(month, 1, published), month, 1)
        yield Figure(match.start(), match.end(), _DATE, day=first, precision=Precision.MONTH)
    for match in match_at(AT_WEEKDAY, _WEEKDAY, text):
        back = (published.weekday() - _DAYS[match["day"]]) % 7
        turn = _TURN.search(text, max(0, match.start() - _MAX_TURN), match.start())
        if turn and turn[1] in ("next", "coming"):
            back -= 7
        elif turn and turn[1] == "last" and back == 0:
            back = 7
        yield _days_ago(match, published, back)
    for match in _QUARTER.finditer(text) if "quarter" in text or "Q" in text else ():
        month = 3 * int(match["number"] or _QUARTERS[match["word"]]) - 2
        year = int(match["year"]) if match["year"] else _nearest_year(month, 1, published)
        first = date(year, month, 1)
        yield Figure(match.start(), match.end(), _DATE, day=first, precision=Precision.QUARTER)
    for match in match_at(AT_NUMBER, _BARE_YEAR, text):
        yield _whole_year(match)


def find_arabic_dates(text: str, published: date) -> Iterator[Figure]:
    """The dates in an Arabic text, as `find_dates` gives them."""
    for match in _ARABIC_DAY_MONTH.finditer(text):
        yield from _day_of_month(match, published)
    for match in _ARABIC_MONTH_YEAR.finditer(text):
        first = date(int(match["year"]), _month(match), 1)
        start = match.start("month")
        yield Figure(start, match.end(), _DATE, day=first, precision=Precision.MONTH)
    for match in _ARABIC_BARE_YEAR.finditer(text):
        yield _whole_year(match)
    for match in _ARABIC_WEEKDAY.finditer(text):
        yield _days_ago(match, published, (published.weekday() - _DAYS[match["day"]]) % 7)


def _day_of_month(match: re.Match[str], published: date) -> Iterator[Figure]:
    month, day = _month(match), int(match["day"])
    year = int(match["year"]) if match["year"] else _nearest_year(month, day, published)
    yield from _exact_day(match, year, month, day)


def _exact_day(match: re.Match[str], year: int, month: int, day: int) -> Iterator[Figure]:
    """The date, unless the calendar has no such day."""
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:  # noqa: PLR2004
        exact = date(year, month, day)
        yield Figure(match.start(), _end(match), _DATE, day=exact, precision=Precision.DAY)


def _whole_year(match: re.Match[str]) -> Figure:
    first = date(int(match["year"]), 1, 1)
    return Figure(*match.span("year"), _DATE, day=first, precision=Precision.YEAR)


def _days_ago(match: re.Match[str], published: date, days: int) -> Figure:
    day = published - timedelta(days=days)
    return Figure(*match.span("day"), _DATE, day=day, precision=Precision.DAY)


def _end(match: re.Match[str]) -> int:
    return match.end() - (match.group()[-1] == ".")


def _month(match: re.Match[str]) -> int:
    return month_number(match["month"].rstrip("."))


def _nearest_year(month: int, day: int, published: date) -> int:
    """The year that puts a day of the year within half a year of publication."""
    last = calendar.monthrange(published.year, month)[1]
    days = (date(published.year, month, max(1, min(day, last))) - published).days
    if days > _HALF_YEAR:
        return published.year - 1
    return published.year + 1 if days < -_HALF_YEAR else published.year
