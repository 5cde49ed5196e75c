"""Two steps at work at the same time, the first never far ahead of the second."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from tasks.wire.run import Batch


async def overlapped(
    batches: AsyncGenerator[Batch], work: Callable[[Batch], Awaitable[None]], *, at_once: int
) -> None:
    """Work on each batch as soon as it is there, while the next ones are being made.

    Args:
        batches: the first step; it is not asked for a batch while `at_once` are being worked on,
            so that whatever queue it keeps fills up and it waits. It is closed at the end.
        work: the second step, for one batch.
        at_once: batches in work at the same time.

    Raises:
        Exception: the first that either step raised, once the others are cancelled.
    """
    free = asyncio.Semaphore(at_once)

    async def work_and_free(batch: Batch) -> None:
        try:
            await work(batch)
        finally:
            free.release()

    try:
        async with aclosing(batches), asyncio.TaskGroup() as working:
            async for batch in batches:
                await free.acquire()
                working.create_task(work_and_free(batch))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from failures
