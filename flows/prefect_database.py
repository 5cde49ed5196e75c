"""Prefect's own database: replaced where it is damaged, and pruned."""

import sqlite3
from contextlib import closing
from pathlib import Path

NAME = "prefect.db"
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
