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

from flows import maintenance_cli, query_cli, render
from flows.command import flow_command, plain_errors, show_ends
from flows.prefect_api import hold_schedule, prefect_api, prepare_prefect
from flows.prefect_database import garbage_thread
from flows.query_cli import AsJson
from flows.render import echo
from flows.signals import interrupt_on_signals
from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.core.rejects import retriable_reasons
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


app.add_typer(maintenance_cli.maintenance)
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
