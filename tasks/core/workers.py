"""Worker processes for what costs processor time or may hang. The library is pebble.

The pool is opened once a run; tasks borrow it by calling `run`, because Prefect can't hand a pool
to a task as an argument. It is kept in one variable of this module for that reason alone.
"""

import asyncio
import resource
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

MEMORY_BYTES = 2 << 30
"""Address space of one worker. Reading a page takes some 10 MB above the libraries' 400."""

_CALLS_PER_WORKER = 40
"""A worker is replaced after so many calls: what libraries leak and caches gather has an end."""

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

_open: ProcessPool | None = None


@contextmanager
def open_workers(
    count: int, *, preload: Sequence[str] = (), memory_bytes: int = MEMORY_BYTES
) -> Iterator[None]:
    """Keeps worker processes for as long as the block lasts.

    Workers are forked from a server process that has imported the modules of `preload` and
    nothing else: neither threads nor connections of this process are copied, and starting one
    after another was killed takes milliseconds. The server starts at once, so that its imports
    are done beside whatever comes before the first call.

    Args:
        count: processes, started as they are needed.
        preload: modules that the functions to be run live in, and modules that load what those
            functions share.
        memory_bytes: most address space of one worker; what asks for more gets a `MemoryError`.

    Yields:
        Nothing: `run` finds the pool.

    Raises:
        RuntimeError: a pool is open already.
    """
    global _open  # noqa: PLW0603 - see the module's docstring
    if _open is not None:
        raise RuntimeError("the workers are open already")
    context = _BareForkServer()
    context.set_forkserver_preload(list(preload))
    with _no_main_module():
        forkserver.ensure_running()
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


async def run(
    function: Callable[[Unpack[Arguments]], Result],
    *args: *Arguments,
    timeout: float,  # noqa: ASYNC109 - the worker is killed, not only no longer waited for
) -> Result:
    """Calls a function in a worker process.

    Args:
        function: a function of a module; it and its arguments travel by pickle.
        args: its arguments.
        timeout: seconds, from the moment a worker takes the call up, after which it is killed.

    Returns:
        What the function returns.

    Raises:
        WorkTimedOutError: the time ran out.
        WorkerDiedError: the worker died or ran out of memory.
        RuntimeError: no pool is open.
        Exception: whatever the function raises.
    """
    if _open is None:
        raise RuntimeError("no workers are open; see open_workers")
    # The first call waits until the server has imported its modules; the event loop must not.
    future = await asyncio.to_thread(_open.schedule, function, args=args, timeout=timeout)
    name = getattr(function, "__name__", "a function")
    try:
        result: Result = await asyncio.wrap_future(future)
    except FutureTimeoutError as error:
        raise WorkTimedOutError(f"{name} was killed after {timeout:g} seconds.") from error
    except (ProcessExpired, BrokenProcessPool, MemoryError) as error:
        told = " ".join(str(error).split()) or type(error).__name__
        raise WorkerDiedError(f"A worker died in {name}: {told}.") from error
    return result


def _limit_memory(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


class _BareProcess(ForkServerProcess):
    """A process that doesn't import this process's main module.

    The standard library has every new process import it, so that classes defined there can be
    unpickled. None of ours are, and under a Prefect worker the main module is Prefect's engine,
    which takes each process two to three seconds and 100 MB.
    """

    _lock = threading.Lock()

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - the standard library's name
        with _BareProcess._lock, _no_main_module():
            return ForkServerProcess._Popen(process_obj)  # noqa: SLF001


class _BareForkServer(ForkServerContext):
    Process = _BareProcess


@contextmanager
def _no_main_module() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
