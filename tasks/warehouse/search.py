"""Full-text search of the published copy, for the command line; SQL in `sql/views/search.sql`."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.sandbox import ask, ask_arrow
from tasks.warehouse.sql import SQL_FOLDER

if TYPE_CHECKING:
    import pyarrow as pa

_STATEMENT = SQL_FOLDER / "admin" / "select_hits.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilters:
    """Days are of UTC, both included; a place or entity is a name or id."""

    since: date | None = None
    until: date | None = None
    provider: str | None = None
    language: str | None = None
    place: str | None = None
    entity: str | None = None
    row_limit: int | None = None

    def __post_init__(self) -> None:
        """Raise a `UsageError` where the days are in the wrong order."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"--since {self.since} is after --until {self.until}.")


def search_stories(
    paths: DataPaths, query: str, filters: SearchFilters
) -> tuple[list[str], list[tuple[object, ...]], int]:
    """Columns and rows of the stories that a search finds, best first, and how many it finds.

    Raises what `ask` does.
    """
    text, parameters = _STATEMENT.read_text(encoding="utf-8"), asdict(filters) | {"query": query}
    columns, rows, _ = ask(paths, text, parameters)
    return columns[:-1], [row[:-1] for row in rows], int(str(rows[0][-1])) if rows else 0


def search_table(paths: DataPaths, query: str, filters: SearchFilters) -> tuple["pa.Table", int]:
    """As `search_stories`, the rows as an Arrow table."""
    text, parameters = _STATEMENT.read_text(encoding="utf-8"), asdict(filters) | {"query": query}
    table, _ = ask_arrow(paths, text, parameters)
    count = table["hit_count"][0].as_py() if table.num_rows else 0
    return table.drop_columns(["hit_count"]), count
