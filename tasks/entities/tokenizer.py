"""Sentences, words and spans of a text, with offsets in code points."""

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from tasks.core.records import EntityType

APOSTROPHES = "'\u2018\u2019\u02bc\u02bf\u02be`"
_TOKEN = re.compile(
    rf"""
      [A-Za-z]+(?=[\ ,])                        # most words, found quicker
    | [^\W\d_](?:
          \.(?:[^\W\d_]\.)+                     # U.S., H.E., P.J.S.C.
        | [^\W_]*(?:[\u0300-\u036f\u064b-\u0652][^\W_]*)*
          (?:[{APOSTROPHES}](?!s\b)(?:[^\W_]|[\u0300-\u036f\u064b-\u0652])+)*   # Sana'a, B2B
      )
    | \d+(?:[.,:/]\d+)*(?:[^\W\d_]{{1,3}}\b)?     # 2,025.5  18:30  5bn  1st
    | ['\u2019]s\b                              # the possessive
    | [^\s]                                     # every other mark by itself
    """,
    re.VERBOSE,
)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


SILENT = frozenset("-\u2010\u2011\u2013.")  # hyphens and stops: a name is printed with or without
_ABBREVIATIONS = word_set(
    "mr mrs ms dr prof eng gen col lt maj capt sgt adm brig rep sen gov hon rev st mt ft no vs "
    "co inc ltd corp jan feb mar apr jun jul aug sep sept oct nov dec approx est dept jr sr h.e"
)
_SENTENCE_ENDS = frozenset(".?!\u061f")
_CLOSING = frozenset("\"'\u201d\u2019)]\u00bb")
_MAY_END = re.compile(rf"[{re.escape(''.join(_SENTENCE_ENDS | _CLOSING))}](?=\s)|\n")
_OPENING = frozenset("\"'\u201c\u2018(\u00ab")
_MAX_SENTENCE = 200  # words; lists and tables have no full stops, and cost grows with the length
ARTICLES = word_set("al el as ash ad ar az an")  # Arabic ones, as printed inside a name
_MAX_WORD = 64  # a longer run of letters is no name, and costs as if it were one


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words and marks."""

    words: tuple[str, ...]  # as printed
    starts: tuple[int, ...]  # the code point at which each starts, counted in the whole text
    keys: tuple[str, ...]  # each folded by `key`: how words are looked up
    openings: tuple[int, ...]  # indexes of the words that may open a name

    def end(self, index: int) -> int:
        """One past the last code point of a word."""
        return self.starts[index] + len(self.words[index])


def may_open(word: str) -> bool:
    """Whether a name may open with a word: not with a small letter, save an Arabic article's."""
    return not word[0].islower() or word in ARTICLES


_PLAIN_LETTERS = str.maketrans(
    {
        "\u0131": "i",  # Turkish dotless i
        "\u0259": "e",  # Azerbaijani schwa
        "\u018f": "e",
        "\u00f8": "o",
        "\u00d8": "o",
        "\u00e6": "ae",
        "\u00c6": "ae",
        "\u0142": "l",
        "\u0141": "l",
        "\u0111": "d",
        "\u0110": "d",
        "\u00f0": "d",
        "\u00fe": "th",
        "\u0629": "\u0647",  # Arabic ta marbuta as ha, alef maqsura as ya: often confused
        "\u0649": "\u064a",
    }
)  # letters that no decomposition turns into plain ones


def without_marks(text: str) -> str:
    """A text whose letters have lost their accents, dots and bars."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(
        one for one in letters if not unicodedata.combining(one) and one not in "\u2018\u2019"
    )


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """A word without case, accents and apostrophes: `Sana'a` gives `sanaa`, `U.S.` gives `us`."""
    if word.isascii() and word.isalnum():
        return word[:_MAX_WORD].lower()
    letters = unicodedata.normalize("NFKD", word[:_MAX_WORD].translate(_PLAIN_LETTERS))
    return "".join(filter(str.isalnum, letters)).casefold() or word[:1]


@lru_cache(maxsize=65_536)
def phrase_key(text: str) -> str:
    """A name as it is looked up: the keys of its words, hyphens and full stops left out."""
    if len(text) <= _MAX_WORD and text.isascii() and text.replace(" ", "").isalpha():
        return " ".join(text.lower().split())  # most names: words of plain letters
    return " ".join(key(word) for word in _TOKEN.findall(text) if word not in SILENT)


@lru_cache(maxsize=256)  # recogniser, rules and linking each ask for the sentences of a text
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, which hold every word and mark of it.

    A line break always ends one, and so do 200 words.
    """
    matches = [*_TOKEN.finditer(text)]
    words = [match.group() for match in matches]
    starts = [match.start() for match in matches]
    ends = [0]
    # Indexes of the words after a line's end, or after a mark that may end a sentence.
    candidates = {bisect_left(starts, mark.end()) for mark in _MAY_END.finditer(text)}
    for index in sorted(candidates - {0, len(words)}):
        ends += range(ends[-1] + _MAX_SENTENCE, index, _MAX_SENTENCE)
        gap = text[starts[index - 1] + len(words[index - 1]) : starts[index]]
        if "\n" in gap or _is_sentence_end(words[ends[-1] : index], words[index]):
            ends.append(index)
    ends += range(ends[-1] + _MAX_SENTENCE, len(words), _MAX_SENTENCE)
    if words:
        ends.append(len(words))
    return tuple(
        Sentence(
            words=tuple(words[first:end]),
            starts=tuple(starts[first:end]),
            keys=tuple(map(key, words[first:end])),
            openings=tuple(i for i, word in enumerate(words[first:end]) if may_open(word)),
        )
        for first, end in pairwise(ends)
    )


def sentence_starts(text: str) -> tuple[int, ...]:
    """Where each sentence of a text starts: how many start up to a place is the number there."""
    return tuple(sentence.starts[0] for sentence in sentences(text))


def _is_sentence_end(words: list[str], following: str) -> bool:
    last = len(words) - 1
    while last > 0 and words[last] in _CLOSING:
        last -= 1
    if words[last] not in _SENTENCE_ENDS:
        return False
    first = following[0]
    is_small = first.islower() or not first.isalnum()  # Arabic letters are neither
    if is_small and first not in _OPENING:
        return False
    before = words[last - 1] if last else ""
    is_initial = len(before) == 1 and before.isupper()
    return words[last] != "." or not (is_initial or before.lower() in _ABBREVIATIONS)


class Span(NamedTuple):
    """One name in one text: a tuple, since spans are sorted and compared constantly."""

    start: int
    end: int  # one past its last code point
    type: EntityType


_end = attrgetter("end")


def remove_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Spans, given most trusted first, sorted and without those that overlap a better one."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        covered = range(span.start, span.end)
        if covered and taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(span)
    return sorted(kept)


def find_overlaps(spans: Sequence[Span], span: Span) -> list[Span]:
    """Those of sorted, non-overlapping spans that overlap another span."""
    found: list[Span] = []
    if not spans:
        return found
    index = bisect_right(spans, span.start, key=_end)
    while index < len(spans) and spans[index].start < span.end:
        found.append(spans[index])
        index += 1
    return found


def merge_spans(spans: Iterable[Span], more: Iterable[Span]) -> list[Span]:
    """Non-overlapping spans, and of others, most trusted first, those that fit between; sorted."""
    kept = sorted(spans)
    for span in more:
        if not find_overlaps(kept, span):
            insort(kept, span)
    return kept
