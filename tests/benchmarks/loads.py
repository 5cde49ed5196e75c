"""What a load costs the more stories are known; processor time, which no neighbour changes."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from unittest.mock import patch

from tasks.core.paths import DataPaths
from tasks.warehouse import load
from tasks.warehouse.check import failed_checks
from tasks.warehouse.writer import writer
from tests.benchmarks.findings import Finding, at_most
from tests.benchmarks.processes import Bench
from tests.benchmarks.warehouses import stage_new
from tests.sql.records import load_batch

FEW_KNOWN = 2_000
SIZE, BUNDLE = 200, 10  # stories in a batch, batches in a bundle
SMALL = 20
# Search and events; quotes come as a file. The terms of a text are found for its topics, too.
EXTRAS = ("load/52", "load/71", "load/72")


def scale(bench: Bench) -> Iterator[Finding]:
    """What an article costs a load of many known stories over one of few, and a small pass."""
    few, many = bench.count(FEW_KNOWN), bench.count(bench.known)
    pairs = 3 * bench.rounds  # what a checkpoint writes again varies from load to load
    alone: dict[int, float] = {}
    together: dict[int, float] = {}
    for count in (few, many):
        data_dir = bench.folder / f"known-{count}"
        shutil.copytree(bench.filled(count), data_dir)
        folders = stage_new(data_dir, batches=1 + 2 * pairs + BUNDLE, size=SIZE)
        load_new(data_dir, folders.pop(0))  # the first one after the fill tidies up after it
        together[count] = load_new(data_dir, *folders[:BUNDLE]) / SIZE / BUNDLE
        turns = zip(folders[BUNDLE::2], folders[BUNDLE + 1 :: 2], strict=True)
        loads = [(load_new(data_dir, one), _load_plain(data_dir, other)) for one, other in turns]
        full, plain = (median(seconds) for seconds in zip(*loads, strict=True))
        alone[count] = full / SIZE
    for name, bound, costs in (("alone", 1.5, alone), (f"in bundles of {BUNDLE}", 1.2, together)):
        promise = f"an article in loads of {SIZE} {name}, {many:,} known over {few:,}"
        detail = f"{costs[many] * 1000:.2f} over {costs[few] * 1000:.2f} ms of processor time"
        yield at_most(bound, promise, costs[many] / costs[few], detail)
    promise = f"a load of {SIZE} with search, events and quotes over one without, {many:,} known"
    detail = f"{full * 1000:.0f} over {plain * 1000:.0f} ms"
    yield at_most(1.3, promise, full / plain, detail)
    yield Finding(
        promise=f"articles loaded in bundles, {many:,} known",
        found=f"{1 / together[many]:,.0f} a processor second",
        bound=">= 1,000",
        holds=together[many] <= 0.001,
        detail=f"{BUNDLE} batches of {SIZE} at once",
    )
    [small] = stage_new(data_dir, batches=1, size=SMALL)
    seconds = load_new(data_dir, small, is_checked=True)
    yield Finding(
        promise=f"loading and checking {SMALL} stories, {many:,} known",
        found=f"{seconds:.2f} s",
        bound="< 2 s",
        holds=seconds < 2,
        detail="of processor time, besides publishing",
    )


def _load_plain(data_dir: Path, folder: Path) -> float:
    (folder / "quotes.parquet").unlink()
    steps = [step for step in load._STEPS if not step.startswith(EXTRAS)]
    with patch.object(load, "_STEPS", steps):
        return load_new(data_dir, folder)


def load_new(data_dir: Path, *folders: Path, is_checked: bool = False) -> float:
    """The processor seconds of a load, with the file's opening and its checkpoint."""
    started = time.process_time()
    with writer(DataPaths(data_dir=data_dir), wait_seconds=0) as connection:
        load_batch(connection, *folders, run_id="bench")
        if is_checked:
            failed_checks(connection)
    return time.process_time() - started
