"""The newest state that can be had without waiting for whoever writes."""

import logging

import pytest

from tasks.warehouse import writer as snapshot
from tasks.warehouse.publish import publish
from tasks.warehouse.writer import latest, transaction, writer

HOLD_WRITER = """
    import sys
    from pathlib import Path
    from tasks.warehouse.writer import writer
    from tasks.core.paths import DataPaths
    with writer(DataPaths(data_dir=Path(sys.argv[1])), wait_seconds=0):
        print("ready", flush=True)
        sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch):
    monkeypatch.setattr(snapshot, "_WAIT_SECONDS", 0.05)


def add_listing(layout, url):
    with writer(layout, wait_seconds=0) as connection, transaction(connection):
        connection.execute("insert into listings values ($url, null, null, now())", {"url": url})


def listings_in(layout):
    with latest(layout) as connection:
        connection.execute("create or replace temp table scratch as select 1 as one")
        return connection.table("listings").select("url").order("url").fetchall()


def test_the_writers_file_is_read_while_it_is_free(run, layout):
    publish(run)
    add_listing(layout, "written and not published")
    assert listings_in(layout) == [("written and not published",)]


def test_the_published_copy_is_read_while_another_process_writes(
    run, layout, another_process, caplog
):
    add_listing(layout, "published")
    publish(run)
    with another_process(HOLD_WRITER, layout.data_dir), caplog.at_level(logging.WARNING):
        assert listings_in(layout) == [("published",)]
    assert "Reading the published copy instead" in caplog.text


def test_an_empty_warehouse_is_read_before_anything_was_published(layout, another_process):
    with another_process(HOLD_WRITER, layout.data_dir):
        assert listings_in(layout) == []


def test_looking_at_a_warehouse_that_is_not_there_makes_none(layout):
    assert listings_in(layout) == []
    assert not layout.data_dir.exists()
