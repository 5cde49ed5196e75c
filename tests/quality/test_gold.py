"""The gold set is large enough, varied enough, and agrees with its own pages."""

import html
import re
import unicodedata
from collections import Counter

import pytest

from tests.quality.compare import page_text
from tests.quality.gold.pages import GOLD as GOLD_FOLDER
from tests.quality.gold.pages import gold_articles, gold_pages
from tests.quality.gold.skeleton import assemble
from tests.quality.words import words

ARTICLES = gold_articles()
TRAITS = Counter(trait for gold in gold_pages() for trait in gold.traits)

SHAPES = (GOLD_FOLDER / "shapes.txt").read_text(encoding="utf-8").split()
"""What the wire has been seen to print, era by era; each must be on some page of the set."""


def test_there_are_at_least_eighty_pages_with_an_article():
    assert len(ARTICLES) >= 80


def test_at_least_fifteen_articles_are_arabic():
    assert sum(article.language == "ar" for _, article in ARTICLES) >= 15


def test_at_least_ten_articles_are_flashes_of_one_sentence():
    flashes = [article for gold, article in ARTICLES if "flash" in gold.traits]

    assert len(flashes) >= 10
    assert all(len(article.body) == 1 for article in flashes)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_wire_is_on_some_page(shape):
    assert TRAITS[shape]


def test_no_two_articles_have_the_same_id():
    assert len({article.article_id for _, article in ARTICLES}) == len(ARTICLES)


def test_a_stated_word_count_is_that_of_the_body():
    counted = [article for _, article in ARTICLES if article.word_count is not None]

    assert [article.word_count for article in counted] == [
        len(words("\n".join(article.body))) for article in counted
    ]


# What is expected of a page with broken letters is the repaired text, which stands nowhere on it.
@pytest.mark.parametrize(
    ("gold", "article"),
    [pytest.param(*pair, id=pair[0].name) for pair in ARTICLES if "mojibake" not in pair[0].traits],
)
def test_what_is_expected_stands_on_the_page(gold, article):
    printed = _letters(_visible(page_text(gold)))

    for text in (article.title, *article.body, article.menafn_token or ""):
        assert _letters(text) in printed


def test_a_story_for_a_slot_that_the_skeleton_lacks_is_refused():
    with pytest.raises(ValueError, match="no slot"):
        assemble("<!-- skeleton: spa_a, encoding: utf-8 -->\n== subtitle\nNo such thing\n")


def _visible(page: str) -> str:
    without_code = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    # Twice, because some pages print entities that were escaped twice.
    return html.unescape(html.unescape(re.sub(r"<[^>]*>", "", without_code)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))
