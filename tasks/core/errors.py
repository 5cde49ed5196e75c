"""What can go wrong, by what must happen next.

WirehouseError
├── OperatorError            a person must do something; exit status 2 or 1
│   ├── SettingsError        a setting is misspelt or malformed
│   ├── UsageError           a command got arguments that it can't use
│   ├── NewerWarehouseError  the file was made by a newer Wirehouse
│   ├── MigrationError       a migration's file isn't the one that was applied
│   ├── StorageError         the disk is full or can't be written
│   │   ├── SourceError      a file to be imported can't be read
│   │   └── BatchError       a batch is damaged, or can't be loaded
│   └── CheckFailedError     a check of sql/checks found offending rows
└── TransientError           running again later is enough; exit status 1
    ├── SiteUnreachableError the site, or its robots.txt, can't be fetched
    ├── SiteRefusedError     the site gave nothing, or refused most of what was requested
    ├── LakeError            the lake can't be read or written
    ├── EngineError          the cluster can't be reached, or has no fit worker
    ├── WriterBusyError      another process holds the writer's file
    └── WorkerLostError      a worker process did not finish a call
        ├── WorkTimedOutError  its time ran out, and it was killed
        └── WorkerDiedError    it was killed by the system, for its memory above all

What is wrong with a single page is not an exception but a `Reject`.
"""

import errno
import os
from pathlib import Path
from typing import Self

from tasks.core.reports import Summary

_SPACE = "Free some space, then run it again; what has been fetched is kept."
_PERMISSIONS = "Correct the permissions, then run it again; what has been fetched is kept."
_PATH = "Check that path, and WIREHOUSE_DATA_DIR."
_ADVICE = {
    os.strerror(number): advice
    for advice, numbers in {
        _SPACE: (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        _PERMISSIONS: (errno.EACCES, errno.EPERM, errno.EROFS),
        _PATH: (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG),
    }.items()
    for number in numbers
} | {
    "Out of Memory Error": (
        "Set WIREHOUSE_WRITER_MEMORY_MB to more, then run it again; what has been fetched is kept."
    ),
    "AWS Error": "Check the bucket's address and the keys in the environment, then run it again.",
}


def file_advice(message: str) -> str:
    """What to do about an error whose message quotes one of the operating system or of DuckDB."""
    found = (advice for text, advice in _ADVICE.items() if text in message)
    return next(found, "Check the disk, then run it again; what has been fetched is kept.")


class WirehouseError(Exception):
    """Root of every error that Wirehouse raises on purpose; its message is fit for a person."""


class OperatorError(WirehouseError):
    """Running again changes nothing until a person has acted."""


class SettingsError(OperatorError):
    """The message names the setting and where it was read."""


class UsageError(OperatorError):
    """A command got arguments that it can't use."""


class NewerWarehouseError(OperatorError):
    """The warehouse was written by a newer version of the program."""


class MigrationError(OperatorError):
    """A migration that was applied has been edited or removed since, or one can't be applied."""


class StorageError(OperatorError):
    """The disk is full or a folder can't be written."""

    @classmethod
    def of(cls, error: Exception, path: Path | str) -> Self:
        """The error to raise for one of the operating system: what, where and what to do."""
        cause = " ".join(str(getattr(error, "strerror", None) or error).split()).rstrip(".")
        return cls(f"{path}: {cause}. {file_advice(str(error))}")


class SourceError(StorageError):
    """A file to be imported can't be read; the others can."""


class BatchError(StorageError):
    """A batch, or another file of ours, is damaged or can't be loaded; the others can."""


class CheckFailedError(OperatorError):
    """A check of `sql/checks` found rows that break its claim; nothing is published."""


class TransientError(WirehouseError):
    """Running again later is enough; nothing is lost meanwhile."""


class SiteUnreachableError(TransientError):
    """The site doesn't respond, or its robots.txt can't be fetched, so nothing may be requested."""


class SiteRefusedError(TransientError):
    """The site gave nothing, or refused most of what was requested; what it gave is published."""

    def __init__(self, message: str, summary: Summary) -> None:
        """Pass both on, so that the error survives pickling."""
        super().__init__(message, summary)
        self.summary = summary

    def __str__(self) -> str:
        """The message alone."""
        return str(self.args[0])


class LakeError(TransientError):
    """The lake can't be read or written; the next publication brings it up to date."""


class EngineError(TransientError):
    """The cluster of WIREHOUSE_ENGINE can't be used; what it has done is kept."""


class WriterBusyError(TransientError):
    """Another process holds the writer's file; staged batches wait for the next run."""


class WorkerLostError(TransientError):
    """A worker process did not finish a call; the archive still has every page."""


class WorkTimedOutError(WorkerLostError):
    """A worker's time ran out, and it was killed."""


class WorkerDiedError(WorkerLostError):
    """A worker was killed by the system, ran out of memory, or exited."""
