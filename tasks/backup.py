"""Puts a backup in the place of the warehouse, and gives the archive back what it has lost."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.archive import backup as backups
from tasks.archive.erase import ErasureResult, erase_from_archive, erase_stories
from tasks.core.errors import NewerWarehouseError, StorageError, UsageError, WriterBusyError
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.reports import (
    BackupFile,
    BackupNote,
    BackupSummary,
    Manifest,
    RestoreSummary,
    Tombstone,
    WarehouseState,
)
from tasks.core.settings import VERSION, Settings
from tasks.listings.redact import redact_listing
from tasks.warehouse import erase, swap
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.runs import exclusive_run
from tasks.warehouse.swap import state_of
from tasks.warehouse.writer import session


def default_backup(settings: Settings) -> Path:
    """Where a backup goes when no folder is named: under the data folder, like everything."""
    return settings.data_dir / "backup"


def backup(
    settings: Settings, folder: Path, *, advance: Callable[[int], None] = lambda _count: None
) -> BackupSummary:
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
    paths, now = DataPaths(data_dir=settings.data_dir), datetime.now(UTC)
    _require_place(paths, folder)
    with _kept_from_others(paths, folder, settings.writer_wait_seconds):
        backups.remove_leftovers(folder)
        former = _former(folder)
        warehouse, state = _copy_warehouse(paths, folder, now, settings.writer_wait_seconds)
        advance(1)
        archive = dict(_copy_archive(paths, folder, former, advance))
        manifest = Manifest(
            program=VERSION,
            made_at=now,
            state=state,
            warehouse=warehouse,
            archive=tuple((former | archive).values()),
        )
        backups.write_manifest(folder, manifest)
        _remove_older(folder, warehouse)
        _note(paths, folder, now)
    copied = [warehouse, *(one for one in archive.values() if one not in former.values())]
    return BackupSummary(
        path=str(folder),
        made_at=now,
        stories=state.stories,
        files=1 + len(manifest.archive),
        size=warehouse.size + sum(one.size for one in manifest.archive),
        copied_files=len(copied),
        copied_size=sum(one.size for one in copied),
    )


def _require_place(paths: DataPaths, folder: Path) -> None:
    if not paths.writer_file.exists():
        raise UsageError(
            f"There is no warehouse in {paths.data_dir} to back up yet. Make one: wirehouse ingest"
        )
    place = folder.resolve()
    for ours in (paths.raw.resolve(), paths.state.resolve()):
        if place == paths.data_dir.resolve() or place.is_relative_to(ours):
            raise UsageError(f"{folder} lies among what is to be backed up. Name another folder.")


@contextmanager
def _kept_from_others(paths: DataPaths, folder: Path, wait_seconds: float) -> Iterator[None]:
    """Only one backup goes into the folder, and no story is taken down meanwhile."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(folder / ".lock", wait_seconds=0.0))
            stack.enter_context(
                exclusive_lock(paths.runs_lock, wait_seconds=wait_seconds, shared=True)
            )
        except WriterBusyError as busy:
            raise WriterBusyError(
                f"Another backup into {folder} is at work, or a story is being taken down. Run it "
                "again when that is done."
            ) from busy
        yield


def _former(folder: Path) -> dict[str, BackupFile]:
    """What the folder's last backup has of the archive; nothing where there is none."""
    try:
        return {one.path: one for one in backups.read_manifest(folder).archive}
    except (UsageError, StorageError):
        return {}


def _copy_warehouse(
    paths: DataPaths, folder: Path, now: datetime, wait_seconds: float
) -> tuple[BackupFile, WarehouseState]:
    target = folder / f"warehouse-{now:%Y%m%dT%H%M%S%fZ}.duckdb"
    with exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds):
        with session(paths, wait_seconds=wait_seconds) as connection:
            state = state_of(connection)
        return backups.copy(paths.writer_file, target), state


def _copy_archive(
    paths: DataPaths, folder: Path, former: dict[str, BackupFile], advance: Callable[[int], None]
) -> Iterator[tuple[str, BackupFile]]:
    for source in _originals(paths):
        path = source.relative_to(paths.data_dir).as_posix()
        known = former.get(path)
        if known is None or not _is_unchanged(source, folder / path, known):
            known = replace(backups.copy(source, folder / path), path=path)
        yield path, known
        advance(1)


def _originals(paths: DataPaths) -> list[Path]:
    """The archive's files by path, the list of forgotten stories too; not what is half written."""
    files = (path for path in paths.raw.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.name.startswith("."))


def _is_unchanged(source: Path, copy: Path, known: BackupFile) -> bool:
    facts = source.stat()
    is_same = (facts.st_size, facts.st_mtime_ns) == (known.size, known.changed_ns)
    return is_same and copy.exists() and copy.stat().st_size >= known.size


def _remove_older(folder: Path, warehouse: BackupFile) -> None:
    for older in folder.glob("warehouse-*.duckdb"):
        if older.name != warehouse.path:
            older.unlink(missing_ok=True)


def _note(paths: DataPaths, folder: Path, now: datetime) -> None:
    place = str(folder.resolve())
    others = [one for one in read_records(paths.backups_file, BackupNote) if one.path != place]
    notes = [*others, BackupNote(path=place, made_at=now)]
    write_records(paths.backups_file, notes, BackupNote)


_SHOWN_FILES = 3


def restore(
    settings: Settings,
    folder: Path,
    *,
    force: bool = False,
    advance: Callable[[int], None] = lambda _count: None,
) -> RestoreSummary:
    """Restores a backup; until its last step the warehouse in use is as it was.

    Every file of the backup is held against its digest first. Then the archive gets back what it
    lacks, each file in one step, and at last the warehouse is put in place. What the archive has
    beyond the backup stays, and so do batches that wait to be loaded. Stories that were taken
    down since are taken out of what is brought back.

    Args:
        settings: where the data folder is.
        folder: the backup.
        force: whether a warehouse that is newer than the backup may be lost.
        advance: told of each file that is dealt with, twice.

    Returns:
        What was restored.

    Raises:
        UsageError: there is no backup, or the warehouse in use is newer.
        NewerWarehouseError: the backup or the warehouse in use was made by a newer version.
        WriterBusyError: a run is at work.
        StorageError: the backup is damaged, the text names the file; or the disk is full.
    """
    paths, now = DataPaths(data_dir=settings.data_dir), datetime.now(UTC)
    manifest = backups.read_manifest(folder)
    _require_sound(folder, manifest, advance)
    with (
        exclusive_run(paths, wait_seconds=settings.writer_wait_seconds),
        swap.place_for(paths) as beside,
    ):
        if not force:
            _require_older(paths, manifest, settings.writer_wait_seconds)
        forgotten = _forgotten(paths, folder, manifest)
        gone = {one.article_id for one in forgotten}
        backups.copy(folder / manifest.warehouse.path, beside.writer_file)
        brought = 0
        for one in manifest.archive:
            brought += _bring_back(paths, folder, one, gone)
            advance(1)
        left_out = _take_out(beside, paths, forgotten, now)
        with session(beside, wait_seconds=0.0) as connection:
            state = swap.state_of(connection)
            listed = erase.select_tombstones(connection)
        if listed:
            write_records(paths.tombstones_file, listed, Tombstone)
        swap.put_in_place(beside.writer_file, paths)
    return RestoreSummary(
        path=str(folder),
        made_at=manifest.made_at,
        stories=state.stories,
        archive_files=brought,
        forgotten=left_out,
        newer_files=_newer_files(paths, manifest),
    )


def manifest_size(folder: Path) -> int:
    """How many files `restore` deals with."""
    return 2 * len(backups.read_manifest(folder).archive) + 1


def _require_sound(folder: Path, manifest: Manifest, advance: Callable[[int], None]) -> None:
    damaged = []
    for one in (manifest.warehouse, *manifest.archive):
        if not backups.is_there(folder / one.path, one):
            damaged.append(one.path)
        advance(1)
    if damaged:
        shown = ", ".join(damaged[:_SHOWN_FILES])
        more = f" and {len(damaged) - _SHOWN_FILES} more" if len(damaged) > _SHOWN_FILES else ""
        raise StorageError(
            f"{folder} is damaged or incomplete: {shown}{more} isn't what was backed up. Nothing "
            "was changed. If the archive is whole, wirehouse rebuild makes the warehouse from it."
        )


def _require_older(paths: DataPaths, manifest: Manifest, wait_seconds: float) -> None:
    try:
        in_use: WarehouseState | None = swap.state_in_use(paths, wait_seconds=wait_seconds)
    except NewerWarehouseError as error:
        raise NewerWarehouseError(f"{error} To restore the backup over it, say --force.") from error
    then = manifest.state.last_run_at
    if in_use and in_use.last_run_at and (then is None or in_use.last_run_at > then):
        raise UsageError(
            f"The warehouse in use is newer than the backup: its last run began "
            f"{in_use.last_run_at:%Y-%m-%d %H:%M} UTC, the backup is of "
            f"{manifest.made_at:%Y-%m-%d %H:%M} UTC. Nothing was changed; to restore all the same, "
            "say --force."
        )


def _forgotten(paths: DataPaths, folder: Path, manifest: Manifest) -> list[Tombstone]:
    """Every story on the list of the archive in use or on that of the backup, each once."""
    name = paths.tombstones_file.relative_to(paths.data_dir).as_posix()
    listed = [name] if any(one.path == name for one in manifest.archive) else []
    found = {
        story.article_id: story
        for path in (*(folder / one for one in listed), paths.tombstones_file)
        for story in read_records(path, Tombstone)
    }
    return list(found.values())


def _take_out(
    beside: DataPaths, paths: DataPaths, forgotten: list[Tombstone], now: datetime
) -> int:
    """Takes out of a restored warehouse what was taken down since; how many stories it had."""
    with session(beside, wait_seconds=0.0) as connection:
        known = {one.article_id for one in erase.select_tombstones(connection) if one.erased_at}
        new = [one for one in forgotten if one.article_id not in known]
        if not new:
            return 0
        had = erase.held_of(connection, [one.article_id for one in new])
        for one in new:
            erase.remove(connection, [one.article_id], reason=one.reason, now=one.forgotten_at)
        erased = erase_from_archive(paths, {one.article_id for one in new}, redact_listing)
        erase.correct_captures(connection, changed=erased.redacted, removed=erased.removed)
    with erase.renewed(beside, now=now, wait_seconds=0.0) as clean:
        erase.swap_file(clean, beside.writer_file)
    return sum(one.title is not None for one in had)


def _newer_files(paths: DataPaths, manifest: Manifest) -> int:
    """How many files of the archive the backup hasn't got."""
    known = {paths.data_dir / one.path for one in manifest.archive}
    return sum(path not in known for path in paths.raw.rglob("*.warc.gz"))


def _bring_back(paths: DataPaths, folder: Path, one: BackupFile, gone: Collection[int]) -> bool:
    """Brings one file back if the archive hasn't got it; whether it did."""
    target = paths.data_dir / one.path
    if target == paths.tombstones_file or backups.is_there(target, one):
        return False
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    backups.copy(folder / one.path, beside)
    if gone and target.name.endswith(".warc.gz"):
        erase_stories(beside, gone, redact_listing, ErasureResult())
    try:
        beside.replace(target)
    except OSError as error:
        raise StorageError.of(error, target) from error
    return True
