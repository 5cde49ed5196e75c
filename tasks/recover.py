"""Recovers what interrupted runs left: batches, and archived responses that are in no batch yet.

Those responses are replayed as in a rebuild, so that nothing is requested twice.
"""

import asyncio
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path

from prefect import task

from tasks.archive.files import archived_files, archived_response, captures_of, info_of, run_id_of
from tasks.archive.reader import WarcScan
from tasks.archive.records import settings_of
from tasks.archive.writer import truncate_file
from tasks.core.errors import BatchError
from tasks.core.parquet import read_records
from tasks.core.paths import DataPaths
from tasks.core.records import Article, Capture, Validators
from tasks.core.rejects import TRANSIENT, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.staging import complete_batches, set_aside, waiting_captures, write_batch
from tasks.entities.annotate import TEXTS
from tasks.http.outcomes import REDIRECTS, failure_by_status
from tasks.http.replay import ReplayClient
from tasks.listings.poll import poll_site
from tasks.warehouse import runs
from tasks.warehouse.requests import known_validators
from tasks.warehouse.writer import open_snapshot

_log = logging.getLogger(__name__)


@contextmanager
def claim_interrupted_runs(run: Run) -> Iterator[tuple[str, ...]]:
    """The ids of interrupted runs, which no other run recovers during the block."""
    stages = (run.paths.fetched, run.paths.read)
    waiting = {_run_of_batch(path) for stage in stages for path in complete_batches(stage)}
    with runs.claim_interrupted_runs(run.paths, waiting=waiting) as run_ids:
        yield run_ids


@task(task_run_name="recover {run.run_id}")
async def recover(run: Run, run_ids: Sequence[str]) -> tuple[list[Batch], list[Batch]]:
    """The batches that claimed runs left to be read, and those to be annotated, oldest first.

    Archived responses that are in no batch are put into one, and a truncated record is removed.
    """
    archive = archived_files(run.paths) if run_ids else []
    files = [path for path in archive if run_id_of(path) in run_ids]
    batch_ids = (f"{run.run_id}-r{number:05d}" for number in count(1))
    recovered: list[Batch] = []
    if files:
        offsets, validators = await asyncio.to_thread(_last_offsets, run.paths, run_ids)
    for path in files:
        settings, captures = await asyncio.to_thread(_read_rest, run, path, offsets)
        client = ReplayClient(settings, captures, partial(archived_response, run.paths.data_dir))
        if client.has_listings:
            polled = replace(run, run_id=run_id_of(path), settings=settings)
            result = await poll_site(polled, client, validators)
            staged = run.paths.staged / next(batch_ids)
            result.stage(staged, client.captures, unanswered=client.unanswered)
        rest = iter(client.remaining_captures())
        while some := list(islice(rest, run.settings.batch_pages)):
            folder = run.paths.fetched / next(batch_ids)
            recovered.append(await asyncio.to_thread(write_batch, folder, some, _rejects(some)))
    fetched = _sound_batches(run, run.paths.fetched, run_ids, {"captures.parquet": Capture})
    fetched_ids = {batch.batch_id for batch in fetched}  # read, and not removed yet: read again
    read = _sound_batches(run, run.paths.read, run_ids, dict.fromkeys(TEXTS, Article))
    return [*fetched, *recovered], [one for one in read if one.batch_id not in fetched_ids]


def _last_offsets(
    paths: DataPaths, run_ids: Collection[str]
) -> tuple[dict[str, int], list[Validators]]:
    """The offset of each file's last record in a batch or the warehouse; the validators."""
    # Batches before the warehouse: one that is loaded meanwhile is found in either.
    offsets: dict[str, int] = {}
    for capture in waiting_captures(paths):
        if capture.warc_offset >= offsets.get(capture.warc_path, 0):
            offsets[capture.warc_path] = capture.warc_offset
    with open_snapshot(paths) as connection:
        validators = known_validators(connection)
        for warc_path, offset in runs.last_captures(connection, list(run_ids)).items():
            offsets[warc_path] = max(offset, offsets.get(warc_path, 0))
    return offsets, validators


def _read_rest(
    run: Run, path: Path, offsets: dict[str, int]
) -> tuple[Settings, tuple[Capture, ...]]:
    """What a file holds after its last record that is in a batch; batches have the file's order."""
    start = offsets.get(path.relative_to(run.paths.data_dir).as_posix())
    scan = WarcScan(path, start=start or 0)
    found = captures_of(scan, run.paths, run_id_of(path))
    captures = tuple(islice(found, 0 if start is None else 1, None))
    settings = settings_of(scan.info or info_of(path), run.settings)
    # A truncated record that a row points at is left for a person; no row can point at any other.
    if scan.damage is not None and scan.damage.offset != start:
        size = truncate_file(path, scan.damage.offset)
        _log.warning(
            "%s ended within a record (%s): its %d bytes were cut off, the rest is used.",
            path, scan.damage.detail, size,
        )  # fmt: skip
    return settings, captures


def _rejects(captures: Sequence[Capture]) -> list[Reject]:
    """Rejects of the stories whose last response is a lasting refusal."""
    rejects: list[Reject] = []
    last = {one.article_id: one for one in captures if one.article_id is not None}
    for capture in last.values():
        failure = failure_by_status(capture.status, is_conditional=True)
        if capture.status in REDIRECTS or failure is None or failure.reason in TRANSIENT:
            continue
        reject = failure.reject(
            url=capture.url,
            article_id=capture.article_id,
            stage=Stage.FETCH,
            run_id=capture.run_id,
            rejected_at=capture.fetched_at,
        )
        rejects.append(reject)
    return rejects


def _sound_batches(
    run: Run, step: Path, run_ids: Collection[str], files: Mapping[str, type]
) -> list[Batch]:
    """The batches of some runs, counting the records of some files; damaged ones are set aside."""
    batches = []
    for path in complete_batches(step):
        if _run_of_batch(path) in run_ids:
            try:
                count = sum(len(read_records(path / name, kind)) for name, kind in files.items())
            except BatchError as error:
                set_aside(path, run.paths, str(error))
                _log.warning("A batch was set aside, and the others are recovered: %s", error)
            else:
                batches.append(Batch(batch_id=path.name, path=path, count=count))
    return batches


def _run_of_batch(folder: Path) -> str:
    return folder.name.rpartition("-")[0]
