"""Across articles, a likeness of names needs evidence."""

import pytest

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.resolution import (
    Evidence,
    KnownEntity,
    MatchLevel,
    blocking_key,
    compare,
    country_companion,
    name_parts,
)

OMAN, CHILE = country_companion("OM"), country_companion("CL")
FIRM = "organization:0123456789abcdef"


@pytest.mark.parametrize(
    ("one", "other", "verdict", "evidence"),
    [
        (("Khaled Al-Harmali", OMAN), ("Khalid al-Harmali", OMAN), MatchLevel.MATCH, Evidence.COUNTRY),
        (("Khalid Al-Qubaisi", OMAN), ("Khalid Al-Kubaisi", CHILE), MatchLevel.POSSIBLE, Evidence.SAME_SOUND),
        (("Khalid Al-Harmali", OMAN), ("Khalid al-Harmali", CHILE), MatchLevel.POSSIBLE, Evidence.SAME_NAME),
        (("Khaled Al-Harmali", FIRM), ("Khalid al-Harmali", FIRM), MatchLevel.MATCH, Evidence.ORGANISATION),
        (("Mohammed bin Khalid Al-Rumaizan", OMAN), ("Mohammad bin Khaled Al Rumaizan", CHILE), MatchLevel.MATCH, Evidence.PARTS),
        (("Mohammed Khalid Al-Rumaizan", OMAN), ("Mohammad Al Rumaizan", OMAN), MatchLevel.MATCH, Evidence.COUNTRY),
        (("Ahmed Hassan", OMAN), ("Ahmad Hasan", OMAN), MatchLevel.POSSIBLE, Evidence.SAME_NAME),
        (("Ahmed Hassan", FIRM), ("Ahmad Hasan", FIRM), MatchLevel.MATCH, Evidence.ORGANISATION),
        (("Hamad Al-Kuwaribi", OMAN), ("Hamid Al-Kuwaribi", OMAN), MatchLevel.NO_MATCH, None),
        (("Rashid bin Ali Zarouni", FIRM), ("Ali bin Rashid Zarouni", FIRM), MatchLevel.NO_MATCH, None),
        (("Nimri", FIRM), ("Tareq Nimri", FIRM), MatchLevel.NO_MATCH, None),
    ],
)  # fmt: skip
def test_what_makes_two_persons_one(
    gazetteers: Gazetteers,
    one: tuple[str, str],
    other: tuple[str, str],
    verdict: MatchLevel,
    evidence: Evidence | None,
) -> None:
    left, right = (
        KnownEntity(name, "", name_parts(name, gazetteers.given_names), frozenset([companion]), 0)
        for name, companion in (one, other)
    )

    assert compare(left, right) == (verdict, evidence)
    assert compare(right, left) == (verdict, evidence)


def test_spellings_of_one_name_share_the_blocking_key(gazetteers: Gazetteers) -> None:
    keys = {
        blocking_key(name, gazetteers.given_names)
        for name in ("Khaled Al-Harmali", "Khalid bin Omar al Harmali", "Khalid El-Harmaly")
    }

    assert len(keys) == 1


def test_a_name_of_one_part_is_compared_with_nothing(gazetteers: Gazetteers) -> None:
    assert blocking_key("Al-Harmali", gazetteers.given_names) is None
