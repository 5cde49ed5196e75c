"""Readers get a whole copy, and neither they nor the writer ever wait for the other."""

import hashlib
import json
import subprocess
import sys
from textwrap import dedent

import duckdb
import pytest

from tasks.core.errors import StorageError
from tasks.warehouse.locks import lock_holder
from tasks.warehouse.publish import publish, publish_copy
from tasks.warehouse.writer import writer

READ_BEFORE_AND_AFTER = """
    import sys
    import duckdb
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        print("ready", flush=True)
        sys.stdin.readline()
        print(connection.table("listings").count("*").fetchall()[0][0], flush=True)
"""


def add_listing(layout, url):
    with writer(layout, wait_seconds=0) as connection:
        connection.execute("insert into listings values ($url, null, null, now())", {"url": url})


def published_count(layout):
    with duckdb.connect(str(layout.warehouse), read_only=True) as connection:
        return connection.table("listings").count("*").fetchall()[0][0]


def test_readers_get_what_was_written(run, layout):
    add_listing(layout, "one")
    publish(run)
    assert published_count(layout) == 1


def test_an_open_reader_keeps_its_copy_while_new_ones_get_the_new(run, layout, another_process):
    add_listing(layout, "one")
    publish(run)
    with another_process(READ_BEFORE_AND_AFTER, layout.warehouse) as reader:
        add_listing(layout, "two")
        publish(run)
        assert published_count(layout) == 2
        reader.stdin.write("go on\n")
        reader.stdin.flush()
        assert reader.stdout.readline().strip() == "1"


def test_a_reader_that_holds_the_copy_open_never_blocks_the_writer(run, layout, another_process):
    publish(run)
    with another_process(READ_BEFORE_AND_AFTER, layout.warehouse):
        add_listing(layout, "one")
        publish(run)
    assert published_count(layout) == 1


def test_what_an_analyst_wrote_into_the_old_copy_does_not_reach_the_new(run, layout):
    publish(run)
    with duckdb.connect(str(layout.warehouse)) as analyst:
        analyst.execute("create table notes (text varchar)")
        publish(run)
        analyst.execute("insert into notes values ('kept in the old copy')")
        code = "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).sql('show tables'))"
        said = subprocess.run(
            [sys.executable, "-c", code, str(layout.warehouse)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert "articles" in said
    assert "notes" not in said


def test_the_published_copy_says_that_the_run_completed(run, layout):
    summary = publish(run)
    with duckdb.connect(str(layout.warehouse), read_only=True) as connection:
        rows = connection.table("runs").select("run_id", "status", "finished_at").fetchall()
    assert rows == [(run.run_id, "completed", summary.finished_at)]


def test_nothing_but_the_copy_is_left_in_the_data_folder(run, layout):
    publish(run)
    assert {path.name for path in layout.data_dir.iterdir()} == {
        "state",
        "warehouse.duckdb",
        "warehouse.json",
    }
    assert lock_holder(layout.writer_lock) is None


def test_a_copy_that_fails_leaves_the_old_one(run, layout):
    add_listing(layout, "one")
    publish(run)
    code = """
        import resource, signal, sys
        from pathlib import Path
        from tasks.warehouse.publish import publish_copy
        from tasks.core.errors import StorageError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
        try:
            publish_copy(Path(sys.argv[1]), Path(sys.argv[2]))
        except StorageError as error:
            print(error)
    """
    said = subprocess.run(
        [sys.executable, "-c", dedent(code), str(layout.writer_file), str(layout.warehouse)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.startswith(f"{layout.warehouse}: File too large. Free some space")
    assert published_count(layout) == 1
    assert not list(layout.data_dir.glob("*.part"))


def test_the_cost_of_publishing_is_in_the_runs(run, layout):
    publish(run)
    with writer(layout, wait_seconds=0) as connection:
        ((seconds,),) = connection.table("runs").select("publish_seconds").fetchall()
    assert 0 < seconds < 60


def test_a_manifest_beside_the_copy_says_what_is_in_it(run, layout):
    add_listing(layout, "one")
    publish(run)
    told = json.loads(layout.manifest.read_text())
    copy = layout.warehouse.read_bytes()
    assert (told["bytes"], told["sha256"]) == (len(copy), hashlib.sha256(copy).hexdigest())
    assert (told["run_id"], told["rows"]["articles"]) == (run.run_id, 0)
    assert told["newest_story_at"] is None
    with duckdb.connect(str(layout.warehouse), read_only=True) as connection:
        for table, count in told["rows"].items():
            assert connection.table(table).count("*").fetchall() == [(count,)], table
        versions = connection.execute("select max(version) from migrations").fetchall()
    assert versions == [(told["schema_version"],)]


def test_a_copy_of_what_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageError, match="No such file"):
        publish_copy(tmp_path / "absent.duckdb", tmp_path / "warehouse.duckdb")
