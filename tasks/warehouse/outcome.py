"""Whether a run got from the site what it requested."""

from collections import Counter

from tasks.core.listings import feed_addresses, listing_addresses
from tasks.core.rejects import MISSING, Reason
from tasks.core.reports import RunStatus
from tasks.core.run import Run
from tasks.core.staging import batches_set_aside
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_file

# So many refused stories, more than could be read, are no accident. What a person named counts
# from the first.
MIN_REFUSED_STORIES = 5

_IGNORED = (Reason.ROBOTS_FORBIDS,)
_FAILURES = {
    "feeds": "feeds gave nothing",
    "listings": "listing pages gave nothing",
    "stories": "stories could not be read",
}


def judge_run(connection: Connection, run: Run) -> tuple[RunStatus, str | None]:
    """How a run ended whose batches are loaded, and why if not well.

    It has failed if no feed, listing or story could be read, and is degraded if no feed, no
    listing, fewer than half of either or fewer than half of the stories could be, or if a batch was
    set aside.
    """
    polls = run.flow == "ingest"
    rows = run_file(
        connection,
        "runs/select_results.sql",
        run_id=run.run_id,
        started_at=run.started_at,
        feeds=feed_addresses(run.settings) if polls else [],
        listings=listing_addresses(run.settings) if polls else [],
        is_named=not polls,
        ignored=list(_IGNORED),
        missing=list(MISSING),
    ).fetchall()
    results = {kind: Counter[str | None]() for kind in _FAILURES}
    for kind, reason, count in rows:
        results[kind][reason] = count
    stories = results.pop("stories")
    causes = []
    for kind, counts in results.items():
        # None showed a story, or half were refused; some listings are always empty.
        refused = counts.total() - counts[None] - counts["empty"]
        if counts and (not counts[None] or 2 * refused >= counts.total()):
            causes.append(_cause(kind, counts))
    refused = stories.total() - stories[None]
    if refused > stories[None] and (refused >= MIN_REFUSED_STORIES or not polls):
        causes.append(_cause("stories", stories))
    if count := len(batches_set_aside(run.paths, since=run.started_at)):
        causes.append(f"{count} batches could not be loaded and were set aside")
    if not causes:
        return RunStatus.COMPLETED, None
    polled = [counts for counts in results.values() if counts]
    is_nothing = bool(polled) and not any(counts[None] for counts in (*polled, stories))
    return RunStatus.FAILED if is_nothing else RunStatus.DEGRADED, "; ".join(causes)


def _cause(kind: str, counts: Counter[str | None]) -> str:
    """Such as `39 of 39 listing pages gave nothing (forbidden 39)`."""
    reasons = ", ".join(f"{reason} {count}" for reason, count in counts.items() if reason)
    refused = counts.total() - counts[None]
    return f"{refused} of {counts.total()} {_FAILURES[kind]} ({reasons})"
