"""A run begins only in a data folder whose stories are of its own kind of wire."""

import pytest

from tasks.core.errors import UsageError
from tasks.runs import start_run
from tasks.warehouse.load import load_batch
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    make_article,
    make_capture,
    make_reject,
    make_run,
    make_sighting,
    stage,
)

LIVE = "https://menafn.com"
SAMPLE = "http://127.0.0.1:8123"
LATER = "20250812T110000Z-0a1b2c"


def began(data_dir, base_url, run_id=RUN_ID, **tables):
    """A run that loaded one batch with these tables."""
    run = make_run(data_dir, run_id, base_url=base_url)
    start_run.fn(run)
    if tables:
        with writer(run.paths, wait_seconds=0) as connection:
            batch = stage(data_dir / "batches" / f"{run_id}-0001", **tables)
            load_batch(connection, batch, run_id=run_id)
    return run


def test_the_wire_of_a_run_and_its_zone_are_written_down(tmp_path):
    run = began(tmp_path, SAMPLE)
    with writer(run.paths, wait_seconds=0) as connection:
        assert connection.table("runs").select("wire", "timezone").fetchall() == [
            (SAMPLE, "America/New_York")
        ]


@pytest.mark.parametrize(
    "tables", [{"articles": [make_article()]}, {"sightings": [make_sighting()]}]
)
@pytest.mark.parametrize(("first", "second"), [(SAMPLE, LIVE), (LIVE, SAMPLE)])
def test_a_local_and_a_public_wire_never_share_a_warehouse(tmp_path, first, second, tables):
    began(tmp_path, first, **tables)
    with pytest.raises(UsageError) as caught:
        began(tmp_path, second, LATER)
    assert str(caught.value).startswith(
        f"{tmp_path} has stories of {first}, and this run would add those of {second}. "
    )
    assert "Set WIREHOUSE_DATA_DIR to another folder" in str(caught.value)


def test_a_refused_run_leaves_no_row(tmp_path):
    run = began(tmp_path, SAMPLE, articles=[make_article()])
    with pytest.raises(UsageError):
        began(tmp_path, LIVE, LATER)
    with writer(run.paths, wait_seconds=0) as connection:
        assert connection.table("runs").select("run_id").fetchall() == [(RUN_ID,)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SAMPLE, "http://localhost:9000"),
        (SAMPLE, "http://192.168.0.2"),
        (LIVE, "https://www.menafn.com"),
    ],
)
def test_wires_of_one_kind_may_follow_each_other(tmp_path, first, second):
    began(tmp_path, first, articles=[make_article()])
    began(tmp_path, second, LATER)


def test_a_run_that_brought_no_story_binds_no_one(tmp_path):
    began(tmp_path, LIVE, rejects=[make_reject()])
    began(tmp_path, SAMPLE, LATER)


def test_stories_that_wait_to_be_loaded_count_too(tmp_path):
    run = began(tmp_path, SAMPLE)
    stage(run.paths.fetched / f"{RUN_ID}-0003", captures=[make_capture()])
    with pytest.raises(UsageError, match=f"has stories of {SAMPLE}"):
        began(tmp_path, LIVE, LATER)


def test_the_published_copy_is_asked_while_another_process_writes(tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.runs._WAIT_SECONDS", 0.05)
    run = began(tmp_path, SAMPLE, articles=[make_article()])
    publish(run)
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), pytest.raises(UsageError):
        began(tmp_path, LIVE, LATER)
