"""Alerts are sent once to each channel, and again only where they were not taken."""

from datetime import UTC, datetime

import pytest

from tasks.alert import alert_of_dead_run, alert_of_unrecorded_failure, send_messages
from tasks.core.errors import SettingsError
from tasks.core.settings import read_settings
from tasks.warehouse.run_end import finish_run
from tasks.warehouse.runs import begin_run
from tasks.warehouse.writer import writer
from tests.sql.records import make_run
from tests.tasks.receivers import mail_server, webhook

SECRET = "s3cret"
CAUSE = "SiteUnreachableError: it is down \x1b[2J"


def end_runs(data_dir, *failures, **settings):
    """End a run for each failure, or well for `None`, and send what that opens and closes."""
    for failure in failures:
        at = datetime.now(UTC)
        run_id = f"{at:%Y%m%dT%H%M%SZ}-{at:%f}"
        settings = {"alert_thresholds": ("disk=off",)} | settings
        run = make_run(data_dir, run_id, started_at=at, **settings)
        with writer(run.paths, wait_seconds=0) as connection:
            begin_run(connection, run)
            finish_run(connection, run, failure=failure)
        send_messages(run.settings)
    return run


def test_a_webhook_gets_each_opening_change_and_closing_once(data_dir):
    with webhook() as site:
        url = f"http://127.0.0.1:{site.port}/{SECRET}#topic"
        end_runs(data_dir, None, *[CAUSE] * 5, None, None, alert_url=url)
    assert [body["event"] for _, body in site.received] == ["warning", "critical", "closed"]
    path, opened = site.received[0]
    assert path == f"/{SECRET}"
    assert opened["title"] == "Wirehouse, warning: the last ingests failed or are degraded"
    assert opened["text"] == opened["content"] == f"{opened['title']}\n{opened['message']}"
    assert "it is down \\x1b[2J. Open since " in opened["message"]
    assert "What to do: read the run's detail" in opened["message"]
    expected = {"topic": "topic", "priority": 4, "rule": "run_failing", "subject": "ingest"}
    assert opened == opened | expected
    assert site.received[2][1]["message"].endswith(" UTC.")


def test_what_was_not_taken_is_sent_after_the_next_run(data_dir, caplog):
    with webhook() as site:
        site.status = 500
        url = f"http://user:{SECRET}@127.0.0.1:{site.port}/{SECRET}"
        end_runs(data_dir, CAUSE, alert_url=url)
        assert "1 alerts could not be sent by webhook (status 500 of 127.0.0.1)" in caplog.text
        end_runs(data_dir, None, alert_url=url)
        assert site.received == []
        site.status = 200
        end_runs(data_dir, None, None, alert_url=url)
    assert [body["event"] for _, body in site.received] == ["closed"]
    end_runs(data_dir, CAUSE, alert_url=url)
    assert "1 alerts could not be sent by webhook (ConnectError at 127.0.0.1)" in caplog.text
    assert SECRET not in caplog.text


def test_a_mail_goes_to_everybody_and_the_password_to_this_machine_only(data_dir):
    with mail_server() as server:
        mail = {
            "alert_email": ("a@example.com", "b@example.com"),
            "smtp_url": f"smtp://me:{SECRET}@127.0.0.1:{server.port}",
        }
        end_runs(data_dir, CAUSE, CAUSE, None, **mail)
    (commands, opened), (_, closed) = server.received
    assert [line for line in commands if line.startswith(("mail", "rcpt"))] == [
        "mail FROM:<a@example.com>", "rcpt TO:<a@example.com>", "rcpt TO:<b@example.com>",
    ]  # fmt: skip
    assert any(line.startswith("AUTH PLAIN ") for line in commands)
    assert "Subject: Wirehouse, warning: the last ingests failed or are degraded" in opened
    assert "Subject: Wirehouse, closed: " in closed


def test_a_mail_server_that_refuses_is_one_line(data_dir, caplog):
    with mail_server() as server:
        server.status = 550
        url = f"smtp://me:{SECRET}@127.0.0.1:{server.port}"
        end_runs(data_dir, CAUSE, alert_email=("a@example.com",), smtp_url=url)
    end_runs(data_dir, CAUSE, alert_email=("a@example.com",), smtp_url=url)  # it is gone
    refused, gone = (record.getMessage() for record in caplog.records)
    assert "by email (SMTPSenderRefused at 127.0.0.1: " in refused
    assert "by email (ConnectionRefusedError at 127.0.0.1: " in gone
    assert SECRET not in caplog.text


def test_a_failure_that_no_warehouse_can_record_is_sent_once_and_closed(data_dir):
    with webhook() as site:
        url = f"http://127.0.0.1:{site.port}"
        run = make_run(data_dir, alert_url=url, alert_thresholds=("disk=off",))
        for cause in ("newer", "newer", "damaged"):
            alert_of_unrecorded_failure(run.settings, cause)
        end_runs(data_dir, None, None, alert_url=url)
    sent = [(body["event"], body["alert_id"], body["cause"]) for _, body in site.received]
    assert sent == [
        ("critical", 0, "newer"), ("critical", 0, "damaged"), ("closed", 0, "damaged"),
    ]  # fmt: skip


def test_a_run_that_was_killed_opens_an_alert_at_once(data_dir):
    with webhook() as site:
        url = f"http://127.0.0.1:{site.port}"
        run = make_run(
            data_dir, started_at=datetime.now(UTC), alert_thresholds=("disk=off",), alert_url=url
        )
        with writer(run.paths, wait_seconds=0) as connection:
            begin_run(connection, run)
        alert_of_dead_run(run.settings)
        alert_of_dead_run(run.settings)
    ((_, body),) = site.received
    assert "its process ended before the run did" in body["message"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALERT_URL", f"ftp://me:{SECRET}@example.com"),
        ("ALERT_URL", f"https://[{SECRET}"),
        ("SMTP_URL", f"https://me:{SECRET}@example.com"),
        ("ALERT_EMAIL", "a@example.com, nobody"),
        ("ALERT_EMAIL", "a@example.com\nBcc:b@example.com"),
        ("ALERT_THRESHOLDS", "feed_silent"),
        ("ALERT_THRESHOLDS", "no_such_rule=3"),
        ("ALERT_THRESHOLDS", "volume=1.2.3"),
        ("ALERT_THRESHOLDS", "volume=1,volume=2:"),
    ],
)
def test_a_wrong_setting_is_an_error_that_shows_no_secret(monkeypatch, tmp_path, name, value):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"WIREHOUSE_{name}", value)
    with pytest.raises(SettingsError, match=f"WIREHOUSE_{name} must ") as raised:
        read_settings()
    assert SECRET not in str(raised.value)
    assert SECRET not in repr(make_run(tmp_path, alert_url=f"https://x/{SECRET}"))
