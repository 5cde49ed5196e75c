"""Across articles, a likeness of names needs evidence."""

import pytest

from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.matching import Profile, Verdict, blocking_key, decide
from tasks.wire.entity import EntityType

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def person(name: str, *, at: str = "", of: str = "") -> Profile:
    return Profile(
        type=PERSON,
        name=name,
        organisations=frozenset(filter(None, [of])),
        places=frozenset(filter(None, [at])),
    )


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (person("Khaled Al-Harmali", at="Oman"), person("Khalid al-Harmali", at="Oman"), Verdict.SAME),
        (person("Khaled Al-Harmali", at="Oman"), person("Khalid al-Harmali", at="Chile"), Verdict.MAYBE),
        (
            person("Mohammed bin Khalid Al-Rumaizan", at="Kuwait"),
            person("Mohammad bin Khaled Al Rumaizan", at="Chile"),
            Verdict.SAME,
        ),
        (
            person("Wael Shamoun", of="ADNOC"),
            person("Wa'el Shamoun", of="Abu Dhabi National Oil Company"),
            Verdict.SAME,
        ),
        (person("Ahmed Hassan", at="Egypt"), person("Ahmad Hasan", at="Egypt"), Verdict.MAYBE),
        (person("Hamad Al-Kuwaribi", at="Qatar"), person("Hamid Al-Kuwaribi", at="Qatar"), Verdict.DIFFERENT),
        (person("Hemedti"), person("Mohamed Hamdan Dagalo"), Verdict.SAME),
        (person("Nimri", at="Jordan"), person("Tareq Nimri", at="Jordan"), Verdict.DIFFERENT),
    ],
)  # fmt: skip
def test_persons(knowledge: Knowledge, left: Profile, right: Profile, verdict: Verdict) -> None:
    assert decide(left, right, knowledge) is verdict
    assert decide(right, left, knowledge) is verdict


def test_organisations_and_places_are_one_by_identity(knowledge: Knowledge) -> None:
    kuwait, egypt = frozenset(["Kuwait"]), frozenset(["Cairo"])
    ministry = Profile(type=ORGANISATION, name="Finance Ministry", places=kuwait)
    same = Profile(type=ORGANISATION, name="Ministry of Finance", places=kuwait)
    other = Profile(type=ORGANISATION, name="Ministry of Finance", places=egypt)

    assert decide(ministry, same, knowledge) is Verdict.SAME
    assert decide(ministry, other, knowledge) is Verdict.DIFFERENT


def test_spellings_of_one_name_share_the_blocking_key(knowledge: Knowledge) -> None:
    keys = {
        blocking_key(name, PERSON, knowledge)
        for name in ("Khaled Al-Harmali", "Khalid bin Omar al Harmali", "Khalid El-Harmaly")
    }

    assert len(keys) == 1


def test_an_alias_shares_the_blocking_key_of_its_name(knowledge: Knowledge) -> None:
    assert blocking_key("Hemedti", PERSON, knowledge) == blocking_key(
        "Mohamed Hamdan Dagalo", PERSON, knowledge
    )
