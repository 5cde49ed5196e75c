"""The state of a warehouse at a glance, whatever state that is."""

from datetime import UTC, date, datetime, timedelta

from tasks.warehouse.load import load_batch
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish
from tasks.warehouse.status import status_of
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    make_article,
    make_mention,
    make_poll,
    make_reject,
    make_sighting,
    stage,
)


def test_a_folder_without_a_warehouse_has_nothing(layout):
    status = status_of(layout)
    assert set(status.counts.values()) == {0}
    assert status.published_at is None
    assert status.newest_story_at is None
    assert status.runs == ()
    assert status.writer is None


def test_what_was_loaded_is_counted(run, layout, tmp_path):
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
    with writer(layout, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish(run)
    status = status_of(layout)
    assert status.counts == {
        "articles": 1,
        "article_versions": 1,
        "captures": 1,
        "entities": 1,
        "mentions": 1,
        "rejects": 3,
    }
    assert status.newest_story_at == datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC)
    assert status.last_answer_at == SEEN_AT
    assert status.rejects == (("fetch", "not-found", 2),)
    (last_run,) = [dict(zip(status.run_columns, row, strict=True)) for row in status.runs]
    assert last_run["run_id"] == RUN_ID
    assert last_run["status"] == "completed"
    assert last_run["inserted"] == 1
    assert status.published_at
    assert abs(datetime.now(UTC) - status.published_at) < timedelta(minutes=1)
    for name, path in (("warehouse", layout.warehouse), ("writer", layout.writer_file)):
        assert status.bytes_on_disk[name] == path.stat().st_size > 0


def test_coverage_states_and_open_losses_are_told(layout, tmp_path):
    ends = [make_article(article_id=STORY + n, capture_id=f"c{n}") for n in (0, 9)]
    later = SEEN_AT + timedelta(hours=1)
    batch = stage(
        tmp_path / f"{RUN_ID}-0001",
        articles=ends,
        sightings=[make_sighting(article_id=STORY + 4)],
        polls=[make_poll(STORY + 4), make_poll(STORY + 9, polled_at=later, capture_id="later")],
        rejects=[make_reject(article_id=STORY + 6)],
    )
    with writer(layout, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    status = status_of(layout)
    (day,) = [dict(zip(status.coverage_columns, row, strict=True)) for row in status.coverage]
    assert day.pop("published_date") in {date(2025, 8, 11), date(2025, 8, 12)}
    assert day == {
        "id_count": 10, "sighted_count": 1, "known_count": 2,
        "waiting_count": 1, "refused_count": 0, "gone_count": 1, "untried_count": 6,
        "known_share": 0.222,
    }  # fmt: skip
    assert status.states == {"known": 2, "gone": 1, "waiting": 1}
    (loss,) = [dict(zip(status.loss_columns, row, strict=True)) for row in status.losses]
    assert loss == {
        "feed_url": "https://menafn.com/rss/menafn_Kuwait.xml", "noticed_at": later,
        "first_id": STORY + 5, "last_id": STORY + 8, "left_count": 3, "found_count": 0,
    }  # fmt: skip


def test_waiting_batches_are_counted_by_what_they_wait_for(layout):
    for name in ("a-1", "a-2", ".a-3.1-ab.part"):
        (layout.fetched / name).mkdir(parents=True)
    (layout.read / "a-1").mkdir(parents=True)
    for name in ("a-1", "a-2", "a-3", ".a-4.1-ab.part"):
        (layout.staged / name).mkdir(parents=True)
    assert status_of(layout).waiting == {"read": 2, "recognise": 1, "load": 3}


def test_the_archive_is_weighed(layout):
    layout.raw.mkdir(parents=True)
    (layout.raw / "one.warc.gz").write_bytes(bytes(1000))
    assert status_of(layout).bytes_on_disk["archive"] == 1000


def test_who_writes_is_named(layout, monkeypatch):
    monkeypatch.setattr("tasks.warehouse.writer._WAIT_SECONDS", 0.05)
    with exclusive_lock(layout.writer_lock, wait_seconds=0):
        status = status_of(layout)
    assert status.writer
    assert status.writer.since
