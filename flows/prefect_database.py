"""Prefect's own database: replaced where it is damaged, pruned, and never waited for by all."""

import gc
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

NAME = "prefect.db"
GARBAGE_SECONDS = 5.0  # between two collections
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def replace_damaged(home: Path) -> Path | None:
    """Move the database aside if SQLite can't read it, and say where; `None` if it can."""
    path = home / NAME
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            is_sound = database.execute("pragma quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:  # a locked one is in use, not damaged
        is_sound = error.sqlite_errorcode & 0xFF not in _DAMAGED
    if is_sound:
        return None
    moved = path.replace(home / f"{NAME}.damaged")
    for journal in ("-wal", "-shm"):
        (home / f"{NAME}{journal}").unlink(missing_ok=True)
    return moved


async def prune_runs() -> None:
    """Delete runs past Prefect's retention, as a server that stays up does by itself."""
    from prefect.server.database import provide_database_interface
    from prefect.server.services.db_vacuum import vacuum_old_flow_runs

    await vacuum_old_flow_runs(db=provide_database_interface())


@contextmanager
def garbage_thread(every_seconds: float = GARBAGE_SECONDS) -> Iterator[None]:
    """Have garbage collected by a thread of its own during the block.

    A collection may find a cursor whose connection waits for SQLite's write lock, and then waits
    with it. On the thread of the server's event loop that would stop the very transaction that
    holds the lock: all runs would stand still until SQLite gives up after a minute.
    """
    ended = threading.Event()

    def collect() -> None:
        while not ended.wait(every_seconds):
            gc.collect()

    gc.freeze()  # what is imported is never freed, and looking through it would take a second
    gc.disable()
    threading.Thread(target=collect, name="garbage", daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        gc.enable()
