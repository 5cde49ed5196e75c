"""Writes an export's tables to a SQLite file, with full-text search that Datasette finds."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from tasks.core.errors import StorageError
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_file, run_text

_ROWS = 1000
_TYPES = {
    "BIGINT": "integer", "BOOLEAN": "integer", "DOUBLE": "real", "HUGEINT": "integer",
    "INTEGER": "integer",
}  # fmt: skip
_KEYS = {"article_id": "articles", "entity_id": "entities"}  # of which Datasette makes links
_ADAPTERS: dict[type, Callable[[Any], str | float]] = {
    date: date.isoformat, datetime: datetime.isoformat, Decimal: float, dict: json.dumps,
    list: json.dumps,
}  # fmt: skip
# The index has no text of its own; triggers keep it as the table is.
_SEARCH = """
create virtual table articles_fts using fts5(
    title, body, content='articles', content_rowid='article_id',
    tokenize='unicode61 remove_diacritics 2'
);
create trigger articles_insert after insert on articles begin
    insert into articles_fts (rowid, title, body) values (new.article_id, new.title, new.body);
end;
create trigger articles_delete after delete on articles begin
    insert into articles_fts (articles_fts, rowid, title, body)
    values ('delete', old.article_id, old.title, old.body);
end;
"""


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A SQLite file, made as needed; a `StorageError` where it can't be used."""
    for kind, adapt in _ADAPTERS.items():
        sqlite3.register_adapter(kind, adapt)
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("pragma secure_delete = on")  # a deleted story leaves no bytes
            yield database
    except sqlite3.Error as error:
        raise StorageError(
            f"{path} can't be written: {error}. Close what has it open, or remove it; then export "
            "again."
        ) from error


def write_months(
    database: sqlite3.Connection,
    connection: Connection,
    table: str,
    months: Mapping[str | None, bool],
) -> None:
    """Replace months of a table by the rows that are staged, or remove those marked False."""
    described = run_text(connection, "describe exported").fetchall()
    types: dict[str, str] = {name: kind for name, kind, *_ in described}
    if "article_id" not in types:
        del types["month"]
    _create_table(database, table, types)
    marks = ", ".join("?" * len(types))
    with database:
        for month, is_staged in months.items():
            condition = "month is ?" if "month" in types else "? is null"
            _run(database, f'delete from "{table}" where {condition}', [(month,)])  # noqa: S608
            if is_staged:
                rows = run_file(connection, "export/select_month.sql", month=month)
                batches = iter(partial(rows.fetchmany, _ROWS), [])
                _run(
                    database,
                    f'insert into "{table}" values ({marks})',  # noqa: S608 - our own name
                    (row[: len(types)] for row in chain.from_iterable(batches)),
                )
        if table == "articles":
            # Else the index keeps deleted words until it happens to be merged.
            _run(database, "insert into articles_fts (articles_fts) values ('optimize')")


def _run(
    database: sqlite3.Connection, statement: str, rows: Iterable[Sequence[Any]] | None = None
) -> sqlite3.Cursor:
    """Run a statement, once for each of the rows; SQLite binds values, but no names of tables."""
    if rows is None:
        return database.execute(statement)
    return database.executemany(statement, rows)


def _create_table(database: sqlite3.Connection, table: str, types: Mapping[str, str]) -> None:
    """Create a table, and again where it has the columns of another version."""
    existing = [row[1] for row in _run(database, f'pragma table_info("{table}")')]
    if existing == list(types):
        return
    columns = []
    for name, kind in types.items():
        column = f'"{name}" {"real" if kind.startswith("DECIMAL") else _TYPES.get(kind, "text")}'
        if (target := _KEYS.get(name)) is not None:
            column += " primary key" if target == table else f" references {target} ({name})"
        columns.append(column)
    _run(database, f'drop table if exists "{table}"')
    _run(database, f'create table "{table}" ({", ".join(columns)})')
    for name in _KEYS.keys() & types.keys():
        if _KEYS[name] != table:
            _run(database, f'create index "{table}_{name}" on "{table}" ("{name}")')
    if table == "articles":
        database.execute("drop table if exists articles_fts")
        database.executescript(_SEARCH)
