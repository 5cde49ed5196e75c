"""When stories are published, and the ids that the wire gives them as time goes on."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from tests.facsimile.newsroom.grammar import pick
from tests.facsimile.newsroom.providers import Hours

EASTERN = ZoneInfo("America/New_York")

# Days on which stories with these ids appeared; those of 2015 to 2018 are good to a month or two.
_ANCHORS = (
    (1_094_276_019, date(2015, 7, 1)),
    (1_094_827_896, date(2016, 7, 1)),
    (1_095_277_951, date(2017, 3, 1)),
    (1_096_309_905, date(2018, 1, 5)),
    (1_100_601_885, date(2020, 8, 7)),
    (1_104_325_564, date(2022, 6, 5)),
    (1_107_157_706, date(2023, 9, 28)),
    (1_107_636_019, date(2023, 12, 20)),
    (1_107_960_176, date(2024, 3, 11)),
    (1_108_286_942, date(2024, 6, 2)),
    (1_108_631_360, date(2024, 9, 3)),
    (1_109_025_990, date(2024, 12, 24)),
    (1_109_379_522, date(2025, 4, 1)),
    (1_109_622_432, date(2025, 6, 1)),
    (1_109_878_659, date(2025, 8, 3)),
    (1_110_119_213, date(2025, 9, 27)),
    (1_110_448_499, date(2025, 12, 7)),
    (1_110_686_605, date(2026, 2, 3)),
    (1_111_211_156, date(2026, 6, 4)),
    (1_111_467_348, date(2026, 7, 30)),
    (1_111_631_142, date(2026, 9, 7)),
)
_ANCHOR_HOUR = 7  # UTC; the clocks printed on pages lie between 02 and 09 h Eastern
_ANCHOR_SECONDS = [
    datetime(day.year, day.month, day.day, _ANCHOR_HOUR, tzinfo=UTC).timestamp()
    for _, day in _ANCHORS
]
_ANCHOR_IDS = [article_id for article_id, _ in _ANCHORS]

_ODD_HOURS = (1, 3, 3, 5, 5, 7, 7, 7, 9, 9, 11, 13, 15, 17, 23)
_OWN_HOURS = (0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10)
_OFFICE_HOURS = (8, 9, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20)
_ANY_HOURS = (*range(24), *range(12), *range(2, 9))
_WEEKEND_SHARE = 0.6
_MOST_A_DAY = 1_000  # of the wire's 4,000 or so, so that ids keep step with days


@dataclass(frozen=True, slots=True)
class Era:
    """A span of the wire's history and its share of a sample.

    Attributes:
        first: its first day, on the wire's clock.
        last: its last day.
        share: part of all stories that falls into it.
        is_early: whether only a few providers were carried yet.
    """

    first: date
    last: date
    share: float
    is_early: bool


ERAS = (
    Era(date(2015, 7, 1), date(2017, 12, 31), 0.04, is_early=True),
    Era(date(2024, 1, 2), date(2024, 12, 31), 0.25, is_early=False),
    Era(date(2025, 1, 2), date(2026, 11, 20), 0.71, is_early=False),
)


def article_id_at(instant: datetime) -> int:
    """Return the id that the wire had reached at an instant, going by the ids of known days."""
    seconds = instant.timestamp()
    after = min(max(bisect_right(_ANCHOR_SECONDS, seconds), 1), len(_ANCHORS) - 1)
    before = after - 1
    pace = (_ANCHOR_IDS[after] - _ANCHOR_IDS[before]) / (
        _ANCHOR_SECONDS[after] - _ANCHOR_SECONDS[before]
    )
    return int(_ANCHOR_IDS[before] + pace * (seconds - _ANCHOR_SECONDS[before]))


def days_with_counts(count: int, first_at: datetime) -> Iterator[tuple[date, int, bool]]:
    """Yield each day that has stories: the day, how many are due by it in all, and if it is early.

    Eras that end before `first_at` are left out and the others take over their share; where too
    few days are left for so many stories, days after the last era are added.
    """
    first_day = first_at.astimezone(EASTERN).date()
    eras = [era for era in ERAS if era.last >= first_day]
    shortest = first_day + timedelta(days=1 + count // _MOST_A_DAY)
    if not eras or eras[-1].last < shortest:
        eras = [Era(first_day, shortest, 1.0, is_early=False)]
    whole = sum(era.share for era in eras)
    due_before, share_before = 0, 0.0
    for era in eras:
        share_before += era.share
        due_after = round(count * share_before / whole)
        start = max(era.first, first_day)
        for day, part in _parts(start, era.last):
            yield day, due_before + int((due_after - due_before) * part + 1e-9), era.is_early
        due_before = due_after


def _parts(first: date, last: date) -> Iterator[tuple[date, float]]:
    days = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    weights = [_WEEKEND_SHARE if day.weekday() in (5, 6) else 1.0 for day in days]
    total, so_far = sum(weights), 0.0
    for day, weight in zip(days, weights, strict=True):
        so_far += weight
        yield day, 1.0 if day == last else so_far / total


def is_clock_change(day: date) -> bool:
    """Return whether the wire's clock is put forward or back in the night of a day."""
    offsets = [
        datetime(at.year, at.month, at.day, 12, tzinfo=EASTERN).utcoffset()
        for at in (day - timedelta(days=1), day)
    ]
    return any(before != after for before, after in pairwise(offsets))


def published_at(rng: Random, day: date, hours: Hours, utc_offset: int) -> datetime:
    """Return an instant of a day on the wire's clock at which a provider's copy is taken in."""
    hour, minute = _hour_and_minute(rng, hours, utc_offset)
    second = int(rng.random() * 60)
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=EASTERN)
    return local.astimezone(UTC)


def published_in_clock_change(rng: Random, day: date, hours: Hours) -> datetime:
    """Return an instant of the two hours about a change of the wire's clock."""
    is_spring = day.month < 7
    hour = pick(rng, (6, 7) if is_spring else (5, 6))
    minute = {"odd": 2 + int(rng.random() * 4), "own": 34 + int(rng.random() * 2)}.get(
        hours, int(rng.random() * 60)
    )
    return datetime(day.year, day.month, day.day, hour, minute, 17, tzinfo=UTC)


def _hour_and_minute(rng: Random, hours: Hours, utc_offset: int) -> tuple[int, int]:
    if hours == "odd":
        return pick(rng, _ODD_HOURS), 2 + int(rng.random() * 4)
    if hours == "own":
        return pick(rng, _OWN_HOURS), 34 + int(rng.random() * 2)
    if hours == "office":
        return (pick(rng, _OFFICE_HOURS) - utc_offset - 4) % 24, int(rng.random() * 60)
    return pick(rng, _ANY_HOURS), int(rng.random() * 60)
