"""A run over a data folder with an empty warehouse; a data folder with stories, and its backup."""

import shutil

import pytest

from tasks.backup import backup
from tasks.core.paths import DataPaths
from tests.sql.records import make_run
from tests.tasks.takedown_site import make_data


@pytest.fixture
def run(data_dir):
    return make_run(data_dir)


@pytest.fixture(scope="session")
def _backed_up(new_warehouse, tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("made") / "data"
    run = make_data(new_warehouse(DataPaths(data_dir=data_dir)).data_dir)
    backup(run.settings, run.settings.data_dir.with_name("backup"))
    return run


@pytest.fixture
def backed_up(_backed_up, tmp_path):
    """A run over four stories; `folder` has a backup of them."""
    shutil.copytree(_backed_up.paths.data_dir.parent, tmp_path, dirs_exist_ok=True)
    return make_run(tmp_path / "data")


@pytest.fixture
def folder(backed_up, tmp_path):
    return tmp_path / "backup"
