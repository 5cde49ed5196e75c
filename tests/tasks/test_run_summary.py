"""A run opens and closes its own row."""

import asyncio
import logging

from tasks import runs as opening
from tasks.runs import artifact_rows, at_work, begin, summarise
from tasks.warehouse.locks import held, holder
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, make_run


def statuses(run):
    with writer(run.layout, wait_seconds=0) as connection:
        return connection.table("runs").select("run_id", "status", "detail").fetchall()


def test_a_run_is_running_until_it_is_summarised(tmp_path):
    run = make_run(tmp_path)
    with at_work(run):
        begin.fn(run)
        assert statuses(run) == [(RUN_ID, "running", None)]
        summary = asyncio.run(summarise.fn(run))
    assert (summary.run_id, summary.flow, summary.status) == (RUN_ID, "ingest", "completed")
    assert statuses(run) == [(RUN_ID, "completed", None)]


def test_a_run_that_failed_says_why(tmp_path):
    run = make_run(tmp_path)
    with at_work(run):
        begin.fn(run)
        summary = asyncio.run(summarise.fn(run, failure="the wire gave no answer"))
    assert (summary.status, summary.detail) == ("failed", "the wire gave no answer")


def test_what_a_failure_quotes_is_no_markup_on_prefects_page(tmp_path):
    run = make_run(tmp_path)
    begin.fn(run)
    failure = 'title=<img src=x onerror="alert(1)"> [click](javascript:alert(1))'
    summary = asyncio.run(summarise.fn(run, failure=failure))
    shown = {row["what"]: row["value"] for row in artifact_rows(summary)}
    assert shown["status"] == "failed"
    assert not set(shown["detail"]) & set('<>"[')


def test_a_run_holds_its_own_lock_while_it_works(tmp_path):
    run = make_run(tmp_path)
    lock = run.layout.runs / f"{RUN_ID}.lock"
    with at_work(run):
        assert holder(lock)
    assert not lock.exists()


def test_a_run_begins_without_its_row_while_another_process_writes(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(opening, "_WAIT_SECONDS", 0.05)
    run = make_run(tmp_path)
    with held(run.layout.writer_lock, wait_seconds=0), caplog.at_level(logging.WARNING):
        begin.fn(run)
    assert "The run's row will be written when it ends" in caplog.text
    assert asyncio.run(summarise.fn(run)).status == "completed"


def test_what_a_dead_process_was_building_is_swept_up(tmp_path):
    run = make_run(tmp_path)
    half_made = run.layout.staged / ".old-0001.999999999-ab.part"
    half_made.mkdir(parents=True)
    begin.fn(run)
    assert not half_made.exists()
