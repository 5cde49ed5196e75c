"""Evidence and decisions determine which entities count as one, in any order of arrival."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.annotations import DecisionKind, MergeDecision
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.resolution import (
    Evidence,
    KnownEntity,
    MatchLevel,
    blocking_key,
    compare,
    country_companion,
    name_parts,
    resolve_entities,
)

NAMES = ("tareq nimri", "tarek nimri", "tareq omar nimri", "tariq salem nimri")
FIRM, OTHER_FIRM = "organization:firm", "organization:other"
JORDAN, CHILE = country_companion("JO"), country_companion("CL")


def person(
    entity_id: str, parts: str = "tareq nimri", *companions: str, day: int = 0, block: str = "t|n"
) -> KnownEntity:
    return KnownEntity(
        entity_id=entity_id,
        block_key=block,
        parts=tuple(parts.split()),
        companions=frozenset(companions),
        first_article_id=1109916091 + day,
    )


def merge(one: str, other: str) -> MergeDecision:
    return MergeDecision(entity_id=one, other_id=other, kind=DecisionKind.MERGE)


def split(one: str, other: str) -> MergeDecision:
    return MergeDecision(entity_id=one, other_id=other, kind=DecisionKind.SPLIT)


def test_names_that_contradict_each_other_are_never_joined_transitively() -> None:
    known = [
        person("a", "tareq omar nimri", FIRM),
        person("b", "tareq nimri", FIRM, OTHER_FIRM),
        person("c", "tareq salem nimri", OTHER_FIRM),
    ]

    found = resolve_entities(known, [])

    assert found.canonical["a"] != found.canonical["c"]
    assert len(set(found.canonical.values())) == 2
    assert len(found.candidates) == 1


@pytest.mark.parametrize(
    ("known", "decisions", "canonical", "candidates"),
    [
        # A pair with evidence counts as the one named first; a pair without is listed.
        ([person("b", "tareq nimri", JORDAN), person("a", "tarek nimri", JORDAN, day=1)], [], "bb", []),
        ([person("a", "tareq nimri", JORDAN), person("b", "tarek nimri", CHILE)], [], "ab",
         [("a", "b", Evidence.SAME_SOUND)]),
        # Evidence is transitive; a pair of clusters is listed once.
        ([person("a", "tareq nimri", JORDAN), person("b", "tareq nimri", JORDAN, FIRM, day=1),
          person("c", "tarek nimri", FIRM, day=2)], [], "aaa", []),
        ([person("a", "tareq nimri", JORDAN), person("b", "tareq nimri", JORDAN, day=1),
          person("c", "tareq nimri", CHILE, day=2), person("d", "tareq nimri", CHILE, day=3)],
         [], "aacc", [("a", "c", Evidence.SAME_NAME)]),
        # A merge joins a pair without evidence, and chooses the name.
        ([person("a"), person("b", "abu omar", block="a|m")], [merge("a", "b")], "bb", []),
        ([person(one, block=one) for one in "abc"], [merge("a", "b"), merge("b", "c")], "ccc", []),
        # The newest decision on a pair counts.
        ([person(one, block=one) for one in "ab"], [merge("a", "b"), split("b", "a")], "ab", []),
        ([person(one, block=one) for one in "ab"], [split("a", "b"), merge("a", "b")], "bb", []),
        ([person("a")], [merge("a", "gone")], "a", []),
        # A split keeps apart a pair with evidence, which is no candidate any more.
        ([person(one, "tareq nimri", FIRM) for one in "ab"], [split("a", "b")], "ab", []),
    ],
)  # fmt: skip
def test_evidence_and_decisions_join_entities(
    known: list[KnownEntity],
    decisions: list[MergeDecision],
    canonical: str,
    candidates: list[tuple[str, str, Evidence]],
) -> None:
    found = resolve_entities(known, decisions)

    assert found.canonical == dict(zip([one.entity_id for one in known], canonical, strict=True))
    assert [(one.entity_id, one.other_id, one.evidence) for one in found.candidates] == candidates


def test_a_split_is_not_undone_transitively() -> None:
    known = [person(one, "tareq nimri", FIRM, day=day) for day, one in enumerate("abc")]

    canonical = resolve_entities(known, [split("a", "c")]).canonical

    assert canonical["a"] != canonical["c"]
    assert canonical["b"] in ("a", "c")


def test_an_entity_is_in_few_candidates_however_many_namesakes_it_has() -> None:
    known = [person(f"{number:02}", "#1 #2", f"country:{number}") for number in range(40)]

    found = resolve_entities(known, [])

    assert len(set(found.canonical.values())) == 40
    listed = [one for each in found.candidates for one in (each.entity_id, each.other_id)]
    assert max(map(listed.count, listed)) <= 5


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sets(st.sampled_from((FIRM, OTHER_FIRM, JORDAN, CHILE))),
            st.integers(0, 2),
        ),
        max_size=4,
    ),
    st.lists(
        st.tuples(st.sampled_from(DecisionKind), st.integers(0, 3), st.integers(0, 3)), max_size=3
    ),
)
def test_the_order_in_which_they_became_known_makes_no_difference(
    rows: list[tuple[str, set[str], int]], rulings: list[tuple[DecisionKind, int, int]]
) -> None:
    known = [
        person(str(number), parts, *companions, day=day)
        for number, (parts, companions, day) in enumerate(rows)
    ]
    decisions = [
        MergeDecision(entity_id=str(one), other_id=str(other), kind=ruling)
        for ruling, one, other in rulings
        if one != other
    ]
    expected = resolve_entities(known, decisions)

    for order in permutations(known):
        found = resolve_entities(order, decisions)
        assert found.canonical == expected.canonical
        assert found.candidates == expected.candidates
    newest = {frozenset((one.entity_id, one.other_id)): one.kind for one in decisions}
    for pair, ruling in newest.items():
        if ruling is DecisionKind.SPLIT and pair <= expected.canonical.keys():
            one, other = pair
            assert expected.canonical[one] != expected.canonical[other]
    assert all(expected.canonical[one] == one for one in expected.canonical.values())


@pytest.mark.parametrize(
    ("one", "other", "level", "evidence"),
    [
        (("Khaled Al-Harmali", JORDAN), ("Khalid al-Harmali", JORDAN), MatchLevel.MATCH, Evidence.COUNTRY),
        (("Khalid Al-Qubaisi", JORDAN), ("Khalid Al-Kubaisi", CHILE), MatchLevel.POSSIBLE, Evidence.SAME_SOUND),
        (("Khalid Al-Harmali", JORDAN), ("Khalid al-Harmali", CHILE), MatchLevel.POSSIBLE, Evidence.SAME_NAME),
        (("Khaled Al-Harmali", FIRM), ("Khalid al-Harmali", FIRM), MatchLevel.MATCH, Evidence.ORGANISATION),
        (("Mohammed bin Khalid Al-Rumaizan", JORDAN), ("Mohammad bin Khaled Al Rumaizan", CHILE), MatchLevel.MATCH, Evidence.PARTS),
        (("Mohammed Khalid Al-Rumaizan", JORDAN), ("Mohammad Al Rumaizan", JORDAN), MatchLevel.MATCH, Evidence.COUNTRY),
        (("Ahmed Hassan", JORDAN), ("Ahmad Hasan", JORDAN), MatchLevel.POSSIBLE, Evidence.SAME_NAME),
        (("Ahmed Hassan", FIRM), ("Ahmad Hasan", FIRM), MatchLevel.MATCH, Evidence.ORGANISATION),
        (("Hamad Al-Kuwaribi", JORDAN), ("Hamid Al-Kuwaribi", JORDAN), MatchLevel.NO_MATCH, None),
        (("Rashid bin Ali Zarouni", FIRM), ("Ali bin Rashid Zarouni", FIRM), MatchLevel.NO_MATCH, None),
        (("Nimri", FIRM), ("Tareq Nimri", FIRM), MatchLevel.NO_MATCH, None),
    ],
)  # fmt: skip
def test_evidence_for_a_pair(
    gazetteers: Gazetteers,
    one: tuple[str, str],
    other: tuple[str, str],
    level: MatchLevel,
    evidence: Evidence | None,
) -> None:
    left, right = (
        KnownEntity(name, "", name_parts(name, gazetteers.given_names), frozenset([companion]), 0)
        for name, companion in (one, other)
    )

    assert compare(left, right) == (level, evidence)
    assert compare(right, left) == (level, evidence)


def test_spellings_of_one_name_share_the_blocking_key(gazetteers: Gazetteers) -> None:
    names = ("Khaled Al-Harmali", "Khalid bin Omar al Harmali", "Khalid El-Harmaly")

    assert len({blocking_key(name, gazetteers.given_names) for name in names}) == 1
    assert blocking_key("Al-Harmali", gazetteers.given_names) is None  # of one part
