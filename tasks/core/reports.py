"""What a backup holds, and what making or restoring one did."""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

_SHOWN_LETTERS = 80


class Severity(StrEnum):
    """What a broken claim means."""

    FAIL = "fail"  # the run fails and nothing is published
    WARN = "warn"  # a person should look, and readers get the new copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim of `sql/checks` that does not hold.

    Attributes:
        check: the check's file name without its ending: the claim.
        severity: what that means.
        columns: names of the columns of `rows`.
        rows: the first offending rows.
        count: how many rows offend.
    """

    check: str
    severity: Severity
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    count: int

    def message(self) -> str:
        """One paragraph for a person; whatever a page brought is shown with its controls escaped.

        Returns:
            For example `tokens_name_their_story: 2 rows, such as article_id=1109916091`.
        """
        shown = "; ".join(
            ", ".join(
                f"{column}={_printable(value)}"
                for column, value in zip(self.columns, row, strict=True)
            )
            for row in self.rows
        )
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        return f"{self.check}: {rows}, such as {shown}"


def _printable(value: object) -> str:
    text = str(value)
    short = text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in short
    )


DETAIL = "it speaks of a story that was taken down"
"""What refusals of other stories, and runs, say in the place of what they said of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A story that was taken down.

    Attributes:
        article_id: the story.
        forgotten_at: when that was first asked for (UTC).
        reason: why, in the operator's words; empty where none was given.
        erased_at: when its last trace was gone from the files (UTC), `None` until then.
    """

    article_id: int
    forgotten_at: datetime
    reason: str
    erased_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPreview:
    """What the warehouse has of a story that shall be taken down.

    Attributes:
        article_id: the story.
        title: its headline, `None` where the warehouse has no text of it.
        published_at: when it was published (UTC), `None` with the title.
        is_forgotten: whether it was taken down before.
    """

    article_id: int
    title: str | None
    published_at: datetime | None
    is_forgotten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What the taking down of some stories removed.

    Attributes:
        article_ids: the stories, those among them whose taking down had been cut short.
        rows: rows removed, by table.
        staged_rows: rows removed from batches that wait between two stages.
        archived_answers: records of the archive that are gone.
        blotted_listings: feeds' and listings' records that the stories were blotted out of.
        same_story: other ids under which the same story stands; they are not touched.
        backups: folders of backups that hold the stories until they are made anew.
    """

    article_ids: tuple[int, ...]
    rows: dict[str, int]
    staged_rows: int
    archived_answers: int
    blotted_listings: int
    same_story: tuple[int, ...]
    backups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContents:
    """What one table says, whenever and by whichever run it came to say it.

    Attributes:
        table: its name.
        rows: how many rows say something; see `sql/contents` for what a row says.
        digest: hexadecimal, of those rows in any order.
    """

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a warehouse says.

    Attributes:
        tables: each table's contents, by name.
    """

    tables: tuple[TableContents, ...]

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 over all tables."""
        lines = (f"{one.table} {one.rows} {one.digest}\n" for one in self.tables)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one batch brought, or several together.

    Attributes:
        discovered: stories seen in feeds and listings.
        fetched: answers for stories, other than "not modified".
        not_modified: answers "not modified" for stories.
        extracted: pages that an article was read from.
        inserted: stories that are new in the warehouse.
        updated: stories whose row was replaced by a newer reading.
        unchanged: readings that left the story's row as it was.
        rejected: things that could not be used.
        mentions: mentions stored.
    """

    discovered: int = 0
    fetched: int = 0
    not_modified: int = 0
    extracted: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    mentions: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        sums = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
        }
        return Counts(**sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """What one loading of every batch at hand brought.

    Attributes:
        batches: how many batches were merged.
        counts: what they brought.
    """

    batches: int
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One run in numbers; its fields are the keys of the commands' `--json` line.

    The counts are those of the batches that the run loaded, so a run that finds what an
    interrupted one left behind has them too.

    Attributes:
        run_id: the run.
        flow: the flow's name.
        status: `completed` or `failed`.
        started_at: when it started (UTC).
        finished_at: when it ended (UTC).
        discovered: see `Counts`, as for the fields that follow.
        fetched: see `Counts`.
        not_modified: see `Counts`.
        extracted: see `Counts`.
        inserted: see `Counts`.
        updated: see `Counts`.
        unchanged: see `Counts`.
        rejected: see `Counts`.
        mentions: see `Counts`.
        seconds: from start to end.
        detail: why it failed, in one line.
    """

    run_id: str
    flow: str
    status: str
    started_at: datetime
    finished_at: datetime
    discovered: int
    fetched: int
    not_modified: int
    extracted: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    mentions: int
    seconds: float
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a warehouse has come.

    Attributes:
        schema: number of its newest migration.
        stories: rows of `articles`.
        last_run_at: when its newest run started (UTC), `None` where there was none.
    """

    schema: int
    stories: int
    last_run_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """Where a backup was made, for those who look for every copy of a story.

    Attributes:
        path: the folder, absolute.
        made_at: when it was made last (UTC).
    """

    path: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDone:
    """What making a backup did.

    Attributes:
        path: the folder.
        made_at: of which moment the warehouse in it is (UTC).
        stories: how many stories it holds.
        files: how many files the backup has.
        size: their bytes.
        copied_files: how many were copied now.
        copied_size: their bytes.
    """

    path: str
    made_at: datetime
    stories: int
    files: int
    size: int
    copied_files: int
    copied_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What restoring a backup did.

    Attributes:
        path: the backup.
        made_at: of which moment it is (UTC).
        stories: how many stories the warehouse holds now.
        archive_files: how many files of the archive were brought back.
        forgotten: how many stories of the backup were left out, because they were taken down.
        newer_files: files of the archive that the backup doesn't know; a rebuild brings what
            they hold.
    """

    path: str
    made_at: datetime
    stories: int
    archive_files: int
    forgotten: int
    newer_files: int
