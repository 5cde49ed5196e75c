"""Words that are figures or dates, in English and Arabic, as `wording` reads them.

Arabic words stand here in the one spelling that `ARABIC_LETTERS` leaves: bare alef, ha for ta
marbuta, ya for alef maksura.
"""

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
