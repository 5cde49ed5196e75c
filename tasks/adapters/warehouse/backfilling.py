"""What a backfill needs to know of the warehouse."""

from collections.abc import Sequence

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file


def known_captures(connection: Connection, capture_ids: Sequence[str]) -> set[str]:
    """Which of these captures the warehouse has.

    Args:
        connection: the writer's file or the readers' copy.
        capture_ids: ids of captures, a batch's at most.
    """
    rows = run_file(
        connection, "backfill/known_captures.sql", capture_ids=list(capture_ids)
    ).fetchall()
    return {capture_id for (capture_id,) in rows}
