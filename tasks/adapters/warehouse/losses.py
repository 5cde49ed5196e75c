"""Where feeds ran on between two polls, and what has been asked for of what they passed by."""

from collections.abc import Callable

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file


def settle_windows(run_merge: Callable[..., Connection]) -> None:
    """Brings the loss windows that a batch says something about up to date.

    Looking up the states of stories costs as much as the warehouse is large, and nearly every
    batch says nothing of any window.

    Args:
        run_merge: runs a file of `sql/load`, named without its suffix, within the batch's
            transaction.
    """
    ((affected,),) = run_merge("affected_windows").fetchall()
    if affected:
        run_merge("settle_windows")


def settle_all_windows(connection: Connection) -> None:
    """Brings every loss window up to date, within the caller's transaction.

    Args:
        connection: a warehouse whose stories changed otherwise than by loading a batch.
    """
    run_file(connection, "rebuild/affect_all_windows.sql")
    run_file(connection, "load/settle_windows.sql")
