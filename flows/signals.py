"""How a process of Wirehouse ends before its work does."""

import multiprocessing
import os
import signal
import threading
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from types import FrameType


def interrupt_on_signals() -> None:
    """Have SIGTERM and SIGHUP end this process as Ctrl-C does; a SIGHUP that is ignored stays so.

    Prefect's own handler raises at whatever the event loop is doing, where the exception may be
    lost; SIGINT cancels the main task.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as scripts start background jobs
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            # Python's resource tracker inherits this; it must outlive every other process.
            signal.signal(number, signal.SIG_IGN)
            resource_tracker.ensure_running()
            signal.signal(number, _interrupt)


def end_with_parent() -> None:
    """End this process when the one that spawned it has ended, however that ended.

    The Prefect server that a run reports to is gone then; the next run recovers what it fetched.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
