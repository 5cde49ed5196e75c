"""Ends the program at a given place, as a power cut would; the program itself knows nothing of it.

Python imports this module by itself in every process that has this folder on its PYTHONPATH, worker
processes too. A place is where the program is about to leave something on disk: an event of the
interpreter (`open`, `rename`, `remove`, `mkdir`, `truncate`), a sync, a write to the archive, or a
commit or checkpoint of DuckDB, each with the product's function that does it and the step it does
it for. New code so has its places by itself.

`FATAL_LOG` names a file that gets a line for each place that is passed. `FATAL_PLACE`, `FATAL_TURN`
and `FATAL_MOMENT` say where to end: at the n-th time, `before` it is done, `amid` or `after`. What the
interpreter tells of in a worker ends the worker alone if it shall end amid or after.
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

WRITING = os.O_WRONLY | os.O_RDWR

AMID_SECONDS = 0.004
"""Longer than most of what is ended amid takes."""

_passed: Counter[str] = Counter()


def _frames(frame: FrameType | None) -> list[str]:
    """`module:function` of the product's functions on the stack, innermost first."""
    found: list[str] = []
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(PRODUCT):
            name = Path(path).relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            found.append(f"{name}:{frame.f_code.co_name}")
        elif not found and (not path.startswith(LIBRARY) or "site-packages" in path):
            return []  # a library's own doing
        frame = frame.f_back
    return found


def place_of(event: str, frame: FrameType | None) -> str | None:
    """The name of a place; `None` where the product isn't at work."""
    frames = _frames(frame)
    if not frames:
        return None
    steps = (one for one in frames if one.partition(":")[0].count(".") < 2)
    return f"{event} in {frames[0]} for {next(steps, 'nobody')}"


def end() -> None:
    """Ends the whole program, its workers with it, without a last word."""
    os.killpg(os.getpgrp(), signal.SIGKILL)


def passing(event: str) -> bool:
    """Notes that a place is passed; whether it is the one to end at, and not before."""
    place = place_of(event, sys._getframe(2))
    if place is None:
        return False
    _passed[place] += 1
    if log := os.environ.get("FATAL_LOG"):
        _note(log, place)
    if place != os.environ.get("FATAL_PLACE"):
        return False
    if _passed[place] != int(os.environ.get("FATAL_TURN", "1")):
        return False
    if os.environ.get("FATAL_MOMENT", "before") == "before":
        end()
    return True


def _note(log: str, place: str) -> None:
    descriptor = _open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.write(descriptor, f"{place}\n".encode())
    os.close(descriptor)


def ending(event, done):
    """A function with a place around it: it may be the last that the program does."""

    def around(*arguments, **named):
        if not passing(event):
            return done(*arguments, **named)
        if os.environ.get("FATAL_MOMENT") == "amid":
            if os.getpid() != os.getpgrp():
                end()  # an alarm would end a worker alone
            # Its default action ends the process in whatever native code it is.
            signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-6, AMID_SECONDS))
        result = done(*arguments, **named)
        end()
        return result

    return around


class TornFile(io.FileIO):
    """A file that the program can end in the middle of a write to."""

    def write(self, data):
        if not passing("write"):
            return super().write(data)
        if os.environ.get("FATAL_MOMENT") == "amid":
            data = data[: random.randrange(1, len(data))]
        super().write(data)
        end()
        return 0


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """For what the interpreter tells itself; it tells before it does."""
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"):
        done = passing(event.removeprefix("os."))
    elif event == "open" and arguments[0] != os.environ.get("FATAL_LOG") and arguments[2] & WRITING:
        done = passing("open")
    else:
        return
    if done:
        signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-6, AMID_SECONDS))


def _execute(connection, statement, *arguments, **named):
    text = statement if isinstance(statement, str) else statement.query
    if text.strip().lower().startswith(("checkpoint", "attach")):
        return _watched_execute(connection, statement, *arguments, **named)
    return _plain_execute(connection, statement, *arguments, **named)


_open = os.open

if "FATAL_LOG" in os.environ or "FATAL_PLACE" in os.environ:
    import duckdb

    Connection: Any = duckdb.DuckDBPyConnection
    _plain_execute = Connection.execute
    _watched_execute = ending("checkpoint", _plain_execute)
    Connection.commit = ending("commit", Connection.commit)
    Connection.close = ending("close", Connection.close)
    Connection.execute = _execute
    os.fsync = ending("sync", os.fsync)
    setattr(io, "FileIO", TornFile)  # noqa: B010
    sys.addaudithook(_watch)
