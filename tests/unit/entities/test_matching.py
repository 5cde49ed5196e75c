"""Across articles, a likeness of names needs evidence."""

import pytest

from tasks.core.annotations import Profile
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.resolution import (
    Evidence,
    Verdict,
    blocking_key,
    country_companion,
    decide,
    name_parts,
)

OMAN, CHILE = country_companion("OM"), country_companion("CL")
FIRM = "organization:0123456789abcdef"


@pytest.mark.parametrize(
    ("one", "other", "verdict", "evidence"),
    [
        (("Khaled Al-Harmali", OMAN), ("Khalid al-Harmali", OMAN), Verdict.SAME, Evidence.COUNTRY),
        (("Khalid Al-Qubaisi", OMAN), ("Khalid Al-Kubaisi", CHILE), Verdict.MAYBE, Evidence.SAME_SOUND),
        (("Khalid Al-Harmali", OMAN), ("Khalid al-Harmali", CHILE), Verdict.MAYBE, Evidence.SAME_NAME),
        (("Khaled Al-Harmali", FIRM), ("Khalid al-Harmali", FIRM), Verdict.SAME, Evidence.ORGANISATION),
        (("Mohammed bin Khalid Al-Rumaizan", OMAN), ("Mohammad bin Khaled Al Rumaizan", CHILE), Verdict.SAME, Evidence.PARTS),
        (("Mohammed Khalid Al-Rumaizan", OMAN), ("Mohammad Al Rumaizan", OMAN), Verdict.SAME, Evidence.COUNTRY),
        (("Ahmed Hassan", OMAN), ("Ahmad Hasan", OMAN), Verdict.MAYBE, Evidence.SAME_NAME),
        (("Ahmed Hassan", FIRM), ("Ahmad Hasan", FIRM), Verdict.SAME, Evidence.ORGANISATION),
        (("Hamad Al-Kuwaribi", OMAN), ("Hamid Al-Kuwaribi", OMAN), Verdict.DIFFERENT, None),
        (("Rashid bin Ali Zarouni", FIRM), ("Ali bin Rashid Zarouni", FIRM), Verdict.DIFFERENT, None),
        (("Nimri", FIRM), ("Tareq Nimri", FIRM), Verdict.DIFFERENT, None),
    ],
)  # fmt: skip
def test_what_makes_two_persons_one(
    knowledge: Gazetteers,
    one: tuple[str, str],
    other: tuple[str, str],
    verdict: Verdict,
    evidence: Evidence | None,
) -> None:
    left, right = (
        Profile(parts=name_parts(name, knowledge.given_names), companions=frozenset([companion]))
        for name, companion in (one, other)
    )

    assert decide(left, right) == (verdict, evidence)
    assert decide(right, left) == (verdict, evidence)


def test_spellings_of_one_name_share_the_blocking_key(knowledge: Gazetteers) -> None:
    keys = {
        blocking_key(name, knowledge.given_names)
        for name in ("Khaled Al-Harmali", "Khalid bin Omar al Harmali", "Khalid El-Harmaly")
    }

    assert len(keys) == 1


def test_a_name_of_one_part_is_compared_with_nothing(knowledge: Gazetteers) -> None:
    assert blocking_key("Al-Harmali", knowledge.given_names) is None
