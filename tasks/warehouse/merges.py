"""What readers rule on entities: that two are one, or that they are two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tasks.core.annotations import DecisionKind, MergeResult
from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection
from tasks.warehouse.load import Matchers, begin_settling, settle
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import latest, session, transaction


def list_candidates(paths: DataPaths, most: int) -> tuple[list[str], list[tuple[object, ...]]]:
    """The pairs of entities that may be one, the most named first.

    Args:
        layout: where the warehouse lies.
        most: how many of them.

    Returns:
        Names of the columns, and the rows.

    Raises:
        OperatorError: the warehouse can't be opened.
    """
    with latest(paths) as connection:
        found = run_file(connection, "admin/select_candidates.sql", most=most)
        return [column[0] for column in found.description], found.fetchall()


def record_decision(
    paths: DataPaths,
    ruling: DecisionKind,
    entity_id: str,
    other_id: str,
    *,
    decided_at: datetime,
    wait_seconds: float,
    matchers: Matchers,
) -> MergeResult:
    """Writes down a ruling on two entities and acts by it; an earlier one on them goes.

    Args:
        layout: where the warehouse lies.
        ruling: that they are one, or two.
        entity_id: the one; merged, it counts as the other.
        other_id: the other.
        decided_at: when it was ruled.
        wait_seconds: how long to wait for another process that writes.
        matchers: decide which stories and entities are one.

    Returns:
        What came of it.

    Raises:
        UsageError: there are no two such entities, they are of two types, or other rulings
            contradict this one.
        WriterBusyError: another process writes for too long.
        OperatorError: the file can't be opened or written.
    """
    with exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds):
        with session(paths, wait_seconds=wait_seconds) as connection:
            _refuse_what_is_no_pair(connection, entity_id, other_id)
            if ruling is DecisionKind.MERGE:
                _refuse_what_is_merged(connection, entity_id, other_id)
            with transaction(connection):
                _put(connection, ruling, entity_id, other_id, decided_at, matchers=matchers)
            told = _known(connection, (entity_id, other_id))
        if told[entity_id].is_published:
            publish_copy(paths.writer_file, paths.warehouse)
    return MergeResult(
        ruling=ruling,
        name=told[entity_id].name,
        other_name=told[other_id].name,
        counts_as=told[entity_id].canonical_name,
        is_published=told[entity_id].is_published,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    type: str
    name: str
    canonical_name: str
    is_published: bool


def _known(connection: Connection, entity_ids: Iterable[str]) -> dict[str, _Known]:
    rows = run_file(connection, "admin/select_entities.sql", entity_ids=list(entity_ids)).fetchall()
    return {entity_id: _Known(*rest) for entity_id, *rest in rows}


def _refuse_what_is_no_pair(connection: Connection, entity_id: str, other_id: str) -> None:
    known = _known(connection, (entity_id, other_id))
    for wanted in (entity_id, other_id):
        if wanted not in known:
            raise UsageError(
                f"There is no entity {wanted} in the warehouse. The table entities has the ids, "
                "and so has wirehouse entities candidates."
            )
    if entity_id == other_id:
        raise UsageError(f"{entity_id} ({known[entity_id].name}) is one with itself: give two ids.")
    one, other = known[entity_id], known[other_id]
    if one.type != other.type:
        raise UsageError(
            f"{one.name} is of type {one.type} and {other.name} of type {other.type}: only "
            "entities of one type can be one."
        )


def _refuse_what_is_merged(connection: Connection, entity_id: str, other_id: str) -> None:
    """Merges that led in a circle would leave nothing for the others to count as."""
    decisions = connection.table("entity_decisions").fetchall()
    merges = [pair for *pair, decision, _ in decisions if decision == DecisionKind.MERGE]
    group = {other_id}
    while more := {one for pair in merges if group & set(pair) for one in pair} - group:
        group |= more
    if entity_id in group:
        told = _known(connection, (entity_id,))[entity_id]
        raise UsageError(
            f"{entity_id} and {other_id} are merged already and count as {told.canonical_name}. "
            "To let another name stand, split them first."
        )


def _put(
    connection: Connection,
    ruling: DecisionKind,
    entity_id: str,
    other_id: str,
    decided_at: datetime,
    *,
    matchers: Matchers,
) -> None:
    run_file(
        connection,
        "admin/record_decision.sql",
        entity_id=entity_id,
        other_id=other_id,
        decision=ruling.value,
        decided_at=decided_at,
    )
    begin_settling(connection, entity_ids=(entity_id, other_id))
    settle(connection, matchers)
    broken = run_file(connection, "admin/select_contradictions.sql").fetchall()
    for earlier, one_id, one_name, another_id, another_name in broken:
        if {one_id, another_id} == {entity_id, other_id}:
            continue
        back = DecisionKind.SPLIT if earlier == DecisionKind.MERGE else DecisionKind.MERGE
        raise UsageError(
            f"An earlier ruling says {earlier}: {one_name} ({one_id}) and {another_name} "
            f"({another_id}). Both can't hold. Nothing was changed; to take the earlier one back: "
            f"wirehouse entities {back.value} {one_id} {another_id}"
        )
    if broken:
        raise UsageError(
            f"{entity_id} and {other_id} can't be ruled on so: earlier rulings on their kin "
            "contradict it. Nothing was changed. They are in the table entity_decisions."
        )
