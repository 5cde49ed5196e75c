"""Makes a backup: the warehouse, and of the archive whatever is new since the last one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.adapters import backups, staging
from tasks.adapters.warehouse.locking import held
from tasks.adapters.warehouse.restoring import state_of
from tasks.adapters.warehouse.writing import session
from tasks.wire.backup import BackedUp, BackupDone, BackupNote, Manifest, State
from tasks.wire.errors import StorageError, UsageError, WriterBusyError
from tasks.wire.run import Layout
from tasks.wire.settings import VERSION, Settings


def default_backup(settings: Settings) -> Path:
    """Where a backup goes when no folder is named: under the data folder, like everything."""
    return settings.data_dir / "backup"


def backup(
    settings: Settings, folder: Path, *, advance: Callable[[int], None] = lambda _count: None
) -> BackupDone:
    """Makes a backup, or brings one up to date; runs may be at work meanwhile.

    The writer's file is copied whole and closed, under the writer's lock, so a load waits for it.
    The archive is copied after it, since an answer is synced there before a row points at it: the
    copy may know more than the warehouse, never less. A file of the archive that is as it was at
    the last backup is not copied again; one that the archive has lost stays in the backup.

    Args:
        settings: where the data folder is.
        folder: where the backup is or shall be, on another disk if possible.
        advance: told of each file that is dealt with.

    Returns:
        What the backup holds, and what was copied.

    Raises:
        UsageError: there is nothing to back up, or the folder lies among the originals.
        WriterBusyError: a load doesn't end, or another backup into the folder is at work.
        OperatorError: a file can't be read or written; an older backup in the folder stands.
    """
    layout, now = Layout(data_dir=settings.data_dir), datetime.now(UTC)
    _require_place(layout, folder)
    with _kept_from_others(layout, folder, settings.writer_wait_seconds):
        backups.remove_leftovers(folder)
        former = _former(folder)
        warehouse, state = _copy_warehouse(layout, folder, now, settings.writer_wait_seconds)
        advance(1)
        archive = dict(_copy_archive(layout, folder, former, advance))
        manifest = Manifest(
            program=VERSION,
            made_at=now,
            state=state,
            warehouse=warehouse,
            archive=tuple((former | archive).values()),
        )
        backups.write_manifest(folder, manifest)
        _remove_older(folder, warehouse)
        _note(layout, folder, now)
    copied = [warehouse, *(one for one in archive.values() if one not in former.values())]
    return BackupDone(
        path=str(folder),
        made_at=now,
        stories=state.stories,
        files=1 + len(manifest.archive),
        size=warehouse.size + sum(one.size for one in manifest.archive),
        copied_files=len(copied),
        copied_size=sum(one.size for one in copied),
    )


def _require_place(layout: Layout, folder: Path) -> None:
    if not layout.writer_file.exists():
        raise UsageError(
            f"There is no warehouse in {layout.data_dir} to back up yet. Make one: wirehouse ingest"
        )
    place = folder.resolve()
    for ours in (layout.raw.resolve(), layout.state.resolve()):
        if place == layout.data_dir.resolve() or place.is_relative_to(ours):
            raise UsageError(f"{folder} lies among what is to be backed up. Name another folder.")


@contextmanager
def _kept_from_others(layout: Layout, folder: Path, wait_seconds: float) -> Iterator[None]:
    """Only one backup goes into the folder, and no story is taken down meanwhile."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(folder / ".lock", wait_seconds=0.0))
            stack.enter_context(held(layout.runs_lock, wait_seconds=wait_seconds, shared=True))
        except WriterBusyError as busy:
            raise WriterBusyError(
                f"Another backup into {folder} is at work, or a story is being taken down. Run it "
                "again when that is done."
            ) from busy
        yield


def _former(folder: Path) -> dict[str, BackedUp]:
    """What the folder's last backup has of the archive; nothing where there is none."""
    try:
        return {one.path: one for one in backups.read_manifest(folder).archive}
    except (UsageError, StorageError):
        return {}


def _copy_warehouse(
    layout: Layout, folder: Path, now: datetime, wait_seconds: float
) -> tuple[BackedUp, State]:
    target = folder / f"warehouse-{now:%Y%m%dT%H%M%S%fZ}.duckdb"
    with held(layout.writer_lock, wait_seconds=wait_seconds):
        with session(layout, wait_seconds=wait_seconds) as connection:
            state = state_of(connection)
        return backups.copy(layout.writer_file, target), state


def _copy_archive(
    layout: Layout, folder: Path, former: dict[str, BackedUp], advance: Callable[[int], None]
) -> Iterator[tuple[str, BackedUp]]:
    for source in _originals(layout):
        path = source.relative_to(layout.data_dir).as_posix()
        known = former.get(path)
        if known is None or not _is_unchanged(source, folder / path, known):
            known = replace(backups.copy(source, folder / path), path=path)
        yield path, known
        advance(1)


def _originals(layout: Layout) -> list[Path]:
    """The archive's files by path, the list of forgotten stories too; not what is half written."""
    files = (path for path in layout.raw.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.name.startswith("."))


def _is_unchanged(source: Path, copy: Path, known: BackedUp) -> bool:
    facts = source.stat()
    is_same = (facts.st_size, facts.st_mtime_ns) == (known.size, known.changed_ns)
    return is_same and copy.exists() and copy.stat().st_size >= known.size


def _remove_older(folder: Path, warehouse: BackedUp) -> None:
    for older in folder.glob("warehouse-*.duckdb"):
        if older.name != warehouse.path:
            older.unlink(missing_ok=True)


def _note(layout: Layout, folder: Path, now: datetime) -> None:
    place = str(folder.resolve())
    others = [
        one for one in staging.read_records(layout.backups_list, BackupNote) if one.path != place
    ]
    notes = [*others, BackupNote(path=place, made_at=now)]
    staging.write_records(layout.backups_list, notes, BackupNote)
