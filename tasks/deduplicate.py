"""Asks for stories that a person names by address or id, or that nothing is known of."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from prefect import task

from tasks.core.errors import UsageError
from tasks.core.ids import count_ids, id_groups
from tasks.core.parquet import write_records
from tasks.core.records import Asked, FetchFailure, FetchRequest, Validators
from tasks.core.rejects import Reason, Reject, Stage, plain_line
from tasks.core.run import Batch, Run
from tasks.core.staging import staged_folder, waiting_captures
from tasks.core.urls import StoryAddress, canonical_url, parse_story
from tasks.warehouse import requests as discovering
from tasks.warehouse.connect import Connection
from tasks.warehouse.requests import gaps
from tasks.warehouse.writer import latest

_IDS_AT_ONCE = 10_000


def wanted_ids(
    connection: Connection, run: Run, ids: Sequence[range], *, most: int
) -> list[FetchRequest]:
    """Stories of which nothing but the id is known.

    Args:
        connection: the writer's file or the readers' copy.
        run: the run.
        ids: ranges of ids, in the order in which they shall be asked for; they may overlap.
        most: how many stories at most.

    Returns:
        Those that the warehouse lacks, that wait in no batch, and that don't rest after a refusal.

    Raises:
        StorageError: the disk is full.
    """
    groups = (
        [StoryAddress(article_id=one, slug="", is_arabic=False) for one in group]
        for group in id_groups(ids, _IDS_AT_ONCE)
    )
    return wanted_addresses(connection, run, groups, most=most)


def wanted_addresses(
    connection: Connection, run: Run, groups: Iterable[Sequence[StoryAddress]], *, most: int
) -> list[FetchRequest]:
    """Stories of which the address is known; see `wanted_ids`.

    Args:
        connection: the writer's file or the readers' copy.
        run: the run.
        groups: addresses in the order in which they shall be asked for.
        most: how many stories at most.
    """
    wanted: dict[int, FetchRequest] = {}
    for stories in groups:
        for one in _unknown(connection, run, stories):
            wanted.setdefault(one.article_id, one)
        if len(wanted) >= most:
            break
    return list(wanted.values())[:most]


def _unknown(
    connection: Connection, run: Run, stories: Sequence[StoryAddress]
) -> list[FetchRequest]:
    """Those of the stories that a run would ask for if a listing showed them, in their order."""
    now = datetime.now(UTC)
    path = run.paths.run_folder(run.run_id) / "asked.parquet"
    asked = [Asked(article_id=one.article_id, url=one.url, seen_at=now) for one in stories]
    write_records(path, asked, Asked)
    wanted = discovering.select_requests(
        connection,
        replace(run.settings, recheck_window_hours=0, max_stories=0),
        listed=path,
        pending=waiting_captures(run.paths),
        now=now,
    )
    by_id = {story.article_id: story for story in wanted}
    return [by_id[one.article_id] for one in stories if one.article_id in by_id]


_log = logging.getLogger(__name__)


@task
def deduplicate(run: Run, discovered: Batch) -> Batch:
    """The stories that this run asks the wire for.

    Args:
        run: the run.
        discovered: what its listings showed; its folder holds `listing_entries.parquet`.

    Returns:
        A batch whose path is a Parquet file of `FetchRequest`, newest story first; after them up to
        `max_gap_stories` ids of open feed gaps, newest first.

    Raises:
        OperatorError: the warehouse can't be read.
    """
    with latest(run.paths) as connection:
        wanted = discovering.select_requests(
            connection,
            run.settings,
            listed=discovered.path / "listing_entries.parquet",
            pending=waiting_captures(run.paths),
            now=datetime.now(UTC),
        )
        lost = _lost_stories(connection, run, taken=len(wanted))
    path = run.paths.run_folder(run.run_id) / "wanted.parquet"
    write_records(path, wanted + lost, FetchRequest)
    _log.info("%d stories to ask for, of %d seen", len(wanted), discovered.count)
    return replace(discovered, path=path, count=len(wanted) + len(lost))


def _lost_stories(connection: Connection, run: Run, *, taken: int) -> list[FetchRequest]:
    """Stories that feeds may have passed by unseen, as far as the settings leave room for them."""
    most = run.settings.max_gap_stories
    if run.settings.max_stories:
        most = min(most, run.settings.max_stories - taken)
    left = gaps(connection, only_feed_gaps=True) if most > 0 else ()
    lost = wanted_ids(connection, run, left, most=most) if left else []
    if lost:
        _log.info("%d ids of feed gaps are asked for, of %d", len(lost), count_ids(left))
    return lost


@task
def recall_validators(run: Run) -> Path:
    """What the feeds and listings sent last time, for conditional requests.

    Args:
        run: the run.

    Returns:
        A Parquet file of `Validators`; without records when nothing was ever asked.

    Raises:
        OperatorError: the warehouse can't be read.
    """
    with latest(run.paths) as connection:
        known = discovering.known_validators(connection)
    path = run.paths.run_folder(run.run_id) / "listing_validators.parquet"
    write_records(path, known, Validators)
    return path


MAX_STORIES = 50_000
"""That one run asks for where no limit is set: at two a second, a working day."""
MAX_GAP_STORIES = 1_000
"""That one run asks for to fill gaps where no limit is set: at two a second, ten minutes."""

_MAX_ADDRESS_CHARS = 1000
_FOREIGN = FetchFailure(reason=Reason.FOREIGN_HOST, detail="a given address is not the wire's")
_NO_STORY = FetchFailure(reason=Reason.NO_STORY_ID, detail="a given address names no story")

_log_request = logging.getLogger(__name__)


def require_readable(file: Path) -> Path:
    """The file, which can be read.

    Raises:
        UsageError: it can't.
    """
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}.") from error


@task
def request_addresses(run: Run, file: Path) -> Batch:
    """Which stories to ask the wire for, of those whose addresses a file names.

    Args:
        run: the run.
        file: a text with one address a line, in any form; blank lines and those that open with
            `#` don't count. A line that names no story of the wire becomes a reject.

    Returns:
        A batch whose path is a Parquet file of `FetchRequest`, newest story first: those that the
        warehouse lacks, that wait in no batch, and that don't rest after a refusal.

    Raises:
        OperatorError: the file or the warehouse can't be read, or the disk is full.
    """
    stories: dict[int, StoryAddress] = {}
    rejects: dict[tuple[str, Reason], Reject] = {}
    for line in _lines(file):
        story = parse_story(line, base_url=run.settings.base_url)
        if story is None:
            reject = _reject(run, line)
            rejects.setdefault((reject.url, reject.reason), reject)
        elif story.article_id not in stories or not stories[story.article_id].slug:
            stories[story.article_id] = story
    if rejects:
        _stage(run, list(rejects.values()))
    newest_first = sorted(stories.values(), key=lambda one: one.article_id, reverse=True)
    with latest(run.paths) as connection:
        wanted = wanted_addresses(connection, run, [newest_first], most=_most(run))
    return _batch(run, wanted, _most(run))


@task
def request_ids(run: Run, ids: Sequence[range]) -> Batch:
    """Which stories to ask the wire for, of those with the given ids.

    Args:
        run: the run.
        ids: what `tasks.core.ids.parse_ids` gave.

    Returns:
        As `request_addresses`. Ids that the wire has no story for are among them until they have
        been asked for: a refusal lets them rest.

    Raises:
        OperatorError: the warehouse can't be read, or the disk is full.
    """
    _log_request.info("%d ids are asked for", count_ids(ids))
    with latest(run.paths) as connection:
        return _batch(run, wanted_ids(connection, run, ids, most=_most(run)), _most(run))


@task
def request_gaps(run: Run, most: int) -> Batch:
    """Which stories to ask the wire for, of the ids that nothing is known of.

    Args:
        run: the run.
        most: how many at most.

    Returns:
        As `request_ids`, from within the stretch of ids that the warehouse covers: those of open
        feed gaps first, then all others, from the newest in either case.

    Raises:
        OperatorError: the warehouse can't be read, or the disk is full.
    """
    with latest(run.paths) as connection:
        left = gaps(connection)
        return _batch(run, wanted_ids(connection, run, left, most=most), most)


def _batch(run: Run, wanted: list[FetchRequest], most: int) -> Batch:
    if len(wanted) >= most:
        _log_request.warning(
            "This run asks for %d stories; run the same command again for the rest.", most
        )
    path = run.paths.run_folder(run.run_id) / "wanted.parquet"
    write_records(path, wanted, FetchRequest)
    return Batch(batch_id=run.run_id, path=path, count=len(wanted))


def _most(run: Run) -> int:
    return run.settings.max_stories or MAX_STORIES


def _lines(file: Path) -> Iterator[str]:
    with require_readable(file).open(encoding="utf-8-sig", errors="replace") as text:
        for line in text:
            address = line.strip()
            if address and not address.startswith("#"):
                yield address


def _reject(run: Run, line: str) -> Reject:
    url = canonical_url(line, base_url=run.settings.base_url)
    refusal = _FOREIGN if url is None else _NO_STORY
    shown = url or plain_line(line)[:_MAX_ADDRESS_CHARS]
    return refusal.reject(url=shown, article_id=None, stage=Stage.DISCOVER, run_id=run.run_id)


def _stage(run: Run, rejects: list[Reject]) -> None:
    with staged_folder(run.paths.staged / f"{run.run_id}-00000") as folder:
        write_records(folder / "rejects.parquet", rejects, Reject)
