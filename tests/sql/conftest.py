"""A migrated warehouse of its own for each test, copied from one that is made once."""

import shutil
from itertools import count

import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import session
from tests.sql.records import RUN_ID, load_batch, stage


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


@pytest.fixture
def load(connection, tmp_path):
    """Loads tables of records as the next batch, and returns what it brought."""
    numbers = count()

    def load_tables(**tables):
        folder = tmp_path / "staged" / f"{RUN_ID}-{next(numbers):04}"
        return load_batch(connection, stage(folder, **tables), run_id=RUN_ID)

    return load_tables
