"""The state of a warehouse at a glance."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a lock.

    Attributes:
        process_id: the process; 0 if it has only just taken it.
        since: when it took the lock (UTC), `None` if it has only just taken it.
    """

    process_id: int
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What `wirehouse status` tells.

    Attributes:
        warehouse: the readers' copy.
        published_at: when that copy was put in place (UTC), `None` if it never was.
        counts: rows of the main tables, by the table's name.
        newest_story_at: when the newest story was published (UTC).
        last_answer_at: when the wire last answered (UTC).
        runs: the last ten runs, newest first, as rows of `run_columns`.
        run_columns: names of the columns of `runs`.
        rejects: stage, reason and count over the last seven days, most frequent first.
        coverage: the last seven days of ids and what became of them, newest first, as rows of
            `coverage_columns`; see the view `coverage_by_day`.
        coverage_columns: names of the columns of `coverage`.
        states: how many stories are in which state, by the state's name.
        losses: open loss windows, oldest first, as rows of `loss_columns`.
        loss_columns: names of the columns of `losses`.
        waiting: batches that wait, by the step they wait for: `read`, `recognise`, `load`.
        writer: who holds the writer's file now.
        bytes_on_disk: sizes of the published copy, the writer's file and the archive.
    """

    warehouse: str
    published_at: datetime | None
    counts: dict[str, int]
    newest_story_at: datetime | None
    last_answer_at: datetime | None
    run_columns: tuple[str, ...]
    runs: tuple[tuple[object, ...], ...]
    rejects: tuple[tuple[str, str, int], ...]
    coverage: tuple[tuple[object, ...], ...]
    coverage_columns: tuple[str, ...]
    states: dict[str, int]
    losses: tuple[tuple[object, ...], ...]
    loss_columns: tuple[str, ...]
    waiting: dict[str, int]
    writer: Holder | None
    bytes_on_disk: dict[str, int]
