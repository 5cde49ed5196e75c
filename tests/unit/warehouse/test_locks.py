"""One holder at a time, and a crash leaves nothing locked."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.errors import StorageError, WriterBusyError
from tasks.warehouse.locks import exclusive_lock, lock_holder

HOLD = """
    import sys
    from pathlib import Path
    from tasks.warehouse.locks import exclusive_lock
    with exclusive_lock(Path(sys.argv[1]), wait_seconds=0):
        print("ready", flush=True)
        sys.stdin.read()
"""

FORK_AND_LET_GO = """
    import os, sys
    from pathlib import Path
    from tasks.warehouse.locks import exclusive_lock
    with exclusive_lock(Path(sys.argv[1]), wait_seconds=0):
        if os.fork() == 0:
            sys.stdin.read()
            os._exit(0)
    print("ready", flush=True)
"""


def test_a_free_lock_has_no_holder(tmp_path):
    assert lock_holder(tmp_path / "writer.lock") is None
    with exclusive_lock(tmp_path / "writer.lock", wait_seconds=0):
        pass
    assert lock_holder(tmp_path / "writer.lock") is None


def test_a_held_lock_says_who_holds_it_since_when(tmp_path):
    with exclusive_lock(tmp_path / "writer.lock", wait_seconds=0):
        found = lock_holder(tmp_path / "writer.lock")
    assert found
    assert found.process_id == os.getpid()
    assert found.since
    assert datetime.now(UTC) - found.since < timedelta(minutes=1)


def test_a_lock_held_by_another_process_names_it(tmp_path, another_process):
    path = tmp_path / "writer.lock"
    with (
        another_process(HOLD, path) as other,
        pytest.raises(WriterBusyError, match=rf"in use by process {other.pid} since 20\d\d-"),
        exclusive_lock(path, wait_seconds=0.1),
    ):
        pass


def test_a_lock_is_waited_for(tmp_path, another_process):
    path = tmp_path / "writer.lock"
    with another_process(HOLD, path) as other:
        other.stdin.close()
        with exclusive_lock(path, wait_seconds=10):
            found = lock_holder(path)
    assert found
    assert found.process_id == os.getpid()


def test_whoever_waits_for_long_is_told_for_whom(tmp_path, another_process, monkeypatch, caplog):
    monkeypatch.setattr("tasks.warehouse.locks._PATIENCE_SECONDS", 0.1)
    path = tmp_path / "writer.lock"
    with another_process(HOLD, path) as other, pytest.raises(WriterBusyError):
        exclusive_lock(path, wait_seconds=0.5).__enter__()
    (told,) = caplog.messages
    assert re.search(rf"Waiting: .* is in use by process {other.pid} since 20\d\d-", told)


def test_a_killed_holder_leaves_no_lock(tmp_path, another_process):
    path = tmp_path / "writer.lock"
    with another_process(HOLD, path) as other:
        other.kill()
        other.wait()
        with exclusive_lock(path, wait_seconds=0):
            pass


def test_a_child_forked_meanwhile_does_not_keep_the_lock(tmp_path, another_process):
    path = tmp_path / "writer.lock"
    with another_process(FORK_AND_LET_GO, path), exclusive_lock(path, wait_seconds=0):
        pass


def test_a_lock_file_that_is_removed_meanwhile_is_no_lock(tmp_path, another_process):
    path = tmp_path / "writer.lock"
    with another_process(HOLD, path) as other, ThreadPoolExecutor() as waiting:
        late = exclusive_lock(path, wait_seconds=10)
        entered = waiting.submit(late.__enter__)
        time.sleep(0.2)
        path.unlink()
        other.stdin.close()
        entered.result()
        assert lock_holder(path)
        late.__exit__(None, None, None)


def test_two_threads_of_one_process_exclude_each_other(tmp_path):
    path = tmp_path / "writer.lock"
    with (
        exclusive_lock(path, wait_seconds=0),
        pytest.raises(WriterBusyError),
        exclusive_lock(path, wait_seconds=0),
    ):
        pass


def test_an_exception_lets_the_lock_go(tmp_path):
    path = tmp_path / "writer.lock"
    with pytest.raises(RuntimeError), exclusive_lock(path, wait_seconds=0):
        raise RuntimeError
    assert lock_holder(path) is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "state").write_text("a file, not a folder")
    with (
        pytest.raises(StorageError, match=r"writer\.lock: File exists"),
        exclusive_lock(tmp_path / "state" / "writer.lock", wait_seconds=0),
    ):
        pass


def test_a_shared_lock_is_shared_and_keeps_out_who_wants_it_alone(tmp_path):
    path = tmp_path / "runs.lock"
    with (
        exclusive_lock(path, wait_seconds=0, shared=True),
        exclusive_lock(path, wait_seconds=0, shared=True),
        pytest.raises(WriterBusyError),
        exclusive_lock(path, wait_seconds=0),
    ):
        pass
    with (
        exclusive_lock(path, wait_seconds=0),
        pytest.raises(WriterBusyError, match=f"process {os.getpid()}"),
        exclusive_lock(path, wait_seconds=0, shared=True),
    ):
        pass
