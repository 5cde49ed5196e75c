"""Reads the gold sentences with figures, and scores against them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tasks.entities.figures.article_figures import ArticleFigure, find_figures
from tests.quality.entities.articles import article
from tests.quality.entities.gold_set import Score

FOLDER = Path(__file__).with_name("gold")


@dataclass(frozen=True, slots=True)
class FigureSentence:
    """One sentence of a story, and what it says, as `labels` writes it."""

    published: date
    language: str
    countries: tuple[str, ...]  # that of the dateline
    text: str
    expected: tuple[str, ...]

    def found(self) -> list[str]:
        """What is found in it."""
        one = article(body=self.text, language=self.language)
        return labels(find_figures(one, self.published, self.countries))


def read_sentences(file: str) -> list[FigureSentence]:
    """The sentences of `figures` or `figures_locked`."""
    sentences = []
    for line in (FOLDER / f"{file}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            day, language, country, text, expected = line.split("\t")
            sentences.append(
                FigureSentence(
                    published=date.fromisoformat(day),
                    language=language,
                    countries=() if country == "-" else (country,),
                    text=text,
                    expected=() if expected == "-" else tuple(sorted(expected.split("; "))),
                )
            )
    return sentences


def labels(figures: Iterable[ArticleFigure]) -> list[str]:
    """Each figure in words, sorted, a range as one: `money 5..7 USD`, `date 2025-08-13 day`."""
    ranges: dict[int, list[ArticleFigure]] = {}
    for figure in figures:
        key = figure.range_id if figure.range_id is not None else -len(ranges) - 1
        ranges.setdefault(key, []).append(figure)
    return sorted(
        " ".join((first.kind, "..".join(map(_value, (first, *others))), *_details(first)))
        for first, *others in ranges.values()
    )


def _value(figure: ArticleFigure) -> str:
    if figure.amount is not None:
        return f"{figure.amount.normalize():f}"
    return str(figure.day or f"{figure.exchange or '-'} {figure.symbol}")


def _details(figure: ArticleFigure) -> list[str]:
    is_money = figure.kind == "money"
    return [*([figure.currency or "?"] if is_money else []), *filter(None, [figure.precision])]


def score_figures(file: str) -> Score:
    """Precision and recall of the figures of `figures` or `figures_locked`, values included."""
    right = given = there = 0
    for sentence in read_sentences(file):
        found, expected = Counter(sentence.found()), Counter(sentence.expected)
        right += (found & expected).total()
        given += found.total()
        there += expected.total()
    return Score(right / given, right / there)
