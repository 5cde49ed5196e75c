"""Runs queries on the published copy: read-only in earnest, and bounded in time and memory."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Timer

import duckdb

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection, Setting, open_published
from tasks.warehouse.migrate import refuse_newer

MAX_SECONDS = 600.0  # a query that takes longer is interrupted

_SETTINGS: dict[str, Setting] = {
    # no files, no network, no attach, no copy
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": "2GB",
    "max_temp_directory_size": "4GB",
    # a name that is no table is no variable of this program either
    "python_enable_replacements": False,
}

_ALLOWED = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})

# What a select can call and yet is no query: functions that change how the engine runs, and
# the engine's own that take addresses in memory; given none, pandas_scan ends the process. The
# last two run a text as a statement, and would so call the others under no name that is seen here.
_ENGINE_FUNCTION = re.compile(
    r"""\b(enable_logging|disable_logging|truncate_duckdb_logs|write_log|enable_profiling
    |disable_profiling|(?:force_)?checkpoint|pandas_scan|arrow_scan(?:_dumb)?|python_map_function
    |seq_scan|json_execute_serialized_sql|query)"?(?:\s|--[^\n]*\n|/\*.*?\*/)*+\(""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def ask(
    paths: DataPaths, query: str, *, limit: int | None = None, seconds: float = MAX_SECONDS
) -> tuple[list[str], list[tuple[object, ...]]]:
    """Names of the columns, and the rows, of one read-only statement.

    It is one `select`, `with`, `from`, `describe`, `show`, `summarize` or `explain`. At most
    `limit` rows are fetched, by default all; it may take `seconds`.

    Raises:
        UsageError: there is no warehouse yet, or the statement can't be run; DuckDB's reason is
            in the text.
        StorageError: the copy is damaged or can't be read.
        NewerWarehouseError: it was written by a newer version, or a newer DuckDB.
    """
    require_published(paths)
    settings = {**_SETTINGS, "temp_directory": str(paths.state / "spill")}
    with closing(open_published(paths, settings)) as connection:
        try:
            refuse_newer(connection)
            connection.execute("set lock_configuration = true")
            with _interrupt_after(connection, seconds):
                for statement in _extract_statements(connection, query):
                    connection.execute(statement)
                columns = [column[0] for column in connection.description or ()]
                rows = connection.fetchall() if limit is None else connection.fetchmany(limit)
                return columns, rows
        except duckdb.InterruptException as error:
            raise UsageError(
                f"The query was interrupted after {seconds:g} seconds. Ask for less, or open "
                f"{paths.warehouse} with DuckDB itself."
            ) from error
        except duckdb.Error as error:
            # on one line, without the pointer below the place of the mistake
            text = " ".join(line for line in str(error).splitlines() if line.strip(" ^"))
            reason = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
            raise UsageError(f"DuckDB can't run that. {reason}") from error


def require_published(paths: DataPaths) -> None:
    """Raise a `UsageError` where nothing has been published."""
    if not paths.warehouse.exists():
        raise UsageError(
            f"There is no warehouse at {paths.warehouse} yet. Make one: wirehouse ingest, or "
            "wirehouse ingest --sample"
        )


@contextmanager
def _interrupt_after(connection: Connection, seconds: float) -> Iterator[None]:
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _extract_statements(connection: Connection, query: str) -> list[duckdb.Statement]:
    """The one statement of a query, after those that DuckDB makes of it.

    Of a pivot that finds its columns itself it makes two: the creation of a temporary type, which
    has no text of its own, and the select that uses it.
    """
    if called := _ENGINE_FUNCTION.search(query):
        raise UsageError(
            f"{called[1].lower()} is a function of the engine and can't be called here. Nothing "
            "was changed."
        )
    *made, last = connection.extract_statements(query) or (None,)
    if last is None or any(statement.query for statement in made):
        count = len(made) + (last is not None)
        raise UsageError(f"Give exactly one statement, not {count}.")
    if any(statement.type != duckdb.StatementType.CREATE for statement in made):
        raise UsageError(
            "A pivot that finds its columns itself must be the whole statement. Name them: pivot "
            "... on ... in (...) using ..."
        )
    if last.type not in _ALLOWED:
        raise UsageError(
            "Only queries can be run here: a select, with, from, describe, show, summarize or "
            f"explain, not {last.type.name.lower()}. Nothing was changed."
        )
    return [*made, last]
