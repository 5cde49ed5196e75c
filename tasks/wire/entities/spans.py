"""Where a name stands in a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.wire.entity import EntityType


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One name in one text.

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
