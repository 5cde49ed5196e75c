"""Story ids as a person names them: `1109916000-1109916999`, `1109916091,1109916093`, or mixed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from tasks.core.errors import UsageError

_RANGE = re.compile(r"(1[0-9]{9})(?:-(1[0-9]{9}))?")


def parse_ids(text: str) -> tuple[range, ...]:
    """Ranges of the ids that a text names, as `ranges_of` gives them.

    Ids and ranges stand between commas; a range includes both ends, in either order. A part that
    is neither is a `UsageError`.
    """
    spans: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            if "/" in part:
                raise UsageError(
                    f"{part.strip()[:80]!r} is no id. Write addresses to a file, one a line, and "
                    "name it: --urls FILE"
                )
            raise UsageError(
                f"{part.strip()[:40]!r} names no stories. Give ids of ten digits that open with a "
                "1, or ranges of them: 1109916000-1109916999 or 1109916091,1109916093"
            )
        ends = int(match[1]), int(match[2] or match[1])
        spans.append((max(ends), min(ends)))
    return ranges_of(spans)


def ranges_of(spans: Iterable[tuple[int, int]]) -> tuple[range, ...]:
    """Spans (newest id, oldest id) as ranges that don't overlap, newest first, each descending."""
    merged: list[tuple[int, int]] = []
    for newest, oldest in sorted(spans, reverse=True):
        if merged and newest >= merged[-1][1] - 1:
            merged[-1] = (merged[-1][0], min(merged[-1][1], oldest))
        else:
            merged.append((newest, oldest))
    return tuple(range(newest, oldest - 1, -1) for newest, oldest in merged)


def id_groups(ranges: Sequence[range], size: int) -> Iterator[tuple[int, ...]]:
    """The ids of ranges in their order, so many at a time."""
    ids = chain.from_iterable(ranges)
    while group := tuple(islice(ids, size)):
        yield group


class MissStreak:
    """Counts consecutive ids without a story, to stop where the site has no more."""

    def __init__(self, max_misses: int | None) -> None:
        """Stop after so many misses in a row of consecutive ids; `None` for never."""
        self.max_misses = max_misses
        self.is_over = False
        self._misses = 0
        self._last: int | None = None

    def step_to(self, article_id: int) -> None:
        """Go on to an id, perhaps before the outcome of the one before it is known."""
        if self._last is not None and abs(self._last - article_id) != 1:
            self._misses = 0
        self._last = article_id

    def count(self, *, is_miss: bool) -> None:
        """Count whether the site has no story for an id that was stepped to."""
        self._misses = self._misses + 1 if is_miss else 0
        self.is_over |= self._misses == self.max_misses
