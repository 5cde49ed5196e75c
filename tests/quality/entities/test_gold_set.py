"""The gold set is well formed, and the scores are right."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.tokenizer import Span
from tests.quality.entities.gold_set import FOLDER, b_cubed, read_articles, read_pairs, score

PERSON, PLACE = EntityType.PERSON, EntityType.PLACE


@pytest.mark.parametrize("half", ["open", "locked"])
def test_each_half_has_its_articles_and_all_three_types(half: str) -> None:
    articles = read_articles(half)
    spans = [span for one in articles for text in (one.title, one.body) for span in text.spans]

    assert len(articles) == 32
    assert min(sum(span.type is kind for span in spans) for kind in EntityType) > 100


def test_texts_and_spans_follow_the_conventions() -> None:
    for half in ("open", "locked"):
        for article in read_articles(half):
            for text in (article.title, article.body):
                assert not set("{}<>") & set(text.text), article.label
                for span in text.spans:
                    surface = text.text[span.start : span.end]
                    assert surface == surface.strip()
                    assert surface == "Moody's" or not surface.endswith(("'s", "’s", ","))
                    assert not surface.startswith(("the ", "Dr. ", "Mr "))


def test_the_halves_of_the_cases_are_of_one_size() -> None:
    for file, least in (("cases", 60), ("patronymics", 30)):
        counts = []
        for half in ("", "_locked"):
            lines = (FOLDER / f"{file}{half}.tsv").read_text(encoding="utf-8").splitlines()
            counts.append(sum(not line.startswith("#") for line in lines))
        assert counts[0] == counts[1] >= least


def test_half_of_the_pairs_are_near_misses() -> None:
    pairs = read_pairs("pairs") + read_pairs("pairs_locked")

    assert len(pairs) >= 120
    assert 0.45 < sum(pair.is_same for pair in pairs) / len(pairs) < 0.55


def test_a_score_counts_exact_agreement() -> None:
    expected = [[Span(0, 4, PERSON), Span(6, 9, PLACE)]]
    found = [[Span(0, 4, PERSON), Span(6, 8, PLACE), Span(10, 12, PLACE)]]

    scores = score(expected, found)

    assert (scores["all"].precision, scores["all"].recall) == (1 / 3, 1 / 2)
    assert scores["all"].f1 == pytest.approx(0.4)
    assert scores["person"].f1 == 1


def test_b_cubed_punishes_a_wrong_merge_and_a_split() -> None:
    assert b_cubed(["a", "a", "b"], ["x", "x", "y"]).f1 == 1
    assert b_cubed(["a", "a", "b"], ["x", "x", "x"]).precision == pytest.approx(5 / 9)
    assert b_cubed(["a", "a"], ["x", "y"]).recall == 0.5
