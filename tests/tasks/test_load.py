"""Every staged batch is loaded once, whichever run staged it, and nothing is lost."""

import asyncio
from dataclasses import make_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tasks.core.errors import StorageError, WriterBusyError
from tasks.core.parquet import write_records
from tasks.core.records import Capture
from tasks.core.reports import Counts
from tasks.core.settings import Settings
from tasks.core.staging import complete_batches, waiting_captures
from tasks.load import is_worth_loading, load
from tasks.warehouse.check import failed_checks
from tasks.warehouse.load import bundle_batches
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.requests import select_requests
from tasks.warehouse.status import select_status
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_mention,
    make_run,
    stage,
)

EARLIER = "20250811T090000Z-ffffff"


def load_now(run, **choices):
    return asyncio.run(load.fn(run, **choices))


def count_of(run, table):
    with writer(run.paths, wait_seconds=0) as connection:
        return connection.table(table).count("*").fetchall()[0][0]


def test_every_staged_batch_is_loaded_and_removed(run):
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()], mentions=[make_mention()])
    other = make_article(article_id=STORY + 1, capture_id="two")
    stage(run.paths.staged / f"{EARLIER}-0007", articles=[other])
    (both,) = load_now(run)
    assert both == Counts(fetched=2, extracted=2, inserted=2, mentions=1)
    assert str(replace(both, mentions=0)) == "2 fetched, 2 extracted, 2 inserted"
    assert complete_batches(run.paths.staged) == []
    assert count_of(run, "articles") == 2
    assert count_of(run, "loads") == 2


def test_a_batch_that_is_being_built_is_not_loaded(tmp_path):
    run = make_run(tmp_path)
    building = run.paths.staged / f".{RUN_ID}-0001.1-ab.part"
    building.mkdir(parents=True)
    assert load_now(run) == []
    assert building.exists()
    assert not run.paths.writer_file.exists()


def test_a_batch_that_is_staged_again_is_loaded_once(run):
    for _ in range(2):
        stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
        summary = load_now(run)
    assert summary == [Counts(fetched=1, extracted=1, unchanged=1)]
    assert count_of(run, "articles") == 1
    assert count_of(run, "article_versions") == 1
    assert count_of(run, "loads") == 1


def test_batches_wait_while_another_process_writes(run):
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0):
        assert load_now(run, only_if_free=True) == []
        with pytest.raises(WriterBusyError, match="will be loaded by the next run"):
            load_now(run)
    assert len(complete_batches(run.paths.staged)) == 1
    assert load_now(run, only_if_free=True)[0].inserted == 1


def test_a_load_in_the_middle_of_a_run_waits_for_more_than_a_few_batches(run):
    for number in range(2):
        stage(run.paths.staged / f"{RUN_ID}-{number:04d}", articles=[])
    assert not is_worth_loading(run)
    stage(run.paths.staged / f"{RUN_ID}-0002", articles=[])
    assert is_worth_loading(run)


def test_batches_are_loaded_together_unless_one_story_is_in_two(run):
    folders = [
        stage(run.paths.staged / f"{RUN_ID}-{number}", articles=[make_article(article_id=story)])
        for number, story in enumerate([STORY, STORY + 1, STORY + 1, STORY + 2, STORY + 3, STORY])
    ]
    (folders[3] / "articles.parquet").write_bytes(b"PAR1 torn")
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, folders[0], run_id=RUN_ID)
        bundles = bundle_batches(connection, folders, size=2)
        numbers = [[folders.index(folder) for folder in bundle] for bundle in bundles]
    assert numbers == [[0], [1], [2], [3], [4, 5]]


def damage(folder):
    (folder / "articles.parquet").write_bytes(b"PAR1 torn")


def truncate(folder):
    path = folder / "captures.parquet"
    path.write_bytes(path.read_bytes()[:-20])


def empty(folder):
    (folder / "articles.parquet").write_bytes(b"")


def write_rejects(folder, **values):
    """A reject as another version may have staged it, with only these fields and two others."""
    values = {"url": "https://menafn.com/", "rejected_at": SEEN_AT} | values
    kind = make_dataclass("Other", [(name, type(value)) for name, value in values.items()])
    write_records(folder / "rejects.parquet", [kind(**values)], kind)


def leave_out_columns(folder):
    write_rejects(folder, article_id=STORY, stage="read")


def change_type(folder):
    write_rejects(folder, article_id="no number", stage="read")


def give_status_of_many_digits(folder):
    write_records(folder / "captures.parquet", [make_capture(status=3_000_000_000)], Capture)


def add_table(folder):
    (folder / "sightings.parquet").write_bytes((folder / "captures.parquet").read_bytes())


def add_column(folder):
    write_rejects(folder, article_id=STORY, severity="low")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (damage, "parquet"),
        (truncate, "parquet"),
        (empty, "parquet"),
        (leave_out_columns, "40_rejects"),
        (change_type, "VARCHAR and BIGINT"),
        (give_status_of_many_digits, "3000000000"),
        (add_table, "another version of Wirehouse, which knows sightings"),
        (add_column, "severity"),
    ],
)
def test_a_batch_that_cannot_be_loaded_is_set_aside_and_the_others_are_loaded(
    run, caplog, spoil, reason
):
    spoiled = stage(run.paths.staged / f"{EARLIER}-0001", articles=[make_article()])
    spoil(spoiled)
    other = make_article(article_id=STORY + 1, capture_id="two")
    stage(run.paths.staged / f"{RUN_ID}-0002", articles=[other])
    assert len(load_now(run)) == 1
    assert complete_batches(run.paths.staged) == []
    assert (count_of(run, "articles"), count_of(run, "captures")) == (1, 1)
    ((batch_id, noted),) = select_status(run.paths).set_aside.items()
    assert batch_id == spoiled.name
    assert reason in noted
    assert "run wirehouse rebuild" in noted
    assert f"set aside, and the others are loaded: {spoiled.name}" in caplog.text
    stage(run.paths.staged / f"{RUN_ID}-0003", articles=[make_article()])
    assert load_now(run)[0].inserted == 1, "a later pass does not fail on it"
    assert not is_worth_loading(run)


def test_stories_of_a_batch_that_was_set_aside_are_not_fetched_again(run):
    folder = stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
    leave_out_columns(folder)
    load_now(run)
    assert [one.article_id for one in waiting_captures(run.paths)] == [STORY]


def test_a_disk_that_fails_is_no_batchs_fault(run, monkeypatch):
    staged = stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])

    def fail(*_arguments, **_named):
        raise duckdb.IOException("IO Error: No space left on device")

    monkeypatch.setattr("tasks.warehouse.load.run_available", fail)
    with pytest.raises(StorageError, match="No space left"):
        load_now(run)
    assert complete_batches(run.paths.staged) == [staged]


def test_times_to_come_that_a_wrong_clock_left_are_brought_down_to_now(run):
    now = datetime.now(UTC)
    ahead = now + timedelta(days=1800)
    stage(
        run.paths.staged / f"{EARLIER}-0001",
        articles=[make_article(seen_at=now - timedelta(hours=3), page_at=None)],
        listing_entries=[make_listing_entry(seen_at=now - timedelta(hours=3))],
    )
    load_now(run)
    with writer(run.paths, wait_seconds=0) as connection:
        for table, column in (
            ("articles", "last_seen_at"), ("articles", "last_checked_at"),
            ("articles", "first_seen_at"), ("article_versions", "seen_at"),
            ("article_versions", "valid_from"), ("observations", "seen_at"),
            ("captures", "fetched_at"), ("listing_entries", "last_seen_at"),
        ):  # fmt: skip
            connection.execute(f"update {table} set {column} = ?", [ahead])
        assert [one.check for one in failed_checks(connection)] == ["times_are_past"]
    assert select_status(run.paths).last_answer_at is None
    later = make_article(article_id=STORY + 1, capture_id="later", seen_at=ahead, page_at=None)
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[later])
    load_now(run)
    with writer(run.paths, wait_seconds=0) as connection:
        latest = connection.execute(
            "select max(greatest(first_seen_at, last_seen_at, last_checked_at)) from articles "
            "union all select max(seen_at) from article_versions "
            "union all select max(seen_at) from observations "
            "union all select max(fetched_at) from captures "
            "union all select max(last_seen_at) from listing_entries"
        ).fetchall()
        assert failed_checks(connection) == []
        assert max(latest)[0] < datetime.now(UTC) + timedelta(minutes=6)
        due = select_requests(
            connection, Settings(), listed=Path("none"), pending=(), now=now + timedelta(hours=3)
        )
        assert {one.article_id for one in due} == {STORY, STORY + 1}
