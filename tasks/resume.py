"""Finds what runs that died left on disk between two stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prefect import task

from tasks.adapters import staging
from tasks.adapters.warehouse.runs import is_working
from tasks.wire.capture import Capture
from tasks.wire.run import Batch, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Batches that no living run is at work on.

    Attributes:
        fetched: archived, and not read yet.
        read: read, and not gone through the recogniser yet.
    """

    fetched: tuple[Batch, ...]
    read: tuple[Batch, ...]


@task
def resume(run: Run) -> Leftovers:
    """What earlier runs left for the readers and recognisers; staged batches need no looking for.

    Args:
        run: the run that will carry on with it.

    Returns:
        The batches of runs whose process is gone, oldest first.
    """
    return Leftovers(
        fetched=tuple(_abandoned(run, run.layout.fetched)),
        read=tuple(_abandoned(run, run.layout.read)),
    )


def _abandoned(run: Run, stage: Path) -> Iterator[Batch]:
    for path in staging.complete_batches(stage):
        batch_id = path.name.removesuffix(".parquet")
        run_id, _, _ = batch_id.rpartition("-")
        if batch_id.endswith(".rejects") or is_working(run.layout, run_id):
            continue
        records = path if path.is_file() else path / "captures.parquet"
        count = len(staging.read_records(records, Capture))
        yield Batch(batch_id=batch_id, path=path, count=count)
