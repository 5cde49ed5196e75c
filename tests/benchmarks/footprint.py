"""How much code and SQL one article goes through: what an ingest of one story enters and opens."""

import os
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import Bench, serve
from tests.command import Command

ROOT = Path(__file__).parents[2]
HOOK = Path(__file__).with_name("hook")


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """Files and functions (`(file, qualified name)`) of `flows/` and `tasks/`, and SQL files."""

    files: set[str]
    functions: set[tuple[str, str]]
    sql_files: set[str]  # of `sql/load`
    detail: str


def measure_footprint(bench: Bench) -> Footprint:
    """Ingest a site of one story in a new data folder; what parent and workers entered."""
    logs = bench.folder / "logs"
    logs.mkdir()
    hook = {
        "PYTHONPATH": os.pathsep.join((str(HOOK), str(ROOT))),
        "FOOTPRINT_ROOT": str(ROOT),
        "FOOTPRINT_LOGS": str(logs),
    }
    with serve(bench.warc(1)) as base_url:
        settings = {"base_url": base_url, "requests_per_second": 0, "workers": 1}
        command = Command(data_dir=bench.folder / "data", api_url=bench.api_url, settings=settings)
        with command.start(env=hook) as process:
            _, err = process.communicate()
    # A site of one story has empty listing pages, of which the run says so.
    assert process.returncode == 0 or "listing pages gave nothing" in err, err
    entered: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    opened: set[str] = set()
    for log in logs.iterdir():
        for line in log.read_text().splitlines():
            path, name = line.split("\t")
            if name:
                entered[log.name == str(process.pid)].add((path, name))
            else:
                opened.add(path)
    sides = {"parent": entered[True], "workers": entered[False]}
    functions = entered[True] | entered[False]
    return Footprint(
        files={path for path, _ in functions},
        functions=functions,
        sql_files={path for path in opened if path.startswith("sql/load/")},
        detail=", ".join(
            f"{side}: {len({path for path, _ in found})} files, {len(found)} functions"
            for side, found in sides.items()
        ),
    )
