"""The commands that run a flow: ingest, backfill, rebuild, serve.

Prefect takes seconds to import, so each imports its flow once it is called.
"""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.prefect_settings import prepare_prefect
from flows.render import (
    Step,
    echo,
    progress_line,
    show_contents,
    show_csv,
    show_erasure,
    show_facts,
    show_held,
    show_json,
    show_ruling,
    show_status,
    show_summary,
    show_table,
)
from tasks.core.errors import SettingsError, UsageError, WirehouseError
from tasks.core.settings import VERSION, Settings, read_settings

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
MaxStories = Annotated[
    int | None, typer.Option(min=0, help="Most stories to ask for; 0 means no limit.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")]


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", help="How to print the rows.")]


@contextmanager
def plain_errors(*, verbose: bool = False) -> Iterator[None]:
    """End the program with one clear message; a defect's traceback only where it is asked for."""
    try:
        yield
    except (SettingsError, UsageError) as error:
        echo(f"wirehouse: {error}")
        raise typer.Exit(2) from error
    except WirehouseError as error:
        echo(f"wirehouse: {error}")
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        echo("wirehouse: interrupted. Nothing is lost: run it again to carry on.")
        raise typer.Exit(1) from error
    except Exception as error:
        if verbose:
            raise
        echo(
            f"wirehouse: a defect of ours, {type(error).__name__}: {error}. Nothing is lost; "
            "--verbose shows where it happened."
        )
        raise typer.Exit(1) from error


def prepare(*, verbose: bool) -> Settings:
    """The settings, read before Prefect is imported, which reads its own from the environment."""
    settings = read_settings()
    prepare_prefect(settings.data_dir, verbose=verbose)
    return settings


def show(columns: Sequence[str], rows: Sequence[Sequence[object]], form: Format) -> None:
    """Print rows in a form."""
    show_as = {Format.TABLE: show_table, Format.CSV: show_csv, Format.JSON: show_json}[form]
    show_as(columns, rows)


def ingest(
    sample: Annotated[
        bool, typer.Option("--sample", help="Ingest the bundled sample wire over loopback HTTP.")
    ] = False,
    max_stories: MaxStories = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """One pass over the wire: discover, fetch, archive, read, load, check, publish."""
    with plain_errors(verbose=verbose):
        prepare(verbose=verbose)
        from flows.ingest import ingest as ingest_wire
        from flows.ingest import ingest_sample

        pass_over = ingest_sample if sample else ingest_wire
        with progress_line():
            summary = asyncio.run(pass_over(max_stories=max_stories))
        show_summary(summary, as_json=as_json)


def backfill(
    *,
    ids: Annotated[
        str | None,
        typer.Option(metavar="A-B", help="Ids and ranges of ids, between commas; newest first."),
    ] = None,
    urls: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file with one address a line.")
    ] = None,
    warc: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH...", help="WARC files or folders of them; no network."),
    ] = None,
    gaps: Annotated[
        bool,
        typer.Option("--gaps", help="Ids that nothing is known of; 1000 a run if not told."),
    ] = False,
    more: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]", hidden=True)] = None,
    max_stories: MaxStories = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Bring stories that no listing shows any more: by id or address, from WARC files, or gaps."""
    with plain_errors(verbose=verbose):
        prepare(verbose=verbose)
        from flows.backfill import backfill as backfill_stories

        if more and not warc:
            raise UsageError(f"What is {more[0]} for? --ids, --urls or --warc goes before it.")
        with progress_line():
            summary = asyncio.run(
                backfill_stories(
                    ids=ids,
                    urls=urls,
                    warc=[*warc, *(more or [])] if warc else None,
                    gaps=gaps,
                    max_stories=max_stories,
                )
            )
        show_summary(summary, as_json=as_json)


def rebuild(
    accept_losses: Annotated[
        bool,
        typer.Option("--accept-losses", help="Go on though the archive has lost answers."),
    ] = False,
    entities: Annotated[
        bool,
        typer.Option(
            "--entities", help="Only names and figures, where another recogniser found them."
        ),
    ] = False,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """The warehouse again from the archive, network off; the old one stays until the end."""
    with plain_errors(verbose=verbose):
        if entities and accept_losses:
            raise UsageError("--entities reads no archive, so it can lose nothing of it.")
        prepare(verbose=verbose)
        from flows.rebuild import rebuild as rebuild_warehouse
        from flows.rebuild import rebuild_entities

        again = rebuild_entities() if entities else rebuild_warehouse(accept_losses=accept_losses)
        with progress_line():
            summary = asyncio.run(again)
        show_summary(summary, as_json=as_json)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the Prefect server.")] = 4200,
    verbose: Verbose = False,
) -> None:
    """Keep a Prefect server and the scheduled ingest running until interrupted."""
    with plain_errors(verbose=verbose):
        settings = prepare(verbose=verbose)
        from flows.serve import serve_schedule

        serve_schedule(settings, port=port)


def sql(
    query: Annotated[str | None, typer.Argument(help="One read-only statement.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the statement from a file.")
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    """Put a question to the warehouse; nothing can be changed through it."""
    with plain_errors():
        if (query is None) == (file is None):
            raise UsageError(
                'give either a query in quotes or --file: wirehouse sql "from articles"'
            )
        from tasks.query import ask

        columns, rows = ask(read_settings(), query if query is not None else _statement_of(file))
        show(columns, rows, form)


def status(as_json: Json = False) -> None:
    """Runs, counts, freshness and rejects, at a glance."""
    with plain_errors():
        from tasks.query import status as status_of

        show_status(status_of(read_settings()), as_json=as_json)


def digest(as_json: Json = False) -> None:
    """A digest of what the warehouse says: equal for two that say the same."""
    with plain_errors():
        from tasks.query import digest as digest_of

        show_contents(digest_of(read_settings()), as_json=as_json)


def _statement_of(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} can't be read: {error}") from error


def take_down(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of stories, or ranges.")],
    reason: Annotated[str, typer.Option(help="Why; kept beside the ids.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Take stories out of the warehouse, its copies and the archive, and never bring them back."""
    with plain_errors():
        from tasks.takedown import archive_size, preview, story_ids, take_down

        settings, article_ids = read_settings(), story_ids(ids)
        if not yes:
            _confirm(f"Take {show_held(preview(settings, article_ids))} down for good?")
        with progress_line():
            step = Step("archive", total=archive_size(settings))
            erasure = take_down(settings, article_ids, reason=reason, advance=step.advance)
        show_erasure(erasure, as_json=as_json)


def backup(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A folder; backup/ by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Copy the warehouse, and of the archive what is new since the last backup there."""
    with plain_errors():
        from tasks.backup import backup, default_backup

        settings = read_settings()
        with progress_line():
            step = Step("files")
            done = backup(settings, path or default_backup(settings), advance=step.advance)
        show_facts("backup", done, as_json=as_json)


def restore(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The backup's folder.")],
    force: Annotated[
        bool, typer.Option("--force", help="Even over a warehouse that is newer.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the place of the warehouse, and give the archive back what it lacks."""
    with plain_errors():
        from tasks.backup import manifest_size, restore

        with progress_line():
            step = Step("files", total=manifest_size(path))
            done = restore(read_settings(), path, force=force, advance=step.advance)
        show_facts("restored", done, as_json=as_json)
        if done.newer_files and not as_json:
            echo(
                f"{done.newer_files} files of the archive are newer than the backup; wirehouse "
                "rebuild brings what they hold."
            )


def _confirm(question: str) -> None:
    """Ask a person, on a terminal."""
    if not sys.stdin.isatty():
        raise UsageError("Nobody is there to be asked; say --yes. Nothing was changed.")
    if not typer.confirm(question, err=True):
        raise UsageError("Nothing was changed.")


def candidates(
    most: Annotated[int, typer.Option(min=1, help="Most pairs to list.")] = 20,
    form: Form = Format.TABLE,
) -> None:
    """Pairs of entities that may be one, the most named first, each with an article to look at."""
    with plain_errors():
        from tasks.entity_merges import candidates as list_candidates

        columns, rows = list_candidates(read_settings(), most=most)
        show(columns, rows, form)


def merge(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id.")],
    into_id: Annotated[str, typer.Argument(metavar="INTO", help="The one whose name stands.")],
) -> None:
    """Rule that two entities are one; the first counts as the second from now on."""
    with plain_errors():
        from tasks.entity_merges import merge as rule_one

        show_ruling(rule_one(read_settings(), entity_id, into_id))


def split(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id.")],
    other_id: Annotated[str, typer.Argument(metavar="OTHER", help="The id of the other.")],
) -> None:
    """Rule that two entities are two, whatever evidence there may be."""
    with plain_errors():
        from tasks.entity_merges import split as rule_two

        show_ruling(rule_two(read_settings(), entity_id, other_id))


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
entities = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

app.command(short_help="Make one pass over the wire.")(ingest)
app.command(short_help="Bring stories that no listing shows any more.")(backfill)
app.command(short_help="Make the warehouse again from the archive.")(rebuild)
app.command(short_help="Take stories down, for good.")(take_down)
app.command(short_help="Make a backup, or bring one up to date.")(backup)
app.command(short_help="Put a backup in the place of the warehouse.")(restore)
app.command(short_help="Put a question to the warehouse.")(sql)
entities.command(short_help="List pairs that may be one.")(candidates)
entities.command(short_help="Rule that two entities are one.")(merge)
entities.command(short_help="Rule that two entities are two.")(split)
app.command(short_help="Show runs, counts, freshness and rejects.")(status)
app.command(short_help="Show a digest of what the warehouse says.")(digest)
app.command(short_help="Run the schedule until interrupted.")(serve)
app.add_typer(entities, name="entities", help="Say which people, organisations and places are one.")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wirehouse {VERSION}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """The MENAFN newswire in a DuckDB warehouse."""


def main() -> None:
    """Run the command; leaves with 0 done, 1 not finished, 2 wrong usage or settings."""
    app()
