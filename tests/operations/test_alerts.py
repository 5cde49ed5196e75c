"""What `wirehouse serve` sends and serves for monitoring, a killed run included."""

import os
import signal
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.command import Command
from tests.operations.browser import open_browser
from tests.operations.conftest import Serve
from tests.operations.test_run_log import run_now
from tests.prefect_server import free_port
from tests.site.small import SmallSite
from tests.tasks.receivers import webhook

pytestmark = pytest.mark.operations


def test_a_killed_run_is_sent_at_once_and_closed_by_the_next(
    serve: Serve, site: SmallSite, tmp_path: Path
) -> None:
    metrics_port = free_port()
    with webhook() as receiver:
        served = serve(
            requests_per_second=2,
            alert_url=f"http://127.0.0.1:{receiver.port}",
            alert_thresholds="disk=off",
            metrics_port=metrics_port,
        )
        served.wait_for("a run requests", lambda: len(site.visits) > 4)
        for process_id in served.run_process_ids():
            os.kill(process_id, signal.SIGKILL)
        served.wait_for("the alert is sent", lambda: receiver.received)
        with urlopen(f"http://127.0.0.1:{metrics_port}/metrics") as answer:
            alerts = 'wirehouse_open_alerts{rule="run_failing",severity="warning"} 1.0'
            assert alerts in answer.read().decode()

        served.wait_until("CRASHED")
        run_now(served, tmp_path)
        served.wait_until("COMPLETED")
        served.wait_for("the end is sent", lambda: len(receiver.received) == 2)
    bodies = [body for _, body in receiver.received]
    assert [body["event"] for body in bodies] == ["warning", "closed"]
    assert "its process ended before the run did" in bodies[0]["message"]
    command = Command(data_dir=served.data_dir, api_url=None, arguments=("report",))
    command.run()
    with open_browser(tmp_path / "profile") as browser:
        browser.open((served.data_dir / "report.html").as_uri())
        assert "Open alerts, and those closed in the last 28 days" in browser.text
        assert "run_failing" in browser.text
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
        assert browser.console() == []
