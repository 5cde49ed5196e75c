"""Asks for stories that a person names by address or id, or that nothing is known of."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from prefect import task

from tasks.adapters import staging
from tasks.adapters.warehouse.backfilling import gaps
from tasks.adapters.warehouse.snapshot import latest
from tasks.requesting import wanted_addresses, wanted_ids
from tasks.wire.answer import Refusal
from tasks.wire.errors import UsageError
from tasks.wire.listing import Wanted
from tasks.wire.menafn.addresses import StoryAddress, canonical_url, parse_story
from tasks.wire.menafn.id_ranges import count_ids
from tasks.wire.reject import Reason, Reject, Stage, plain_line
from tasks.wire.run import Batch, Run

MOST_STORIES = 50_000
"""That one run asks for where no limit is set: at two a second, a working day."""
MOST_GAP_STORIES = 1_000
"""That one run asks for to fill gaps where no limit is set: at two a second, ten minutes."""

_MAX_ADDRESS_CHARS = 1000
_FOREIGN = Refusal(reason=Reason.FOREIGN_HOST, detail="a given address is not the wire's")
_NO_STORY = Refusal(reason=Reason.NO_STORY_ID, detail="a given address names no story")

_log = logging.getLogger(__name__)


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
        A batch whose path is a Parquet file of `Wanted`, newest story first: those that the
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
    with latest(run.layout) as connection:
        wanted = wanted_addresses(connection, run, [newest_first], most=_most(run))
    return _batch(run, wanted, _most(run))


@task
def request_ids(run: Run, ids: Sequence[range]) -> Batch:
    """Which stories to ask the wire for, of those with the given ids.

    Args:
        run: the run.
        ids: what `tasks.wire.menafn.id_ranges.parse_ids` gave.

    Returns:
        As `request_addresses`. Ids that the wire has no story for are among them until they have
        been asked for: a refusal lets them rest.

    Raises:
        OperatorError: the warehouse can't be read, or the disk is full.
    """
    _log.info("%d ids are asked for", count_ids(ids))
    with latest(run.layout) as connection:
        return _batch(run, wanted_ids(connection, run, ids, most=_most(run)), _most(run))


@task
def request_gaps(run: Run, most: int) -> Batch:
    """Which stories to ask the wire for, of the ids that nothing is known of.

    Args:
        run: the run.
        most: how many at most.

    Returns:
        As `request_ids`, from within the stretch of ids that the warehouse covers: those of open
        loss windows first, then all others, from the newest in either case.

    Raises:
        OperatorError: the warehouse can't be read, or the disk is full.
    """
    with latest(run.layout) as connection:
        left = gaps(connection)
        return _batch(run, wanted_ids(connection, run, left, most=most), most)


def _batch(run: Run, wanted: list[Wanted], most: int) -> Batch:
    if len(wanted) >= most:
        _log.warning("This run asks for %d stories; run the same command again for the rest.", most)
    path = run.layout.of_run(run.run_id) / "wanted.parquet"
    staging.write_records(path, wanted, Wanted)
    return Batch(batch_id=run.run_id, path=path, count=len(wanted))


def _most(run: Run) -> int:
    return run.settings.max_stories or MOST_STORIES


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
    with staging.staged_folder(run.layout.staged / f"{run.run_id}-00000") as folder:
        staging.write_records(folder / "rejects.parquet", rejects, Reject)
