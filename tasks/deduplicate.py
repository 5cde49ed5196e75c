"""Chooses the stories that a run requests: those a listing showed, or that a person names.

A story is requested unless the warehouse has it, its response waits in a batch, or a refusal is
too recent. A batch of requests is a Parquet file of `FetchRequest`.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from prefect import task

from tasks.core.charset import decode_any
from tasks.core.errors import UsageError
from tasks.core.ids import id_groups
from tasks.core.parquet import write_records
from tasks.core.records import FetchFailure, FetchRequest, NamedStory
from tasks.core.rejects import Reason, Reject, Stage, plain_line
from tasks.core.run import Batch, Run
from tasks.core.staging import staged_folder, waiting_captures
from tasks.core.urls import StoryAddress, canonical_url, parse_story
from tasks.warehouse.connect import Connection
from tasks.warehouse.requests import gaps, select_requests
from tasks.warehouse.writer import open_snapshot

# What one run requests where no limit is set.
MAX_STORIES = 50_000  # seven hours at two a second
MAX_LISTED_SECONDS = 900  # of an ingest: the next one requests what is left, and what is new before
MAX_GAP_STORIES = 1_000  # less than ten minutes

_IDS_AT_ONCE = 10_000
_MAX_ADDRESS_CHARS = 1000
_AROUND_ADDRESS = " \t,;<>\"'`\u00ab\u00bb\u2018\u2019\u201c\u201d\ufeff\u200e\u200f"
_BARE_HOST = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+)(:[0-9]+)?/")  # no scheme before it
_FOREIGN = FetchFailure(reason=Reason.FOREIGN_HOST, detail="a given address is not the site's")
_NO_STORY = FetchFailure(reason=Reason.NO_STORY_ID, detail="a given address names no story")

_log = logging.getLogger(__name__)

_Select = Callable[..., list[FetchRequest]]


@task(task_run_name="deduplicate {run.run_id}")
def deduplicate(run: Run, discovered: Batch) -> Batch:
    """The listed stories to request, then up to `max_gap_stories` ids of feed gaps."""
    settings = run.settings
    max_stories = int(settings.requests_per_second * MAX_LISTED_SECONDS) or MAX_STORIES
    with _open(run) as (connection, select):
        requests = select(
            replace(settings, max_stories=settings.max_stories or max_stories),
            listed=discovered.path / "listing_entries.parquet",
            now=datetime.now(UTC),
        )
        _log.info("%d stories to request, of %d listed", len(requests), discovered.count)
        if len(requests) == max_stories:
            _warn_of_rest(max_stories)
        limit = settings.max_gap_stories
        if settings.max_stories:
            limit = min(limit, settings.max_stories - len(requests))
        open_gaps = gaps(connection, only_feed_gaps=True) if limit > 0 else ()
        if open_gaps:
            missed = _select_ids(select, run, open_gaps, limit)
            of = sum(map(len, open_gaps))
            _log.info("%d ids of feed gaps to request, of %d", len(missed), of)
            requests += missed
    return _write_requests(run, requests)


@task(task_run_name="request-addresses {run.run_id}")
def request_addresses(run: Run, file: Path) -> Batch:
    """Requests for the stories whose addresses a file names, newest first.

    The file has one address a line, in any form and in any encoding that Unicode has; blank lines
    and those that open with `#` don't count. A line that names no story of the site becomes a
    reject.
    """
    stories: dict[int, StoryAddress] = {}
    rejects: dict[tuple[str, Reason], Reject] = {}
    text = decode_any(require_readable(file).read_bytes(), None)
    lines = [address for line in text.splitlines() if (address := _address_in(line))]
    for line in lines:
        story = parse_story(line, base_url=run.settings.base_url)
        if story is None:
            url = canonical_url(line, base_url=run.settings.base_url)
            failure = _FOREIGN if url is None else _NO_STORY
            shown = url or plain_line(line)[:_MAX_ADDRESS_CHARS]
            reject = failure.reject(
                url=shown, article_id=None, stage=Stage.DISCOVER, run_id=run.run_id
            )
            rejects.setdefault((shown, failure.reason), reject)
        elif story.article_id not in stories or not stories[story.article_id].slug:
            stories[story.article_id] = story
    if rejects:
        with staged_folder(run.paths.staged / f"{run.run_id}-00000") as folder:
            write_records(folder / "rejects.parquet", list(rejects.values()), Reject)
    newest_first = [stories[article_id] for article_id in sorted(stories, reverse=True)]
    limit = run.settings.max_stories or MAX_STORIES
    with _open(run) as (_, select):
        return _write_requests(run, _select_named(select, run, [newest_first], limit), limit)


@task(task_run_name="request-ids {run.run_id}")
def request_ids(run: Run, ids: Sequence[range]) -> Batch:
    """Requests for the stories of what `parse_ids` gave, but for those refused too recently."""
    _log.info("%d ids are named", sum(map(len, ids)))
    limit = run.settings.max_stories or MAX_STORIES
    with _open(run) as (_, select):
        return _write_requests(run, _select_ids(select, run, ids, limit), limit)


@task(task_run_name="request-gaps {run.run_id}")
def request_gaps(run: Run, limit: int) -> Batch:
    """Requests for unknown ids within the warehouse's span, those of feed gaps first."""
    with _open(run) as (connection, select):
        requests = _select_ids(select, run, gaps(connection), limit)
        return _write_requests(run, requests, limit)


def require_readable(file: Path) -> Path:
    """The file, once it could be opened; a `UsageError` otherwise."""
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}.") from error


@contextmanager
def _open(run: Run) -> Iterator[tuple[Connection, _Select]]:
    """The warehouse as it is now, and `select_requests` on it and the batches that wait for it."""
    # Batches before the warehouse: one that is loaded meanwhile is found in either. What another
    # run has loaded and not published is in the writer's file only, which is worth a wait.
    pending = {one.article_id for one in waiting_captures(run.paths) if one.article_id is not None}
    with open_snapshot(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        yield connection, partial(select_requests, connection, pending=pending)


def _address_in(line: str) -> str:
    """The address in a line, without what people and programs put around it."""
    line = line.strip()
    if line.startswith("#"):
        return ""
    while (bare := line.strip(_AROUND_ADDRESS).rstrip(".")) != line:
        line = bare
    return f"https://{line}" if _BARE_HOST.match(line) else line


def _select_ids(select: _Select, run: Run, ids: Sequence[range], limit: int) -> list[FetchRequest]:
    """As `_select_named`, of stories that are known by their ids alone; ranges may overlap."""
    groups = (
        [StoryAddress(article_id=article_id, slug="", is_arabic=False) for article_id in group]
        for group in id_groups(ids, _IDS_AT_ONCE)
    )
    return _select_named(select, run, groups, limit)


def _select_named(
    select: _Select, run: Run, groups: Iterable[Sequence[StoryAddress]], limit: int
) -> list[FetchRequest]:
    """Requests, in their order, for those stories that a run would request if they were listed."""
    requests: dict[int, FetchRequest] = {}
    settings = replace(run.settings, recheck_window_hours=0, max_stories=0)
    path = run.paths.run_folder(run.run_id) / "named.parquet"
    for stories in groups:
        now = datetime.now(UTC)
        named = [NamedStory(article_id=one.article_id, url=one.url, seen_at=now) for one in stories]
        write_records(path, named, NamedStory)
        selected = select(settings, listed=path, now=now, max_implausible=MAX_STORIES)
        found = {request.article_id: request for request in selected}
        ids = (story.article_id for story in stories)
        requests |= {each: found[each] for each in ids if each in found}
        if len(requests) >= limit:
            break
    return list(requests.values())[:limit]


def _warn_of_rest(limit: int) -> None:
    _log.warning(
        "Limited to %d stories in this run; run the same command again for the rest.", limit
    )


def _write_requests(run: Run, requests: list[FetchRequest], limit: int | None = None) -> Batch:
    if limit is not None and len(requests) >= limit:
        _warn_of_rest(limit)
    path = run.paths.run_folder(run.run_id) / "requests.parquet"
    write_records(path, requests, FetchRequest)
    return Batch(batch_id=run.run_id, path=path, count=len(requests))
