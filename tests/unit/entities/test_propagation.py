"""Introduced names are found again as whole words, wherever they stand."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.propagation import propagate_mentions
from tasks.entities.tokenizer import Span
from tests.quality.entities.articles import surfaces

PERSON, ORGANISATION = EntityType.PERSON, EntityType.ORGANIZATION
ALIASES = {
    "Halmar": ORGANISATION,
    "Halmar Energy": ORGANISATION,
    "Sarrouf": PERSON,
    "Dina Sarrouf": PERSON,
}


def found(text: str, *spans: Span, is_title: bool = False) -> list[tuple[str, EntityType]]:
    return surfaces(text, propagate_mentions(text, spans, ALIASES, is_title=is_title))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Halmar Energy and Halmar", ["Halmar Energy", "Halmar"]),
        ("Sarrouf's deal; Sarrouf.", ["Sarrouf", "Sarrouf"]),
        ("Halmars, UnHalmar, Halmar_2, Al-Halmar", []),
        ("a Halmar-led group, a Halmar-", ["Halmar"]),
        ("the Halmar-Sarrouf talks", ["Halmar"]),
        ("Halmar Energyland", ["Halmar"]),
        ("DINA SARROUF JOINS HALMAR ENERGY", ["DINA SARROUF", "HALMAR ENERGY"]),
        ("HALMAR-LED TALKS OF SARROUF", ["SARROUF"]),
        ("𝒳 Halmar", ["Halmar"]),
        ("", []),
    ],
)
def test_whole_words_are_found_longest_first(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text)] == names


def test_a_recognisers_longer_span_is_kept_in_a_body_only() -> None:
    text = "Halmar Energy Sarrouf Fund"
    whole = Span(0, len(text), ORGANISATION)

    assert found(text, whole) == [(text, ORGANISATION)]
    assert found(text, whole, is_title=True) == [
        ("Halmar Energy", ORGANISATION),
        ("Sarrouf", PERSON),
    ]


def test_an_introduced_name_keeps_its_type() -> None:
    assert found("Sarrouf", Span(0, 7, ORGANISATION)) == [("Sarrouf", PERSON)]
