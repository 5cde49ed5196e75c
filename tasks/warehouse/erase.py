"""Removes stories from the warehouse for good, its files included; SQL in `sql/admin`."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.core.paths import DataPaths
from tasks.core.reports import DETAIL, StoryPreview, Tombstone
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.load import Matchers, begin_settling, settle
from tasks.warehouse.publish import publish_copy, publish_file
from tasks.warehouse.sql import run_file, run_with_path
from tasks.warehouse.swap import empty_folder
from tasks.warehouse.writer import session


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Rows removed, by table, and the other stories whose text is the same as a removed one's."""

    rows: dict[str, int]
    same_story: tuple[int, ...]


def preview_stories(connection: Connection, article_ids: Sequence[int]) -> list[StoryPreview]:
    """What the warehouse has of each of these stories, by id."""
    name = "admin/preview_deletion.sql"
    rows = run_file(connection, name, article_ids=list(article_ids)).fetchall()
    return [StoryPreview(**dict(zip(StoryPreview.__slots__, row, strict=True))) for row in rows]


def known_stories(connection: Connection, article_ids: Sequence[int]) -> set[int]:
    """Those of these stories that were ever listed, requested or taken down."""
    name = "admin/select_known_stories.sql"
    rows = run_file(connection, name, article_ids=list(article_ids)).fetchall()
    return {article_id for (article_id,) in rows}


def select_tombstones(connection: Connection) -> list[Tombstone]:
    """The stories that were taken down, by id."""
    rows = connection.table("tombstones").order("article_id").fetchall()
    return [Tombstone(**dict(zip(Tombstone.__slots__, row, strict=True))) for row in rows]


def restore_tombstones(connection: Connection, paths: DataPaths) -> None:
    """Load the tombstones that lie with the archive, if any, into a warehouse that may be new."""
    if paths.tombstones_file.exists():
        run_file(connection, "admin/restore_tombstones.sql", path=str(paths.tombstones_file))


def remove_stories(
    connection: Connection,
    article_ids: Sequence[int],
    *,
    reason: str,
    now: datetime,
    matchers: Matchers,
) -> Removal:
    """Remove stories from every table, and what follows from them, and record their tombstones."""
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
    connection: Connection, *, changed: dict[str, tuple[str, int]], removed: Sequence[str]
) -> None:
    """Give captures new digests and lengths (`changed`, by id), and delete the `removed`."""
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
def compact_copy(paths: DataPaths, *, now: datetime | None, wait_seconds: float) -> Iterator[Path]:
    """A closed copy of the writer's file without a trace of what was deleted.

    It is removed with the block unless it is moved. `now` becomes the time (UTC) at which the
    stories being taken down were erased, if they are. The caller holds the warehouse alone.
    """
    # DuckDB leaves the bytes of deleted rows in its file until something is written over them.
    copy = paths.state / "renewed" / paths.writer_file.name
    with empty_folder(copy.parent):
        with session(paths, wait_seconds=wait_seconds) as connection:
            run_with_path(connection, "admin/copy_warehouse.sql", copy, now=now)
        yield copy


@contextmanager
def replace_published(paths: DataPaths, *, now: datetime | None) -> Iterator[Connection]:
    """The published copy, to be changed; what checks keep from readers stays out of it.

    `now` as for `compact_copy`, where stories were deleted; without it deleted bytes may stay.
    """
    readers = DataPaths(paths.data_dir, f"{paths.state_folder}/published")
    with empty_folder(readers.state):
        publish_copy(paths.warehouse, readers.writer_file)
        with session(readers, wait_seconds=0.0) as connection:
            yield connection
        if now is None:
            publish_file(readers.writer_file, paths)
            return
        with compact_copy(readers, now=now, wait_seconds=0.0) as copy:
            publish_file(copy, paths)


def remove_private_copies(paths: DataPaths) -> None:
    """Remove copies that killed programs left, and what has texts; the caller holds it alone."""
    paths.report.unlink(missing_ok=True)  # it shows headlines; `wirehouse report` writes it again
    shutil.rmtree(paths.embeddings, ignore_errors=True)
    remove_copies(paths)


def remove_copies(paths: DataPaths) -> None:
    """Remove copies of the warehouse that killed programs left; the caller holds it alone."""
    spilled = paths.state.glob(".spill.*.part")
    copies = ("spill", "rebuild", "published", "renewed", "restored")
    for folder in (*(paths.state / name for name in copies), *spilled):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (paths.data_dir, paths.state):
        for temporary in folder.glob(f".{paths.warehouse.name}.*.part"):
            temporary.unlink(missing_ok=True)
