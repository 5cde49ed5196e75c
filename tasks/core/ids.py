"""Stories named by their ids: `1109916000-1109916999`, `1109916091,1109916093`, or both mixed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from tasks.core.errors import UsageError

_RANGE = re.compile(r"(1[0-9]{9})(?:-(1[0-9]{9}))?")


def parse_ids(text: str) -> tuple[range, ...]:
    """The ids that a text names.

    Args:
        text: ids and ranges of ids, both ends included and in either order, between commas.

    Returns:
        Ranges that don't overlap, newest (highest) first, each counting down.

    Raises:
        UsageError: a part is neither an id nor a range.
    """
    spans: list[tuple[int, int]] = []
    for part in text.split(","):
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            raise UsageError(
                f"{part.strip()[:40]!r} names no stories. Give ids of ten digits that open with a "
                "1, or ranges of them: 1109916000-1109916999 or 1109916091,1109916093"
            )
        ends = int(found[1]), int(found[2] or found[1])
        spans.append((max(ends), min(ends)))
    return ranges_of(spans)


def ranges_of(spans: Iterable[tuple[int, int]]) -> tuple[range, ...]:
    """Ranges of the ids that some span holds.

    Args:
        spans: the newest (highest) and the oldest id of each, in any order.

    Returns:
        Ranges that don't overlap, newest first, each counting down.
    """
    return tuple(range(newest, oldest - 1, -1) for newest, oldest in _joined(spans))


def count_ids(ranges: Sequence[range]) -> int:
    """How many ids the ranges hold."""
    return sum(map(len, ranges))


def id_groups(ranges: Sequence[range], size: int) -> Iterator[tuple[int, ...]]:
    """The ids of ranges in their order, so many at a time."""
    ids = chain.from_iterable(ranges)
    while group := tuple(islice(ids, size)):
        yield group


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans, newest first, with those that overlap or touch made one."""
    waiting: tuple[int, int] | None = None
    for newest, oldest in sorted(spans, reverse=True):
        if waiting is not None and newest >= waiting[1] - 1:
            waiting = (waiting[0], min(waiting[1], oldest))
            continue
        if waiting is not None:
            yield waiting
        waiting = (newest, oldest)
    if waiting is not None:
        yield waiting


class MissStreak:
    """A walk along story ids, which is over where the wire has none any more.

    Several ids may be stepped to before the first of them is met.

    Attributes:
        most_holes: see `__init__`.
        is_over: whether nothing more is to be asked for.
    """

    def __init__(self, most_holes: int | None) -> None:
        """Nothing was met yet.

        Args:
            most_holes: after so many holes in an unbroken row of ids the walk is over; `None`
                for never. Something known between two ids breaks the row.
        """
        self.most_holes = most_holes
        self.is_over = False
        self._holes = 0
        self._last: int | None = None

    def step_to(self, article_id: int) -> None:
        """Go on to an id."""
        if self._last is not None and abs(self._last - article_id) != 1:
            self._holes = 0
        self._last = article_id

    def meet(self, *, is_hole: bool) -> None:
        """Note what the wire has for an id that was stepped to."""
        self._holes = self._holes + 1 if is_hole else 0
        self.is_over |= self._holes == self.most_holes
