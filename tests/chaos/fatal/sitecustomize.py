"""Ends the program at a given place, as a power cut would; the program itself has no part in it.

Python imports this module by itself in every process that has this folder on its PYTHONPATH, worker
processes too. A place is where the program is about to leave something on disk: an event of the
interpreter (`open`, `rename`, `remove`, `mkdir`, `truncate`), a sync, a write to the archive, or a
commit, close or checkpoint of DuckDB. Its name gives the product's function that does it and the
step it does it for: the innermost function of `flows/` or `tasks/*.py` on the stack, or where there
is none, as in threads and workers, the outermost of the product. New code has its places by itself.

`FATAL_LOG` names a file that gets a line for each place that is passed. `FATAL_PLACE`, `FATAL_TURN`
and `FATAL_MOMENT` say where to end: at the n-th time, `before`, `during` or `after` it. Events of the
interpreter come before the action, so `during` and `after` end a worker by a timer, and it alone.
"""

import io
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PRODUCT = (str(ROOT / "tasks"), str(ROOT / "flows"))
LIBRARY = (str(Path(os.__file__).parent), "<frozen", __file__)
EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate")
WRITING = os.O_WRONLY | os.O_RDWR
DURING_SECONDS = 0.004  # longer than most actions take

_passed: Counter[str] = Counter()
_open = os.open


def place_of(event: str, frame: FrameType | None) -> str | None:
    """The name of a place; `None` for what a library does on its own account."""
    functions: list[str] = []
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(PRODUCT):
            name = Path(path).relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            functions.append(f"{name}:{frame.f_code.co_name}")
        elif not functions and (not path.startswith(LIBRARY) or "site-packages" in path):
            return None
        frame = frame.f_back
    if not functions:
        return None
    steps = (one for one in functions if one.partition(":")[0].count(".") < 2)
    return f"{event} in {functions[0]} for {next(steps, functions[-1])}"


def end() -> None:
    """End the whole program, its workers with it, without a last word."""
    os.killpg(os.getpgrp(), signal.SIGKILL)


def set_timer() -> None:
    # Its default action ends the process in whatever native code it is.
    signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-6, DURING_SECONDS))


def passing(event: str) -> bool:
    """Record that a place is passed; whether it is the one to end at, and not before."""
    place = place_of(event, sys._getframe(2))
    if place is None:
        return False
    _passed[place] += 1
    if log := os.environ.get("FATAL_LOG"):
        descriptor = _open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(descriptor, f"{place}\n".encode())
        os.close(descriptor)
    if place != os.environ.get("FATAL_PLACE"):
        return False
    if _passed[place] != int(os.environ.get("FATAL_TURN", "1")):
        return False
    if os.environ.get("FATAL_MOMENT", "before") == "before":
        end()
    return True


def watch(event, action):
    """A function with a place around it: it may be the last that the program does."""

    def watched(*arguments, **named):
        if not passing(event):
            return action(*arguments, **named)
        if os.environ.get("FATAL_MOMENT") == "during":
            if os.getpid() != os.getpgrp():
                end()  # a timer would end a worker alone
            set_timer()
        result = action(*arguments, **named)
        end()
        return result

    return watched


class TornFile(io.FileIO):
    """A file that the program can end in the middle of a write to."""

    def write(self, data):
        if not passing("write"):
            return super().write(data)
        if os.environ.get("FATAL_MOMENT") == "during":
            data = data[: random.randrange(1, len(data))]
        super().write(data)
        end()
        return 0


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    """For what the interpreter reports itself, before it happens."""
    if event == "open":
        if arguments[0] == os.environ.get("FATAL_LOG") or not arguments[2] & WRITING:
            return
    elif event not in EVENTS:
        return
    if passing(event.removeprefix("os.")):
        set_timer()


if "FATAL_LOG" in os.environ or "FATAL_PLACE" in os.environ:
    import duckdb

    Connection: Any = duckdb.DuckDBPyConnection
    plain_execute = Connection.execute
    watched_execute = watch("checkpoint", plain_execute)

    def execute(connection, statement, *arguments, **named):
        text = statement if isinstance(statement, str) else statement.query
        is_watched = text.strip().lower().startswith(("checkpoint", "attach"))
        run = watched_execute if is_watched else plain_execute
        return run(connection, statement, *arguments, **named)

    Connection.commit = watch("commit", Connection.commit)
    Connection.close = watch("close", Connection.close)
    Connection.execute = execute
    os.fsync = watch("sync", os.fsync)
    setattr(io, "FileIO", TornFile)  # noqa: B010
    sys.addaudithook(audit)
