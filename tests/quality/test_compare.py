"""What other extractors answer is measured as the reader is."""

from tests.quality.compare import score_answers
from tests.quality.gold.pages import gold_articles

GOLDS = [pair for pair in gold_articles() if pair[0].name == "spa-kuna-end-inline-initials"]


def answers(**changes):
    ((gold, article),) = GOLDS
    right = {
        "title": article.title,
        "date": "2025-08-15",
        "text": "\n".join(article.body),
    }
    return {"answers": {gold.name: right | changes}, "pages_per_second": 10.0}


def test_a_right_answer_has_every_share():
    row = score_answers("tool", GOLDS, answers())

    assert (row.titles, row.dates, row.body_f1, row.with_foreign_lines) == (1.0, 1.0, 1.0, 0.0)


def test_the_frozen_clock_is_a_wrong_day():
    assert score_answers("tool", GOLDS, answers(date="2024-01-02")).dates == 0.0


def test_a_tool_that_never_gives_a_date_has_no_share_of_right_ones():
    assert score_answers("tool", GOLDS, answers(date=None)).dates is None


def test_a_page_on_which_a_tool_found_nothing_scores_nothing():
    row = score_answers("tool", GOLDS, {"answers": {GOLDS[0][0].name: {}}, "pages_per_second": 1.0})

    assert (row.titles, row.body_f1) == (0.0, 0.0)
