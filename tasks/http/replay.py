"""Answers for the wire out of one archived file, so that a poll can be made over again.

This module stands beside the verbs because it puts several adapters together, which adapters may
not do themselves.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tasks.archive.reader import read_record
from tasks.archive.records import response_of
from tasks.core.errors import WireUnreachableError
from tasks.core.parquet import write_records
from tasks.core.records import (
    Capture,
    FeedPoll,
    FetchFailure,
    FetchResult,
    ListingEntry,
    Response,
    Validators,
)
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Run
from tasks.core.settings import Settings
from tasks.core.staging import staged_folder
from tasks.core.urls import canonical_url, dial_url
from tasks.http.client import Veto, follow_all
from tasks.http.outcomes import REDIRECTS, TRANSIENT, refusal_by_status
from tasks.http.rate_limit import Pace
from tasks.http.robots import ROBOTS_URL
from tasks.listings.poll import DiscoveryResult, Poll

_SILENT = FetchFailure(reason=Reason.NO_CONNECTION, detail="the archive has no answer")


async def poll_again(run: Run, wire: "ArchivedSite", held: Iterable[Validators]) -> DiscoveryResult:
    """What a poll of an archived wire brings.

    Args:
        run: the run that polled, with its settings.
        wire: its answers.
        held: the validators that went with its requests.
    """
    findings = DiscoveryResult(run)
    with suppress(WireUnreachableError):  # as it was then
        await Poll(run, wire, findings, list(held)).everything()
    return findings


def stage_again(path: Path, run: Run, wire: "ArchivedSite", findings: DiscoveryResult) -> None:
    """Writes what a poll brought as one batch; what had no answer is left out.

    Args:
        path: the batch's folder under `state/staged`.
        run: the run that polled.
        wire: its answers.
        findings: what they said.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    until = max((one.fetched_at for one in findings.captures), default=run.started_at)
    rejects = [
        replace(one, rejected_at=until) for one in findings.rejects if one.url not in wire.silent
    ]
    with staged_folder(path) as folder:
        write_records(folder / "captures.parquet", findings.captures, Capture)
        write_records(folder / "sightings.parquet", findings.sightings, ListingEntry)
        write_records(folder / "polls.parquet", findings.polls, FeedPoll)
        write_records(folder / "validators.parquet", findings.validators, Validators)
        write_records(folder / "rejects.parquet", rejects, Reject)


class ArchivedSite:
    """The wire as it answered when a file was archived.

    Of several answers to one address each is given once, in the order in which they came.

    Attributes:
        pace: of no effect.
        silent: addresses that were asked for and have no answer in the archive.
    """

    def __init__(self, settings: Settings, captures: Iterable[Capture]) -> None:
        """Take note of the answers; they are read from disk when they are asked for.

        Args:
            settings: those by which the answers were asked for.
            captures: of the answers, in the order of the file.
        """
        self.pace = Pace(0.0)
        self.silent: set[str] = set()
        self._settings = settings
        self._waiting: dict[str, deque[Capture]] = defaultdict(deque)
        for capture in captures:
            self._waiting[capture.url].append(capture)

    @property
    def has_listings(self) -> bool:
        """Whether something was asked for but stories and robots.txt."""
        return any(
            queue and queue[0].article_id is None and url != ROBOTS_URL
            for url, queue in self._waiting.items()
        )

    def unasked(self) -> list[Capture]:
        """The answers that nobody has asked for so far."""
        return [capture for queue in self._waiting.values() for capture in queue]

    async def ask(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        veto: Veto = follow_all,
    ) -> FetchResult:
        """What came of asking for an address, redirects and further attempts included."""
        is_conditional = bool(etag or last_modified)
        captures: list[Capture] = []
        result = self._attempt(url, veto, captures, is_conditional=is_conditional)
        while (
            isinstance(result, FetchFailure)
            and result.reason in TRANSIENT
            and self._waiting.get(url)
        ):
            result = self._attempt(url, veto, captures, is_conditional=is_conditional)
        if not captures:
            self.silent.add(url)
        answer, refusal = (None, result) if isinstance(result, FetchFailure) else (result, None)
        return FetchResult(url=url, answer=answer, captures=tuple(captures), refusal=refusal)

    def _attempt(
        self, url: str, veto: Veto, captures: list[Capture], *, is_conditional: bool
    ) -> Response | FetchFailure:
        """One attempt's last answer, or why there is none to use; notes the captures."""
        seen = {url}
        while True:
            answer = self._next(url, captures)
            if answer is None:
                return _SILENT
            if answer.status not in REDIRECTS:
                return refusal_by_status(answer, is_conditional=is_conditional) or answer
            target = self._target(answer, url)
            if target is None:
                return _not_followed(Reason.REDIRECTED_AWAY, answer)
            if refusal := veto(target):
                return refusal
            if target in seen or not self._waiting.get(target):
                return _not_followed(Reason.TOO_MANY_REDIRECTS, answer)
            seen.add(target)
            url = target

    def _next(self, url: str, captures: list[Capture]) -> Response | None:
        queue = self._waiting.get(url)
        if not queue:
            return None
        capture = queue.popleft()
        captures.append(capture)
        path = Path(self._settings.data_dir) / capture.warc_path
        return response_of(read_record(path, capture.warc_offset), url, capture.fetched_at)

    def _target(self, answer: Response, url: str) -> str | None:
        base_url = self._settings.base_url
        location = answer.header("location") or ""
        return canonical_url(location, page=dial_url(url, base_url), base_url=base_url)


def _not_followed(reason: Reason, answer: Response) -> FetchFailure:
    return FetchFailure(reason=reason, detail=f"status {answer.status}, and not followed")
