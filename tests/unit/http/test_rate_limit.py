"""The rate limit of runs that take turns, and of one that died in its turn."""

import asyncio
import os
import time

import pytest

from tasks.core.errors import StorageError
from tasks.http.rate_limit import RateLimiter


def seconds_to_acquire(limiter: RateLimiter) -> float:
    async def acquire() -> float:
        limiter.resume()
        started = time.monotonic()
        await limiter.acquire()
        return time.monotonic() - started

    return asyncio.run(acquire())


def limiter_of(file, per_second=4.0, max_pause_seconds=600.0):
    return RateLimiter(per_second, file, max_pause_seconds=max_pause_seconds)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "next-request"


def test_the_first_request_of_all_goes_out_at_once(file):
    assert seconds_to_acquire(limiter_of(file)) < 0.1


def test_the_first_of_the_next_run_waits_for_its_time(file):
    seconds_to_acquire(limiter_of(file))
    assert 0.1 < seconds_to_acquire(limiter_of(file, per_second=100)) < 0.5


def test_a_pause_that_the_site_required_outlasts_the_run(file):
    async def pause() -> None:
        limiter = limiter_of(file)
        limiter.resume()
        limiter.pause(0.6)
        await asyncio.sleep(0)

    asyncio.run(pause())
    assert 0.3 < seconds_to_acquire(limiter_of(file)) < 1


def test_a_delay_of_robots_txt_outlasts_the_run(file):
    async def lower() -> None:
        limiter = limiter_of(file)
        limiter.resume()
        await limiter.acquire()
        limiter.lower_to(0.6)

    asyncio.run(lower())
    assert 0.3 < seconds_to_acquire(limiter_of(file)) < 1


@pytest.mark.parametrize("hours", [-1, 24])
def test_a_clock_that_was_wrong_costs_the_longest_pause_at_most(file, hours):
    seconds_to_acquire(limiter_of(file))
    at = time.time() + hours * 3600
    os.utime(file, (at, at))
    assert seconds_to_acquire(limiter_of(file, max_pause_seconds=0.2)) < 0.5


def test_a_file_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "state").write_text("a file")
    with pytest.raises(StorageError, match="next-request"):
        seconds_to_acquire(limiter_of(tmp_path / "state" / "next-request"))
