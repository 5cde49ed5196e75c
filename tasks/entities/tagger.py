"""What the tagger is shown of each word: the word, its shape, its neighbours, the tables.

The features are those that taggers of names have long used (word, affixes, shape, window,
gazetteers); see Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity
Recognition", CoNLL 2009.
"""

import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

import pycrfsuite

from tasks.core.errors import OperatorError
from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.spans import Span
from tasks.entities.tokenizer import Sentence, key, sentences
from tasks.entities.words import near_capitals

_LONGEST_WORD = 32
_LONGEST_RUN = 2  # equal marks of a shape beyond this are dropped
_CACHED_WORDS = 60_000
_FIRST_PLACES = (b"first", b"second")


@dataclass(frozen=True, slots=True)
class _Word:
    """The features that a word has by itself, ready for each place in a window.

    All are UTF-8, which the tagger takes as it is. Those that end in a bar are the openings of
    features of several words.
    """

    lower: bytes
    shape: bytes
    own: tuple[bytes, ...]
    two_before: bytes
    before: tuple[bytes, ...]
    after: tuple[bytes, ...]
    two_after: bytes
    before_word: bytes
    word_before: bytes
    before_shape: bytes
    shape_before: bytes


@dataclass(frozen=True, slots=True)
class _TableTag:
    """What the tables say of a word, ready for each place in a window."""

    own: bytes
    before: bytes
    after: bytes


class FeatureMaker:
    """Turns sentences into features.

    Args:
        knowledge: the tables.
    """

    __slots__ = ("_knowledge", "_word")

    def __init__(self, knowledge: Gazetteers) -> None:
        self._knowledge = knowledge
        self._word = lru_cache(maxsize=_CACHED_WORDS)(self._described)

    def features(self, sentence: Sentence) -> list[list[bytes]]:
        """The features of each word of a sentence, in UTF-8."""
        (rows,) = self.features_within(sentence, (range(len(sentence.words)),))
        return rows

    def features_within(
        self, sentence: Sentence, stretches: Iterable[range]
    ) -> list[list[list[bytes]]]:
        """The features of the words of each of some stretches of a sentence."""
        words = [_EDGE, _EDGE, *map(self._word, sentence.words), _EDGE, _EDGE]
        tags = [_OPENING, *self._table_tags(sentence), _CLOSING]
        found = []
        for stretch in stretches:
            first, end = stretch.start, stretch.stop
            rows = _rows(words[first : end + 4], tags[first : end + 2])
            for row, place in zip(rows, _FIRST_PLACES[first:], strict=False):
                row.append(place)
            found.append(rows)
        return found

    def features_alone(self, word: str) -> list[bytes]:
        """The features that a word has wherever it stands, if the tables say nothing of it."""
        return [*self._word(word).own, _OUTSIDE.own]

    def _described(self, word: str) -> _Word:
        word = word[:_LONGEST_WORD]
        lower, form = word.lower(), shape(word)
        # A class counts for more when the word is printed as a name would be.
        case = "C" if word[0].isupper() else "c"
        classes = [f"c={case}{name}" for name in self._knowledge.lexicon.classes(key(word))]
        near = (f"w={lower}", f"s={form}", *classes)
        own = [*near, f"p3={lower[:3]}", f"x2={lower[-2:]}", f"x3={lower[-3:]}"]
        if word.isupper() and len(word) > 1:
            own.append("caps")
        return _Word(
            lower=lower.encode(),
            shape=form.encode(),
            own=_utf8(own),
            two_before=f"-2:w={lower}".encode(),
            before=_utf8(f"-1:{part}" for part in near),
            after=_utf8(f"+1:{part}" for part in near),
            two_after=f"+2:w={lower}".encode(),
            before_word=f"w-10={lower}|".encode(),
            word_before=f"w01={lower}|".encode(),
            before_shape=f"s={form}|".encode(),
            shape_before=f"{form}|".encode(),
        )

    def _table_tags(self, sentence: Sentence) -> list[_TableTag]:
        """For each word whether a known place or organisation begins or goes on there."""
        tags = [_OUTSIDE] * len(sentence.words)
        for start, end, places in self._knowledge.gazetteer.every.matches(sentence):
            kind = "country" if any(place.is_country for place in places) else "place"
            _mark(tags, start, end, kind)
        for start, end, _ in self._knowledge.directory.matches(sentence):
            _mark(tags, start, end, "org")
        return tags


def _rows(words: Sequence[_Word], tags: Sequence[_TableTag]) -> list[list[bytes]]:
    """The features of each word that has two more on either side here."""
    return [
        [
            *word.own,
            two_before.two_before,
            *before.before,
            *after.after,
            two_after.two_after,
            before.before_word + word.lower,
            word.word_before + after.lower,
            before.before_shape + word.shape_before + after.shape,
            tag.own,
            tag_before.before,
            tag_after.after,
        ]
        for two_before, before, word, after, two_after, tag_before, tag, tag_after in zip(
            words,
            words[1:],
            words[2:],
            words[3:],
            words[4:],
            tags,
            tags[1:],
            tags[2:],
            strict=False,
        )
    ]


def _mark(tags: list[_TableTag], start: int, end: int, kind: str) -> None:
    tags[start] = _table_tag(f"B{kind}")
    tags[start + 1 : end] = [_table_tag(f"I{kind}")] * (end - start - 1)


@cache
def _table_tag(tag: str) -> _TableTag:
    return _TableTag(f"t={tag}".encode(), f"t-1={tag}".encode(), f"t+1={tag}".encode())


def _utf8(features: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(feature.encode() for feature in features)


_OPENING, _OUTSIDE, _CLOSING = _table_tag("^"), _table_tag("O"), _table_tag("$")
_EDGE = _Word(
    lower=b"",
    shape=b"",
    own=(),
    two_before=b"-2:edge",
    before=(b"-1:edge",),
    after=(b"+1:edge",),
    two_after=b"+2:edge",
    before_word=b"w-10=|",
    word_before=b"w01=|",
    before_shape=b"s=|",
    shape_before=b"|",
)


def shape(word: str) -> str:
    """A word's outline: `Sabah2` is `Xxxd`; runs longer than two marks are cut."""
    marks: list[str] = []
    run = 0
    for letter in word:
        mark = _mark_of(letter)
        run = run + 1 if marks and marks[-1] == mark else 1
        if run <= _LONGEST_RUN:
            marks.append(mark)
    return "".join(marks)


def _mark_of(letter: str) -> str:
    if letter.isupper():
        return "X"
    if letter.isdigit():
        return "d"
    return "x" if letter.isalpha() else letter


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

    def __init__(self, folder: Path, knowledge: Gazetteers) -> None:
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
