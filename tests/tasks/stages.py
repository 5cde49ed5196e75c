"""Single stages of a run, each with a client of its own, for tests."""

from pathlib import Path

from flows.pipeline import open_client
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Capture, FetchRequest
from tasks.core.run import Batch, Run
from tasks.discover import discover
from tasks.fetch import fetch


async def discover_alone(run: Run) -> Batch:
    async with open_client(run) as client:
        return await discover.fn(run, client)


async def fetch_alone(
    run: Run, requests: list[FetchRequest], max_misses: int | None = None
) -> list[Batch]:
    path = run.settings.data_dir / "requests.parquet"
    write_records(path, requests, FetchRequest)
    async with open_client(run) as client:
        return [batch async for batch in fetch.fn(run, client, path, max_misses)]


def captures_of(batch: Path) -> list[Capture]:
    return read_records(batch / "captures.parquet", Capture)
