"""How a run starts and fails; sites of different kinds never share a warehouse."""

import logging

import pytest

from flows.pipeline import artifact_text
from tasks.core.errors import UsageError, WriterBusyError
from tasks.publish import publish
from tasks.runs import fail_run, start_run
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_reject,
    make_run,
    stage,
)

LIVE = "https://menafn.com"
SAMPLE = "http://127.0.0.1:8123"
LATER = "20250812T110000Z-0a1b2c"


@pytest.fixture
def _short_wait(monkeypatch):
    monkeypatch.setattr("tasks.runs._WAIT_SECONDS", 0.05)


def start(data_dir, base_url=SAMPLE, run_id=RUN_ID, **tables):
    """A run that has loaded one batch with these tables."""
    run = make_run(data_dir, run_id, base_url=base_url)
    start_run.fn(run)
    if tables:
        with writer(run.paths, wait_seconds=0) as connection:
            batch = stage(data_dir / "batches" / f"{run_id}-0001", **tables)
            load_batch(connection, batch, run_id=run_id)
    return run


def rows(run, *columns):
    with writer(run.paths, wait_seconds=0) as connection:
        return connection.table("runs").select(*columns).fetchall()


def test_a_run_is_running_until_it_fails_or_is_published(data_dir):
    run = start(data_dir)
    assert rows(run, "status", "base_url", "timezone") == [("running", SAMPLE, "America/New_York")]
    summary = fail_run.fn(run, "the site did not respond")
    assert (summary.run_id, summary.flow, summary.status) == (RUN_ID, "ingest", "failed")
    assert rows(run, "status", "detail") == [("failed", "the site did not respond")]
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), pytest.raises(WriterBusyError):
        publish.fn(run)
    assert not run.paths.warehouse.exists()
    assert publish.fn(start(data_dir, run_id=LATER)).status == "completed"


def test_a_failure_is_no_markup_on_prefects_page(data_dir):
    failure = (
        'can\'t read title=<img src=x onerror="alert(1)"> [click](javascript:alert(1)) ``` </code>'
        f" https://evil.example/{'x' * 60} " + "and so on, " * 30
    ).strip()
    summary = fail_run.fn(make_run(data_dir), failure)
    shown = artifact_text(summary)
    assert "    status: failed" in shown
    assert all(line.startswith("    ") for line in shown.splitlines())
    assert failure in " ".join(shown.split())


def test_a_changed_time_zone_is_reported_until_a_rebuild(data_dir, caplog):
    start(data_dir, articles=[make_article()])
    for hour, zone, warnings in (
        ("11", "America/New_York", 0),
        ("12", "Asia/Kuwait", 1),
        ("13", "Asia/Kuwait", 1),
        ("14", "America/New_York", 0),
    ):
        caplog.clear()
        start_run.fn(
            make_run(data_dir, f"20250812T{hour}0000Z-0a1b2c", timezone=zone, base_url=SAMPLE)
        )
        assert caplog.text.count("WIREHOUSE_TIMEZONE=America/New_York") == warnings, hour
    with writer(make_run(data_dir).paths, wait_seconds=0) as connection:
        connection.execute(
            "update runs set flow = 'rebuild', status = 'completed', timezone = 'Asia/Kuwait',"
            " started_at = now() where run_id = '20250812T130000Z-0a1b2c'"
        )
    caplog.clear()
    start_run.fn(
        make_run(data_dir, "20250812T150000Z-0a1b2c", timezone="Asia/Kuwait", base_url=SAMPLE)
    )
    assert caplog.text == ""


@pytest.mark.usefixtures("_short_wait")
def test_a_run_starts_without_its_row_while_another_process_writes(data_dir, caplog):
    run = make_run(data_dir)
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), caplog.at_level(logging.WARNING):
        start_run.fn(run)
    assert "The run's row will be written when it ends" in caplog.text
    fail_run.fn(run, "why")
    assert rows(run, "run_id", "status") == [(RUN_ID, "failed")]


def test_what_a_killed_process_was_building_is_removed(data_dir):
    half_built = make_run(data_dir).paths.staged / ".old-0001.999999999-ab.part"
    half_built.mkdir(parents=True)
    start(data_dir)
    assert not half_built.exists()


@pytest.mark.parametrize(
    "tables", [{"articles": [make_article()]}, {"listing_entries": [make_listing_entry()]}]
)
@pytest.mark.parametrize(("first", "second"), [(SAMPLE, LIVE), (LIVE, SAMPLE)])
def test_a_local_and_a_public_site_never_share_a_warehouse(data_dir, first, second, tables):
    run = start(data_dir, first, **tables)
    with pytest.raises(UsageError) as caught:
        start(data_dir, second, LATER)
    message = f"{data_dir} has stories of {first}, and this run would add those of {second}. "
    assert str(caught.value).startswith(message)
    assert "Set WIREHOUSE_DATA_DIR to another folder" in str(caught.value)
    assert rows(run, "run_id") == [(RUN_ID,)]


@pytest.mark.parametrize(
    ("first", "second", "tables"),
    [
        (SAMPLE, "http://localhost:9000", {"articles": [make_article()]}),
        (SAMPLE, "http://192.168.0.2", {"articles": [make_article()]}),
        (LIVE, "https://www.menafn.com", {"articles": [make_article()]}),
        (LIVE, SAMPLE, {"rejects": [make_reject()]}),
    ],
)
def test_sites_of_one_kind_or_without_a_story_may_follow_each_other(
    data_dir, first, second, tables
):
    start(data_dir, first, **tables)
    start(data_dir, second, LATER)


def test_stories_that_wait_to_be_loaded_count_too(data_dir):
    run = start(data_dir, SAMPLE)
    stage(run.paths.fetched / f"{RUN_ID}-0003", captures=[make_capture()])
    with pytest.raises(UsageError, match=f"has stories of {SAMPLE}"):
        start(data_dir, LIVE, LATER)


@pytest.mark.usefixtures("_short_wait")
def test_the_published_copy_is_checked_while_another_process_writes(data_dir):
    run = start(data_dir, SAMPLE, articles=[make_article()])
    publish.fn(run)
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), pytest.raises(UsageError):
        start(data_dir, LIVE, LATER)
