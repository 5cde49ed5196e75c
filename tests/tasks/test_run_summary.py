"""A run opens its own row, and closes it when it fails."""

import logging

from flows.pipeline import artifact_rows
from tasks.runs import fail_run, start_run
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, make_run


def rows(run):
    with writer(run.paths, wait_seconds=0) as connection:
        return connection.table("runs").select("run_id", "status", "detail").fetchall()


def test_a_run_is_running_until_it_fails_and_says_why(tmp_path):
    run = make_run(tmp_path)
    start_run.fn(run)
    assert rows(run) == [(RUN_ID, "running", None)]
    summary = fail_run.fn(run, "the site did not respond")
    assert (summary.flow, summary.status) == ("ingest", "failed")
    assert rows(run) == [(RUN_ID, "failed", "the site did not respond")]


def test_what_a_failure_quotes_is_no_markup_on_prefects_page(tmp_path):
    failure = 'title=<img src=x onerror="alert(1)"> [click](javascript:alert(1))'
    summary = fail_run.fn(make_run(tmp_path), failure)
    shown = {row["what"]: row["value"] for row in artifact_rows(summary)}
    assert shown["status"] == "failed"
    assert not set(shown["detail"]) & set('<>"[')


def test_a_run_starts_without_its_row_while_another_process_writes(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("tasks.runs._WAIT_SECONDS", 0.05)
    run = make_run(tmp_path)
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0), caplog.at_level(logging.WARNING):
        start_run.fn(run)
    assert "The run's row will be written when it ends" in caplog.text
    fail_run.fn(run, "why")
    assert rows(run) == [(RUN_ID, "failed", "why")]


def test_what_a_dead_process_was_building_is_removed(tmp_path):
    run = make_run(tmp_path)
    half_built = run.paths.staged / ".old-0001.999999999-ab.part"
    half_built.mkdir(parents=True)
    start_run.fn(run)
    assert not half_built.exists()
