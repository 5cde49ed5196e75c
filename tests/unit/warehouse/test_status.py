"""The state of a warehouse at a glance, whatever state that is."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish
from tasks.warehouse.status import select_status
from tasks.warehouse.writer import open_snapshot, writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_listing_entry,
    make_mention,
    make_poll,
    make_reject,
    stage,
)


def test_a_folder_without_a_warehouse_has_nothing(paths):
    status = select_status(paths)
    assert set(status.counts.values()) == {0}
    assert status.published_at is None
    assert status.newest_story_at is None
    assert status.runs == ()
    assert status.writer is None


def test_what_was_loaded_is_counted(run, made, tmp_path):
    now = datetime.now(UTC)
    batch = stage(
        tmp_path / f"{RUN_ID}-0001",
        articles=[make_article()],
        mentions=[make_mention()],
        rejects=[
            make_reject(rejected_at=now),
            make_reject(rejected_at=now, run_id="another"),
            make_reject(rejected_at=now - timedelta(days=8), reason="gone"),
        ],
    )
    with writer(made, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish(run)
    status = select_status(made)
    assert status.counts == {
        "articles": 1, "article_versions": 1, "captures": 1, "entities": 1, "mentions": 1,
        "rejects": 3,
    }  # fmt: skip
    assert status.newest_story_at == datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC)
    assert status.last_answer_at == SEEN_AT
    assert status.rejects == (("fetch", "not-found", 2),)
    (last_run,) = [dict(zip(status.run_columns, row, strict=True)) for row in status.runs]
    expected = {"run_id": RUN_ID, "status": "completed", "inserted": 1}
    assert last_run == last_run | expected
    assert status.published_at
    assert abs(datetime.now(UTC) - status.published_at) < timedelta(minutes=1)
    for name, path in (("warehouse", made.warehouse), ("writer", made.writer_file)):
        assert status.bytes_on_disk[name] == path.stat().st_size > 0


def test_coverage_states_and_open_feed_gaps_are_shown(made, tmp_path):
    ends = [make_article(article_id=STORY + n, capture_id=f"c{n}") for n in (0, 9)]
    later = SEEN_AT + timedelta(hours=1)
    batch = stage(
        tmp_path / f"{RUN_ID}-0001",
        articles=ends,
        listing_entries=[make_listing_entry(article_id=STORY + 4)],
        feed_polls=[
            make_poll(STORY + 4),
            make_poll(STORY + 9, polled_at=later, capture_id="later"),
        ],
        rejects=[make_reject(article_id=STORY + 6)],
    )
    with writer(made, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    status = select_status(made)
    (day,) = [dict(zip(status.coverage_columns, row, strict=True)) for row in status.coverage]
    assert day.pop("published_date") in {date(2025, 8, 11), date(2025, 8, 12)}
    assert day == {
        "id_count": 10, "listed_count": 1, "loaded_count": 2,
        "pending_count": 1, "rejected_count": 0, "missing_count": 1, "unrequested_count": 6,
        "loaded_share": 0.222,
    }  # fmt: skip
    assert status.states == {"loaded": 2, "missing": 1, "pending": 1}
    (loss,) = [dict(zip(status.loss_columns, row, strict=True)) for row in status.losses]
    assert loss == {
        "feed_url": "https://menafn.com/rss/menafn_Kuwait.xml", "detected_at": later,
        "first_id": STORY + 5, "last_id": STORY + 8, "left_count": 3, "recovered_count": 0,
    }  # fmt: skip


def test_waiting_batches_are_counted_and_folders_weighed(paths):
    for name in ("a-1", "a-2", ".a-3.1-ab.part"):
        (paths.fetched / name).mkdir(parents=True)
    (paths.read / "a-1").mkdir(parents=True)
    for name in ("a-1", "a-2", "a-3", ".a-4.1-ab.part"):
        (paths.staged / name).mkdir(parents=True)
    paths.raw.mkdir(parents=True)
    (paths.raw / "one.warc.gz").write_bytes(bytes(1000))
    paths.prefect.mkdir()
    (paths.prefect / "prefect.db").write_bytes(bytes(2000))
    status = select_status(paths)
    assert status.waiting == {"extraction": 2, "entity_recognition": 1, "loading": 3}
    assert (status.bytes_on_disk["archive"], status.bytes_on_disk["prefect"]) == (1000, 2000)


def test_who_writes_is_named(paths, monkeypatch):
    monkeypatch.setattr(
        "tasks.warehouse.status.open_snapshot", partial(open_snapshot, wait_seconds=0)
    )
    with exclusive_lock(paths.writer_lock, wait_seconds=0):
        status = select_status(paths)
    assert status.writer
    assert status.writer.since
