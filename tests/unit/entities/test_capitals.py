"""Names are looked for near capitals that tell of names, and nowhere else."""

import pytest

from tasks.entities.tagger import candidate_ranges
from tasks.entities.tokenizer import sentences


@pytest.mark.parametrize(
    ("text", "stretches"),
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
def test_stretches_reach_three_words_from_a_capital(text: str, stretches: list[range]) -> None:
    (sentence,) = sentences(text)

    assert candidate_ranges(sentence) == stretches
