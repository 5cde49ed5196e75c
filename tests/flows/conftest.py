"""What the tests of whole flows share: a Prefect server in this process, a site, and the command."""

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.prefect_api import API_URL, prefect_api
from tasks.core.known_listings import LISTING_PAGES
from tests.command import Command
from tests.site.small import STORIES, SmallSite

# Those that show a story of the site.
LISTINGS = (LISTING_PAGES[3], LISTING_PAGES[8])
ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

Result = subprocess.CompletedProcess[str]


class _CurrentStderr(io.TextIOBase):
    """Standard error as it is at the moment of writing: each command has its own."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)


@pytest.fixture(scope="session")
def api_url() -> Iterator[str]:
    """The API of a Prefect server that all flow runs of the session report to."""
    port = urlsplit(os.environ.pop(API_URL)).port
    assert port
    with prefect_api(port) as address:
        yield address


@dataclass(frozen=True)
class Wirehouse:
    """Runs the `wirehouse` command in an empty folder; keyword arguments are settings."""

    api_url: str
    folder: Path

    def __call__(self, *arguments: str, folder: Path | None = None, **settings: object) -> Result:
        """Run it in this process to its end."""
        for handler in logging.getLogger().handlers:
            if type(handler) is logging.StreamHandler:  # made in an earlier command
                handler.setStream(_CurrentStderr())
        variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
        with chdir(folder or self.folder):
            result = CliRunner().invoke(app, arguments, env=variables)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(arguments, result.exit_code, result.stdout, result.stderr)

    def command(self, *arguments: str, data_dir: Path, **settings: Any) -> Command:
        """The command to run in processes of its own."""
        return Command(
            data_dir=data_dir, api_url=self.api_url, arguments=arguments, settings=settings
        )


@pytest.fixture(scope="session")
def wirehouse(api_url: str, tmp_path_factory: pytest.TempPathFactory) -> Wirehouse:
    return Wirehouse(api_url, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture
def settings(site: SmallSite, data_dir: Path) -> dict[str, Any]:
    return quick_settings(site, data_dir)


def quick_settings(site: SmallSite, data_dir: Path) -> dict[str, Any]:
    return {
        "base_url": site.base_url,
        "data_dir": data_dir,
        "requests_per_second": 0,
        "attempts": 1,
        "workers": 1,
        "listings": ",".join(LISTINGS),
        "recogniser": "none",  # reading the tables of the built-in one takes a second
    }


@pytest.fixture(scope="session")
def _ingested(
    session_site: SmallSite, wirehouse: Wirehouse, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    data_dir = tmp_path_factory.mktemp("ingested")
    session_site.replaced.clear()
    done = wirehouse("ingest", "--json", **quick_settings(session_site, data_dir))
    assert summary_of(done)["inserted"] == STORIES
    return data_dir


@pytest.fixture
def known(settings: dict[str, Any], site: SmallSite, _ingested: Path) -> dict[str, Any]:
    """The settings of a data folder in which every story of the site is loaded."""
    shutil.copytree(_ingested, settings["data_dir"], dirs_exist_ok=True)
    site.visits.clear()
    return settings


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The bundled sample after a first ingest."""

    data_dir: Path
    first: dict[str, Any]  # its summary


@pytest.fixture(scope="session")
def sample(wirehouse: Wirehouse, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    data_dir = tmp_path_factory.mktemp("sample")
    done = wirehouse("ingest", "--sample", "--json", data_dir=data_dir)
    assert done.stderr == "", "a run that went well prints nothing on standard error"
    assert done.returncode == 0
    return Sample(data_dir=data_dir, first=json.loads(done.stdout.splitlines()[0]))


def summary_of(done: Result) -> dict[str, Any]:
    """The JSON object that a command which went well printed last."""
    assert done.returncode == 0, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return summary


def message_of(done: Result) -> str:
    """What a command that failed printed: exactly one message, and no traceback."""
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("wirehouse: ") == 1, done.stderr
    return done.stderr


def select(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the published warehouse."""
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        warehouse.execute("set timezone = 'UTC'")
        return warehouse.sql(query).fetchall()
