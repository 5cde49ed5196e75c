"""Questions to the warehouse that change nothing; needs no Prefect, so it starts at once."""

from tasks.core.paths import DataPaths
from tasks.core.reports import Contents, Status
from tasks.core.settings import Settings
from tasks.warehouse import sandbox as reading
from tasks.warehouse.fingerprint import published_contents
from tasks.warehouse.status import status_of


def ask(
    settings: Settings, question: str, *, limit: int | None = None
) -> tuple[list[str], list[tuple[object, ...]]]:
    """The answer of the readers' copy to one read-only statement.

    Args:
        settings: where the data folder is.
        question: one `select`, `with`, `from`, `describe`, `show`, `summarize` or `explain`.
        limit: most rows that are fetched; all of them by default.

    Returns:
        Names of the columns, and the rows.

    Raises:
        UsageError: there is no warehouse yet, or DuckDB can't answer that.
        OperatorError: the copy can't be read.
    """
    return reading.ask(DataPaths(data_dir=settings.data_dir), question, limit=limit)


def status(settings: Settings) -> Status:
    """Runs, counts, freshness, rejects, what waits and who writes.

    Args:
        settings: where the data folder is.

    Returns:
        The newest state that can be had without waiting for a load to end.

    Raises:
        OperatorError: the warehouse can't be opened.
    """
    return status_of(DataPaths(data_dir=settings.data_dir))


def digest(settings: Settings) -> Contents:
    """What the readers' copy says, in counts and digests.

    Args:
        settings: where the data folder is.

    Returns:
        The same for every warehouse that says the same, whenever and however it was made.

    Raises:
        UsageError: there is no warehouse yet.
        OperatorError: the copy can't be read.
    """
    return published_contents(DataPaths(data_dir=settings.data_dir))
