"""The `wirehouse` command.

Prefect takes seconds to import and reads its settings when it is, so each command imports what it
runs once it is called.
"""

import asyncio
import gc
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows import query_cli, render
from flows.command import flow_command, plain_errors, show_ends
from flows.prefect_api import examine_prefect, hold_schedule, prefect_api, prepare_prefect
from flows.prefect_database import garbage_thread
from flows.query_cli import AsFormat, AsJson
from flows.render import Step, echo, progress_line
from flows.rows import Format, show_rows
from flows.signals import interrupt_on_signals
from tasks.core.annotations import DecisionKind
from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.core.rejects import retriable_reasons
from tasks.core.reports import Level, printable
from tasks.core.settings import VERSION, read_settings

MaxStories = Annotated[
    int | None, typer.Option(min=0, help="Most stories to request; 0 means no limit.")
]
Plan = Annotated[
    bool, typer.Option("--plan", help="Show what would be requested, and request nothing.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")]

app = typer.Typer(
    name="wirehouse",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
entities = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command(short_help="Fetch new and revised stories.")
def ingest(
    *,
    sample: Annotated[
        bool, typer.Option("--sample", help="Ingest the bundled sample site over loopback HTTP.")
    ] = False,
    due: Annotated[
        bool,
        typer.Option("--due", help="Poll only what is due, as `serve` does."),
    ] = False,
    max_stories: MaxStories = None,
    plan: Plan = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Fetch new and revised stories once, load them, check the warehouse and publish it."""
    if plan:
        with plain_errors(as_json=as_json):
            from tasks.plan import plan_ingest

            if sample:
                raise UsageError("--sample requests nothing of the site: leave --plan out.")
            settings = read_settings(max_stories=max_stories)
            render.show_plan(plan_ingest(settings, only_due=due), as_json=as_json)
        return
    with flow_command("ingest", verbose=verbose, as_json=as_json) as flows:
        if sample:
            summaries = asyncio.run(flows.ingest_sample(max_stories=max_stories))
        else:
            summaries = [asyncio.run(flows.ingest(max_stories=max_stories, only_due=due))]
    show_ends(summaries, as_json=as_json)


@app.command(short_help="Fetch older stories by id, URL or WARC file.")
def backfill(
    *,
    ids: Annotated[
        str | None,
        typer.Option(metavar="A-B", help="Ids and ranges of ids, between commas; newest first."),
    ] = None,
    urls: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file with one URL a line.")
    ] = None,
    warc: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH...", help="WARC files, folders or s3://bucket/prefix; not the site."
        ),
    ] = None,
    gaps: Annotated[
        bool,
        typer.Option(
            "--gaps", help="Ids never fetched, those in feed gaps first; 1000 per run by default."
        ),
    ] = False,
    more: Annotated[list[str] | None, typer.Argument(metavar="[PATH]", hidden=True)] = None,
    max_stories: MaxStories = None,
    plan: Plan = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Fetch older stories by id, URL or WARC file, or ids that were never fetched."""
    if plan:
        with plain_errors(as_json=as_json):
            from tasks.plan import plan_backfill

            settings = read_settings(max_stories=max_stories)
            planned = plan_backfill(
                settings, ids=ids, urls=urls, gaps=gaps, max_stories=max_stories
            )
            render.show_plan(planned, as_json=as_json)
        return
    with flow_command("backfill", verbose=verbose, as_json=as_json) as flows:
        if more and not warc:
            raise UsageError(f"What is {more[0]} for? --ids, --urls or --warc goes before it.")
        summary = asyncio.run(
            flows.backfill(
                ids=ids,
                urls=urls,
                warc=[*warc, *(more or [])] if warc else None,
                gaps=gaps,
                max_stories=max_stories,
            )
        )
    show_ends([summary], as_json=as_json)


@app.command(short_help="Request rejected stories again.")
def retry(
    *,
    reason: Annotated[
        list[str] | None,
        typer.Option(metavar="REASON", help="Only those rejected for this; may be repeated."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
            metavar="TIME",
            help="Only those rejected since then (UTC), such as 2026-11-20 or 2026-11-20T18:30.",
        ),
    ] = None,
    max_stories: MaxStories = None,
    plan: Plan = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Request stories again that were rejected and may be had by now, without their usual rest.

    Those that the site says it doesn't have, and those that were taken down, are never requested.
    """
    since = since.replace(tzinfo=UTC) if since else None
    if plan:
        with plain_errors(as_json=as_json):
            from tasks.plan import plan_backfill

            settings = read_settings(max_stories=max_stories)
            planned = plan_backfill(settings, retry=True, reasons=reason or [], since=since)
            render.show_plan(planned, as_json=as_json)
        return
    with flow_command("backfill", verbose=verbose, as_json=as_json) as flows:
        retriable_reasons(reason or [])
        summary = asyncio.run(
            flows.backfill(retry=True, reasons=reason, since=since, max_stories=max_stories)
        )
    show_ends([summary], as_json=as_json)


@app.command(short_help="Build the warehouse again from the archive.")
def rebuild(
    accept_losses: Annotated[
        bool,
        typer.Option("--accept-losses", help="Continue though the archive has lost responses."),
    ] = False,
    only_entities: Annotated[
        bool,
        typer.Option(
            "--entities", help="Only names and figures, where another recogniser found them."
        ),
    ] = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Build the warehouse again from the archive, offline; the old one stays until the end."""
    with flow_command("rebuild", verbose=verbose, as_json=as_json) as flows:
        if only_entities and accept_losses:
            raise UsageError("--entities reads no archive, so it can lose nothing of it.")
        summary = asyncio.run(
            flows.rebuild_entities()
            if only_entities
            else flows.rebuild(accept_losses=accept_losses)
        )
    show_ends([summary], as_json=as_json)


@app.command(short_help="Work for a cluster's backfills and rebuilds.")
def worker(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Its Dask scheduler, as tls://host:8786.")
    ],
) -> None:
    """Read pages for the backfills and rebuilds that use a Dask scheduler, until interrupted."""
    with plain_errors():
        from tasks.core.cluster import open_cluster, worker_command
        from tasks.reading import versions_of

        async def require_scheduler() -> None:
            async with open_cluster(settings.engine, versions):
                pass

        settings = read_settings(engine=address)
        versions = versions_of(settings.recogniser)
        asyncio.run(require_scheduler())
        command, environment = worker_command(settings, versions)
        os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted


@app.command(short_help="Run the schedule until interrupted.")
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the Prefect server.")] = 4200,
    listen_all: Annotated[
        bool, typer.Option("--listen-all", help="Let other machines in, as in a container.")
    ] = False,
    metrics_port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Serve metrics at this port, too.")
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Keep a Prefect server and the scheduled ingest running until interrupted."""
    with plain_errors(verbose=verbose):
        from tasks.warehouse.metrics import serve_metrics

        interrupt_on_signals()
        settings = read_settings()
        prepare_prefect(settings, verbose=verbose)
        opened = prefect_api(port, services=True, listen_all=listen_all)
        try:
            with (
                hold_schedule(settings),
                serve_metrics(DataPaths(settings.data_dir), metrics_port),
                opened as api_url,
            ):
                from flows.serve import serve_schedule

                with garbage_thread():
                    asyncio.run(serve_schedule(settings, api_url))
        except KeyboardInterrupt:
            echo("The schedule has ended. What a run had fetched is kept for the next one.")
            gc.freeze()  # looking for garbage at exit would take seconds


@app.command(short_help="Show runs, counts, freshness, rejects and alerts.")
def status(
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Only one line about open alerts, for monitoring; exits with 0 OK, 1 WARNING, "
            "2 CRITICAL or 3 UNKNOWN.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show runs, counts, freshness, rejects and alerts."""
    exit_status = 0
    with plain_errors(as_json=as_json):
        settings = read_settings()
        if check:
            from tasks.warehouse.alerts import check_health

            health = check_health(settings)
            render.show_health(health, as_json=as_json)
            exit_status = health.exit_status
        else:
            from tasks.warehouse.status import select_status

            render.show_status(select_status(DataPaths(settings.data_dir)), as_json=as_json)
    raise typer.Exit(exit_status)


@app.command(short_help="Examine the installation, the data folder and the site.")
def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Request nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Examine the installation, the data folder and the site, and say what to do; changes nothing.

    Exit status 1 if anything is marked FAIL.
    """
    with plain_errors(as_json=as_json):
        from tasks.doctor import examine

        found = examine(read_settings(), offline=offline, examine_prefect=examine_prefect)
        render.show_diagnoses(found, as_json=as_json)
    if any(one.level is Level.FAIL for one in found):
        raise SystemExit(1)


@app.command(short_help="Show a fingerprint of the warehouse's content.")
def digest(as_json: AsJson = False) -> None:
    """Show a fingerprint of the warehouse's content; equal for two with the same rows."""
    with plain_errors(as_json=as_json):
        from tasks.warehouse.fingerprint import published_contents

        render.show_fingerprint(
            published_contents(DataPaths(read_settings().data_dir)), as_json=as_json
        )


@app.command(short_help="Write a page about the warehouse.")
def report(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[OUT.html]", help="report.html in the data folder by default."),
    ] = None,
) -> None:
    """Write one HTML page about the warehouse, to open in a browser without a network."""
    with plain_errors():
        from tasks.report import write_report

        typer.echo(write_report(read_settings(), path))


@app.command(short_help="Delete stories permanently.")
def forget(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of stories, or ranges.")],
    reason: Annotated[str, typer.Option(help="Kept with the ids.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete stories from the warehouse, its copies and the archive, and never load them again."""
    with plain_errors(as_json=as_json):
        from tasks.takedown import archive_size, preview, story_ids, take_down

        settings, article_ids = read_settings(), story_ids(ids)
        if not yes:
            stories = render.show_preview(preview(settings, article_ids))
            if not sys.stdin.isatty():
                raise UsageError("Not a terminal: confirm with --yes. Nothing was changed.")
            if not typer.confirm(f"Delete {stories} permanently?", err=True):
                raise UsageError("Nothing was changed.")
        with progress_line():
            step = Step("archive", total=archive_size(settings))
            erasure = take_down(settings, article_ids, reason=reason, advance=step.advance)
        render.show_erasure(erasure, as_json=as_json)


@app.command(short_help="Make a backup, or bring one up to date.")
def backup(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A folder; backup/ by default.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read all of it back, and copy again what is damaged.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Copy the warehouse, and the archive files that are new since the last backup there."""
    with plain_errors(as_json=as_json):
        from tasks.backup import backup as make_backup

        settings = read_settings()
        with progress_line():
            advance = Step("files").advance
            place = path or settings.data_dir / "backup"
            done = make_backup(settings, place, verify=verify, advance=advance)
        render.show_record(("backup", done.path), done, as_json=as_json)


@app.command(short_help="Restore the warehouse from a backup.")
def restore(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The backup's folder.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite a newer warehouse.")] = False,
    as_json: AsJson = False,
) -> None:
    """Replace the warehouse by a backup, and restore missing archive files."""
    with plain_errors(as_json=as_json):
        from tasks.backup import manifest_size
        from tasks.backup import restore as restore_backup

        with progress_line():
            advance = Step("files", total=manifest_size(path)).advance
            done = restore_backup(read_settings(), path, force=force, advance=advance)
        render.show_record(("restored", done.path), done, as_json=as_json)
        if done.newer_files and not as_json:
            echo(
                f"{done.newer_files} archive files are newer than the backup; wirehouse rebuild "
                "loads their stories."
            )


@app.command(short_help="Compress older archive files further.")
def compact(as_json: AsJson = False) -> None:
    """Compress archive files older than WIREHOUSE_COMPACT_AFTER_DAYS further, and free space.

    They are moved to raw/cold in the data folder, or to WIREHOUSE_COLD_DIR.
    """
    with plain_errors(as_json=as_json):
        from tasks.compact import compact as compact_data

        with progress_line():
            done = compact_data(read_settings(), advance=Step("files").advance)
        render.show_record(("compacted", done.folder), done, as_json=as_json)


@entities.command(short_help="List pairs that may be one.")
def candidates(
    most: Annotated[int, typer.Option(min=1, help="Most pairs to list.")] = 20,
    form: AsFormat = Format.TABLE,
) -> None:
    """List pairs of entities that may be one, the most mentioned first, each with an article."""
    with plain_errors():
        from tasks.warehouse.merges import list_candidates

        show_rows(*list_candidates(DataPaths(read_settings().data_dir), most), form)


@entities.command(short_help="Merge two entities into one.")
def merge(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id.")],
    into_id: Annotated[str, typer.Argument(metavar="INTO", help="The one whose name is kept.")],
) -> None:
    """Merge two entities: the first counts as the second from now on."""
    _decide(DecisionKind.MERGE, entity_id, into_id)


@entities.command(short_help="Separate two entities.")
def split(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id.")],
    other_id: Annotated[str, typer.Argument(metavar="OTHER", help="The id of the other.")],
) -> None:
    """Separate two entities, so that no evidence merges them."""
    _decide(DecisionKind.SPLIT, entity_id, other_id)


def _decide(kind: DecisionKind, entity_id: str, other_id: str) -> None:
    with plain_errors():
        from tasks.entity_merges import decide

        typer.echo(printable(decide(read_settings(), kind, entity_id, other_id).message()))


app.add_typer(entities, name="entities", help="Merge or separate entities.")
app.add_typer(query_cli.queries)


@app.callback(invoke_without_command=True)
def main_options(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """The MENAFN newswire in a DuckDB warehouse."""
    if version:
        typer.echo(f"wirehouse {VERSION}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command; exits with 0 done, 1 not finished, 2 wrong usage or settings."""
    if sys.stdout is None:  # closed by the caller
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal may not have every letter
        sys.stdout.reconfigure(errors="backslashreplace")
    app()
