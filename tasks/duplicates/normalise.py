"""A text as it is compared with another: its words in one spelling, its figures as values.

Two printings of one story differ in case, quotes, blanks, Arabic vowel signs and the way a figure
is written; none of that is a difference in the text. Figures, ordinals, months and weekdays are
marked, because they distinguish one edition of a daily story from the next.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.core.calendar import ENGLISH

# Arabic letters and signs that are written in several ways, and the one way kept.
_ARABIC_LETTERS = {
    "\u0623": "\u0627",  # alef with hamza above
    "\u0625": "\u0627",  # alef with hamza below
    "\u0622": "\u0627",  # alef with madda
    "\u0671": "\u0627",  # alef wasla
    "\u0649": "\u064a",  # alef maksura
    "\u0629": "\u0647",  # ta marbuta
    "\u0624": "\u0648",  # waw with hamza
    "\u0626": "\u064a",  # ya with hamza
    "\u066b": ".",  # decimal separator
    "\u066c": ",",  # thousands separator
    "\u066a": "%",  # percent sign
}

_ENGLISH_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_ENGLISH_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
# Both genders of each.
_ARABIC_UNITS = (
    ("واحد", "واحده"), ("اثنان", "اثنين", "اثنتان", "اثنتين"), ("ثلاثه", "ثلاث"),
    ("اربعه", "اربع"), ("خمسه", "خمس"), ("سته", "ست"), ("سبعه", "سبع"),
    ("ثمانيه", "ثماني", "ثمان"), ("تسعه", "تسع"), ("عشره", "عشر"),
)  # fmt: skip
_ARABIC_ORDINALS = (
    ("الاول", "الاولي"), ("الثاني", "الثانيه"), ("الثالث", "الثالثه"), ("الرابع", "الرابعه"),
    ("الخامس", "الخامسه"), ("السادس", "السادسه"), ("السابع", "السابعه"), ("الثامن", "الثامنه"),
    ("التاسع", "التاسعه"), ("العاشر", "العاشره"),
)  # fmt: skip

_UNITS = {word: number for number, word in enumerate(_ENGLISH_UNITS, 1)} | {
    word: number for number, words in enumerate(_ARABIC_UNITS, 1) for word in words
}
_TENS = {word: 10 * number for number, word in enumerate(_ENGLISH_TENS, 2)}
_ORDINALS = {word: number for number, word in enumerate(_ENGLISH_ORDINALS, 1)} | {
    word: number for number, words in enumerate(_ARABIC_ORDINALS, 1) for word in words
}
_ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})

# What multiplies the figure before it. A single letter may be another unit, metres for one; it is
# then read wrongly in both texts alike.
_SCALES = {
    word: Decimal(10) ** power
    for power, words in (
        (2, ("hundred", "مايه", "ميه")),
        (3, ("thousand", "k", "الف", "الاف")),
        (6, ("million", "millions", "mn", "mln", "m", "مليون", "ملايين")),
        (9, ("billion", "billions", "bn", "bln", "b", "مليار", "مليارات", "بليون")),
        (12, ("trillion", "tn", "trn", "تريليون")),
    )
    for word in words
}

_MONTHS = ENGLISH.casefold().split("|")
_WEEKDAYS = (
    "monday", "mon", "tuesday", "tues", "tue", "wednesday", "wed", "thursday", "thurs", "thur",
    "thu", "friday", "fri", "saturday", "sat", "sunday", "sun",
)  # fmt: skip
# English months and weekdays, each under its full name, which stands before its short forms.
_CALENDAR = {
    name: next(full for full in names if full.startswith(name[:3]))
    for names in (_MONTHS, _WEEKDAYS)
    for name in names
}

FIGURE_MARK = "#"  # opens the key of every figure; no word has it
ORDINAL_MARK = "#no."

# Tatweel, vowel signs, superscript alef, joiners, direction marks, soft hyphen, byte-order mark.
_INVISIBLE_RANGES = (
    "\u0640\u0640", "\u064b\u065f", "\u0670\u0670", "\u200b\u200f", "\u202a\u202e", "\u2060\u2069",
    "\u00ad\u00ad", "\ufeff\ufeff",
)  # fmt: skip
_INVISIBLE = {
    code: None for ends in _INVISIBLE_RANGES for code in range(ord(ends[0]), ord(ends[1]) + 1)
}
_SPELLINGS = str.maketrans(_ARABIC_LETTERS) | _INVISIBLE

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|%|[^\W\d_]+")

# The agency's own dateline ("PORT, Aug 15 (AGENCY) -- "): it names who filed the copy, and where.
# A day before the agency or a dash after it sets it apart from a body's name with its letters.
_AGENCY = r"\([A-Z][A-Z -]{1,20}\)[ \t]*"
_DASH = r"[-\u2013\u2014]+"
_DATELINE = re.compile(rf"\A[^\n()]{{1,60}}(?:(?<=\d )\s*{_AGENCY}(?:{_DASH})?|{_AGENCY}{_DASH})")

# Words that mean more than themselves, or may.
_SPECIAL = frozenset(("%", "per", *_UNITS, *_TENS, *_ORDINALS, *_CALENDAR))

# Figures longer than this are no quantities; arithmetic on them would cost without limit.
_MAX_FIGURE_CHARS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalisedText:
    """A text's words in order."""

    keys: tuple[str, ...]  # one per word or figure; equal keys mean the same word or the same value
    forms: tuple[str, ...]  # how each is printed, in lower case and without blanks
    # Whether each is written as a name is: with a capital, or in a script without any.
    names: tuple[bool, ...]


def normalise_tokens(text: str) -> NormalisedText:
    """What a title or a body says, independent of how it is printed.

    Its words folded to one case and spelling; figures as values (`1,200`, `1.2 thousand` and
    Arabic-Indic digits alike), small numbers in words as figures, ordinals, weekdays and months
    marked. An agency's dateline at the start is left out.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SPELLINGS)
    tokens = _TOKEN.findall(_DATELINE.sub("", plain, count=1))
    keys: list[str] = []
    forms: list[str] = []
    names: list[bool] = []
    folded = [token.casefold() for token in tokens]
    index = 0
    while index < len(tokens):
        word = folded[index]
        is_plain = word not in _SPECIAL and not word[0].isdecimal()
        key, used = (word, 1) if is_plain else _read_key(tokens, folded, index)
        keys.append(key)
        forms.append("".join(folded[index : index + used]))
        names.append(tokens[index].isalpha() and not tokens[index].islower())
        index += used
    return NormalisedText(keys=tuple(keys), forms=tuple(forms), names=tuple(names))


def _read_key(tokens: Sequence[str], folded: Sequence[str], index: int) -> tuple[str, int]:
    """The key of the word at an index, and how many tokens it takes up."""
    word, after = folded[index], _at(folded, index + 1)
    if word[0].isdecimal() or word in _UNITS:
        value = Decimal(_UNITS.get(word) or word.replace(",", "")[:_MAX_FIGURE_CHARS])
        return _read_figure(value, folded, index, 1)
    if word in _TENS:
        unit = _UNITS.get(after, 0)
        used = 2 if 0 < unit < 10 else 1  # noqa: PLR2004 - twenty-five, but not twenty-twelve
        return _read_figure(Decimal(_TENS[word] + unit * (used - 1)), folded, index, used)
    if word in _ORDINALS:
        return _ordinal_key(str(_ORDINALS[word]), folded, index, 1)
    # "may", "march", "sat" and "sun" are words of their own without a capital.
    if tokens[index] != word and word in _CALENDAR:
        return FIGURE_MARK + _CALENDAR[word], 1
    if word == "per" and after == "cent":
        return "percent", 2
    return ("percent" if word == "%" else word), 1


def _read_figure(value: Decimal, folded: Sequence[str], index: int, used: int) -> tuple[str, int]:
    while (scale := _SCALES.get(_at(folded, index + used))) is not None:
        value *= scale
        used += 1
    printed = format(value.normalize(), "f")
    if _at(folded, index + used) in _ORDINAL_SUFFIXES:
        return _ordinal_key(printed, folded, index, used + 1)
    return FIGURE_MARK + printed, used


def _ordinal_key(printed: str, folded: Sequence[str], index: int, used: int) -> tuple[str, int]:
    """An ordinal next to a month is a day, as a plain figure is there."""
    neighbours = (_at(folded, index - 1), _at(folded, index + used))
    is_day = any(word in _MONTHS for word in neighbours)
    return (FIGURE_MARK if is_day else ORDINAL_MARK) + printed, used


def _at(folded: Sequence[str], index: int) -> str:
    return folded[index] if 0 <= index < len(folded) else ""
