"""Takes stories down: out of the warehouse, its copies, the stages and the archive, for good."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tasks.adapters import staging
from tasks.adapters.backups import MANIFEST
from tasks.adapters.warehouse import forgetting
from tasks.adapters.warehouse.runs import alone
from tasks.adapters.warehouse.snapshot import latest
from tasks.adapters.warehouse.writing import session
from tasks.erasing import correct_captures, strike_archive
from tasks.retrieving import archived_files
from tasks.wire.backup import BackupNote
from tasks.wire.errors import UsageError
from tasks.wire.forgetting import DETAIL, Erasure, Forgotten, Held
from tasks.wire.menafn.id_ranges import parse_ids
from tasks.wire.reject import plain_line
from tasks.wire.run import Layout
from tasks.wire.settings import Settings

MOST_STORIES = 1000
"""At once; each is looked for in every feed of the archive."""


def story_ids(given: Sequence[str]) -> tuple[int, ...]:
    """The ids of the stories that a person names, each once, by size.

    Args:
        given: ids of ten digits, or ranges of them.

    Raises:
        UsageError: one isn't an id, or they are too many.
    """
    ranges = parse_ids(",".join(given))
    if sum(map(len, ranges)) > MOST_STORIES:
        raise UsageError(f"At most {MOST_STORIES} stories can be taken down at once.")
    return tuple(sorted({article_id for ids in ranges for article_id in ids}))


def held(settings: Settings, article_ids: Sequence[int]) -> list[Held]:
    """What the warehouse has of stories, before they are taken down.

    Args:
        settings: where the data folder is.
        article_ids: the stories.

    Raises:
        OperatorError: the warehouse can't be opened.
    """
    with latest(Layout(data_dir=settings.data_dir)) as connection:
        return forgetting.held_of(connection, article_ids)


def forget(
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
    layout, now = Layout(data_dir=settings.data_dir), datetime.now(UTC)
    with alone(layout, wait_seconds=settings.writer_wait_seconds):
        leaving = _remember(layout, article_ids, plain_line(reason), now)
        with session(layout, wait_seconds=settings.writer_wait_seconds) as connection:
            forgetting.recall(connection, layout)
            removal = forgetting.remove(connection, leaving, reason=plain_line(reason), now=now)
        staged_rows = _cleanse_stages(layout, leaving)
        struck = strike_archive(layout, leaving, advance=advance)
        with session(layout, wait_seconds=settings.writer_wait_seconds) as connection:
            correct_captures(connection, struck)
        forgetting.sweep(layout)
        forgetting.renew(layout, now=now, wait_seconds=settings.writer_wait_seconds)
        with session(layout, wait_seconds=settings.writer_wait_seconds) as connection:
            staging.write_records(
                layout.forgotten_list, forgetting.forgotten(connection), Forgotten
            )
    return Erasure(
        article_ids=leaving,
        rows=removal.rows,
        staged_rows=staged_rows,
        archived_answers=sum(one.answers for one in struck),
        blotted_listings=sum(one.listings for one in struck),
        same_story=removal.same_story,
        backups=tuple(_backups(layout)),
    )


def _remember(
    layout: Layout, article_ids: Iterable[int], reason: str, now: datetime
) -> tuple[int, ...]:
    """Puts stories on the list that lies with the archive; it is the first thing to be written.

    Returns:
        All on the list that are not erased yet, by id.
    """
    listed = {one.article_id: one for one in staging.read_records(layout.forgotten_list, Forgotten)}
    for article_id in article_ids:
        known = listed.get(article_id)
        listed[article_id] = Forgotten(
            article_id=article_id,
            forgotten_at=known.forgotten_at if known else now,
            reason=known.reason if known else reason,
            erased_at=None,
        )
    staging.write_records(layout.forgotten_list, list(listed.values()), Forgotten)
    return tuple(sorted(one.article_id for one in listed.values() if one.erased_at is None))


def _cleanse_stages(layout: Layout, article_ids: Collection[int]) -> int:
    gone = 0
    for stage in (layout.fetched, layout.read, layout.staged):
        staging.remove_leftovers(stage)
        for path in stage.rglob("*.parquet"):
            gone += staging.drop_stories(path, frozenset(article_ids), detail=DETAIL)
    return gone


def _backups(layout: Layout) -> list[str]:
    """Folders that backups were made in and still are."""
    notes = staging.read_records(layout.backups_list, BackupNote)
    return sorted(one.path for one in notes if (Path(one.path) / MANIFEST).exists())


def archive_size(settings: Settings) -> int:
    """How many files of the archive `forget` goes through."""
    files: list[Path] = archived_files(Layout(data_dir=settings.data_dir))
    return len(files)
