"""Which stories to ask the wire for, by what the warehouse knows of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file
from tasks.wire.listing import Validators, Wanted
from tasks.wire.reject import Reason
from tasks.wire.settings import Settings

PASSING = (
    Reason.SERVER_ERROR,
    Reason.RATE_LIMITED,
    Reason.NO_CONNECTION,
    Reason.BROKEN_TRANSFER,
    Reason.TIMED_OUT,
)
"""Troubles of a moment: the story is asked for again by the next run."""


def wanted_stories(
    connection: Connection,
    settings: Settings,
    *,
    sighted: Path,
    pending: Iterable[Path],
    now: datetime,
) -> list[Wanted]:
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
        passing=[str(reason) for reason in PASSING],
        now=now,
        recheck_window_seconds=timedelta(hours=settings.recheck_window_hours).total_seconds(),
        recheck_interval_seconds=timedelta(hours=settings.recheck_interval_hours).total_seconds(),
        max_stories=settings.max_stories,
    ).fetchall()
    return [
        Wanted(article_id=article_id, url=url, etag=etag, last_modified=last_modified)
        for article_id, url, etag, last_modified in rows
    ]


def known_validators(connection: Connection) -> list[Validators]:
    """What each listing sent for the next conditional request, by address."""
    rows = run_file(connection, "discover/known_validators.sql").fetchall()
    return [
        Validators(url=url, etag=etag, last_modified=last_modified, checked_at=checked_at)
        for url, etag, last_modified, checked_at in rows
    ]
