"""A digest of what a warehouse holds.

Two warehouses of the same content have the same digest, though one came of an undisturbed run and
the other of several that were killed; `sql/admin/fingerprint.sql` leaves out what may differ.
"""

from contextlib import closing

from tasks.core.paths import DataPaths
from tasks.core.reports import Contents, TableContents
from tasks.warehouse.connect import Connection, open_published
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import run_file


def published_contents(paths: DataPaths) -> Contents:
    """The contents of the readers' copy; a `UsageError` where there is none yet."""
    require_published(paths)
    with closing(open_published(paths)) as connection:
        refuse_newer(connection)
        return contents_of(connection)


def contents_of(connection: Connection) -> Contents:
    """Row count and digest of each table, by name; a row that is there twice counts twice."""
    rows = run_file(connection, "admin/fingerprint.sql").fetchall()
    return Contents(
        tables=tuple(
            TableContents(table=table, rows=count, digest=f"{int(upper):x}-{int(lower):x}")
            for table, count, upper, lower in rows
        )
    )
