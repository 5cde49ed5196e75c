"""A WARC file far larger than memory should be is streamed, whatever way it is compressed."""

import gzip
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.sql.records import STORY
from tests.unit.archive.foreign_warc import PAGE, Record, write_warc

ROOT = Path(__file__).resolve().parents[2]
FILLING = 400 << 20
MAX_GROWTH = 64 << 20  # of the process's memory, beyond what it takes to start

IMPORT = r"""
import re, sys
from pathlib import Path
from tasks.import_warc import warc_units
from tasks.units import archive_unit
from tests.sql.records import make_run

def peak():
    return int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024

started = peak()
run = make_run(Path(sys.argv[1]))
((unit,), _) = warc_units([sys.argv[2]])
receipt = archive_unit(run, unit, run.paths.fetched)
print(receipt.pages, sum(receipt.skipped.values()), peak() - started)
"""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["records", "one", "plain"])
def test_a_large_file_is_imported_in_little_memory(tmp_path, form):
    path = tmp_path / "crawl.warc.gz"
    open_file = partial(gzip.open, compresslevel=1) if form == "one" else open
    with open_file(path, "wb") as out:
        for number in range(4):
            filling = os.urandom(1 << 20) * (FILLING >> 22)
            films = Record(url="https://films.example/one", body=filling)
            ours = Record(url=f"https://menafn.com/{STORY + number}/x", body=PAGE)
            packing = "records" if form == "records" else "plain"
            out.write(write_warc(tmp_path / "part", films, ours, form=packing).read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, tmp_path / "data", path],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported, skipped, growth = map(int, done.stdout.split())
    assert (imported, skipped) == (4, 4)
    assert growth < MAX_GROWTH
