"""Digests of what a warehouse says, by the files of `sql/contents`.

Two warehouses that say the same have the same digest, though one came of an undisturbed run and the
other of several that died: clocks and run ids are left out, see each file for what stands in for
them. The tables of the runs themselves and of the schema are left out whole.
"""

from contextlib import closing
from pathlib import Path

from tasks.core.paths import DataPaths
from tasks.core.reports import Contents, TableContents
from tasks.warehouse.connect import Connection, published_connection
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import SQL_FOLDER, run_file, sql_files

NOT_CONTENTS = frozenset({"applied_files", "loads", "migrations", "runs"})
"""Tables that say how the warehouse was made, and nothing of the wire."""


def published_contents(paths: DataPaths) -> Contents:
    """What the readers' copy says.

    Args:
        layout: where the copy lies.

    Raises:
        UsageError: there is no warehouse yet.
        StorageError: the copy is damaged or can't be read.
        NewerWarehouseError: it was written by a newer version, or a newer DuckDB.
    """
    require_published(paths)
    with closing(published_connection(paths)) as connection:
        refuse_newer(connection)
        return contents_of(connection)


def contents_of(connection: Connection) -> Contents:
    """What each table says.

    Args:
        connection: a warehouse in UTC on which temporary views may be made.

    Returns:
        Counts and digests; they don't depend on the order of rows, and a row that is there twice
        counts twice.
    """
    return Contents(
        tables=tuple(_table(connection, path) for path in sql_files(SQL_FOLDER / "contents"))
    )


def _table(connection: Connection, path: Path) -> TableContents:
    run_file(connection, f"contents/{path.name}")
    ((rows, upper, lower),) = run_file(connection, "catalogue/digest_contents.sql").fetchall()
    return TableContents(table=path.stem, rows=rows, digest=f"{int(upper):x}-{int(lower):x}")
