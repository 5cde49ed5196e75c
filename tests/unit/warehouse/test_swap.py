"""A rebuilt warehouse inherits what only the old one knows, and is swapped in in one step."""

import shutil
from contextlib import contextmanager
from dataclasses import replace

import duckdb
import pytest

from tasks.core.errors import OperatorError, StorageError, WriterBusyError
from tasks.matchers import MATCHERS
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.run_end import finish_run
from tasks.warehouse.runs import begin_run
from tasks.warehouse.swap import inherit_state, staging_database, swap_in
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_reject,
    make_run,
    stage,
)

URL = f"https://menafn.com/{STORY}/A-Bridge-Opens"


@pytest.fixture(scope="module")
def _made(new_warehouse):
    run = make_run(new_warehouse().data_dir)
    refused = [
        make_reject(article_id=STORY + 1, reason="robots-forbids", detail="as robots.txt says"),
        make_reject(url=URL, stage="read", reason="no-story"),
    ]
    with writer(run.paths, wait_seconds=0) as connection:
        begin_run(connection, run)
        folder = stage(run.paths.data_dir / f"{RUN_ID}-0001", articles=[make_article()],
                       rejects=refused)  # fmt: skip
        load_batch(connection, folder, run_id=RUN_ID)
        finish_run(
            connection,
            replace(run, settings=replace(run.settings, alert_thresholds=("disk=999999",))),
        )
    return run


@pytest.fixture
def run(_made, tmp_path):
    """A run whose warehouse in use holds an article and two refusals."""
    shutil.copytree(_made.paths.data_dir, tmp_path / "data")
    return make_run(tmp_path / "data")


@pytest.fixture
def rebuilt(new_warehouse):
    """Makes a new warehouse of one batch, in a folder of its own."""

    @contextmanager
    def rebuild(run, **tables):
        run_id = "20260101T000000Z-ffffff"
        new = replace(run, run_id=run_id, flow="rebuild", state_folder="state/rebuild")
        with staging_database(new.paths):
            new_warehouse(new.paths)
            with writer(new.paths, wait_seconds=0) as connection:
                begin_run(connection, new)
                folder = stage(new.paths.staged / f"{new.run_id}-0001", **tables)
                load_batch(connection, folder, run_id=new.run_id)
            yield new

    return rebuild


def select(paths, query):
    with duckdb.connect(str(paths.writer_file), read_only=True) as connection:
        return connection.sql(query).fetchall()


def test_runs_and_refusals_without_a_response_are_inherited(rebuilt, run):
    reread = make_reject(url=URL, stage="read", reason="no-story", rejected_at=run.started_at)
    with rebuilt(run, articles=[make_article()], rejects=[reread]) as new:
        inherit_state(new, accept_losses=False, matchers=MATCHERS)
        alerts = select(new.paths, "select rule from alerts where closed_at is null")
        assert ("disk",) in alerts
        assert select(new.paths, "select name from ops.measurements") == [("disk_free_bytes",)]
        flows = select(new.paths, "select flow from runs order by flow")
        assert flows == [("ingest",), ("rebuild",)]
        rejects = select(new.paths, "select stage, reason, detail from rejects order by stage")
    assert rejects == [
        ("fetch", "robots-forbids", "as robots.txt says"),
        ("read", "no-story", "404"),
    ]


def test_without_an_old_warehouse_refusals_follow_from_the_last_responses(rebuilt, tmp_path):
    captures = [
        make_capture(capture_id=str(status), article_id=STORY + status, status=status)
        for status in (200, 304, 404, 410, 429, 403, 503, 418, 301, 206)
    ]
    with rebuilt(make_run(tmp_path), captures=captures) as new:
        inherit_state(new, accept_losses=False, matchers=MATCHERS)
        query = f"select article_id - {STORY}, reason from rejects order by all"
        rejects = select(new.paths, query)
    assert rejects == [
        (206, "broken-transfer"), (301, "redirected-away"), (403, "forbidden"),
        (404, "not-found"), (410, "gone"), (418, "client-error"), (429, "rate-limited"),
        (503, "server-error"),
    ]  # fmt: skip


def test_a_swap_discards_the_old_log(rebuilt, run):
    old = run.paths.writer_file
    with duckdb.connect(str(old)) as connection:
        connection.execute("set checkpoint_threshold = '1TB'")
        connection.execute("update ops.articles set title = 'Another'")
        log = old.with_name("writer.duckdb.wal")
        unmerged = log.read_bytes()
    log.write_bytes(unmerged)
    with rebuilt(run, articles=[make_article()]) as new:
        swap_in(new)
    assert not log.exists()
    assert select(run.paths, "select title from articles") == [("A bridge opens",)]
    assert not new.paths.state.exists()


def test_a_damaged_old_warehouse_is_replaced_and_the_published_one_has_its_history(rebuilt, run):
    publish_copy(run.paths.writer_file, run.paths.warehouse)
    run.paths.writer_file.write_bytes(b"no warehouse")
    with rebuilt(run, articles=[make_article()]) as new:
        inherit_state(new, accept_losses=False, matchers=MATCHERS)
        swap_in(new)
    flows = select(run.paths, "select flow from runs order by flow")
    assert flows == [("ingest",), ("rebuild",)]


def test_an_archive_that_lost_a_response_of_the_old_warehouse_is_refused(rebuilt, run):
    with rebuilt(run, articles=[make_article(capture_id="other")]) as new:
        with pytest.raises(OperatorError, match=r"1 in raw/one\.warc\.gz"):
            inherit_state(new, accept_losses=False, matchers=MATCHERS)
        inherit_state(new, accept_losses=True, matchers=MATCHERS)


def test_two_rebuilds_exclude_each_other(rebuilt, run):
    with rebuilt(run), pytest.raises(WriterBusyError), rebuilt(run):
        pass


def test_what_a_rebuild_that_died_left_is_gone(rebuilt, run):
    left = run.paths.state / "rebuild" / "writer.duckdb"
    left.parent.mkdir()
    left.write_bytes(b"half of it")
    with rebuilt(run, articles=[make_article()]) as new:
        assert select(new.paths, "select count(*) from articles") == [(1,)]


def test_a_swap_that_fails_leaves_the_old_file(rebuilt, run):
    with rebuilt(run) as new, exclusive_lock(run.paths.writer_lock, wait_seconds=0):
        new.paths.writer_file.unlink()
        with pytest.raises(StorageError):
            swap_in(new)
    assert select(run.paths, "select count(*) from articles") == [(1,)]
