"""The writer's file: one process at a time, and clear words when it can't be had."""

import struct
import subprocess
import sys
from textwrap import dedent

import duckdb
import pytest

from tasks.core.errors import NewerWarehouseError, StorageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.warehouse.writer import transaction, writer

HOLD_FILE = """
    import sys
    import duckdb
    with duckdb.connect(sys.argv[1]):
        print("ready", flush=True)
        sys.stdin.read()
"""

HOLD_WRITER = """
    import sys
    from pathlib import Path
    from tasks.warehouse.writer import writer
    from tasks.core.paths import DataPaths
    with writer(DataPaths(data_dir=Path(sys.argv[1])), wait_seconds=0):
        print("ready", flush=True)
        sys.stdin.read()
"""

FILL_DISK = """
    import resource, signal, sys
    from pathlib import Path
    from tasks.warehouse.writer import transaction, writer
    from tasks.core.errors import StorageError
    from tasks.core.paths import DataPaths
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    layout = DataPaths(data_dir=Path(sys.argv[1]))
    size = layout.writer_file.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1000000, size + 1000000))
    try:
        with writer(layout, wait_seconds=0) as connection:
            with transaction(connection):
                connection.execute(
                    "insert into article_versions select range, 1, 't',"
                    " sha256(range::varchar) || sha256((range + 1)::varchar), 's', now(), 'c', now()"
                    " from range(200000)"
                )
    except StorageError as error:
        print(error)
"""


def fails_half_way(paths):
    with writer(paths, wait_seconds=0) as connection, transaction(connection):
        connection.execute("insert into listings values ('u', null, null, now())")
        raise RuntimeError("half-way")


def open_and_close(paths, wait_seconds=0.0):
    with writer(paths, wait_seconds=wait_seconds):
        pass


def count_of(paths, table):
    with writer(paths, wait_seconds=0) as connection:
        return connection.table(table).count("*").fetchall()[0][0]


def checksum_of(block):
    """DuckDB's checksum of a block of whole 8-byte words."""
    result = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        result ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return result.to_bytes(8, "little")


def test_the_clock_of_a_connection_is_utc(paths):
    with writer(paths, wait_seconds=0) as connection:
        assert connection.execute("select current_setting('timezone')").fetchall() == [("UTC",)]


def test_what_a_transaction_wrote_is_there_afterwards(paths):
    with writer(paths, wait_seconds=0) as connection, transaction(connection):
        connection.execute("insert into listings values ('u', null, null, now())")
    assert count_of(paths, "listings") == 1


def test_a_transaction_that_fails_leaves_nothing(paths):
    with pytest.raises(RuntimeError, match="half-way"):
        fails_half_way(paths)
    assert count_of(paths, "listings") == 0


def test_the_file_is_whole_by_itself_when_closed(paths):
    open_and_close(paths)
    assert {path.name for path in paths.state.iterdir()} == {"writer.duckdb", "writer.lock"}


def test_a_path_with_quotes_and_blanks_can_be_opened(tmp_path):
    paths = DataPaths(data_dir=tmp_path / 'it\'s "quoted" $path')
    open_and_close(paths)
    assert paths.writer_file.exists()


def test_another_run_that_writes_is_named(made, another_process):
    with (
        another_process(HOLD_WRITER, made.data_dir) as other,
        pytest.raises(WriterBusyError, match=rf"writer\.duckdb is in use by process {other.pid} "),
    ):
        open_and_close(made, wait_seconds=0.1)


def test_another_program_that_opened_the_file_is_named(made, another_process):
    with (
        another_process(HOLD_FILE, made.writer_file) as other,
        pytest.raises(WriterBusyError, match=rf"held open by process {other.pid} \(python"),
    ):
        open_and_close(made, wait_seconds=0.1)


def test_another_program_is_waited_for(made, another_process):
    with another_process(HOLD_FILE, made.writer_file) as other:
        other.stdin.close()
        open_and_close(made, wait_seconds=10)


def test_a_file_that_is_no_duckdb_file_is_told(paths):
    paths.state.mkdir(parents=True)
    paths.writer_file.write_bytes(b"no database at all " * 1000)
    with pytest.raises(StorageError, match=r"writer\.duckdb is damaged .* archive has every page"):
        open_and_close(paths)


def test_a_torn_file_is_told(made):
    content = made.writer_file.read_bytes()
    made.writer_file.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(StorageError, match=r"writer\.duckdb is damaged"):
        open_and_close(made)


def test_a_file_of_a_newer_duckdb_is_told(made):
    content = made.writer_file.read_bytes()
    header = content[8:4096]
    assert header[:4] == b"DUCK"
    assert content[:8] == checksum_of(header)
    newer = header[:4] + (9999).to_bytes(8, "little") + header[12:]
    made.writer_file.write_bytes(checksum_of(newer) + newer + content[4096:])
    with pytest.raises(NewerWarehouseError, match="newer DuckDB"):
        open_and_close(made)


def test_a_folder_that_cannot_be_written_is_told(paths):
    paths.data_dir.mkdir()
    paths.state.write_text("a file, not a folder")
    with pytest.raises(StorageError, match="state"):
        open_and_close(paths)


def test_a_full_disk_is_told_and_loses_nothing(made):
    said = subprocess.run(
        [sys.executable, "-c", dedent(FILL_DISK), str(made.data_dir)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "writer.duckdb can't be read or written" in said
    assert "Free some space" in said
    assert count_of(made, "article_versions") == 0


def test_the_writers_file_is_readable_by_any_duckdb(made):
    with duckdb.connect(str(made.writer_file), read_only=True) as connection:
        assert connection.table("articles").count("*").fetchall() == [(0,)]


def test_a_file_that_was_only_read_is_left_as_it_was(paths):
    with writer(paths, wait_seconds=0):
        pass
    before = paths.writer_file.read_bytes()
    with writer(paths, wait_seconds=0) as connection:
        connection.execute("create temp table scratch as select * from articles")
    assert paths.writer_file.read_bytes() == before
