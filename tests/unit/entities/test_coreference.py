"""Within an article, short forms are linked to the full name, and nothing else is."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.coreference import CoreferenceResolver
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.organisations import core_name, is_acronym_of, without_legal_form
from tests.quality.entities.articles import mark_names

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def names(body: str, kind: EntityType, surfaces: list[str], gazetteers: Gazetteers) -> list[str]:
    spans = mark_names(body, *((surface, kind) for surface in surfaces))
    _, identities = CoreferenceResolver(("", body), ((), spans), gazetteers).identities
    return [identity.name for identity in identities]


@pytest.mark.parametrize(
    ("kind", "body", "surfaces", "expected"),
    [
        (PERSON, "Bader Al-Rumaizan met Haidar Qubaisi. Al-Rumaizan thanked Qubaisi.",
         ["Bader Al-Rumaizan", "Haidar Qubaisi", "Al-Rumaizan", "Qubaisi"], ["Bader Al-Rumaizan", "Haidar Qubaisi", "Bader Al-Rumaizan", "Haidar Qubaisi"]),
        (PERSON, "Sheikh Hamad spoke before Hamad bin Jabr Al-Duraibi left.",
         ["Hamad", "Hamad bin Jabr Al-Duraibi"], ["Hamad bin Jabr Al-Duraibi"] * 2),
        (PERSON, "Bilal Khattakzai and his brother Zubair Khattakzai; Zubair stayed.",
         ["Bilal Khattakzai", "Zubair Khattakzai", "Zubair"], ["Bilal Khattakzai", "Zubair Khattakzai", "Zubair Khattakzai"]),
        (PERSON, "Ryu Hae-rim flew in. Ryu said so.",
         ["Ryu Hae-rim", "Ryu"], ["Ryu Hae-rim", "Ryu Hae-rim"]),
        (PERSON, "Khaled Al-Harmali spoke; Khalid al-Harmali left.",
         ["Khaled Al-Harmali", "Khalid al-Harmali"], ["Khaled Al-Harmali"] * 2),
        (PERSON, "Hemedti and MBS met.",
         ["Hemedti", "MBS"], ["Mohamed Hamdan Dagalo", "Mohammed bin Salman"]),
        (PERSON, "Salam left before Salameh Hourieh.",
         ["Salam", "Salameh Hourieh"], ["Salam", "Salameh Hourieh"]),
        (ORGANISATION, "Halmar Energy PJSC rose. Halmar Energy fell. Halmar won.",
         ["Halmar Energy PJSC", "Halmar Energy", "Halmar"], ["Halmar Energy"] * 3),
        (ORGANISATION, "The Awami Tameer Party (ATP) met. ATP agreed.",
         ["Awami Tameer Party", "ATP", "ATP"], ["Awami Tameer Party"] * 3),
        (ORGANISATION, "Emirates flies. Emirates NBD lends.",
         ["Emirates", "Emirates NBD"], ["Emirates", "Emirates NBD"]),
        (ORGANISATION, "Al Ahli won. Al Ahli Bank of Kuwait rose.",
         ["Al Ahli", "Al Ahli Bank of Kuwait"], ["Al Ahli", "Al Ahli Bank of Kuwait"]),
        (ORGANISATION, "The Iraqi Oil Ministry asked the Ministry of Oil of Kuwait.",
         ["Oil Ministry", "Ministry of Oil"], ["Ministry of Oil (Iraq)", "Ministry of Oil (Kuwait)"]),
        (PLACE, "NEW AZMAR -- A bridge",
         ["NEW AZMAR"], ["New Azmar"]),
    ],
)  # fmt: skip
def test_short_forms_are_linked_to_the_full_name(
    gazetteers: Gazetteers, kind: EntityType, body: str, surfaces: list[str], expected: list[str]
) -> None:
    assert names(body, kind, surfaces, gazetteers) == expected


def test_the_country_that_the_text_names_decides_among_namesakes(gazetteers: Gazetteers) -> None:
    body = "The Lebanese army left Tripoli."
    spans = mark_names(body, ("Tripoli", PLACE))
    _, [identity] = CoreferenceResolver(("", body), ((), spans), gazetteers).identities

    assert identity.country_code == "LB"


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


def test_acronyms_are_initials_and_legal_forms_are_dropped() -> None:
    assert without_legal_form("GlobeView Analytics, Inc.") == "GlobeView Analytics"
    assert is_acronym_of("UNDP", "United Nations Development Programme")
    assert is_acronym_of("U.A.E.", "United Arab Emirates")
    assert not is_acronym_of("ATP", "Awami League")
