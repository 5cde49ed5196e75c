"""Full-text search of the published copy, for the command line; SQL in `sql/views/search.sql`."""

from datetime import date

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.sandbox import ask
from tasks.warehouse.sql import SQL_FOLDER


def search_stories(
    paths: DataPaths,
    query: str,
    *,
    since: date | None = None,
    until: date | None = None,
    provider: str | None = None,
    language: str | None = None,
    place: str | None = None,
    entity: str | None = None,
    row_limit: int | None = None,
) -> tuple[list[str], list[tuple[object, ...]], int]:
    """Columns and rows of the stories that a search finds, best first, and how many it finds.

    Days are of UTC, both included; a place or entity is a name or id. Raises what `ask` does.
    """
    if since and until and since > until:
        raise UsageError(f"--since {since} is after --until {until}.")
    columns, rows = ask(
        paths,
        (SQL_FOLDER / "admin" / "select_hits.sql").read_text(encoding="utf-8"),
        {
            "query": query, "since": since, "until": until, "provider": provider,
            "language": language, "place": place, "entity": entity, "row_limit": row_limit,
        },
    )  # fmt: skip
    return columns[:-1], [row[:-1] for row in rows], int(str(rows[0][-1])) if rows else 0
