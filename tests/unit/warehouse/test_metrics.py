"""Metrics as a file after each run, and served."""

from datetime import timedelta
from urllib.request import Request, urlopen

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open
from prometheus_client.parser import text_string_to_metric_families as read_text

from tasks.core.errors import OperatorError
from tasks.warehouse.metrics import serve_metrics
from tasks.warehouse.writer import writer
from tests.prefect_server import free_port
from tests.sql.alert_history import START, History


@pytest.fixture(scope="module")
def history(new_warehouse):
    """A few hours, and what the last run wrote of them."""
    paths = new_warehouse()
    with writer(paths, wait_seconds=0) as connection:
        history = History(connection, paths)
        while history.now < START + timedelta(hours=3):
            history.poll()
        history.poll(["failing run"])
        with history.run.timed("load"):
            pass
        assert history.evaluate() == {("run_failing", "ingest")}
    return history


def samples(families):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_file_says_what_monitoring_asks(history):
    found = samples(read_text(history.run.paths.metrics.read_text()))
    expected = {
        ("wirehouse_runs_total", "completed", "ingest"): 6,
        ("wirehouse_runs_total", "failed", "ingest"): 1,
        ("wirehouse_open_alerts", "run_failing", "warning"): 1,
        ("wirehouse_open_alerts", "critical", "run_failing"): 0,
        ("wirehouse_queued_batches", "loading"): 0,
        ("wirehouse_last_good_run_timestamp_seconds",): (START + timedelta(hours=3)).timestamp(),
    }
    assert found == found | expected
    requests = [value for name, value in found.items() if name[0] == "wirehouse_requests_total"]
    assert sum(requests) == 6 * 4
    names = {name for name, *_ in found}
    assert names >= {
        f"wirehouse_{name}"
        for name in ("articles", "disk_bytes", "newest_story_timestamp_seconds",
                     "response_bytes_total", "stage_seconds_total", "stories_total")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("accepted", "read"),
    [("text/plain", read_text), ("application/openmetrics-text; version=1.0.0", read_open)],
)
def test_it_is_served_in_both_formats(history, accepted, read):
    port = free_port()
    with serve_metrics(history.run.paths, port):
        request = Request(f"http://127.0.0.1:{port}/metrics", headers={"Accept": accepted})
        with urlopen(request) as answer:
            served = samples(read(answer.read().decode()))
        message = f"The metrics can't be served at port {port}: Address already in use"
        with pytest.raises(OperatorError, match=message), serve_metrics(history.run.paths, port):
            pass
    assert served == samples(read_text(history.run.paths.metrics.read_text()))
    with pytest.raises(OSError, match="refused"):
        urlopen(request)
