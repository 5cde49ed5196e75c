"""Asks for stories that a person names, by their addresses or by their ids."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from prefect import task

from tasks.adapters import staging
from tasks.adapters.warehouse import discovering
from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.snapshot import latest
from tasks.waiting import waiting_captures
from tasks.wire.answer import Refusal
from tasks.wire.errors import UsageError
from tasks.wire.listing import Asked, Wanted
from tasks.wire.menafn.addresses import StoryAddress, canonical_url, parse_story
from tasks.wire.menafn.id_ranges import count_ids, id_groups
from tasks.wire.reject import Reason, Reject, Stage, plain_line
from tasks.wire.run import Batch, Run

MOST_STORIES = 50_000
"""That one run asks for where no limit is set: at two a second, a working day."""

_IDS_AT_ONCE = 10_000
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
    return _request(run, [list(stories.values())])


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
    return _request(
        run,
        (
            [StoryAddress(article_id=one, slug="", is_arabic=False) for one in group]
            for group in id_groups(ids, _IDS_AT_ONCE)
        ),
    )


def _request(run: Run, groups: Iterable[list[StoryAddress]]) -> Batch:
    folder = run.layout.of_run(run.run_id)
    most = run.settings.max_stories or MOST_STORIES
    wanted: list[Wanted] = []
    with latest(run.layout) as connection:
        for stories in groups:
            wanted += _unknown(connection, run, stories, folder / "asked.parquet")
            if len(wanted) >= most:
                _log.warning(
                    "This run asks for %d stories; run the same command again for the rest.", most
                )
                break
    path = folder / "wanted.parquet"
    staging.write_records(path, wanted[:most], Wanted)
    return Batch(batch_id=run.run_id, path=path, count=min(len(wanted), most))


def _unknown(
    connection: Connection, run: Run, stories: list[StoryAddress], path: Path
) -> list[Wanted]:
    """Those of the stories that a run would ask for if a listing showed them."""
    now = datetime.now(UTC)
    asked = [Asked(article_id=one.article_id, url=one.url, seen_at=now) for one in stories]
    staging.write_records(path, asked, Asked)
    wanted = discovering.wanted_stories(
        connection,
        replace(run.settings, recheck_window_hours=0, max_stories=0),
        sighted=path,
        pending=waiting_captures(run.layout),
        now=now,
    )
    ids = {story.article_id for story in stories}
    return [story for story in wanted if story.article_id in ids]


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
