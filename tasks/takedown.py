"""Takes stories down: out of the warehouse, its copies, the stages and the archive, for good."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tasks.archive.backup import MANIFEST
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
from tasks.listings.redact import redact_listing
from tasks.warehouse import erase
from tasks.warehouse.runs import exclusive_run
from tasks.warehouse.writer import latest, session

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
            removal = erase.remove(connection, leaving, reason=plain_line(reason), now=now)
        staged_rows = _cleanse_stages(paths, leaving)
        erased = erase_from_archive(paths, leaving, redact_listing, advance=advance)
        with session(paths, wait_seconds=settings.writer_wait_seconds) as connection:
            erase.correct_captures(connection, changed=erased.redacted, removed=erased.removed)
        erase.sweep(paths)
        erase.renew(paths, now=now, wait_seconds=settings.writer_wait_seconds)
        with session(paths, wait_seconds=settings.writer_wait_seconds) as connection:
            write_records(paths.tombstones_file, erase.select_tombstones(connection), Tombstone)
    return Erasure(
        article_ids=leaving,
        rows=removal.rows,
        staged_rows=staged_rows,
        archived_answers=erased.responses,
        redacted_listings=erased.listings,
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
