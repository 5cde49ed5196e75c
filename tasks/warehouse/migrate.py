"""Brings a warehouse to the schema that this version of the program knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import groupby
from pathlib import Path
from textwrap import fill

import duckdb

from tasks.core.errors import MigrationError, NewerWarehouseError
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import SQL_FOLDER, digest, run_file, run_text, sql_files

_SOURCE = re.compile(r"\b(?:from|join) ([a-z_]+)")


def migrate(
    connection: Connection,
    migrations: Path = SQL_FOLDER / "migrations",
    *,
    seeds: Path = SQL_FOLDER / "seeds",
    views: Path = SQL_FOLDER / "views",
) -> None:
    """Applies the migrations that a warehouse lacks, each in a transaction; then seeds and views.

    Args:
        connection: a warehouse, open for writing.
        migrations: the folder of migrations, `<version>_<name>.sql`.
        seeds: the folder of seeds, `<table>.sql` and its data beside it.
        views: the folder of views, `<view>.sql`.

    Raises:
        NewerWarehouseError: the warehouse has had migrations that this program doesn't know.
        MigrationError: a migration was edited after it was applied, or fails.
    """
    if run_file(connection, "setup/find_migrations.sql").fetchone() == (False,):
        run_file(connection, "setup/create_migrations.sql")
    applied = dict(_rows(connection, "setup/applied_migrations.sql"))
    known = {_version(path): path for path in sql_files(migrations)}
    _refuse_newer(applied, known)
    for version, path in sorted(known.items()):
        if version not in applied:
            _apply(connection, version, path)
        elif applied[version] != digest(path):
            raise MigrationError(
                f"{path.name} was edited after it was applied to this warehouse. Restore the file; "
                "a change belongs in a new migration."
            )
    _apply_changed_files(connection, seeds, views)


def refuse_newer(connection: Connection) -> None:
    """Refuses a warehouse that is only to be read, and so not migrated, if it is a newer one.

    Args:
        connection: a published warehouse.

    Raises:
        NewerWarehouseError: it has had migrations that this program doesn't know.
    """
    applied = dict(_rows(connection, "setup/applied_migrations.sql"))
    known = {_version(path): path for path in sql_files(SQL_FOLDER / "migrations")}
    _refuse_newer(applied, known)


def _rows(connection: Connection, name: str) -> list[tuple[int, str]]:
    rows: list[tuple[int, str]] = run_file(connection, name).fetchall()
    return rows


def _refuse_newer(applied: dict[int, str], known: dict[int, Path]) -> None:
    newest, newest_known = max(applied, default=0), max(known, default=0)
    if newest > newest_known:
        raise NewerWarehouseError(
            f"This warehouse has had migration {newest}, and this version of Wirehouse knows only "
            f"those up to {newest_known}. Update Wirehouse, or use another data folder."
        )


def _version(path: Path) -> int:
    return int(path.name.split("_", 1)[0])


def _apply(connection: Connection, version: int, path: Path) -> None:
    connection.begin()
    try:
        run_text(connection, path.read_text(encoding="utf-8"))
        run_file(
            connection,
            "setup/record_migration.sql",
            version=version,
            name=path.name,
            sha256=digest(path),
        )
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        line = " ".join(str(error).split())[:300]
        raise MigrationError(
            f"{path.name} can't be applied: {line} The warehouse is as it was before."
        ) from error


def _apply_changed_files(connection: Connection, *folders: Path) -> None:
    """Seeds and views follow their files: each is applied again when what it says has changed.

    So is a view when one that it reads has, since DuckDB keeps the columns that it found there.
    """
    rows = run_file(connection, "setup/applied_files.sql").fetchall()
    applied: dict[str, str] = dict(rows)
    for folder in folders:
        reads = _reads_of(sql_files(folder))
        for path in TopologicalSorter(reads).static_order():
            name, sha256 = f"{folder.name}/{path.name}", digest(*_sources_of(path, reads))
            if applied.get(name) != sha256:
                _apply_file(connection, path, name, sha256)


def _reads_of(paths: list[Path]) -> dict[Path, list[Path]]:
    """For each file, those of the others whose view or table it selects from."""
    sources = {path: set(_SOURCE.findall(path.read_text(encoding="utf-8"))) for path in paths}
    return {
        path: [one for one in paths if one != path and one.stem in sources[path]] for path in paths
    }


def _sources_of(path: Path, reads: dict[Path, list[Path]]) -> list[Path]:
    """The file, its data, and whatever it reads."""
    data = path.with_suffix(".csv")
    sources = [path, data] if data.exists() else [path]
    return sources + [source for one in reads[path] for source in _sources_of(one, reads)]


def _apply_file(connection: Connection, path: Path, name: str, sha256: str) -> None:
    connection.begin()
    try:
        data = str(path.with_suffix(".csv"))
        run_text(connection, path.read_text(encoding="utf-8"), path=data)
        run_file(connection, "setup/record_file.sql", path=name, sha256=sha256)
        connection.commit()
    except duckdb.Error:
        connection.rollback()
        raise


_OPENING = """\
-- The tables and views of the warehouse with their comments. Made by `make schema` from a migrated
-- warehouse; a test fails when it is stale. To change the schema, add a file to sql/migrations.
"""

_SHORT_TYPES = {"timestamp with time zone": "timestamptz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table or view, as DuckDB's catalogue has it.

    Attributes:
        relation_kind: `table` or `view`.
        relation_name: the table or view.
        relation_comment: its comment, `None` if it has none.
        column_name: the column.
        data_type: its type.
        is_nullable: whether it may be null; of no meaning for a view.
        is_key: whether it belongs to the primary key.
        column_comment: its comment, `None` if it has none.
    """

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
    rows = run_file(connection, "catalogue/columns.sql").fetchall()
    return [Column(**dict(zip(names, row, strict=True))) for row in rows]


def schema_text(connection: Connection) -> str:
    """The schema as a commented SQL text.

    Args:
        connection: a migrated warehouse.

    Returns:
        The text of `sql/schema.sql`.
    """
    parts = [_OPENING]
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
