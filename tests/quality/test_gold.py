"""The gold set is large enough, varied enough, and agrees with its own pages."""

import html
import json
import re
import unicodedata
from collections import Counter

import pytest

from tests.quality.compare import page_text
from tests.quality.gold.add import main
from tests.quality.gold.pages import (
    EXPECTED_FIELDS,
    GOLD,
    assemble,
    gold_articles,
    gold_pages,
    locked_pages,
)
from tests.quality.score import labelled_pairs, split_words

pytestmark = pytest.mark.quality

LOCKED = [(gold, gold.article) for gold in locked_pages() if gold.article is not None]
ARTICLES = gold_articles() + LOCKED
TRAITS = Counter(trait for gold in gold_pages() for trait in gold.traits)

PAIRS = labelled_pairs()


def test_the_pages_are_many_and_varied():
    flashes = [article for gold, article in ARTICLES if "flash" in gold.traits]
    assert len({article.article_id for _, article in ARTICLES}) == len(ARTICLES) >= 80
    assert sum(article.language == "ar" for _, article in ARTICLES) >= 15
    assert len(flashes) >= 10
    assert all(len(article.body) == 1 for article in flashes)


def test_the_locked_pages_are_half_of_the_kinds():
    open_kinds = [gold for gold, _ in gold_articles() if "kinds" in gold.traits]
    assert len(open_kinds) == len(LOCKED) >= 30


def test_every_shape_seen_on_the_site_is_on_some_page():
    shapes = (GOLD / "shapes.txt").read_text(encoding="utf-8").split()
    assert [shape for shape in shapes if not TRAITS[shape]] == []


def test_the_pairs_are_many_and_no_formula_story_is_another_s_copy():
    formulas = [pair for pair in PAIRS if pair.kind.startswith("formula-")]
    assert len(PAIRS) >= 150
    assert len(formulas) >= 50
    assert not any(pair.same for pair in formulas)
    assert all(pair.a != pair.b for pair in PAIRS)


def test_a_stated_word_count_is_that_of_the_body():
    counted = [article for _, article in ARTICLES if article.word_count is not None]

    assert [article.word_count for article in counted] == [
        len(split_words("\n".join(article.body))) for article in counted
    ]


def test_what_is_expected_stands_on_the_page():
    missing = []
    for gold, article in ARTICLES:
        printed = _letters(_visible(page_text(gold)))
        texts = (article.title, *article.body, article.menafn_token or "")
        # Of a page with broken letters the repaired text is expected, which stands nowhere on it.
        if "mojibake" not in gold.traits:
            missing += [(gold.name, text) for text in texts if _letters(text) not in printed]
    assert missing == []


def test_a_story_for_a_slot_that_the_skeleton_lacks_is_refused():
    with pytest.raises(ValueError, match="no slot"):
        assemble("<!-- skeleton: spa_a, encoding: utf-8 -->\n== subtitle\nNo such thing\n")


ADDRESS = "https://menafn.com/1110375316/Some-Story"


def test_an_added_page_is_copied_byte_by_byte_with_a_form_of_every_field(tmp_path, capsys):
    page = tmp_path / "Harbour Story.html"
    page.write_bytes(b"<html>\xff\r\n</html>")
    command = [str(page), "--url", ADDRESS, "--into", str(tmp_path / "gold")]

    assert main(command) == 0
    assert (tmp_path / "gold/pages/harbour-story.html").read_bytes() == page.read_bytes()
    form = json.loads((tmp_path / "gold/expected/harbour-story.json").read_text("utf-8"))
    assert form["address"] == ADDRESS
    assert tuple(form["article"]) == EXPECTED_FIELDS

    assert main(command) == 2  # it is in the set already and not overwritten
    assert "choose another --name" in capsys.readouterr().err


def _visible(page: str) -> str:
    without_code = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    # Twice, because some pages print entities that were escaped twice.
    return html.unescape(html.unescape(re.sub(r"<[^>]*>", "", without_code)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))
