"""What the warehouse has of runs that died."""

from collections.abc import Sequence

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file


def last_captures(connection: Connection, run_ids: Sequence[str]) -> dict[str, int]:
    """The offset of the last record that the warehouse has, by file of the archive.

    Args:
        connection: the writer's file or the readers' copy.
        run_ids: the runs whose files are meant.
    """
    rows = run_file(connection, "resume/last_captures.sql", run_ids=list(run_ids)).fetchall()
    return {str(warc_path): int(offset) for warc_path, offset in rows}
