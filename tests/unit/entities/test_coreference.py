"""Within an article, short forms join the full name, and everything else stays apart."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.coreference import CoreferenceResolver
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.organisations import core_name, is_acronym_of, without_legal_form
from tasks.entities.tokenizer import Span

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def names(body: str, kind: EntityType, surfaces: list[str], gazetteers: Gazetteers) -> list[str]:
    spans = []
    position = 0
    for surface in surfaces:
        position = body.index(surface, position)
        spans.append(Span(position, position + len(surface), kind))
        position += len(surface)
    _, identities = CoreferenceResolver(("", body), ((), spans), gazetteers).identities
    return [identity.name for identity in identities]


@pytest.mark.parametrize(
    ("body", "surfaces", "expected"),
    [
        (
            "Bader Al-Rumaizan met Haidar Qubaisi. Al-Rumaizan thanked Qubaisi.",
            ["Bader Al-Rumaizan", "Haidar Qubaisi", "Al-Rumaizan", "Qubaisi"],
            ["Bader Al-Rumaizan", "Haidar Qubaisi", "Bader Al-Rumaizan", "Haidar Qubaisi"],
        ),
        (
            "Sheikh Hamad spoke before Hamad bin Jabr Al-Duraibi left.",
            ["Hamad", "Hamad bin Jabr Al-Duraibi"],
            ["Hamad bin Jabr Al-Duraibi"] * 2,
        ),
        (
            "Bilal Khattakzai and his brother Zubair Khattakzai; Zubair stayed.",
            ["Bilal Khattakzai", "Zubair Khattakzai", "Zubair"],
            ["Bilal Khattakzai", "Zubair Khattakzai", "Zubair Khattakzai"],
        ),
        (
            "Ryu Hae-rim flew in. Ryu said so.",
            ["Ryu Hae-rim", "Ryu"],
            ["Ryu Hae-rim", "Ryu Hae-rim"],
        ),
        (
            "Khaled Al-Harmali spoke; Khalid al-Harmali left.",
            ["Khaled Al-Harmali", "Khalid al-Harmali"],
            ["Khaled Al-Harmali"] * 2,
        ),
        (
            "Hemedti and MBS met.",
            ["Hemedti", "MBS"],
            ["Mohamed Hamdan Dagalo", "Mohammed bin Salman"],
        ),
        (
            "Salam left before Salameh Hourieh.",
            ["Salam", "Salameh Hourieh"],
            ["Salam", "Salameh Hourieh"],
        ),
    ],
)
def test_persons(
    gazetteers: Gazetteers, body: str, surfaces: list[str], expected: list[str]
) -> None:
    assert names(body, PERSON, surfaces, gazetteers) == expected


@pytest.mark.parametrize(
    ("body", "surfaces", "expected"),
    [
        (
            "Halmar Energy PJSC rose. Halmar Energy fell. Halmar won.",
            ["Halmar Energy PJSC", "Halmar Energy", "Halmar"],
            ["Halmar Energy"] * 3,
        ),
        (
            "The Awami Tameer Party (ATP) met. ATP agreed.",
            ["Awami Tameer Party", "ATP", "ATP"],
            ["Awami Tameer Party"] * 3,
        ),
        (
            "Emirates flies. Emirates NBD lends.",
            ["Emirates", "Emirates NBD"],
            ["Emirates", "Emirates NBD"],
        ),
        (
            "Al Ahli won. Al Ahli Bank of Kuwait rose.",
            ["Al Ahli", "Al Ahli Bank of Kuwait"],
            ["Al Ahli", "Al Ahli Bank of Kuwait"],
        ),
        (
            "The Iraqi Oil Ministry asked the Ministry of Oil of Kuwait.",
            ["Oil Ministry", "Ministry of Oil"],
            ["Ministry of Oil (Iraq)", "Ministry of Oil (Kuwait)"],
        ),
    ],
)
def test_organisations(
    gazetteers: Gazetteers, body: str, surfaces: list[str], expected: list[str]
) -> None:
    assert names(body, ORGANISATION, surfaces, gazetteers) == expected


def test_a_namesake_city_is_the_one_of_the_country_spoken_of(gazetteers: Gazetteers) -> None:
    body = "The Lebanese army left Tripoli."
    _, [identity] = CoreferenceResolver(
        ("", body), ((), [Span(23, 30, PLACE)]), gazetteers
    ).identities

    assert (body[23:30], identity.country_code) == ("Tripoli", "LB")


def test_capitals_of_a_dateline_are_not_the_canonical_name(gazetteers: Gazetteers) -> None:
    assert names("NEW AZMAR -- A bridge", PLACE, ["NEW AZMAR"], gazetteers) == ["New Azmar"]


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Halmar Energy P.J.S.C.", "halmar energy"),
        ("The Halmar Energy Company", "halmar energy"),
        ("Bozkıran Holding A.Ş.", "bozkiran"),
        ("Noh Biologics Co., Ltd", "noh biologics"),
        ("Group", "group"),
    ],
)
def test_legal_forms_are_left_out_of_a_comparison(name: str, core: str) -> None:
    assert core_name(name) == core


def test_a_canonical_name_drops_its_legal_form_only() -> None:
    assert without_legal_form("GlobeView Analytics, Inc.") == "GlobeView Analytics"


def test_acronyms_are_initials() -> None:
    assert is_acronym_of("UNDP", "United Nations Development Programme")
    assert is_acronym_of("U.A.E.", "United Arab Emirates")
    assert not is_acronym_of("ATP", "Awami League")
