"""Story ids as a calendar: English and Arabic share one sequence that grows with time."""

from bisect import bisect_right
from datetime import date, timedelta
from itertools import pairwise

_ANCHORS = (
    (1094276019, date(2015, 7, 1)),
    (1094827896, date(2016, 7, 1)),
    (1095277951, date(2017, 3, 1)),
    (1096309905, date(2018, 1, 15)),
    (1100601885, date(2020, 8, 7)),
    (1104325564, date(2022, 6, 5)),
    (1107157706, date(2023, 9, 28)),
    (1107636019, date(2023, 12, 20)),
    (1107960176, date(2024, 3, 11)),
    (1108286942, date(2024, 6, 2)),
    (1108631360, date(2024, 9, 3)),
    (1109025990, date(2024, 12, 24)),
    (1109379522, date(2025, 4, 1)),
    (1109622432, date(2025, 6, 1)),
    (1109878659, date(2025, 8, 3)),
    (1110119213, date(2025, 9, 27)),
    (1110448499, date(2025, 12, 7)),
    (1110686605, date(2026, 2, 3)),
    (1111211156, date(2026, 6, 4)),
    (1111467348, date(2026, 7, 30)),
    (1111631142, date(2026, 9, 7)),
)
"""Stories whose day is known; those of 2015, 2016 and 2018 to within some months only."""

_IDS = [story for story, _ in _ANCHORS]
_SEGMENTS = tuple(pairwise(_ANCHORS))
_MOST_DAYS_BEYOND = 3650


def day_of_id(article_id: int) -> date | None:
    """The day on which an id was given out, between or beyond the known ones on a straight line.

    Right to about a day since late 2023, to months before.

    Args:
        article_id: a 10-digit story id.

    Returns:
        The day, or `None` for an id that lies more than ten years beyond the known ones.
    """
    segment = min(max(bisect_right(_IDS, article_id) - 1, 0), len(_SEGMENTS) - 1)
    (first_id, first_day), (last_id, last_day) = _SEGMENTS[segment]
    days = (last_day - first_day).days * (article_id - first_id) / (last_id - first_id)
    if abs(days) > _MOST_DAYS_BEYOND:
        return None
    return first_day + timedelta(days=round(days))
