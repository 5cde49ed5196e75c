"""Runs and readers at the same time: no error for anyone, no row lost or doubled."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.chaos.kills import digest
from tests.command import Command
from tests.flows.conftest import Wirehouse
from tests.site.small import STORIES, SmallSite, small_site

pytestmark = pytest.mark.prefect

HOLD_LOCK = """
import sys
from pathlib import Path
from tasks.warehouse.locks import exclusive_lock
with exclusive_lock(Path(sys.argv[1]), wait_seconds=0):
    print("held", flush=True)
    input()
"""
ASK = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print("held", flush=True)
    while not sys.stdin.readline().startswith("end"):
        print(connection.execute("select count(*), max(version) from articles").fetchall(), flush=True)
"""


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("wire")) as served:
        yield served


@pytest.fixture
def settings(wire: SmallSite, tmp_path: Path) -> dict[str, Any]:
    return {
        "base_url": wire.base_url,
        "data_dir": tmp_path / "data",
        "requests_per_second": 0,
        "batch_pages": 2,
        "workers": 1,
    }


def test_two_ingests_that_start_together_make_what_one_makes(
    settings: dict[str, Any], api_url: str, tmp_path: Path
) -> None:
    one = Command(data_dir=settings.pop("data_dir"), api_url=api_url, settings=settings)
    alone = replace(one, data_dir=tmp_path / "alone")
    both = [one.start(), one.start()]
    output = [process.communicate(timeout=200) for process in both]

    assert [process.returncode for process in both] == [0, 0], output
    alone.run()
    assert digest(one.data_dir) == digest(alone.data_dir)


def test_an_ingest_and_a_reader_that_holds_the_warehouse_leave_each_other_alone(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any]
) -> None:
    first = wirehouse("ingest", **settings | {"max_stories": 5})
    assert first.returncode == 0, first.stderr
    path = settings["data_dir"] / "warehouse.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", ASK, str(path)], stdin=-1, stdout=-1, text=True, bufsize=1
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "held\n"

        done = wirehouse("ingest", **settings)

        assert done.returncode == 0, done.stderr
        reader.stdin.write("go on\n")
        assert reader.stdout.readline() == "[(5, 1)]\n"
        reader.communicate("end\n")
    assert reader.returncode == 0
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.table("articles").count("*").fetchall() == [(STORIES,)]


def test_a_late_run_says_for_whom_it_waited_and_leaves_its_batches_to_the_next(
    wirehouse: Wirehouse, settings: dict[str, Any]
) -> None:
    lock = settings["data_dir"] / "state" / "writer.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(lock)], stdin=-1, stdout=-1, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        late = wirehouse("ingest", **settings, writer_wait_seconds=1)

        assert late.returncode == 1
        assert f"in use by process {holder.pid} since 20" in late.stderr
        assert "Traceback" not in late.stderr
        holder.communicate("\n")
    done = wirehouse("ingest", **settings)
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(settings["data_dir"] / "warehouse.duckdb"), read_only=True) as made:
        assert made.table("articles").count("*").fetchall() == [(STORIES,)]
        stories = "select count(*), count(distinct article_id) from captures where article_id > 0"
        assert made.execute(stories).fetchall() == [(STORIES, STORIES)]
