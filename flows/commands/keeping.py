"""The commands that keep the warehouse: forget, backup, restore."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Json, plain_errors
from flows.display import Step, progress_line, show_erasure, show_facts, show_held, tell
from tasks.adapters.settings import read_settings
from tasks.wire.errors import UsageError


def forget(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of stories, or ranges.")],
    reason: Annotated[str, typer.Option(help="Why; kept beside the ids.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Take stories out of the warehouse, its copies and the archive, and never bring them back."""
    with plain_errors():
        from tasks.forget import archive_size, forget, held, story_ids

        settings, article_ids = read_settings(), story_ids(ids)
        if not yes:
            _confirm(f"Take {show_held(held(settings, article_ids))} down for good?")
        with progress_line():
            step = Step("archive", total=archive_size(settings))
            erasure = forget(settings, article_ids, reason=reason, advance=step.advance)
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
        from tasks.restore import manifest_size, restore

        with progress_line():
            step = Step("files", total=manifest_size(path))
            done = restore(read_settings(), path, force=force, advance=step.advance)
        show_facts("restored", done, as_json=as_json)
        if done.newer_files and not as_json:
            tell(
                f"{done.newer_files} files of the archive are newer than the backup; wirehouse "
                "rebuild brings what they hold."
            )


def _confirm(question: str) -> None:
    """Ask a person, on a terminal."""
    if not sys.stdin.isatty():
        raise UsageError("Nobody is there to be asked; say --yes. Nothing was changed.")
    if not typer.confirm(question, err=True):
        raise UsageError("Nothing was changed.")
