"""When the next request may go out."""

import asyncio

from aiolimiter import AsyncLimiter


class Pace:
    """Spaces the requests to one host evenly, and keeps silent when the host asks for it.

    Attributes:
        interval_seconds: least time between two requests; 0 means none.
    """

    def __init__(self, requests_per_second: float) -> None:
        """Set the pace.

        Args:
            requests_per_second: 0 means no limit.
        """
        self.interval_seconds = 1 / requests_per_second if requests_per_second else 0.0
        self._limiter = _limiter(self.interval_seconds)
        self._silent_until = 0.0

    def slow_to(self, interval_seconds: float) -> None:
        """Lower the pace to one request in this time; a pace that is slower already stays."""
        if interval_seconds > self.interval_seconds:
            self.interval_seconds = interval_seconds
            self._limiter = _limiter(interval_seconds)

    def keep_silent(self, seconds: float) -> None:
        """Let no request out for this time."""
        until = asyncio.get_running_loop().time() + seconds
        self._silent_until = max(self._silent_until, until)

    async def turn(self) -> None:
        """Return when one request may go out."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(0.0, self._silent_until - loop.time()))
            if self._limiter is not None:
                await self._limiter.acquire()
            if loop.time() >= self._silent_until:
                return


def _limiter(interval_seconds: float) -> AsyncLimiter | None:
    """A bucket that holds one request, so that nothing goes out in bursts."""
    return AsyncLimiter(1, interval_seconds) if interval_seconds else None
