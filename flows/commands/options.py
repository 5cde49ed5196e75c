"""What commands have in common: options, settings, and how they end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from flows.display import show_csv, show_json, show_table, tell
from flows.environment import prepare_prefect
from tasks.adapters.settings import read_settings
from tasks.wire.errors import SettingsError, UsageError, WirehouseError
from tasks.wire.settings import Settings

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
        tell(f"wirehouse: {error}")
        raise typer.Exit(2) from error
    except WirehouseError as error:
        tell(f"wirehouse: {error}")
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        tell("wirehouse: interrupted. Nothing is lost: run it again to carry on.")
        raise typer.Exit(1) from error
    except Exception as error:
        if verbose:
            raise
        tell(
            f"wirehouse: a defect of ours, {type(error).__name__}: {error}. Nothing is lost; "
            "--verbose shows where it happened."
        )
        raise typer.Exit(1) from error


def prepared(*, verbose: bool) -> Settings:
    """The settings, read before Prefect is imported, which reads its own from the environment."""
    settings = read_settings()
    prepare_prefect(settings.data_dir, verbose=verbose)
    return settings


def show(columns: Sequence[str], rows: Sequence[Sequence[object]], form: Format) -> None:
    """Print rows in a form."""
    show_as = {Format.TABLE: show_table, Format.CSV: show_csv, Format.JSON: show_json}[form]
    show_as(columns, rows)
