"""What a reader rules on entities that may be one; needs no Prefect, so it starts at once."""

from datetime import UTC, datetime

from tasks.core.annotations import DecisionKind, MergeResult
from tasks.core.paths import DataPaths
from tasks.core.settings import Settings
from tasks.duplicates.cluster import cluster_batch
from tasks.entities.resolution import resolve_entities
from tasks.warehouse import merges as rulings
from tasks.warehouse.load import Matchers

_MATCHERS = Matchers(cluster_batch=cluster_batch, resolve_entities=resolve_entities)


def candidates(settings: Settings, *, most: int) -> tuple[list[str], list[tuple[object, ...]]]:
    """The pairs of entities that may be one; see `rulings.list_candidates`."""
    return rulings.list_candidates(DataPaths(data_dir=settings.data_dir), most)


def merge(settings: Settings, entity_id: str, into_id: str) -> MergeResult:
    """Rules that two entities are one, so that the first counts as the second.

    Args:
        settings: where the data folder is.
        entity_id: the one.
        into_id: the other, whose name stands.

    Returns:
        What came of it.

    Raises:
        UsageError: there are no two such entities, or another ruling contradicts this one.
        WriterBusyError: another process writes for too long.
        OperatorError: the warehouse can't be opened or written.
    """
    return _ruled(settings, DecisionKind.MERGE, entity_id, into_id)


def split(settings: Settings, entity_id: str, other_id: str) -> MergeResult:
    """Rules that two entities are two, whatever evidence there may be; else see `merge`."""
    return _ruled(settings, DecisionKind.SPLIT, entity_id, other_id)


def _ruled(settings: Settings, ruling: DecisionKind, entity_id: str, other_id: str) -> MergeResult:
    return rulings.record_decision(
        DataPaths(data_dir=settings.data_dir),
        ruling,
        entity_id,
        other_id,
        decided_at=datetime.now(UTC),
        wait_seconds=settings.writer_wait_seconds,
        matchers=_MATCHERS,
    )
