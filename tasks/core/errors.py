"""What can go wrong, by what must happen next.

WirehouseError
├── OperatorError            a person must do something; exit status 2 or 1
│   ├── SettingsError        a setting is misspelt or malformed
│   ├── UsageError           a command was asked for something it can't do
│   ├── NewerWarehouseError  the file was made by a newer Wirehouse
│   ├── MigrationError       a migration's file isn't the one that was applied
│   ├── StorageError         the disk is full or can't be written
│   ├── MergeError           a staged batch breaks a statement of ours
│   └── CheckFailedError     a check of sql/checks found offending rows
└── TransientError           trying again later is the whole cure; exit status 1
    ├── WireUnreachableError the wire, or its robots.txt, can't be had
    ├── WriterBusyError      another process holds the writer's file
    └── WorkerLostError      a worker process did not finish what it was given
        ├── WorkTimedOutError  its time ran out, and it was killed
        └── WorkerDiedError    it was killed by the system, for its memory above all

What a single page does wrong is not an exception but a `Reject`.
"""

from pathlib import Path
from typing import Self


class WirehouseError(Exception):
    """Root of every error that Wirehouse raises on purpose; its text is fit for a person."""


class OperatorError(WirehouseError):
    """Running again changes nothing until a person has acted."""


class SettingsError(OperatorError):
    """A setting is misspelt or malformed; the text names it and where it was read."""


class UsageError(OperatorError):
    """A command was asked for something it can't do."""


class NewerWarehouseError(OperatorError):
    """The warehouse was written by a newer version of the program."""


class MigrationError(OperatorError):
    """A migration that was applied has been edited or removed since, or one can't be applied."""


class StorageError(OperatorError):
    """The disk is full or a folder can't be written."""

    @classmethod
    def of(cls, error: OSError, path: Path) -> Self:
        """What a person is told of an operating system's refusal.

        Args:
            error: the refusal.
            path: what was being written or read.

        Returns:
            The error to raise: what, where and what to do.
        """
        why = error.strerror or str(error)
        return cls(
            f"{path}: {why}. Free some space or mend the permissions, then run it again; "
            "what has been fetched is kept."
        )


class MergeError(OperatorError):
    """A staged batch can't be merged because of a defect of ours; it is kept as it is."""


class CheckFailedError(OperatorError):
    """A check of `sql/checks` found rows that break its claim; publication is held back."""


class TransientError(WirehouseError):
    """Running again later is the whole cure; nothing is lost meanwhile."""


class WireUnreachableError(TransientError):
    """The wire doesn't answer, or its robots.txt can't be had, so that nothing may be asked for."""


class WriterBusyError(TransientError):
    """Another process holds the writer's file; staged batches wait for the next run."""


class WorkerLostError(TransientError):
    """A worker process did not finish what it was given; the archive still has every page."""


class WorkTimedOutError(WorkerLostError):
    """A worker's time ran out, and it was killed."""


class WorkerDiedError(WorkerLostError):
    """A worker was killed by the system, ran out of memory, or left."""
