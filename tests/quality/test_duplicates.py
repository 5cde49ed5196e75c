"""The labelled pairs and how they are scored."""

from dataclasses import replace

import pytest

from tests.quality.duplicates import labelled_pairs, score_pairs

PAIRS = labelled_pairs()
FORMULAS = [pair for pair in PAIRS if pair.kind.startswith("formula-")]


def test_there_are_at_least_a_hundred_and_fifty_pairs():
    assert len(PAIRS) >= 150


def test_at_least_fifty_pairs_are_formula_stories_and_none_of_them_is_one_story():
    assert len(FORMULAS) >= 50
    assert not any(pair.same for pair in FORMULAS)


def test_no_pair_is_a_text_beside_itself():
    assert all(pair.a != pair.b for pair in PAIRS)


def test_joining_everything_finds_all_and_is_imprecise():
    score = score_pairs(PAIRS, lambda a, b: True)

    assert score.recall == 1.0
    assert score.precision == sum(pair.same for pair in PAIRS) / len(PAIRS)


def test_joining_nothing_is_precise_and_finds_nothing():
    score = score_pairs(PAIRS, lambda a, b: False)

    assert (score.precision, score.recall) == (1.0, 0.0)
    assert len(score.wrong) == sum(pair.same for pair in PAIRS)


def test_a_pair_found_in_one_order_only_counts_as_found():
    pair = replace(PAIRS[0], same=True)

    assert score_pairs([pair], lambda a, b: a == pair.b).recall == pytest.approx(1.0)
