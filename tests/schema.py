"""Writes `sql/schema.sql` again: `python -m tests.schema`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import SQL_FOLDER
from tasks.warehouse.writer import session

SCHEMA = SQL_FOLDER / "schema.sql"
COLUMNS = Path(__file__).parent / "columns.sql"

OPENING = """\
-- The tables and views of the warehouse with their comments. Made by `make schema` from a migrated
-- warehouse; a test fails when it is stale. To change the schema, add a file to sql/migrations.
"""

_SHORT_TYPES = {"timestamp with time zone": "timestamptz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table or view, as DuckDB's catalogue has it."""

    relation_kind: str
    relation_name: str
    relation_comment: str | None
    column_name: str
    data_type: str
    is_nullable: bool
    is_key: bool
    column_comment: str | None


def columns_of(connection: Connection) -> list[Column]:
    """Every column of every table and view, tables first, in their order."""
    names = Column.__slots__
    rows = connection.execute(COLUMNS.read_text(encoding="utf-8")).fetchall()
    return [Column(**dict(zip(names, row, strict=True))) for row in rows]


def schema_text(connection: Connection) -> str:
    """The text of `sql/schema.sql`."""
    parts = [OPENING]
    for _, group in groupby(columns_of(connection), key=lambda column: column.relation_name):
        columns = list(group)
        lines = _table(columns) if columns[0].relation_kind == "table" else _view(columns)
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _table(columns: list[Column]) -> Iterator[str]:
    first, last = columns[0], columns[-1]
    yield _remark(first.relation_comment)
    yield f"create table {first.relation_name} ("
    for column in columns:
        yield _remark(column.column_comment, indent="    ")
        comma = "" if column is last else ","
        yield f"    {column.column_name} {_type(column)}{_rule(column)}{comma}"
    yield ");"


def _view(columns: list[Column]) -> Iterator[str]:
    first = columns[0]
    yield f"-- The view {first.relation_name}, sql/views/{first.relation_name}.sql."
    yield _remark(first.relation_comment)
    for column in columns:
        named = f"{column.column_name} {_type(column)}"
        yield _remark(f"{named}: {column.column_comment or 'no comment'}", hang="    ")


def _type(column: Column) -> str:
    return _SHORT_TYPES.get(column.data_type, column.data_type)


def _rule(column: Column) -> str:
    if column.is_key:
        return " primary key"
    return "" if column.is_nullable else " not null"


def _remark(text: str | None, indent: str = "", hang: str = "") -> str:
    start = f"{indent}-- {hang}"
    return fill(
        text or "no comment", width=100, initial_indent=start, subsequent_indent=f"{start}{hang}"
    )


def migrated_schema() -> str:
    """The schema of a warehouse that has had every migration."""
    with (
        TemporaryDirectory() as folder,
        session(DataPaths(data_dir=Path(folder)), wait_seconds=0) as connection,
    ):
        return schema_text(connection)


if __name__ == "__main__":
    SCHEMA.write_text(migrated_schema(), encoding="utf-8")
