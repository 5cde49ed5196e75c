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
    """Asks the model of a folder for persons, organisations and locations, window by window.

    Nothing is downloaded.

    Raises:
        OperatorError: GLiNER or the model is not there; the text says what to do.
    """

    name = "gliner"
    languages = frozenset({"en", "ar"})

    def __init__(self, path: str) -> None:
        self._model = _load(Path(path))
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

    Args:
        text: the text.
        max_words: words and marks of one piece; a longer sentence is a piece by itself.
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
    """The names of one piece as spans of the whole text; of overlapping ones the most certain.

    Args:
        entities: as GLiNER gives them: `start`, `end`, `label`, `score`.
        start: where the piece starts.
    """
    by_score = sorted(entities, key=lambda entity: -entity["score"])
    return remove_overlaps(
        Span(start + entity["start"], start + entity["end"], _LABELS[entity["label"]])
        for entity in by_score
        if entity["label"] in _LABELS
    )


def _load(path: Path) -> Any:
    if not path.is_dir():
        raise OperatorError(
            f"WIREHOUSE_RECOGNISER is gliner:{path}, and there is no such folder. Name the folder "
            "of a GLiNER model; Wirehouse downloads none."
        )
    try:
        from gliner import GLiNER  # noqa: PLC0415 - an optional extra, and slow to import
    except ImportError as error:
        raise OperatorError(
            f"WIREHOUSE_RECOGNISER is gliner:{path}, and GLiNER is not installed ({error}). "
            "Install it: .venv/bin/python -m pip install -e '.[gliner]'"
        ) from error
    try:
        return GLiNER.from_pretrained(str(path), local_files_only=True)
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise OperatorError(f"{path} can't be loaded as a GLiNER model: {reason}") from error
