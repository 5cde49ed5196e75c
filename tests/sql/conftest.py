"""A migrated warehouse of its own for each test, copied from one that is made once."""

import shutil

import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import session


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    paths = DataPaths(data_dir=tmp_path_factory.mktemp("migrated"))
    with session(paths, wait_seconds=0):
        pass
    return paths.writer_file


@pytest.fixture
def connection(tmp_path, migrated):
    paths = DataPaths(data_dir=tmp_path / "data")
    paths.state.mkdir(parents=True)
    shutil.copyfile(migrated, paths.writer_file)
    with session(paths, wait_seconds=0) as opened:
        yield opened
