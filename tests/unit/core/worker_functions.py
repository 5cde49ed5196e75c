"""Functions for worker processes to run in tests."""

import hashlib
import os
import signal
import sys
import time
from pathlib import Path


def add(one: int, other: int) -> int:
    return one + other


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def spin() -> None:
    while True:
        pass


def spin_in_c() -> None:
    hashlib.pbkdf2_hmac("sha256", b"", b"", (1 << 31) - 1)


def compute(file: str, seconds: float) -> float:
    """Use processor time; the file gets the id of the process."""
    Path(file).write_text(str(os.getpid()))
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
    return time.process_time() - start


def leave() -> None:
    os._exit(7)


def devour(gigabytes: int) -> int:
    return len(bytearray(gigabytes << 30))


def refuse(word: str) -> None:
    raise ValueError(word)


def ignores_interrupts() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def has_imported(module: str) -> bool:
    return module in sys.modules


def recognisers_loaded() -> int:
    choice = sys.modules.get("tasks.entities.recogniser")
    return choice.choose_recogniser.cache_info().currsize if choice else 0
