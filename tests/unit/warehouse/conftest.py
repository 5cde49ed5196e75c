"""A data folder, and an empty warehouse in it."""

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
def made(data_dir, paths):
    """The paths of a warehouse that exists and is empty."""
    return paths


def add_listing(paths, url):
    with writer(paths, wait_seconds=0) as connection:
        connection.execute(
            "insert into listing_validators values ($url, null, null, now())", {"url": url}
        )
