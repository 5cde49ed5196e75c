"""What readers rule on entities: that two are one, or that they are two."""

from dataclasses import dataclass
from enum import StrEnum


class Ruling(StrEnum):
    """What a reader says of two entities."""

    MERGE = "merge"  # they are one
    SPLIT = "split"  # they are two


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One ruling of a reader; the newest of a pair counts.

    Attributes:
        entity_id: one entity; after a merge it counts as the other.
        other_id: the other.
        ruling: one or two.
    """

    entity_id: str
    other_id: str
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What came of a ruling.

    Attributes:
        ruling: one or two.
        name: the name of the first entity.
        other_name: the name of the other.
        counts_as: the name that the first counts as now.
        is_published: whether readers see it already; else they will after the next run.
    """

    ruling: Ruling
    name: str
    other_name: str
    counts_as: str
    is_published: bool

    def told(self) -> str:
        """What came of it, for the reader who ruled."""
        names = f"{self.name} and {self.other_name}"
        is_one = self.ruling is Ruling.MERGE
        outcome = f"{names} are one: {self.counts_as}." if is_one else f"{names} are two."
        seen = "Readers see it now." if self.is_published else "Readers see it after the next run."
        return f"{outcome} {seen}"
