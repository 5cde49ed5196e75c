"""The tagger finds in ranges of a sentence what it would find in the whole."""

import pycrfsuite
import pytest

from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.tagger import FeatureExtractor, Tagger, candidate_ranges, decode_labels
from tasks.entities.tokenizer import sentences
from tests.quality.entities.gold_set import read_articles

FAR = (
    "Dina Sarrouf told those who had come to hear how the price of a barrel was made in the "
    "years before the last war that Halmar Energy would, after all that was said and done about "
    "the wells and the pipes that lead to the coast, sell its shares in Kuwait."
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(FOLDER, load_gazetteers())


def test_names_far_apart_are_found(tagger: Tagger) -> None:
    names = [FAR[one.start : one.end] for one in tagger.find_names(FAR)]

    assert names == ["Dina Sarrouf", "Halmar Energy", "Kuwait"]


def test_capitals_of_common_words_are_no_names(tagger: Tagger) -> None:
    assert tagger.find_names("The price fell on Monday.\nIt rose in May, however.") == []


@pytest.mark.parametrize("half", ["open", "locked"])
def test_ranges_give_the_names_of_the_whole(tagger: Tagger, half: str) -> None:
    extractor, model = FeatureExtractor(load_gazetteers()), pycrfsuite.Tagger()
    model.open_inmemory(tagger._model)
    for article in read_articles(half):
        for text in (article.title.text, article.body.text):
            labelled = [(one, model.tag(extractor.features(one))) for one in sentences(text)]
            expected = [span for one, labels in labelled for span in decode_labels(one, labels)]
            assert tagger.find_names(text) == expected


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("The price of a barrel fell on Monday.", []),
        ("In May it fell to 1,200 a tonne.", []),
        ("Oman fell by a third.", [range(4)]),
        ("It fell by a third in all of Oman.", [range(5, 10)]),
        ("a b c d e Oman f g h i j", [range(2, 9)]),
        ("Oman a b c d e f Qatar", [range(8)]),
        ("Oman a b c d e f g Qatar", [range(4), range(5, 9)]),
        ("they took an iPad with them once more", [range(7)]),
        ("\u00d6zil scored", [range(2)]),
        ("soci\u00e9t\u00e9 anonyme, 2,025.5", []),
    ],
)
def test_ranges_reach_three_words_from_a_capital(text: str, ranges: list[range]) -> None:
    (sentence,) = sentences(text)

    assert candidate_ranges(sentence) == ranges
