"""A run's row says what it brought, whether it lives and how it ended."""

from dataclasses import asdict

import pytest

from tasks.warehouse.locks import lock_holder
from tasks.warehouse.runs import begin_run, claim_interrupted_runs, end_run, hold_run_lock
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_mention,
    make_reject,
    make_run,
    stage,
)
from tests.unit.warehouse.other_process import another_process, hold_run

LATER = "20250812T110000Z-0a1b2c"


@pytest.fixture
def connection(made):
    with writer(made, wait_seconds=0) as opened:
        yield opened


def statuses(connection):
    return dict(connection.table("runs").select("run_id", "status").fetchall())


def test_a_run_that_ends_has_the_counts_of_the_batches_it_loaded(run, connection, tmp_path):
    batch = stage(
        tmp_path / f"{RUN_ID}-0001",
        articles=[make_article(), make_article(article_id=STORY + 1, capture_id="two")],
        captures=[make_capture(capture_id="three", article_id=STORY + 2, status=304)],
        listing_entries=[make_listing_entry(), make_listing_entry(article_id=STORY + 1)],
        mentions=[make_mention()],
        rejects=[make_reject(article_id=STORY + 3)],
    )
    load_batch(connection, batch, run_id=RUN_ID)
    summary = end_run(connection, run)
    counts = {
        "discovered": 2, "fetched": 2, "not_modified": 1, "extracted": 2, "inserted": 2,
        "updated": 0, "unchanged": 0, "rejected": 1, "mentions": 1,
    }  # fmt: skip
    assert asdict(summary) == asdict(summary) | counts | {"run_id": RUN_ID, "status": "completed"}
    assert summary.seconds == (summary.finished_at - summary.started_at).total_seconds()


def test_a_completed_run_keeps_its_end_unless_it_fails_afterwards(run, connection):
    first = end_run(connection, run)
    assert (first.discovered, first.inserted, first.mentions) == (0, 0, 0)
    assert end_run(connection, run) == first
    summary = end_run(connection, run, failure="the copy could not be written")
    assert (summary.status, summary.detail) == ("failed", "the copy could not be written")


def test_a_run_in_progress_is_left_alone(tmp_path):
    later = make_run(tmp_path, LATER)
    with (
        another_process(hold_run, tmp_path, RUN_ID),
        writer(later.paths, wait_seconds=5) as connection,
        hold_run_lock(later),
    ):
        begin_run(connection, later)
        assert statuses(connection) == {RUN_ID: "running", LATER: "running"}


def test_a_run_whose_process_was_killed_is_failed_by_the_next(tmp_path):
    later = make_run(tmp_path, LATER)
    with another_process(hold_run, tmp_path, RUN_ID) as earlier:
        earlier.kill()
        earlier.wait()
        with writer(later.paths, wait_seconds=5) as connection, hold_run_lock(later):
            begin_run(connection, later)
            assert statuses(connection) == {RUN_ID: "failed", LATER: "running"}


def test_a_run_that_is_over_leaves_no_files(run):
    with hold_run_lock(run):
        assert lock_holder(run.paths.runs / f"{RUN_ID}.lock")
        run.paths.run_folder(run.run_id).mkdir()
    assert list(run.paths.runs.iterdir()) == []


def test_a_run_that_does_not_end_well_leaves_its_lock_for_another_to_claim(run):
    with pytest.raises(RuntimeError), hold_run_lock(run):
        raise RuntimeError
    with claim_interrupted_runs(run.paths, waiting=()) as gone:
        assert gone == (RUN_ID,)
    assert list(run.paths.runs.iterdir()) == []
