"""The commands that run a flow: ingest, backfill, rebuild, serve.

Prefect takes seconds to import, so each imports its flow once it is called.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Json, MaxStories, Verbose, plain_errors, prepared
from flows.display import progress_line, show_summary
from tasks.wire.errors import UsageError


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
        prepared(verbose=verbose)
        from flows.ingest import ingest as ingest_wire
        from flows.sample import ingest_sample

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
        prepared(verbose=verbose)
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
        prepared(verbose=verbose)
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
        settings = prepared(verbose=verbose)
        from flows.serve import serve_schedule

        serve_schedule(settings, port=port)
