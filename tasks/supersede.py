"""Supersedes the warehouse in use by one that was rebuilt."""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import task

from tasks.adapters.warehouse import rebuilding
from tasks.wire.run import Run


@contextmanager
def apart(run: Run) -> Iterator[None]:
    """Has an empty place for the new warehouse for the length of the block.

    Args:
        run: the rebuild, with stages of its own.

    Raises:
        WriterBusyError: another rebuild is at work.
        OperatorError: the warehouse in use was made by a newer version, or the disk is full.
    """
    with rebuilding.built_apart(run.layout):
        yield


@contextmanager
def others_waiting(run: Run) -> Iterator[None]:
    """Keeps other runs from loading into the warehouse in use; their batches wait.

    Args:
        run: the rebuild.

    Raises:
        WriterBusyError: another process writes and doesn't end.
    """
    with rebuilding.held_in_use(run):
        yield


@task
def inherit(run: Run, *, accept_losses: bool = False) -> None:
    """Takes over what only the warehouse in use knows; see `rebuilding.inherit`."""
    rebuilding.inherit(run, accept_losses=accept_losses)


@task
def supersede(run: Run) -> None:
    """Puts the new warehouse in the place of the one in use, in one step.

    Args:
        run: the rebuild, within `others_waiting`.

    Raises:
        StorageError: the file can't be moved; the warehouse in use is as it was.
    """
    rebuilding.take_place(run)
