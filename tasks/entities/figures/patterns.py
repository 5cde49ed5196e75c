"""Figures of an article, the words that they have, and the search for their patterns."""

import calendar
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from tasks.entities.gazetteers import FOLDER

# The words by which figures are known; a change of them raises `article_figures.FIGURES_VERSION`.
WORDS: dict[str, Any] = tomllib.loads((FOLDER / "figures.toml").read_text(encoding="utf-8"))
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
    HALF = "half"
    YEAR = "year"


class Figure(NamedTuple):
    """One figure in one text; see `article_figures.ArticleFigure` for the fields."""

    start_char: int
    end_char: int
    kind: FigureKind
    amount: Decimal | None = None
    currency: str | None = None
    exchange: str | None = None
    symbol: str | None = None
    day: date | None = None
    precision: Precision | None = None
    range_start: int | None = None  # where the range of which it is an end begins


def expand(table: Mapping[str, str]) -> dict[str, str]:
    """What each spelling of a table of `WORDS` stands for."""
    return {word: key for key, words in table.items() for word in words.split("|")}


def match_at(
    opening: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """What a pattern matches where its opening, a quicker one, does."""
    # A pattern that opens with what must or must not stand before it is tried at every letter of a
    # text, and there are a dozen of them; one that opens with a choice of letters is not.
    for start in find_starts(opening, text):
        match = pattern.match(text, start)
        if match:
            yield match


@lru_cache(maxsize=8)
def find_starts(opening: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Where a pattern starts."""
    return tuple(match.start() for match in opening.finditer(text))


def find_positions(text: str, word: str) -> Iterator[int]:
    """Where a word or a part of one stands, each position."""
    position = text.find(word)
    while position >= 0:
        yield position
        position = text.find(word, position + 1)
