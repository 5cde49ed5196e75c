"""How a process of Wirehouse ends before its work does."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import resource_tracker
from types import FrameType
from typing import Any


@contextmanager
def interruptible() -> Iterator[None]:
    """Have Ctrl-C raise in the block, where it ends the process silently before and after."""
    is_silent = signal.getsignal(signal.SIGINT) is signal.SIG_DFL  # see flows.__main__
    if is_silent:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        if is_silent:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupt_on_signals() -> None:
    """Have SIGTERM and SIGHUP end this process as Ctrl-C does; a SIGHUP that is ignored stays so.

    Prefect's own handler raises at whatever the event loop is doing, where the exception may be
    lost; SIGINT cancels the main task.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as scripts start background jobs
        signal.signal(signal.SIGINT, signal.default_int_handler)
    numbers = [
        number
        for number in (signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) is not signal.SIG_IGN
    ]
    for number in numbers:
        signal.signal(number, signal.SIG_IGN)
    # Python's resource tracker inherits that; it must outlive every other process.
    resource_tracker.ensure_running()
    for number in numbers:
        signal.signal(number, lambda *_: signal.raise_signal(signal.SIGINT))
    cancel = signal.getsignal(signal.SIGINT)
    if multiprocessing.parent_process() is not None and callable(cancel):
        signal.signal(signal.SIGINT, partial(_interrupt_once, cancel))


def _interrupt_once(cancel: Callable[[int, FrameType | None], Any], *signalled: Any) -> None:
    # A signal to the whole group is followed by one of Prefect's runner, and a second SIGINT raises
    # at whatever the event loop is doing. SIG_IGN would have Python report one that is on its way.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    cancel(*signalled)


def end_with_parent() -> None:
    """End this process when the one that spawned it, and serves its API, has ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_after_parent() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_after_parent, daemon=True).start()
