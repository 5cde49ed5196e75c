"""Where a name stands in a text."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from tasks.core.records import EntityType

_end = attrgetter("end")


class Span(NamedTuple):
    """One name in one text: a tuple, since spans are sorted and compared without end.

    Attributes:
        start: its first code point.
        end: one past its last.
        type: what kind of thing it names.
    """

    start: int
    end: int
    type: EntityType


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans in the order of the text, no two overlapping.

    Args:
        spans: from the most to the least trusted; a less trusted one gives way.

    Returns:
        What is left, sorted by start.
    """
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        covered = range(span.start, span.end)
        if covered and taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(span)
    return sorted(kept)


def touching(spans: Sequence[Span], one: Span) -> list[Span]:
    """Those of a text's spans that share a code point with another span.

    Args:
        spans: sorted, none overlapping.
        one: the other.
    """
    found = []
    index = bisect_right(spans, one.start, key=_end)
    while index < len(spans) and spans[index].start < one.end:
        found.append(spans[index])
        index += 1
    return found


def added(spans: Iterable[Span], more: Iterable[Span]) -> list[Span]:
    """Spans and those of another list that share no code point with them.

    Args:
        spans: none overlapping.
        more: from the most to the least trusted.

    Returns:
        All that are kept, sorted.
    """
    kept = sorted(spans)
    for one in more:
        if not touching(kept, one):
            insort(kept, one)
    return kept
