"""Which stories to request, by what the warehouse knows of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tasks.core.ids import ranges_of
from tasks.core.records import FetchRequest, Validators
from tasks.core.rejects import TRANSIENT
from tasks.core.settings import Settings
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_available, run_file

# Ids of no possible day that one run requests: they have hardly ever a story, and cost a minute.
MAX_IMPLAUSIBLE_STORIES = 100


def select_requests(
    connection: Connection,
    settings: Settings,
    *,
    listed: Path,
    pending: Iterable[int],
    now: datetime,
    max_implausible: int = MAX_IMPLAUSIBLE_STORIES,
    ignores_rest: bool = False,
) -> list[FetchRequest]:
    """The stories that a run requests, in their order, by `sql/crawl/select_requests.sql`.

    `settings` say how long and how often recent stories are requested again, and how many at most.
    `listed` are this run's listing entries (Parquet), if there is such a file; `pending` the
    stories of batches that wait to be extracted or loaded; `max_implausible` the most ids of days
    to come, or from before there was a site; with `ignores_rest` those refused recently count too.
    """
    files: dict[str, Any] = {"listed": str(listed)} if listed.exists() else {}
    run_available(
        connection,
        "crawl/select_requests.sql",
        **files,
        pending=list(pending),
        transient=[str(reason) for reason in TRANSIENT],
        now=now,
        recheck_window_seconds=timedelta(hours=settings.recheck_window_hours).total_seconds(),
        recheck_interval_seconds=timedelta(hours=settings.recheck_interval_hours).total_seconds(),
        max_stories=settings.max_stories,
        max_implausible=max_implausible,
        ignores_rest=ignores_rest,
    )
    return [
        FetchRequest(article_id=article_id, url=url, etag=etag, last_modified=last_modified)
        for article_id, url, etag, last_modified in connection.fetchall()
    ]


def known_validators(connection: Connection) -> list[Validators]:
    """What each listing sent for the next conditional request, by address."""
    rows = connection.table("listing_validators").order("url").fetchall()
    return [
        Validators(url=url, etag=etag, last_modified=last_modified, checked_at=checked_at)
        for url, etag, last_modified, checked_at in rows
    ]


def known_captures(connection: Connection, capture_ids: Sequence[str]) -> set[str]:
    """Which of these captures, a batch's at most, the warehouse has."""
    name = "crawl/select_known_captures.sql"
    rows = run_file(connection, name, capture_ids=list(capture_ids)).fetchall()
    return {capture_id for (capture_id,) in rows}


def stories_fetched_since(connection: Connection, since: datetime, *, except_by: str) -> set[int]:
    """The stories that runs other than `except_by` have requested since then."""
    name = "crawl/select_fetched_stories.sql"
    rows = run_file(connection, name, since=since, except_by=except_by).fetchall()
    return {article_id for (article_id,) in rows}


def gaps(connection: Connection, *, only_feed_gaps: bool = False) -> tuple[range, ...]:
    """Ids within the warehouse's stretch of the sequence that are left to be requested.

    Ranges, each counting down: those of open feed gaps, newest first, then all of them, newest
    first; the latter not with `only_feed_gaps`.
    """
    rows = run_file(connection, "crawl/select_gaps.sql", only_feed_gaps=only_feed_gaps).fetchall()
    in_feed_gaps = [(last_id, first_id) for first_id, last_id, is_in_gap in rows if is_in_gap]
    others = [(last_id, first_id) for first_id, last_id, is_in_gap in rows if not is_in_gap]
    return ranges_of(in_feed_gaps) + ranges_of(others)
