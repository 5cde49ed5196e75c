"""Worker processes: real ones, killed for real."""

import asyncio
import os
import signal
import time

import pytest

from tasks.core import workers
from tasks.core.errors import WorkerDiedError, WorkTimedOutError
from tests.unit.core import worker_functions as jobs

_PATIENCE = 30.0


@pytest.fixture(scope="module", autouse=True)
def _pool():
    with workers.open_workers(
        2, preload=["tests.unit.core.worker_functions"], memory_bytes=1 << 30
    ):
        yield


def call(function, *args, cpu_seconds=_PATIENCE):
    return asyncio.run(workers.run(function, *args, cpu_seconds=cpu_seconds))


def read_when_written(file):
    while not file.exists() or not (text := file.read_text()):
        time.sleep(0.005)
    return text


def test_a_result_comes_back():
    assert call(jobs.add, 2, 3) == 5


def test_ctrl_c_is_left_to_this_process(tmp_path):
    async def interrupt_worker() -> float:
        file = tmp_path / "worker"
        result = asyncio.create_task(
            workers.run(jobs.compute, str(file), 0.2, cpu_seconds=_PATIENCE)
        )
        os.kill(int(await asyncio.to_thread(read_when_written, file)), signal.SIGINT)
        return await result

    assert asyncio.run(interrupt_worker()) >= 0.2


def test_an_exception_comes_back_as_it_was():
    with pytest.raises(ValueError, match="saffron"):
        call(jobs.refuse, "saffron")


def test_a_worker_that_computes_too_long_is_killed_even_within_a_library():
    for spin in (jobs.spin, jobs.spin_in_c):
        started = time.monotonic()
        with pytest.raises(WorkTimedOutError, match=r"killed after 0\.3 seconds of processor time"):
            call(spin, cpu_seconds=0.3)
        assert time.monotonic() - started < 10
    assert call(jobs.add, 1, 1) == 2


def test_a_worker_that_waits_too_long_is_killed():
    with pytest.raises(WorkTimedOutError, match=r"sleep was killed after 2 seconds\."):
        call(jobs.sleep, 60, cpu_seconds=0.1)
    assert call(jobs.add, 1, 1) == 2


def test_a_worker_that_gets_no_processor_for_longer_than_its_limit_is_not_killed(tmp_path):
    async def starve():
        file = tmp_path / "worker"
        result = asyncio.create_task(workers.run(jobs.compute, str(file), 0.1, cpu_seconds=0.4))
        worker = await asyncio.to_thread(read_when_written, file)
        os.kill(int(worker), signal.SIGSTOP)
        await asyncio.sleep(1.2)
        os.kill(int(worker), signal.SIGCONT)
        return await result

    assert asyncio.run(starve()) >= 0.1


def test_the_time_of_one_call_is_not_counted_for_the_next():
    for _ in range(6):
        call(jobs.compute, os.devnull, 0.15, cpu_seconds=0.5)


def test_a_worker_that_leaves_is_reported_and_replaced():
    with pytest.raises(WorkerDiedError, match="leave"):
        call(jobs.leave)
    assert call(jobs.add, 1, 2) == 3


def test_a_worker_gets_no_more_memory_than_it_may_have():
    with pytest.raises(WorkerDiedError, match="MemoryError"):
        call(jobs.devour, 4)


def test_workers_leave_interrupts_to_the_parent():
    assert call(jobs.ignores_interrupts)


def test_workers_do_not_import_the_main_module():
    assert not call(jobs.has_imported, "_pytest")


def test_two_calls_run_at_the_same_time():
    async def both():
        await asyncio.gather(*(workers.run(jobs.sleep, 1.0, cpu_seconds=_PATIENCE) for _ in "ab"))

    call(jobs.add, 0, 0)  # the workers have started
    started = time.monotonic()
    asyncio.run(both())
    assert time.monotonic() - started < 1.9


def test_a_second_pool_is_refused_while_one_is_open():
    with pytest.raises(RuntimeError, match="open already"), workers.open_workers(1):
        pass
