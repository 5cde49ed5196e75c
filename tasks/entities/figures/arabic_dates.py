# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Dates in Arabic, as `dates` reads them in English."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from tasks.core.calendar import ARABIC, ascii_digits, month_number
from tasks.entities.figures.date_items import DateItem, resolve_dates, to_year, two_ends
from tasks.entities.figures.dates import numeric_dates
from tasks.entities.figures.patterns import Figure, Precision
from tasks.entities.figures.tense import Direction, arabic_direction

_WEEKDAYS = {
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الاربعاء": 2, "الخميس": 3,
    "الجمعة": 4, "السبت": 5, "الأحد": 6, "الاحد": 6,
}  # fmt: skip
_RELATIVE = {"أمس": -1, "غدا": 1, "غد": 1, "اليوم": 0}
_ORDINALS = {"الأول": 1, "الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الأخير": 4}
_NEXT = ("المقبل", "القادم", "الآتي")
_LAST = ("الماضي", "المنصرم", "الفائت", "السابق")
_TURN = rf"(?P<turn>{'|'.join((*_NEXT, *_LAST))}|الجاري|الحالي)(?!\w)"

_YEAR = r"(?:19|20|\u0661\u0669|\u0662\u0660)\d\d"
_ONE_MONTH = re.compile(ARABIC)
# Some copy gives both names: "15 آب/أغسطس", "3 تموز يوليو", "7 مارس (آذار)".
_MONTH = rf"(?:{ARABIC})(?:\s?/\s?(?:{ARABIC})|\s(?:{ARABIC})|\s?\((?:{ARABIC})\))?(?!\w)"
_TO = r"(?P<link>\s?[-–]\s?|\s(?:إلى|الى|حتى|و)\s?)"
_OF_YEAR = (
    rf"(?:\s(?:من\s)?(?:عام\s|سنة\s|العام\s)?(?P<year>{_YEAR})(?!\d)"
    rf"|\s(?:من\s)?العام\s(?P<turn_year>{'|'.join((*_NEXT, *_LAST))}|الجاري|الحالي)(?!\w)"
    rf"|\s{_TURN})?"
)
_START = r"(?<![\d.,:/A-Za-z-])"  # before a number; "and" is written onto it
_DAYS_MONTH = re.compile(
    rf"{_START}(?P<day>\d{{1,2}})(?:\s(?P<month>{_MONTH}))?{_TO}(?P<day_to>\d{{1,2}})\s(?:من\s)?"
    rf"(?:شهر\s)?(?P<month_to>{_MONTH}){_OF_YEAR}"
)
_DAY_MONTH = re.compile(
    rf"{_START}(?P<day>\d{{1,2}})\s(?:من\s)?(?:شهر\s)?(?P<month>{_MONTH}){_OF_YEAR}"
)
_MONTHS = re.compile(rf"(?<!\w)[بلف]?(?P<month>{_MONTH}){_TO}(?P<month_to>{_MONTH}){_OF_YEAR}")
_MONTH_YEAR = re.compile(rf"(?<!\w)[وبلف]?(?P<month>{_MONTH}){_OF_YEAR}")
_MONTH_BEFORE = re.compile(
    r"(?<!\w)[وبل]?(?:في|حتى|إلى|شهر|شهري|خلال|منذ|مطلع|نهاية|أواخر|منتصف|بداية|أوائل)\s$"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?P<beyond>أول\s)?(?P<relative>أمس|غد[اًا]*|اليوم)\s"
    r"|[وبل]?(?P<said>يوم|مساء|صباح|فجر|ظهر|ليلة|عصر|نهار)\s(?:(?P<other>أمس|غد|اليوم)\s)?)?"
    rf"(?P<weekday>{'|'.join(_WEEKDAYS)})(?!\w)(?:\s{_TURN})?"
)
_RELATIVE_DAY = re.compile(
    r"(?<!\w)(?:(?P<before>أول\s)?(?P<yesterday>أمس)|(?P<after>بعد\s)?(?:غداً|غدًا|(?<=بعد\s)غد|(?<=يوم\s)غد))(?!\w)"
)
_PERIOD = re.compile(
    r"(?<!\w)[وبف]?ل?(?:ل?ا?ل(?P<quarter>ربع)|ل?ا?ل(?P<half>نصف))\s"
    rf"(?P<word>{'|'.join(_ORDINALS)})(?!\w)(?:\s(?:من\s|ل)?(?:(?:لل|ال)?عام\s|سنة\s|السنة\s)?"
    rf"(?:(?P<year>{_YEAR})(?!\d)|{_TURN}|المالي(?:ة)?\s(?P<fiscal>{_YEAR}))|\sمن\s(?P<itself>العام|السنة)(?!\w))?"
)
_NO_PERIOD = re.compile(r"\s(?:على التوالي|من (?:المباراة|الدوري|عمر|اللقاء|الشوط))")
_YEARS = re.compile(
    rf"(?<![\w.,/-])(?P<first>{_YEAR})(?:(?P<link>\s?[-–—/]\s?|\s(?:إلى|الى|حتى|و|أو)\s?(?:عام\s)?)"
    rf"(?P<second>{_YEAR})(?!\d))?(?![\w/%]|[.,\u066b]\d|\s?[-–]\s?\d)"
)
_YEAR_BEFORE = re.compile(
    r"(?<!\w)[وبل]?(?:(?:ال)?(?:عام|سنة|عامي|أعوام|سنوات|عامين)|لعام|للعام|لسنة|منذ|بحلول|حتى|بين|خلال|موسم)\s$"
)
_LOOSE = re.compile(r"(?<!\w)(?:في|من)\s$")
_ENDS = re.compile(r"\s*(?:$|[،.؛:\n)])")
_BETWEEN = re.compile(r"(?<!\w)(?:ما\s)?بين\s(?:(?:عامي|عام|سنة|العامين|شهري|يومي)\s)?$")
_COUNTED = re.compile(
    r"\s(?:طن|شخص|كم|كيلو|متر|دولار|درهم|دينار|ريال|مليون|ألف|وحدة|موظف|منزل|ميغا|برميل|في الم)"
)
_MAX_BEFORE = 24  # code points before a date in which a word tells what it is


def find_arabic_dates(text: str, published: date) -> Iterator[Figure]:
    """The dates in an Arabic text, as `dates.find_dates` gives them."""
    items = chain(
        numeric_dates(ascii_digits(text), is_day_first=True),
        _days(text, published),
        _months(text, published),
        _weekdays(text),
        _periods(text, published),
        _years(text),
    )
    return resolve_dates(text, items, published, arabic_direction)


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _MAX_BEFORE) : match.start()]


def _year(match: re.Match[str], published: date) -> int | None:
    if match["year"]:
        return to_year(match["year"])
    turn = match["turn_year"]
    return published.year + (turn in _NEXT) - (turn in _LAST) if turn else None


def _direction(match: re.Match[str]) -> Direction | None:
    """Where a date lies by the adjective behind it."""
    if match["turn"] in _NEXT:
        return Direction.NEXT
    if match["turn"] in _LAST:
        return Direction.LAST
    return Direction.OPEN if match["turn"] else None


def _month(printed: str) -> int:
    found = _ONE_MONTH.match(printed)
    return month_number(found[0] if found else printed)


def _tie(text: str, match: re.Match[str]) -> int | None:
    is_listed = match["link"].strip() == "و"
    return None if is_listed and not _BETWEEN.search(_before(text, match)) else match.start()


def _days(text: str, published: date) -> Iterator[DateItem]:
    for match in _DAYS_MONTH.finditer(text):
        month_to = _month(match["month_to"])
        month = _month(match["month"]) if match["month"] else month_to
        days = int(match["day"]), int(match["day_to"])
        if (month_to, days[1]) > (month, days[0]) or match["month"]:
            yield from two_ends(
                ((match.start(), match.start("link")), (match.start("day_to"), match.end())),
                Precision.DAY, _year(match, published), (month, month_to), days,
                where=_direction(match), range_start=_tie(text, match),
            )  # fmt: skip
    for match in _DAY_MONTH.finditer(text):
        yield DateItem(
            *match.span(), Precision.DAY, _year(match, published), _month(match["month"]),
            int(match["day"]), direction=_direction(match),
        )  # fmt: skip


def _months(text: str, published: date) -> Iterator[DateItem]:
    for match in _MONTHS.finditer(text):
        year, where, tie = _year(match, published), _direction(match), _tie(text, match)
        is_stated = year or where or _MONTH_BEFORE.search(_before(text, match))
        if not is_stated and tie is None:
            continue
        yield from two_ends(
            ((match.start("month"), match.start("link")), (match.start("month_to"), match.end())),
            Precision.MONTH, year, (_month(match["month"]), _month(match["month_to"])),
            where=where, range_start=tie,
        )  # fmt: skip
    for match in _MONTH_YEAR.finditer(text):
        year, where = _year(match, published), _direction(match)
        if year or where is not None or _MONTH_BEFORE.search(_before(text, match)):
            span = match.start("month"), match.end()
            yield DateItem(*span, Precision.MONTH, year, _month(match["month"]), direction=where)


def _weekdays(text: str) -> Iterator[DateItem]:
    for match in _WEEKDAY.finditer(text):
        relative = match["relative"] or match["other"]
        weekday = _WEEKDAYS[match["weekday"]]
        if relative:
            days_away = _RELATIVE[relative.replace("\u064b", "")] * (2 if match["beyond"] else 1)
            span = match.start("other" if match["other"] else "relative"), match.end()
            yield DateItem(*span, Precision.DAY, weekday=weekday, days_away=days_away)
        elif match["said"] or match["turn"]:
            span = match.start("weekday"), match.end()
            where = _direction(match)
            yield DateItem(*span, Precision.DAY, weekday=weekday, direction=where)
    for match in _RELATIVE_DAY.finditer(text):
        days_away = -1 if match["yesterday"] else 1
        is_beyond = bool(match["before"] or match["after"])
        yield DateItem(*match.span(), Precision.DAY, days_away=days_away * (1 + is_beyond))


def _periods(text: str, published: date) -> Iterator[DateItem]:
    for match in _PERIOD.finditer(text):
        printed = match["year"] or match["fiscal"]
        year = to_year(printed) if printed else None
        if match["turn"] or (match["itself"] and match["half"]):
            year = published.year + (match["turn"] in _NEXT) - (match["turn"] in _LAST)
        number = _ORDINALS[match["word"]]
        if _NO_PERIOD.match(text, match.end()):
            continue
        if match["half"]:
            if year and match["word"] != "الأخير":
                yield DateItem(*match.span(), Precision.HALF, year, 6 * min(number, 2) - 5)
        else:
            yield DateItem(*match.span(), Precision.QUARTER, year, 3 * number - 2)


def _years(text: str) -> Iterator[DateItem]:
    for match in _YEARS.finditer(text):
        before, first = _before(text, match), int(ascii_digits(match["first"]))
        second = int(ascii_digits(match["second"])) if match["second"] else None
        link = (match["link"] or "").strip()
        is_span = second is not None and first < second and link in ("-", "–", "—", "/")
        is_loose = _LOOSE.search(before) and (second or _ENDS.match(text, match.end()))
        if not (is_span or _YEAR_BEFORE.search(before) or is_loose):
            continue
        if _COUNTED.match(text, match.end()):
            continue
        is_range = second is not None and first < second and link != "أو" and (
            not link.startswith("و") or bool(_BETWEEN.search(before))
        )  # fmt: skip
        tie = match.start() if is_range else None
        yield DateItem(*match.span("first"), Precision.YEAR, first, range_start=tie)
        if second:
            yield DateItem(*match.span("second"), Precision.YEAR, second, range_start=tie)
