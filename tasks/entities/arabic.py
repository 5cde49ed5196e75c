"""The figures of Arabic copy, as far as they are plain: digits beside a word that tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tasks.core.calendar import ARABIC, month_number
from tasks.core.records import EntityType
from tasks.entities.dates import FoundDate, Precision, nearest_year, real_day
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.money import Sum, of_country
from tasks.entities.places import Place
from tasks.entities.spans import Span
from tasks.entities.tokenizer import Sentence, key, sentences

_CLITICS = frozenset(
    "\u0648\u0628\u0644\u0641"
)  # "and", "in", "to", "so": written onto the next word
_SHORTEST = 3  # letters; shorter names are words far more often
_LARGE_CITY = 400_000  # smaller cities' names are words and surnames too often


def arabic_places(text: str, knowledge: Gazetteers) -> list[Span]:
    """Countries, hand-picked places and large cities named in an Arabic text.

    Args:
        text: a title or body in Arabic.
        knowledge: the tables.

    Returns:
        Spans in the order of the text, without the prepositions written onto the names.
    """
    return [span for sentence in sentences(text) for span in _places(sentence, knowledge)]


def _places(sentence: Sentence, knowledge: Gazetteers) -> Iterator[Span]:
    ends = 0
    for index, word in enumerate(sentence.words):
        if index < ends or len(word) < _SHORTEST:
            continue
        for clitic in (0, 1):
            if clitic and (word[0] not in _CLITICS or len(word) <= _SHORTEST):
                break
            end, places = knowledge.gazetteer.arabic.at(_less(sentence, index, clitic), index)
            if any(_is_known_well(place) for place in places):
                start = sentence.starts[index] + clitic
                yield Span(start, sentence.end(end - 1), EntityType.PLACE)
                ends = end
                break


def _less(sentence: Sentence, index: int, count: int) -> Sentence:
    """A sentence whose word at an index has lost its first letters, for looking up alone."""
    if not count:
        return sentence
    keys = list(sentence.keys)
    keys[index] = key(sentence.words[index][count:])
    return replace(sentence, keys=tuple(keys))


def _is_known_well(place: Place) -> bool:
    return place.is_country or place.population >= _LARGE_CITY or bool(place.sure)


NUMBER = r"\d{1,3}(?:[,\u066c]\d{3})+(?:[.\u066b]\d+)?|\d+(?:[.\u066b]\d+)?"
"""A number in European or Arabic-Indic digits."""

_START = r"(?<![\d.,:/A-Za-z])"  # "and" is written onto the number after it
_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": None, ",": None})
_PERCENTAGE = re.compile(
    rf"{_START}({NUMBER})\s?(?:[%\u066a]|(?:ب|في\s)ال(?:مئة|مائة|مئه|مائه)(?!\w))"
)
_MAGNITUDES = {
    "الف": 1e3, "ألف": 1e3, "آلاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليونا": 1e6,
    "مليار": 1e9, "مليارات": 1e9, "مليارا": 1e9, "بليون": 1e9, "تريليون": 1e12,
}  # fmt: skip
_UNITS = {  # a unit, and the nations after it; what is meant where none is named
    "دولار": ({"أسترالي": "AUD", "كندي": "CAD", "أميركي": "USD", "أمريكي": "USD"}, "USD"),
    "يورو": ({}, "EUR"),
    "درهم": ({"إماراتي": "AED", "مغربي": "MAD"}, None),
    "دينار": ({"كويتي": "KWD", "بحريني": "BHD", "أردني": "JOD", "عراقي": "IQD",
               "جزائري": "DZD", "تونسي": "TND", "ليبي": "LYD"}, None),
    "ريال": ({"سعودي": "SAR", "قطري": "QAR", "عماني": "OMR", "يمني": "YER", "إيراني": "IRR"}, None),
    "جنيه": ({"مصري": "EGP", "سوداني": "SDG", "إسترليني": "GBP", "استرليني": "GBP"}, None),
    "ليرة": ({"لبنانية": "LBP", "سورية": "SYP", "تركية": "TRY"}, None),
}  # fmt: skip
_BY_COUNTRY = {
    "درهم": {"AE": "AED", "MA": "MAD"},
    "دينار": {"KW": "KWD", "BH": "BHD", "JO": "JOD", "IQ": "IQD", "DZ": "DZD", "TN": "TND",
              "LY": "LYD"},
    "ريال": {"SA": "SAR", "QA": "QAR", "OM": "OMR", "YE": "YER", "IR": "IRR"},
    "جنيه": {"EG": "EGP", "SD": "SDG"},
    "ليرة": {"LB": "LBP", "SY": "SYP", "TR": "TRY"},
}  # fmt: skip
_NATIONS = "|".join(sorted({name for nations, _ in _UNITS.values() for name in nations}))
_MONEY = re.compile(
    rf"{_START}(?P<number>{NUMBER})(?:\s(?P<magnitude>{'|'.join(_MAGNITUDES)}))?"
    rf"\s(?P<unit>{'|'.join(_UNITS)})(?:\u0627\u062a?)?(?!\w)(?:\s(?P<nation>{_NATIONS})\u0627?(?!\w))?"
)
_YEAR = r"(?:19|20|\u0661\u0669|\u0662\u0660)\d\d"
_MONTH = rf"(?P<month>{ARABIC})(?:\s?/\s?(?:{ARABIC}))?(?!\w)"  # some copy gives both names
_DAY_MONTH = re.compile(
    rf"{_START}(?P<day>\d{{1,2}})\s(?:من\s)?(?:شهر\s)?{_MONTH}(?:\s(?:عام\s)?(?P<year>{_YEAR})\b)?"
)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?:[وبلف])?{_MONTH}\s(?:من\s)?(?:عام\s)?(?P<year>{_YEAR})\b")
_BARE_YEAR = re.compile(rf"(?<!\w)(?:[وبل]?(?:ال)?(?:عام|سنة))\s(?P<year>{_YEAR})\b")
_DAYS = {
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الاربعاء": 2, "الخميس": 3,
    "الجمعة": 4, "السبت": 5, "الأحد": 6, "الاحد": 6,
}  # fmt: skip
_WEEKDAY = re.compile(rf"(?<!\w)(?:يوم|مساء|صباح|فجر|أمس|اليوم)\s(?P<day>{'|'.join(_DAYS)})(?!\w)")


def find_arabic_percentages(text: str) -> Iterator[tuple[int, int, float]]:
    """Start, end and percentage points of every percentage of an Arabic text."""
    for match in _PERCENTAGE.finditer(text):
        yield match.start(), match.end(), arabic_number(match[1])


def find_arabic_money(text: str, countries: Sequence[str]) -> Iterator[Sum]:
    """The sums of money in an Arabic text.

    Args:
        text: the text.
        countries: ISO 3166-1 alpha-2 of the countries it is about, the main one first.
    """
    for match in _MONEY.finditer(text):
        nations, otherwise = _UNITS[match["unit"]]
        if match["nation"]:
            currency = nations.get(match["nation"], otherwise)
        else:
            currency = of_country(_BY_COUNTRY.get(match["unit"], {}), countries, otherwise)
        magnitude = _MAGNITUDES.get(match["magnitude"] or "", 1)
        amount = round(arabic_number(match["number"]) * magnitude, 2)
        yield Sum(match.start(), match.end(), amount, currency)


def find_arabic_dates(text: str, published: date) -> Iterator[FoundDate]:
    """The dates in an Arabic text; where two overlap, the one that starts first is the better.

    Args:
        text: the text.
        published: the story's day; see `find_dates`.
    """
    for match in _DAY_MONTH.finditer(text):
        month, day = month_number(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else nearest_year(month, day, published)
        if real_day(year, month, day):
            yield FoundDate(match.start(), match.end(), date(year, month, day), Precision.DAY)
    for match in _MONTH_YEAR.finditer(text):
        first = date(int(match["year"]), month_number(match["month"]), 1)
        yield FoundDate(match.start("month"), match.end(), first, Precision.MONTH)
    for match in _BARE_YEAR.finditer(text):
        first = date(int(match["year"]), 1, 1)
        yield FoundDate(match.start("year"), match.end("year"), first, Precision.YEAR)
    for match in _WEEKDAY.finditer(text):
        back = (published.weekday() - _DAYS[match["day"]]) % 7
        day_of_week = published - timedelta(days=back)
        yield FoundDate(match.start("day"), match.end("day"), day_of_week, Precision.DAY)


def arabic_number(printed: str) -> float:
    """The value of a number in either kind of digits, with either kind of separators."""
    return float(printed.translate(_SEPARATORS))
