"""Kills the `wirehouse` command at a place or a time, and says what another run then finds."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tasks.archive.reader import WarcScan, read_record
from tasks.core.paths import DataPaths
from tasks.core.urls import story_id
from tasks.warehouse.fingerprint import contents_of

FATAL = Path(__file__).parent / "fatal"
ROOT = Path(__file__).resolve().parents[2]
PATHS = os.pathsep.join((str(FATAL), str(ROOT)))
MOMENTS = ("before", "amid", "after")


@dataclass(frozen=True, kw_only=True)
class Kill:
    """Where a run ends: at a place, or `seconds` after it was started."""

    place: str = ""
    turn: int = 1
    moment: str = "before"
    seconds: float = 0.0

    @property
    def variables(self) -> dict[str, str]:
        """What `tests/flows/fatal` is told."""
        if not self.place:
            return {}
        return {
            "PYTHONPATH": PATHS,
            "FATAL_PLACE": self.place,
            "FATAL_TURN": str(self.turn),
            "FATAL_MOMENT": self.moment,
        }


@dataclass(frozen=True, kw_only=True)
class Command:
    """One `wirehouse` command over one data folder, to be run as often as need be."""

    arguments: tuple[str, ...]
    data_dir: Path
    variables: dict[str, str]

    def run(self) -> "subprocess.CompletedProcess[str]":
        """Undisturbed, to its end."""
        return subprocess.run(
            self._line(), env=self._environment(), capture_output=True, text=True, check=False
        )

    def started(self) -> "subprocess.Popen[str]":
        """Undisturbed, and not waited for."""
        return subprocess.Popen(
            self._line(), env=self._environment(), stdout=-1, stderr=-1, text=True
        )

    def recorded(self) -> Counter[str]:
        """Undisturbed; gives the places that it passed, each with how often."""
        log = self.data_dir.with_name(f"{self.data_dir.name}.places")
        environment = self._environment() | {"PYTHONPATH": PATHS, "FATAL_LOG": str(log)}
        subprocess.run(self._line(), env=environment, capture_output=True, check=True)
        return Counter(log.read_text().splitlines())

    def killed(self, kill: Kill) -> bool:
        """Runs until it is killed; whether it was, or came to its end before."""
        with subprocess.Popen(
            self._line(),
            env=self._environment() | kill.variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            if kill.seconds:
                time.sleep(kill.seconds)
            else:
                process.wait(timeout=120)
            _end_group(process.pid)
        return process.returncode in (-signal.SIGKILL, -signal.SIGALRM)

    def _line(self) -> list[str]:
        return [str(Path(sys.executable).with_name("wirehouse")), *self.arguments]

    def _environment(self) -> dict[str, str]:
        return os.environ | self.variables | {"WIREHOUSE_DATA_DIR": str(self.data_dir)}


def kills_at(places: Counter[str], *, seed: int) -> list[Kill]:
    """Every place at every moment: at its first time, its last, and one in between."""
    choose = random.Random(seed)
    kills = [
        Kill(place=place, turn=turn, moment=moment)
        for place, times in sorted(places.items())
        for moment, turn in zip(
            choose.sample(MOMENTS, 3), (1, times, choose.randint(1, times)), strict=True
        )
    ]
    choose.shuffle(kills)
    return kills


def digest(data_dir: Path) -> dict[str, Any]:
    """What the published warehouse says, by table."""
    path = DataPaths(data_dir=data_dir).warehouse
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return {one.table: (one.rows, one.digest) for one in contents_of(connection).tables}


def flaws(data_dir: Path) -> list[str]:
    """What a warehouse and its archive would be blamed for, whatever runs have made them."""
    return [*_flaws_of_archive(data_dir), *_flaws_of_folders(data_dir)]


def _flaws_of_archive(data_dir: Path) -> list[str]:
    """Rows that point at no record, records that no row points at, stories fetched twice."""
    paths = DataPaths(data_dir=data_dir)
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select capture_id, warc_path, warc_offset, payload_sha256 from captures"
        ).fetchall()
    found = []
    for capture_id, warc_path, offset, sha256 in rows:
        record = read_record(data_dir / warc_path, offset)
        if (record.capture_id, hashlib.sha256(record.body).hexdigest()) != (capture_id, sha256):
            found.append(f"{warc_path} has another record at {offset}")
    known = {row[0] for row in rows}
    asked: Counter[int | None] = Counter()
    for path in paths.raw.rglob("*.warc.gz"):
        scan = WarcScan(path)
        for archived in scan:
            asked[story_id(archived.url)] += 1
            if archived.capture_id not in known:
                found.append(f"no row points at {archived.url} in {path.name}")
        if scan.damage:
            found.append(f"{path.name} is torn at {scan.damage.offset}")
    return found + [f"{one} was fetched {n} times" for one, n in asked.items() if one and n > 1]


def _flaws_of_folders(data_dir: Path) -> list[str]:
    """What should be gone and isn't."""
    paths = DataPaths(data_dir=data_dir)
    stages = (paths.fetched, paths.read, paths.staged, paths.runs)
    left = [path for stage in stages if stage.is_dir() for path in stage.iterdir()]
    left += [path for path in data_dir.rglob("*.part") if path not in left]
    return [f"{path.relative_to(data_dir)} was left behind" for path in left]


def _end_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
