"""Sends what alerts open and close: to a webhook, and by e-mail."""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from email.message import EmailMessage
from ssl import create_default_context
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from prefect import task

from tasks.core.errors import WirehouseError
from tasks.core.paths import DataPaths
from tasks.core.reports import AlertMessage, printable
from tasks.core.run import Run
from tasks.core.settings import Settings
from tasks.core.urls import is_loopback_host
from tasks.http.webhook import TIMEOUT_SECONDS, post_json
from tasks.warehouse.alerts import record_message, unsent_messages
from tasks.warehouse.run_end import update_alerts
from tasks.warehouse.runs import close_dead_runs
from tasks.warehouse.writer import writer

_PRIORITIES = {"critical": 5, "warning": 4, "closed": 3}  # ntfy's

_Send = Callable[[Settings, AlertMessage], str | None]  # why it could not be sent, or `None`

_log = logging.getLogger(__name__)


@task(task_run_name="alert {run.run_id}")
def alert(run: Run) -> None:
    """Send the messages on alerts that were not sent yet; what can't be sent is one log line.

    It never fails a run: the next run tries again.
    """
    send_messages(run.settings)


def alert_of_unrecorded_failure(settings: Settings, cause: str) -> None:
    """Send, once for a cause, that a run failed and the warehouse can't record it."""
    note = DataPaths(settings.data_dir).unrecorded_failure
    with suppress(OSError):
        if note.read_text("utf-8") == cause:
            return
    _send_unrecorded(settings, "critical", cause)
    with suppress(OSError):  # it is sent again then, which is better than never
        note.write_text(cause, encoding="utf-8")


def alert_of_dead_run(settings: Settings) -> None:
    """Record that runs died, so that an alert opens at once, and send it."""
    paths = DataPaths(settings.data_dir)
    try:
        with writer(paths, wait_seconds=settings.writer_wait_seconds) as connection:
            for run in close_dead_runs(connection, settings):
                update_alerts(connection, run)
    except WirehouseError as error:
        _log.warning("No alert was opened for a run that died: %s", error)
    send_messages(settings)


def send_messages(settings: Settings) -> None:
    """See `alert`; a run was recorded, which closes what `alert_of_unrecorded_failure` sent."""
    note = DataPaths(settings.data_dir).unrecorded_failure
    with suppress(OSError):
        _send_unrecorded(settings, "closed", note.read_text("utf-8"))
        note.unlink()
    for channel, send in _channels(settings).items():
        try:
            _send_all(settings, channel, send)
        except WirehouseError as error:
            _log.warning("Alerts are not sent before the next run: %s", error)


def _channels(settings: Settings) -> dict[str, _Send]:
    channels: dict[str, _Send] = {}
    if settings.alert_url.get_secret_value():
        channels["webhook"] = _post
    if settings.alert_email:
        channels["email"] = _mail
    return channels


def _send_unrecorded(settings: Settings, event: str, cause: str) -> None:
    """Send a message on an alert that is in no warehouse; its id is 0."""
    now = datetime.now(UTC)
    message = AlertMessage(
        alert_id=0,
        event=event,
        rule="run_failing",
        subject="unrecorded",
        severity="critical",
        opened_at=now,
        closed_at=now if event == "closed" else None,
        value=1.0,
        unit="runs",
        meaning="a run failed, and the warehouse can't record it",
        advice="look the message up in RUNBOOK.md, then run it again",
        detail=str(settings.data_dir),
        cause=cause,
    )
    for channel, send in _channels(settings).items():
        if problem := send(settings, message):
            _warn_unsent(1, channel, problem)


def _warn_unsent(count: int, channel: str, problem: str) -> None:
    _log.warning(
        "%d alerts could not be sent by %s (%s). The next run tries again; check "
        "WIREHOUSE_ALERT_URL, or WIREHOUSE_ALERT_EMAIL and WIREHOUSE_SMTP_URL.",
        count,
        channel,
        printable(problem, keep=""),
    )


def _send_all(settings: Settings, channel: str, send: _Send) -> None:
    paths, wait_seconds = DataPaths(settings.data_dir), settings.writer_wait_seconds
    with writer(paths, wait_seconds=wait_seconds) as connection:
        messages = unsent_messages(connection, channel)
    sent: set[AlertMessage] = set()
    for message in messages:  # nobody waits for the warehouse meanwhile
        problem = send(settings, message)
        if problem:
            _warn_unsent(len(messages) - len(sent), channel, problem)
            break
        sent.add(message)
    if messages:
        with writer(paths, wait_seconds=wait_seconds) as connection:
            for message in messages:
                record_message(connection, channel, message, is_sent=message in sent)


def _text_of(message: AlertMessage) -> tuple[str, str]:
    """A title, and what happened and what to do."""
    title = f"Wirehouse, {message.event}: {message.meaning}"
    since = f"{message.opened_at:%Y-%m-%d %H:%M} UTC"
    if message.closed_at:
        ended = f"Open from {since} to {message.closed_at:%Y-%m-%d %H:%M} UTC."
    else:
        ended = f"Open since {since}. What to do: {message.advice}."
    found = ": ".join(filter(None, (message.subject, message.detail, message.cause)))
    return printable(title, keep=""), printable(f"{found}. {ended}", keep="")


def _post(settings: Settings, message: AlertMessage) -> str | None:
    """Post it: Slack and its like read `text`, Discord `content`, ntfy `title` and `message`."""
    address, topic = urldefrag(settings.alert_url.get_secret_value())
    title, text = _text_of(message)
    both = f"{title}\n{text}"
    facts: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(message).items()
    }
    shapes = {"text": both, "content": both, "title": title, "message": text}
    priority = _PRIORITIES[message.event]
    body = {**facts, **shapes, "priority": priority} | ({"topic": topic} if topic else {})
    return post_json(address, body)


def _mail(settings: Settings, message: AlertMessage) -> str | None:
    """Mail it, over TLS where the server has it; a password goes to no other than a local one."""
    url = urlsplit(settings.smtp_url.get_secret_value())
    host = url.hostname or ""
    mail = EmailMessage()
    mail["Subject"], text = _text_of(message)
    mail["From"], mail["To"] = settings.alert_email[0], ", ".join(settings.alert_email)
    mail["Date"] = datetime.now(UTC)
    mail.set_content(f"{text}\n")
    try:
        is_private, tls = is_loopback_host(host), create_default_context()
        server: smtplib.SMTP
        if url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, url.port or 0, timeout=TIMEOUT_SECONDS, context=tls)
            is_private = True
        else:
            server = smtplib.SMTP(host, url.port or 0, timeout=TIMEOUT_SECONDS)
        with server:
            server.ehlo()
            if not is_private and server.has_extn("starttls"):
                server.starttls(context=tls)
                is_private = True
            if url.username and not is_private:
                return f"{host} offers no TLS, and the password was not sent"
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(mail)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        return f"{type(error).__name__} at {host}: {error}"[:300]
    return None
