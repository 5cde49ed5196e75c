"""A migrated warehouse of its own for each test."""

from itertools import count

import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import session
from tests.sql.records import RUN_ID, load_batch, stage


@pytest.fixture
def connection(data_dir):
    with session(DataPaths(data_dir=data_dir), wait_seconds=0) as opened:
        yield opened


@pytest.fixture
def load(connection, tmp_path):
    """Loads tables of records as the next batch, and returns what it brought."""
    numbers = count()

    def load_tables(**tables):
        folder = tmp_path / "staged" / f"{RUN_ID}-{next(numbers):04}"
        return load_batch(connection, stage(folder, **tables), run_id=RUN_ID)

    return load_tables
