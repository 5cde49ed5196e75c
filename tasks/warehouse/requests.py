"""Which stories to ask the wire for, by what the warehouse knows of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tasks.core.ids import ranges_of
from tasks.core.records import FetchRequest, Validators
from tasks.core.rejects import TRANSIENT
from tasks.core.settings import Settings
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_file


def wanted_stories(
    connection: Connection,
    settings: Settings,
    *,
    sighted: Path,
    pending: Iterable[Path],
    now: datetime,
) -> list[FetchRequest]:
    """The stories that a run shall ask for; see `sql/discover/wanted.sql` for the rule.

    Args:
        connection: the writer's file or the readers' copy.
        settings: how long and how often recent stories are asked for again, and how many at most.
        sighted: this run's sightings (Parquet); none where there is no such file.
        pending: captures (Parquet) of batches that wait to be read or loaded.
        now: the time to judge by (UTC).

    Returns:
        The stories, newest id first.
    """
    run_file(connection, "discover/begin_wanted.sql")
    if sighted.exists():
        run_file(connection, "discover/add_sighted.sql", path=str(sighted))
    for path in pending:
        run_file(connection, "discover/add_pending.sql", path=str(path))
    rows = run_file(
        connection,
        "discover/wanted.sql",
        passing=[str(reason) for reason in TRANSIENT],
        now=now,
        recheck_window_seconds=timedelta(hours=settings.recheck_window_hours).total_seconds(),
        recheck_interval_seconds=timedelta(hours=settings.recheck_interval_hours).total_seconds(),
        max_stories=settings.max_stories,
    ).fetchall()
    return [
        FetchRequest(article_id=article_id, url=url, etag=etag, last_modified=last_modified)
        for article_id, url, etag, last_modified in rows
    ]


def known_validators(connection: Connection) -> list[Validators]:
    """What each listing sent for the next conditional request, by address."""
    rows = run_file(connection, "discover/known_validators.sql").fetchall()
    return [
        Validators(url=url, etag=etag, last_modified=last_modified, checked_at=checked_at)
        for url, etag, last_modified, checked_at in rows
    ]


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
