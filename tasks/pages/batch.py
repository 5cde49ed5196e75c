"""One fetched batch becomes one staged batch, in one call of a worker process.

What other packages do with a page or its article is handed in. Everything travels by pickle, and
nothing here may import Prefect, since every worker process would import it again.
"""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from tasks.core.errors import BatchError, StorageError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import PAGE_STATUSES, Article, Capture
from tasks.core.rejects import PageRefusedError, Reason, Reject, Stage, plain_line
from tasks.core.staging import remove_batch, staged_folder
from tasks.core.urls import is_interface_story
from tasks.pages.article import read_interface_story, read_page


class HasBody(Protocol):
    """An archived response, its content coding undone."""

    @property
    def body(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionJob:
    """One fetched batch, and what is to be made of it."""

    fetched: Path  # its folder of captures and rejects; gone once the batch is staged
    target: Path  # the folder to write
    data_dir: Path  # where the captures' WARC paths start
    timezone: str  # IANA zone of the site's printed times
    read_response: Callable[[Path, int], HasBody]  # the response at an offset of a WARC file
    # Each writes further files on the articles into the folder.
    write_derived: tuple[Callable[[Path, Sequence[Article]], object], ...]


def extract_batch(job: ExtractionJob) -> int:
    """Read every page of a batch and stage it, as `stage_batch` says."""
    return stage_batch(job, [extract_page(job, capture) for capture in story_captures(job)])


def is_staged(job: ExtractionJob) -> bool:
    """Whether the batch was staged before: a worker did so and died before it could say so.

    A `BatchError` where it is in neither place, since its pages would be taken for none.
    """
    if (job.fetched / "captures.parquet").exists():
        return False
    if job.target.exists():
        return True
    raise BatchError(
        f"{job.fetched} has no captures, and its batch is not staged. The archive has its pages: "
        "run wirehouse rebuild"
    )


def story_captures(job: ExtractionJob) -> list[Capture]:
    """The captures that a story may be read from; none where the batch was staged before."""
    if is_staged(job):
        return []
    captures = read_records(job.fetched / "captures.parquet", Capture)
    return [one for one in captures if one.status in PAGE_STATUSES and one.article_id is not None]


def extract_page(job: ExtractionJob, capture: Capture) -> Article | Reject:
    """Read one page from the archive: its story, or why there is none.

    Raises:
        StorageError: the archive can't be read.
        MemoryError: the page needs more memory than a worker has.
    """
    try:
        response = job.read_response(job.data_dir / capture.warc_path, capture.warc_offset)
        read = read_interface_story if is_interface_story(capture.url) else read_page
        zone = ZoneInfo(job.timezone)
        return read(response.body, capture.content_type, capture=capture, zone=zone)
    except PageRefusedError as refusal:
        return reject_page(capture, refusal.reason, refusal.detail)
    except (StorageError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a bug: one page never costs a batch
        last = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
        return reject_page(capture, Reason.READER_FAILED, detail)


def reject_page(capture: Capture, reason: Reason, detail: str) -> Reject:
    """The reject of one page, by the run that fetched it, whichever run reads it."""
    return Reject(
        url=capture.url,
        article_id=capture.article_id,
        stage=Stage.READ,
        reason=reason,
        detail=plain_line(detail),
        run_id=capture.run_id,
        rejected_at=datetime.now(UTC),
    )


def stage_batch(job: ExtractionJob, outcomes: Sequence[Article | Reject]) -> int:
    """Write the folder of a batch whose pages were read, then remove what was fetched.

    How many articles are among the outcomes; 0 where the batch was staged before. A full disk or
    an unwritable folder is a `StorageError`; see also `is_staged`.
    """
    if is_staged(job):
        return 0
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    rejects = [outcome for outcome in outcomes if isinstance(outcome, Reject)]
    with staged_folder(job.target) as folder:
        captures = read_records(job.fetched / "captures.parquet", Capture)
        write_records(folder / "captures.parquet", captures, Capture)
        write_records(folder / "articles.parquet", articles, Article)
        rejects = [*read_records(job.fetched / "rejects.parquet", Reject), *rejects]
        write_records(folder / "rejects.parquet", rejects, Reject)
        for write in job.write_derived:
            write(folder, articles)
    remove_batch(job.fetched)
    return len(articles)
