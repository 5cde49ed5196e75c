"""A migrated warehouse of its own for each test."""

from contextlib import closing
from itertools import count

import pytest

from tasks.core.paths import DataPaths
from tests.former import opened
from tests.sql.records import RUN_ID, load_batch, stage


@pytest.fixture
def connection(data_dir):
    with closing(opened(DataPaths(data_dir=data_dir).writer_file)) as warehouse:
        # Nobody reads the file afterwards, and `session` would have it whole.
        warehouse.execute("pragma disable_checkpoint_on_shutdown")
        yield warehouse


@pytest.fixture
def load(connection, tmp_path):
    """Loads tables of records as the next batch, and returns what it brought."""
    numbers = count()

    def load_tables(**tables):
        folder = tmp_path / "staged" / f"{RUN_ID}-{next(numbers):04}"
        return load_batch(connection, stage(folder, **tables), run_id=RUN_ID)

    return load_tables
