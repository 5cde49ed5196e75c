"""Stories named by their ids: `1109916000-1109916999`, `1109916091,1109916093`, or both mixed."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from tasks.wire.errors import UsageError

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
    return tuple(range(newest, oldest - 1, -1) for newest, oldest in _joined(spans))


def count_ids(ranges: Sequence[range]) -> int:
    """How many ids the ranges hold."""
    return sum(map(len, ranges))


def id_groups(ranges: Sequence[range], size: int) -> Iterator[tuple[int, ...]]:
    """The ids of ranges in their order, so many at a time."""
    ids = chain.from_iterable(ranges)
    while group := tuple(islice(ids, size)):
        yield group


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
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
