"""The deployment of prefect.yaml, in a work pool that is set up as the file says."""

import os
import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.operations.browser import open_browser
from tests.operations.test_web_attacks import ATTACK
from tests.prefect_server import free_port
from tests.site.small import SmallSite

pytestmark = pytest.mark.operations

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    line.removeprefix("#   ")
    for line in (ROOT / "prefect.yaml").read_text().splitlines()
    if line.startswith("#   ")
]
PATIENCE_SECONDS = 150


def _shell(commands: list[str], environment: dict[str, str], log: Path) -> "subprocess.Popen[str]":
    with log.open("w") as output:
        return subprocess.Popen(
            ["sh", "-e", "-c", "\n".join(commands)],
            cwd=ROOT, env=environment, stdout=output, stderr=output, text=True,
            start_new_session=True,
        )  # fmt: skip


def test_the_commands_of_prefect_yaml_work_word_for_word(site: SmallSite, tmp_path: Path) -> None:
    environment = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_API_PORT": str(free_port()),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "WIREHOUSE_ATTEMPTS": "1",
        "WIREHOUSE_BASE_URL": site.base_url,
        "WIREHOUSE_DATA_DIR": str(tmp_path / "data"),
        "WIREHOUSE_REQUESTS_PER_SECOND": "0",
        "WIREHOUSE_WORKERS": "1",
    }
    log = tmp_path / "worker.log"
    [prepare, *_] = COMMANDS

    def rows(query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(tmp_path / "prefect" / "prefect.db", timeout=30)) as database:
            return database.execute(query).fetchall()

    def wait_until(query: str) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not rows(query):
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.5)

    def command(*lines: str) -> None:
        done = _shell([prepare, *lines], environment, tmp_path / "command.log")
        assert done.wait(PATIENCE_SECONDS) == 0, (tmp_path / "command.log").read_text()

    worker = _shell(COMMANDS, environment, log)
    try:
        while "Worker 'ProcessWorker" not in log.read_text():
            assert worker.poll() is None, log.read_text()
            time.sleep(0.5)
        ((deployment_id,),) = rows("select id from deployment")
        before = rows("select pull_steps, paused, entrypoint from deployment")
        with open_browser(tmp_path / "profile") as browser:
            browser.open(site.base_url.replace("127.0.0.1", "evil.example"))
            api = f"http://127.0.0.1:{environment['PREFECT_SERVER_API_PORT']}/api"
            assert browser.run(ATTACK, api, deployment_id, "http://evil.example") == []
            browser.open(api.replace("127.0.0.1", "evil.example"))
            assert browser.run(ATTACK, "/api", deployment_id, "http://evil.example") == []
        assert rows("select pull_steps, paused, entrypoint from deployment") == before
        assert rows("select * from flow_run where not auto_scheduled") == []

        command("prefect deployment run ingest/scheduled")
        wait_until("select * from flow_run where state_type = 'COMPLETED'")
        command("prefect deployment run ingest/scheduled --param base_url=http://evil.example")
        wait_until("select * from flow_run where state_type = 'FAILED'")
        wait_until("select * from log where message like '%A run''s base_url must be%'")
        assert re.search(r"ERROR (\S+ )?ingest 20", log.read_text())
        # Prefect writes it down as soon as it has something to report to its vendor.
        assert not (tmp_path / "prefect" / ".sdk_telemetry").exists()
    finally:
        command("prefect server stop")
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(30)
        command("prefect server stop")
        worker.wait(30)
