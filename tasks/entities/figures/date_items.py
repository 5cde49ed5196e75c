"""Dates as printed, and the days that they mean in a story of a certain day."""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tasks.core.calendar import ascii_digits
from tasks.entities.figures.patterns import Figure, FigureKind, Precision
from tasks.entities.figures.tense import Direction

_HALF_YEAR = 183  # days
_LATE = 7  # days after which a story may still announce what is over by then
_SOON = 60  # days within which a coming day is meant in spite of a past tense before it
_BESIDE = re.compile(r",?\s(?:the\s)?|,?\s\(|\s(?:الموافق)\s(?:ل[ـ]?\s?)?|،\s|\sof\s")
_MONTHS_OF = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6}
_WEEK = 7


class DateItem(NamedTuple):
    """A date as printed: what it tells, and what it leaves open."""

    start: int
    end: int
    precision: Precision
    year: int | None = None
    month: int | None = None  # the first of a quarter or half
    day: int | None = None
    weekday: int | None = None
    days_away: int | None = None  # of "tomorrow"
    weeks_away: int | None = None  # of "Thursday next week"
    direction: Direction | None = None  # where the date itself says it
    range_start: int | None = None


def to_year(printed: str) -> int:
    """A year of four digits, or of two in this century."""
    plain = ascii_digits(printed)
    return int(plain) + (2000 if len(plain) == 2 else 0)  # noqa: PLR2004


def resolve_dates(
    text: str,
    items: Iterable[DateItem],
    published: date,
    direction_of: Callable[[str, int, int], Direction],
) -> Iterator[Figure]:
    """The figures of dates; of two that overlap the one that starts first, then the longer one.

    What can't be settled is left out: a day that no calendar has, or a weekday that is not the
    date's next to it.
    """
    merged = _merge(
        text, sorted(items, key=lambda one: (one.start, -one.end, one.range_start is None))
    )
    ranges: dict[int, list[DateItem]] = {}
    for item in merged:
        if item.range_start is not None:
            ranges.setdefault(item.range_start, []).append(item)
    starts: dict[int | None, date] = {}  # of ranges whose first end is settled
    for item in merged:
        where = item.direction
        if where is None and item.year is None and item.days_away is None:
            where = direction_of(text, item.start, item.end)
        pair = ranges.get(item.range_start, []) if item.range_start is not None else []
        is_range = len(pair) == 2  # noqa: PLR2004
        if is_range and item is pair[0]:
            day = _first_of_range(pair[0], pair[1], published, where or Direction.OPEN)
            if day:
                starts[item.range_start] = day
        elif is_range and item.range_start in starts:
            day = _on_or_after(item, starts[item.range_start])
        else:
            day = _day(item, published, where or Direction.OPEN)
        if day:
            start = item.range_start if is_range else None
            yield Figure(
                item.start, item.end, FigureKind.DATE, day=day, precision=item.precision,
                range_start=start,
            )  # fmt: skip


def two_ends(
    spans: tuple[tuple[int, int], tuple[int, int]],
    precision: Precision,
    year: int | None,
    months: tuple[int, int],
    days: tuple[int | None, int | None] = (None, None),
    *,
    year_from: int | None = None,
    where: Direction | None = None,
    range_start: int | None,
) -> Iterator[DateItem]:
    """The two dates that something links: the ends of a range, or two that share a year."""
    if range_start is None and months[0] <= months[1]:
        year_from = year_from or year
    years = (year_from, year)
    for span, of_year, month, day in zip(spans, years, months, days, strict=True):
        yield DateItem(
            *span, precision, of_year, month, day, direction=where, range_start=range_start
        )


def _merge(text: str, items: Iterable[DateItem]) -> list[DateItem]:
    """The items without overlaps, a weekday and the date next to it as one."""
    kept: list[DateItem] = []
    for item in items:
        if kept and item.start < kept[-1].end:
            continue
        last = kept[-1] if kept else None
        if last and _BESIDE.fullmatch(text[last.end : item.start]) and _is_one(last, item):
            end = item.end + text.startswith(")", item.end) * ("(" in text[last.end : item.start])
            main, other = (
                (last, item) if item.month is None and item.days_away is None else (item, last)
            )
            kept[-1] = main._replace(start=last.start, end=end, weekday=other.weekday)
        else:
            kept.append(item)
    return kept


def _is_one(one: DateItem, other: DateItem) -> bool:
    """Whether exactly one of two days is a bare weekday."""
    days = (one, other)
    is_bare = [
        each.weekday is not None and each.month is None and each.days_away is None for each in days
    ]
    is_whole = [each.day is not None or each.days_away is not None for each in days]
    return is_bare != is_whole and sum(is_bare) == 1 == sum(is_whole)


def _day(item: DateItem, published: date, where: Direction) -> date | None:
    """The first day of what an item means."""
    if item.days_away is not None:
        return _check_weekday(published + timedelta(days=item.days_away), item.weekday)
    if item.precision is Precision.YEAR and item.year:
        return date(item.year, 1, 1)
    if item.month is None:
        return _weekday(item, published, where)
    if item.precision is not Precision.DAY:
        return date(item.year or _year_of_period(item, published, where), item.month, 1)
    years = [item.year] if item.year else range(published.year - 1, published.year + 2)
    days = [_date(year, item.month, 1 if item.day is None else item.day) for year in years]
    known = [day for day in days if day]
    possible = [day for day in known if item.weekday in (None, day.weekday())]
    if not possible:
        return None
    nearest = min(known, key=lambda day: abs(day - published))
    is_misprint = nearest not in possible and abs((nearest - published).days) <= _SOON
    return None if is_misprint else _choose(possible, published, where)


def _date(year: int, month: int, day: int) -> date | None:
    is_day = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004
    return date(year, month, day) if is_day else None


def _choose(days: list[date], published: date, where: Direction) -> date:
    """Which of the same day in several years is meant."""
    nearest = min(days, key=lambda day: abs(day - published))
    away = (nearest - published).days
    earlier = [day for day in days if day <= published]
    later = [day for day in days if day >= published]
    if earlier and (where <= Direction.SINCE or (where is Direction.PAST and away > _SOON)):
        return earlier[-1]
    if later and (where is Direction.NEXT or (where is Direction.FUTURE and away < -_LATE)):
        return later[0]
    return nearest


def _year_of_period(item: DateItem, published: date, where: Direction) -> int:
    """The year of a month, quarter or half that prints none."""
    month, length = item.month or 1, _MONTHS_OF[item.precision]
    behind = published.month - month  # months since it began in the year of publication
    if where is Direction.LAST:
        return published.year - (behind < length)
    if where is Direction.NEXT:
        return published.year + (behind >= 0)
    if where is Direction.FUTURE:
        return published.year + (behind >= length)
    if where is Direction.SINCE or length > 1 or (where is Direction.PAST and behind < -1):
        return published.year - (behind < 0)
    first = date(published.year, month, 1)
    days = [first.replace(year=year) for year in (first.year - 1, first.year, first.year + 1)]
    return min(days, key=lambda day: abs(day - published)).year


def _weekday(item: DateItem, published: date, where: Direction) -> date | None:
    if item.weekday is None:
        return None
    ahead = (item.weekday - published.weekday()) % _WEEK
    if item.weeks_away is not None:
        monday = published - timedelta(days=published.weekday())
        return monday + timedelta(days=item.weekday + _WEEK * item.weeks_away)
    if where is Direction.NEXT:
        ahead = ahead or _WEEK
    elif where is Direction.PRESENT:
        # "Opens on Monday", above a story of Tuesday, may well be of the day before.
        if ahead > _WEEK // 2:
            return None
    elif where is Direction.LAST or (where is not Direction.FUTURE and ahead):
        ahead -= _WEEK
    return published + timedelta(days=ahead)


def _check_weekday(day: date, weekday: int | None) -> date | None:
    """A day, or the one next to it if the weekday is that one's; `None` if it is neither's."""
    # A story's own day is the site's, which may be the day before that of its writer.
    near = (day, day + timedelta(days=1), day - timedelta(days=1))
    return next((one for one in near if weekday in (None, one.weekday())), None)


def _first_of_range(
    first: DateItem, last: DateItem, published: date, where: Direction
) -> date | None:
    """The first day of a range: of the year that its end tells, or the last such before its end."""
    if first.month is None or first.year or (first.precision is Precision.YEAR):
        return _day(first, published, where)
    end = _day(last, published, where)
    if end is None:
        return None
    start = _date(end.year, first.month, first.day or 1)
    if start and start > end:
        start = _date(end.year - 1, first.month, first.day or 1)
    return start


def _on_or_after(item: DateItem, start: date) -> date | None:
    """The end of a range that begins on a day."""
    if item.month is None and item.weekday is not None:
        return start + timedelta(days=(item.weekday - start.weekday()) % _WEEK)
    if item.year:
        day = _day(item, start, Direction.OPEN)
        return day if day and day >= start else None
    month = item.month or 1
    for year in (start.year, start.year + 1):
        day = _date(year, month, item.day or 1)
        if day and day >= start:
            return day
    return None
