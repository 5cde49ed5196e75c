"""Questions put to the readers' copy: read-only in earnest, and bounded."""

import duckdb

from tasks.adapters.warehouse.connection import Connection, Setting, published_connection
from tasks.wire.errors import UsageError
from tasks.wire.run import Layout

_READER_MEMORY = "2GB"

_SEALED: dict[str, Setting] = {
    # no files, no network, no attach, no copy
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": _READER_MEMORY,
    "max_temp_directory_size": "4GB",
}

_ALLOWED = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


def ask(
    layout: Layout, question: str, *, limit: int | None = None
) -> tuple[list[str], list[tuple[object, ...]]]:
    """The answer to one read-only statement.

    Args:
        layout: where the readers' copy lies.
        question: one `select`, `with`, `from`, `describe`, `show`, `summarize` or `explain`.
        limit: most rows that are fetched; all of them by default.

    Returns:
        Names of the columns, and the rows.

    Raises:
        UsageError: there is no warehouse yet, or the statement can't be answered; DuckDB's
            reason is in the text.
        StorageError: the copy is damaged or can't be read.
        NewerWarehouseError: it was written by a newer DuckDB.
    """
    require_published(layout)
    connection = published_connection(
        layout, {**_SEALED, "temp_directory": str(layout.state / "spill")}
    )
    try:
        connection.execute("set lock_configuration = true")
        return _answer(connection, question, limit)
    except duckdb.Error as error:
        raise UsageError(f"DuckDB can't answer that. {_paragraph(str(error))}") from error
    finally:
        connection.close()


def require_published(layout: Layout) -> None:
    """Refuses to go on where nothing has been published.

    Raises:
        UsageError: there is no warehouse yet.
    """
    if not layout.warehouse.exists():
        raise UsageError(
            f"There is no warehouse at {layout.warehouse} yet. Make one: wirehouse ingest, or "
            "wirehouse ingest --sample"
        )


def _answer(
    connection: Connection, question: str, limit: int | None
) -> tuple[list[str], list[tuple[object, ...]]]:
    for statement in _statements(connection, question):
        connection.execute(statement)
    columns = [column[0] for column in connection.description or ()]
    rows = connection.fetchall() if limit is None else connection.fetchmany(limit)
    return columns, rows


def _statements(connection: Connection, question: str) -> list[duckdb.Statement]:
    """The one statement of a question, after those that DuckDB makes of it.

    Of a pivot that finds its columns itself it makes two: the making of a temporary type, which
    has no text of its own, and the select that uses it.
    """
    *made, last = connection.extract_statements(question) or (None,)
    if last is None or any(statement.query for statement in made):
        count = len(made) + (last is not None)
        raise UsageError(f"Give exactly one statement, not {count}.")
    if any(statement.type != duckdb.StatementType.CREATE for statement in made):
        raise UsageError(
            "A pivot that finds its columns itself can only be put alone. Name them: pivot ... on "
            "... in (...) using ..."
        )
    if last.type not in _ALLOWED:
        raise UsageError(
            "Only questions can be put here: a select, with, from, describe, show, summarize or "
            f"explain, not {last.type.name.lower()}. Nothing was changed."
        )
    return [*made, last]


def _paragraph(said: str) -> str:
    """DuckDB's message on one line, without the picture of the place below it."""
    text = " ".join(line for line in said.splitlines() if line.strip(" ^"))
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
