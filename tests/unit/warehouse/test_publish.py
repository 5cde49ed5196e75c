"""Readers get a whole copy, and neither they nor the writer ever wait for the other."""

import hashlib
import json
import stat
from contextlib import ExitStack

import duckdb
import pytest

from tasks.core.errors import StorageError
from tasks.warehouse.locks import lock_holder
from tasks.warehouse.publish import publish, publish_copy
from tasks.warehouse.writer import writer
from tests.unit.warehouse.conftest import add_listing
from tests.unit.warehouse.other_process import (
    another_process,
    copy_to_full_disk,
    count_later,
    output_of,
    read_continually,
    show_tables,
)


def select_published(paths, query):
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def published_count(paths):
    return select_published(paths, "select count(*) from ops.listing_validators")[0][0]


def test_an_open_reader_keeps_its_copy_while_new_ones_get_the_new(run, made):
    add_listing(made, "one")
    publish(run)
    with another_process(count_later, made.warehouse) as reader:
        add_listing(made, "two")
        publish(run)
        assert published_count(made) == 2
        reader.stdin.write("go on\n")
        reader.stdin.flush()
        assert reader.stdout.readline().strip() == "1"


def test_what_an_analyst_wrote_into_the_old_copy_does_not_reach_the_new(run, made):
    publish(run)
    made.warehouse.chmod(0o644)
    with duckdb.connect(str(made.warehouse)) as analyst:
        analyst.execute("create table notes (text varchar)")
        publish(run)
        analyst.execute("insert into notes values ('kept in the old copy')")
        tables = output_of(show_tables, made.warehouse)
    assert "articles" in tables
    assert "notes" not in tables


def test_a_publication_is_a_copy_and_a_manifest_that_say_what_is_in_them(run, made):
    add_listing(made, "one")
    summary = publish(run)
    assert select_published(made, "select run_id, status, finished_at from runs") == [
        (run.run_id, "completed", summary.finished_at)
    ]
    manifest = json.loads(made.manifest.read_text())
    copy = made.warehouse.read_bytes()
    assert (manifest["bytes"], manifest["sha256"]) == (len(copy), hashlib.sha256(copy).hexdigest())
    assert (manifest["run_id"], manifest["rows"]["articles"]) == (run.run_id, 0)
    assert manifest["newest_story_at"] is None
    for table, count in manifest["rows"].items():
        assert select_published(made, f"select count(*) from {table}") == [(count,)], table
    assert select_published(made, "select max(version) from ops.migrations") == [
        (manifest["schema_version"],)
    ]
    assert stat.S_IMODE(made.warehouse.stat().st_mode) == 0o444
    files = {path.name for path in made.data_dir.iterdir()}
    assert files == {"state", "warehouse.duckdb", "warehouse.json"}
    assert lock_holder(made.writer_lock) is None
    with writer(made, wait_seconds=0) as connection:
        ((seconds,),) = connection.table("runs").select("publish_seconds").fetchall()
    assert 0 < seconds < 60


def test_a_copy_that_fails_leaves_the_old_one(run, made):
    add_listing(made, "one")
    publish(run)
    message = output_of(copy_to_full_disk, made.writer_file, made.warehouse)
    assert message.startswith(f"{made.warehouse}: File too large. Free some space")
    assert published_count(made) == 1
    assert not list(made.data_dir.glob("*.part"))


def test_a_copy_of_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(StorageError, match="No such file"):
        publish_copy(tmp_path / "absent.duckdb", tmp_path / "warehouse.duckdb")


@pytest.mark.parametrize(
    ("publications", "reader_count"),
    [(5, 2), pytest.param(1000, 8, marks=[pytest.mark.slow, pytest.mark.soak])],
)
@pytest.mark.timeout(1800)
def test_no_reader_fails_or_sees_a_mixed_state_and_no_writer_waits(
    run, made, publications, reader_count
):
    with writer(made, wait_seconds=0) as connection:
        connection.execute(
            "insert into listing_validators select range::varchar, '0', null, now() from range(300)"
        )
    publish(run)
    with ExitStack() as stack:
        arguments = (read_continually, made.warehouse, made.manifest, 300)
        readers = [stack.enter_context(another_process(*arguments)) for _ in range(reader_count)]
        for number in range(1, publications + 1):
            with writer(made, wait_seconds=0) as connection:
                connection.execute(
                    "update listing_validators set etag = $number", {"number": str(number)}
                )
            publish(run)  # which waits for no one: writer_wait_seconds is 0
        opened = [reader.communicate() for reader in readers]
        assert [errors for _, errors in opened if errors] == []
        assert all(int(count) >= publications / 20 for count, _ in opened)
        assert [reader.returncode for reader in readers] == [0] * reader_count
    assert json.loads(made.manifest.read_text())["bytes"] == made.warehouse.stat().st_size
