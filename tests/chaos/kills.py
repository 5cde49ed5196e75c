"""Kills the `wirehouse` command at a place or a time, and says what another run then finds."""

import hashlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tasks.archive.reader import WarcScan, read_record
from tasks.core.paths import DataPaths
from tasks.core.urls import story_id
from tasks.warehouse.connect import open_read_only
from tasks.warehouse.fingerprint import contents_of
from tests.command import Command

ROOT = Path(__file__).resolve().parents[2]
PATHS = os.pathsep.join((str(Path(__file__).parent / "fatal"), str(ROOT)))
MOMENTS = ("before", "during", "after")


@dataclass(frozen=True, kw_only=True)
class Kill:
    """Where a run ends: at a place, or `seconds` after its start."""

    place: str = ""
    turn: int = 1
    moment: str = "before"
    seconds: float = 0.0


def record_places(command: Command) -> Counter[str]:
    """Run to the end; the places that were passed, each with how often."""
    log = command.data_dir.with_name(f"{command.data_dir.name}.places")
    command.run(env={"PYTHONPATH": PATHS, "FATAL_LOG": str(log)})
    return Counter(log.read_text().splitlines())


def run_and_kill(command: Command, kill: Kill) -> bool:
    """Run until the kill; false if the run came to its end before."""
    variables = {
        "PYTHONPATH": PATHS,
        "FATAL_PLACE": kill.place,
        "FATAL_TURN": str(kill.turn),
        "FATAL_MOMENT": kill.moment,
    }
    with command.start(
        env=variables if kill.place else {},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            if kill.seconds:
                time.sleep(kill.seconds)
            else:
                process.wait(timeout=120)
            os.killpg(process.pid, signal.SIGKILL)  # its workers too
        except ProcessLookupError:
            pass
    return process.returncode in (-signal.SIGKILL, -signal.SIGALRM)


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
    """Rows and digest of each table of the published warehouse."""
    path = DataPaths(data_dir=data_dir).warehouse
    with closing(open_read_only(path)) as connection:
        return {one.table: (one.rows, one.digest) for one in contents_of(connection).tables}


def flaws(data_dir: Path) -> list[str]:
    """What is wrong in a data folder, whatever runs have made it.

    Rows that point at no record, records that no row points at, stories fetched twice, damaged
    archives, and files of interrupted runs.
    """
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
    fetched: Counter[int | None] = Counter()
    for path in paths.raw.rglob("*.warc.gz"):
        scan = WarcScan(path)
        for archived in scan:
            fetched[story_id(archived.url)] += 1
            if archived.capture_id not in known:
                found.append(f"no row points at {archived.url} in {path.name}")
        if scan.damage:
            found.append(f"{path.name} is damaged at {scan.damage.offset}")
    found += [
        f"{one} was fetched {count} times" for one, count in fetched.items() if one and count > 1
    ]
    stages = (paths.fetched, paths.read, paths.staged, paths.runs)
    left = {path for stage in stages if stage.is_dir() for path in stage.iterdir()}
    left |= set(data_dir.rglob("*.part"))
    return found + [f"{path.relative_to(data_dir)} was left behind" for path in sorted(left)]
