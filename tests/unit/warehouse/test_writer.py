"""The writer's file: one process at a time, and clear words when it can't be had."""

import logging
import struct

import duckdb
import pytest

from tasks.core.errors import NewerWarehouseError, StorageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import transaction
from tasks.warehouse.fingerprint import published_contents
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish, publish_copy
from tasks.warehouse.sandbox import ask
from tasks.warehouse.status import select_status
from tasks.warehouse.swap import staging_database
from tasks.warehouse.writer import log_path, open_snapshot, writer
from tests.unit.warehouse.conftest import add_listing
from tests.unit.warehouse.other_process import (
    another_process,
    hold_file,
    hold_writer,
    output_of,
    write_to_full_disk,
)


def open_and_close(paths, wait_seconds=0.0):
    with writer(paths, wait_seconds=wait_seconds):
        pass


def count_of(paths, table):
    with writer(paths, wait_seconds=0) as connection:
        return connection.table(table).count("*").fetchall()[0][0]


def apply_later_migration(paths):
    with duckdb.connect(str(paths.writer_file)) as connection:
        connection.execute("insert into ops.migrations values (9999, 'later', '', now())")


def checksum_of(block):
    """DuckDB's checksum of a block of whole 8-byte words."""
    result = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        result ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return result.to_bytes(8, "little")


def test_the_time_zone_of_a_connection_is_utc(made):
    with writer(made, wait_seconds=0) as connection:
        assert connection.execute("select current_setting('timezone')").fetchall() == [("UTC",)]


def test_a_transaction_is_kept_whole_or_not_at_all(made):
    insert = "insert into listing_validators values ('one', null, null, now())"
    with writer(made, wait_seconds=0) as connection:
        with pytest.raises(duckdb.ConstraintException), transaction(connection):
            connection.execute(f"{insert}; {insert}")
        assert connection.table("listing_validators").fetchall() == []
        with transaction(connection):
            connection.execute(insert)
    assert count_of(made, "listing_validators") == 1


def test_the_file_is_whole_by_itself_when_closed(paths):
    open_and_close(paths)
    assert {path.name for path in paths.state.iterdir()} == {"writer.duckdb", "writer.lock"}
    with duckdb.connect(str(paths.writer_file), read_only=True) as connection:
        assert connection.table("articles").count("*").fetchall() == [(0,)]


def test_a_file_that_another_program_changed_is_checked_again(made):
    open_and_close(made)
    apply_later_migration(made)
    with pytest.raises(NewerWarehouseError):
        open_and_close(made)


def test_a_log_that_a_crash_left_is_checked_too(made):
    open_and_close(made)
    with duckdb.connect(str(made.writer_file)) as newer_version:
        newer_version.execute("set checkpoint_threshold = '1TB'")
        newer_version.execute("insert into ops.migrations values (9999, 'later', '', now())")
        file, log = made.writer_file.read_bytes(), log_path(made.writer_file).read_bytes()
    made.writer_file.write_bytes(file)
    log_path(made.writer_file).write_bytes(log)
    with pytest.raises(NewerWarehouseError):
        open_and_close(made)


def test_a_path_with_quotes_and_blanks_can_be_opened(tmp_path):
    paths = DataPaths(data_dir=tmp_path / 'it\'s "quoted" $path')
    open_and_close(paths)
    assert paths.writer_file.exists()


def test_another_run_that_writes_is_named(made):
    with (
        another_process(hold_writer, made.data_dir) as other,
        pytest.raises(WriterBusyError, match=rf"writer\.duckdb is in use by process {other.pid} "),
    ):
        open_and_close(made, wait_seconds=0.1)


def test_another_program_that_opened_the_file_is_named(made):
    with (
        another_process(hold_file, made.writer_file) as other,
        pytest.raises(WriterBusyError, match=rf"held open by process {other.pid} \(python"),
    ):
        open_and_close(made, wait_seconds=0.1)


def test_another_program_is_waited_for(made):
    with another_process(hold_file, made.writer_file) as other:
        other.stdin.close()
        open_and_close(made, wait_seconds=10)


def test_a_file_that_is_no_duckdb_file_is_an_error(paths):
    paths.state.mkdir(parents=True)
    paths.writer_file.write_bytes(b"no database at all " * 1000)
    with pytest.raises(StorageError, match=r"writer\.duckdb is damaged .* archive has every page"):
        open_and_close(paths)


def test_a_torn_file_is_an_error(made):
    content = made.writer_file.read_bytes()
    made.writer_file.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(StorageError, match=r"writer\.duckdb is damaged"):
        open_and_close(made)


def test_a_file_of_a_newer_duckdb_is_an_error(made):
    content = made.writer_file.read_bytes()
    header = content[8:4096]
    assert header[:4] == b"DUCK"
    assert content[:8] == checksum_of(header)
    newer = header[:4] + (9999).to_bytes(8, "little") + header[12:]
    made.writer_file.write_bytes(checksum_of(newer) + newer + content[4096:])
    with pytest.raises(NewerWarehouseError, match="newer DuckDB"):
        open_and_close(made)


def test_a_folder_that_cannot_be_written_is_an_error(paths):
    paths.data_dir.mkdir()
    paths.state.write_text("a file, not a folder")
    with pytest.raises(StorageError, match="state"):
        open_and_close(paths)


def test_a_full_disk_is_an_error_and_loses_nothing(made):
    message = output_of(write_to_full_disk, made.data_dir)
    assert "writer.duckdb can't be read or written" in message
    assert "Free some space" in message
    assert count_of(made, "article_versions") == 0


def test_too_little_memory_says_what_to_set(paths, monkeypatch):
    monkeypatch.setenv("WIREHOUSE_WRITER_MEMORY_MB", "64")
    advice = "Out of Memory Error.*Set WIREHOUSE_WRITER_MEMORY_MB to more"
    with pytest.raises(StorageError, match=advice), writer(paths, wait_seconds=0) as connection:
        connection.execute("select length(string_agg(i::varchar, '')) from range(20000000) as t(i)")


def test_a_file_that_was_only_read_is_left_as_it_was(made):
    open_and_close(made)
    before = made.writer_file.read_bytes()
    with writer(made, wait_seconds=0) as connection:
        connection.execute("create temp table scratch as select * from articles")
    assert made.writer_file.read_bytes() == before


# a snapshot is the newest state that can be had without waiting for a writer


def listings_in(paths):
    with open_snapshot(paths, wait_seconds=0.05) as connection:
        connection.execute("create or replace temp table scratch as select 1 as one")
        return connection.table("listing_validators").select("url").order("url").fetchall()


def test_the_writers_file_is_read_while_it_is_free(run, made):
    publish(run)
    add_listing(made, "written and not published")
    assert listings_in(made) == [("written and not published",)]


def test_the_published_copy_is_read_while_another_process_writes(run, made, caplog):
    add_listing(made, "published")
    publish(run)
    with another_process(hold_writer, made.data_dir), caplog.at_level(logging.WARNING):
        assert listings_in(made) == [("published",)]
    assert "Reading the published copy instead" in caplog.text


def test_an_empty_warehouse_is_read_before_anything_was_published(made):
    with another_process(hold_writer, made.data_dir):
        assert listings_in(made) == []


def test_a_snapshot_of_no_warehouse_makes_none(paths):
    assert listings_in(paths) == []
    assert not paths.data_dir.exists()


# a warehouse newer than the program is refused by whatever opens it


@pytest.fixture
def newer(made):
    """The paths of a published warehouse that has had a migration of tomorrow."""
    apply_later_migration(made)
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
