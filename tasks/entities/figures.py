"""Figures of an article, and the search for their patterns."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"  # by thousands, or by lakhs
# In European or Arabic-Indic digits, with either kind of separators.
ARABIC_NUMBER = r"\d{1,3}(?:[,\u066c]\d{3})+(?:[.\u066b]\d+)?|\d+(?:[.\u066b]\d+)?"
ARABIC_START = r"(?<![\d.,:/A-Za-z])"  # before a number; "and" is written onto it
_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": None, ",": None})
AT_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
AT_MONTH = re.compile("|".join(name for name in calendar.month_abbr if name))
AT_WEEKDAY = re.compile("|".join(calendar.day_name))


class FigureKind(StrEnum):
    """What a figure is."""

    MONEY = "money"
    PERCENTAGE = "percentage"
    TICKER = "ticker"
    DATE = "date"


class Precision(StrEnum):
    """How much of a date is meant."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Figure(NamedTuple):
    """One figure in one text; see `quantities.ArticleFigure` for the fields."""

    start_char: int
    end_char: int
    kind: FigureKind
    amount: float | None = None
    currency: str | None = None
    exchange: str | None = None
    symbol: str | None = None
    day: date | None = None
    precision: Precision | None = None


def parse_number(printed: str) -> float:
    """The value of a number as either language prints it."""
    return float(printed.translate(_SEPARATORS))


def match_at(
    opening: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """What a pattern matches where its opening, a quicker one, does."""
    # A pattern that opens with what must or must not stand before it is tried at every letter of a
    # text, and there are a dozen of them; one that opens with a choice of letters is not.
    for start in _find_starts(opening, text):
        match = pattern.match(text, start)
        if match:
            yield match


@lru_cache(maxsize=8)
def _find_starts(opening: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in opening.finditer(text))
