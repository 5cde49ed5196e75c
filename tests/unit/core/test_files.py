"""A file appears complete or not at all, and temporary files of dead processes are removed."""

import errno
import os
import subprocess
import sys
import time

import pytest

from tasks.core.errors import StorageError
from tasks.core.files import remove_leftovers, replace_atomically, temporary_path


def test_a_file_appears_at_the_end_of_its_block_with_its_folder(tmp_path):
    path = tmp_path / "2025" / "list.txt"
    with replace_atomically(path) as temporary:
        temporary.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def write_half(path, error):
    with replace_atomically(path) as temporary:
        temporary.write_text("half")
        raise error


@pytest.mark.parametrize(
    ("error", "seen"), [(RuntimeError("broken"), RuntimeError), (OSError("full"), StorageError)]
)
def test_a_block_that_fails_leaves_the_older_file(tmp_path, error, seen):
    path = tmp_path / "list.txt"
    path.write_text("old")
    with pytest.raises(seen, match=str(error)):
        write_half(path, error)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


FULL_DISK = """
import resource, signal, sys
sys.dont_write_bytecode = True
from pathlib import Path
from tasks.core.parquet import write_records
from tasks.core.errors import StorageError
from tasks.core.records import Validators
from datetime import UTC, datetime
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
record = Validators(url="u", etag=None, last_modified=None, checked_at=datetime.now(UTC))
try:
    write_records(Path("v.parquet"), [record], Validators)
except StorageError as error:
    print(error)
"""


def test_a_full_disk_is_named_and_leaves_nothing_behind(tmp_path):
    command = [sys.executable, "-c", FULL_DISK]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "v.parquet: File too large. Free some space" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EFBIG, "Free some space"),
        (errno.EACCES, "Correct the permissions"),
        (errno.EROFS, "Correct the permissions"),
        (errno.ENOENT, "Check that path"),
        (errno.ENOTDIR, "Check that path"),
        (errno.EIO, "Check the disk"),
    ],
)
def test_each_kind_of_error_has_its_own_advice(tmp_path, number, advice):
    with pytest.raises(StorageError) as caught, replace_atomically(tmp_path / "a.parquet"):
        raise OSError(number, os.strerror(number))
    assert str(caught.value).startswith(f"{tmp_path}/a.parquet: {os.strerror(number)}. {advice}")
    assert "permissions" not in str(caught.value) or "permissions" in advice


def test_leftovers_of_a_process_that_is_gone_are_removed(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    own = temporary_path(tmp_path / "mine")
    own.mkdir()
    gone = own.name.replace(f"-{os.getpid()}-", f"-{process.pid}-").replace("mine", "old")
    (tmp_path / gone).mkdir()
    (tmp_path / f".old.parquet.{process.pid}-0a1b2c3d.part").touch()  # of an earlier version
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [own]


def test_leftovers_of_another_host_are_removed_a_day_later(tmp_path):
    for name, age in (("old", 90_000), ("new", 80_000)):
        path = tmp_path / f".{name}.elsewhere-{os.getpid()}-0a1b2c3d.part"
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    remove_leftovers(tmp_path)
    assert [path.name[:4] for path in tmp_path.iterdir()] == [".new"]
