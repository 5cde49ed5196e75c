"""The built-in model: a conditional random field over the words of a sentence, and its features.

The features are those that taggers of names have long used (word, affixes, shape, window,
gazetteers); see Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity
Recognition", CoNLL 2009. The shipped model was trained on exactly these.
"""

import lzma
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from itertools import compress, count
from operator import ne
from pathlib import Path

import pycrfsuite

from tasks.core.errors import OperatorError
from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.tokenizer import Sentence, Span, key, sentences
from tasks.entities.words import NOT_NAMES

MODEL_FILE = "tagger.crfsuite.xz"
DIGEST_FILE = "tagger.crfsuite.xz.sha256"
_MAX_MODEL = 64 * 1024 * 1024  # bytes once decompressed; a damaged file must not fill memory
_MAX_WORD = 32  # code points of a word that are looked at
_MAX_RUN = 2  # equal marks of a shape beyond this are dropped
_NEAR = 3  # words on either side of a capital in which the rest of a name may stand
_CACHED_WORDS = 60_000
_FIRST_PLACES = (b"first", b"second")


@dataclass(frozen=True, slots=True)
class _Word:
    """The features that a word has by itself, ready for each place in a window, in UTF-8."""

    lower: bytes
    shape: bytes
    own: tuple[bytes, ...]
    two_before: bytes
    before: tuple[bytes, ...]
    after: tuple[bytes, ...]
    two_after: bytes
    # The openings of features of several words.
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


class FeatureExtractor:
    """Turns the words of sentences into features, in UTF-8."""

    __slots__ = ("_gazetteers", "_word")

    def __init__(self, gazetteers: Gazetteers) -> None:
        self._gazetteers = gazetteers
        self._word = lru_cache(maxsize=_CACHED_WORDS)(self._describe)

    def features(self, sentence: Sentence) -> list[list[bytes]]:
        """The features of each word of a sentence."""
        (rows,) = self.features_of_ranges(sentence, (range(len(sentence.words)),))
        return rows

    def features_of_ranges(
        self, sentence: Sentence, ranges: Iterable[range]
    ) -> list[list[list[bytes]]]:
        """The features of the words of some ranges of a sentence."""
        words = [_EDGE, _EDGE, *map(self._word, sentence.words), _EDGE, _EDGE]
        # For each word whether a known place or organisation begins or goes on there.
        known = [_OUTSIDE] * len(sentence.words)
        for start, end, places in self._gazetteers.places.every.matches(sentence):
            kind = "country" if any(place.is_country for place in places) else "place"
            _mark(known, start, end, kind)
        for start, end, _ in self._gazetteers.organisations.matches(sentence):
            _mark(known, start, end, "org")
        tags = [_OPENING, *known, _CLOSING]
        found = []
        for part in ranges:
            rows: list[list[bytes]] = []
            for at in part:
                two_before, before, word, after, two_after = words[at : at + 5]
                tag_before, tag, tag_after = tags[at : at + 3]
                rows.append(
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
                        *_FIRST_PLACES[at : at + 1],
                    ]
                )
            found.append(rows)
        return found

    def features_of_word(self, word: str) -> list[bytes]:
        """The features that a word has wherever it stands, if the tables say nothing of it."""
        return [*self._word(word).own, _OUTSIDE.own]

    def _describe(self, word: str) -> _Word:
        word = word[:_MAX_WORD]
        lower, form = word.lower(), shape(word)
        # A class counts for more when the word is printed as a name would be.
        case = "C" if word[0].isupper() else "c"
        classes = [f"c={case}{name}" for name in self._gazetteers.word_classes.classes(key(word))]
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
    """A word's shape: `Sabah2` is `Xxxd`; runs longer than two marks are cut."""
    marks: list[str] = []
    run = 0
    for letter in word:
        if letter.isupper():
            mark = "X"
        elif letter.isdigit():
            mark = "d"
        else:
            mark = "x" if letter.isalpha() else letter
        run = run + 1 if marks and marks[-1] == mark else 1
        if run <= _MAX_RUN:
            marks.append(mark)
    return "".join(marks)


def candidate_ranges(sentence: Sentence) -> list[range]:
    """The ranges of words in which names may stand, near capitals; in order, not overlapping."""
    words, keys = sentence.words, sentence.keys
    capitals = [
        index
        for index in compress(count(), map(ne, words, keys))  # a word in small letters is its key
        # Capitals of words such as "The" and "Monday" say nothing.
        if keys[index] not in NOT_NAMES and words[index] != words[index].lower()
    ]
    found: list[range] = []
    for index in capitals:
        start, stop = max(index - _NEAR, 0), min(index + _NEAR + 1, len(words))
        if found and start <= found[-1].stop:
            found[-1] = range(found[-1].start, stop)
        else:
            found.append(range(start, stop))
    return found


class ModelError(OperatorError):
    """The model is missing or is not the one that was trained."""


class Tagger:
    """Finds names near capitals; ModelError where the folder's model is missing or damaged."""

    def __init__(self, folder: Path, gazetteers: Gazetteers) -> None:
        packed = _read_verified(folder)
        self._extractor = FeatureExtractor(gazetteers)
        self._no_name = self._extractor.features_of_word("the")
        # The library reads the model where it lies in memory: the bytes must outlive the tagger.
        self._model = lzma.LZMADecompressor(format=lzma.FORMAT_XZ).decompress(packed, _MAX_MODEL)
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)
        self.digest = sha256(packed).hexdigest()

    def find_names(self, text: str) -> list[Span]:
        """The names of a text, in order."""
        found: list[Span] = []
        for sentence in sentences(text):
            ranges = candidate_ranges(sentence)
            features = self._extractor.features_of_ranges(sentence, ranges) if ranges else []
            for part, rows in zip(ranges, features, strict=True):
                # What lies before and after a range is taken for no name.
                before = [self._no_name] if part.start else []
                after = [self._no_name] if part.stop < len(sentence.words) else []
                labels = self._tagger.tag([*before, *rows, *after])[len(before) :]
                found += decode_labels(sentence, labels[: len(rows)], part.start)
        return found


def decode_labels(sentence: Sentence, labels: Sequence[str], first: int = 0) -> list[Span]:
    """The names that labels (`B-person`, `I-person`, `O` ...) of words from `first` on mark."""
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
        _read_verified(folder)
    except ModelError as error:
        return str(error)
    return None


def digest_line(packed: bytes) -> str:
    """The line of the digest file, as sha256sum writes and checks it."""
    return f"{sha256(packed).hexdigest()}  {MODEL_FILE}\n"


def _read_verified(folder: Path) -> bytes:
    try:
        packed = (folder / MODEL_FILE).read_bytes()
        expected = (folder / DIGEST_FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{error.filename} can't be read: {error.strerror}") from error
    if digest_line(packed) != expected:
        raise ModelError(f"{folder / MODEL_FILE} is damaged: its SHA-256 is not the recorded one")
    return packed
