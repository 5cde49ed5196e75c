"""A migrated warehouse of its own for each test, copied from one that is made once."""

import shutil

import pytest

from tasks.core.run import Layout
from tasks.warehouse.writer import session


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    layout = Layout(data_dir=tmp_path_factory.mktemp("migrated"))
    with session(layout, wait_seconds=0):
        pass
    return layout.writer_file


@pytest.fixture
def connection(tmp_path, migrated):
    layout = Layout(data_dir=tmp_path / "data")
    layout.state.mkdir(parents=True)
    shutil.copyfile(migrated, layout.writer_file)
    with session(layout, wait_seconds=0) as opened:
        yield opened
