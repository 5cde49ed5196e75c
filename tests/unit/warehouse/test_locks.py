"""A lock has one holder at a time, and a crash leaves nothing locked."""

import logging
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.errors import StorageError, WriterBusyError
from tasks.warehouse.locks import exclusive_lock, lock_holder, shared_lock
from tests.unit.warehouse.other_process import (
    another_process,
    hold_lock,
    release_lock_but_not_child,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "writer.lock"


def test_a_holder_is_known_while_it_holds_the_lock(path):
    assert lock_holder(path) is None
    with exclusive_lock(path, wait_seconds=0):
        found = lock_holder(path)
    assert lock_holder(path) is None
    assert found
    assert found.process_id == os.getpid()
    assert found.since
    assert datetime.now(UTC) - found.since < timedelta(minutes=1)


def test_another_process_is_named_in_the_log_and_in_the_error(path, monkeypatch, caplog):
    monkeypatch.setattr("tasks.warehouse.locks._PATIENCE_SECONDS", 0.0)
    with another_process(hold_lock, path) as other, caplog.at_level(logging.WARNING):
        use = rf"in use by process {other.pid} since 20\d\d-"
        with pytest.raises(WriterBusyError, match=use), exclusive_lock(path, wait_seconds=0.3):
            pass
    (line,) = caplog.messages
    assert re.search(f"Waiting: .* is {use}", line)


def test_a_lock_is_had_once_it_is_released(path):
    with another_process(hold_lock, path) as other:
        other.stdin.close()
        with exclusive_lock(path, wait_seconds=10):
            found = lock_holder(path)
    assert found
    assert found.process_id == os.getpid()


def test_a_killed_holder_leaves_no_lock(path):
    with another_process(hold_lock, path) as other:
        other.kill()
        other.wait()
        with exclusive_lock(path, wait_seconds=0):
            pass


def test_a_child_forked_meanwhile_does_not_keep_the_lock(path):
    with another_process(release_lock_but_not_child, path), exclusive_lock(path, wait_seconds=0):
        pass


def test_a_lock_file_that_is_removed_meanwhile_is_no_lock(path):
    with another_process(hold_lock, path) as other, ThreadPoolExecutor() as waiting:
        late = exclusive_lock(path, wait_seconds=10)
        entered = waiting.submit(late.__enter__)
        time.sleep(0.2)
        path.unlink()
        other.stdin.close()
        entered.result()
        assert lock_holder(path)
        late.__exit__(None, None, None)


def test_an_exception_releases_the_lock(path):
    with pytest.raises(RuntimeError), exclusive_lock(path, wait_seconds=0):
        raise RuntimeError
    assert lock_holder(path) is None


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "state").write_text("a file, not a folder")
    with (
        pytest.raises(StorageError, match=r"writer\.lock: File exists"),
        exclusive_lock(tmp_path / "state" / "writer.lock", wait_seconds=0),
    ):
        pass


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (exclusive_lock, exclusive_lock),
        (exclusive_lock, shared_lock),
        (shared_lock, exclusive_lock),
    ],
)
def test_threads_of_one_process_exclude_each_other(path, first, second):
    holder = "another process" if first is shared_lock else f"process {os.getpid()}"
    with (
        first(path, wait_seconds=0),
        pytest.raises(WriterBusyError, match=holder),
        second(path, wait_seconds=0),
    ):
        pass


def test_a_shared_lock_is_shared(path):
    with shared_lock(path, wait_seconds=0), shared_lock(path, wait_seconds=0):
        pass
