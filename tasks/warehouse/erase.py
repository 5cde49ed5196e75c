"""Takes stories out of the warehouse for good, its files included; by the files of `sql/admin`."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.core.errors import StorageError
from tasks.core.paths import DataPaths
from tasks.core.reports import DETAIL, StoryPreview, Tombstone
from tasks.warehouse.connect import Connection
from tasks.warehouse.load import Matchers, begin_settling, settle
from tasks.warehouse.publish import facts_of, publish_digested, write_manifest
from tasks.warehouse.sql import run_file, run_with_path
from tasks.warehouse.writer import session, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What was removed from the tables.

    Attributes:
        rows: rows, by table.
        same_story: other stories whose text is the same as one of those removed.
    """

    rows: dict[str, int]
    same_story: tuple[int, ...]


def held_of(connection: Connection, article_ids: Sequence[int]) -> list[StoryPreview]:
    """What the warehouse has of stories, each asked for once, by id.

    Args:
        connection: the writer's file or the readers' copy.
        article_ids: the stories.
    """
    name = "admin/preview_deletion.sql"
    rows = run_file(connection, name, article_ids=list(article_ids)).fetchall()
    return [StoryPreview(**dict(zip(StoryPreview.__slots__, row, strict=True))) for row in rows]


def select_tombstones(connection: Connection) -> list[Tombstone]:
    """The stories that were taken down, by id."""
    rows = connection.table("tombstones").order("article_id").fetchall()
    return [Tombstone(**dict(zip(Tombstone.__slots__, row, strict=True))) for row in rows]


def restore_tombstones(connection: Connection, paths: DataPaths) -> None:
    """Takes over the list of stories that were taken down, which lies with the archive.

    Args:
        connection: the writer's file, which may be a new one.
        layout: where the list lies, if there is one.
    """
    if paths.tombstones_file.exists():
        run_file(connection, "admin/restore_tombstones.sql", path=str(paths.tombstones_file))


def remove(
    connection: Connection,
    article_ids: Sequence[int],
    *,
    reason: str,
    now: datetime,
    matchers: Matchers,
) -> Removal:
    """Takes stories out of every table, in one transaction, and remembers their ids.

    Stories that were joined with them get the cluster that is left, and the days they were on
    their medians.

    Args:
        connection: the writer's file.
        article_ids: the stories, at least one.
        reason: why, in the operator's words.
        now: when (UTC).
        matchers: decide which stories and entities are one.

    Returns:
        What was removed.
    """
    with transaction(connection):
        begin_settling(connection, entity_ids=(), has_all_gaps=True)
        rows: dict[str, int] = dict(
            run_file(
                connection,
                "admin/delete_stories.sql",
                article_ids=list(article_ids),
                reason=reason,
                now=now,
                detail=DETAIL,
            ).fetchall()
        )
        settle(connection, matchers)
        same_story = connection.table("examined_stories").order("article_id").fetchall()
    return Removal(rows=rows, same_story=tuple(article_id for (article_id,) in same_story))


def correct_captures(
    connection: Connection,
    *,
    changed: dict[str, tuple[str, int]],
    removed: Sequence[str],
) -> None:
    """Brings captures in line with an archive that stories were taken out of.

    Args:
        connection: the writer's file.
        changed: digest and length of the payload of answers that were changed, by capture id.
        removed: ids of captures whose records are gone.
    """
    with transaction(connection):
        run_file(
            connection,
            "admin/correct_captures.sql",
            changed=list(changed),
            digests=[digest for digest, _ in changed.values()],
            lengths=[length for _, length in changed.values()],
            removed=list(removed),
        )


@contextmanager
def renewed(paths: DataPaths, *, now: datetime, wait_seconds: float) -> Iterator[Path]:
    """The writer's file written anew, without a trace of what was deleted.

    DuckDB leaves the bytes of deleted rows in its file until something is written over them.

    Args:
        layout: the warehouse, held alone.
        now: when the stories being taken down are gone (UTC).
        wait_seconds: how long to wait for another program that has the writer's file open.

    Yields:
        The new file, closed, beside the old one; it goes with the block unless it is moved.

    Raises:
        WriterBusyError: a program that isn't ours has the writer's file open.
        StorageError: the disk is full or can't be written; the files are as they were.
    """
    folder = paths.state / "renewed"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        path = folder / paths.writer_file.name
        with session(paths, wait_seconds=wait_seconds) as connection:
            run_with_path(connection, "admin/copy_warehouse.sql", path, now=now)
        yield path
    except OSError as error:
        raise StorageError.of(error, folder) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def renew(paths: DataPaths, *, now: datetime, wait_seconds: float) -> None:
    """Writes the readers' copy and the writer's file anew; see `renewed`."""
    with renewed(paths, now=now, wait_seconds=wait_seconds) as path:
        copied = publish_digested(path, paths.warehouse)
        swap_file(path, paths.writer_file)
    with session(paths, wait_seconds=wait_seconds) as connection:
        facts = facts_of(connection)
    write_manifest(paths, copied, facts)


def sweep(paths: DataPaths) -> None:
    """Removes private copies of the warehouse that programs that died left behind.

    Args:
        layout: the warehouse in use, held alone.
    """
    for folder in (paths.state / "spill", paths.state / "rebuild",
                   *paths.state.glob(".reading-*")):  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
    for left in paths.data_dir.glob(f".{paths.warehouse.name}.*.part"):
        left.unlink(missing_ok=True)


def swap_file(renewed: Path, writer_file: Path) -> None:
    """Puts a closed file in the place of the writer's, in one step.

    Raises:
        OSError: it can't be moved.
    """
    with renewed.open("rb") as file:
        os.fsync(file.fileno())
    writer_file.with_name(f"{writer_file.name}.wal").unlink(missing_ok=True)
    renewed.replace(writer_file)
    descriptor = os.open(writer_file.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
