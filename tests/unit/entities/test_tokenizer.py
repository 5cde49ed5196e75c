"""Texts are cut into words and sentences, and every word remembers its place."""

import pytest

from tasks.entities.tokenizer import key, phrase_key, sentence_starts, sentences


def words(text: str) -> list[tuple[str, ...]]:
    return [sentence.words for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sana'a's port", ("Sana'a", "'s", "port")),
        ("Kuwait’s al-Sabah", ("Kuwait", "’s", "al", "-", "Sabah")),
        ("H.E. met U.S. envoys", ("H.E.", "met", "U.S.", "envoys")),
        ("7,904.5 points, 1.2bn", ("7,904.5", "points", ",", "1.2bn")),
        ("(ADX: HLME)", ("(", "ADX", ":", "HLME", ")")),
        ("Shi'ite", ("Shi'ite",)),
    ],
)
def test_words_are_cut_as_names_need_them(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == [expected]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Doha\nKuwait", [1, 1]),
        ("Dr. Dina Sarrouf met Peter J. Wexcombe on Aug. 5 in St. Louis.", [18]),
        ('He left. "They" stayed. 12 came.', [3, 5, 3]),
        ("word " * 500, [200, 200, 100]),
    ],
    ids=["line break", "abbreviations", "full stops", "no stop"],
)
def test_where_sentences_end(text: str, lengths: list[int]) -> None:
    assert [*map(len, words(text))] == lengths


def test_offsets_count_code_points() -> None:
    text = "🛢 Amman 𝒳 Doha’s"

    for sentence in sentences(text):
        for index, word in enumerate(sentence.words):
            assert text[sentence.starts[index] : sentence.end(index)] == word


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Sana’a", "sanaa"),
        ("U.S.", "us"),
        ("Özyörük", "ozyoruk"),
        ("Taşkıran", "taskiran"),
        ("Sadıqbəyli", "sadiqbeyli"),
        ("Weiß", "weiss"),
        ("أبوظبي", "ابوظبي"),
        ("-", "-"),
    ],
)
def test_keys_lose_case_accents_and_apostrophes(word: str, folded: str) -> None:
    assert key(word) == folded


def test_phrase_keys_lose_hyphens_and_stops() -> None:
    assert phrase_key("Deir ez-Zor") == "deir ez zor"
    assert phrase_key("P.J.S.C.") == "pjsc"


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("One. Two is here.", "Two"),
        ("First line\nsecond line", "second"),
        ("It fell 3.5% in U.S. trading. More.", "More"),
        ('He said "Go now." She left.', "She"),
        ("They met Dr. Nimri. All went home.", "All"),
        ("قال الوزير إن العمل بدأ. وأضاف.", "وأضاف"),
        ("هل بدأ العمل؟ «نعم» هو الجواب.", "«نعم"),
    ],
)  # fmt: skip
def test_sentences_start_after_their_ends_and_not_after_titles(text: str, second: str) -> None:
    assert sentence_starts(text) == (0, text.index(second))


def test_a_text_without_words_has_no_sentences() -> None:
    assert sentence_starts(" \n") == ()
