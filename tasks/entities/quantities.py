"""The figures of an article: money, percentages, tickers and dates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from tasks.core.records import Article, Part
from tasks.entities.dates import find_arabic_dates, find_dates
from tasks.entities.figures import (
    ARABIC_NUMBER,
    ARABIC_START,
    AT_NUMBER,
    NUMBER,
    Figure,
    FigureKind,
    Precision,
    match_at,
    parse_number,
)
from tasks.entities.money import find_arabic_money, find_money

FIGURES_VERSION = 2  # to be raised whenever the same text may give other figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFigure:
    """One figure in one text of an article."""

    article_id: int
    body_sha256: str  # of the body it was found with, so that a revised text drops it
    part: Part
    start_char: int  # code point in that text
    end_char: int  # one past the last
    surface: str  # as printed
    kind: FigureKind
    amount: float | None = None  # units of the currency, or percentage points
    currency: str | None = None  # ISO 4217; `None` where copy leaves it open
    exchange: str | None = None  # as the ticker names it; `None` for a bare symbol
    symbol: str | None = None  # the share's code
    day: date | None = None  # the day, or the first of the month, quarter or year
    precision: Precision | None = None


_PERCENTAGE = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})(?:\s?(?:%|per\s?cent\b|pct?\b\.?|percentage points?\b|pp\b)|"
    r"[\s-]?(?P<basis_points>basis[\s-]points?|bps)\b)",
    re.IGNORECASE,
)
_ARABIC_PERCENTAGE = re.compile(
    rf"{ARABIC_START}(?P<number>{ARABIC_NUMBER})\s?"
    r"(?:[%\u066a]|(?:ب|في\s)ال(?:مئة|مائة|مئه|مائه)(?!\w))"
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


def find_figures(
    article: Article, published: date, countries: Sequence[str]
) -> list[ArticleFigure]:
    """The figures of an article's title and body, in order, none overlapping.

    Weekdays and bare months are resolved against the day of publication; a dinar or riyal without a
    nation is that of the first country that has one (ISO 3166-1 alpha-2, the main one first). Texts
    in other languages than Arabic are read as English.
    """
    kept: list[ArticleFigure] = []
    for part, text in zip(Part, (article.title, article.body), strict=True):
        if article.language == "ar":
            money, dates = find_arabic_money(text, countries), find_arabic_dates(text, published)
            percentages = _find_percentages(_ARABIC_PERCENTAGE.finditer(text))
        else:
            money, dates = find_money(text, countries), find_dates(text, published)
            percentages = _find_percentages(match_at(AT_NUMBER, _PERCENTAGE, text))
        found = (*_find_tickers(text), *money, *percentages, *dates)
        end = 0
        for figure in sorted(found, key=lambda figure: (figure.start_char, -figure.end_char)):
            if figure.start_char >= end and isfinite(figure.amount or 0):
                end = figure.end_char
                kept.append(
                    ArticleFigure(
                        article_id=article.article_id,
                        body_sha256=article.body_sha256,
                        part=part,
                        surface=text[figure.start_char : end],
                        **figure._asdict(),
                    )
                )
    return kept


def _find_percentages(matches: Iterable[re.Match[str]]) -> Iterator[Figure]:
    for match in matches:
        hundredths = match.groupdict().get("basis_points")
        amount = parse_number(match["number"]) / (100 if hundredths else 1)
        yield Figure(match.start(), match.end(), FigureKind.PERCENTAGE, amount)


def _find_tickers(text: str) -> Iterator[Figure]:
    kind = FigureKind.TICKER
    for bracket in _BRACKET.finditer(text):
        position = bracket.start(1)
        while match := _LISTING.match(text, position, bracket.end(1)):
            yield Figure(match.start(1), match.end(2), kind, exchange=match[1], symbol=match[2])
            position = match.end()
    for match in _CASHTAG.finditer(text):
        yield Figure(match.start(), match.end(), kind, symbol=match[1])
    for match in _RIC.finditer(text) if _RIC_END.search(text) else ():
        exchange = _RIC_EXCHANGES[match[2]]
        yield Figure(match.start(), match.end(), kind, exchange=exchange, symbol=match[1])
