"""What the tests of whole flows share: a Prefect server in this process, and the command itself."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from prefect.logging.handlers import PrefectConsoleHandler
from typer.testing import CliRunner

from flows.cli import app
from flows.prefect_api import API_URL, prefect_api

ROOT = Path(__file__).resolve().parents[2]

# Prefect leaves some sockets and database cursors of its own to the garbage collector.
_PREFECT_LEAKS = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

Wirehouse = Callable[..., "subprocess.CompletedProcess[str]"]


class _CurrentStderr(io.TextIOBase):
    """Standard error as it is at the moment of writing: each command has its own."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("prefect"):
            item.add_marker(_PREFECT_LEAKS)


@pytest.fixture(scope="session")
def api_url() -> Iterator[str]:
    """The API of a Prefect server that all flow runs of the session report to."""
    port = urlsplit(os.environ.pop(API_URL)).port
    assert port
    with prefect_api(port) as address:
        yield address


@pytest.fixture(scope="session")
def wirehouse(api_url: str, tmp_path_factory: pytest.TempPathFactory) -> Wirehouse:
    """Runs the `wirehouse` command in this process, in an empty folder unless one is named.

    Further keyword arguments are settings. With `before` it runs in a process of its own, which
    calls that first.
    """
    empty = tmp_path_factory.mktemp("elsewhere")

    def run(
        *arguments: str,
        folder: Path = empty,
        before: Callable[[], None] | None = None,
        **settings: object,
    ) -> "subprocess.CompletedProcess[str]":
        variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
        if before:
            return subprocess.run(
                [Path(sys.executable).with_name("wirehouse"), *arguments],
                cwd=folder,
                env=os.environ | {API_URL: api_url} | variables,
                preexec_fn=before,
                capture_output=True,
                text=True,
                timeout=240,
                check=False,
            )
        for handler in logging.getLogger().handlers:
            if isinstance(handler, PrefectConsoleHandler):  # made in an earlier command
                handler.console.file = _CurrentStderr()  # type: ignore[assignment]
        with chdir(folder):
            result = CliRunner().invoke(app, arguments, env=variables)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return subprocess.CompletedProcess(
            arguments, result.exit_code, result.stdout, result.stderr
        )

    return run
