"""The recogniser `builtin`: the trained tagger."""

from collections.abc import Sequence
from pathlib import Path

from tasks.adapters.recognition.crf import Tagger
from tasks.adapters.recognition.tables import FOLDER, load_knowledge
from tasks.wire.entities.spans import Span
from tasks.wire.entity import EntityType


class BuiltinRecogniser:
    """Knows persons, organisations and places by what it learnt of openly licensed texts.

    Args:
        folder: where the model lies.

    Raises:
        ModelError: the model is missing or damaged.
    """

    name = "builtin"
    languages = frozenset({"en"})
    types = frozenset(EntityType)

    def __init__(self, folder: Path = FOLDER) -> None:
        self._tagger = Tagger(folder, load_knowledge())
        self.version = self._tagger.digest[:8]

    def warm(self) -> None:
        """Nothing: the model is loaded when the recogniser is made."""

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        return [self._tagger.spans(text) for text in texts]
