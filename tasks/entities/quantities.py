"""The figures of an article: money, percentages, tickers and dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
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

FIGURES_VERSION = 1  # to be raised whenever the same text may give other figures


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
            surface=text[found.start_char : found.end_char],
            **found._asdict(),
        )
        for part, text in zip(Part, (article.title, article.body), strict=True)
        for found in _find_in_text(text, published, countries, is_arabic=article.language == "ar")
    ]


def _find_in_text(
    text: str, published: date, countries: Sequence[str], *, is_arabic: bool
) -> list[Figure]:
    if is_arabic:
        money, dates = find_arabic_money(text, countries), find_arabic_dates(text, published)
        percentages = _ARABIC_PERCENTAGE.finditer(text)
    else:
        money, dates = find_money(text, countries), find_dates(text, published)
        percentages = match_at(AT_NUMBER, _PERCENTAGE, text)
    found = chain(
        _find_tickers(text), money, (_to_percentage(match) for match in percentages), dates
    )
    kept: list[Figure] = []
    end = 0
    for figure in sorted(found, key=lambda figure: (figure.start_char, -figure.end_char)):
        if figure.start_char >= end and isfinite(figure.amount or 0):
            kept.append(figure)
            end = figure.end_char
    return kept


def _to_percentage(match: re.Match[str]) -> Figure:
    hundredths = match.groupdict().get("basis_points")
    amount = parse_number(match["number"]) / (100 if hundredths else 1)
    return Figure(match.start(), match.end(), FigureKind.PERCENTAGE, amount)


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
