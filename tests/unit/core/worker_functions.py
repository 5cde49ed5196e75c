"""Functions for worker processes to run in tests."""

import os
import signal
import sys
import time


def add(one: int, other: int) -> int:
    return one + other


def sleep(seconds: float) -> None:
    time.sleep(seconds)


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
