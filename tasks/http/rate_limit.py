"""When the next request may go out."""

import asyncio
import os
import time
from math import inf
from pathlib import Path

from tasks.core.errors import StorageError


class RateLimiter:
    """Spaces the requests to one host evenly, and pauses them all when the host requires it.

    Runs of one data folder take turns and share the limit through a file, whose modification time
    is when the next request may go out.
    """

    def __init__(
        self, requests_per_second: float, file: Path | None = None, *, max_pause_seconds: float = 0
    ) -> None:
        """Start at a rate; 0 means no limit. A pause in the file is at most so long."""
        self._interval_seconds = 1 / requests_per_second if requests_per_second else 0.0
        self._file = file
        self._max_pause_seconds = max_pause_seconds
        self._last_at = -inf
        self._paused_until = -inf
        self._turn = asyncio.Lock()

    def lower_to(self, interval_seconds: float) -> None:
        """Lower the rate to one request in this time; a lower one stays."""
        self._interval_seconds = max(self._interval_seconds, interval_seconds)
        self._share(interval_seconds)

    def pause(self, seconds: float) -> None:
        """Let no request out for this time."""
        until = asyncio.get_running_loop().time() + seconds
        self._paused_until = max(self._paused_until, until)
        self._share(seconds)

    def resume(self) -> None:
        """Go on where the run that had the turn before stopped, be it a process that died."""
        if self._file is None:
            return
        try:
            if not self._file.exists():
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.touch()
                os.utime(self._file, (0, 0))  # a file server's clock may be ahead of ours
            left = self._file.stat().st_mtime - time.time()
        except OSError as error:
            raise StorageError.of(error, self._file) from error
        until = asyncio.get_running_loop().time() + min(left, self._max_pause_seconds)
        self._paused_until = max(self._paused_until, until)

    async def acquire(self) -> None:
        """Return when one request may go out."""
        loop = asyncio.get_running_loop()
        async with self._turn:
            # Again after each sleep, since the host may have required a pause meanwhile.
            while (now := loop.time()) < (next_at := self._next_at()):  # noqa: ASYNC110
                await asyncio.sleep(next_at - now)
            self._last_at = now
            self._share(self._interval_seconds)

    def _next_at(self) -> float:
        return max(self._last_at + self._interval_seconds, self._paused_until)

    def _share(self, seconds: float) -> None:
        if self._file is None or seconds <= 0:
            return
        until = time.time() + max(seconds, self._next_at() - asyncio.get_running_loop().time())
        try:
            os.utime(self._file, (until, until))
        except OSError as error:
            raise StorageError.of(error, self._file) from error
