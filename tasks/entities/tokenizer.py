"""Cuts a text into sentences and words, and remembers where each word stands."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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
    """The words of a text that is written for reading."""
    return frozenset(text.split())


SILENT = frozenset("-\u2010\u2011\u2013.")  # hyphens and stops: a name is printed with or without
_ABBREVIATIONS = word_set(
    "mr mrs ms dr prof eng gen col lt maj capt sgt adm brig rep sen gov hon rev st mt ft no vs "
    "co inc ltd corp jan feb mar apr jun jul aug sep sept oct nov dec approx est dept jr sr h.e"
)
_SENTENCE_ENDS = frozenset(".?!")
_CLOSING = frozenset("\"'\u201d\u2019)]\u00bb")
_MAY_END = re.compile(rf"[{re.escape(''.join(_SENTENCE_ENDS | _CLOSING))}](?=\s)|\n")
_OPENING = frozenset("\"'\u201c\u2018(")
_LONGEST_SENTENCE = 200
ARTICLES = word_set("al el as ash ad ar az an")  # Arabic ones, as printed inside a name
_LONGEST_WORD = 64  # a longer run of letters is no name, and costs as if it were one


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words.

    Attributes:
        words: each word or mark as printed.
        starts: the code point at which each starts, counted in the whole text.
        keys: each folded by `key`: how words are looked up.
        openings: indexes of the words that may open a name, see `may_open`.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    keys: tuple[str, ...]
    openings: tuple[int, ...]

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
        return word[:_LONGEST_WORD].lower()
    letters = unicodedata.normalize("NFKD", word[:_LONGEST_WORD].translate(_PLAIN_LETTERS))
    return "".join(filter(str.isalnum, letters)).casefold() or word[:1]


@lru_cache(maxsize=65_536)
def phrase_key(text: str) -> str:
    """A name as it is looked up: the keys of its words, hyphens and full stops left out."""
    if len(text) <= _LONGEST_WORD and text.isascii() and text.replace(" ", "").isalpha():
        return " ".join(text.lower().split())  # most names: words of plain letters
    return " ".join(key(word) for word in _TOKEN.findall(text) if word not in SILENT)


@lru_cache(maxsize=256)  # recogniser, rules and linking each ask for the sentences of a text
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; a line break always ends one, and so do 200 words.

    Returns:
        Every word and mark of the text, in order.
    """
    matches = [*_TOKEN.finditer(text)]
    words = [match.group() for match in matches]
    starts = [match.start() for match in matches]
    ends = _ends(text, words, starts) if words else []
    return tuple(_sentence(words[first:end], starts[first:end]) for first, end in pairwise(ends))


def _sentence(words: list[str], starts: list[int]) -> Sentence:
    openings = [index for index, word in enumerate(words) if may_open(word)]
    return Sentence(tuple(words), tuple(starts), tuple(map(key, words)), tuple(openings))


def _ends(text: str, words: list[str], starts: list[int]) -> list[int]:
    """Where the first sentence starts, and one past the last word of each."""
    ends = [0]
    for index in _possible_ends(text, words, starts):
        ends += range(ends[-1] + _LONGEST_SENTENCE, index, _LONGEST_SENTENCE)
        gap = text[starts[index - 1] + len(words[index - 1]) : starts[index]]
        if _breaks(gap, words[ends[-1] : index], words[index]):
            ends.append(index)
    ends += range(ends[-1] + _LONGEST_SENTENCE, len(words), _LONGEST_SENTENCE)
    return [*ends, len(words)]


def _possible_ends(text: str, words: list[str], starts: list[int]) -> list[int]:
    """Indexes of the words after a line's end, or after a mark that may end a sentence."""
    after = {bisect_left(starts, mark.end()) for mark in _MAY_END.finditer(text)}
    return sorted(after - {0, len(words)})


def _breaks(gap: str, words: list[str], following: str) -> bool:
    """Whether a sentence ends in the gap between its words and the following one."""
    if "\n" in gap:
        return True
    last = len(words) - 1
    while last > 0 and words[last] in _CLOSING:
        last -= 1
    if words[last] not in _SENTENCE_ENDS:
        return False
    first = following[0]
    if not (first.isupper() or first.isdigit() or first in _OPENING):
        return False
    before = words[last - 1] if last else ""
    return words[last] != "." or not _is_abbreviation(before)


def _is_abbreviation(word: str) -> bool:
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
