"""The schedule runs by itself, a person can trigger a run, and a work pool can do the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import ROOT
from tests.prefect_server import free_port
from tests.site.small import SmallSite, small_site

pytestmark = pytest.mark.prefect

BIN = Path(sys.executable).parent
PATIENCE_SECONDS = 150


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[SmallSite]:
    with small_site(tmp_path / "wire") as served:
        yield served


@pytest.fixture
def environment(wire: SmallSite, tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "WIREHOUSE_BASE_URL": wire.base_url,
        "WIREHOUSE_DATA_DIR": str(tmp_path / "data"),
        "WIREHOUSE_REQUESTS_PER_SECOND": "0",
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(tmp_path / "prefect"),
    }


def completed_runs(data_dir: str) -> int:
    path = Path(data_dir) / "warehouse.duckdb"
    if not path.exists():
        return 0
    with duckdb.connect(path, read_only=True) as warehouse:
        question = "select count(*) from runs where status = 'completed'"
        ((count,),) = warehouse.sql(question).fetchall()
        return int(count)


def wait_until(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.5)
    return False


def test_serve_runs_on_schedule_and_when_triggered_and_ends_quietly(
    environment: dict[str, str],
) -> None:
    port = free_port()
    api_url = f"http://127.0.0.1:{port}/api"
    data_dir = environment["WIREHOUSE_DATA_DIR"]
    with subprocess.Popen(
        [BIN / "wirehouse", "serve", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            assert wait_until(lambda: completed_runs(data_dir) == 1), "the schedule never ran"
            triggered = subprocess.run(
                [BIN / "prefect", "deployment", "run", "ingest/scheduled", "--param=max_stories=5"],
                env=environment | {"PREFECT_API_URL": api_url},
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert triggered.returncode == 0, triggered.stderr
            assert wait_until(lambda: completed_runs(data_dir) == 2), "the trigger did nothing"
        finally:
            serving.send_signal(signal.SIGINT)
            out, told = serving.communicate(timeout=60)

    assert "Traceback" not in out + told
    assert f"http://127.0.0.1:{port}" in told


def test_the_deployment_of_prefect_yaml_runs_in_a_work_pool(
    environment: dict[str, str], api_url: str
) -> None:
    environment |= {"PREFECT_API_URL": api_url, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}

    def prefect(*arguments: str) -> None:
        done = subprocess.run(
            [BIN / "prefect", "--no-prompt", *arguments],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    prefect("work-pool", "create", "wirehouse", "--type", "process", "--overwrite")
    prefect("deploy", "--all")
    prefect("deployment", "schedule", "pause", "--all")
    prefect("deployment", "run", "ingest/scheduled")
    prefect("worker", "start", "--pool", "wirehouse", "--run-once", "--install-policy", "never")

    assert completed_runs(environment["WIREHOUSE_DATA_DIR"]) == 1
