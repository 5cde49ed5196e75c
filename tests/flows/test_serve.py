"""The schedule runs by itself, and a person can trigger a run."""

import os
import shlex
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.conftest import ROOT, select
from tests.flows.pages import shell_lines
from tests.prefect_server import free_port

pytestmark = pytest.mark.prefect

PATIENCE_SECONDS = 150


def environment_in(folder, site):
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "WIREHOUSE_BASE_URL": site.base_url,
        "WIREHOUSE_DATA_DIR": str(folder / "data"),
        "WIREHOUSE_REQUESTS_PER_SECOND": "0",
        "WIREHOUSE_WORKERS": "1",
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }


@dataclass(frozen=True, kw_only=True)
class Served:
    folder: Path
    port: str
    environment: dict[str, str]
    process: "subprocess.Popen[str]"


@pytest.fixture(scope="module", autouse=True)
def served(session_site, tmp_path_factory):
    """`wirehouse serve`, started first of all, since the schedule's first run waits 30 seconds."""
    folder, port = tmp_path_factory.mktemp("served"), str(free_port())
    environment = environment_in(folder, session_site)
    [serve] = [line for line in shell_lines("README.md") if "wirehouse serve" in line]
    with subprocess.Popen(
        [*shlex.split(serve, comments=True), "--port", port],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield Served(folder=folder, port=port, environment=environment, process=process)
        process.kill()


def completed_runs(data_dir):
    if not (data_dir / "warehouse.duckdb").exists():
        return 0
    return select(data_dir, "select count(*) from runs where status = 'completed'")[0][0]


def wait_until_completed(data_dir, count):
    until = time.monotonic() + PATIENCE_SECONDS
    while completed_runs(data_dir) < count:
        assert time.monotonic() < until, f"run {count} never completed"
        time.sleep(0.2)


def test_serve_runs_on_schedule_and_when_triggered_as_shown(served):
    [trigger] = [line for line in shell_lines("README.md") if "deployment run" in line]
    wait_until_completed(served.folder / "data", 1)

    subprocess.run(
        trigger.replace("4200", served.port),
        shell=True,
        env=served.environment,
        cwd=ROOT,
        check=True,
    )
    wait_until_completed(served.folder / "data", 2)

    served.process.send_signal(signal.SIGINT)
    stdout, stderr = served.process.communicate(timeout=60)
    assert "Traceback" not in stdout + stderr
    assert f"http://127.0.0.1:{served.port}" in stderr
