"""The commands that only look: sql, status, digest."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Form, Format, Json, plain_errors, show
from flows.display import show_contents, show_status
from tasks.adapters.settings import read_settings
from tasks.wire.errors import UsageError


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
        from tasks.inspect import ask

        columns, rows = ask(read_settings(), query if query is not None else _statement_of(file))
        show(columns, rows, form)


def status(as_json: Json = False) -> None:
    """Runs, counts, freshness and rejects, at a glance."""
    with plain_errors():
        from tasks.inspect import status as status_of

        show_status(status_of(read_settings()), as_json=as_json)


def digest(as_json: Json = False) -> None:
    """A digest of what the warehouse says: equal for two that say the same."""
    with plain_errors():
        from tasks.inspect import digest as digest_of

        show_contents(digest_of(read_settings()), as_json=as_json)


def _statement_of(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} can't be read: {error}") from error
