"""Bring a warehouse to the schema that this version of the program knows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from graphlib import TopologicalSorter
from pathlib import Path

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
    macros: Path = SQL_FOLDER / "macros",
    views: Path = SQL_FOLDER / "views",
) -> None:
    """Apply the migrations that a warehouse lacks, each in a transaction; then seeds, macros and
    views.

    Args:
        connection: a warehouse, open for writing.
        migrations: the folder of migrations, `<version>_<name>.sql`.
        seeds: the folder of seeds, SQL files and the CSV files that they read.
        macros: the folder of macros.
        views: the folder of views, `<view>.sql`.

    Raises:
        NewerWarehouseError: the warehouse has had migrations that this program doesn't know.
        MigrationError: a migration was edited after it was applied, or fails.
    """
    known = _known_migrations(migrations)
    applied = refuse_newer(connection, known)
    for version, path in known.items():
        if version not in applied:
            _apply_migration(connection, version, path)
        elif applied[version] != digest(path):
            raise MigrationError(
                f"{path.name} was edited after it was applied to this warehouse. Restore the file; "
                "a change belongs in a new migration."
            )
    _apply_changed_files(connection, seeds, macros, views)


def refuse_newer(connection: Connection, known: dict[int, Path] | None = None) -> dict[int, str]:
    """The digests of the migrations that a warehouse has had, by version.

    Raises:
        NewerWarehouseError: the program doesn't know some of them.
    """
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


def _apply_migration(connection: Connection, version: int, path: Path) -> None:
    sha256 = digest(path)
    try:
        with _transaction(connection):
            run_text(connection, path.read_text(encoding="utf-8"))
            name = "admin/record_migration.sql"
            run_file(connection, name, version=version, name=path.name, sha256=sha256)
    except duckdb.Error as error:
        line = " ".join(str(error).split())[:300]
        raise MigrationError(
            f"{path.name} can't be applied: {line} The warehouse is as it was before."
        ) from error


def _apply_changed_files(connection: Connection, *folders: Path) -> None:
    """Apply each seed and view file again when it has changed, or what it reads.

    A view follows those that it reads, since DuckDB keeps the columns that it found there.
    """
    applied = dict(connection.table("applied_files").select("path", "sha256").fetchall())
    for folder in folders:
        reads = _reads_of(sql_files(folder))
        data = {path.stem: str(path) for path in sorted(folder.glob("*.csv"))}
        for path in TopologicalSorter(reads).static_order():
            name, sha256 = f"{folder.name}/{path.name}", digest(*_sources_of(path, reads))
            if applied.get(name) != sha256:
                with _transaction(connection):
                    run_text(connection, path.read_text(encoding="utf-8"), **data)
                    run_file(connection, "admin/record_applied_file.sql", path=name, sha256=sha256)


def _reads_of(paths: list[Path]) -> dict[Path, list[Path]]:
    """For each file, those of the others whose view it selects from."""
    sources = {path: set(_SOURCE.findall(path.read_text(encoding="utf-8"))) for path in paths}
    return {
        path: [one for one in paths if one != path and one.stem in sources[path]] for path in paths
    }


def _sources_of(path: Path, reads: dict[Path, list[Path]]) -> list[Path]:
    """The file, the data of its folder, and whatever it reads."""
    own = [path, *sorted(path.parent.glob("*.csv"))]
    return own + [source for one in reads[path] for source in _sources_of(one, reads)]


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except duckdb.Error:
        connection.rollback()
        raise
    connection.commit()
