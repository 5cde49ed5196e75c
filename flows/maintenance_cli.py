"""The commands of `wirehouse` that examine, delete, back up and compact the data."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import render
from flows.command import plain_errors
from flows.prefect_api import examine_prefect
from flows.query_cli import AsFormat, AsJson
from flows.render import Step, echo, progress_line
from flows.rows import Format, show_rows
from tasks.core.annotations import DecisionKind
from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.core.reports import Level, printable
from tasks.core.settings import read_settings

maintenance = typer.Typer(rich_markup_mode=None)
entities = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@maintenance.command(short_help="Examine the installation, the data folder and the site.")
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


@maintenance.command(short_help="Show a fingerprint of the warehouse's content.")
def digest(as_json: AsJson = False) -> None:
    """Show a fingerprint of the warehouse's content; equal for two with the same rows."""
    with plain_errors(as_json=as_json):
        from tasks.warehouse.fingerprint import published_contents

        render.show_fingerprint(
            published_contents(DataPaths(read_settings().data_dir)), as_json=as_json
        )


@maintenance.command(short_help="Write a page about the warehouse.")
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


@maintenance.command(short_help="Delete stories permanently.")
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


@maintenance.command(short_help="Make a backup, or bring one up to date.")
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


@maintenance.command(short_help="Restore the warehouse from a backup.")
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


@maintenance.command(short_help="Compress older archive files further.")
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


maintenance.add_typer(entities, name="entities", help="Merge or separate entities.")
