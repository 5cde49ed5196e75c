"""Read-only queries of the warehouse; imports no Prefect, so it starts at once.

Nor does a query import what only the status needs, such as PyArrow.
"""

from datetime import date

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.core.reports import Contents, Status
from tasks.core.settings import Settings
from tasks.warehouse import sandbox
from tasks.warehouse.sql import SQL_FOLDER


def ask(settings: Settings, statement: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of one read-only statement on the published copy; see `sandbox.ask`."""
    return sandbox.ask(DataPaths(data_dir=settings.data_dir), statement)


def search(
    settings: Settings,
    query: str,
    *,
    since: date | None = None,
    until: date | None = None,
    provider: str | None = None,
    language: str | None = None,
    place: str | None = None,
    entity: str | None = None,
    most: int | None = None,
) -> tuple[list[str], list[tuple[object, ...]], int]:
    """Columns and rows of the stories that a search finds, best first, and how many it finds.

    Days are of UTC and included; a place or entity is a name, in any spelling, or an id.

    Raises:
        UsageError: the days are the wrong way round; or see `sandbox.ask`.
    """
    if since and until and since > until:
        raise UsageError(f"--since {since} is after --until {until}.")
    columns, rows = sandbox.ask(
        DataPaths(data_dir=settings.data_dir),
        (SQL_FOLDER / "admin" / "select_hits.sql").read_text(encoding="utf-8"),
        {
            "query": query, "since": since, "until": until, "provider": provider,
            "language": language, "place": place, "entity": entity, "row_limit": most,
        },
    )  # fmt: skip
    count = int(str(rows[0][-1])) if rows else 0
    return columns[:-1], [row[:-1] for row in rows], count


def status(settings: Settings) -> Status:
    """Runs, counts, freshness, rejects, waiting batches and the writer; waits for no load."""
    from tasks.warehouse.status import select_status

    return select_status(DataPaths(data_dir=settings.data_dir))


def digest(settings: Settings) -> Contents:
    """Counts and digests of the published copy, the same for warehouses of the same content."""
    from tasks.warehouse.fingerprint import published_contents

    return published_contents(DataPaths(data_dir=settings.data_dir))
