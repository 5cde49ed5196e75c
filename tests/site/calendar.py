"""When stories are published, and the ids that the site gives them as time goes on."""

from bisect import bisect_right
from collections.abc import Iterator
from csv import DictReader
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")  # of every printed time; nothing on a page names it

_ANCHOR_HOUR = 7  # UTC; the clocks printed on pages lie between 02 and 09 h Eastern
with (Path(__file__).parents[2] / "sql/seeds/id_anchors.csv").open(encoding="utf-8") as _file:
    _ANCHORS = [(int(row["article_id"]), row["published_on"]) for row in DictReader(_file)]
_IDS = [article_id for article_id, _ in _ANCHORS]
_SECONDS = [
    datetime.combine(date.fromisoformat(day), time(_ANCHOR_HOUR), tzinfo=UTC).timestamp()
    for _, day in _ANCHORS
]

FIRST_AT = datetime(2015, 7, 1, tzinfo=UTC)
# First and last day of a span of the site's history, and the share of stories that falls into it.
_SPANS = (
    (date(2015, 7, 1), date(2017, 12, 31), 0.04),
    (date(2024, 1, 2), date(2024, 12, 31), 0.25),
    (date(2025, 1, 2), date(2026, 11, 20), 0.71),
)
_EARLY_UNTIL = datetime(2018, 1, 1, tzinfo=UTC)
_MAX_A_DAY = 1_000  # of the site's 4,000 or so, so that ids keep step with days


def article_id_at(instant: datetime) -> int:
    """The id that the site had reached at an instant, going by the ids of known days."""
    seconds = instant.timestamp()
    after = min(max(bisect_right(_SECONDS, seconds), 1), len(_ANCHORS) - 1)
    before = after - 1
    pace = (_IDS[after] - _IDS[before]) / (_SECONDS[after] - _SECONDS[before])
    return int(_IDS[before] + pace * (seconds - _SECONDS[before]))


def is_early(instant: datetime) -> bool:
    """Whether the site carried only a few providers yet."""
    return instant < _EARLY_UNTIL


def instants(rng: Random, count: int, first_at: datetime) -> Iterator[datetime]:
    """So many instants of publication, whole seconds, in their order.

    Spans that end before `first_at` are left out and the others take over their share; where too
    few days are left for so many stories, days after the last span are added.
    """
    first_day = first_at.astimezone(EASTERN).date()
    shortest = first_day + timedelta(days=1 + count // _MAX_A_DAY)
    spans = [span for span in _SPANS if span[1] >= first_day]
    if not spans or spans[-1][1] < shortest:
        spans = [(first_day, shortest, 1.0)]
    whole, share_before, due_before = sum(share for *_, share in spans), 0.0, 0
    for first, last, share in spans:
        share_before += share
        due = round(count * share_before / whole)
        start = _midnight(max(first, first_day))
        step = (_midnight(last) + timedelta(days=1) - start) / max(1, due - due_before)
        for number in range(due - due_before):
            instant = start + step * (number + rng.random())
            yield instant.astimezone(UTC).replace(microsecond=0)
        due_before = due


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=EASTERN)
