# ruff: noqa: RUF001, RUF002 - Arabic stands here in its own letters
"""Numbers in English and Arabic, in digits or in words, each with its magnitude.

`1,200,000`, `1.500.000`, `1 200 000`, `10,00,000`, `1,5 million`, `٣٫٥ مليارات`, `5ر6 مليون`,
`2.5 lakh crore`, `twenty-five thousand`, `half a billion`, `خمسة ملايين`.
"""

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from itertools import chain, zip_longest
from typing import NamedTuple

from tasks.entities.figures.patterns import WORDS, expand, find_positions

BLANK = "[ \u00a0\u2009\u202f]"
_MAGNITUDES: dict[str, int] = {
    word: 10 ** int(power) for word, power in expand(WORDS["magnitudes"]).items()
}
_ARABIC_DUALS = {word: 10 ** int(power) for word, power in expand(WORDS["arabic_duals"]).items()}
_ARABIC_SINGULARS = {word: _MAGNITUDES[word] for word in ("ألف", "مليون", "مليار", "تريليون")}
_THOUSANDS = 3  # digits of a group
_ABBREVIATED = 4  # letters up to which a magnitude is an abbreviation, which "s" is not added to

_ONES, _TEENS, _TENS, _ARABIC_ONES, _ARABIC_TENS = (
    WORDS["numbers"][name].split()
    for name in ("ones", "teens", "tens", "arabic_ones", "arabic_tens")
)
_ENGLISH = {
    **{word: value for value, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_ARABIC = {
    **{word: 1 + i for i, words in enumerate(_ARABIC_ONES) for word in words.split("|")},
    **{word: 20 + 10 * i for i, words in enumerate(_ARABIC_TENS) for word in words.split("|")},
    **{word: int(value) for word, value in expand(WORDS["arabic_hundreds"]).items()},
    **{f"{word}{hundred}": 100 * value
       for value, words in enumerate(_ARABIC_ONES[2:9], 3)
       for word in words.split("|") for hundred in ("مئة", "مائة")},
}  # fmt: skip


class Numeral(NamedTuple):
    """One number as printed."""

    start: int
    end: int  # one past its magnitude
    value: Decimal  # without the magnitude
    magnitude: int  # 1 where no word is printed
    digits: str  # the number itself; empty where it is in words

    @property
    def amount(self) -> Decimal:
        """The number that is meant."""
        return self.value * self.magnitude

    @property
    def is_large(self) -> bool:
        """Whether a magnitude or separators show that it counts something."""
        return self.magnitude > 1 or not self.digits.isdecimal()


def choice(words: Collection[str]) -> str:
    """Alternatives for a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each)))


_TANWIN = "\u064b?"  # it stands before or after the alef that carries it
_MAGNITUDE_WORD = "|".join(
    re.escape(word[:-1]) + f"{_TANWIN}ا{_TANWIN}"
    if word.endswith("ا")
    else re.escape(word)
    + ("s?" if word.isascii() and len(word) > _ABBREVIATED else "")
    + (r"\.?" if word.isascii() and len(word) <= _ABBREVIATED else "")
    for word in sorted(_MAGNITUDES, key=lambda each: (-len(each), each))
)
_MAGNITUDE = re.compile(
    rf"(?:{BLANK}?-?|-)(?P<first>{_MAGNITUDE_WORD})(?![\w&])"
    rf"(?:[ -](?P<second>thousands?|crores?|millions?|billions?|trillions?|مليون|مليار)(?!\w))?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\D")
# Whole part and decimals of a number in each of the ways to group it.
_SHAPES = [
    re.compile(shape)
    for shape in (
        r"(\d+)()",
        r"((?!0,)\d{1,3}(?:,\d{3})+|\d{1,3}(?:,\d\d)+,\d{3})(?:[.\u066b](\d+))?",
        r"(\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+(?=,))(?:,(\d+))?",
        rf"(\d{{1,3}}(?:[{BLANK[1:-1]}'’\u066c]\d{{3}})+)(?:[.,\u066b](\d+))?",
        r"(\d*)[.,\u066b](\d+)",
    )
]
_DIGITS = re.compile(
    r"\d+ر\d+(?!\w)|(?:(?<=[$€£])\.|(?<![\w.,])\.(?=\d+ ?%))?\d+(?:[.,'’\u066b\u066c]\d+)*"
)
_SPACED = re.compile(rf"(?:{BLANK}\d{{3}}(?![\d\w]))+(?:[.,]\d{{1,2}}(?!\d))?")
_AFTER_WORD = re.compile(rf"(?:^|[(\n\"“—–-]|[$€£]|\b[a-z]+){BLANK}*$|\b[A-Z]{{2,3}}{BLANK}$")
_NO_START = frozenset(".,:/'’")

_ONE = choice(_ONES)
_SMALL = rf"(?:(?:{choice(_TENS)})(?:[ -](?:{_ONE}))?|{choice(_TEENS)}|{_ONE})"
_GROUP = rf"(?:(?:a|{_SMALL})[ -]hundred(?:(?:[ -]and)?[ -]{_SMALL})?|{_SMALL})"
_ENGLISH_NUMBER = re.compile(
    r"(?<![\w,.])(?<!\bpoint )(?:(?P<half>half(?: of)?(?: an?)?)"
    r"|(?P<article>an?)(?= (?:million|billion|trillion|thousand)\b)"
    rf"|{_GROUP})(?P<and_half>(?:[ -]and[ -]a[ -]half)?)(?!\w)",
    re.IGNORECASE,
)
# What a number in words stands before; rare enough to be looked for instead of the words.
_ANCHORS = (
    "illion", "housand", "lakh", "crore", "ercent", " cent", "dollar", "euro", "pound",
    "irham", "iyal", "dinar", "rupee",
)  # fmt: skip
_NUMBER_WORDS = frozenset((*_ENGLISH, "half", "a", "an", "hundred"))
_WORDS_BEFORE = 48  # code points before an anchor in which a number in words begins
_ARABIC_WORD = choice(_ARABIC)
_ARABIC_NUMBER = re.compile(
    rf"(?<!\w)[وبلف]?(?P<number>(?:{_ARABIC_WORD})(?: و?(?:{_ARABIC_WORD}))*"
    rf"|نصف|{choice(_ARABIC_DUALS)}|{choice(_ARABIC_SINGULARS)})(?!\w)"
)
_ARABIC_AND_HALF = re.compile(rf"{BLANK}ونصف(?:{BLANK}(?:ال)?(?:مليون|مليار|ألف))?(?!\w)")


MAGNITUDE_WORDS = tuple(_MAGNITUDES)
_FIRST_LETTERS = frozenset(word[0] for word in _MAGNITUDES)


def parse_number(printed: str) -> Decimal | None:
    """The value of a number with any grouping, in any digits; `None` where it is no number.

    The last of two kinds of separators is the decimal one; one kind alone groups if every group
    has three digits, or by lakhs, and a single point or a comma before other than three digits
    parts the decimals.
    """
    match = next(filter(None, (shape.fullmatch(printed) for shape in _SHAPES)), None)
    if match is None:
        return None
    whole = _SEPARATOR.sub("", match[1])
    return Decimal(f"{whole}.{match[2]}" if match[2] else whole)


def find_numerals(
    text: str, language: str, is_promising: Callable[[str, int, int, int], bool]
) -> list[Numeral]:
    """The numbers of a text with their magnitudes, in order.

    Of those in digits only the ones of which `is_promising` is true: by the text, where the digits
    start and end, and where the next ones start.
    """
    words = _arabic_words(text) if language == "ar" else _english_words(text)
    digits = list(_in_digits(text, is_promising))
    found: list[Numeral] = []
    for one in sorted(chain(digits, words)):
        if not found or one.start >= found[-1].end:
            half = one.magnitude > 1 and language == "ar" and _ARABIC_AND_HALF.match(text, one.end)
            found.append(
                one._replace(value=one.value + Decimal("0.5"), end=half.end()) if half else one
            )
    return found


def _in_digits(text: str, is_promising: Callable[[str, int, int, int], bool]) -> Iterator[Numeral]:
    matches = [*_DIGITS.finditer(text)]
    passed = 0
    for match, following in zip_longest(matches, matches[1:]):
        start, end = match.span()
        after = following.start() if following else len(text)
        # "Rs.35": the point ends a code.
        is_behind_code = text[start - 1 : start] == "." and text[start - 2 : start - 1].isalpha()
        if start < passed or (start and text[start - 1] in _NO_START and not is_behind_code):
            continue
        if not is_promising(text, start, end, after):
            continue
        # Arabic agencies part decimals by a letter, which puts them first: "5ر6" is 6.5.
        printed = ".".join(reversed(match.group().split("ر")))
        value = parse_number(printed)
        is_group = len(printed) <= _THOUSANDS and text[end + 1 : end + 2].isdecimal()
        spaced = _SPACED.match(text, end) if is_group else None
        if spaced and printed.isdecimal():
            end = spaced.end()
            printed = text[start:end]
            # "51 500" may be two numbers, unless a word or a sign that a sum follows stands before.
            is_sure = len(printed) > 7 or spaced.group()[0] != " "  # noqa: PLR2004
            if is_sure or _AFTER_WORD.search(text, max(0, start - 12), start):
                value = parse_number(printed)
            else:
                value = None
        passed = end
        if value is not None:
            yield _with_magnitude(text, start, end, value, printed)


def _with_magnitude(text: str, start: int, end: int, value: Decimal, digits: str) -> Numeral:
    after = text[end : end + 2].lstrip(" -\u00a0\u2009\u202f")[:1]
    match = _MAGNITUDE.match(text, end) if after.lower() in _FIRST_LETTERS else None
    if match is None:
        return Numeral(start, end, value, 1, digits)
    magnitude = _magnitude(match["first"])
    end = match.end("first") - match["first"].endswith(".")
    if match["second"] and _magnitude(match["second"]) > magnitude:
        magnitude *= _magnitude(match["second"])
        end = match.end("second")
    return Numeral(start, end, value, magnitude, digits)


def _magnitude(printed: str) -> int:
    word = printed.lower().replace("\u064b", "").rstrip(".")
    return _MAGNITUDES.get(word) or _MAGNITUDES[word.removesuffix("s")]


def _english_words(text: str) -> Iterator[Numeral]:
    lower, passed = text.lower(), 0
    if len(lower) != len(text):  # a letter whose small form is two
        return
    for anchor in sorted(position for word in _ANCHORS for position in find_positions(lower, word)):
        start = max(passed, anchor - _WORDS_BEFORE)
        words = lower[max(start, anchor - 24) : anchor].replace("-", " ").split()
        if _NUMBER_WORDS.isdisjoint(words[-4:]):
            continue
        for match in _ENGLISH_NUMBER.finditer(lower, start, anchor):
            numeral = _with_magnitude(text, *match.span(), _english_value(match), "")
            passed = match.end()
            if not (match["article"] and text.startswith("-", numeral.end)):  # "a million-dollar"
                yield numeral


def _english_value(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal("0.5")
    value = 0
    for word in match.group().replace("-", " ").split():
        value = max(value, 1) * 100 if word == "hundred" else value + _ENGLISH.get(word, 0)
    return max(value, 1) + Decimal("0.5" if match["and_half"] else 0)


def _arabic_words(text: str) -> Iterator[Numeral]:
    for match in _ARABIC_NUMBER.finditer(text):
        printed = match["number"]
        start, end = match.span("number")
        single = _ARABIC_DUALS.get(printed) or _ARABIC_SINGULARS.get(printed)
        if printed == "نصف":
            yield _with_magnitude(text, start, end, Decimal("0.5"), "")
        elif single:
            if text[: match.start()].rstrip()[-1:].isdigit():
                continue
            count = 2 if printed in _ARABIC_DUALS else 1
            numeral = _with_magnitude(text, start, end, Decimal(single), "")
            is_alone = numeral.magnitude == 1
            yield Numeral(start, end, Decimal(count), single, "") if is_alone else numeral
        else:
            words = (word if word in _ARABIC else word[1:] for word in printed.split())
            value = sum(_ARABIC.get(word, 0) for word in words)
            yield _with_magnitude(text, start, end, Decimal(value), "")
