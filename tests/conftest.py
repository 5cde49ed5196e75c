"""Prefect's settings for the whole test session, and the data folder and site that tests share.

Prefect reads its settings when a test first imports it.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from tasks.core.paths import DataPaths
from tasks.warehouse import writer as warehouse_writer
from tasks.warehouse.writer import writer
from tests.prefect_server import free_port
from tests.site.small import SmallSite, small_site

settings.register_profile(
    "full", deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("full"), max_examples=30)
settings.load_profile("quick")

# A search for garbage after every 700 new objects takes a sixth of the tests' time.
gc.set_threshold(100_000, 50, 100)
# Prefect leaves some sockets and database cursors of its own to the garbage collector.
_PREFECT_LEAKS = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:  # also the tests of flows that run none, in the process of those that do
        if item.get_closest_marker("prefect") or item.path.parent.name == "flows":
            item.add_marker(_PREFECT_LEAKS)


def pytest_collection_finish() -> None:
    gc.freeze()  # what is imported is never freed, and looking through it would take long


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


@pytest.fixture(scope="module", autouse=True)
def _garbage_of_a_file() -> Iterator[None]:
    """What a file of tests has left open is found at its end, and not in the tests of another."""
    yield
    gc.collect()
    gc.freeze()  # what the session keeps


@pytest.fixture(scope="session")
def new_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., DataPaths]:
    """Makes a data folder with an empty warehouse: a copy, since migrations take half a second."""
    original = DataPaths(data_dir=tmp_path_factory.mktemp("empty"))
    with writer(original, wait_seconds=0):
        pass

    def copy(paths: DataPaths | None = None) -> DataPaths:
        paths = paths or DataPaths(data_dir=tmp_path_factory.mktemp("data"))
        paths.state.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original.writer_file, paths.writer_file)
        # As new as the original: no digest of an SQL file needs to be compared.
        state = warehouse_writer._file_state(paths.writer_file)
        warehouse_writer._closed[paths.writer_file] = state
        return paths

    return copy


@pytest.fixture
def data_dir(tmp_path: Path, new_warehouse: Callable[..., DataPaths]) -> Path:
    """A data folder of the test's own with an empty warehouse."""
    return new_warehouse(DataPaths(data_dir=tmp_path / "data")).data_dir


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
