"""A run opens, sends and shows alerts, and is the same run whatever becomes of them."""

from dataclasses import replace

import duckdb
import pytest

from tests.flows.conftest import message_of, select, summary_of
from tests.prefect_server import free_port
from tests.site.small import response
from tests.tasks.receivers import webhook

pytestmark = pytest.mark.prefect

SECRET = "s3cret"


@pytest.mark.slow
def test_a_run_is_unharmed_by_alerts_that_nobody_takes(wirehouse, site, known):
    robots = site.response("/robots.txt")
    late = ("Date", "Mon, 30 Nov 2020 09:00:00 GMT")
    site.replaced["/robots.txt"] = replace(robots, headers=(*robots.headers, late))
    known |= {"alert_thresholds": "disk=off"}
    url = f"http://127.0.0.1:{free_port()}/{SECRET}"
    done = wirehouse("ingest", "--json", **known, alert_url=url)
    assert summary_of(done)["rejected"] == 0
    (line,) = done.stderr.splitlines()
    assert "1 alerts could not be sent by webhook (ConnectError at 127.0.0.1)" in line
    assert SECRET not in done.stdout + done.stderr

    opened = select(known["data_dir"], "select rule, severity, closed_at from alerts")
    assert opened == [("clock_skew", "critical", None)]
    (alert,) = summary_of(wirehouse("status", "--json", **known))["alerts"]
    assert alert["rule"] == "clock_skew"
    assert "Open alerts" in wirehouse("status", **known).stdout
    with duckdb.connect(known["data_dir"] / "state" / "writer.duckdb", read_only=True) as writer:
        names = writer.sql("select distinct name from ops.measurements").fetchall()
    assert {name for (name,) in names} >= {
        "clock_skew_seconds", "disk_free_bytes", "seconds:discover", "seconds:load", "seconds:check",
    }  # fmt: skip


def test_a_run_that_fails_sends_its_alert_and_shows_it_in_prefect(wirehouse, known, site, api_url):
    site.replaced["*"] = response(503)
    with webhook() as receiver:
        url = f"http://127.0.0.1:{receiver.port}"
        options = {"alert_url": url, "alert_thresholds": "disk=off"}
        done = wirehouse("ingest", "--json", **known, **options)
    assert (done.returncode, set(site.paths)) == (1, {"/robots.txt"})
    ((_, body),) = receiver.received
    assert (body["rule"], body["event"]) == ("run_failing", "warning")
    assert "its robots.txt could not be read" in body["cause"]
    done = wirehouse("status", "--check", **known)
    assert (done.returncode, done.stdout[:27]) == (1, "WARNING: run_failing of ing")


def test_a_run_that_fails_before_it_starts_sends_its_alert_once(wirehouse, known):
    newer = "insert into ops.migrations values (9999, 'later', '', now())"
    with webhook() as receiver:
        url = f"http://127.0.0.1:{receiver.port}"
        options = known | {"alert_url": url, "alert_thresholds": "disk=off"}
        with duckdb.connect(known["data_dir"] / "state" / "writer.duckdb") as connection:
            connection.execute(newer)
        for _ in range(2):
            assert "Update Wirehouse" in message_of(wirehouse("ingest", **options))
        ((_, body),) = receiver.received
        assert (body["rule"], body["event"], body["alert_id"]) == ("run_failing", "critical", 0)
        assert "Update Wirehouse" in body["cause"]
        with duckdb.connect(known["data_dir"] / "state" / "writer.duckdb") as connection:
            connection.execute("delete from ops.migrations where version = 9999")
        assert wirehouse("ingest", **options).returncode == 0
        assert [one["event"] for _, one in receiver.received] == ["critical", "closed"]

        public = options | {"base_url": "https://menafn.com"}
        assert "so the two never share a warehouse" in wirehouse("ingest", **public).stderr
    (_, body) = receiver.received[-1]
    assert (body["event"], body["rule"], body["subject"]) == ("warning", "run_failing", "ingest")
