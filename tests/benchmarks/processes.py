"""The processes that a measurement runs: the site, and ingests of it."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.warehouses import fill
from tests.command import Command
from tests.site.build import build_site
from tests.site.calendar import FIRST_AT

PAGE_KB = (60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """One ingest, seen from outside."""

    summary: dict[str, Any]  # what it printed with `--json`
    wall_seconds: float  # from starting the process to its end
    processor_seconds: float  # of its process tree, up to a moment before its end
    peak_bytes: int  # the most that its process tree held at once, as proportional set size

    @property
    def seconds(self) -> float:
        """What the run took, without the start of Python and Prefect."""
        return float(self.summary["seconds"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where a measurement works: an empty folder, a Prefect server, and a share of full size."""

    folder: Path
    warehouses: Path  # filled ones are kept here
    api_url: str
    scale: float
    known: int  # stories in the largest warehouse of `scale`

    @property
    def rounds(self) -> int:
        """How often things are done in turn."""
        return 3 if self.scale >= 1 else 1

    def count(self, full: int) -> int:
        """That many at this scale."""
        return max(round(full * self.scale), 1)

    def filled(self, count: int) -> Path:
        """The data folder of a warehouse with so many stories, which all measures share."""
        folder = self.warehouses / f"filled-{count}"
        return folder if folder.exists() else fill(folder, count)

    def warc(self, count: int, *, first_at: datetime = FIRST_AT, name: str = "site") -> Path:
        """The capture of a site of so many stories."""
        target = self.folder / name
        return build_site(target, count=count, page_kb=PAGE_KB, first_at=first_at).warc

    def ingest(
        self,
        base_url: str,
        data_dir: str | Path,
        *arguments: str,
        watch: bool = False,
        cores: Collection[int] | None = None,
        **settings: Any,
    ) -> Ingest:
        """Run `wirehouse ingest`, or what else; watching its memory takes a twentieth of its speed.

        All its processes run on those `cores`, if any.
        """
        command = Command(
            data_dir=self.folder / data_dir,
            api_url=self.api_url,
            arguments=(*(arguments or ("ingest",)), "--json"),
            settings={"base_url": base_url, "requests_per_second": 0, "workers": 2} | settings,
        )
        peaks: list[int] = []
        used = [0.0]
        started = time.perf_counter()
        with command.start() as process:
            if cores:
                os.sched_setaffinity(process.pid, cores)
            if watch:
                threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True).start()
            threading.Thread(target=_watch_use, args=(process, used), daemon=True).start()
            out, err = process.communicate()
        seconds = time.perf_counter() - started
        if process.returncode:
            raise RuntimeError(f"the ingest ended with {process.returncode}: {err}")
        summary = json.loads(out.strip().splitlines()[-1])
        return Ingest(
            summary=summary,
            wall_seconds=seconds,
            processor_seconds=max(used),
            peak_bytes=max(peaks, default=0),
        )


def processor_seconds(root: int) -> float:
    """What a process tree has used so far, with those of its processes that have ended."""
    seconds = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(root)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a worker that was replaced meanwhile
                seconds += sum(one.cpu_times()[:4])
    return seconds


@contextmanager
def serve(warc: Path) -> Iterator[str]:
    """The site of a capture, in a process of its own; gives its base URL."""
    command = [sys.executable, "-m", "tasks.archive.sample_site", str(warc)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def _watch(root: int, peaks: list[int]) -> None:
    """Sample what a process and its descendants hold, ten times a second, until it ends."""
    while True:
        held, waiting = 0, [root]
        while waiting:
            process = Path(f"/proc/{waiting.pop()}")
            for line in _text(process / "smaps_rollup").splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1]) * 1024
            for children in (process / "task").glob("*/children"):
                waiting.extend(map(int, _text(children).split()))
        if not held:
            return
        peaks.append(held)
        time.sleep(0.1)


def _watch_use(process: subprocess.Popen[str], used: list[float]) -> None:
    while process.poll() is None:
        used.append(processor_seconds(process.pid))
        time.sleep(0.2)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process ended meanwhile
        return ""
