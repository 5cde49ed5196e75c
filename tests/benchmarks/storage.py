"""What keeping everything costs: the readers' copy, and the archive."""

import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tasks.archive.reader import WarcScan
from tasks.archive.records import ArchivedRecord, response_of
from tasks.archive.writer import ArchiveWriter
from tasks.core.paths import DataPaths
from tasks.core.records import Response
from tasks.core.run import new_run
from tasks.core.settings import Settings
from tasks.warehouse.publish import publish_copy
from tests.benchmarks.measures import MANY_ARTICLES, PAGES, ROUNDS, Finding
from tests.benchmarks.processes import ingest, wire
from tests.benchmarks.warehouses import fill


def publishing(folder: Path) -> Iterator[Finding]:
    """Putting the readers' copy in place, synced, over `cp` of the same file, in turn with it.

    Either takes the place of an older copy, whose blocks have to be given back.
    """
    paths = DataPaths(data_dir=fill(folder / "filled", MANY_ARTICLES).data_dir)
    source, target = paths.writer_file, folder / "by-cp.duckdb"
    copied, published = [], []
    for _ in range(3 * ROUNDS):
        started = time.perf_counter()
        subprocess.run(["cp", source, target], check=True)
        copied.append(time.perf_counter() - started)
        started = time.perf_counter()
        publish_copy(source, paths.warehouse)
        published.append(time.perf_counter() - started)
    ratio = median(one / other for one, other in zip(published, copied, strict=True))
    yield Finding(
        promise=f"publishing {MANY_ARTICLES:,} articles over cp",
        found=f"{ratio:.2f} x",
        wanted="<= 1.5",
        holds=ratio <= 1.5,
        detail=f"{median(published) * 1000:.0f} over {median(copied) * 1000:.0f} ms, "
        f"{source.stat().st_size / 2**20:.0f} MiB",
    )


def archiving(folder: Path, api_url: str, warc: Path) -> Iterator[Finding]:
    """The archive's own seconds for a wire's answers over a whole ingest of it, in turn with it.

    An ingest archives in a thread of its own beside other work; alone, as here, nothing of the
    cost is hidden.
    """
    answers = [_answer(record) for record in WarcScan(warc)]
    shares, alone = [], []
    with wire(warc) as base_url:
        for turn in range(ROUNDS):
            ingested = ingest(base_url, folder / f"turn-{turn}", api_url=api_url)
            alone.append(_archived(folder / f"alone-{turn}", answers))
            shares.append(alone[-1] / float(ingested.summary["seconds"]))
    yield Finding(
        promise=f"archiving {PAGES:,} pages, of the ingest's time",
        found=f"{median(shares):.1%}",
        wanted="<= 10 %",
        holds=median(shares) <= 0.1,
        detail=f"{median(alone):.2f} s for {len(answers):,} answers, synced every 100",
    )


def _archived(data_dir: Path, answers: list[Response]) -> float:
    started = time.perf_counter()
    with ArchiveWriter(new_run("bench", Settings(data_dir=data_dir))) as archive:
        for number, answer in enumerate(answers, start=1):
            archive.append(answer)
            if number % 100 == 0:
                archive.sync()
    return time.perf_counter() - started


def _answer(record: ArchivedRecord) -> Response:
    return response_of(record, record.url, record.fetched_at or datetime.now(UTC))
