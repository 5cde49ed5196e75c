"""What the tests of whole flows share: a Prefect server, the sample wire, the command itself."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.prefect_server import prefect_server

ROOT = Path(__file__).resolve().parents[2]

Wirehouse = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def api_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API of a Prefect server that all flow runs of the session report to."""
    with prefect_server(tmp_path_factory.mktemp("prefect")) as address:
        yield address


@pytest.fixture(scope="session")
def wirehouse(api_url: str, tmp_path_factory: pytest.TempPathFactory) -> Wirehouse:
    """Runs the `wirehouse` command in an empty folder.

    Keyword arguments are settings, but for `before`, which is called in the new process first.
    """
    folder = tmp_path_factory.mktemp("elsewhere")

    def run(
        *arguments: str, before: Callable[[], None] | None = None, **settings: object
    ) -> "subprocess.CompletedProcess[str]":
        variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
        return subprocess.run(
            [Path(sys.executable).with_name("wirehouse"), *arguments],
            cwd=folder,
            env=os.environ | {"PREFECT_API_URL": api_url} | variables,
            preexec_fn=before,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run
