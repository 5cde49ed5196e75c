"""What a worker process does for the verb `read`.

This module stands beside the verbs because it puts two adapters together, which adapters may not
do themselves; Prefect is not imported here, since every worker process would import it again.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tasks.archive.reader import read_response
from tasks.core.errors import StorageError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, Capture
from tasks.core.rejects import PageRefusedError, Reason, Reject, Stage, plain_line
from tasks.core.staging import staged_folder
from tasks.core.urls import is_interface_story
from tasks.duplicates.cluster import Signature
from tasks.duplicates.minhash import signature
from tasks.pages.article import read_interface_story, read_page

_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """One fetched batch to be read.

    Attributes:
        fetched: its Parquet file of `Capture`; its rejects lie beside it.
        target: the folder to write.
        data_dir: where the captures' WARC paths start.
        timezone: IANA zone of the wire's printed times.
        max_body_bytes: longest page that is read.
    """

    fetched: Path
    target: Path
    data_dir: Path
    timezone: str
    max_body_bytes: int

    @property
    def fetched_rejects(self) -> Path:
        """What the fetch refused of this batch."""
        return self.fetched.with_suffix(".rejects.parquet")

    @property
    def is_done(self) -> bool:
        """Whether it was read and put away; its worker may have died right after."""
        return self.target.exists() and not self.fetched.exists()


def read_batch(job: ReadingJob) -> int:
    """Reads every page of a batch and stages what came of it.

    Args:
        job: the batch.

    Returns:
        How many articles came of it.

    Raises:
        StorageError: the archive can't be read, or the disk is full.
    """
    if job.is_done:
        return count_read(job)
    captures = read_records(job.fetched, Capture)
    return stage(job, captures, [read_capture(job, page) for page in pages_of(captures)])


def count_read(job: ReadingJob) -> int:
    """How many articles came of a batch that is done."""
    return len(read_records(job.target / "articles.parquet", Article))


def pages_of(captures: Sequence[Capture]) -> list[Capture]:
    """The captures that a story may be read from."""
    return [
        capture for capture in captures if capture.status == _OK and capture.article_id is not None
    ]


def read_capture(job: ReadingJob, capture: Capture) -> Article | Reject:
    """Reads one page from the archive.

    Args:
        job: the batch it belongs to.
        capture: where its bytes lie.

    Returns:
        Its story, or why there is none. A defect of the reader is a reject too, with the place
        where it shows: one page never costs a batch.

    Raises:
        StorageError: the archive can't be read.
        MemoryError: the page needs more memory than a worker has.
    """
    try:
        answer = read_response(
            job.data_dir / capture.warc_path, capture.warc_offset, limit=job.max_body_bytes
        )
        read_answer = read_interface_story if is_interface_story(capture.url) else read_page
        return read_answer(
            answer.body, capture.content_type, capture=capture, zone=ZoneInfo(job.timezone)
        )
    except PageRefusedError as refusal:
        return refused(capture, refusal.reason, refusal.detail)
    except (StorageError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - recorded as a defect of ours, with its place
        return refused(capture, Reason.READER_FAILED, _place_of(error))


def signature_of(article: Article) -> Signature:
    """The hashes under which a reading's near-duplicates are found."""
    return Signature(
        article_id=article.article_id,
        body_sha256=article.body_sha256,
        bands=signature(article.body),
    )


def refused(capture: Capture, reason: Reason, detail: str) -> Reject:
    """The reject of one page, by the run that fetched it, whichever reads it."""
    return Reject(
        url=capture.url,
        article_id=capture.article_id,
        stage=Stage.READ,
        reason=reason,
        detail=plain_line(detail),
        run_id=capture.run_id,
        rejected_at=datetime.now(UTC),
    )


def _place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def stage(
    job: ReadingJob, captures: Sequence[Capture], outcomes: Sequence[Article | Reject]
) -> int:
    """Writes the folder of a batch that has been read, then removes what it was read from.

    Args:
        job: the batch.
        captures: all its captures.
        outcomes: what came of its pages.

    Returns:
        How many articles are among them.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    rejects = [outcome for outcome in outcomes if isinstance(outcome, Reject)]
    with staged_folder(job.target) as folder:
        write_records(folder / "captures.parquet", captures, Capture)
        write_records(folder / "articles.parquet", articles, Article)
        signatures = [signature_of(article) for article in articles]
        write_records(folder / "signatures.parquet", signatures, Signature)
        before = read_records(job.fetched_rejects, Reject)
        write_records(folder / "rejects.parquet", [*before, *rejects], Reject)
    job.fetched.unlink(missing_ok=True)
    job.fetched_rejects.unlink(missing_ok=True)
    return len(articles)
