"""When the next request may go out."""

import asyncio

from aiolimiter import AsyncLimiter


class RateLimiter:
    """Spaces the requests to one host evenly, and pauses them all when the host requires it."""

    def __init__(self, requests_per_second: float) -> None:
        """Start at a rate; 0 means no limit."""
        self._interval_seconds = 0.0
        self._limiter: AsyncLimiter | None = None
        self._paused_until = 0.0
        if requests_per_second:
            self.lower_to(1 / requests_per_second)

    def lower_to(self, interval_seconds: float) -> None:
        """Lower the rate to one request in this time; a lower one stays."""
        if interval_seconds > self._interval_seconds:
            self._interval_seconds = interval_seconds
            # A bucket that holds one request, so that nothing goes out in bursts.
            self._limiter = AsyncLimiter(1, interval_seconds)

    def pause(self, seconds: float) -> None:
        """Let no request out for this time."""
        until = asyncio.get_running_loop().time() + seconds
        self._paused_until = max(self._paused_until, until)

    async def acquire(self) -> None:
        """Return when one request may go out."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(0.0, self._paused_until - loop.time()))
            if self._limiter is not None:
                await self._limiter.acquire()
            if loop.time() >= self._paused_until:
                return
