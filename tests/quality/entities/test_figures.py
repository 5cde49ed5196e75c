"""The open gold sentences are read as expected, and the gold sets are well formed."""

import pytest

from tests.quality.entities.figure_gold import FigureSentence, read_sentences


@pytest.mark.parametrize("sentence", read_sentences("figures"), ids=lambda one: one.text)
def test_the_figures_of_a_sentence(sentence: FigureSentence) -> None:
    assert sentence.found() == list(sentence.expected)


def test_the_halves_are_of_a_size_and_share_no_sentence() -> None:
    halves = [{one.text for one in read_sentences(file)} for file in ("figures", "figures_locked")]

    assert min(map(len, halves)) >= 125
    assert not halves[0] & halves[1]
