"""How one page is scored."""

from dataclasses import replace

import pytest

from tasks.core.rejects import PageRefusedError, Reason
from tests.quality.gold.pages import gold_articles, gold_pages
from tests.quality.reading import FIELDS, read_gold_page, score_page
from tests.quality.words import NOTHING

GOLD = {gold.name: gold for gold in gold_pages()}
((STORY, ARTICLE),) = (
    pair for pair in gold_articles() if pair[0].name == "spa-kuna-end-inline-initials"
)
ERROR_PAGE = GOLD["reject-sorry-page"]


def refuse(_gold):
    raise PageRefusedError(Reason.NO_STORY, "nothing here")


def test_a_wrong_field_is_named_with_what_was_found():
    article = replace(read_gold_page(STORY), title="403")

    score = score_page(STORY, lambda _gold: article)

    assert score.wrong == {"title": ("403", ARTICLE.title)}


def test_a_page_wrongly_refused_has_every_field_wrong_and_no_body():
    score = score_page(STORY, refuse)

    assert score.wrong.keys() == set(FIELDS)
    assert score.body == NOTHING


@pytest.mark.parametrize(("reason", "is_right"), [("error-page", True), ("no-story", False)])
def test_a_refusal_must_have_the_right_reason(reason, is_right):
    score = score_page(replace(ERROR_PAGE, reject=reason))

    assert (not score.wrong) is is_right


def test_a_page_that_must_be_refused_and_is_read_counts_as_wrong():
    article = read_gold_page(STORY)

    assert score_page(ERROR_PAGE, lambda _gold: article).wrong == {"reject": (None, "error-page")}
