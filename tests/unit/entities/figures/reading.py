"""Reads the figures of a text in a story of one day."""

from datetime import date

from tasks.entities.figures.article_figures import find_figures
from tests.quality.entities.articles import article
from tests.quality.entities.figure_gold import labels

WEDNESDAY = date(2025, 8, 13)


def read(text: str, language: str = "en", published: date = WEDNESDAY) -> list[str]:
    """The labels of a text's figures, sorted."""
    return labels(find_figures(article(body=text, language=language), published, ()))
