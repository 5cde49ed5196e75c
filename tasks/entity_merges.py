"""Decisions of readers on entities that may be one; imports no Prefect, so it starts at once."""

from datetime import UTC, datetime

from tasks.core.annotations import DecisionKind, MergeResult
from tasks.core.paths import DataPaths
from tasks.core.settings import Settings
from tasks.duplicates.cluster import cluster_batch
from tasks.entities.quantities import find_dates_of
from tasks.entities.resolution import resolve_entities
from tasks.warehouse.load import Matchers
from tasks.warehouse.merges import list_candidates, record_decision

_MATCHERS = Matchers(
    cluster_batch=cluster_batch, resolve_entities=resolve_entities, find_dates=find_dates_of
)


def candidates(settings: Settings, *, most: int) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of the pairs of entities that may be one, the most named first."""
    return list_candidates(DataPaths(data_dir=settings.data_dir), most)


def merge(settings: Settings, entity_id: str, into_id: str) -> MergeResult:
    """Merge an entity into another, whose name stands.

    No two such entities, or a decision that contradicts this one, are a `UsageError`.
    """
    return _decide(settings, DecisionKind.MERGE, entity_id, into_id)


def split(settings: Settings, entity_id: str, other_id: str) -> MergeResult:
    """Keep two entities apart, whatever evidence there may be; errors as for `merge`."""
    return _decide(settings, DecisionKind.SPLIT, entity_id, other_id)


def _decide(settings: Settings, kind: DecisionKind, entity_id: str, other_id: str) -> MergeResult:
    return record_decision(
        DataPaths(data_dir=settings.data_dir),
        kind,
        entity_id,
        other_id,
        decided_at=datetime.now(UTC),
        wait_seconds=settings.writer_wait_seconds,
        matchers=_MATCHERS,
    )
