"""Names of several words are found, the longest first, where they are printed as names."""

from tasks.entities.phrase_matcher import PhraseMatcher
from tasks.entities.tokenizer import sentences

BOOK = PhraseMatcher(
    [("Kuwait", 1), ("Kuwait City", 2), ("Deir ez-Zor", 3), ("Georgia", 4), ("Georgia", 5)]
)


def found(text: str) -> list[tuple[str, tuple[int, ...]]]:
    (sentence,) = sentences(text)
    return [
        (text[sentence.starts[start] : sentence.end(end - 1)], entries)
        for start, end, entries in BOOK.matches(sentence)
    ]


def test_the_longest_name_wins() -> None:
    assert found("from Kuwait City to Kuwait") == [("Kuwait City", (2,)), ("Kuwait", (1,))]


def test_hyphens_are_printed_or_not() -> None:
    assert found("Deir ez Zor and Deir-ez-Zor") == [("Deir ez Zor", (3,)), ("Deir-ez-Zor", (3,))]


def test_a_name_may_have_several_meanings() -> None:
    assert found("in Georgia") == [("Georgia", (4, 5))]


def test_small_letters_are_no_name() -> None:
    assert found("the kuwait city") == []


def test_capitals_throughout_are_a_name() -> None:
    assert found("KUWAIT CITY") == [("KUWAIT CITY", (2,))]


def test_a_name_does_not_end_in_a_hyphen() -> None:
    assert found("a Kuwait-based bank") == [("Kuwait", (1,))]
