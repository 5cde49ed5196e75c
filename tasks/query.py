"""Read-only queries of the warehouse; imports no Prefect, so it starts at once.

Nor does a query import what only the status needs, such as PyArrow.
"""

from tasks.core.paths import DataPaths
from tasks.core.reports import Contents, Status
from tasks.core.settings import Settings
from tasks.warehouse import sandbox


def ask(settings: Settings, statement: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of one read-only statement on the published copy; see `sandbox.ask`."""
    return sandbox.ask(DataPaths(data_dir=settings.data_dir), statement)


def status(settings: Settings) -> Status:
    """Runs, counts, freshness, rejects, waiting batches and the writer; waits for no load."""
    from tasks.warehouse.status import select_status

    return select_status(DataPaths(data_dir=settings.data_dir))


def digest(settings: Settings) -> Contents:
    """Counts and digests of the published copy, the same for warehouses of the same content."""
    from tasks.warehouse.fingerprint import published_contents

    return published_contents(DataPaths(data_dir=settings.data_dir))
