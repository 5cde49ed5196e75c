"""A lake in a folder, and for the tests of `make test-cluster` in a bucket too."""

import shutil

import pytest

from tests.cluster.object_store import BUCKET, KEYS, serve
from tests.sql.records import make_run
from tests.tasks.takedown_site import make_data


@pytest.fixture(scope="session")
def object_store(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("store")) as address:
        yield address


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.cluster)])
def lake(request, tmp_path, monkeypatch):
    """What `WIREHOUSE_LAKE` is set to."""
    if request.param == "folder":
        return str(tmp_path / "it's a lake")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    address = request.getfixturevalue("object_store")
    return f"s3://{BUCKET}/{tmp_path.name}?endpoint_override={address}&scheme=http"


@pytest.fixture(scope="session")
def _made(new_warehouse):
    return make_data(new_warehouse().data_dir)


@pytest.fixture
def run(_made, lake, tmp_path):
    """A run over four stories, one of which has a mark in each of its texts."""
    shutil.copytree(_made.paths.data_dir, tmp_path / "data")
    return make_run(tmp_path / "data", lake=lake, workers=1)
