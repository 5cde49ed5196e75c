"""The figures of wire copy: money, percentages, tickers and dates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite

from tasks.core.records import Article, Part
from tasks.entities.arabic import find_arabic_dates, find_arabic_money, find_arabic_percentages
from tasks.entities.dates import FoundDate, Precision, find_dates
from tasks.entities.figure_starts import at_numbers
from tasks.entities.money import NUMBER, Sum, find_money, number_of

FIGURES_VERSION = 1  # to be raised whenever the same text may give other figures


class FigureKind(StrEnum):
    """What a figure is."""

    MONEY = "money"
    PERCENTAGE = "percentage"
    TICKER = "ticker"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFigure:
    """One figure in one text of an article.

    Attributes:
        article_id: the story.
        body_sha256: digest of the body it was found with, so that a revised text drops it.
        part: title or body.
        start_char: first code point of the figure in that text.
        end_char: one past the last.
        surface: the figure as printed.
        kind: what it is.
        amount: units of the currency, or percentage points; `None` for tickers and dates.
        currency: ISO 4217 code, `None` where copy leaves it open.
        exchange: as the ticker names it, `None` for other kinds and bare symbols.
        symbol: the share's code.
        day: the day, or the first day of the month, quarter or year.
        precision: how much of `day` is meant.
    """

    article_id: int
    body_sha256: str
    part: Part
    start_char: int
    end_char: int
    surface: str
    kind: FigureKind
    amount: float | None = None
    currency: str | None = None
    exchange: str | None = None
    symbol: str | None = None
    day: date | None = None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: FigureKind
    amount: float | None = None
    currency: str | None = None
    exchange: str | None = None
    symbol: str | None = None
    day: date | None = None
    precision: Precision | None = None


_PERCENTAGE = re.compile(
    rf"(?<![\w.,])({NUMBER})(?:\s?(?:%|per\s?cent\b|pct?\b\.?|percentage points?\b|pp\b)|"
    r"[\s-]?(?P<basis_points>basis[\s-]points?|bps)\b)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()\n]{3,80})\)")
_LISTING = re.compile(
    r"\s*([A-Z][A-Za-z]{1,9}(?: American| Arca| Main Market)?)\s?:\s?"
    r"([A-Z0-9][A-Z0-9.&-]{0,13})\s*(?:[;,]|$)"
)
_CASHTAG = re.compile(r"\$(?<![\w$]\$)([A-Z]{1,5})\b")
_RIC_EXCHANGES = {
    "SE": "TADAWUL", "QA": "QSE", "KW": "KSE", "AD": "ADX", "DU": "DFM", "BH": "BHB", "OM": "MSX",
    "CA": "EGX", "AM": "ASE", "IS": "BIST", "TN": "BVMT", "PS": "PEX",
}  # fmt: skip
_RIC_END = re.compile(rf"\.({'|'.join(_RIC_EXCHANGES)})\b")
_RIC = re.compile(rf"(?<![\w.])([A-Z0-9]{{1,8}}){_RIC_END.pattern}")


def figures_of(article: Article, published: date, countries: Sequence[str]) -> list[ArticleFigure]:
    """The figures of an article's two texts.

    Args:
        article: the story.
        published: its day of publication, against which weekdays and bare months are resolved.
        countries: ISO 3166-1 alpha-2 of the countries it is about, the main one first; they tell
            whose dinar or riyal is meant where copy does not say.

    Returns:
        The figures in the order of the texts, the title's first; none overlapping. Texts in
        other languages than Arabic are read as English.
    """
    return [
        ArticleFigure(
            article_id=article.article_id,
            body_sha256=article.body_sha256,
            part=part,
            start_char=found.start,
            end_char=found.end,
            surface=text[found.start : found.end],
            kind=found.kind,
            amount=found.amount,
            currency=found.currency,
            exchange=found.exchange,
            symbol=found.symbol,
            day=found.day,
            precision=found.precision,
        )
        for part, text in zip(Part, (article.title, article.body), strict=True)
        for found in _figures(text, published, countries, arabic=article.language == "ar")
    ]


def _figures(text: str, published: date, countries: Sequence[str], *, arabic: bool) -> list[_Found]:
    kept: list[_Found] = []
    ends = 0
    kinds = _in_arabic(text, published, countries) if arabic else _all(text, published, countries)
    for found in sorted(kinds, key=lambda one: (one.start, -one.end)):
        if found.start >= ends and isfinite(found.amount or 0):
            kept.append(found)
            ends = found.end
    return kept


def _all(text: str, published: date, countries: Sequence[str]) -> Iterator[_Found]:
    yield from _tickers(text)
    yield from _money(find_money(text, countries))
    yield from _percentages(text)
    yield from _dates(find_dates(text, published))


def _in_arabic(text: str, published: date, countries: Sequence[str]) -> Iterator[_Found]:
    yield from _tickers(text)
    yield from _money(find_arabic_money(text, countries))
    for start, end, amount in find_arabic_percentages(text):
        yield _Found(start, end, FigureKind.PERCENTAGE, amount)
    yield from _dates(find_arabic_dates(text, published))


def _money(sums: Iterable[Sum]) -> Iterator[_Found]:
    for sum_ in sums:
        yield _Found(sum_.start, sum_.end, FigureKind.MONEY, sum_.amount, sum_.currency)


def _percentages(text: str) -> Iterator[_Found]:
    for match in at_numbers(_PERCENTAGE, text):
        amount = number_of(match[1]) / (100 if match["basis_points"] else 1)
        yield _Found(match.start(), match.end(), FigureKind.PERCENTAGE, amount)


def _tickers(text: str) -> Iterator[_Found]:
    for bracket in _BRACKET.finditer(text):
        position = bracket.start(1)
        while match := _LISTING.match(text, position, bracket.end(1)):
            yield _Found(
                match.start(1), match.end(2), FigureKind.TICKER, exchange=match[1], symbol=match[2]
            )
            position = match.end()
    for match in _CASHTAG.finditer(text):
        yield _Found(match.start(), match.end(), FigureKind.TICKER, symbol=match[1])
    for match in _RIC.finditer(text) if _RIC_END.search(text) else ():
        exchange = _RIC_EXCHANGES[match[2]]
        yield _Found(
            match.start(), match.end(), FigureKind.TICKER, exchange=exchange, symbol=match[1]
        )


def _dates(dates: Iterable[FoundDate]) -> Iterator[_Found]:
    for found in dates:
        yield _Found(
            found.start, found.end, FigureKind.DATE, day=found.day, precision=found.precision
        )
