"""Curated organisations are found by name, alias and acronym as printed."""

from collections import Counter

import pytest

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import identify_organisation, may_need_country
from tasks.entities.tokenizer import sentences


def found(text: str, gazetteers: Gazetteers) -> list[str]:
    (sentence,) = sentences(text)
    return [
        text[sentence.starts[start] : sentence.end(end - 1)]
        for start, end, _ in gazetteers.organisations.matches(sentence)
    ]


def name_of(
    name: str, gazetteers: Gazetteers, qualifier: str | None = None, **countries: int
) -> str:
    return identify_organisation(name, qualifier, Counter(countries), gazetteers).name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the WHO said", ["WHO"]),
        ("Who said so?", []),
        ("Opec ministers and NATO met", ["Opec", "NATO"]),
        ("OPEC+ met", ["OPEC+"]),
        ("Total sales of Apple pie", []),
        ("the International Committee of the Red Cross",
         ["International Committee of the Red Cross"]),
        ("Standard & Poor's cut it", ["Standard & Poor's"]),
        ("It helped us and them", []),
    ],
)  # fmt: skip
def test_only_unambiguous_names_are_found(
    gazetteers: Gazetteers, text: str, names: list[str]
) -> None:
    assert found(text, gazetteers) == names


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("ADNOC", "Abu Dhabi National Oil Company"),
        ("NBK", "National Bank of Kuwait"),
        ("IRGC", "Islamic Revolutionary Guard Corps"),
        ("Daesh", "Islamic State"),
        ("World Health Organisation", "World Health Organization"),
        ("Careem", "Careem"),
        ("Halmar Energy P.J.S.C.", "Halmar Energy"),
    ],
)
def test_names_come_to_one_canonical_name(
    gazetteers: Gazetteers, name: str, canonical: str
) -> None:
    assert name_of(name, gazetteers) == canonical


def test_the_country_decides_among_bodies_of_one_name(gazetteers: Gazetteers) -> None:
    assert name_of("Ministry of Finance", gazetteers, "KW") == "Ministry of Finance (Kuwait)"
    assert name_of("Finance Ministry", gazetteers, EG=2) == "Ministry of Finance (Egypt)"
    assert name_of("Ministry of Mines", gazetteers, "ML") == "Ministry of Mines (Mali)"
    assert name_of("Ministry of Finance", gazetteers) == "Ministry of Finance"
    assert name_of("NOC", gazetteers, LY=3) == "National Oil Corporation"
    assert name_of("NOC", gazetteers, IQ=3) == "North Oil Company"


def test_bodies_that_every_country_has_need_a_country(gazetteers: Gazetteers) -> None:
    assert may_need_country("Supreme Court", gazetteers)
    assert not may_need_country("Boursa Kuwait", gazetteers)
