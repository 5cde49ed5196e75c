"""The processes that a measurement runs: the wire, a Prefect server, an ingest under watch."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WIREHOUSE = Path(sys.executable).with_name("wirehouse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One ingest, seen from outside.

    Attributes:
        summary: what it printed with `--json`.
        wall_seconds: from starting the process to its end.
        peak_bytes: most memory its process tree held at once: proportional set size; 0 where
            nobody looked.
    """

    summary: dict[str, Any]
    wall_seconds: float
    peak_bytes: int


@contextmanager
def wire(warc: Path) -> Iterator[str]:
    """The wire of a WARC file, served by a process of its own; gives its base URL."""
    command = [sys.executable, "-m", "tasks.archive.sample_site", str(warc)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def ingest(
    base_url: str, data_dir: Path, *, api_url: str | None, watched: bool = False, **settings: str
) -> Pass:
    """Run `wirehouse ingest --json`.

    Args:
        base_url: the wire.
        data_dir: the warehouse's folder.
        api_url: a running Prefect server; `None` lets the command start its own.
        watched: whether to sample its memory, which takes it a twentieth of its speed.
        settings: further `WIREHOUSE_*` settings, by their lower-case names.

    Returns:
        What it said and what it took.

    Raises:
        RuntimeError: it failed; the text is what it said.
    """
    environment = os.environ | {
        "WIREHOUSE_BASE_URL": base_url,
        "WIREHOUSE_DATA_DIR": str(data_dir),
        "WIREHOUSE_REQUESTS_PER_SECOND": "0",
        "WIREHOUSE_WORKERS": "2",
        **({"PREFECT_API_URL": api_url} if api_url else {}),
        **{f"WIREHOUSE_{name.upper()}": value for name, value in settings.items()},
    }
    started = time.perf_counter()
    with subprocess.Popen(
        [str(WIREHOUSE), "ingest", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        peak = _Peak(command.pid) if watched else None
        out, told = command.communicate()
        seconds = time.perf_counter() - started
    if command.returncode:
        raise RuntimeError(f"the ingest left with {command.returncode}: {told}")
    summary = json.loads(out.strip().splitlines()[-1])
    return Pass(summary=summary, wall_seconds=seconds, peak_bytes=peak.highest() if peak else 0)


class _Peak:
    """Samples what a process and its descendants hold, ten times a second, until it ends."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._highest = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def highest(self) -> int:
        self._thread.join()
        return self._highest

    def _watch(self) -> None:
        while held := sum(_proportional_bytes(pid) for pid in _tree(self._pid)):
            self._highest = max(self._highest, held)
            time.sleep(0.1)


def _tree(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting.extend(map(int, _text(children).split()))
    return found


def _proportional_bytes(pid: int) -> int:
    for line in _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process ended meanwhile
        return ""
