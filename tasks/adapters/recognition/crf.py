"""The tagger: a linear-chain model of python-crfsuite over the features of each word."""

import lzma
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pycrfsuite

from tasks.wire.entities.capitals import near_capitals
from tasks.wire.entities.features import FeatureMaker
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.spans import Span
from tasks.wire.entities.tokens import Sentence, sentences
from tasks.wire.entity import EntityType
from tasks.wire.errors import OperatorError

MODEL_FILE = "tagger.crfsuite.xz"
DIGEST_FILE = "tagger.crfsuite.xz.sha256"
_LARGEST_MODEL = 64 * 1024 * 1024  # bytes once decompressed; a damaged file must not fill memory


class ModelError(OperatorError):
    """The model is missing or is not the one that was trained; the text says which."""


class Tagger:
    """Finds names sentence by sentence, in what stands near capitals.

    Args:
        folder: where the model and its digest lie.
        knowledge: the tables that its features read.

    Raises:
        ModelError: the model is missing, or its digest is another.
    """

    def __init__(self, folder: Path, knowledge: Knowledge) -> None:
        packed = _verified(folder)
        self._maker = FeatureMaker(knowledge)
        self._no_name = self._maker.features_alone("the")
        # The library reads the model where it lies in memory: the bytes must outlive the tagger.
        self._model = lzma.LZMADecompressor(format=lzma.FORMAT_XZ).decompress(
            packed, _LARGEST_MODEL
        )
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)
        self.digest = sha256(packed).hexdigest()

    def spans(self, text: str) -> list[Span]:
        """The names of a text, in order."""
        found: list[Span] = []
        for sentence in sentences(text):
            stretches = near_capitals(sentence)
            if stretches:
                found += self._names(sentence, stretches)
        return found

    def _names(self, sentence: Sentence, stretches: Sequence[range]) -> Iterator[Span]:
        """The names in some stretches of a sentence; what lies between them is taken for none."""
        for stretch, rows in zip(
            stretches, self._maker.features_within(sentence, stretches), strict=True
        ):
            before = [self._no_name] if stretch.start else []
            after = [self._no_name] if stretch.stop < len(sentence.words) else []
            labels = self._tagger.tag([*before, *rows, *after])[len(before) :]
            yield from labelled_spans(sentence, labels[: len(rows)], stretch.start)


def labelled_spans(sentence: Sentence, labels: Sequence[str], first: int = 0) -> list[Span]:
    """The names that the labels of a sentence's words mark.

    Args:
        sentence: the words.
        labels: `B-person`, `I-person`, `O` ... for each word in a row.
        first: the first word that has a label.
    """
    found: list[Span] = []
    start = 0
    kind = ""
    for index, label in enumerate((*labels, "O"), first):
        if kind and label != f"I-{kind}":
            found.append(Span(sentence.starts[start], sentence.end(index - 1), EntityType(kind)))
            kind = ""
        if not kind and label != "O":
            start, kind = index, label[2:]
    return found


def model_problem(folder: Path) -> str | None:
    """What is wrong with the model of a folder; `None` where nothing is."""
    try:
        _verified(folder)
    except ModelError as error:
        return str(error)
    return None


def digest_line(packed: bytes) -> str:
    """The line of the digest file, as sha256sum writes and checks it."""
    return f"{sha256(packed).hexdigest()}  {MODEL_FILE}\n"


def _verified(folder: Path) -> bytes:
    try:
        packed = (folder / MODEL_FILE).read_bytes()
        expected = (folder / DIGEST_FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{error.filename} can't be read: {error.strerror}") from error
    if digest_line(packed) != expected:
        raise ModelError(f"{folder / MODEL_FILE} is damaged: its SHA-256 is not the recorded one")
    return packed
