"""What a backup holds, and what making or restoring one did."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """One file of a backup.

    Attributes:
        path: where it lies, relative to the backup.
        size: its bytes that count; the archive's files grow, and a copy may be longer.
        sha256: hexadecimal digest of those bytes.
        changed_ns: when the original had been changed (nanoseconds since 1970).
    """

    path: str
    size: int
    sha256: str
    changed_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a warehouse has come.

    Attributes:
        schema: number of its newest migration.
        stories: rows of `articles`.
        last_run_at: when its newest run started (UTC), `None` where there was none.
    """

    schema: int
    stories: int
    last_run_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A backup as a whole; it is there once this is.

    Attributes:
        program: the version of Wirehouse that made it.
        made_at: when (UTC).
        state: of the warehouse in it.
        warehouse: the copy of the writer's file.
        archive: the copies of the archive's files, by path.
    """

    program: str
    made_at: datetime
    state: State
    warehouse: BackedUp
    archive: tuple[BackedUp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """Where a backup was made, for those who look for every copy of a story.

    Attributes:
        path: the folder, absolute.
        made_at: when it was made last (UTC).
    """

    path: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDone:
    """What making a backup did.

    Attributes:
        path: the folder.
        made_at: of which moment the warehouse in it is (UTC).
        stories: how many stories it holds.
        files: how many files the backup has.
        size: their bytes.
        copied_files: how many were copied now.
        copied_size: their bytes.
    """

    path: str
    made_at: datetime
    stories: int
    files: int
    size: int
    copied_files: int
    copied_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What restoring a backup did.

    Attributes:
        path: the backup.
        made_at: of which moment it is (UTC).
        stories: how many stories the warehouse holds now.
        archive_files: how many files of the archive were brought back.
        forgotten: how many stories of the backup were left out, because they were taken down.
        newer_files: files of the archive that the backup doesn't know; a rebuild brings what
            they hold.
    """

    path: str
    made_at: datetime
    stories: int
    archive_files: int
    forgotten: int
    newer_files: int
