"""Makes backups; restores the warehouse from one, and files that the archive has lost."""

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.archive import backup as backups
from tasks.archive.backup import BackupFile, Manifest
from tasks.archive.erase import ErasureResult, erase_from_archive, erase_stories
from tasks.archive.files import all_files, archived_files, archived_parts, link_cold_folder
from tasks.core.errors import NewerWarehouseError, StorageError, UsageError, WriterBusyError
from tasks.core.files import replace_atomically
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.reports import BackupNote, BackupSummary, RestoreSummary, Tombstone
from tasks.core.settings import Settings
from tasks.listings.redact import redact_listing
from tasks.matchers import MATCHERS
from tasks.warehouse import erase, swap
from tasks.warehouse.locks import exclusive_lock, shared_lock
from tasks.warehouse.publish import publish_file
from tasks.warehouse.runs import exclusive_run
from tasks.warehouse.writer import session

_SHOWN_FILES = 3


def backup(
    settings: Settings,
    folder: Path,
    *,
    verify: bool = False,
    advance: Callable[[int], None] = lambda _count: None,
) -> BackupSummary:
    """Make a backup, or bring one up to date, in one step at its end; runs may be active.

    With `verify` all of it is read back: a damaged copy is made again, and a `StorageError` names
    what is damaged and no longer in the archive.
    """
    paths, now = DataPaths(settings.data_dir), datetime.now(UTC)
    wait_seconds = settings.writer_wait_seconds
    with _claim_folder(paths, folder, wait_seconds):
        # Copied closed, so a load waits for it.
        with exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds):
            with session(paths, wait_seconds=wait_seconds) as connection:
                stories, last_run_at = swap.select_state(connection)
            name = f"warehouse-{now:%Y%m%dT%H%M%S%fZ}.duckdb"
            warehouse = backups.copy(paths.writer_file, folder, name)
        advance(1)
        # The archive afterwards: a response is synced there before a row points at it.
        archive, copied = _copy_archive(paths, folder, advance, verify=verify)
        manifest = Manifest(
            made_at=now,
            stories=stories,
            last_run_at=last_run_at,
            warehouse=warehouse,
            archive=archive,
        )
        backups.write_manifest(folder, manifest)
        _remove_compacted(paths, folder, archive)
        note = BackupNote(path=str(folder.resolve()), made_at=now)
        noted = read_records(paths.backups_file, BackupNote)
        others = [one for one in noted if one.path != note.path]
        write_records(paths.backups_file, [*others, note], BackupNote)
        if verify:
            _require_whole(folder, manifest, lambda _count: None, "Its other files are up to date.")
    return BackupSummary(
        path=str(folder),
        made_at=now,
        stories=stories,
        files=1 + len(archive),
        size=sum(file.size for file in (warehouse, *archive)),
        copied_files=1 + len(copied),
        copied_size=sum(file.size for file in (warehouse, *copied)),
    )


@contextmanager
def _claim_folder(paths: DataPaths, folder: Path, wait_seconds: float) -> Iterator[None]:
    """Only one backup goes into the folder, and no story is taken down meanwhile."""
    if not paths.writer_file.exists():
        raise UsageError(
            f"There is no warehouse in {paths.data_dir} to back up yet. Make one: wirehouse ingest"
        )
    place = folder.resolve()
    for ours in (paths.raw.resolve(), paths.cold.resolve(), paths.state.resolve()):
        if place == paths.data_dir.resolve() or place.is_relative_to(ours):
            raise UsageError(f"{folder} is part of what is backed up. Name another folder.")
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(folder / ".lock", wait_seconds=0.0))
            stack.enter_context(shared_lock(paths.runs_lock, wait_seconds=wait_seconds))
        except WriterBusyError as busy:
            raise WriterBusyError(
                f"Another backup into {folder} is being made, or a story is being taken down. Run "
                "it again when that is done."
            ) from busy
        for leftover in folder.rglob(".*.part"):
            leftover.unlink(missing_ok=True)
        yield


def _copy_archive(
    paths: DataPaths, folder: Path, advance: Callable[[int], None], *, verify: bool
) -> tuple[tuple[BackupFile, ...], list[BackupFile]]:
    """What the backup holds, files that the archive has lost among them; what was copied.

    Of a file that was compacted since, it holds the compacted one.
    """
    try:
        files = {file.path: file for file in backups.read_manifest(folder).archive}
    except (UsageError, StorageError):
        files = {}
    copied, there = [], set()
    for source in all_files(paths):
        path = source.relative_to(paths.data_dir).as_posix()
        if not backups.ARCHIVED.fullmatch(path):  # nor one that is being written
            continue
        backups.require_name(folder, path)
        there.add(path)
        known, now = files.get(path), source.stat()
        if (
            known is None
            or (known.size, known.changed_ns) != (now.st_size, now.st_mtime_ns)
            or not (folder / path).exists()
            or (folder / path).stat().st_size != known.size
            or (verify and not backups.is_there(folder / path, known))
        ):
            files[path] = backups.copy(source, folder, path)
            copied.append(files[path])
        advance(1)
    gone = _former_files(paths, {Path(path) for path in files.keys() - there})
    kept = (one for one in files.values() if one.path in there or Path(one.path) not in gone)
    return tuple(kept), copied


def _former_files(paths: DataPaths, files: Collection[Path]) -> set[Path]:
    """Those of files in place of which the archive has compacted ones."""
    parts = archived_parts(paths, {path.name for path in files}) if files else ()
    names = {part.name for part in parts}
    return {path for path in files if path.name in names}


def _remove_compacted(paths: DataPaths, folder: Path, archive: Sequence[BackupFile]) -> None:
    """Remove the copies of files in place of which a complete backup has compacted ones."""
    kept = {folder / file.path for file in archive}
    for path in _former_files(paths, {*(folder / "raw").rglob("*.warc.gz")} - kept):
        path.unlink(missing_ok=True)


def restore(
    settings: Settings,
    folder: Path,
    *,
    force: bool = False,
    advance: Callable[[int], None] = lambda _count: None,
) -> RestoreSummary:
    """Restore a backup; until the last step the warehouse in use stays as it is.

    What the archive has beyond the backup stays, and so do batches that wait to be loaded. Stories
    taken down since are left out. `force` gives up a warehouse that is newer than the backup.
    `advance` is called twice for each file: when it is verified, and when it is restored.
    """
    paths, wait_seconds = DataPaths(settings.data_dir), settings.writer_wait_seconds
    manifest = backups.read_manifest(folder)
    _require_sound(paths, folder, manifest, advance)
    staging = DataPaths(paths.data_dir, f"{paths.state_folder}/restored")
    with exclusive_run(paths, wait_seconds=wait_seconds), swap.empty_folder(staging.state):
        link_cold_folder(settings)
        if not force:
            _require_older(paths, manifest, wait_seconds)
        copies = {paths.data_dir / file.path: folder / file.path for file in manifest.archive}
        noted = (copies.get(paths.tombstones_file), paths.tombstones_file)  # the later one counts
        tombstones = {
            one.article_id: one for file in noted if file for one in read_records(file, Tombstone)
        }
        backups.copy(folder / manifest.warehouse.path, staging.state, staging.writer_file.name)
        with swap.restored_session(staging, folder) as connection:
            swap.require_own_schema(connection, folder)
        archive_files = _restore_archive(paths, folder, manifest, tombstones, advance)
        forgotten = _erase_from_staging(staging, paths, tombstones)
        with session(staging, wait_seconds=0.0) as connection:
            stories, _ = swap.select_state(connection)
            listed = erase.select_tombstones(connection)
        if listed:
            write_records(paths.tombstones_file, listed, Tombstone)
        swap.replace_writer_file(staging.writer_file, paths)
        publish_file(paths.writer_file, paths)
    return RestoreSummary(
        path=str(folder),
        made_at=manifest.made_at,
        stories=stories,
        archive_files=archive_files,
        forgotten=forgotten,
        newer_files=sum(path not in copies for path in archived_files(paths)),
    )


def manifest_size(folder: Path) -> int:
    """How often `restore` calls `advance`."""
    return 2 * len(backups.read_manifest(folder).archive) + 1


def _require_sound(
    paths: DataPaths, folder: Path, manifest: Manifest, advance: Callable[[int], None]
) -> None:
    """Refuse a damaged backup, and one a file of which would follow a link out of `raw/`."""
    for file in manifest.archive:
        target = paths.data_dir / file.path
        if not any(backups.leads_within(target, one) for one in (paths.raw, paths.cold)):
            raise StorageError(
                f"{target} leads out of {paths.raw}, and a restore writes nothing else. Remove the "
                "link. Nothing was changed."
            )
    _require_whole(
        folder,
        manifest,
        advance,
        "Nothing was changed. If the archive is whole, wirehouse rebuild makes the warehouse from "
        "it.",
    )


def _require_whole(
    folder: Path, manifest: Manifest, advance: Callable[[int], None], consequence: str
) -> None:
    """Read a backup, and name what isn't as its list says."""
    damaged = []
    for file in (manifest.warehouse, *manifest.archive):
        if not backups.is_there(folder / file.path, file):
            damaged.append(file.path)
        advance(1)
    if damaged:
        shown = ", ".join(damaged[:_SHOWN_FILES])
        more = f" and {len(damaged) - _SHOWN_FILES} more" if len(damaged) > _SHOWN_FILES else ""
        raise StorageError(
            f"{folder} is damaged or incomplete: {shown}{more} isn't what was backed up. "
            f"{consequence}"
        )


def _require_older(paths: DataPaths, manifest: Manifest, wait_seconds: float) -> None:
    try:
        in_use = swap.last_run_in_use(paths, wait_seconds=wait_seconds)
    except NewerWarehouseError as error:
        raise NewerWarehouseError(f"{error} To restore the backup over it, say --force.") from error
    then = manifest.last_run_at
    if in_use and (then is None or in_use > then):
        raise UsageError(
            f"The warehouse in use is newer than the backup: its last run began "
            f"{in_use:%Y-%m-%d %H:%M} UTC, the backup is of "
            f"{manifest.made_at:%Y-%m-%d %H:%M} UTC. Nothing was changed; to restore all the same, "
            "say --force."
        )


def _restore_archive(
    paths: DataPaths,
    folder: Path,
    manifest: Manifest,
    article_ids: Collection[int],
    advance: Callable[[int], None],
) -> int:
    """Bring back the files that the archive lacks, without these stories; how many those were."""
    count = 0
    for file in manifest.archive:
        target = paths.data_dir / file.path
        if target != paths.tombstones_file and not backups.is_there(target, file):
            with replace_atomically(target) as temporary:
                shutil.copyfile(folder / file.path, temporary)
                if article_ids and target.name.endswith(".warc.gz"):
                    erase_stories(temporary, article_ids, redact_listing, ErasureResult())
            count += 1
        advance(1)
    return count


def _erase_from_staging(
    staging: DataPaths, paths: DataPaths, tombstones: dict[int, Tombstone]
) -> int:
    """Erase from a restored warehouse what was taken down since; how many stories it had."""
    now = datetime.now(UTC)
    with session(staging, wait_seconds=0.0) as connection:
        erased = {one.article_id for one in erase.select_tombstones(connection) if one.erased_at}
        new = [one for one in tombstones.values() if one.article_id not in erased]
        if not new:
            return 0
        article_ids = [one.article_id for one in new]
        had = erase.preview_stories(connection, article_ids)
        for one in new:
            reason, at = one.reason, one.forgotten_at
            erase.remove_stories(
                connection, [one.article_id], reason=reason, now=at, matchers=MATCHERS
            )
        result = erase_from_archive(paths, article_ids, redact_listing)
        erase.correct_captures(connection, changed=result.redacted, removed=result.removed)
    with erase.compact_copy(staging, now=now, wait_seconds=0.0) as clean:
        swap.replace_writer_file(clean, staging)
    return sum(one.title is not None for one in had)
