"""Two steps overlap, and the first waits when the second is behind."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from flows.pipeline import map_concurrently
from tasks.core.run import Batch


def _batch(number: int) -> Batch:
    return Batch(batch_id=f"run-{number}", path=Path("unused"), count=1)


async def _made(count: int, log: list[str]) -> AsyncGenerator[Batch]:
    for number in range(count):
        log.append(f"made {number}")
        yield _batch(number)
        await asyncio.sleep(0)


def test_every_batch_is_worked_on_once():
    done: list[str] = []

    async def work(batch: Batch) -> None:
        await asyncio.sleep(0)
        done.append(batch.batch_id)

    asyncio.run(map_concurrently(_made(7, []), work, limit=3))

    assert sorted(done) == [f"run-{number}" for number in range(7)]


def test_the_source_waits_while_every_worker_is_busy():
    log: list[str] = []
    may_finish = asyncio.Event()

    async def work(batch: Batch) -> None:
        await may_finish.wait()

    async def scenario() -> None:
        overlap = asyncio.create_task(map_concurrently(_made(9, log), work, limit=2))
        for _ in range(50):
            await asyncio.sleep(0)
        assert log == ["made 0", "made 1", "made 2"], "two in work, one in hand, no more"
        may_finish.set()
        await overlap

    asyncio.run(scenario())
    assert len(log) == 9


def test_the_first_failure_ends_the_overlap_as_itself():
    async def work(batch: Batch) -> None:
        raise OSError(batch.batch_id)

    with pytest.raises(OSError, match="run-0"):
        asyncio.run(map_concurrently(_made(3, []), work, limit=1))
