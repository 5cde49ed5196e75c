"""Compacts what grows: older files of the archive, the writer's file, and what killed runs left."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tasks.archive.compact import join_files, match_records
from tasks.archive.files import (
    all_files,
    archived_parts,
    day_of,
    is_joined,
    is_ours,
    link_cold_folder,
    run_id_of,
)
from tasks.core.errors import StorageError, UsageError, WriterBusyError
from tasks.core.files import remove_leftovers, sync_path
from tasks.core.paths import DataPaths
from tasks.core.reports import CompactSummary
from tasks.core.settings import Settings
from tasks.core.staging import waiting_captures
from tasks.warehouse.compact import move_captures, shrink_writer_file
from tasks.warehouse.erase import remove_copies
from tasks.warehouse.locks import exclusive_lock, shared_lock
from tasks.warehouse.runs import exclusive_run

# What is on disk twice at most, and what a stop costs; each step publishes the warehouse once.
_STEP_BYTES = 1 << 30

_log = logging.getLogger(__name__)


def compact(
    settings: Settings, *, advance: Callable[[int], None] = lambda _count: None
) -> CompactSummary:
    """Join each older day's archive files to a smaller one in `raw/cold`, where it is found then.

    Runs go on meanwhile, but for the moment in which the warehouse changes its paths: while one is
    active then, `WriterBusyError`, and the next call goes on from there. At any moment each record
    is where the warehouse says.
    """
    paths, wait_seconds = DataPaths(settings.data_dir), settings.writer_wait_seconds
    if not paths.writer_file.exists():
        raise UsageError(f"There is no warehouse in {paths.data_dir} to compact yet.")
    files = former_bytes = new_bytes = damaged = 0
    with _claim(paths):
        link_cold_folder(settings)
        for leftover in paths.cold.rglob(".*.part"):
            leftover.unlink(missing_ok=True)
        for step in _steps(settings):
            copies: dict[Path, tuple[Path, dict[int, int]]] = {}
            with _no_take_down(paths, wait_seconds):
                for group in step:
                    copies |= _copy(paths, group)
                    for path in group:
                        if path not in copies:
                            damaged += 1
                            _log.warning("%s is damaged, and stays as it is.", path)
                        advance(1)
            new_bytes += sum(path.stat().st_size for path in {copy for copy, _ in copies.values()})
            with exclusive_run(paths, wait_seconds=wait_seconds):
                for path in _follow(paths, copies, wait_seconds):
                    files += 1
                    former_bytes += path.stat().st_size
                    path.unlink()
                    sync_path(path.parent)
        with exclusive_run(paths, wait_seconds=wait_seconds):
            left_bytes = _size(paths.state) + _size(paths.raw)
            for folder in (paths.fetched, paths.read, paths.staged, paths.data_dir, paths.state):
                remove_leftovers(folder)
            remove_copies(paths)
            left_bytes -= _size(paths.state) + _size(paths.raw)
            writer_bytes = shrink_writer_file(paths, wait_seconds=wait_seconds)
    return CompactSummary(
        folder=str(paths.cold.resolve()),
        files=files,
        former_size=former_bytes,
        size=new_bytes,
        damaged_files=damaged,
        warehouse_freed=writer_bytes,
        leftovers_freed=left_bytes,
    )


@contextmanager
def _claim(paths: DataPaths) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(paths.compact_lock, wait_seconds=0.0))
        except WriterBusyError as busy:
            raise WriterBusyError(
                f"{paths.data_dir} is being compacted already. Run it again when that is done."
            ) from busy
        yield


@contextmanager
def _no_take_down(paths: DataPaths, wait_seconds: float) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(shared_lock(paths.runs_lock, wait_seconds=wait_seconds))
        except WriterBusyError as busy:
            raise WriterBusyError(
                "A story is being taken down, or a backup restored. Run it again when that is done."
            ) from busy
        yield


def _steps(settings: Settings) -> Iterator[list[list[Path]]]:
    """The files to compact, in steps of files to join: old ones of one day that no run needs."""
    paths = DataPaths(settings.data_dir)
    before = datetime.now(UTC) - timedelta(days=settings.compact_after_days)
    # A run that died may have to be continued from where a batch or the warehouse says.
    open_runs = {path.stem for path in paths.runs.glob("*.lock")}
    waiting = {paths.data_dir / capture.warc_path for capture in waiting_captures(paths)}
    days: defaultdict[str, dict[str, Path]] = defaultdict(dict)
    for path in all_files(paths):
        day = day_of(path)
        if (
            is_ours(path)
            and not is_joined(path)
            and (day or not path.is_relative_to(paths.cold))
            and path.stat().st_mtime <= before.timestamp()
            and run_id_of(path) not in open_runs
            and path not in waiting
        ):
            days[day or path.name][path.name] = path
    step, step_size = list[list[Path]](), 0
    for files in days.values():
        group, size = list[Path](), 0
        for path in files.values():
            if group and size + path.stat().st_size > _STEP_BYTES:
                step.append(group)
                group, size = [], 0
            group.append(path)
            size += path.stat().st_size
            step_size += path.stat().st_size
        step.append(group)
        if step_size >= _STEP_BYTES:
            yield step
            step, step_size = [], 0
    if step:
        yield step


def _copy(paths: DataPaths, files: Sequence[Path]) -> dict[Path, tuple[Path, dict[int, int]]]:
    """Of the sound ones of files to join: where their records are in the cold folder.

    What an earlier call copied and did not finish is found there.
    """
    names = {path.name for path in files}
    parts = {part.name: part for part in archived_parts(paths, names) if part.path not in files}
    copies = {
        path: (parts[path.name].path, offsets)
        for path in files
        if path.name in parts and (offsets := match_records(path, parts[path.name]))
    }
    if rest := [path for path in files if path.name not in parts]:
        day = day_of(rest[0])
        target = paths.cold / rest[0].relative_to(paths.raw)
        if day:
            folder = paths.cold / day[:4] / day[4:6]
            names_left = (folder / f"wirehouse-{day}-{n:05d}.warc.gz" for n in count())
            target = next(path for path in names_left if not path.exists())
        copies |= {path: (target, places) for path, places in join_files(rest, target).items()}
    return copies


def _follow(
    paths: DataPaths, copies: dict[Path, tuple[Path, dict[int, int]]], wait_seconds: float
) -> list[Path]:
    """Have the warehouse name the compacted files; the former ones, which no row names now."""
    if not copies:
        return []

    def name(path: Path) -> str:
        return path.relative_to(paths.data_dir).as_posix()

    moves = {(name(path), name(target)): offsets for path, (target, offsets) in copies.items()}
    left = move_captures(paths, moves, wait_seconds=wait_seconds)
    return [path for path in copies if name(path) not in left]


def _size(folder: Path) -> int:
    try:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise StorageError.of(error, folder) from error
