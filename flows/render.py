"""What commands report: progress, messages free of control codes, and what was done."""

import json
import logging
import os
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.text import Text

from flows.log_lines import JsonFormatter
from flows.rows import (
    PIPE_WIDTH,
    Format,
    as_json,
    as_text,
    fits_terminal,
    show_rows,
    show_table,
    show_vertical,
)
from tasks.core.reports import (
    BackupSummary,
    CompactSummary,
    Contents,
    Diagnosis,
    Erasure,
    ExportSummary,
    Health,
    Plan,
    RestoreSummary,
    Status,
    StoryDetails,
    StoryPreview,
    Summary,
    printable,
)
from tasks.core.settings import JSON

# Prefect's name for the formatter of what goes to standard error.
LOG_FORMATTER = "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER"
_CONTEXT_CHARS = 80  # of unchanged text next to a change
_NEXT_POLLS = 4  # shown by `wirehouse status`

_messages = Console(stderr=True, highlight=False)
_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def progress_line() -> Iterator[None]:
    """Show a progress line on standard error during the block, if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    hidden = not _messages.is_terminal
    with Progress(*columns, console=_messages, disable=hidden, transient=True) as progress:
        token = _progress.set(progress)
        try:
            yield
        finally:
            _progress.reset(token)


class Step:
    """One step of a flow on the progress line; silent where no line is shown."""

    def __init__(self, description: str, total: int | None = None) -> None:
        """Show what the step handles, and how many if that is known."""
        self._line = _progress.get()
        if self._line:
            self._task = self._line.add_task(description, total=total)

    def advance(self, count: int) -> None:
        """Count `count` more as handled."""
        if self._line:
            self._line.advance(self._task, count)


def echo(message: str, level: int = logging.INFO) -> None:
    """Print one message to the operator, on standard error; a line of the log if that is JSON."""
    if os.environ.get(LOG_FORMATTER) == JSON:
        record = logging.LogRecord("wirehouse", level, "", 0, message, None, None)
        sys.stderr.write(f"{JsonFormatter().format(record)}\n")
        return
    _messages.print(escape(printable(message)), soft_wrap=True)


def show_record(
    header: tuple[str, Any],
    record: BackupSummary | CompactSummary | ExportSummary | RestoreSummary,
    *,
    as_json: bool,
) -> None:
    """Print the facts of what a command did: a table, or one line of JSON."""
    facts = asdict(record)
    if as_json:
        _write_json_line(facts)
        return
    rows = [(name.replace("_", " "), value) for name, value in facts.items()]
    show_table((header[0], str(header[1])), rows[1:])


def show_summaries(summaries: Sequence[Summary], *, as_json: bool) -> None:
    """Print the counts of runs: a table with a column each, or the contract's line of JSON each."""
    runs = [asdict(summary) for summary in summaries]
    if as_json:
        for facts in runs:
            _write_json_line(facts)
        return
    for facts in runs:
        facts["seconds"] = round(facts["seconds"], 1)
    names = [name for name in runs[0] if any(facts[name] is not None for facts in runs)]
    rows = [(name.replace("_", " "), *(facts[name] for facts in runs)) for name in names[1:]]
    show_table(("run", *(facts["run_id"] for facts in runs)), rows)


def show_status(status: Status, *, as_json: bool) -> None:
    """Print a warehouse's state: a few small tables, or one line of JSON."""
    if as_json:
        _write_json_line(asdict(status))
        return
    writer = status.writer
    facts = [
        ("warehouse", status.warehouse),
        ("published", status.published_at or "not yet"),
        ("newest story", status.newest_story_at),
        ("last response of the site", status.last_answer_at),
        ("writer lock", f"process {writer.process_id} since {writer.since}" if writer else "free"),
        *(
            (f"queued for {step.replace('_', ' ')}", count)
            for step, count in status.waiting.items()
        ),
        *((f"{name}, MiB", f"{size / 2**20:.1f}") for name, size in status.bytes_on_disk.items()),
    ]
    if status.alerts:
        names = ("severity", "rule", "subject", "opened_at", "detail", "what to do")
        alerts = [tuple(asdict(alert).values()) for alert in status.alerts]
        _show_facts(names, alerts, title="Open alerts", heads=3)
    _show_facts(("what", "now"), facts)
    _show_facts(("table", "rows"), list(status.counts.items()))
    _show_facts(("state", "stories"), list(status.states.items()))
    _show_facts(status.run_columns, status.runs, title="Last runs", heads=3)
    _show_facts(status.coverage_columns, status.coverage, title="Ids of the last seven days")
    if status.set_aside:
        _show_facts(
            ("batch", "reason"),
            list(status.set_aside.items()),
            title="Batches that can't be loaded: wirehouse rebuild",
        )
    if status.schedule:
        heads = ("feed or listing", "polled last", "due", "stories", "new at last")
        title = f"The next of {len(status.schedule)} polls of `wirehouse serve`; see poll_schedule"
        _show_facts(heads, status.schedule[:_NEXT_POLLS], title=title)
    if status.losses:
        _show_facts(
            status.loss_columns,
            status.losses,
            title="Feeds that may have lost stories between two polls: wirehouse backfill --gaps",
        )
    if status.rejects:
        columns = ("stage", "reason", "rejects")
        _show_facts(columns, status.rejects, title="Rejects of the last week", heads=2)


def show_health(health: Health, *, as_json: bool) -> None:
    """Print the one line that monitoring reads, or the alerts in it as JSON."""
    if as_json:
        _write_json_line({"exit_status": health.exit_status, **asdict(health)})
    else:
        sys.stdout.write(f"{health}\n")


def show_story(story: StoryDetails, *, as_json: bool) -> None:
    """Print a story: its text, what each version changed, names, figures and records, or JSON."""
    if as_json:
        _write_json_line(asdict(story))
        return
    facts = dict(story.facts)
    title, body = facts.pop("title"), facts.pop("body")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
    console.print(Text(printable(title), "bold"), Text(f"\n{printable(body)}\n"), sep="\n")
    known = {name: value for name, value in facts.items() if value not in (None, [])}
    show_vertical(list(known), [list(known.values())])
    for revision in story.revisions:
        heading = f"version {revision.version}, {as_text(revision.seen_at)}, {revision.capture_id}"
        console.print(Rule(printable(heading), align="left", style=""))
        console.print(_changes(revision.title), _changes(revision.body), sep="\n", end="\n\n")
    for name in ("names", "figures", "captures"):
        table = getattr(story, name)
        if table.rows:
            console.print(Rule(name, align="left", style=""))
            show_rows(table.columns, table.rows, Format.TABLE)


def _changes(parts: Sequence[tuple[str, str]]) -> Text:
    """A text with what was removed as [-this-] and what was added as {+this+}."""
    marks = {"equal": ("", "", ""), "delete": ("[-", "-]", "red"), "insert": ("{+", "+}", "green")}
    shown = Text()
    for kind, text in parts:
        opening, closing, style = marks[kind]
        is_long = kind == "equal" and len(text) > 3 * _CONTEXT_CHARS
        cut = f"{text[:_CONTEXT_CHARS]} … {text[-_CONTEXT_CHARS:]}" if is_long else text
        bare = cut.rstrip()
        shown.append(opening + printable(bare) + closing, style).append(cut[len(bare) :])
    return shown


def show_error(message: str, status: int) -> None:
    """Print why a command failed as one line of JSON."""
    with suppress(OSError):  # standard output may be what failed
        _write_json_line({"error": message, "exit_status": status})


def _show_facts(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "", heads: int = 1
) -> None:
    """Print a table; where a terminal is too narrow for it, a line or two a row instead.

    The first `heads` values begin the line; of the others, those that are empty or 0 are left out.
    """
    width = Console().width
    if fits_terminal(columns, rows) or not sys.stdout.isatty():
        show_table(columns, rows, title)
        return
    width = Console().width
    texts = [[printable(as_text(value)) for value in row] for row in rows]
    names = [name.replace("_", " ") for name in columns[heads:]]
    lines = [title]
    for row in texts:
        facts = [
            f"{name} {value}" if len(names) > 1 else value
            for name, value in zip(names, row[heads:], strict=True)
            if len(names) == 1 or value not in ("", "0", "0.0")
        ]
        lines.append(f"{' '.join(row[:heads])}: {', '.join(facts)}")
    for line in lines:
        wrapped = textwrap.fill(line, width, subsequent_indent="  ", break_on_hyphens=False)
        sys.stdout.write(f"{wrapped}\n")


def show_plan(plan: Plan, *, as_json: bool) -> None:
    """Print what a run would request: a few small tables, or one line of JSON."""
    if as_json:
        _write_json_line(asdict(plan))
        return
    expected = "unknown before the first ingest"
    if plan.expected_requests is not None:
        expected = str(plan.expected_requests)
    robots = "unknown" if plan.robots_delay_seconds is None else f"{plan.robots_delay_seconds:g}"
    facts = [
        ("state of", plan.as_of or "no run yet"),
        ("requests in all", plan.requests),
        ("of feeds and listings, at most", plan.listing_requests),
        ("of stories that are known", plan.story_requests),
        ("of stories that will be new, about", expected),
        ("seconds between two requests", f"{plan.seconds_per_request:g}"),
        ("seconds that robots.txt requires", robots),
        ("time, at least", timedelta(seconds=round(plan.seconds))),
    ]
    _show_facts(("plan", plan.flow), facts)
    if plan.listings:
        columns = ("feed or listing", "polled last", "due", "stories to request")
        _show_facts(columns, plan.listings)
    for url in plan.first_urls:
        sys.stdout.write(f"{printable(url)}\n")
    if len(plan.first_urls) < plan.story_requests:
        sys.stdout.write(f"and {plan.story_requests - len(plan.first_urls)} more\n")
    echo("This is a plan from the last known state: nothing was requested or stored.")


def show_diagnoses(found: Sequence[Diagnosis], *, as_json: bool) -> None:
    """Print a line for each examined part, and one for what to do about it; or a line of JSON."""
    if as_json:
        _write_json_line({"diagnoses": [asdict(one) for one in found]})
        return
    for one in found:
        sys.stdout.write(printable(f"{one.level:4} {one.subject}: {one.detail}") + "\n")
        if one.advice:
            sys.stdout.write(printable(f"     {one.advice}") + "\n")


def show_fingerprint(contents: Contents, *, as_json: bool) -> None:
    """Print the fingerprint of each table and of the whole warehouse, or one line of JSON."""
    if as_json:
        _write_json_line({"digest": contents.digest, **asdict(contents)})
        return
    tables = [(table.table, table.rows, table.digest) for table in contents.tables]
    show_table(("table", "rows", "digest"), tables)
    sys.stdout.write(f"{contents.digest}\n")


def show_preview(stories: Sequence[StoryPreview]) -> str:
    """Print what the warehouse has of some stories; returns how many they are, in words."""
    rows = [
        (story.article_id, story.title or "not in the warehouse", story.published_at)
        for story in stories
    ]
    show_table(("story", "title", "published"), rows)
    return "this story" if len(rows) == 1 else f"these {len(rows)} stories"


def show_erasure(erasure: Erasure, *, as_json: bool) -> None:
    """Print what a take-down removed and what is left to do: a table with remarks, or JSON."""
    if as_json:
        _write_json_line(asdict(erasure))
        return
    rows = [
        *((f"rows of {table}", count) for table, count in erasure.rows.items()),
        ("rows of waiting batches", erasure.staged_rows),
        ("responses in the archive", erasure.archived_answers),
        ("feeds and listings redacted", erasure.redacted_listings),
    ]
    show_table(("what", "removed"), rows)
    if erasure.unknown:
        echo(f"There is no story {', '.join(map(str, erasure.unknown))} here.")
    if erasure.same_story:
        ids = " ".join(map(str, erasure.same_story))
        echo(f"The same story exists under other ids, which are unchanged: wirehouse forget {ids}")
    for backup in erasure.backups:
        echo(f"The backup {backup} may still have it; make it again: wirehouse backup {backup}")
    echo(
        "Programs that have the old copy open keep it until they close it, and exports until "
        "wirehouse export is run again."
    )


def _write_json_line(facts: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(as_json(facts)) + "\n")
