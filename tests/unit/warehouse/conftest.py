"""A data folder, and an empty warehouse in it."""

import shutil

import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import writer
from tests.sql.records import make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "data")


@pytest.fixture
def paths(run):
    return run.paths


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory):
    paths = DataPaths(data_dir=tmp_path_factory.mktemp("empty"))
    with writer(paths, wait_seconds=0):
        return paths.writer_file


@pytest.fixture
def made(paths, _empty_file):
    """The paths of a warehouse that exists and is empty."""
    paths.state.mkdir(parents=True)
    shutil.copyfile(_empty_file, paths.writer_file)
    return paths


def add_listing(paths, url):
    with writer(paths, wait_seconds=0) as connection:
        connection.execute(
            "insert into listing_validators values ($url, null, null, now())", {"url": url}
        )
