"""Imports a WARC file, or a range of one, wherever that is done: as often as it is, once.

Nothing here may import Prefect: on a cluster it runs in processes that have nothing to do with it.
"""

import asyncio
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from secrets import token_hex

from tasks.archive.files import UNIT_DIGITS, captures_of, run_id_of
from tasks.archive.formats import format_problem
from tasks.archive.reader import DAMAGED, OTHER_ADDRESS, WarcScan
from tasks.archive.records import ArchivedRecord, capture_id_of, response_of, strip_false_coding
from tasks.archive.writer import ArchiveWriter, archive_folder
from tasks.core import workers
from tasks.core.errors import SourceError, StorageError
from tasks.core.files import replace_atomically
from tasks.core.parquet import read_records
from tasks.core.paths import DataPaths
from tasks.core.records import PAGE_STATUSES
from tasks.core.reports import Tombstone
from tasks.core.run import Batch, Run
from tasks.core.sources import Source
from tasks.core.staging import write_batch
from tasks.core.urls import canonical_url, is_interface_story, parse_story, story_id
from tasks.reading import SECONDS_TO_WARM, read_batch
from tasks.warehouse.connect import open_published
from tasks.warehouse.requests import known_captures

KNOWN = "known already"
OTHER_STATUS = "a status other than 200"
OTHER_TYPE = "not a page"
UNDATED = "without a possible date"
FORGOTTEN = "taken down"

_SECONDS_PER_MIB = 5  # 30 ms are usual; what was compressed to a thousandth takes some seconds
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/json", "text/json")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # when the site opened


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUnit:
    """A WARC file, or a range of a large one."""

    source: Source
    within: range | None = None  # bytes at which its records start; `None` for all
    limit: int | None = None  # most stories
    archived: str = ""  # where an earlier run copied its stories to, from the data folder
    count: int = 1  # of it on the progress line

    @property
    def unit_id(self) -> str:
        """Digits that name it by the source as it is: once that has changed it is another unit."""
        one, start = self.source, self.within.start if self.within else 0
        name = f"{one.options}\n{one.path}\n{one.size}\n{one.changed_at}\n{start}\n{self.limit}"
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
        return f"{int.from_bytes(digest[:7]):0{UNIT_DIGITS}d}"

    def receipt_file(self, paths: DataPaths) -> Path:
        """It is there once everything of the unit is staged."""
        return paths.state / "backfill" / f"{self.unit_id}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was made of a unit."""

    source: str
    size: int
    changed_at: int  # as of `Source`
    versions: str = ""  # see `reading.versions_of`
    archive: str = ""  # where its stories are archived, from the data folder; empty without any
    batches: tuple[str, ...] = ()
    pages: int = 0
    skipped: dict[str, int] = field(default_factory=dict)  # records left out, by reason
    is_storyless: bool = False  # there are sound records, and none of the site
    damage: str = ""  # the last place that makes no sense


def read_receipt(paths: DataPaths, unit: ImportUnit) -> Receipt | None:
    """`None` where there is none that can be read."""
    try:
        return Receipt(**json.loads(unit.receipt_file(paths).read_bytes()))
    except (OSError, TypeError, ValueError):
        return None


async def process_unit(run: Run, unit: ImportUnit, versions: str) -> Receipt:
    """Archive a unit's stories, read and stage them, and leave its receipt; workers must be open.

    Done again it makes the same batches, but for those that are staged; a loaded one changes
    nothing.

    Raises:
        SourceError: it can't be read, or has changed; nothing of it was archived.
        WorkerLostError: a worker died or hung; some of its batches may be staged.
        StorageError: the data folder can't be written.
    """
    # Of each attempt its own: on a cluster one that was given up may still be in progress.
    scratch = run.paths.run_folder(run.run_id) / f"{unit.unit_id}-{token_hex(4)}"
    size = len(unit.within) if unit.within else unit.source.size
    seconds = SECONDS_TO_WARM + _SECONDS_PER_MIB * (size >> 20)
    try:
        receipt = await workers.run(archive_unit, run, unit, scratch, cpu_seconds=seconds)
        async with asyncio.TaskGroup() as group:
            for name in receipt.batches:
                if not (run.paths.staged / name).exists():
                    pages = run.settings.batch_pages
                    batch = Batch(batch_id=name, path=scratch / name, count=pages)
                    group.create_task(read_batch(run, batch))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    receipt = replace(receipt, versions=versions)
    if unit.limit is None:  # what is beyond it is left to another run
        with replace_atomically(unit.receipt_file(run.paths)) as file:
            file.write_text(json.dumps(asdict(receipt), indent=1) + "\n", encoding="utf-8")
    return receipt


def archive_unit(run: Run, unit: ImportUnit, folder: Path) -> Receipt:
    """Copy a unit's stories to the archive, and write batches of what is there to a folder.

    A story's record is copied with its id; its address becomes the canonical one, and its date is
    no later than the import. The original ones are kept too. So every row of the warehouse points
    at bytes under the data folder.
    """
    one, name = unit.source, f"{run.run_id}-{unit.unit_id}"
    receipt = Receipt(source=str(one), size=one.size, changed_at=one.changed_at)
    path = archive_folder(run, run.started_at) / f"wirehouse-{name}.warc.gz"
    if unit.archived:
        path = run.paths.data_dir / unit.archived
    if not path.exists():
        receipt = _copy_stories(run, unit, path, receipt)
    if not path.exists():
        return receipt
    captures = captures_of(WarcScan(path), run.paths, run_id_of(path))
    names, pages = list[str](), 0
    while some := list(islice(captures, run.settings.batch_pages)):
        names.append(f"{name}{len(names):05d}")
        write_batch(folder / names[-1], some)
        pages += len(some)
    archive = path.relative_to(run.paths.data_dir).as_posix()
    return replace(receipt, archive=archive, batches=tuple(names), pages=pages)


def _copy_stories(run: Run, unit: ImportUnit, path: Path, receipt: Receipt) -> Receipt:
    """Archive the stories of a unit that the published warehouse lacks, each record once."""
    base_url, left = run.settings.base_url, unit.limit
    scan = WarcScan(
        unit.source,
        within=unit.within,
        wants=lambda url: parse_story(url, base_url=base_url) is not None,
        limit=run.settings.max_body_bytes,
        skip_damage=True,
    )
    skipped, copied, count = Counter[str](), set[str](), 0
    pages = _read_pages(run, unit, scan, skipped)
    with ExitStack() as stack:
        archive = stack.enter_context(ArchiveWriter(run, path))
        published = None
        if run.paths.warehouse.exists():
            published = stack.enter_context(closing(open_published(run.paths)))
        while left != 0 and (found := list(islice(pages, run.settings.batch_pages))):
            count += len(found)
            by_id = {capture_id_of(record): record for record in found}
            known = known_captures(published, list(by_id)) if published else set()
            new = [one for name, one in by_id.items() if name not in known | copied]
            skipped[KNOWN] += len(found) - len(new)
            for record in new[:left]:
                _copy(run, record, archive)
            copied |= by_id.keys()
            left = None if left is None else max(0, left - len(new))
        try:
            unit.source.require_unchanged()
        except StorageError as error:
            raise SourceError(str(error)) from error
        archive.hand_over()
    skipped += scan.skipped
    if scan.damage is not None and not scan.records:
        raise SourceError(f"{unit.source} can't be read as WARC ({scan.damage.detail})")
    others = scan.skipped.keys() - {OTHER_ADDRESS, DAMAGED}
    return replace(
        receipt,
        skipped=dict(+skipped),
        is_storyless=scan.records > 0 and not count and not others,
        damage=f"{scan.damage.offset}: {scan.damage.detail}" if scan.damage else "",
    )


def _read_pages(
    run: Run, unit: ImportUnit, scan: WarcScan, skipped: Counter[str]
) -> Iterator[ArchivedRecord]:
    """The pages that stories can be read from; counts why not of the others."""
    forgotten = {one.article_id for one in read_records(run.paths.tombstones_file, Tombstone)}
    try:
        if problem := format_problem(unit.source):
            raise SourceError(problem)
        for record in scan:
            content_type = (record.header("content-type") or _PAGE_TYPES[0]).partition(";")[0]
            if story_id(record.url, base_url=run.settings.base_url) in forgotten:
                skipped[FORGOTTEN] += 1
            elif record.status not in PAGE_STATUSES:
                skipped[OTHER_STATUS] += 1
            elif record.fetched_at is None or record.fetched_at < _EARLIEST:
                skipped[UNDATED] += 1
            elif content_type.strip().lower() not in _PAGE_TYPES:
                skipped[OTHER_TYPE] += 1
            else:
                yield record
    except (OSError, StorageError) as error:
        if isinstance(error, OSError):
            raise SourceError.of(error, str(unit.source)) from error
        raise SourceError(str(error)) from error


def _copy(run: Run, record: ArchivedRecord, archive: ArchiveWriter) -> None:
    base_url = run.settings.base_url
    story, url = (
        parse_story(record.url, base_url=base_url),
        canonical_url(record.url, base_url=base_url),
    )
    assert story is not None
    assert url is not None
    assert record.fetched_at is not None
    # Whatever a record claims, it was here no later than now.
    fetched_at = min(record.fetched_at, run.started_at)
    url = url if is_interface_story(url) else story.url
    archive.append(
        strip_false_coding(response_of(record, url, fetched_at)),
        story.article_id,
        capture_id=capture_id_of(record),
        source_url=record.url,
        claimed_at=record.fetched_at,
    )
