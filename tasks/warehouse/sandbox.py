"""Runs queries on the published copy: read-only, in a process of its own with bounded resources."""

import ctypes
import multiprocessing
import os
import pickle
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from tasks.core.errors import UsageError, WirehouseError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import (
    Connection,
    Setting,
    open_published,
    prefer_views,
    scratch_path,
)
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sql import SQL_FOLDER, run_file, sql_files

if TYPE_CHECKING:  # queries in other formats need not wait for its import
    import pyarrow as pa

MAX_SECONDS = 600.0
MAX_MEMORY_MB = 2000

_SETTINGS: dict[str, Setting] = {
    # no files, no network, no attach, no copy
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Sorts and joins beyond this go to disk; the rest of the process's memory is for what DuckDB
    # doesn't count, such as one long value.
    "memory_limit": "1500MB",
    "max_temp_directory_size": "4GB",
    # a name that is no table is no variable of this program either
    "python_enable_replacements": False,
}

_ROWS_PER_MESSAGE = 1000
_PR_SET_PDEATHSIG = 1

# A closed list: a select can also call what changes the engine or takes addresses in memory.
# Macros of the warehouse are among the files of sql/views.
_ALLOWED_FUNCTIONS = SQL_FOLDER / "allowed_functions.txt"

_EXPLAIN = re.compile(
    r"\s*explain\b\s*(?:analyze\b|\((?:\s*(?:analyze|format\s+\w+)\s*,?)+\))?(?P<query>.+)",
    re.IGNORECASE | re.DOTALL,
)


def ask(
    paths: DataPaths,
    query: str,
    parameters: Mapping[str, object] | None = None,
    *,
    row_limit: int | None = None,
    seconds: float = MAX_SECONDS,
    memory_mb: int = MAX_MEMORY_MB,
) -> tuple[list[str], list[tuple[object, ...]], int]:
    """Names of the columns, the first rows, and how many there are, of one read-only statement.

    It is one `select`, `with`, `from`, `describe`, `show`, `summarize` or `explain`, with its
    `$named` parameters; for others a `UsageError`. It may take `seconds` and `memory_mb`, and its
    result, which is held in this process, as much again.
    """
    send = partial(_send_rows, row_limit=row_limit)
    parts = _run_apart(paths, query, parameters, send, seconds=seconds, memory_mb=memory_mb)
    columns, *batches, count = parts
    return columns, [row for batch in batches for row in batch], count


def ask_arrow(
    paths: DataPaths,
    query: str,
    parameters: Mapping[str, object] | None = None,
    *,
    row_limit: int | None = None,
) -> tuple["pa.Table", int]:
    """As `ask`, with the types that the columns have in the database."""
    send = partial(_send_arrow, row_limit=row_limit)
    table, count = _run_apart(paths, query, parameters, send)
    return table, count


def _send_rows(sender: Pipe, connection: Connection, row_limit: int | None) -> None:
    sender.send([column[0] for column in connection.description or ()])
    count = 0
    while rows := connection.fetchmany(_ROWS_PER_MESSAGE):
        if wanted := rows if row_limit is None else rows[: max(0, row_limit - count)]:
            sender.send(wanted)
        count += len(rows)
    sender.send(count)


def _send_arrow(sender: Pipe, connection: Connection, row_limit: int | None) -> None:
    table = connection.to_arrow_table()
    sender.send(table[:row_limit])
    sender.send(table.num_rows)


def _run_apart(
    paths: DataPaths,
    query: str,
    parameters: Mapping[str, object] | None,
    send: Callable[[Pipe, Connection], None],
    *,
    seconds: float = MAX_SECONDS,
    memory_mb: int = MAX_MEMORY_MB,
) -> list[Any]:
    """What `send` sends of a statement's result, from a process of its own."""
    require_published(paths)
    spill = scratch_path(paths, "spill")
    # A value that grows or a parser that recurses can't be interrupted, only killed. Forking
    # takes milliseconds, because nothing here has started a thread or opened a database.
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(
        target=_answer,
        args=(sender, paths, query, dict(parameters or {}), send),
        kwargs={"spill": spill, "seconds": seconds, "memory_mb": memory_mb},
    )
    child.start()
    sender.close()
    try:
        parts = list(_receive(receiver, memory_mb))
    except BaseException:
        child.kill()
        raise
    finally:
        child.join()
        shutil.rmtree(spill, ignore_errors=True)
    if child.exitcode == -signal.SIGALRM:
        raise UsageError(f"The query was interrupted after {seconds:g} seconds. {_advice(paths)}")
    if child.exitcode:
        cause = signal.Signals(-child.exitcode).name if child.exitcode < 0 else child.exitcode
        raise UsageError(
            f"The query crashed DuckDB ({cause}). Nothing was changed; write it another way."
        )
    return parts


def require_published(paths: DataPaths) -> None:
    """Raise a `UsageError` where nothing has been published."""
    if not paths.warehouse.exists():
        raise UsageError(
            f"There is no warehouse at {paths.warehouse} yet. Make one: wirehouse ingest, or "
            "wirehouse ingest --sample"
        )


def _advice(paths: DataPaths) -> str:
    return f"Ask for less, or open {paths.warehouse} with DuckDB itself."


def _receive(receiver: Pipe, most_mb: int) -> Iterator[Any]:
    """What the child sends until it ends or dies; an error that it sends is raised."""
    size = 0
    with suppress(EOFError, OSError):
        while True:
            data = receiver.recv_bytes()
            size += len(data)
            if size > most_mb << 20:
                raise UsageError(f"The result is larger than {most_mb} MB. Ask for less.")
            message = pickle.loads(data)  # noqa: S301 - of this program's own child
            if isinstance(message, Exception):
                raise message
            yield message


def _answer(
    sender: Pipe,
    paths: DataPaths,
    query: str,
    parameters: dict[str, object],
    send: Callable[[Pipe, Connection], None],
    *,
    spill: Path,
    seconds: float,
    memory_mb: int,
) -> None:
    """In the child: run the query and send its result, or the error."""
    _limit_process(seconds, memory_mb << 20)
    try:
        settings = _SETTINGS | {"temp_directory": str(spill)}
        with closing(open_published(paths, settings)) as connection:
            refuse_newer(connection)
            prefer_views(connection)
            connection.execute("set lock_configuration = true")
            for statement in _extract_statements(connection, query):
                connection.execute(statement, parameters)
            send(sender, connection)
    except WirehouseError as error:
        sender.send(error)
    except (MemoryError, duckdb.OutOfMemoryException):
        sender.send(
            UsageError(f"The query needs more than {memory_mb} MB of memory. {_advice(paths)}")
        )
    except Exception as error:  # noqa: BLE001 - a value that Python can't hold, for instance
        # on one line, without the pointer below the place of the mistake
        text = " ".join(line for line in str(error).splitlines() if line.strip(" ^"))
        reason = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
        sender.send(UsageError(f"DuckDB can't run that. {reason}"))
    os._exit(0)  # the parent's finalizers are not this process's to run


def _limit_process(seconds: float, memory_bytes: int) -> None:
    """Have the kernel end this process, silently, at its limits, on Ctrl-C, or with its parent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # stderr, whatever sys.stderr is
    for number in (signal.SIGALRM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # What it shares with its parent counts, and isn't the query's.
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    memory_bytes += pages * resource.getpagesize()
    for kind, limit in ((resource.RLIMIT_DATA, memory_bytes), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard < 0 else min(limit, hard), hard))


def _extract_statements(connection: Connection, query: str) -> list[duckdb.Statement]:
    """The one statement of a query, after those that DuckDB makes of it.

    Of a pivot that finds its columns itself it makes two: the creation of a temporary type, which
    has no text of its own, and the select that uses it.
    """
    *made, last = connection.extract_statements(query) or (None,)
    if last is None or any(statement.query for statement in made):
        count = len(made) + (last is not None)
        raise UsageError(f"Give exactly one statement, not {count}.")
    if any(statement.type != duckdb.StatementType.CREATE for statement in made):
        raise UsageError(
            "A pivot that finds its columns itself must be the whole statement. Name them: pivot "
            "... on ... in (...) using ..."
        )
    explain = last.type == duckdb.StatementType.EXPLAIN and _EXPLAIN.fullmatch(query)
    if last.type != duckdb.StatementType.SELECT and not explain:
        raise _not_a_query(last)
    if made:
        # DuckDB gives no tree of a pivot that finds its columns itself: every word of it that
        # names a function counts, called or not.
        names = connection.execute("select lower(function_name) from duckdb_functions()").fetchall()
        words = re.findall(r"\w+", query.lower(), re.ASCII)
        called = {name for (name,) in names}.intersection(words)
    else:
        text = explain["query"] if explain else query
        ((called,),) = run_file(
            connection, "admin/select_called_functions.sql", query=text
        ).fetchall()
        if called is None:
            raise _not_a_query(last)
    allowed = _ALLOWED_FUNCTIONS.read_text(encoding="utf-8").split()
    own = (path.stem for path in sql_files(SQL_FOLDER / "views"))
    if refused := set(called).difference(allowed, own):
        raise UsageError(f"The function {min(refused)} can't be called here. Nothing was changed.")
    return [*made, last]


def _not_a_query(statement: duckdb.Statement) -> UsageError:
    return UsageError(
        "Only queries can be run here: a select, with, from, describe, show, summarize or "
        f"explain, not {statement.type.name.lower()}. Nothing was changed."
    )
