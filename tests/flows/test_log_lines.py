"""Lines of the log are one line each, name their run, and hold no secret."""

import json
import logging
import sys

import pytest

from flows.log_lines import JsonFormatter, LineFormatter, TextFormatter, redact
from flows.render import LOG_FORMATTER, echo

RUN_ID = "20261130T091500Z-0a1b2c"


@pytest.fixture(autouse=True)
def _of_a_run(monkeypatch):
    monkeypatch.setattr(LineFormatter, "run_id", RUN_ID)


def record(message, *arguments, error=None):
    return logging.LogRecord("tasks.load", logging.WARNING, "", 1, message, arguments, error)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("proxy http://desk:hunter2@host:3128/x", "proxy http://...@host:3128/x"),
        ("Desk/1 (+mailto:news.desk+x@example.org)", "Desk/1 (+mailto:...@...)"),
        ("with t0ken-of-mine in it", "with ... in it"),
        ("at 5 @ noon, to a//b, of none", "at 5 @ noon, to a//b, of none"),
    ],
)
def test_secrets_and_people_are_left_out(text, shown, monkeypatch):
    monkeypatch.setenv("DESK_SMTP_PASSWORD", "t0ken-of-mine")
    monkeypatch.setenv("DESK_TOKEN", "none")
    assert redact(text) == shown
    assert json.loads(JsonFormatter().format(record(text)))["message"] == shown


def test_a_line_for_people_has_time_level_run_and_message_on_one_line():
    formatter = TextFormatter("%(asctime)s %(levelname)s %(message)s", "%Y")
    line = formatter.format(record("title %s", "a\x1b[31m\nb"))
    assert line[4:].startswith(f" WARNING {RUN_ID} title a")
    assert "\x1b" not in line
    assert LineFormatter().format(record("of a page")) == "of a page"


def test_a_line_for_programs_has_the_same_as_an_object_with_the_traceback():
    try:
        int("for a@b.example")
    except ValueError:
        line = JsonFormatter().format(record("two\nlines", error=sys.exc_info()))
    assert line.isascii()
    assert "\n" not in line
    facts = json.loads(line)
    assert (facts["level"], facts["run_id"], facts["logger"]) == ("WARNING", RUN_ID, "tasks.load")
    assert facts["time"].endswith("+00:00")
    assert "'for ...@...'" in facts["traceback"]


def test_messages_of_a_command_are_lines_of_the_log_where_that_is_json(monkeypatch, capsys):
    monkeypatch.setenv(LOG_FORMATTER, "json")
    echo("wirehouse: no", logging.ERROR)
    facts = json.loads(capsys.readouterr().err)
    assert (facts["level"], facts["message"]) == ("ERROR", "wirehouse: no")
