"""Worker processes for what costs processor time or may hang, by pebble.

The pool is opened once a run and kept in one variable of this module, because Prefect can't hand a
pool to a task as an argument; tasks use it by calling `run`.
"""

import asyncio
import gc
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType
from typing import Any, TypeVar, TypeVarTuple, Unpack

from pebble import ProcessExpired, ProcessPool

from tasks.core.errors import WorkerDiedError, WorkTimedOutError

# Address space of one worker. Extracting a page takes some 10 MB above the libraries' 400.
MEMORY_BYTES = 2 << 30

# A worker is replaced after so many calls, so that leaks of libraries and caches don't add up. Its
# successor reads some hundred pages slowly, until its caches are filled.
_CALLS_PER_WORKER = 20

# A worker that waits forever uses no processor time. A busy machine may give it a tenth of a core.
_WALL_SECONDS_PER_CPU_SECOND = 20

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

_open: ProcessPool | None = None


@contextmanager
def open_workers(
    count: int,
    *,
    preload: Sequence[str] = (),
    memory_bytes: int = MEMORY_BYTES,
    stop_server: bool = False,
) -> Iterator[None]:
    """Worker processes for as long as the block lasts, started as they are needed.

    They are forked from a server process that has imported the modules of `preload` and nothing
    else: neither threads nor connections of this process are copied, and to replace one that was
    killed takes milliseconds. The server starts at once and imports while this process goes on.
    A worker that needs more address space than `memory_bytes` gets a `MemoryError`. The server, of
    110 MB, stays for the next time, unless `stop_server`.
    """
    global _open  # noqa: PLW0603 - see the module's docstring
    if _open is not None:
        raise RuntimeError("the workers are open already")
    context = _ForkServerWithoutMain()
    context.set_forkserver_preload(list(preload))
    # While it imports, Ctrl-C would have the server print a traceback; this process ends it.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _no_main_module():
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    _open = pool = ProcessPool(
        max_workers=count,
        max_tasks=_CALLS_PER_WORKER,
        initializer=_limit_memory,
        initargs=(memory_bytes,),
        context=context,
    )
    try:
        yield
    finally:
        _open = None
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        if stop_server:
            forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001


async def run(
    function: Callable[[Unpack[Arguments]], Result], *args: *Arguments, cpu_seconds: float
) -> Result:
    """What a function returns, called in a worker process; it and its arguments are pickled.

    The worker is killed once the call has used `cpu_seconds` of processor time, or has lasted 20
    times as long (`WorkTimedOutError`). A `WorkerDiedError` where it died or ran out of memory.
    Whatever the function raises is raised here.
    """
    if _open is None:
        raise RuntimeError("no workers are open; see open_workers")
    # The first call waits until the server has imported its modules; the event loop must not.
    wall_seconds = cpu_seconds * _WALL_SECONDS_PER_CPU_SECOND
    future = await asyncio.to_thread(
        _open.schedule, _limit_cpu_time, args=(cpu_seconds, function, args), timeout=wall_seconds
    )
    name = getattr(function, "__name__", "a function")
    try:
        result: Result = await asyncio.wrap_future(future)
    except FutureTimeoutError as error:
        raise WorkTimedOutError(f"{name} was killed after {wall_seconds:g} seconds.") from error
    except (ProcessExpired, BrokenProcessPool, MemoryError) as error:
        if getattr(error, "exitcode", None) == -signal.SIGPROF:
            raise WorkTimedOutError(
                f"{name} was killed after {cpu_seconds:g} seconds of processor time."
            ) from error
        cause = " ".join(str(error).split()) or type(error).__name__
        raise WorkerDiedError(f"A worker died in {name}: {cause}.") from error
    return result


def _limit_cpu_time(
    cpu_seconds: float, function: Callable[[Unpack[Arguments]], Result], args: tuple[*Arguments]
) -> Result:
    # SIGPROF ends a process that doesn't handle it, whatever library it is in.
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        return function(*args)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory(memory_bytes: int) -> None:
    gc.freeze()  # looking for garbage in what was imported would copy all of it from the server
    gc.set_threshold(50_000, 20, 50)  # pages and tables leave little garbage that needs a search
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class _ProcessWithoutMain(ForkServerProcess):
    """A process that doesn't import this process's main module, as the standard library has it do.

    Nothing that is pickled here is defined there, and under a Prefect worker it is Prefect's
    engine, which takes each process two to three seconds and 100 MB.
    """

    _lock = threading.Lock()

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - the standard library's name
        with _ProcessWithoutMain._lock, _no_main_module():
            return ForkServerProcess._Popen(process_obj)  # noqa: SLF001


class _ForkServerWithoutMain(ForkServerContext):
    Process = _ProcessWithoutMain


@contextmanager
def _no_main_module() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
