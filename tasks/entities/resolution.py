"""Which entities count as one: by evidence, and by what a reader has confirmed or refused.

The outcome follows from what is known of the entities alone, not from the order in which they
became known, so that a warehouse that is rebuilt joins the same ones.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from tasks.core.annotations import (
    Candidate,
    DecisionKind,
    KnownEntity,
    MergeDecision,
    Profile,
    ResolvedEntities,
)
from tasks.entities.normalise import NAMESAKE_PARTS, TELLING_PARTS
from tasks.entities.person_names import (
    GivenNames,
    core_parts,
    is_given,
    parts_in_common,
    tokens_agree,
)

_COUNTRY = "country:"


class Verdict(StrEnum):
    """What is to be done with two persons."""

    SAME = "same"  # join
    MAYBE = "maybe"  # keep apart, and list for a reader to settle
    DIFFERENT = "different"  # keep apart


class Evidence(StrEnum):
    """Why two persons are one, or may be; the strongest first."""

    PARTS = "three parts of the name agree"
    ORGANISATION = "named beside the same organisation"
    COUNTRY = "named with the same country"
    SAME_NAME = "the same name, in other company"
    SAME_SOUND = "names that sound alike, in other company"


EVIDENCE = tuple(Evidence)


def country_companion(code: str) -> str:
    """A country that an article is about, as a companion of the persons it names."""
    return _COUNTRY + code


def name_parts(name: str, given: GivenNames) -> tuple[str, ...]:
    """The parts of a person's name as they are compared across articles."""
    return tuple(given.token(part) for part in core_parts(name))


def blocking_key(name: str, given: GivenNames) -> str | None:
    """What the names of two persons must share for the two to be compared at all.

    Returns:
        The sounds of the first and the last part, as in `#0|rmsn`; `None` for a name of one part,
        which never makes one person of two.
    """
    parts = core_parts(name)
    if len(parts) < NAMESAKE_PARTS:
        return None
    return f"{given.sound(parts[0])}|{given.sound(parts[-1])}"


def decide(left: Profile, right: Profile) -> tuple[Verdict, Evidence | None]:
    """Whether two persons are one, and why.

    They are when three parts of their names agree, or two parts and an organisation or a country
    named with both. Where both parts are common given names, a country is not enough.

    Args:
        left: one person.
        right: the other.

    Returns:
        The verdict, and its evidence if it is not `DIFFERENT`.
    """
    common = _parts_in_common(left.parts, right.parts)
    if common < NAMESAKE_PARTS:
        return Verdict.DIFFERENT, None
    if common >= TELLING_PARTS:
        return Verdict.SAME, Evidence.PARTS
    shared = left.companions & right.companions
    if any(not one.startswith(_COUNTRY) for one in shared):
        return Verdict.SAME, Evidence.ORGANISATION
    shorter = left.parts if len(left.parts) <= len(right.parts) else right.parts
    if shared and not all(map(is_given, shorter)):
        return Verdict.SAME, Evidence.COUNTRY
    is_same_name = left.parts == right.parts
    return Verdict.MAYBE, Evidence.SAME_NAME if is_same_name else Evidence.SAME_SOUND


def contradict(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names, each by its parts, can't be one person's."""
    return _parts_in_common(left, right) < NAMESAKE_PARTS


@lru_cache(maxsize=65_536)
def _parts_in_common(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    return parts_in_common(left, right, tokens_agree)


_MOST_CANDIDATES = 5  # doubtful pairs that one entity is listed in


def resolve_entities(
    entities: Sequence[KnownEntity], decisions: Iterable[MergeDecision]
) -> ResolvedEntities:
    """Which of some entities count as one.

    A reader's confirmations come first, then the likeliest pairs. None is joined that would put
    two into one that a reader refused or whose names contradict each other. Of several that are
    one the reader's choice counts, else the one that the wire named first.

    Args:
        entities: whole blocks of them, and whatever decisions tie to those.
        decisions: the rulings on any of them, oldest first.
    """
    groups = _Groups({one.entity_id: one for one in entities}, decisions)
    likely, doubtful = _compared(entities)
    for _, one, other in likely:
        groups.join(one, other)
    canonical = {
        one.entity_id: min(groups.members(one.entity_id), key=groups.rank) for one in entities
    }
    return ResolvedEntities(
        canonical=canonical, candidates=_candidates(canonical, likely, doubtful, groups)
    )


_Pair = tuple[Evidence, str, str]


class _Groups:
    """Entities by the group they are in; a group never holds two that can't be one."""

    def __init__(self, known: dict[str, KnownEntity], decisions: Iterable[MergeDecision]) -> None:
        self._known = known
        self._group: dict[str, set[str]] = {one: {one} for one in known}
        newest = {frozenset((one.entity_id, one.other_id)): one for one in decisions}
        both = [one for one in newest.values() if {one.entity_id, one.other_id} <= known.keys()]
        self._refused = {
            frozenset((one.entity_id, one.other_id))
            for one in both
            if one.ruling is DecisionKind.SPLIT
        }
        self._given_up: set[str] = set()
        for one in reversed(both):
            if one.ruling is DecisionKind.MERGE and self._unite(one.entity_id, one.other_id):
                self._given_up.add(one.entity_id)

    def members(self, entity_id: str) -> set[str]:
        return self._group[entity_id]

    def rank(self, entity_id: str) -> tuple[bool, int, str]:
        """Orders a group; the least is the one that all count as."""
        is_given_up = entity_id in self._given_up
        return is_given_up, self._known[entity_id].first_article_id, entity_id

    def join(self, one: str, other: str) -> None:
        """Joins two groups, unless names in them contradict each other or a reader refused."""
        if self._group[one] is not self._group[other] and not any(
            block == other_block and contradict(parts, other_parts)
            for block, parts in self._names(one)
            for other_block, other_parts in self._names(other)
        ):
            self._unite(one, other)

    def _names(self, entity_id: str) -> set[tuple[str | None, tuple[str, ...]]]:
        """The different names in a group, each with its block."""
        members = map(self._known.__getitem__, self._group[entity_id])
        return {(one.block_key, one.profile.parts) for one in members}

    def are_refused(self, one: str, other: str) -> bool:
        """Whether a reader has refused any pair between two groups."""
        left, right = self._group[one], self._group[other]
        return any(pair & left and pair & right for pair in self._refused)

    def _unite(self, one: str, other: str) -> bool:
        if self._group[one] is self._group[other]:
            return True
        if self.are_refused(one, other):
            return False
        self._group[one] |= self._group[other]
        for member in self._group[one]:
            self._group[member] = self._group[one]
        return True


def _compared(entities: Iterable[KnownEntity]) -> tuple[list[_Pair], list[_Pair]]:
    """The pairs of each block that are one and those that may be, the likeliest first."""
    found: defaultdict[Verdict, list[_Pair]] = defaultdict(list)
    for one, other in _pairs(entities):
        verdict, evidence = decide(one.profile, other.profile)
        if evidence:
            found[verdict].append((evidence, one.entity_id, other.entity_id))
    for pairs in found.values():
        pairs.sort(key=lambda pair: (EVIDENCE.index(pair[0]), *pair[1:]))
    return found[Verdict.SAME], found[Verdict.MAYBE]


def _pairs(entities: Iterable[KnownEntity]) -> Iterator[tuple[KnownEntity, KnownEntity]]:
    blocks: defaultdict[str, list[KnownEntity]] = defaultdict(list)
    for one in entities:
        if one.block_key is not None:
            blocks[one.block_key].append(one)
    for block in blocks.values():
        yield from combinations(sorted(block, key=lambda one: one.entity_id), 2)


def _candidates(
    canonical: dict[str, str], likely: list[_Pair], doubtful: list[_Pair], groups: _Groups
) -> list[Candidate]:
    """One for each two groups, the likeliest first, and few for any one of them."""
    found: dict[tuple[str, str], Candidate] = {}
    counts: Counter[str] = Counter()
    for evidence, one, other in (*likely, *doubtful):
        first, second = sorted((canonical[one], canonical[other]))
        if first == second or (first, second) in found:
            continue
        if max(counts[first], counts[second]) >= _MOST_CANDIDATES or groups.are_refused(one, other):
            continue
        counts.update((first, second))
        found[first, second] = Candidate(entity_id=first, other_id=second, evidence=evidence)
    return list(found.values())
