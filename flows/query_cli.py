"""The commands of `wirehouse` that read the published warehouse."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import render
from flows.command import plain_errors
from flows.render import Step, echo, progress_line
from flows.rows import Format, pager, show_rows
from tasks.core.errors import UsageError
from tasks.core.files import replace_atomically
from tasks.core.paths import DataPaths
from tasks.core.reports import ExportFormat, printable
from tasks.core.settings import read_settings

if TYPE_CHECKING:
    import pyarrow as pa

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
AsFormat = Annotated[Format, typer.Option("--format", help="How to print the rows.")]
StoryId = Annotated[
    int, typer.Argument(metavar="ID", min=10**9, max=2 * 10**9 - 1, help="The story's id.")
]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="A day (UTC), such as 2026-11-20."),
]

queries = typer.Typer(rich_markup_mode=None)


@queries.command(short_help="Run one read-only SQL query.")
def sql(
    query: Annotated[
        str | None,
        typer.Argument(help="One read-only statement; - reads it from standard input."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the statement from a file, or from -.")
    ] = None,
    form: AsFormat = Format.TABLE,
    most: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=0,
            help="Most rows to print; 0 means all, which is the default but for tables on a "
            "terminal.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Run one read-only SQL query on the published warehouse."""
    with plain_errors(as_json=as_json):
        from tasks.warehouse.sandbox import ask, ask_arrow

        form = Format.JSON if as_json else form
        form.require_file()
        if query is not None and file is None:
            text = _read_argument(query)
        elif file is not None and query is None:
            text = _read_file(file)
        else:
            raise UsageError(
                'give either a query in quotes or --file: wirehouse sql "from articles"'
            )
        paths, limit = DataPaths(read_settings().data_dir), form.row_limit(most)
        if form.is_binary:
            table, count = ask_arrow(paths, text, row_limit=limit)
            shown = _write_table(table, form)
        else:
            columns, rows, count = ask(paths, text, row_limit=limit)
            show_rows(columns, rows, form)
            shown = len(rows)
        if count > shown:
            echo(f"The first {shown} of {count} rows; --limit 0 shows all.")


@queries.command(short_help="Find stories by their words.")
def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY...",
            help="Words that a story must have; - reads them from standard input.",
        ),
    ],
    *,
    since: Day = None,
    until: Day = None,
    provider: Annotated[str | None, typer.Option(help="Words of the provider's name.")] = None,
    language: Annotated[str | None, typer.Option(help="Such as en or ar.")] = None,
    place: Annotated[str | None, typer.Option(help="A place that is named; name or id.")] = None,
    entity: Annotated[str | None, typer.Option(help="Who or what is named; name or id.")] = None,
    most: Annotated[int, typer.Option("--limit", min=0, help="Most stories; 0 means all.")] = 10,
    form: AsFormat = Format.TABLE,
) -> None:
    """Find stories by their words, best first; what was found stands between ** or is bold.

    "two words" is a phrase, desalin* a beginning, -word excludes, title:word is of the title. Case,
    accents, plurals, hamza and the Arabic article don't matter.
    """
    with plain_errors():
        from tasks.warehouse.search import SearchFilters, search_stories, search_table

        form.require_file()
        paths, query = DataPaths(read_settings().data_dir), _read_argument(" ".join(words))
        filters = SearchFilters(
            since=since.date() if since else None,
            until=until.date() if until else None,
            provider=provider,
            language=language,
            place=place,
            entity=entity,
            row_limit=most or None,
        )
        if form.is_binary:
            table, count = search_table(paths, query, filters)
            shown = _write_table(table, form)
        else:
            columns, rows, count = search_stories(paths, query, filters)
            shown = len(rows)
            if rows or form not in (Format.TABLE, Format.VERTICAL, Format.MARKDOWN):
                show_rows(columns, rows, form, has_marks=True)
        if not shown:
            echo("No story has all of this.")
        elif count > shown:
            echo(f"The best {shown} of {count} stories; --limit 0 shows all.")


@queries.command(short_help="Find stories that mean the same.")
def similar(
    article_id: StoryId,
    most: Annotated[int, typer.Option("--limit", min=0, help="Most stories; 0 means all.")] = 10,
    form: AsFormat = Format.TABLE,
) -> None:
    """Find the stories closest in meaning to one, in any language, by headline and lead.

    Copies count once, and those of the story itself not at all. It needs optional packages:
    pip install -e '.[semantic]'
    """
    with plain_errors():
        from tasks.similar import find_similar

        form.require_file()
        with progress_line():
            step = Step("new texts embedded")
            table = find_similar(
                read_settings(), article_id, row_limit=most or None, advance=step.advance
            )
        if form.is_binary:
            _write_table(table, form)
        else:
            rows = [tuple(row.values()) for row in table.to_pylist()]
            show_rows(table.column_names, rows, form)


@queries.command(short_help="Show one story and where it is from.")
def show(
    article_id: StoryId,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the archived page to a file instead; - prints it."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show one story: its text and its changes, names, figures, and its records in the archive."""
    with plain_errors(as_json=as_json):
        from tasks.show import read_page, select_story

        settings = read_settings()
        story = select_story(settings, article_id)
        if html is None:
            with pager():
                render.show_story(story, as_json=as_json)
        elif str(html) != "-":
            page = read_page(settings, story)
            with replace_atomically(html) as temporary:
                temporary.write_bytes(page)
            echo(f"{html} has the page as the site sent it.")
        elif sys.stdout.isatty():
            raise UsageError("A page is not for a terminal: name a file, as in --html page.html")
        else:
            sys.stdout.buffer.write(read_page(settings, story))


@queries.command(short_help="List tables, or a table's columns.")
def describe(
    table: Annotated[
        str | None, typer.Argument(help="A table or view.", show_default=False)
    ] = None,
    form: AsFormat = Format.TABLE,
) -> None:
    """List the public tables, views and macros, or the columns of one, with their meanings."""
    with plain_errors():
        from tasks.warehouse.describe import describe_columns, describe_relations

        if form.is_binary:
            raise UsageError("wirehouse describe prints text: choose another --format.")
        paths = DataPaths(read_settings().data_dir)
        columns, rows, _ = describe_columns(paths, table) if table else describe_relations(paths)
        show_rows(columns, rows, form)


@queries.command(short_help="Write the warehouse as files of other tools.")
def export(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or an export.")],
    form: Annotated[
        ExportFormat, typer.Option("--format", help="What to write.")
    ] = ExportFormat.PARQUET,
    since: Day = None,
    as_json: AsJson = False,
) -> None:
    """Write the public tables and views to a folder, or bring an export there up to date.

    Only what has changed is written; with --since only stories published from that day on.
    """
    with plain_errors(as_json=as_json):
        from tasks.warehouse.export import export_tables

        with progress_line():
            done = export_tables(
                DataPaths(read_settings().data_dir),
                path,
                form,
                since=since.date() if since else None,
                advance=Step("tables").advance,
            )
        render.show_record(("export", done.path), done, as_json=as_json)


@queries.command(short_help="Print how to read the lake.")
def attach() -> None:
    """Print the statements that open the lake of WIREHOUSE_LAKE in DuckDB or as plain Parquet."""
    with plain_errors():
        from tasks.warehouse.lake import attach_statements

        sys.stdout.write(printable(attach_statements(read_settings())) + "\n")


def _read_argument(text: str) -> str:
    return _read_file(Path("-")) if text.strip() == "-" else text


def _read_file(path: Path) -> str:
    """The text of a file, or of standard input for -."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}") from error


def _write_table(table: "pa.Table", form: Format) -> int:
    from tasks.core.parquet import encode_table

    sys.stdout.buffer.write(encode_table(table, as_parquet=form is Format.PARQUET))
    return int(table.num_rows)
