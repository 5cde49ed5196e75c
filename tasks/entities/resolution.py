"""Entity resolution across articles: record linkage of persons by name and context.

Pairs that share a blocking key are compared; their evidence and the decisions of readers determine
the clusters. The order in which entities became known makes no difference, so that a rebuilt
warehouse joins the same ones.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from tasks.core.annotations import DecisionKind, MergeDecision
from tasks.entities.normalise import NAMESAKE_PARTS, TELLING_PARTS
from tasks.entities.person_names import (
    GivenNames,
    core_parts,
    is_given,
    parts_in_common,
    tokens_agree,
)

_COUNTRY = "country:"
_MAX_CANDIDATES = 5  # doubtful pairs that one entity is listed in


class MatchLevel(StrEnum):
    """The verdict on a pair of persons."""

    MATCH = "match"
    POSSIBLE = "possible match"  # kept apart, and listed for a reader to decide
    NO_MATCH = "no match"


class Evidence(StrEnum):
    """Why two persons are one, or may be; the strongest first."""

    PARTS = "three parts of the name agree"
    ORGANISATION = "named beside the same organisation"
    COUNTRY = "named with the same country"
    SAME_NAME = "the same name, in other company"
    SAME_SOUND = "names that sound alike, in other company"


_STRENGTH = {evidence: rank for rank, evidence in enumerate(Evidence)}


class KnownEntity(NamedTuple):
    """An entity that may be one with others; a row of the warehouse."""

    entity_id: str
    block_key: str | None  # only entities of one block are compared; `None` for all but persons
    parts: tuple[str, ...]  # of a person's name, each as `GivenNames.token` gives it
    # Ids of organisations named in the same sentence, countries as `country_companion` gives them.
    companions: frozenset[str]
    first_article_id: int  # the smallest id of a story that has named it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two entities that may be one, for a reader to decide; `entity_id` sorts first."""

    entity_id: str
    other_id: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedEntities:
    """Which entities count as one."""

    canonical: dict[str, str]  # for each entity the one that it counts as, perhaps itself
    candidates: list[Candidate]  # the doubtful pairs


def country_companion(code: str) -> str:
    """A country that an article is about, as a companion of the persons it names."""
    return _COUNTRY + code


def name_parts(name: str, given: GivenNames) -> tuple[str, ...]:
    """The parts of a person's name as they are compared across articles."""
    return tuple(given.token(part) for part in core_parts(name))


def blocking_key(name: str, given: GivenNames) -> str | None:
    """The sounds of a name's first and last part, as in `#0|rmsn`: only equal keys are compared.

    `None` for a name of one part, which never makes one person of two.
    """
    parts = core_parts(name)
    if len(parts) < NAMESAKE_PARTS:
        return None
    return f"{given.phonetic_key(parts[0])}|{given.phonetic_key(parts[-1])}"


def compare(left: KnownEntity, right: KnownEntity) -> tuple[MatchLevel, Evidence | None]:
    """Whether two persons are one, and by what evidence if they match or may.

    They match when three parts of their names agree, or two parts and an organisation or a country
    named with both. Where both parts are common given names, a country is not enough.
    """
    common = _count_common_parts(left.parts, right.parts)
    if common < NAMESAKE_PARTS:
        return MatchLevel.NO_MATCH, None
    if common >= TELLING_PARTS:
        return MatchLevel.MATCH, Evidence.PARTS
    if shared := left.companions & right.companions:  # mostly none: what follows takes longer
        if any(not companion.startswith(_COUNTRY) for companion in shared):
            return MatchLevel.MATCH, Evidence.ORGANISATION
        shorter = left.parts if len(left.parts) <= len(right.parts) else right.parts
        if not all(map(is_given, shorter)):
            return MatchLevel.MATCH, Evidence.COUNTRY
    is_same_name = left.parts == right.parts
    return MatchLevel.POSSIBLE, Evidence.SAME_NAME if is_same_name else Evidence.SAME_SOUND


@lru_cache(maxsize=65_536)
def _count_common_parts(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    return parts_in_common(left, right, tokens_agree)


def resolve_entities(
    rows: Iterable[tuple[str, str | None, Sequence[str], Collection[str], int]],
    decisions: Iterable[MergeDecision],
) -> ResolvedEntities:
    """Which entities count as one; the rows are whole blocks and all that decisions tie to them.

    A reader's decisions, oldest first, come before the likeliest pairs. No join unites two entities
    that a reader split or whose names contradict each other. Each cluster counts as the member that
    the reader chose, else as the one named first.
    """
    entities = [
        KnownEntity(entity_id, block_key, tuple(parts), frozenset(companions), first_article_id)
        for entity_id, block_key, parts, companions, first_article_id in rows
    ]
    clusters = _Clusters({entity.entity_id: entity for entity in entities}, decisions)
    matches, possible = _compare_blocks(entities)
    for _, one, other in matches:
        clusters.join(one, other)
    canonical = {entity.entity_id: clusters.canonical(entity.entity_id) for entity in entities}
    candidates: dict[tuple[str, str], Candidate] = {}  # one for each two clusters, likeliest first
    counts: Counter[str] = Counter()
    for evidence, one, other in (*matches, *possible):
        first, second = canonical[one], canonical[other]
        if first > second:
            first, second = second, first
        if first == second or (first, second) in candidates:
            continue
        is_full = max(counts[first], counts[second]) >= _MAX_CANDIDATES
        if is_full or clusters.are_refused(one, other):
            continue
        counts.update((first, second))
        candidates[first, second] = Candidate(entity_id=first, other_id=second, evidence=evidence)
    return ResolvedEntities(canonical=canonical, candidates=list(candidates.values()))


_Pair = tuple[Evidence, str, str]


def _compare_blocks(entities: Iterable[KnownEntity]) -> tuple[list[_Pair], list[_Pair]]:
    """The matching pairs of each block and the possible ones, the likeliest first."""
    blocks: defaultdict[str, list[KnownEntity]] = defaultdict(list)
    for entity in sorted(entities, key=lambda entity: entity.entity_id):
        if entity.block_key is not None:
            blocks[entity.block_key].append(entity)
    pairs: defaultdict[MatchLevel, list[_Pair]] = defaultdict(list)
    for block in blocks.values():
        for one, other in combinations(block, 2):
            level, evidence = compare(one, other)
            if evidence:
                pairs[level].append((evidence, one.entity_id, other.entity_id))
    for found in pairs.values():
        found.sort(key=lambda pair: (_STRENGTH[pair[0]], *pair[1:]))
    return pairs[MatchLevel.MATCH], pairs[MatchLevel.POSSIBLE]


class _Clusters:
    """Entities by the cluster they are in; a cluster never holds two that can't be one."""

    def __init__(self, known: dict[str, KnownEntity], decisions: Iterable[MergeDecision]) -> None:
        self._known = known
        self._cluster: dict[str, set[str]] = {entity_id: {entity_id} for entity_id in known}
        newest = {frozenset((one.entity_id, one.other_id)): one for one in decisions}
        both = {pair: one for pair, one in newest.items() if pair <= known.keys()}
        self._refused = [pair for pair, one in both.items() if one.kind is DecisionKind.SPLIT]
        self._superseded: set[str] = set()  # by the reader's choice they count as another
        for one in reversed(both.values()):
            if one.kind is DecisionKind.MERGE and self._unite(one.entity_id, one.other_id):
                self._superseded.add(one.entity_id)

    def canonical(self, entity_id: str) -> str:
        """The member that represents its cluster."""
        return min(
            self._cluster[entity_id],
            key=lambda one: (one in self._superseded, self._known[one].first_article_id, one),
        )

    def join(self, one: str, other: str) -> None:
        """Joins two clusters, unless names in them contradict each other or a reader refused."""
        if self._cluster[one] is not self._cluster[other] and not any(
            block == other_block and _count_common_parts(parts, other_parts) < NAMESAKE_PARTS
            for block, parts in self._names(one)
            for other_block, other_parts in self._names(other)
        ):
            self._unite(one, other)

    def _names(self, entity_id: str) -> set[tuple[str | None, tuple[str, ...]]]:
        """The different names in a cluster, each with its block."""
        members = map(self._known.__getitem__, self._cluster[entity_id])
        return {(one.block_key, one.parts) for one in members}

    def are_refused(self, one: str, other: str) -> bool:
        """Whether a reader has refused any pair between two clusters."""
        left, right = self._cluster[one], self._cluster[other]
        return any(pair & left and pair & right for pair in self._refused)

    def _unite(self, one: str, other: str) -> bool:
        if self._cluster[one] is self._cluster[other]:
            return True
        if self.are_refused(one, other):
            return False
        self._cluster[one] |= self._cluster[other]
        for member in self._cluster[one]:
            self._cluster[member] = self._cluster[one]
        return True
