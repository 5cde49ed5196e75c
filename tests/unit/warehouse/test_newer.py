"""A warehouse newer than the program is refused by whatever opens it, in the same words."""

import duckdb
import pytest

from tasks.core.errors import NewerWarehouseError
from tasks.core.paths import DataPaths
from tasks.warehouse.fingerprint import published_contents
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.sandbox import ask
from tasks.warehouse.status import select_status
from tasks.warehouse.swap import staging_database
from tasks.warehouse.writer import open_snapshot


@pytest.fixture
def newer(made):
    """The paths of a published warehouse that has had a migration of tomorrow."""
    with duckdb.connect(str(made.writer_file)) as connection:
        connection.execute("insert into migrations values (9999, 'later', '', now())")
    publish_copy(made.writer_file, made.warehouse)
    return made


def of_rebuild(paths):
    with staging_database(DataPaths(data_dir=paths.data_dir, state_folder="state/rebuild")):
        pass


def of_a_run_while_another_writes(paths):
    with exclusive_lock(paths.writer_lock, wait_seconds=0), open_snapshot(paths, wait_seconds=0):
        pass


@pytest.mark.parametrize(
    "use",
    [
        select_status,
        published_contents,
        of_rebuild,
        of_a_run_while_another_writes,
        lambda paths: ask(paths, "from articles"),
    ],
)
def test_it_is_refused(newer, use):
    with pytest.raises(NewerWarehouseError, match=r"has had migration 9999.*Update Wirehouse"):
        use(newer)
