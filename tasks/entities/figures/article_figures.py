"""The figures of an article: money, percentages, tickers and dates."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tasks.core.records import Article, EntityType, Mention, Part
from tasks.entities.figures.arabic_dates import find_arabic_dates
from tasks.entities.figures.dates import find_dates
from tasks.entities.figures.money import find_amounts
from tasks.entities.figures.patterns import Figure, FigureKind, Precision
from tasks.entities.figures.tickers import find_company, find_tickers
from tasks.entities.tokenizer import sentence_starts

FIGURES_VERSION = 5  # to be raised whenever the same text may give other figures
_SCALE = 6  # decimals that are stored, as many as copy prints of a share's dividend
_MAX_AMOUNT = Decimal(10) ** 22  # with the decimals as many digits as decimal arithmetic keeps


@dataclass(slots=True)  # not frozen, which makes each take four times as long
class ArticleFigure:
    """One figure in one text of an article."""

    article_id: int
    body_sha256: str  # of the body it was found with, so that a revised text drops it
    part: Part
    start_char: int  # code point in that text
    end_char: int  # one past the last
    sentence_number: int  # of the body, from 1; 0 in the title
    surface: str  # as printed
    kind: FigureKind
    amount: Decimal | None = None  # units of the currency, or percentage points; as printed
    currency: str | None = None  # ISO 4217; `None` where copy leaves it open
    exchange: str | None = None  # as the ticker names it; `None` for a bare symbol
    symbol: str | None = None  # the share's code
    day: date | None = None  # the day, or the first of the month, quarter, half or year
    precision: Precision | None = None
    range_id: int | None = None  # number of the range in the article of which it is an end
    entity_id: str | None = None  # the organisation right before a ticker


def find_figures(
    article: Article,
    published: date,
    countries: Sequence[str],
    mentions: Sequence[Mention] = (),
) -> list[ArticleFigure]:
    """The figures of an article's title and body, in order, none overlapping.

    Weekdays and bare months are resolved against the day of publication; a dinar or riyal without a
    nation is that of the first country that has one (ISO 3166-1 alpha-2, the main one first). A
    ticker's company is looked for among the article's mentions. Texts in other languages than
    Arabic are read as English.
    """
    kept: list[ArticleFigure] = []
    range_ids: dict[tuple[Part, int], int] = {}
    for part, text in zip(Part, (article.title, article.body), strict=True):
        starts = sentence_starts(text) if part is Part.BODY else ()
        organisations = [
            (one.start_char, one.end_char, one.entity_id)
            for one in mentions
            if one.part is part and one.type is EntityType.ORGANIZATION
        ]
        for figure in _without_overlaps(_find(text, article.language, published, countries)):
            start, end, *details = figure
            rest: list[Any] = details[:-1]
            surface = text[start:end]
            number = bisect_right(starts, start)
            one = ArticleFigure(
                article.article_id, article.body_sha256, part, start, end, number, surface, *rest
            )
            if figure.range_start is not None:
                place = part, figure.range_start
                one.range_id = range_ids.setdefault(place, len(range_ids) + 1)
            if one.kind is FigureKind.TICKER:
                one.entity_id = find_company(text, one.start_char, organisations)
            kept.append(one)
    return kept


def find_dates_of(text: str, language: str, published: date) -> Iterator[Figure]:
    """The dates of a text in Arabic or, in any other language, as if it were English."""
    return (find_arabic_dates if language == "ar" else find_dates)(text, published)


def _find(text: str, language: str, published: date, countries: Sequence[str]) -> Iterator[Figure]:
    yield from find_tickers(text)
    yield from filter(_is_storable, find_amounts(text, language, countries))
    yield from find_dates_of(text, language, published)


def _is_storable(figure: Figure) -> bool:
    """Whether an amount can be stored as it is: rounded it would be another one."""
    amount = figure.amount or Decimal()
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_SCALE:
        exponent = amount.normalize().as_tuple().exponent
    return amount < _MAX_AMOUNT and isinstance(exponent, int) and exponent >= -_SCALE


def _without_overlaps(found: Iterator[Figure]) -> list[Figure]:
    """Of figures that overlap the one that starts first, then the longer; a lone end is none."""
    kept: list[Figure] = []
    for figure in sorted(found, key=lambda one: (one[0], -one[1], one.range_start is None)):
        if not kept or figure.start_char >= kept[-1].end_char:
            kept.append(figure)
    ends = Counter(figure.range_start for figure in kept)
    return [one if ends[one.range_start] > 1 else one._replace(range_start=None) for one in kept]
