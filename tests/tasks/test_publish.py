"""What a run loaded is published whole, with the run's own row in it."""

import duckdb
import pytest

from tasks.core.errors import WriterBusyError
from tasks.publish import publish
from tasks.warehouse.locks import exclusive_lock
from tests.sql.records import make_run


def test_the_readers_copy_is_put_in_place(tmp_path):
    run = make_run(tmp_path)
    assert publish.fn(run) == run.paths.warehouse
    with duckdb.connect(str(run.paths.warehouse), read_only=True) as connection:
        assert connection.table("runs").select("status").fetchall() == [("completed",)]


def test_nothing_is_published_while_another_process_writes(tmp_path):
    run = make_run(tmp_path)
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), pytest.raises(WriterBusyError):
        publish.fn(run)
    assert not run.paths.warehouse.exists()
