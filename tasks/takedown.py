"""Takes stories down: out of the warehouse, its copies, the stages and the archive, for good."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tasks.archive.backup import MANIFEST
from tasks.archive.erase import ErasureResult, erase_stories
from tasks.core.errors import UsageError
from tasks.core.files import remove_leftovers
from tasks.core.ids import parse_ids
from tasks.core.parquet import drop_stories, read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.rejects import plain_line
from tasks.core.reports import DETAIL, BackupNote, Erasure, StoryPreview, Tombstone
from tasks.core.settings import Settings
from tasks.duplicates.cluster import cluster_batch
from tasks.entities.resolution import resolve_entities
from tasks.reprocess import archived_files
from tasks.warehouse import erase
from tasks.warehouse.connect import Connection
from tasks.warehouse.load import Matchers
from tasks.warehouse.runs import exclusive_run
from tasks.warehouse.writer import latest, session

_MATCHERS = Matchers(cluster_batch=cluster_batch, resolve_entities=resolve_entities)


def strike_archive(
    paths: DataPaths,
    article_ids: Collection[int],
    *,
    advance: Callable[[int], None] = lambda _count: None,
) -> list[ErasureResult]:
    """Takes stories out of every file of the archive, on which no run may be at work.

    Args:
        layout: where the archive lies; what an earlier attempt left half written there goes.
        article_ids: the stories, at least one.
        advance: told of each file that is gone through.

    Returns:
        What became of each file.

    Raises:
        StorageError: a file can't be read or written; those before it are done.
    """
    for left in paths.raw.rglob(".*.part"):
        with suppress(FileNotFoundError):
            left.unlink()
    struck = []
    for path in archived_files(paths):
        struck.append(erase_stories(path, article_ids))
        advance(1)
    return struck


def correct_captures(connection: Connection, struck: Sequence[ErasureResult]) -> None:
    """Brings the captures in line with what became of the archive."""
    erase.correct_captures(
        connection,
        changed={
            one.capture_id: (one.payload_sha256, one.body_bytes)
            for file in struck
            for one in file.redacted
        },
        removed=[capture_id for file in struck for capture_id in file.removed],
    )


MAX_STORIES = 1000
"""At once; each is looked for in every feed of the archive."""


def story_ids(given: Sequence[str]) -> tuple[int, ...]:
    """The ids of the stories that a person names, each once, by size.

    Args:
        given: ids of ten digits, or ranges of them.

    Raises:
        UsageError: one isn't an id, or they are too many.
    """
    ranges = parse_ids(",".join(given))
    if sum(map(len, ranges)) > MAX_STORIES:
        raise UsageError(f"At most {MAX_STORIES} stories can be taken down at once.")
    return tuple(sorted({article_id for ids in ranges for article_id in ids}))


def preview(settings: Settings, article_ids: Sequence[int]) -> list[StoryPreview]:
    """What the warehouse has of stories, before they are taken down.

    Args:
        settings: where the data folder is.
        article_ids: the stories.

    Raises:
        OperatorError: the warehouse can't be opened.
    """
    with latest(DataPaths(data_dir=settings.data_dir)) as connection:
        return erase.held_of(connection, article_ids)


def take_down(
    settings: Settings,
    article_ids: Sequence[int],
    *,
    reason: str = "",
    advance: Callable[[int], None] = lambda _count: None,
) -> Erasure:
    """Takes stories down. Killed in the middle and called again, it comes to the same end.

    The ids are remembered first, so that nothing brings the stories back meanwhile. Then the
    tables, the stages, the archive and the files are cleansed, in this order; each step finds by
    itself what an earlier attempt has left. Stories whose taking down was cut short go too.

    Args:
        settings: where the data folder is, and how long to wait for runs at work.
        article_ids: the stories, at least one; they need not be in the warehouse.
        reason: why, in the operator's words.
        advance: told of each file of the archive that is gone through.

    Returns:
        What was removed.

    Raises:
        WriterBusyError: a run is at work; nothing was changed.
        OperatorError: a file can't be read or written; what was done stays done.
    """
    paths, now = DataPaths(data_dir=settings.data_dir), datetime.now(UTC)
    with exclusive_run(paths, wait_seconds=settings.writer_wait_seconds):
        leaving = _remember(paths, article_ids, plain_line(reason), now)
        with session(paths, wait_seconds=settings.writer_wait_seconds) as connection:
            erase.restore_tombstones(connection, paths)
            removal = erase.remove(
                connection, leaving, reason=plain_line(reason), now=now, matchers=_MATCHERS
            )
        staged_rows = _cleanse_stages(paths, leaving)
        struck = strike_archive(paths, leaving, advance=advance)
        with session(paths, wait_seconds=settings.writer_wait_seconds) as connection:
            correct_captures(connection, struck)
        erase.sweep(paths)
        erase.renew(paths, now=now, wait_seconds=settings.writer_wait_seconds)
        with session(paths, wait_seconds=settings.writer_wait_seconds) as connection:
            write_records(paths.tombstones_file, erase.select_tombstones(connection), Tombstone)
    return Erasure(
        article_ids=leaving,
        rows=removal.rows,
        staged_rows=staged_rows,
        archived_answers=sum(one.answers for one in struck),
        blotted_listings=sum(one.listings for one in struck),
        same_story=removal.same_story,
        backups=tuple(_backups(paths)),
    )


def _remember(
    paths: DataPaths, article_ids: Iterable[int], reason: str, now: datetime
) -> tuple[int, ...]:
    """Puts stories on the list that lies with the archive; it is the first thing to be written.

    Returns:
        All on the list that are not erased yet, by id.
    """
    listed = {one.article_id: one for one in read_records(paths.tombstones_file, Tombstone)}
    for article_id in article_ids:
        known = listed.get(article_id)
        listed[article_id] = Tombstone(
            article_id=article_id,
            forgotten_at=known.forgotten_at if known else now,
            reason=known.reason if known else reason,
            erased_at=None,
        )
    write_records(paths.tombstones_file, list(listed.values()), Tombstone)
    return tuple(sorted(one.article_id for one in listed.values() if one.erased_at is None))


def _cleanse_stages(paths: DataPaths, article_ids: Collection[int]) -> int:
    gone = 0
    for stage in (paths.fetched, paths.read, paths.staged):
        remove_leftovers(stage)
        for path in stage.rglob("*.parquet"):
            gone += drop_stories(path, frozenset(article_ids), detail=DETAIL)
    return gone


def _backups(paths: DataPaths) -> list[str]:
    """Folders that backups were made in and still are."""
    notes = read_records(paths.backups_file, BackupNote)
    return sorted(one.path for one in notes if (Path(one.path) / MANIFEST).exists())


def archive_size(settings: Settings) -> int:
    """How many files of the archive `take_down` goes through."""
    files: list[Path] = archived_files(DataPaths(data_dir=settings.data_dir))
    return len(files)
