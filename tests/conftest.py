"""Prefect's settings for the whole test session, and the small site that tests share.

Prefect reads its settings when a test first imports it.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prefect_server import free_port
from tests.site.small import SmallSite, small_site

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


@pytest.fixture(scope="session")
def session_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture
def site(session_site: SmallSite) -> SmallSite:
    """The small site as it was built, with no visit yet."""
    session_site.replaced.clear()
    session_site.scripts.clear()
    session_site.visits.clear()
    return session_site
