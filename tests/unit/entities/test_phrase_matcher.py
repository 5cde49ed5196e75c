"""Names of several words are found, the longest first, where they are printed as names."""

import pytest

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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("from Kuwait City to Kuwait", [("Kuwait City", (2,)), ("Kuwait", (1,))]),
        ("Deir ez Zor and Deir-ez-Zor", [("Deir ez Zor", (3,)), ("Deir-ez-Zor", (3,))]),
        ("in Georgia", [("Georgia", (4, 5))]),
        ("the kuwait city", []),
        ("KUWAIT CITY", [("KUWAIT CITY", (2,))]),
        ("a Kuwait-based bank", [("Kuwait", (1,))]),
    ],
)
def test_names_and_their_entries(text: str, names: list[tuple[str, tuple[int, ...]]]) -> None:
    assert found(text) == names
