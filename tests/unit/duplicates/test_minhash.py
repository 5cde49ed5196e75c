"""Copies share hashes, other stories don't, and the hashes are the same everywhere."""

from random import Random

import pytest

from tasks.duplicates.minhash import BANDS, signature

_SHARED_BY_CANDIDATES = 4
_WORDS = [f"{head}{tail}" for head in ("bar", "cor", "dun", "fel", "gar") for tail in "aeioubdfgkl"]


def _body(subject, words=90):
    random = Random(subject)
    return " ".join(random.choices(_WORDS, k=words))


def _shared(first, second):
    return sum(one == other for one, other in zip(signature(first), signature(second), strict=True))


def test_a_signature_has_its_number_of_64_bit_hashes():
    hashes = signature(_body(1))
    assert len(hashes) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in hashes)
    assert len(set(hashes)) == BANDS


def test_stored_signatures_stay_comparable():
    """Another value here means that every stored signature must be made anew: see DECISIONS.md."""
    assert signature("Rain fell on the quays of Velm.")[:2] == (
        8335471516596218048,
        -6977465506380735063,
    )


def test_printing_makes_no_difference():
    assert signature("It cost 1,200 crowns") == signature("IT  COST ١٢٠٠ “crowns”")


def test_unrelated_texts_share_nothing():
    assert _shared(_body(1), " ".join(reversed(_body(2).split()))) < _SHARED_BY_CANDIDATES


@pytest.mark.parametrize("kept", [200, 150, 120])
def test_a_copy_that_lost_its_tail_is_a_candidate(kept):
    text = _body(1, words=200)
    assert _shared(text, " ".join(text.split()[:kept])) >= _SHARED_BY_CANDIDATES


def test_a_text_with_a_few_words_changed_is_a_candidate():
    words = _body(1).split()
    words[20], words[60] = "amended", "removed"
    assert _shared(_body(1), " ".join(words)) >= _SHARED_BY_CANDIDATES


def test_an_edition_with_new_figures_throughout_is_no_candidate():
    template = " ".join(f"{word} {{}}" for word in _body(1, words=40).split())
    editions = [template.format(*range(start, start + 40)) for start in (100, 900)]
    assert _shared(*editions) < _SHARED_BY_CANDIDATES


def test_a_single_word_has_a_signature():
    assert len(signature("Rain")) == BANDS


def test_a_text_without_words_has_none():
    assert signature(" -- \n") == ()
