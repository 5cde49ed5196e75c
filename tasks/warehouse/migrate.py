"""Bring a warehouse to the schema that this version of the program knows."""

import re
from contextlib import suppress
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path

import duckdb

from tasks.core.errors import MigrationError, NewerWarehouseError
from tasks.warehouse.connect import (
    FILE_ERRORS,
    Connection,
    prefer_base_tables,
    prefer_views,
    transaction,
)
from tasks.warehouse.sql import SQL_FOLDER, digest, run_file, run_text, sql_files

_SOURCE = re.compile(r"\b(?:from|join) (?:main\.)?((?:ops\.)?[a-z_]+)|\b([a-z_]+)\(")
_PARAMETER = re.compile(r"\$([a-z_]+)")
_MADE = re.compile(r"^create or replace (?:view|macro) ([a-z_.]+)", re.MULTILINE)


def migrate(
    connection: Connection,
    migrations: Path = SQL_FOLDER / "migrations",
    *,
    seeds: Path = SQL_FOLDER / "seeds",
    views: Path = SQL_FOLDER / "views",
) -> None:
    """Apply the migrations that a warehouse lacks, each in a transaction; then seeds and views.

    A view is made with the search path of readers, so that an unqualified name in it means the
    same to them.

    Raises:
        NewerWarehouseError: the warehouse has had migrations that this program doesn't know.
        MigrationError: a migration was edited after it was applied, or fails.
    """
    for version, path in missing_migrations(connection, migrations).items():
        try:
            with transaction(connection):
                _run_file(connection, path)
                name = "admin/record_migration.sql"
                sha256 = digest(path)
                run_file(connection, name, version=version, name=path.name, sha256=sha256)
        except FILE_ERRORS:  # of the disk, not of the migration
            raise
        except duckdb.Error as error:
            line = " ".join(str(error).split())[:300]
            raise MigrationError(
                f"{path.name} can't be applied: {line} The warehouse is as it was before."
            ) from error
    tables = {path.stem: path for path in sorted(seeds.glob("*.csv"))}
    prefer_base_tables(connection)
    _apply_changed_files(connection, seeds, tables)
    prefer_views(connection)
    _apply_changed_files(connection, views, tables)
    prefer_base_tables(connection)


def missing_migrations(
    connection: Connection, migrations: Path = SQL_FOLDER / "migrations"
) -> dict[int, Path]:
    """The migrations that a warehouse lacks, by version; errors as for `migrate`."""
    known = _known_migrations(migrations)
    applied = refuse_newer(connection, known)
    for version, path in known.items():
        if version in applied and applied[version] != digest(path):
            raise MigrationError(
                f"{path.name} was edited after it was applied to this warehouse. Restore the file; "
                "a change belongs in a new migration."
            )
    return {version: path for version, path in known.items() if version not in applied}


def refuse_newer(connection: Connection, known: dict[int, Path] | None = None) -> dict[int, str]:
    """The digests of a warehouse's migrations by version, none of them unknown here."""
    known = known or _known_migrations(SQL_FOLDER / "migrations")
    applied: dict[int, str] = {}
    with suppress(duckdb.CatalogException):  # recording the first migration makes the table
        applied.update(connection.table("migrations").select("version", "sha256").fetchall())
    newest, newest_known = max(applied, default=0), max(known)
    if newest > newest_known:
        raise NewerWarehouseError(
            f"This warehouse has had migration {newest}, and this version of Wirehouse knows only "
            f"those up to {newest_known}. Update Wirehouse, or use another data folder."
        )
    return applied


def _known_migrations(folder: Path) -> dict[int, Path]:
    return {int(path.name.split("_", 1)[0]): path for path in sql_files(folder)}


def _run_file(connection: Connection, path: Path, **data: str) -> None:
    """Run a file; a select at its end gives statements, which are run too."""
    text = path.read_text(encoding="utf-8")
    run_text(connection, text, **data)
    *_, last = duckdb.extract_statements(text)
    if last.type == duckdb.StatementType.SELECT:
        for (statement,) in connection.fetchall():
            run_text(connection, statement)


def find_sources(folder: Path) -> dict[Path, list[Path]]:
    """The SQL files of a folder, with those that make what each reads."""
    texts = {path: path.read_text(encoding="utf-8") for path in sql_files(folder)}
    made = {path: set(_MADE.findall(text)) for path, text in texts.items()}
    sources = {path: {*chain(*_SOURCE.findall(text))} for path, text in texts.items()}
    return {
        path: [one for one in texts if one != path and made[one] & sources[path]] for path in texts
    }


def _apply_changed_files(connection: Connection, folder: Path, tables: dict[str, Path]) -> None:
    """Apply each seed and view file again when it has changed, or what it reads.

    It reads a CSV file by a parameter of its name. A view or macro follows those that it reads,
    since DuckDB keeps the columns that it found there.
    """
    applied = dict(connection.table("ops.applied_files").select("path", "sha256").fetchall())
    reads = find_sources(folder)
    given = {path: set(_PARAMETER.findall(path.read_text(encoding="utf-8"))) for path in reads}

    def files_of(path: Path) -> list[Path]:
        own = [path, *(table for name, table in tables.items() if name in given[path])]
        return own + [file for one in reads[path] for file in files_of(one)]

    data = {name: str(table) for name, table in tables.items()}
    for path in TopologicalSorter(reads).static_order():
        name, sha256 = f"{folder.name}/{path.name}", digest(*files_of(path))
        if applied.get(name) != sha256:
            with transaction(connection):
                _run_file(connection, path, **data)
                run_file(connection, "admin/record_applied_file.sql", path=name, sha256=sha256)
