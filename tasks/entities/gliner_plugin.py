"""The recogniser `gliner:<path>`: a GLiNER model on disk; the user installs the library."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tasks.core.errors import OperatorError
from tasks.core.records import EntityType
from tasks.entities.tokenizer import Span, remove_overlaps, sentences

_LABELS = {
    "person": EntityType.PERSON,
    "organization": EntityType.ORGANIZATION,
    "location": EntityType.PLACE,
}
_THRESHOLD = 0.5  # of the model's confidence; the library's own default
_WINDOW_WORDS = 300  # models read 384 words at once, and count some of ours as two


class GlinerRecogniser:
    """Finds names with the model of a folder, window by window; downloads nothing.

    OperatorError, saying what to do, where GLiNER or the model is missing.
    """

    name = "gliner"
    languages = frozenset({"en", "ar"})

    def __init__(self, path: str) -> None:
        if not Path(path).is_dir():
            raise OperatorError(
                f"WIREHOUSE_RECOGNISER is gliner:{path}, and there is no such folder. Name the "
                "folder of a GLiNER model; Wirehouse downloads none."
            )
        try:
            from gliner import GLiNER  # noqa: PLC0415 - an optional extra, and slow to import
        except ImportError as error:
            raise OperatorError(
                f"WIREHOUSE_RECOGNISER is gliner:{path}, and GLiNER is not installed ({error}). "
                "Install it: .venv/bin/python -m pip install -e '.[gliner]'"
            ) from error
        try:
            self._model: Any = GLiNER.from_pretrained(path, local_files_only=True)
        except Exception as error:
            reason = " ".join(str(error).split())[:200]
            raise OperatorError(f"{path} can't be loaded as a GLiNER model: {reason}") from error
        self.version = Path(path).resolve().name

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        predict = self._model.predict_entities
        return [
            [
                span
                for start, window in windows(text)
                for span in spans_of(predict(window, list(_LABELS), threshold=_THRESHOLD), start)
            ]
            for text in texts
        ]


def windows(text: str, max_words: int = _WINDOW_WORDS) -> Iterator[tuple[int, str]]:
    """A text in pieces of whole sentences that a model can read at once, each with its start.

    A sentence of more than `max_words` words and marks is a piece by itself.
    """
    start = end = count = 0
    for sentence in sentences(text):
        words = len(sentence.words)
        if count and count + words > max_words:
            yield start, text[start:end]
            count = 0
        if not count:
            start = sentence.starts[0]
        end = sentence.end(-1)
        count += words
    if count:
        yield start, text[start:end]


def spans_of(entities: Iterable[dict[str, Any]], start: int) -> list[Span]:
    """The names of a piece, as GLiNER gives them, as spans of the text in which it starts there.

    Of overlapping ones the most certain.
    """
    by_score = sorted(entities, key=lambda entity: -entity["score"])
    return remove_overlaps(
        Span(start + entity["start"], start + entity["end"], _LABELS[entity["label"]])
        for entity in by_score
        if entity["label"] in _LABELS
    )
