"""A text as it is compared with another: its words in one spelling, its figures as values.

Two printings of one story differ in case, quotes, blanks, Arabic vowel signs and the way a figure
is written; none of that is a difference of wording. Figures, ordinals, months and weekdays are
marked, because they are what sets one edition of a daily story apart from the next.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ARABIC_LETTERS = {
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
"""Arabic letters and signs that are written in several ways, and the one way kept."""

_ENGLISH_UNITS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_ENGLISH_TENS = (
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_ENGLISH_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)

# Both genders of each unit.
_ARABIC_UNITS = (
    ("واحد", "واحده"),
    ("اثنان", "اثنين", "اثنتان", "اثنتين"),
    ("ثلاثه", "ثلاث"),
    ("اربعه", "اربع"),
    ("خمسه", "خمس"),
    ("سته", "ست"),
    ("سبعه", "سبع"),
    ("ثمانيه", "ثماني", "ثمان"),
    ("تسعه", "تسع"),
    ("عشره", "عشر"),
)
_ARABIC_ORDINALS = (
    ("الاول", "الاولي"),
    ("الثاني", "الثانيه"),
    ("الثالث", "الثالثه"),
    ("الرابع", "الرابعه"),
    ("الخامس", "الخامسه"),
    ("السادس", "السادسه"),
    ("السابع", "السابعه"),
    ("الثامن", "الثامنه"),
    ("التاسع", "التاسعه"),
    ("العاشر", "العاشره"),
)

UNITS = {word: number for number, word in enumerate(_ENGLISH_UNITS, 1)} | {
    word: number for number, words in enumerate(_ARABIC_UNITS, 1) for word in words
}
"""Numbers below twenty in words."""

TENS = {word: 10 * number for number, word in enumerate(_ENGLISH_TENS, 2)}
"""Twenty to ninety in words; a unit may follow."""

ORDINALS = {word: number for number, word in enumerate(_ENGLISH_ORDINALS, 1)} | {
    word: number for number, words in enumerate(_ARABIC_ORDINALS, 1) for word in words
}
"""Ordinals in words."""

ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
"""What makes an ordinal of the digits before it."""

SCALES = {
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
"""What multiplies the figure before it. A single letter may be another unit, metres for one; it is
then read wrongly in both texts alike."""

_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_WEEKDAY_NAMES = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)

MONTHS = frozenset(name for names in _MONTH_NAMES for name in names)
"""English months, whole and abbreviated."""

CALENDAR = {name: names[0] for names in (*_MONTH_NAMES, *_WEEKDAY_NAMES) for name in names}
"""English months and weekdays, each under its full name; written with a capital only, since "may",
"march", "sat" and "sun" are words of their own."""


FIGURE_MARK = "#"
"""First character of every figure's key; no word has it."""

ORDINAL_MARK = "#no."
"""First characters of an ordinal's key."""

_INVISIBLE = {
    ord(mark): None
    # tatweel, vowel signs, superscript alef, joiners, direction marks, soft hyphen, byte order mark
    for first, last in (
        ("\u0640", "\u0640"),
        ("\u064b", "\u065f"),
        ("\u0670", "\u0670"),
        ("\u200b", "\u200f"),
        ("\u202a", "\u202e"),
        ("\u2060", "\u2069"),
        ("\u00ad", "\u00ad"),
        ("\ufeff", "\ufeff"),
    )
    for mark in map(chr, range(ord(first), ord(last) + 1))
}
_SPELLINGS = str.maketrans(ARABIC_LETTERS) | _INVISIBLE

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|%|[^\W\d_]+")

# The agency's own dateline ("PORT, Aug 15 (AGENCY) -- "): it names who filed the copy, and where.
# A day before the agency or a dash after it tells it from a body's name with its letters.
_AGENCY = r"\([A-Z][A-Z -]{1,20}\)[ \t]*"
_DASH = r"[-\u2013\u2014]+"
_DATELINE = re.compile(rf"\A[^\n()]{{1,60}}(?:(?<=\d )\s*{_AGENCY}(?:{_DASH})?|{_AGENCY}{_DASH})")

_RULED = frozenset(("%", "per", *UNITS, *TENS, *ORDINALS, *CALENDAR))
"""Words that mean more than themselves, or may."""

# Figures longer than this are no quantities; arithmetic on them would cost without limit.
_LONGEST_FIGURE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalisedText:
    """A text's words in order.

    Attributes:
        keys: one key per word or figure; equal keys mean the same word or the same value.
        forms: how each is printed, in lower case and without blanks.
        names: whether the word at that place is written as a name is: with a capital, or in a
            script that has none.
    """

    keys: tuple[str, ...]
    forms: tuple[str, ...]
    names: tuple[bool, ...]


def normalise_tokens(text: str) -> NormalisedText:
    """What a text says, free of how it is printed.

    Args:
        text: a title or a body.

    Returns:
        Its words folded to one case and spelling; figures as values (`1,200`, `1.2 thousand` and
        Arabic-Indic digits alike), small numbers in words as figures, ordinals, weekdays and
        months marked. An agency's dateline at the start is left out.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SPELLINGS)
    tokens = _TOKEN.findall(_DATELINE.sub("", plain, count=1))
    keys: list[str] = []
    forms: list[str] = []
    names: list[bool] = []
    folded = [token.casefold() for token in tokens]
    place = 0
    while place < len(tokens):
        word = folded[place]
        is_plain = word not in _RULED and not word[0].isdecimal()
        key, used = (word, 1) if is_plain else _key(tokens, folded, place)
        keys.append(key)
        forms.append("".join(folded[place : place + used]))
        names.append(tokens[place].isalpha() and not tokens[place].islower())
        place += used
    return NormalisedText(keys=tuple(keys), forms=tuple(forms), names=tuple(names))


def _key(tokens: Sequence[str], folded: Sequence[str], place: int) -> tuple[str, int]:
    """The key of the word at a place, and how many tokens it takes up."""
    word = folded[place]
    if word[0].isdecimal():
        return _figure(_value(word), folded, place, 1)
    if word in UNITS or word in TENS:
        return _spelled(folded, place)
    if word in ORDINALS:
        return _ordinal(str(ORDINALS[word]), folded, place, 1)
    if tokens[place] != word and word in CALENDAR:
        return FIGURE_MARK + CALENDAR[word], 1
    return _plain(folded, place)


def _plain(folded: Sequence[str], place: int) -> tuple[str, int]:
    word = folded[place]
    if word == "%":
        return "percent", 1
    if word == "per" and _at(folded, place + 1) == "cent":
        return "percent", 2
    return word, 1


def _spelled(folded: Sequence[str], place: int) -> tuple[str, int]:
    word = folded[place]
    if word in UNITS:
        return _figure(Decimal(UNITS[word]), folded, place, 1)
    unit = UNITS.get(_at(folded, place + 1), 0)
    if 0 < unit < 10:  # noqa: PLR2004 - twenty-five, but not twenty-twelve
        return _figure(Decimal(TENS[word] + unit), folded, place, 2)
    return _figure(Decimal(TENS[word]), folded, place, 1)


def _figure(value: Decimal, folded: Sequence[str], place: int, used: int) -> tuple[str, int]:
    while (scale := SCALES.get(_at(folded, place + used))) is not None:
        value *= scale
        used += 1
    printed = format(value.normalize(), "f")
    if _at(folded, place + used) in ORDINAL_SUFFIXES:
        return _ordinal(printed, folded, place, used + 1)
    return FIGURE_MARK + printed, used


def _ordinal(printed: str, folded: Sequence[str], place: int, used: int) -> tuple[str, int]:
    """An ordinal beside a month is a day, as a plain figure is there."""
    beside = (_at(folded, place - 1), _at(folded, place + used))
    mark = FIGURE_MARK if any(word in MONTHS for word in beside) else ORDINAL_MARK
    return mark + printed, used


def _value(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "")[:_LONGEST_FIGURE])


def _at(folded: Sequence[str], place: int) -> str:
    return folded[place] if 0 <= place < len(folded) else ""
