"""The schedule runs by itself, and a person can trigger a run."""

import os
import shlex
import signal
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.command import Command
from tests.flows.conftest import ROOT, select
from tests.flows.pages import shell_lines
from tests.operations.served import QUICK_SETTINGS, Served
from tests.prefect_server import free_port

pytestmark = pytest.mark.operations


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
        # A server that is slow to start drops the first turn.
        settings=QUICK_SETTINGS | {"base_url": site.base_url, "schedule_minutes": 1},
        program=(ROOT / program,),
    )
    served = Served.run_command(command, port=port)
    try:
        served.wait_until("COMPLETED")
        environment = os.environ | {"PREFECT_HOME": str(tmp_path / "home"), "DO_NOT_TRACK": "1"}
        shown = trigger.replace("4200", str(port))
        subprocess.run(shown, shell=True, env=environment, cwd=ROOT, check=True)
        prefect = command.data_dir / "state" / "prefect" / "prefect.db"
        by_hand = "select * from flow_run where not auto_scheduled and state_type = 'COMPLETED'"
        with closing(sqlite3.connect(prefect, timeout=30)) as database:
            served.wait_for("the run by hand", lambda: database.execute(by_hand).fetchall())
        assert select(command.data_dir, "select distinct status from runs") == [("completed",)]
        served.stop(signal.SIGINT)
    finally:
        served.kill()
    assert "Traceback" not in served.output
    assert served.url in served.output
