"""One function for each measurement: it prepares, measures, and gives what it found.

A machine's speed drifts, so most figures are ratios of things done in turn in the same minutes.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from tasks.archive.members import read_members
from tasks.archive.reader import WarcScan
from tasks.archive.records import response_of
from tasks.archive.writer import ArchiveWriter
from tasks.core.paths import DataPaths
from tasks.core.records import Response
from tasks.core.run import new_run
from tasks.core.settings import Settings
from tasks.warehouse.lake import publish_lake
from tasks.warehouse.publish import publish_copy, publish_file
from tasks.warehouse.sql import SQL_FOLDER, sql_files
from tests.benchmarks.findings import Finding, at_least, at_most
from tests.benchmarks.footprint import measure_footprint
from tests.benchmarks.loads import load_new, scale
from tests.benchmarks.pages import annotation_seconds_per_word, loop_rate, our_rate, story_pages
from tests.benchmarks.processes import Bench, processor_seconds, serve
from tests.benchmarks.warehouses import NEXT_AT, stage_new
from tests.cluster import dask_cluster

PAGES, MANY_PAGES = 2_000, 20_000
KNOWN = 10_000
FEW_STORIES, MANY_STORIES = 10_000, 200_000  # of a bundled query
NEW = 2_000
WORDS = 500
FEW_ARTICLES, MANY_ARTICLES = 1_000, 100_000
PLAIN_PAGES, PAGES_A_ROUND = 40, 160  # the plain loop is slow


def speed(bench: Bench) -> Iterator[Finding]:
    """Pages per second of whole ingests over those of the plain loops."""
    warc = bench.warc(bench.count(PAGES))

    def ingest(turn: int) -> float:
        with serve(warc) as base_url:
            ingested = bench.ingest(base_url, f"turn-{turn}")
        return float(ingested.summary["extracted"]) / ingested.seconds

    promise = f"ingest of {bench.count(PAGES):,} pages"
    yield from _over_loops(
        bench, warc, promise, {"plain": 8, "tuned": 2}, lambda turn, _pages: ingest(turn)
    )


def reader(bench: Bench) -> Iterator[Finding]:
    """Pages per second and core of the reader over those of the plain loops."""
    warc = bench.warc(bench.count(bench.rounds * PAGES_A_ROUND))
    promise = "reading a page, per core,"
    yield from _over_loops(
        bench, warc, promise, {"plain": 12, "tuned": 2.5}, lambda _turn, pages: our_rate(pages)
    )


def _over_loops(
    bench: Bench,
    warc: Path,
    promise: str,
    bounds: dict[str, float],
    ours: Callable[[int, list[tuple[int, bytes]]], float],
) -> Iterator[Finding]:
    pages = story_pages(warc, bench.rounds * PAGES_A_ROUND)
    rates: dict[str, list[float]] = {"plain": [], "tuned": [], "ours": []}
    for turn in range(bench.rounds):
        first = turn * PAGES_A_ROUND % len(pages)
        some = pages[first:][:PAGES_A_ROUND]
        rates["plain"].append(loop_rate("plain", some[:PLAIN_PAGES]))
        rates["tuned"].append(loop_rate("tuned", some))
        rates["ours"].append(ours(turn, some))
    for name, bound in bounds.items():
        detail = f"{median(rates['ours']):.0f} over {median(rates[name]):.1f} pages/s"
        ratio = _ratio(rates["ours"], rates[name])
        yield at_least(bound, f"{promise} over the {name} loop", ratio, detail)


def known(bench: Bench) -> Iterator[Finding]:
    """How long a pass takes that finds nothing new."""
    with serve(bench.warc(bench.count(KNOWN))) as base_url:
        first = bench.ingest(base_url, "known")
        second = bench.ingest(base_url, "known")
    fetched = int(second.summary["fetched"])
    yield Finding(
        promise=f"a pass over {first.summary['inserted']:,} known stories",
        found=f"{second.seconds:.2f} s",
        bound="< 3 s, none fetched",
        holds=second.seconds < 3 and fetched == 0,
        detail=f"{fetched} fetched; {second.wall_seconds:.1f} s with Python's and Prefect's start",
    )


def growth(bench: Bench) -> Iterator[Finding]:
    """What a new article costs in a large warehouse over what it costs in a small one."""
    few, many, new = map(bench.count, (FEW_ARTICLES, MANY_ARTICLES, NEW))
    costs: dict[int, list[float]] = {few: [], many: []}
    filled = {count: bench.filled(count) for count in costs}
    with serve(bench.warc(new, first_at=NEXT_AT)) as base_url:
        for turn in range(bench.rounds):
            for count, cost in costs.items():
                data_dir = bench.folder / f"grown-{count}-{turn}"
                shutil.copytree(filled[count], data_dir)
                cost.append(bench.ingest(base_url, data_dir).seconds / new)
    detail = f"{median(costs[many]) * 1000:.1f} ms over {median(costs[few]) * 1000:.1f} ms"
    ratio = median(costs[many]) / median(costs[few])
    yield at_most(1.2, f"cost of a new article at {many:,} over at {few:,}", ratio, detail)


def entities(bench: Bench) -> Iterator[Finding]:
    """What names and figures cost: alone on one core, and in a whole ingest."""
    seconds = WORDS * annotation_seconds_per_word()
    yield Finding(
        promise=f"articles of {WORDS} words through recogniser, rules, linking, figures",
        found=f"{1 / seconds:.0f} a second and core",
        bound=">= 90",
        holds=1 / seconds >= 90,
        detail=f"{seconds * 1000:.1f} ms of processor time each",
    )
    taken: dict[str, list[float]] = {"builtin": [], "none": []}
    with serve(bench.warc(bench.count(PAGES))) as base_url:
        for turn in range(bench.rounds):
            for recogniser, times in taken.items():
                data_dir = f"{recogniser}-{turn}"
                times.append(bench.ingest(base_url, data_dir, recogniser=recogniser).seconds)
    detail = f"{median(taken['builtin']):.1f} s over {median(taken['none']):.1f} s"
    promise = f"ingest of {bench.count(PAGES):,} pages with entities over one without"
    yield at_most(1.5, promise, _ratio(taken["builtin"], taken["none"]), detail)


def backfill(bench: Bench) -> Iterator[Finding]:
    """How many times as fast two workers import WARC files as one does, here and on a cluster.

    One worker keeps more than a core busy, since pages are loaded while it reads others.
    """
    count, crawl = bench.count(PAGES), bench.folder / "crawl"
    _split(bench.warc(count), crawl, parts=16)
    names = ("one core", "one worker", "two workers", "cluster")
    rates: dict[str, list[float]] = {name: [] for name in names}
    costs: dict[str, list[float]] = {name: [] for name in names}
    with dask_cluster.serve(bench.folder) as (address, workers):
        options: tuple[dict[str, Any], ...] = (
            {"workers": 1, "cores": {0}}, {"workers": 1}, {}, {"engine": address}
        )  # fmt: skip
        for turn in range(bench.rounds):
            for name, option in zip(names, options, strict=True):
                before = sum(processor_seconds(worker.pid) for worker in workers)
                arguments = ("backfill", "--warc", str(crawl))
                data_dir = f"{name}-{turn}"
                done = bench.ingest("https://menafn.com", data_dir, *arguments, **option)
                there = sum(processor_seconds(worker.pid) for worker in workers) - before
                costs[name].append((done.processor_seconds + there) / count)
                rates[name].append(count / done.seconds)
    for name, other, bound in (
        ("two workers", "one core", 1.8),
        ("two workers", "one worker", 1.8),
        ("cluster", "one core", 1.7),
        ("cluster", "one worker", 1.7),
    ):
        detail = f"{median(rates[name]):.0f} over {median(rates[other]):.0f} pages/s"
        promise = f"import of {count:,} pages, {name} over {other}"
        yield at_least(bound, promise, _ratio(rates[name], rates[other]), detail)
    ours, theirs = costs["two workers"], costs["cluster"]
    detail = f"{median(theirs) * 1000:.1f} over {median(ours) * 1000:.1f} ms"
    promise = "processor time a page of a cluster over that of two workers"
    yield at_most(1.25, promise, _ratio(theirs, ours), detail)


def _split(warc: Path, folder: Path, *, parts: int) -> None:
    folder.mkdir()
    members = [*read_members(warc)]
    with warc.open("rb") as file:
        for part in range(parts):
            with (folder / f"{part:02}.warc.gz").open("wb") as out:
                for member in members[part::parts]:
                    file.seek(member.offset)
                    out.write(file.read(member.length))


def memory(bench: Bench) -> Iterator[Finding]:
    """Peak memory of the whole process tree for many pages over that for few.

    The database may take an eighth of the machine's memory, and takes it as it grows: here no more
    than a small warehouse needs.
    """
    few, many = bench.count(PAGES), bench.count(MANY_PAGES)
    peaks = {}
    for count in (few, many):
        with serve(bench.warc(count, name=f"site-{count}")) as base_url:
            run = bench.ingest(base_url, f"data-{count}", watch=True, writer_memory_mb="128")
            peaks[count] = run.peak_bytes
    detail = f"{peaks[many] / 2**20:.0f} over {peaks[few] / 2**20:.0f} MiB"
    yield at_most(
        1.2, f"peak memory for {many:,} pages over {few:,}", peaks[many] / peaks[few], detail
    )


def publishing(bench: Bench) -> Iterator[Finding]:
    """Publishing the readers' copy, synced, over `cp` of the same file.

    Either takes the place of an older copy, whose blocks have to be given back.
    """
    count = bench.count(MANY_ARTICLES)
    paths = DataPaths(data_dir=bench.filled(count))
    source, target = paths.writer_file, bench.folder / "by-cp.duckdb"
    copied, published = [], []
    for _ in range(3 * bench.rounds):
        started = time.perf_counter()
        subprocess.run(["cp", source, target], check=True)
        copied.append(time.perf_counter() - started)
        started = time.perf_counter()
        publish_copy(source, paths.warehouse)
        published.append(time.perf_counter() - started)
    detail = (
        f"{median(published) * 1000:.0f} over {median(copied) * 1000:.0f} ms, "
        f"{source.stat().st_size / 2**20:.0f} MiB"
    )
    yield at_most(1.5, f"publishing {count:,} articles over cp", _ratio(published, copied), detail)


def lake(bench: Bench) -> Iterator[Finding]:
    """Publishing to a lake in a folder: everything, and then some new articles.

    On one thread: two that share a core take more processor time for the same.
    """
    count, new = bench.count(MANY_STORIES), 200
    data_dir = shutil.copytree(bench.filled(count), bench.folder / "data")
    paths = DataPaths(data_dir)
    settings = Settings(data_dir=data_dir, lake=str(bench.folder / "at"), workers=1)
    seconds = []
    for is_increment in (False, True):
        if is_increment:
            load_new(data_dir, *stage_new(data_dir, batches=1, size=new))
        publish_file(paths.writer_file, paths)
        started = time.process_time()
        publish_lake(settings)
        seconds.append(time.process_time() - started)
    first, second = seconds
    yield Finding(
        promise=f"first publication of {count:,} articles to a lake",
        found=f"{count / first:,.0f} a second of processor time",
        bound=">= 12,000",
        holds=count / first >= 12_000,
        detail=f"{first:.1f} s",
    )
    yield Finding(
        promise=f"publication of {new} new articles after {count:,} to a lake",
        found=f"{second:.2f} s of processor time",
        bound="< 2 s",
        holds=second < 2,
        detail="with the comparison of all rows",
    )


def search(bench: Bench) -> Iterator[Finding]:
    """What the search index takes of the file and of a load, and how long a search takes."""
    count = bench.count(KNOWN)
    path = DataPaths(data_dir=bench.filled(count)).writer_file
    with duckdb.connect(str(path)) as connection:

        def seconds(statement: str) -> float:
            started = time.perf_counter()
            connection.execute(statement).fetchall()
            return time.perf_counter() - started

        queries = ("bank profit", '"net profit"', "alumin*", "title:oil -kuwait", "وزارة")
        query = max(seconds(f"from search('{one}', 20)") for one in queries)
        connection.execute(
            "create temp table new as from ops.articles order by article_id desc limit 200"
        )
        indexing = seconds("create temp table terms as from positions_of_terms('new')")
        blocks = connection.execute(
            "select count(distinct block_id) from pragma_storage_info('ops.search_terms')"
        ).fetchall()[0][0]
    share = blocks * 2**18 / path.stat().st_size
    for promise, found, bound, holds in (
        (f"slowest of {len(queries)} searches, {count:,} stories", f"{query:.2f} s", 0.5, query),
        ("indexing 200 new stories", f"{indexing:.2f} s", 1.0, indexing),
        ("share of the file that the index takes", f"{share:.0%}", 0.26, share),  # a third more
    ):
        yield Finding(
            promise=promise, found=found, bound=f"<= {bound:g}", holds=holds <= bound, detail=""
        )


def ask(bench: Bench) -> Iterator[Finding]:
    """What each query of `sql/queries` takes on the readers' copy, and how that grows.

    Processor time of all threads, so that neighbours don't count.
    """
    counts = {bench.count(FEW_STORIES): 0.5, bench.count(MANY_STORIES): 3.0}
    taken: dict[str, list[float]] = {path.stem: [] for path in sql_files(SQL_FOLDER / "queries")}
    for count in counts:
        paths = DataPaths(data_dir=bench.filled(count))
        publish_copy(paths.writer_file, paths.warehouse)
        with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
            for name, seconds in taken.items():
                query = (SQL_FOLDER / "queries" / f"{name}.sql").read_text(encoding="utf-8")
                turns = []
                for _ in range(bench.rounds):
                    started = time.process_time()
                    connection.execute(query).fetchall()
                    turns.append(time.process_time() - started)
                seconds.append(median(turns))
    for name, seconds in taken.items():
        yield Finding(
            promise=f"{name}.sql at {' and '.join(f'{count:,}' for count in counts)} stories",
            found=" and ".join(f"{one:.3f}" for one in seconds) + " s",
            bound=" and ".join(f"<= {bound:g}" for bound in counts.values()),
            holds=all(one <= bound for one, bound in zip(seconds, counts.values(), strict=True)),
            detail=f"{seconds[-1] / seconds[0]:.1f} times as long",
        )


def archiving(bench: Bench) -> Iterator[Finding]:
    """The archive's own seconds for a site's responses over a whole ingest of it.

    An ingest archives in a thread of its own; alone, as here, nothing of the cost is hidden.
    """
    warc = bench.warc(bench.count(PAGES))
    now = datetime.now(UTC)
    responses = [response_of(one, one.url, one.fetched_at or now) for one in WarcScan(warc)]
    shares, alone = [], []
    with serve(warc) as base_url:
        for turn in range(bench.rounds):
            seconds = bench.ingest(base_url, f"turn-{turn}").seconds
            alone.append(_archive(bench.folder / f"alone-{turn}", responses))
            shares.append(alone[-1] / seconds)
    yield Finding(
        promise=f"archiving {bench.count(PAGES):,} pages, of the ingest's time",
        found=f"{median(shares):.1%}",
        bound="<= 10 %",
        holds=median(shares) <= 0.1,
        detail=f"{median(alone):.2f} s for {len(responses):,} responses, synced every 100",
    )


def _archive(data_dir: Path, responses: list[Response]) -> float:
    started = time.perf_counter()
    with ArchiveWriter(new_run("bench", Settings(data_dir=data_dir))) as archive:
        for number, response in enumerate(responses, start=1):
            archive.append(response)
            if number % 100 == 0:
                archive.sync()
    return time.perf_counter() - started


def footprint(bench: Bench) -> Iterator[Finding]:
    """How much code and SQL one article goes through."""
    found = measure_footprint(bench)
    for promise, count, bound, detail in (
        ("files that one article enters", len(found.files), 130, found.detail),
        ("functions that one article enters", len(found.functions), 680, found.detail),
        ("SQL files that a load runs", len(found.sql_files), 26, "of sql/load"),
    ):
        yield Finding(
            promise=promise,
            found=str(count),
            bound=f"<= {bound}",
            holds=count <= bound,
            detail=detail,
        )


def _ratio(ours: list[float], others: list[float]) -> float:
    return median(one / other for one, other in zip(ours, others, strict=True))


MEASURES: dict[str, Callable[[Bench], Iterator[Finding]]] = {
    measure.__name__: measure
    for measure in (
        speed,
        reader,
        known,
        growth,
        scale,
        entities,
        memory,
        publishing,
        lake,
        search,
        ask,
        archiving,
        backfill,
        footprint,
    )
}
