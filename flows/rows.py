"""Prints rows to standard output, in the format that was chosen."""

import csv
import html
import io
import json
import os
import pydoc
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tasks.core.errors import UsageError
from tasks.core.reports import printable

TERMINAL_ROWS = 100  # of a table on a terminal, where nobody reads more
_FOLD_WIDTH = 20  # a column of longer values is still legible
PIPE_WIDTH = 400  # columns of a table where standard output is no terminal

_Rows = Sequence[Sequence[Any]]


class Format(StrEnum):
    TABLE = "table"
    VERTICAL = "vertical"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    ARROW = "arrow"

    @property
    def is_binary(self) -> bool:
        """Whether it is no text."""
        return self in (Format.PARQUET, Format.ARROW)

    def row_limit(self, given: int | None) -> int | None:
        """The most rows to print, `None` for all of them; what is not for people is never cut."""
        if given is not None:
            return given or None
        is_read = self in (Format.TABLE, Format.VERTICAL) and sys.stdout.isatty()
        return TERMINAL_ROWS if is_read else None

    def require_file(self) -> None:
        """Raise a `UsageError` where standard output is a terminal and the format is binary."""
        if self.is_binary and sys.stdout.isatty():
            raise UsageError(
                f"{self} is not for a terminal: write it to a file, such as > rows.{self}"
            )


def show_rows(
    columns: Sequence[str], rows: _Rows, form: Format, *, has_marks: bool = False
) -> None:
    """Print a query's rows in a text format; `has_marks` as in `show_table`."""
    with pager():
        match form:
            case Format.TABLE if not sys.stdout.isatty() or fits_terminal(columns, rows):
                show_table(columns, rows, has_marks=has_marks)
            case Format.TABLE | Format.VERTICAL:
                show_vertical(columns, rows, has_marks=has_marks)
            case Format.MARKDOWN:
                show_markdown(columns, rows)
            case Format.CSV:
                show_csv(columns, rows)
            case _:
                show_json(columns, rows, is_array=form is Format.JSON)


@contextmanager
def pager() -> Iterator[None]:
    """Show what the block prints to a terminal a page at a time, by PAGER."""
    terminal = sys.stdout
    if not terminal.isatty() or isinstance(terminal, _Screen):
        yield
        return
    sys.stdout = _Screen()
    try:
        yield
        text = sys.stdout.getvalue()
    finally:
        sys.stdout = terminal
    os.environ.setdefault("LESS", "FRX")  # as git: end at once if it fits, and show styles
    pydoc.pager(text)


class _Screen(io.StringIO):
    """Keeps what is printed to a terminal until all of it is there."""

    def isatty(self) -> bool:
        return True


def fits_terminal(columns: Sequence[str], rows: _Rows) -> bool:
    """Whether a table of these rows is legible in the width of the terminal."""
    texts = [columns, *([as_text(value) for value in row] for row in rows)]
    widths = (max(map(cell_len, cells)) for cells in zip(*texts, strict=True))
    return 1 + sum(3 + min(_FOLD_WIDTH, width) for width in widths) <= Console().width


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def _cell(value: Any, *, has_marks: bool = False) -> Text:
    """A value's text, which can neither style nor move anything."""
    text = printable(as_text(value))
    parts = text.split("**") if has_marks and sys.stdout.isatty() else [text]
    return Text.assemble(*((part, "bold" if index % 2 else "") for index, part in enumerate(parts)))


def show_table(
    columns: Sequence[str], rows: _Rows, title: str = "", *, has_marks: bool = False
) -> None:
    """Print a table, as wide as it needs where standard output is no terminal.

    If it `has_marks`, what stands between ** is bold on a terminal.
    """
    table = Table(title=title or None, title_justify="left", expand=False)
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float | None) for row in rows)
        name = escape(printable(column))  # a pivot makes column names of what the site sent
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value, has_marks=has_marks) for value in row))
    _console().print(table)


def show_vertical(columns: Sequence[str], rows: _Rows, *, has_marks: bool = False) -> None:
    """Print each row as lines of a column's name and its value."""
    console = _console()
    for number, row in enumerate(rows, start=1):
        if len(rows) > 1:
            heading = Rule(f"row {number}", align="left", style="")
            console.print(heading, width=min(40, console.width))
        lines = Table.grid(padding=(0, 2, 0, 0))
        lines.add_column(style="bold", overflow="fold", max_width=max(8, console.width // 2))
        lines.add_column(overflow="fold")
        for column, value in zip(columns, row, strict=True):
            lines.add_row(_cell(column), _cell(value, has_marks=has_marks))
        console.print(lines)


def show_markdown(columns: Sequence[str], rows: _Rows) -> None:
    """Print a table as in GitHub's Markdown, in which no value is markup."""
    lines = [[_as_markdown(cell) for cell in cells] for cells in (columns, *rows)]
    lines.insert(1, ["---"] * len(columns))
    sys.stdout.writelines(f"| {' | '.join(line)} |\n" for line in lines)


def _as_markdown(value: Any) -> str:
    text = html.escape(printable(as_text(value)), quote=False)
    return re.sub(r"([\\`*_\[\]|~])", r"\\\1", text).replace("\n", "<br>")


def show_csv(columns: Sequence[str], rows: _Rows) -> None:
    """Print RFC 4180 CSV with a header; unchanged byte for byte unless on a terminal."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([as_text(value) for value in row] for row in rows)
    text = buffer.getvalue()
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def show_json(columns: Sequence[str], rows: _Rows, *, is_array: bool = True) -> None:
    """Print a JSON array of one object a row, or one object a line."""
    is_unicode = (sys.stdout.encoding or "utf").lower().startswith("utf")
    records = [dict(zip(columns, map(as_json, row), strict=True)) for row in rows]
    texts = (
        [json.dumps(records, ensure_ascii=not is_unicode, indent=1)]
        if is_array
        else (json.dumps(record, ensure_ascii=not is_unicode) for record in records)
    )
    for text in texts:
        # What a terminal could take for a command is written in JSON's own escapes.
        sys.stdout.writelines(
            letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1]
            for letter in text
        )
        sys.stdout.write("\n")


def as_text(value: Any) -> str:
    """A value as a person reads it; lists and structs as JSON."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(as_json(value), ensure_ascii=False)
    return str(value)


def as_json(value: Any) -> Any:
    """A value as what JSON has for it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, float) and not isfinite(value):
        return None  # JSON has no word for it
    return value if isinstance(value, str | int | float | None) else str(value)
