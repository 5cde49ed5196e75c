"""The recogniser `rules`: tables and telling words, no model."""

from collections.abc import Sequence

from tasks.adapters.recognition.tables import load_knowledge
from tasks.wire.entities.rules import names_by_rule
from tasks.wire.entities.spans import Span
from tasks.wire.entity import EntityType


class RulesRecogniser:
    """Knows places and organisations by table, persons by their titles."""

    name = "rules"
    version = "1"
    languages = frozenset({"en"})
    types = frozenset(EntityType)

    def warm(self) -> None:
        """Reads the tables."""
        load_knowledge()

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        knowledge = load_knowledge()
        return [names_by_rule(text, knowledge) for text in texts]
