"""What a backfill needs to know of the warehouse."""

from collections.abc import Sequence

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file
from tasks.wire.menafn.id_ranges import ranges_of


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


def gaps(connection: Connection, *, only_losses: bool = False) -> tuple[range, ...]:
    """Ids within the warehouse's stretch of the sequence that are left to be asked for.

    Args:
        connection: the writer's file or the readers' copy.
        only_losses: leave out those that lie in no open loss window.

    Returns:
        Ranges, each counting down: those of open loss windows, newest first, then all of them,
        newest first.
    """
    ((open_windows,),) = run_file(connection, "backfill/open_windows.sql").fetchall()
    if only_losses and not open_windows:
        return ()  # as nearly always, and finding the gaps costs as much as the warehouse is large
    rows = run_file(connection, "backfill/gaps.sql", only_losses=only_losses).fetchall()
    lost = [(last_id, first_id) for first_id, last_id, is_lost in rows if is_lost]
    others = [(last_id, first_id) for first_id, last_id, is_lost in rows if not is_lost]
    return ranges_of(lost) + ranges_of(others)
