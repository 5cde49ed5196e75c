"""What commands report of runs, checks, take-downs, backups and so on. Instants are in UTC."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

_MAX_SHOWN_CHARS = 80


def printable(text: str, *, keep: str = "\n") -> str:
    """The text with control and format characters escaped, but for those to keep.

    What the site sent can so never move a terminal's cursor or set its title.
    """
    return "".join(
        letter
        if letter.isprintable() or letter in keep
        else letter.encode("unicode_escape").decode()
        for letter in text
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one batch brought."""

    discovered: int = 0  # stories seen in feeds and listings
    fetched: int = 0  # responses for stories, other than "not modified"
    not_modified: int = 0
    extracted: int = 0  # pages that an article was extracted from
    inserted: int = 0  # stories that are new in the warehouse
    updated: int = 0  # stories whose row was replaced by a newer version
    unchanged: int = 0  # extractions that left the story's row as it was
    rejected: int = 0
    mentions: int = 0

    def __str__(self) -> str:
        """Those that are not zero, such as `12 fetched, 12 inserted`."""
        counts = [f"{count} {name}" for name, count in asdict(self).items() if count]
        return ", ".join(counts).replace("_", " ") or "nothing new"


class RunStatus(StrEnum):
    COMPLETED = "completed"
    DEGRADED = "degraded"  # published, though most of one kind of address gave nothing
    FAILED = "failed"
    SKIPPED = "skipped"  # another run had the data folder, or nothing was due; it leaves no row


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One run in numbers; its fields are the keys of the commands' `--json` line.

    The counts are those of the batches that the run loaded, so a run that loads what an interrupted
    one left has them too.
    """

    run_id: str
    flow: str
    status: str  # as in RunStatus
    started_at: datetime
    finished_at: datetime
    discovered: int  # this and the following as in Counts
    fetched: int
    not_modified: int
    extracted: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    mentions: int
    seconds: float
    detail: str | None  # why it is not completed, in one line


class Severity(StrEnum):
    """What a broken check means."""

    FAIL = "fail"  # the run fails and nothing is published
    WARN = "warn"  # a person should look, and readers get the new copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim of `sql/checks` that does not hold."""

    check: str  # the file's name without its ending: the claim
    severity: Severity
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]  # the first offending ones
    count: int  # how many rows offend

    def message(self) -> str:
        """One line: `tokens_name_their_story: 2 rows, such as article_id=1109916091`."""

        def shown(value: object) -> str:
            text = str(value)
            is_long = len(text) > _MAX_SHOWN_CHARS
            return printable(f"{text[: _MAX_SHOWN_CHARS - 1]}…" if is_long else text, keep="")

        examples = "; ".join(
            ", ".join(f"{name}={shown(one)}" for name, one in zip(self.columns, row, strict=True))
            for row in self.rows
        )
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        return f"{self.check}: {rows}, such as {examples}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContents:
    """A digest of one table's contents, whenever and by whichever run they were loaded."""

    table: str
    rows: int  # see sql/contents for the rows and columns that count
    digest: str  # hexadecimal, of those rows in any order


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A digest of a warehouse's contents; tables by name."""

    tables: tuple[TableContents, ...]

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 over all tables."""
        lines = (f"{one.table} {one.rows} {one.digest}\n" for one in self.tables)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


class Level(StrEnum):
    """How an examined part of the installation is."""

    OK = "OK"
    WARN = "WARN"  # runs work, and something should be done
    FAIL = "FAIL"  # runs can't work, or something is lost


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What `wirehouse doctor` finds about one part of the installation."""

    subject: str
    level: Level
    detail: str
    advice: str = ""  # what to do, if anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would request if it started now, as far as the warehouse knows."""

    flow: str
    as_of: datetime | None  # of the newest response that is known
    requests: int  # all of them, robots.txt included; some listings have fewer pages
    seconds: float  # the least time that they take; 0.0 where no pace is set
    seconds_per_request: float
    robots_delay_seconds: float | None  # what the last robots.txt requires, `None` if unknown
    listing_requests: int  # feeds and listing pages, most of them answered by "not modified"
    story_requests: int  # new stories, re-checks and ids of gaps that are known by now
    expected_requests: int | None  # stories that listings will show anew; `None` if unknown
    # Each feed and listing, when it was polled last, when a schedule polls it next, and how many of
    # the stories it showed.
    listings: tuple[tuple[str, datetime | None, datetime | None, int], ...]
    first_urls: tuple[str, ...]  # of the stories, in the order of their requests


@dataclass(frozen=True, slots=True)
class PlannedPoll:
    """When a feed or listing was polled, and when a scheduled run polls it next."""

    listing_url: str
    polled_at: datetime | None
    due_at: datetime | None  # `None` for at once
    story_count: int | None  # that it holds
    new_count: int | None  # that the last poll showed first
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LockHolder:
    """The process that holds a lock: 0 and None if it has only just taken it."""

    process_id: int
    since: datetime | None
    flow: str | None = None  # what it runs, where only some flows take the lock

    def __str__(self) -> str:
        """Such as `process 4711 (ingest) since 2026-11-29 18:30:05 UTC`."""
        who = f"process {self.process_id}" if self.process_id else "another process"
        flow = f" ({self.flow})" if self.flow else ""
        return who + flow + (f" since {self.since:%Y-%m-%d %H:%M:%S} UTC" if self.since else "")


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a rule of `sql/alerts` finds wrong."""

    severity: str  # warning or critical
    rule: str
    subject: str
    opened_at: datetime | None  # None where it has only just been found
    detail: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a monitoring program asks: as the exit status of its plug-ins, and in one line."""

    alerts: tuple[Alert, ...] | None  # the worst first; None without a warehouse

    @property
    def exit_status(self) -> int:
        """0 well, 1 a warning, 2 critical, 3 unknown."""
        if self.alerts is None:
            return 3
        severities = {alert.severity for alert in self.alerts}
        return 2 if "critical" in severities else len(severities)

    def __str__(self) -> str:
        """Such as `WARNING: last_run of ingest: the last one ended at 2026-11-29 18:30 UTC`."""
        state = ("OK", "WARNING", "CRITICAL", "UNKNOWN")[self.exit_status]
        if self.alerts is None:
            return f"{state}: there is no warehouse of this version yet"
        found = [f"{alert.rule} of {alert.subject}: {alert.detail}" for alert in self.alerts]
        return printable(f"{state}: {'; '.join(found) or 'no open alert'}", keep="")


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """A message on an alert that a channel has not sent yet."""

    alert_id: int
    event: str  # warning, critical or closed
    rule: str
    subject: str
    severity: str
    opened_at: datetime
    closed_at: datetime | None
    value: float
    unit: str
    meaning: str
    advice: str
    detail: str
    cause: str | None  # what the run says that failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What `wirehouse status` shows."""

    warehouse: str  # path of the readers' copy
    published_at: datetime | None  # when that copy was put in place
    counts: dict[str, int]  # rows of the main tables
    newest_story_at: datetime | None
    last_answer_at: datetime | None  # when the site last responded
    run_columns: tuple[str, ...]
    runs: tuple[tuple[object, ...], ...]  # the last ten, newest first
    rejects: tuple[tuple[str, str, int], ...]  # stage, reason, count over seven days; most first
    coverage: tuple[tuple[object, ...], ...]  # the last seven days of coverage_by_day, newest first
    coverage_columns: tuple[str, ...]
    states: dict[str, int]  # how many stories are in which state
    alerts: tuple[Alert, ...]  # open ones, the worst first
    losses: tuple[tuple[object, ...], ...]  # open feed gaps, oldest first
    loss_columns: tuple[str, ...]
    schedule: tuple[tuple[object, ...], ...]  # when each feed and listing is due, the first on top
    waiting: dict[str, int]  # batches by the step they are queued for
    set_aside: dict[str, str]  # batches that can't be loaded, with the reason
    writer: LockHolder | None  # of the writer's file
    bytes_on_disk: dict[str, int]  # published copy, writer's file, archive, Prefect's files


# Replaces, in rejects of other stories and in runs, what contained a story that was taken down.
DETAIL = "it named a story that was taken down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A story that was taken down."""

    article_id: int
    forgotten_at: datetime  # when that was first requested
    reason: str  # in the operator's words; may be empty
    erased_at: datetime | None  # when its last trace was gone from the files


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPreview:
    article_id: int
    title: str | None  # None where the warehouse has no text of it
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTable:
    """Rows about one story."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one version of a story changed: stretches that are `equal`, `delete` or `insert`."""

    version: int
    seen_at: datetime
    capture_id: str
    title: tuple[tuple[str, str], ...]
    body: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDetails:
    """What `wirehouse show` shows."""

    facts: dict[str, Any]  # the row of articles, with its record: warc_path and warc_offset
    revisions: tuple[Revision, ...]  # one for each version after the first
    names: StoryTable
    figures: StoryTable
    captures: StoryTable


class ExportFormat(StrEnum):
    PARQUET = "parquet"
    CSV = "csv"
    NDJSON = "ndjson"
    SQLITE = "sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What an export did."""

    path: str
    format: str
    tables: int
    rows: int  # in the export now
    written: int  # parts: the months of tables, and tables without months
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    article_ids: tuple[int, ...]  # including those whose take-down had been interrupted
    unknown: tuple[int, ...]  # ids of which there is no trace; nothing was noted of them
    rows: dict[str, int]  # by table
    staged_rows: int  # from batches between two steps
    archived_answers: int  # records of the archive
    redacted_listings: int  # records of feeds and listings that the stories were redacted from
    same_story: tuple[int, ...]  # other ids of the same story; they are not touched
    backups: tuple[str, ...]  # folders of backups that hold the stories until they are made anew


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """Where a backup was made, so that a take-down can name every copy of a story."""

    path: str  # absolute
    made_at: datetime  # the last time


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSummary:
    """What making a backup did; sizes in bytes."""

    path: str
    made_at: datetime  # the moment of the warehouse in it
    stories: int
    files: int
    size: int
    copied_files: int  # copied now
    copied_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactSummary:
    """What compacting a data folder did; sizes in bytes."""

    folder: str  # where the compacted files are
    files: int  # of the archive, compressed anew
    former_size: int  # of those files before
    size: int  # and now
    damaged_files: int  # left as they are
    warehouse_freed: int  # of the writer's file
    leftovers_freed: int  # of runs that were killed


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreSummary:
    """What restoring a backup did."""

    path: str
    made_at: datetime  # the moment of the backup
    stories: int  # in the warehouse now
    archive_files: int  # brought back
    forgotten: int  # stories of the backup left out, because they were taken down
    newer_files: int  # of the archive and not in the backup; a rebuild loads what they hold
