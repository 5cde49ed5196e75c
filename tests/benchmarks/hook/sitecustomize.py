"""Logs each function of the product that a process enters, and each SQL file that it opens.

Python imports this module by itself in every process that has this folder on its PYTHONPATH, worker
processes too. Each process appends to its own file in `FOOTPRINT_LOGS`; `FOOTPRINT_ROOT` is the
repository. Module and class bodies and comprehensions are not counted as functions.
"""

import os
import sys
import threading
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT, LOGS = os.environ.get("FOOTPRINT_ROOT", ""), os.environ.get("FOOTPRINT_LOGS", "")
PRODUCT = tuple(str(Path(ROOT) / name) + os.sep for name in ("flows", "tasks"))
_seen: set[CodeType] = set()


def profile(frame: FrameType, event: str, _argument: Any) -> None:
    code = frame.f_code
    if event != "call" or code in _seen:
        return
    _seen.add(code)
    is_function = code.co_flags & CO_OPTIMIZED and not code.co_name.startswith("<")
    if is_function and code.co_filename.startswith(PRODUCT):
        _log(code.co_filename, code.co_qualname)


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and str(arguments[0]).endswith(".sql"):
        _log(str(arguments[0]), "")


def _log(path: str, name: str) -> None:
    with (Path(LOGS) / str(os.getpid())).open("a") as log:
        log.write(f"{os.path.relpath(path, ROOT)}\t{name}\n")


if ROOT:
    sys.addaudithook(audit)
    threading.setprofile(profile)
    sys.setprofile(profile)
