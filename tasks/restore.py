"""Puts a backup in the place of the warehouse, and gives the archive back what it has lost."""

import os
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from tasks.adapters import backups, staging
from tasks.adapters.warc.striking import strike
from tasks.adapters.warehouse import forgetting, restoring
from tasks.adapters.warehouse.runs import alone
from tasks.adapters.warehouse.writing import session
from tasks.erasing import correct_captures, strike_archive
from tasks.wire.backup import BackedUp, Manifest, Restored, State
from tasks.wire.errors import NewerWarehouseError, StorageError, UsageError
from tasks.wire.forgetting import Forgotten
from tasks.wire.run import Layout
from tasks.wire.settings import Settings

_SHOWN_FILES = 3


def restore(
    settings: Settings,
    folder: Path,
    *,
    force: bool = False,
    advance: Callable[[int], None] = lambda _count: None,
) -> Restored:
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
    layout, now = Layout(data_dir=settings.data_dir), datetime.now(UTC)
    manifest = backups.read_manifest(folder)
    _require_sound(folder, manifest, advance)
    with (
        alone(layout, wait_seconds=settings.writer_wait_seconds),
        restoring.place_for(layout) as beside,
    ):
        if not force:
            _require_older(layout, manifest, settings.writer_wait_seconds)
        forgotten = _forgotten(layout, folder, manifest)
        gone = {one.article_id for one in forgotten}
        backups.copy(folder / manifest.warehouse.path, beside.writer_file)
        brought = 0
        for one in manifest.archive:
            brought += _bring_back(layout, folder, one, gone)
            advance(1)
        left_out = _take_out(beside, layout, forgotten, now)
        with session(beside, wait_seconds=0.0) as connection:
            state = restoring.state_of(connection)
            listed = forgetting.forgotten(connection)
        if listed:
            staging.write_records(layout.forgotten_list, listed, Forgotten)
        restoring.put_in_place(beside.writer_file, layout)
    return Restored(
        path=str(folder),
        made_at=manifest.made_at,
        stories=state.stories,
        archive_files=brought,
        forgotten=left_out,
        newer_files=_newer_files(layout, manifest),
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


def _require_older(layout: Layout, manifest: Manifest, wait_seconds: float) -> None:
    try:
        in_use: State | None = restoring.state_in_use(layout, wait_seconds=wait_seconds)
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


def _forgotten(layout: Layout, folder: Path, manifest: Manifest) -> list[Forgotten]:
    """Every story on the list of the archive in use or on that of the backup, each once."""
    name = layout.forgotten_list.relative_to(layout.data_dir).as_posix()
    listed = [name] if any(one.path == name for one in manifest.archive) else []
    found = {
        story.article_id: story
        for path in (*(folder / one for one in listed), layout.forgotten_list)
        for story in staging.read_records(path, Forgotten)
    }
    return list(found.values())


def _take_out(beside: Layout, layout: Layout, forgotten: list[Forgotten], now: datetime) -> int:
    """Takes out of a restored warehouse what was taken down since; how many stories it had."""
    with session(beside, wait_seconds=0.0) as connection:
        known = {one.article_id for one in forgetting.forgotten(connection) if one.erased_at}
        new = [one for one in forgotten if one.article_id not in known]
        if not new:
            return 0
        had = forgetting.held_of(connection, [one.article_id for one in new])
        for one in new:
            forgetting.remove(connection, [one.article_id], reason=one.reason, now=one.forgotten_at)
        struck = strike_archive(layout, {one.article_id for one in new})
        correct_captures(connection, struck)
    with forgetting.renewed(beside, now=now, wait_seconds=0.0) as clean:
        forgetting.take_place(clean, beside.writer_file)
    return sum(one.title is not None for one in had)


def _newer_files(layout: Layout, manifest: Manifest) -> int:
    """How many files of the archive the backup hasn't got."""
    known = {layout.data_dir / one.path for one in manifest.archive}
    return sum(path not in known for path in layout.raw.rglob("*.warc.gz"))


def _bring_back(layout: Layout, folder: Path, one: BackedUp, gone: Collection[int]) -> bool:
    """Brings one file back if the archive hasn't got it; whether it did."""
    target = layout.data_dir / one.path
    if target == layout.forgotten_list or backups.is_there(target, one):
        return False
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    backups.copy(folder / one.path, beside)
    if gone and target.name.endswith(".warc.gz"):
        strike(beside, gone)
    try:
        beside.replace(target)
    except OSError as error:
        raise StorageError.of(error, target) from error
    return True
