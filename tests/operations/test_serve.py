"""The schedule: it goes on after every kind of stop, ends when asked to, and is served only once."""

import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.command import Command
from tests.operations.conftest import Serve
from tests.operations.served import Served
from tests.site.server import Visit
from tests.site.small import STORIES, SmallSite

pytestmark = pytest.mark.operations

Stop = Callable[[Served], object]

# What ends it with a message, within 15 seconds.
SIGNALS: dict[str, Stop] = {
    "SIGTERM": lambda served: served.process.terminate(),
    "SIGTERM to the group": lambda served: os.killpg(served.process.pid, signal.SIGTERM),
    "SIGINT to the group": lambda served: os.killpg(served.process.pid, signal.SIGINT),
    "SIGHUP to the group": lambda served: os.killpg(served.process.pid, signal.SIGHUP),
}
# What gives it no time for anything.
KILLS: dict[str, Stop] = {
    "SIGKILL": lambda served: served.process.kill(),
    "SIGKILL of everything": lambda served: served.kill(),
}


@pytest.fixture
def stalled(site: SmallSite) -> SmallSite:
    """The site, which leaves every request for a second half of its stories without a response."""

    async def stall(visit: Visit) -> None:
        await visit.wait_until_left()

    for path in site.story_paths[STORIES // 2 :]:
        site.on(path, stall)
    return site


def wait_until_stalled(served: Served, site: SmallSite) -> None:
    before = len(site.visits)
    served.wait_for(
        "a request that stalls", lambda: any(one in site.scripts for one in site.paths[before:])
    )


@pytest.mark.timeout(900)  # it starts seven times
def test_the_next_turn_runs_after_every_kind_of_stop(serve: Serve, stalled: SmallSite) -> None:
    for name, stop in (SIGNALS | KILLS).items():
        served = serve(timeout_seconds=100, deadline_seconds=200, concurrency=1)
        wait_until_stalled(served, stalled)
        started = time.monotonic()
        stop(served)
        served.process.wait(timeout=60)
        served.wait_until_ended()

        assert time.monotonic() - started < 15, name
        if name in SIGNALS:
            assert served.process.returncode == 0, name
            assert served.output.splitlines()[3:] == [
                "The schedule has ended. What a run had fetched is kept for the next one."
            ], name
            assert served.flow_runs()[-1][1] == "CRASHED", name

    # As if the machine had been off for two turns.
    with closing(sqlite3.connect(served.data_dir / "state/prefect/prefect.db")) as prefect, prefect:
        prefect.execute("update flow_run set next_scheduled_start_time = '2026-01-01 00:00:00' "
                        "where state_type = 'SCHEDULED'")  # fmt: skip
    stalled.scripts.clear()
    served = serve()
    served.wait_until("COMPLETED")

    states = Counter(state for _, state, _ in served.flow_runs())
    states.pop("CANCELLED", None)  # a turn of the time that nothing was served
    assert states == {"CRASHED": len(SIGNALS | KILLS), "COMPLETED": 1}
    with duckdb.connect(served.data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.sql("select count(*), count(distinct article_id), max(version) "
                             "from articles").fetchall() == [(STORIES, STORIES, 1)]  # fmt: skip
        assert warehouse.sql("select status, count(*) from runs group by all order by all").fetchall(
        ) == [("completed", 1), ("failed", len(SIGNALS | KILLS))]  # fmt: skip
    assert served.stop() < 15


def test_a_second_schedule_is_refused_by_name(serve: Serve, tmp_path: Path) -> None:
    first = serve()
    first.wait_until_serving()
    refused = [
        serve(),
        serve(tmp_path / "other", port=first.port),
        serve(tmp_path / "third", env={"PREFECT_API_URL": f"{first.url}/api"}),
    ]
    for served in refused:
        assert served.process.wait(timeout=60) == 1
        assert served.output.count("\n") == 1, served.output
    same_folder, same_port, same_server = (served.output for served in refused)

    by = f"by process {first.process.pid}"
    assert f"The schedule of {first.data_dir} is served already, {by} since 20" in same_folder
    assert f"can't have port {first.port}: Address already in use, {by}" in same_port
    assert "has a deployment ingest/scheduled that another" in same_server
    assert f"{first.data_dir}" in same_server
    first.wait_until("COMPLETED")


def test_a_run_that_is_cancelled_in_the_pages_ends_as_cancelled(
    serve: Serve, stalled: SmallSite
) -> None:
    served = serve(timeout_seconds=100, deadline_seconds=200)
    wait_until_stalled(served, stalled)
    ((run_id, *_),) = served.flow_runs("RUNNING")

    served.prefect("flow-run", "cancel", run_id)

    served.wait_until("CANCELLED")
    assert served.stop() < 15
    assert "Traceback" not in served.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_an_ingest_that_is_stopped_leaves_one_line_and_no_process(
    number: signal.Signals, stalled: SmallSite, tmp_path: Path
) -> None:
    settings = {"base_url": stalled.base_url, "timeout_seconds": 100, "deadline_seconds": 200}
    ingest = Served.run_command(
        Command(data_dir=tmp_path / "data", api_url=None, arguments=("ingest",), settings=settings)
    )
    wait_until_stalled(ingest, stalled)

    assert ingest.stop(number) < 15

    if number is signal.SIGKILL:
        assert ingest.output == ""
    else:
        assert ingest.process.returncode == 1
        assert ingest.output == (
            "wirehouse: interrupted. Nothing is lost: run it again to continue.\n"
        )
