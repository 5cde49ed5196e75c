"""A snapshot is the newest state that can be had without waiting for a writer."""

import logging

from tasks.warehouse.publish import publish
from tasks.warehouse.writer import open_snapshot, transaction, writer
from tests.unit.warehouse.other_process import another_process, hold_writer


def add_listing(paths, url):
    with writer(paths, wait_seconds=0) as connection, transaction(connection):
        connection.execute(
            "insert into listing_validators values ($url, null, null, now())", {"url": url}
        )


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
