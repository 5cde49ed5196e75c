"""Decisions of readers on entities: that two are merged, or kept apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tasks.core.annotations import DecisionKind, MergeResult
from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.load import Matchers, begin_settling, settle
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish_file
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import open_snapshot, session


def list_candidates(paths: DataPaths, most: int) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of the pairs of entities that may be one, the most named first."""
    with open_snapshot(paths) as connection:
        found = run_file(connection, "admin/select_candidates.sql", most=most)
        return [column[0] for column in found.description], found.fetchall()


def record_decision(
    paths: DataPaths,
    kind: DecisionKind,
    entity_id: str,
    other_id: str,
    *,
    decided_at: datetime,
    wait_seconds: float,
    matchers: Matchers,
) -> MergeResult:
    """Record a decision on two entities and apply it; it replaces an earlier one on them.

    Merged, the first entity counts as the other. A `UsageError` where there are no two such
    entities, they are of two types, or other decisions contradict this one.
    """
    pair = (entity_id, other_id)
    with exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds):
        with session(paths, wait_seconds=wait_seconds) as connection:
            _require_pair(connection, entity_id, other_id)
            if kind is DecisionKind.MERGE:
                _require_unmerged(connection, entity_id, other_id)
            with transaction(connection):
                run_file(
                    connection,
                    "admin/record_decision.sql",
                    entity_id=entity_id,
                    other_id=other_id,
                    decision=kind.value,
                    decided_at=decided_at,
                )
                begin_settling(connection, entity_ids=pair)
                settle(connection, matchers)
                _require_no_conflict(connection, pair)
            entities = _select_entities(connection, pair)
        if entities[entity_id].is_published:
            publish_file(paths.writer_file, paths)
    return MergeResult(
        kind=kind,
        name=entities[entity_id].name,
        other_name=entities[other_id].name,
        counts_as=entities[entity_id].canonical_name,
        is_published=entities[entity_id].is_published,
    )


@dataclass(frozen=True, slots=True)
class _Entity:
    type: str
    name: str
    canonical_name: str
    is_published: bool


def _select_entities(connection: Connection, entity_ids: Iterable[str]) -> dict[str, _Entity]:
    rows = run_file(connection, "admin/select_entities.sql", entity_ids=list(entity_ids)).fetchall()
    return {entity_id: _Entity(*columns) for entity_id, *columns in rows}


def _require_pair(connection: Connection, entity_id: str, other_id: str) -> None:
    entities = _select_entities(connection, (entity_id, other_id))
    for given in (entity_id, other_id):
        if given not in entities:
            raise UsageError(
                f"There is no entity {given} in the warehouse. The view entity_names has the ids, "
                "and so has wirehouse entities candidates."
            )
    entity, other = entities[entity_id], entities[other_id]
    if entity_id == other_id:
        raise UsageError(f"{entity_id} ({entity.name}) is one with itself: give two ids.")
    if entity.type != other.type:
        raise UsageError(
            f"{entity.name} is of type {entity.type} and {other.name} of type {other.type}: only "
            "entities of one type can be merged."
        )


def _require_unmerged(connection: Connection, entity_id: str, other_id: str) -> None:
    """Merges that led in a circle would leave nothing for the others to count as."""
    decisions = connection.table("entity_decisions").fetchall()
    merges = [pair for *pair, decision, _ in decisions if decision == DecisionKind.MERGE]
    group = {other_id}
    while more := {one for pair in merges if group & set(pair) for one in pair} - group:
        group |= more
    if entity_id in group:
        entity = _select_entities(connection, (entity_id,))[entity_id]
        raise UsageError(
            f"{entity_id} and {other_id} are merged already and count as {entity.canonical_name}. "
            "To let another name stand, split them first."
        )


def _require_no_conflict(connection: Connection, pair: tuple[str, str]) -> None:
    conflicts = run_file(connection, "admin/select_contradictions.sql").fetchall()
    for kind, entity_id, name, other_id, other_name in conflicts:
        if {entity_id, other_id} == set(pair):
            continue
        inverse = DecisionKind.SPLIT if kind == DecisionKind.MERGE else DecisionKind.MERGE
        raise UsageError(
            f"An earlier decision says {kind}: {name} ({entity_id}) and {other_name} ({other_id}). "
            "Both can't hold. Nothing was changed; to take the earlier one back: "
            f"wirehouse entities {inverse.value} {entity_id} {other_id}"
        )
    if conflicts:
        raise UsageError(
            f"Earlier decisions on entities related to {' and '.join(pair)} contradict this one. "
            "Nothing was changed. They are in the table ops.entity_decisions."
        )
