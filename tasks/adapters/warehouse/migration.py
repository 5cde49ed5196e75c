"""Brings a warehouse to the schema that this version of the program knows."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import SQL_FOLDER, digest, run_file, run_text, sql_files
from tasks.wire.errors import MigrationError, NewerWarehouseError

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
