"""Other extractors are scored as the reader is."""

import pytest

from tests.quality.compare import score_answers
from tests.quality.gold.pages import gold_articles

pytestmark = pytest.mark.quality

GOLDS = [pair for pair in gold_articles() if pair[0].name == "spa-kuna-end-inline-initials"]


def answers(**changes):
    ((gold, article),) = GOLDS
    right = {"title": article.title, "date": "2025-08-15", "text": "\n".join(article.body)}
    return {"answers": {gold.name: right | changes}, "pages_per_second": 10.0}


def test_a_right_answer_has_every_share():
    row = score_answers("tool", GOLDS, answers())

    assert (row.titles, row.dates, row.body_f1, row.with_foreign_lines) == (1.0, 1.0, 1.0, 0.0)


@pytest.mark.parametrize(("date", "share"), [("2024-01-02", 0.0), (None, None)])
def test_a_wrong_day_has_no_share_and_a_tool_without_dates_none(date, share):
    assert score_answers("tool", GOLDS, answers(date=date)).dates == share


def test_a_page_on_which_a_tool_found_nothing_scores_nothing():
    row = score_answers("tool", GOLDS, {"answers": {GOLDS[0][0].name: {}}, "pages_per_second": 1.0})

    assert (row.titles, row.body_f1) == (0.0, 0.0)
