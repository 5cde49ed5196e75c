"""Questions put to the readers' copy: read-only in earnest, and bounded."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import duckdb

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection, Setting, published_connection
from tasks.warehouse.migrate import refuse_newer

MAX_SECONDS = 600.0
"""A question that takes longer is broken off."""

_READER_MEMORY = "2GB"

_SEALED: dict[str, Setting] = {
    # no files, no network, no attach, no copy
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": _READER_MEMORY,
    "max_temp_directory_size": "4GB",
    # a name that is no table is no variable of this program either
    "python_enable_replacements": False,
}

_ALLOWED = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})

# What a select can call and yet is no question: functions that change how the engine runs, and
# the engine's own that take addresses in memory; given none, pandas_scan ends the process. The
# last two run a text as a statement, and would so call the others under no name that is seen here.
_OF_THE_ENGINE = re.compile(
    r"""\b(enable_logging|disable_logging|truncate_duckdb_logs|write_log|enable_profiling
    |disable_profiling|(?:force_)?checkpoint|pandas_scan|arrow_scan(?:_dumb)?|python_map_function
    |seq_scan|json_execute_serialized_sql|query)"?(?:\s|--[^\n]*\n|/\*.*?\*/)*+\(""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def ask(
    paths: DataPaths,
    question: str,
    *,
    limit: int | None = None,
    seconds: float = MAX_SECONDS,
) -> tuple[list[str], list[tuple[object, ...]]]:
    """The answer to one read-only statement.

    Args:
        layout: where the readers' copy lies.
        question: one `select`, `with`, `from`, `describe`, `show`, `summarize` or `explain`.
        limit: most rows that are fetched; all of them by default.
        seconds: longest time that it may take.

    Returns:
        Names of the columns, and the rows.

    Raises:
        UsageError: there is no warehouse yet, or the statement can't be answered; DuckDB's
            reason is in the text.
        StorageError: the copy is damaged or can't be read.
        NewerWarehouseError: it was written by a newer version, or a newer DuckDB.
    """
    require_published(paths)
    connection = published_connection(
        paths, {**_SEALED, "temp_directory": str(paths.state / "spill")}
    )
    try:
        refuse_newer(connection)
        connection.execute("set lock_configuration = true")
        with _broken_off_after(connection, seconds):
            return _answer(connection, question, limit)
    except duckdb.InterruptException as error:
        raise UsageError(
            f"The question was broken off after {seconds:g} seconds. Ask for less, or open "
            f"{paths.warehouse} with DuckDB itself."
        ) from error
    except duckdb.Error as error:
        raise UsageError(f"DuckDB can't answer that. {_paragraph(str(error))}") from error
    finally:
        connection.close()


def require_published(paths: DataPaths) -> None:
    """Refuses to go on where nothing has been published.

    Raises:
        UsageError: there is no warehouse yet.
    """
    if not paths.warehouse.exists():
        raise UsageError(
            f"There is no warehouse at {paths.warehouse} yet. Make one: wirehouse ingest, or "
            "wirehouse ingest --sample"
        )


@contextmanager
def _broken_off_after(connection: Connection, seconds: float) -> Iterator[None]:
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


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
    if called := _OF_THE_ENGINE.search(question):
        raise UsageError(
            f"{called[1].lower()} is a function of the engine and can't be called here. Nothing "
            "was changed."
        )
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
