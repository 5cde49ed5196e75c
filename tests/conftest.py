"""Prefect's settings for the whole test session; it reads them when a test first imports it."""

import os
import tempfile
from pathlib import Path

from tests.prefect_server import free_port

PREFECT_HOME = tempfile.TemporaryDirectory(prefix="prefect-")
os.environ |= {
    "DO_NOT_TRACK": "1",
    "PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api",
    "PREFECT_HOME": PREFECT_HOME.name,
    "PREFECT_LOGGING_CONFIG_PATH": str(Path(__file__).parents[1] / "flows" / "logging.yml"),
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}


def pytest_make_parametrize_id(val: object) -> str | None:
    """Compressed bytes hold the time of day; the ids of tests must not."""
    return "bytes" if isinstance(val, bytes) and val[:2] == b"\x1f\x8b" else None
