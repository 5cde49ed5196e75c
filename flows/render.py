"""What a person sees on a terminal: a progress line, tables, and messages free of controls."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import date, datetime
from math import isfinite
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tasks.core.annotations import MergeResult
from tasks.core.reports import (
    BackupDone,
    Contents,
    Erasure,
    Restored,
    Status,
    StoryPreview,
    Summary,
)

_told = Console(stderr=True, highlight=False)
_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def progress_line() -> Iterator[None]:
    """Show a progress line on standard error for as long as the block runs, if it is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=_told, disable=not _told.is_terminal, transient=True) as shown:
        token = _progress.set(shown)
        try:
            yield
        finally:
            _progress.reset(token)


class Step:
    """One step of a flow on the progress line; silent where no line is shown."""

    def __init__(self, description: str, total: int | None = None) -> None:
        """Open the step.

        Args:
            description: the verb, as a person would say it.
            total: how many things it will handle, `None` if unknown.
        """
        self._shown = _progress.get()
        if self._shown:
            self._task = self._shown.add_task(description, total=total)

    def advance(self, count: int) -> None:
        """Count `count` more things as handled."""
        if self._shown:
            self._shown.advance(self._task, count)


def echo(message: str) -> None:
    """One message to the operator, on standard error."""
    _told.print(escape(printable(message)), soft_wrap=True)


def printable(text: str) -> str:
    """The text with every control and format character shown as an escape, line breaks kept.

    What the wire sent can so never move a terminal's cursor or set its title.
    """
    return "".join(
        letter
        if letter.isprintable() or letter == "\n"
        else letter.encode("unicode_escape").decode()
        for letter in text
    )


def show_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "") -> None:
    """Print a table to standard output, as wide as it needs where that is not a terminal."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 400)
    table = Table(title=title or None, title_justify="left", expand=False)
    for place, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[place], int | float | None) for row in rows)
        shown = escape(printable(column))  # a pivot makes columns of what the wire sent
        table.add_column(shown, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(printable(_as_text(value))) for value in row))
    console.print(table)


def show_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print RFC 4180 CSV, header first, to standard output; byte for byte unless to a terminal."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_as_text(value) for value in row] for row in rows)
    found = text.getvalue()
    sys.stdout.write(printable(found) if sys.stdout.isatty() else found)


def show_json(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a JSON array of one object a row to standard output."""
    records = [dict(zip(columns, map(_as_json, row), strict=True)) for row in rows]
    sys.stdout.write(_json_text(json.dumps(records, ensure_ascii=False, indent=1)) + "\n")


def show_summary(summary: Summary, *, as_json: bool) -> None:
    """Print what a run brought: a table, or the contract's one line of JSON."""
    told = {name: _as_json(value) for name, value in asdict(summary).items()}
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
        return
    told["seconds"] = round(summary.seconds, 1)
    rows = [(name.replace("_", " "), value) for name, value in told.items() if value is not None]
    show_table(("run", summary.run_id), rows[1:])


def show_ruling(ruled: MergeResult) -> None:
    """Print what came of a ruling on two entities."""
    sys.stdout.write(printable(ruled.message()) + "\n")


def show_status(status: Status, *, as_json: bool) -> None:
    """Print a warehouse's state: a few small tables, or one line of JSON."""
    if as_json:
        told = {name: _as_json(value) for name, value in asdict(status).items()}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    writer = status.writer
    facts = [
        ("warehouse", status.warehouse),
        ("published", status.published_at or "not yet"),
        ("newest story", status.newest_story_at),
        ("last answer of the wire", status.last_answer_at),
        ("written by", f"process {writer.process_id} since {writer.since}" if writer else "nobody"),
        *((f"waiting to {step}", count) for step, count in status.waiting.items()),
        *((f"{name}, MiB", f"{size / 2**20:.1f}") for name, size in status.bytes_on_disk.items()),
    ]
    show_table(("what", "now"), facts)
    show_table(("table", "rows"), list(status.counts.items()))
    show_table(("state", "stories"), list(status.states.items()))
    show_table(status.run_columns, status.runs, title="Last runs")
    show_table(status.coverage_columns, status.coverage, title="Ids of the last seven days")
    if status.losses:
        show_table(
            status.loss_columns,
            status.losses,
            title="Feeds that ran on between two polls; wirehouse backfill --gaps catches up",
        )
    if status.rejects:
        show_table(("stage", "reason", "rejects"), status.rejects, title="Refused in the last week")


def show_contents(contents: Contents, *, as_json: bool) -> None:
    """Print the digest of a warehouse: each table's and that of all, or one line of JSON."""
    if as_json:
        told = {"digest": contents.digest, **asdict(contents)}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    tables = [(one.table, one.rows, one.digest) for one in contents.tables]
    show_table(("table", "rows", "digest"), tables)
    sys.stdout.write(f"{contents.digest}\n")


def _json_text(text: str) -> str:
    """The same JSON with whatever a terminal could take for a command in JSON's own escapes."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1]
        for letter in text
    )


def show_facts(what: str, facts: BackupDone | Restored, *, as_json: bool) -> None:
    """Print what a command did: a table of its facts, or one line of JSON."""
    told = {name: _as_json(value) for name, value in asdict(facts).items()}
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
        return
    rows = [(name.replace("_", " "), value) for name, value in told.items()]
    show_table((what, facts.path), rows[1:])


def show_held(found: Sequence[StoryPreview]) -> str:
    """Print what the warehouse has of some stories, and give how many they are, in words."""
    rows = [(one.article_id, one.title or "not in the warehouse", one.published_at)
            for one in found]  # fmt: skip
    show_table(("story", "title", "published"), rows)
    return "this story" if len(rows) == 1 else f"these {len(rows)} stories"


def show_erasure(erasure: Erasure, *, as_json: bool) -> None:
    """Print what the taking down of stories removed: a table and what is left to do, or JSON."""
    if as_json:
        told = {name: _as_json(value) for name, value in asdict(erasure).items()}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    rows = [
        *((f"rows of {table}", count) for table, count in erasure.rows.items()),
        ("rows of waiting batches", erasure.staged_rows),
        ("answers in the archive", erasure.archived_answers),
        ("feeds and listings blotted", erasure.blotted_listings),
    ]
    show_table(("what", "removed"), rows)
    if erasure.same_story:
        ids = " ".join(map(str, erasure.same_story))
        echo(f"The same story also stands under {ids}, which were not touched.")
    for backup in erasure.backups:
        echo(f"The backup {backup} still has it; make it anew: wirehouse backup {backup}")
    echo("Programs that have the old copy open keep it until they close it.")


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return str(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_as_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _as_json(item) for key, item in value.items()}
    if isinstance(value, float) and not isfinite(value):
        return None  # JSON has no word for it
    return value if isinstance(value, str | int | float | None) else str(value)
