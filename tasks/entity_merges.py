"""Decisions of readers on entities that may be one; imports no Prefect, so it starts at once."""

from datetime import UTC, datetime

from tasks.core.annotations import DecisionKind, MergeResult
from tasks.core.paths import DataPaths
from tasks.core.settings import Settings
from tasks.matchers import MATCHERS
from tasks.warehouse.merges import record_decision


def decide(settings: Settings, kind: DecisionKind, entity_id: str, other_id: str) -> MergeResult:
    """Merge an entity into another, whose name stands, or keep the two apart."""
    return record_decision(
        DataPaths(settings.data_dir),
        kind,
        entity_id,
        other_id,
        decided_at=datetime.now(UTC),
        wait_seconds=settings.writer_wait_seconds,
        matchers=MATCHERS,
    )
