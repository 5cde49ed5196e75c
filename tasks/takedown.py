"""Takes stories down: out of the warehouse, its copies, the stages and the archive, for good."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.archive.backup import SUMS
from tasks.archive.erase import erase_from_archive
from tasks.archive.files import archived_files
from tasks.core.errors import UsageError
from tasks.core.files import remove_leftovers
from tasks.core.ids import parse_ids
from tasks.core.parquet import drop_stories, read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.rejects import plain_line
from tasks.core.reports import DETAIL, BackupNote, Erasure, StoryPreview, Tombstone
from tasks.core.settings import Settings
from tasks.core.staging import waiting_captures
from tasks.listings.redact import redact_listing
from tasks.matchers import MATCHERS
from tasks.warehouse import erase
from tasks.warehouse.connect import Connection
from tasks.warehouse.lake import publish_lake, require_new_lake
from tasks.warehouse.runs import exclusive_run
from tasks.warehouse.swap import replace_writer_file
from tasks.warehouse.writer import open_snapshot, session

MAX_STORIES = 1000  # at once; each is looked for in every feed of the archive


def story_ids(given: Sequence[str]) -> tuple[int, ...]:
    """The story ids that a person names by ids of ten digits or ranges of them, sorted."""
    ranges = parse_ids(",".join(given))
    if sum(map(len, ranges)) > MAX_STORIES:
        raise UsageError(f"At most {MAX_STORIES} stories can be taken down at once.")
    return tuple(sorted({article_id for ids in ranges for article_id in ids}))


def preview(settings: Settings, article_ids: Sequence[int]) -> list[StoryPreview]:
    """What the warehouse has of stories, before they are taken down."""
    with open_snapshot(DataPaths(settings.data_dir)) as connection:
        return erase.preview_stories(connection, article_ids)


def archive_size(settings: Settings) -> int:
    """How often `take_down` calls `advance`: once for each file of the archive."""
    return len(archived_files(DataPaths(settings.data_dir)))


def take_down(
    settings: Settings,
    article_ids: Sequence[int],
    *,
    reason: str = "",
    advance: Callable[[int], None] = lambda _count: None,
) -> Erasure:
    """Take stories down, and those whose take-down was interrupted; idempotent.

    While a run is active nothing is changed: `WriterBusyError`. Nor is it where no id is that of a
    story ever listed or requested: `UsageError`.
    """
    paths, wait_seconds = DataPaths(settings.data_dir), settings.writer_wait_seconds
    now, reason = datetime.now(UTC), plain_line(reason)
    with exclusive_run(paths, wait_seconds=wait_seconds):
        known, unknown = _split_known(paths, article_ids, wait_seconds=wait_seconds)
        # First, so that nothing brings them back; each step finds what an earlier attempt left.
        leaving = _note_tombstones(paths, known, reason, now)
        require_new_lake(settings)
        staged_rows = _erase_from_stages(paths, leaving)
        erased = erase_from_archive(paths, leaving, redact_listing, advance=advance)

        def remove_from(connection: Connection) -> erase.Removal:
            erase.restore_tombstones(connection, paths)
            removed = erase.remove_stories(
                connection, leaving, reason=reason, now=now, matchers=MATCHERS
            )
            erase.correct_captures(connection, changed=erased.redacted, removed=erased.removed)
            return removed

        with session(paths, wait_seconds=wait_seconds) as connection:
            removal = remove_from(connection)
        erase.remove_private_copies(paths)
        if paths.warehouse.exists():
            with erase.replace_published(paths, now=now) as connection:
                remove_from(connection)
        with erase.compact_copy(paths, now=now, wait_seconds=wait_seconds) as copy:
            replace_writer_file(copy, paths)
        with session(paths, wait_seconds=wait_seconds) as connection:
            write_records(paths.tombstones_file, erase.select_tombstones(connection), Tombstone)
        if settings.lake and paths.warehouse.exists():
            publish_lake(settings)
    backups = (note.path for note in read_records(paths.backups_file, BackupNote))
    return Erasure(
        article_ids=leaving,
        unknown=unknown,
        rows=removal.rows,
        staged_rows=staged_rows,
        archived_answers=erased.responses,
        redacted_listings=erased.listings,
        same_story=removal.same_story,
        backups=tuple(sorted(path for path in backups if (Path(path) / SUMS).exists())),
    )


def _split_known(
    paths: DataPaths, article_ids: Sequence[int], *, wait_seconds: float
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The ids of stories that there is a trace of, and the others."""
    with session(paths, wait_seconds=wait_seconds) as connection:
        erase.restore_tombstones(connection, paths)
        traced = erase.known_stories(connection, article_ids)
    traced |= {capture.article_id for capture in waiting_captures(paths) if capture.article_id}
    unknown = tuple(article_id for article_id in article_ids if article_id not in traced)
    if len(unknown) == len(article_ids):
        raise UsageError(
            f"There is no story {', '.join(map(str, unknown))} in {paths.data_dir}: none was "
            "listed or requested under that id. Nothing was changed."
        )
    return tuple(article_id for article_id in article_ids if article_id in traced), unknown


def _erase_from_stages(paths: DataPaths, article_ids: Iterable[int]) -> int:
    """Drop stories from batches between two steps; how many rows those were."""
    stages = (paths.fetched, paths.read, paths.staged)
    for stage in stages:
        remove_leftovers(stage)
    # Of a damaged batch nobody can say what it holds; the archive, which can be erased, has it all.
    shutil.rmtree(paths.quarantine, ignore_errors=True)
    files = (path for stage in stages for path in stage.rglob("*.parquet"))
    return sum(drop_stories(path, frozenset(article_ids), detail=DETAIL) for path in files)


def _note_tombstones(
    paths: DataPaths, article_ids: Iterable[int], reason: str, now: datetime
) -> tuple[int, ...]:
    """Note stories in the archive's folder; all ids there that are not erased yet, sorted."""
    noted = {one.article_id: one for one in read_records(paths.tombstones_file, Tombstone)}
    for article_id in article_ids:
        first = Tombstone(article_id=article_id, forgotten_at=now, reason=reason, erased_at=None)
        noted[article_id] = replace(noted.get(article_id, first), erased_at=None)
    write_records(paths.tombstones_file, list(noted.values()), Tombstone)
    return tuple(sorted(one.article_id for one in noted.values() if one.erased_at is None))
