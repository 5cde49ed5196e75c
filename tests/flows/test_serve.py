"""The schedule runs by itself, and a person can trigger a run."""

import os
import shlex
import signal
import subprocess

import pytest

from tests.command import Command
from tests.flows.conftest import ROOT, select
from tests.flows.pages import shell_lines
from tests.operations.served import QUICK_SETTINGS, Served
from tests.prefect_server import free_port

pytestmark = pytest.mark.prefect


def test_serve_runs_on_schedule_and_when_triggered_as_shown(site, tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    [serve] = [line for line in shell_lines("README.md") if "wirehouse serve" in line]
    [trigger] = [line for line in shell_lines("README.md") if "deployment run" in line]
    program, *arguments = shlex.split(serve, comments=True)
    port = free_port()
    command = Command(
        data_dir=tmp_path / "data",
        api_url=None,
        arguments=(*arguments, "--port", str(port)),
        settings=QUICK_SETTINGS | {"base_url": site.base_url},
        program=(ROOT / program,),
    )
    served = Served.run_command(command, port=port)
    try:
        served.wait_until("COMPLETED")
        environment = os.environ | {"PREFECT_HOME": str(tmp_path / "home"), "DO_NOT_TRACK": "1"}
        shown = trigger.replace("4200", str(port))
        subprocess.run(shown, shell=True, env=environment, cwd=ROOT, check=True)
        served.wait_until("COMPLETED", 2)
        statuses = select(command.data_dir, "select status from runs")
        assert statuses == [("completed",)] * 2
        served.stop(signal.SIGINT)
    finally:
        served.kill()
    assert "Traceback" not in served.output
    assert served.url in served.output
