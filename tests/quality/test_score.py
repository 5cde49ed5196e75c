"""The score reaches its floors, and counts what it should."""

import json
from dataclasses import replace

import pytest

from tasks.core.rejects import PageRefusedError, Reason
from tests.quality.floors import LowerFloorError, raise_floors, read_floors, shortfalls
from tests.quality.gold.pages import gold_articles, gold_pages
from tests.quality.score import (
    FIELDS,
    NOTHING_FOUND,
    compare_texts,
    labelled_pairs,
    measure,
    read_gold_page,
    score_page,
    score_pairs,
    split_words,
)

PROMISED = {
    **dict.fromkeys(
        ("field.article_id", "field.menafn_token", "field.title", "field.provider",
         "field.language", "field.published_at", "body.without_foreign_lines"), 1.0,
    ),
    "body.f1": 0.995,
    "body.lowest_f1": 0.95,
    "duplicates.precision": 1.0,
    "duplicates.recall": 0.95,
    "topics.f1": 0.8,
}  # fmt: skip
GOLD = {gold.name: gold for gold in gold_pages()}
((STORY, ARTICLE),) = (
    pair for pair in gold_articles() if pair[0].name == "spa-kuna-end-inline-initials"
)
ERROR_PAGE = GOLD["reject-sorry-page"]
PAIRS = labelled_pairs()
TEXT = "The ferry left at nine.\nIt came back at noon with forty sheep on board."


def test_no_figure_is_below_its_floor_and_no_floor_below_the_promise():
    figures, _, _ = measure()
    assert shortfalls(figures, read_floors()) == []
    assert shortfalls(read_floors(), PROMISED) == []


def test_a_wrong_field_is_named_with_what_was_found():
    article = replace(read_gold_page(STORY), title="403")
    assert score_page(STORY, lambda _gold: article).wrong == {"title": ("403", ARTICLE.title)}


def test_a_page_wrongly_refused_has_every_field_wrong_and_no_body():
    def refuse(_gold):
        raise PageRefusedError(Reason.NO_STORY, "nothing here")

    score = score_page(STORY, refuse)
    assert score.wrong.keys() == set(FIELDS)
    assert score.body == NOTHING_FOUND


@pytest.mark.parametrize(("reason", "is_right"), [("error-page", True), ("no-story", False)])
def test_a_refusal_must_have_the_right_reason(reason, is_right):
    assert (not score_page(replace(ERROR_PAGE, reject=reason)).wrong) is is_right


def test_a_page_that_must_be_refused_and_is_read_counts_as_wrong():
    article = read_gold_page(STORY)
    assert score_page(ERROR_PAGE, lambda _gold: article).wrong == {"reject": (None, "error-page")}


def test_joining_all_pairs_is_imprecise_and_joining_none_finds_nothing():
    same = sum(pair.same for pair in PAIRS)
    every, none = score_pairs(PAIRS, lambda a, b: True), score_pairs(PAIRS, lambda a, b: False)
    assert (every.precision, every.recall) == (same / len(PAIRS), 1.0)
    assert (none.precision, none.recall, len(none.wrong)) == (1.0, 0.0, same)


def test_a_pair_found_in_one_order_only_counts_as_found():
    pair = replace(PAIRS[0], same=True)
    assert score_pairs([pair], lambda a, b: a == pair.b).recall == pytest.approx(1.0)


def test_a_lone_dash_or_the_rule_of_a_table_is_no_word():
    assert split_words("North | 14 -- 3.5 —") == ["North", "14", "3.5"]


@pytest.mark.parametrize(
    ("found", "precision", "recall", "foreign"),
    [
        (TEXT, 1, 1, 0),
        ("The ferry left at nine.", 1, 5 / 15, 0),
        (f"{TEXT}\nSubscribe to our newsletter", 15 / 19, 1, 1),
        (f"The ferry left at nine.\n{TEXT}", 15 / 20, 1, 1),
        (f"{TEXT} We take no responsibility for this.", 15 / 21, 1, 1),
        (f"{TEXT} tam.rk", 15 / 16, 1, 0),
        (TEXT.replace("ferry left", "ferryleft"), 13 / 14, 13 / 15, 0),
        ("", 0, 0, 0),
    ],
    ids=["same", "line lost", "line added", "repeated", "disclaimer", "initials", "glued", "none"],
)
def test_texts_are_compared_word_by_word(found, precision, recall, foreign):
    score = compare_texts(found, TEXT)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))
    assert len(score.foreign_lines) == foreign


def floors_file(folder, **floors):
    path = folder / "floors.json"
    path.write_text(json.dumps({"score": floors, "bench": {"ratio": 8}}), encoding="utf-8")
    return path


def test_floors_rise_to_their_figures_and_other_scores_stay(tmp_path):
    path = floors_file(tmp_path, title=0.9)
    assert raise_floors({"title": 0.95, "body": 0.7}, path) == ["body", "title"]
    assert read_floors(path) == {"title": 0.95, "body": 0.7}
    assert json.loads(path.read_text(encoding="utf-8"))["bench"] == {"ratio": 8}


@pytest.mark.parametrize(
    ("figures", "message"),
    [({"title": 0.89, "body": 0.99}, r"title: 0\.89, floor 0\.9"), ({"body": 1.0}, "not measured")],
)
def test_no_floor_changes_where_a_figure_fell_or_is_not_measured(tmp_path, figures, message):
    path = floors_file(tmp_path, title=0.9, body=0.5)
    before = path.read_bytes()
    with pytest.raises(LowerFloorError, match=message):
        raise_floors(figures, path)
    assert path.read_bytes() == before


def test_a_floor_is_rounded_down_so_that_the_same_figure_reaches_it(tmp_path):
    path = tmp_path / "floors.json"
    raise_floors({"title": 2 / 3}, path)
    assert read_floors(path) == {"title": 0.6666}
    assert shortfalls({"title": 2 / 3}, read_floors(path)) == []
