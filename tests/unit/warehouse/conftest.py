"""A data folder, and other processes that hold things in it."""

import subprocess
import sys
import textwrap
from contextlib import contextmanager

import pytest

from tasks.warehouse.writer import writer
from tests.sql.records import make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "data")


@pytest.fixture
def paths(run):
    return run.paths


@pytest.fixture
def made(paths):
    """The layout of a warehouse that exists and is empty."""
    with writer(paths, wait_seconds=0):
        pass
    return paths


@contextmanager
def _another_process(code, *arguments):
    """Runs code in another process up to the line that prints; it goes on when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    try:
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.fixture
def another_process():
    return _another_process
