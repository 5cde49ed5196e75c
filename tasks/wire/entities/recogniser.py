"""What every recogniser of names offers, whatever it is made of."""

from collections.abc import Sequence
from typing import Protocol

from tasks.wire.entities.spans import Span
from tasks.wire.entity import EntityType


class Recogniser(Protocol):
    """Finds names in texts. Who is meant by them is settled after it, the same for all.

    Attributes:
        name: its name in the settings.
        version: changes whenever the same text may give other spans.
        languages: ISO 639-1 codes of the languages it reads.
        types: what it finds.
    """

    name: str
    version: str
    languages: frozenset[str]
    types: frozenset[EntityType]

    def warm(self) -> None:
        """Loads what it needs, once a process."""
        ...

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text.

        Args:
            texts: titles or bodies in one of its languages.

        Returns:
            A list for each text, in order: spans sorted by start, none overlapping, counted in
            code points.
        """
        ...
