"""How records of the log are written: one line each, with their run, and without secrets."""

import json
import logging
import os
import re
from datetime import UTC, datetime
from typing import ClassVar

from tasks.core.reports import printable
from tasks.core.settings import without_credentials

_PERSON = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SECRET_NAME = re.compile(
    r"PASSWORD|_PASS$|SECRET|TOKEN|AUTH_STRING|API_KEY|CREDENTIAL", re.IGNORECASE
)
_MIN_SECRET_CHARS = 5  # shorter values are words such as `none`


def redact(text: str) -> str:
    """A text without credentials, people's addresses, and the values of secret variables."""
    for name, value in os.environ.items():
        if _SECRET_NAME.search(name) and len(value) >= _MIN_SECRET_CHARS:
            text = text.replace(value, "...")
    return _PERSON.sub("...@...", without_credentials(text))


class LineFormatter(logging.Formatter):
    """Records without control characters: a message may quote the site or a file's name."""

    run_id: ClassVar[str] = ""  # of the run of this process, once it has one

    def format(self, record: logging.LogRecord) -> str:
        """The record's text, fit for a terminal."""
        return printable(redact(super().format(record)))


class TextFormatter(LineFormatter):
    """Lines for people: time, level, run and message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the base class's name
        """The first line, with the run before the message."""
        if self.run_id:
            record.message = f"{self.run_id} {record.message}"
        return super().formatMessage(record)


class JsonFormatter(LineFormatter):
    """Lines for programs: an object each."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON; `traceback` only where there is one."""
        facts = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "run_id": self.run_id or None,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            facts["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(facts)
