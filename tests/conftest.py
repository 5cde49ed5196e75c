"""Prefect's settings for the whole test session, and the data folder and site that tests share.

Prefect reads its settings when a test first imports it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import writer
from tests.prefect_server import free_port
from tests.site.small import SmallSite, small_site

settings.register_profile(
    "full", deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("full"), max_examples=30)
settings.load_profile("quick")

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


class FlowsTogether(LoadFileScheduling):  # type: ignore[misc]
    """Gives a whole file to one process, and to one all the flows, so that it alone starts Prefect."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "tests/flows" if file.startswith("tests/flows/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    return FlowsTogether(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def _empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paths = DataPaths(data_dir=tmp_path_factory.mktemp("empty"))
    with writer(paths, wait_seconds=0):
        return paths.writer_file


@pytest.fixture
def data_dir(tmp_path: Path, _empty_warehouse: Path) -> Path:
    """A data folder with an empty warehouse: a copy, since its migrations take a quarter second."""
    paths = DataPaths(data_dir=tmp_path / "data")
    paths.state.mkdir(parents=True)
    shutil.copyfile(_empty_warehouse, paths.writer_file)
    return paths.data_dir


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
