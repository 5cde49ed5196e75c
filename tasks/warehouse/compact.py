"""Follows archive files that are compacted, and makes the writer's file smaller."""

from collections.abc import Mapping

from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.erase import compact_copy, replace_published
from tasks.warehouse.sql import run_file
from tasks.warehouse.swap import replace_writer_file
from tasks.warehouse.writer import session

# A file with less to gain is left: the space is used again by what is loaded next.
_MIN_FREE_SHARE, _MIN_FREE_BYTES = 0.25, 16 << 20


def move_captures(
    paths: DataPaths, moves: Mapping[tuple[str, str], Mapping[int, int]], *, wait_seconds: float
) -> set[str]:
    """Have captures name other files and offsets, in the writer's file and the published copy.

    `moves` are new offsets by old ones, by old and new path. Returns the old paths that rows still
    name. The caller holds the warehouse alone; done twice, the second time changes nothing.
    """

    def move(connection: Connection) -> set[str]:
        places = [
            (old_path, new_path, old, new)
            for (old_path, new_path), offsets in moves.items()
            for old, new in offsets.items()
        ]
        names = ("paths", "new_paths", "offsets", "new_offsets")
        columns = dict(zip(names, map(list, zip(*places, strict=True)), strict=True))
        with transaction(connection):
            rows = run_file(connection, "admin/move_captures.sql", **columns).fetchall()
        return {path for (path,) in rows}

    with session(paths, wait_seconds=wait_seconds) as connection:
        left = move(connection)
    if paths.warehouse.exists():
        with replace_published(paths, now=None) as connection:
            left |= move(connection)
    return left


def shrink_writer_file(paths: DataPaths, *, wait_seconds: float) -> int:
    """Copy the writer's file where much of it is free; how many bytes it is smaller then."""
    with session(paths, wait_seconds=wait_seconds) as connection:
        ((free_bytes, file_bytes),) = run_file(connection, "admin/select_free_bytes.sql").fetchall()
    if free_bytes < max(_MIN_FREE_BYTES, _MIN_FREE_SHARE * file_bytes):
        return 0
    before = paths.writer_file.stat().st_size
    with compact_copy(paths, now=None, wait_seconds=wait_seconds) as copy:
        replace_writer_file(copy, paths)
    return before - paths.writer_file.stat().st_size
