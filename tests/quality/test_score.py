"""The score of today holds the floors, and the floors are no lower than what was promised."""

import pytest

from tests.quality.floors import read_floors, shortfalls
from tests.quality.measures import measure

PROMISED = {
    **dict.fromkeys(
        ("field.article_id", "field.menafn_token", "field.title", "field.provider"), 1.0
    ),
    **dict.fromkeys(("field.language", "field.published_at", "body.without_foreign_lines"), 1.0),
    "body.f1": 0.995,
    "body.lowest_f1": 0.95,
    "duplicates.precision": 1.0,
    "duplicates.recall": 0.95,
}


def test_no_figure_lies_below_its_floor():
    figures, _, _ = measure()

    assert shortfalls(figures, read_floors()) == []


@pytest.mark.parametrize(("figure", "promised"), PROMISED.items())
def test_no_floor_lies_below_what_was_promised(figure, promised):
    assert read_floors()[figure] >= promised
