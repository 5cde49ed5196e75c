"""A run opens and closes its own row."""

import asyncio
import logging

from tasks import runs as opening
from tasks.runs import artifact_rows, finish_run, start_run
from tasks.warehouse.locks import exclusive_lock, lock_holder
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, make_run


def statuses(run):
    with writer(run.paths, wait_seconds=0) as connection:
        return connection.table("runs").select("run_id", "status", "detail").fetchall()


def test_a_run_is_running_until_it_is_summarised(tmp_path):
    run = make_run(tmp_path)
    with hold_run_lock(run):
        start_run.fn(run)
        assert statuses(run) == [(RUN_ID, "running", None)]
        summary = asyncio.run(finish_run.fn(run))
    assert (summary.run_id, summary.flow, summary.status) == (RUN_ID, "ingest", "completed")
    assert statuses(run) == [(RUN_ID, "completed", None)]


def test_a_run_that_failed_says_why(tmp_path):
    run = make_run(tmp_path)
    with hold_run_lock(run):
        start_run.fn(run)
        summary = asyncio.run(finish_run.fn(run, failure="the wire gave no answer"))
    assert (summary.status, summary.detail) == ("failed", "the wire gave no answer")


def test_what_a_failure_quotes_is_no_markup_on_prefects_page(tmp_path):
    run = make_run(tmp_path)
    start_run.fn(run)
    failure = 'title=<img src=x onerror="alert(1)"> [click](javascript:alert(1))'
    summary = asyncio.run(finish_run.fn(run, failure=failure))
    shown = {row["what"]: row["value"] for row in artifact_rows(summary)}
    assert shown["status"] == "failed"
    assert not set(shown["detail"]) & set('<>"[')


def test_a_run_holds_its_own_lock_while_it_works(tmp_path):
    run = make_run(tmp_path)
    lock = run.paths.runs / f"{RUN_ID}.lock"
    with hold_run_lock(run):
        assert lock_holder(lock)
    assert not lock.exists()


def test_a_run_begins_without_its_row_while_another_process_writes(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(opening, "_WAIT_SECONDS", 0.05)
    run = make_run(tmp_path)
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), caplog.at_level(logging.WARNING):
        start_run.fn(run)
    assert "The run's row will be written when it ends" in caplog.text
    assert asyncio.run(finish_run.fn(run)).status == "completed"


def test_what_a_dead_process_was_building_is_swept_up(tmp_path):
    run = make_run(tmp_path)
    half_made = run.paths.staged / ".old-0001.999999999-ab.part"
    half_made.mkdir(parents=True)
    start_run.fn(run)
    assert not half_made.exists()
