"""Notes what runs that died had archived and not noted, so that nothing is asked for twice.

A run archives each answer at once and notes it a little later, with others. What it archived in
between is found again here, as a rebuild would find it.

This module stands beside the verb `resume` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from tasks.adapters.http.verdict import REDIRECTS, TRANSIENT, refusal_by_status
from tasks.adapters.staging import read_records, write_records
from tasks.adapters.warc.answers import answer_of
from tasks.adapters.warc.reader import read_record
from tasks.adapters.warc.records import settings_of
from tasks.adapters.warc.walking import Walk
from tasks.adapters.warc.writer import cut_off
from tasks.adapters.warehouse.discovering import known_validators
from tasks.adapters.warehouse.resuming import last_captures
from tasks.adapters.warehouse.snapshot import latest
from tasks.rehearsing import ArchivedWire, poll_again, stage_again
from tasks.retrieving import archived_files, captures_of, info_of
from tasks.waiting import waiting_captures
from tasks.wire.capture import Capture
from tasks.wire.listing import Validators
from tasks.wire.reject import Reject, Stage
from tasks.wire.run import Batch, Run
from tasks.wire.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unnoted:
    """What of a file of the archive is noted nowhere: its answers in their order."""

    run_id: str
    settings: Settings
    captures: tuple[Capture, ...]


class Recovery:
    """One pass over the archive of runs that died."""

    def __init__(self, run: Run) -> None:
        """Take note of the run that carries on."""
        self._run = run
        self._layout = run.layout
        self._count = 0
        self._validators: list[Validators] = []

    async def batches(self, gone: Sequence[str]) -> list[Batch]:
        """Stages what listings had said, and makes batches of the stories' pages.

        Args:
            gone: ids of the runs; nobody else recovers them now.

        Returns:
            Batches of captures as `tasks.fetching.Fetching.batches` gives them.

        Raises:
            StorageError: the archive can't be read, or the disk is full.
            OperatorError: the warehouse can't be read.
        """
        files = [path for path in archived_files(self._layout) if _run_of(path) in gone]
        if not files:
            return []
        noted = await asyncio.to_thread(self._last_noted, gone)
        batches: list[Batch] = []
        for path in files:
            left = await asyncio.to_thread(self._unnoted, path, noted)
            if left.captures:
                batches += await self._note(left)
        return batches

    def _last_noted(self, gone: Sequence[str]) -> dict[str, int]:
        """The offset of the last record that is noted, by file.

        Batches before the warehouse: one that is loaded meanwhile is found in either.
        """
        noted: dict[str, int] = {}
        for path in waiting_captures(self._layout):
            for capture in read_records(path, Capture):
                if capture.warc_offset >= noted.get(capture.warc_path, 0):
                    noted[capture.warc_path] = capture.warc_offset
        with latest(self._layout) as connection:
            self._validators = known_validators(connection)
            for warc_path, offset in last_captures(connection, gone).items():
                noted[warc_path] = max(offset, noted.get(warc_path, 0))
        return noted

    def _unnoted(self, path: Path, noted: dict[str, int]) -> _Unnoted:
        """Answers are noted in the order of the file, so that all after the last one are meant."""
        start = noted.get(path.relative_to(self._layout.data_dir).as_posix())
        walk = Walk(path, start=start or 0)
        found = captures_of(walk, self._layout, _run_of(path))
        captures = tuple(islice(found, 0 if start is None else 1, None))
        settings = settings_of(walk.info or info_of(path), self._run.settings)
        self._cut_torn(walk, start)
        return _Unnoted(run_id=_run_of(path), settings=settings, captures=captures)

    def _cut_torn(self, walk: Walk, start: int | None) -> None:
        """What no row can point at goes; a record that one points at is left for a person."""
        if walk.torn is None or walk.torn.offset == start:
            return
        count = cut_off(walk.path, walk.torn.offset)
        _log.warning(
            "%s ended amid a record (%s): its %d bytes were cut off, the rest is used.",
            walk.path, walk.torn.detail, count,
        )  # fmt: skip

    async def _note(self, left: _Unnoted) -> list[Batch]:
        run = replace(self._run, run_id=left.run_id, settings=left.settings)
        wire = ArchivedWire(left.settings, left.captures)
        if wire.has_listings:
            findings = await poll_again(run, wire, self._validators)
            stage_again(self._layout.staged / self._next_id(), run, wire, findings)
        return list(self._flushed(wire.unasked()))

    def _flushed(self, pages: list[Capture]) -> Iterator[Batch]:
        most = self._run.settings.batch_pages
        for first in range(0, len(pages), most):
            captures = pages[first : first + most]
            batch_id = self._next_id()
            path = self._layout.fetched / f"{batch_id}.parquet"
            if rejects := list(self._refused(captures)):
                write_records(path.with_suffix(".rejects.parquet"), rejects, Reject)
            write_records(path, captures, Capture)
            yield Batch(batch_id=batch_id, path=path, count=len(captures))

    def _refused(self, captures: Sequence[Capture]) -> Iterator[Reject]:
        """Stories whose last answer says no; one that only said "later" is asked for again."""
        last = {one.article_id: one for one in captures if one.article_id is not None}
        for capture in last.values():
            if capture.status in REDIRECTS:
                continue
            record = read_record(self._layout.data_dir / capture.warc_path, capture.warc_offset)
            answer = answer_of(record, capture.url, capture.fetched_at)
            refusal = refusal_by_status(answer, is_conditional=True)
            if refusal is not None and refusal.reason not in TRANSIENT:
                told = refusal.reject(
                    url=capture.url,
                    article_id=capture.article_id,
                    stage=Stage.FETCH,
                    run_id=capture.run_id,
                )
                yield replace(told, rejected_at=capture.fetched_at)

    def _next_id(self) -> str:
        self._count += 1
        return f"{self._run.run_id}-r{self._count:05d}"


def _run_of(path: Path) -> str:
    return path.name.removeprefix("wirehouse-").rpartition("-")[0]
