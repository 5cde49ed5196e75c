"""The `wirehouse` command: a thin skin over the flows and the reading side of the warehouse."""

from typing import Annotated

import typer

from flows.commands import keeping, passes, questions, rulings
from tasks.wire.settings import VERSION

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
entities = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

app.command(short_help="Make one pass over the wire.")(passes.ingest)
app.command(short_help="Bring stories that no listing shows any more.")(passes.backfill)
app.command(short_help="Make the warehouse again from the archive.")(passes.rebuild)
app.command(short_help="Take stories down, for good.")(keeping.forget)
app.command(short_help="Make a backup, or bring one up to date.")(keeping.backup)
app.command(short_help="Put a backup in the place of the warehouse.")(keeping.restore)
app.command(short_help="Put a question to the warehouse.")(questions.sql)
entities.command(short_help="List pairs that may be one.")(rulings.candidates)
entities.command(short_help="Rule that two entities are one.")(rulings.merge)
entities.command(short_help="Rule that two entities are two.")(rulings.split)
app.command(short_help="Show runs, counts, freshness and rejects.")(questions.status)
app.command(short_help="Show a digest of what the warehouse says.")(questions.digest)
app.command(short_help="Run the schedule until interrupted.")(passes.serve)
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
