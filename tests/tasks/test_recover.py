"""What a run that died left is found, noted and done once, by one run at a time."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.archive.sample_site import LoopbackServer, RecordedResponse
from tasks.archive.writer import ArchiveWriter
from tasks.core.parquet import read_records
from tasks.core.records import Capture, ListingEntry, Response
from tasks.core.rejects import Reject
from tasks.core.run import Run
from tasks.core.staging import complete_batches
from tasks.recover import InterruptedBatches, claim_interrupted_runs, recover
from tasks.warehouse.locks import lock_holder
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.writer import writer
from tests.sql.records import STORY, load_batch, make_capture, make_run, stage
from tests.tasks.stages import captures_of, discover_alone

DEAD = "20250812T090000Z-0a1b2c"
NEXT = "20250812T110000Z-0a1b2c"
AT = datetime(2025, 8, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def dead(tmp_path: Path) -> Run:
    return make_run(tmp_path, DEAD)


@pytest.fixture
def later(tmp_path: Path) -> Run:
    return make_run(tmp_path, NEXT)


def answer(number: int, status: int = 200) -> Response:
    return Response(
        url=f"https://menafn.com/{STORY + number}/Slug",
        status=status,
        phrase="",
        http_version="HTTP/1.1",
        headers=((b"Content-Type", b"text/html"),),
        body=b"<p>%d</p>" % number,
        remote_ip=None,
        fetched_at=AT,
    )


def archived(run: Run, *answers: Response) -> list[Capture]:
    """What a run archives, and dies before it notes it."""
    run.paths.runs.mkdir(parents=True, exist_ok=True)
    (run.paths.runs / f"{run.run_id}.lock").touch()
    with ArchiveWriter(run) as archive:
        return [archive.append(one, STORY + number) for number, one in enumerate(answers)]


def resumed(run: Run) -> InterruptedBatches:
    with claim_interrupted_runs(run) as gone:
        return asyncio.run(recover.fn(run, gone))


def captures(left: InterruptedBatches) -> list[Capture]:
    return [one for batch in left.fetched for one in captures_of(batch.path)]


def staged(folder: Path) -> dict[str, list[Any]]:
    kinds: dict[str, type[Any]] = {
        "captures": Capture,
        "listing_entries": ListingEntry,
        "rejects": Reject,
    }
    return {name: read_records(folder / f"{name}.parquet", kind) for name, kind in kinds.items()}


def warc_file(run: Run) -> Path:
    (path,) = run.paths.raw.rglob("*.warc.gz")
    return path


def test_what_was_archived_and_not_noted_is_noted(dead, later):
    kept = archived(dead, answer(0), answer(1))
    assert captures(resumed(later)) == kept


def test_what_was_noted_is_not_noted_again(dead, later):
    loaded, waiting, unnoted = archived(dead, answer(0), answer(1), answer(2))
    with writer(dead.paths, wait_seconds=0) as connection:
        batch = stage(dead.paths.data_dir / f"{DEAD}-00001", captures=[loaded])
        load_batch(connection, batch, run_id=DEAD)
    stage(dead.paths.staged / f"{DEAD}-00002", captures=[waiting])
    assert captures(resumed(later)) == [unnoted]
    assert not list(dead.paths.runs.glob("*"))


def test_a_story_that_was_refused_is_refused_as_the_fetch_would_have(dead, later):
    archived(dead, answer(0, 404), answer(1, 503), answer(2))
    (batch,) = resumed(later).fetched
    rejects = read_records(batch.path / "rejects.parquet", Reject)
    assert [(one.article_id, one.stage, one.reason, one.run_id) for one in rejects] == [
        (STORY, "fetch", "not-found", DEAD)
    ]


def test_a_record_that_was_cut_short_is_told_and_cut_and_the_rest_is_used(dead, later, caplog):
    first, _ = archived(dead, answer(0), answer(1))
    path = warc_file(dead)
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    with caplog.at_level(logging.WARNING, "tasks"):
        assert captures(resumed(later)) == [first]
    assert f"{path} ended amid a record" in caplog.text
    assert whole.startswith(path.read_bytes())
    caplog.clear()
    (later.paths.runs / f"{DEAD}.lock").touch()
    resumed(make_run(later.paths.data_dir, "20250812T120000Z-0a1b2c"))
    assert caplog.text == ""


def test_a_file_without_a_sound_record_goes(dead, later):
    archived(dead, answer(0))
    path = warc_file(dead)
    path.write_bytes(path.read_bytes()[:50])
    assert captures(resumed(later)) == []
    assert not path.exists()


def test_bytes_that_a_row_points_at_are_never_cut(dead, later):
    _, last = archived(dead, answer(0), answer(1))
    path = warc_file(dead)
    path.write_bytes(path.read_bytes()[:-7])
    stage(dead.paths.staged / f"{DEAD}-00001", captures=[last])
    before = path.read_bytes()
    resumed(later)
    assert path.read_bytes() == before


def test_what_listings_said_is_staged_as_the_run_would_have(tmp_path):
    item = f"<item><title>T</title><link>/{STORY}/Slug</link></item>"
    pages = {
        "/robots.txt": b"User-agent: *\nAllow: /\n",
        "/rss/a.xml": f"<rss><channel>{item}</channel></rss>".encode(),
    }

    def told(path: str) -> RecordedResponse | None:
        body = pages.get(path)
        return RecordedResponse(status=200, phrase="", headers=(), body=body) if body else None

    with LoopbackServer(told) as server:
        asked = {"base_url": server.base_url, "feeds": ("/rss/a.xml", "/rss/b.xml"), "attempts": 1}
        dead = make_run(tmp_path, DEAD, listings=(), requests_per_second=0.0, **asked)
        batch = asyncio.run(discover_alone(dead))
    before = staged(batch.path)
    for file in batch.path.iterdir():
        file.unlink()
    batch.path.rmdir()
    archived(dead)

    resumed(make_run(tmp_path, NEXT))

    (again,) = complete_batches(dead.paths.staged)
    after = staged(again)
    assert after["captures"] == before["captures"]
    assert after["listing_entries"] == before["listing_entries"]
    assert [one.reason for one in after["rejects"]] == [one.reason for one in before["rejects"]]


def test_one_run_at_a_time_takes_over(dead, later):
    archived(dead, answer(0))
    stage(dead.paths.fetched / f"{DEAD}-00001", captures=[make_capture()])
    with claim_interrupted_runs(later) as gone, claim_interrupted_runs(later) as again:
        assert gone == (DEAD,)
        assert again == ()
        assert lock_holder(dead.paths.runs / f"{DEAD}.lock")


def test_a_run_that_works_is_not_taken_over(dead, later):
    with hold_run_lock(dead):
        stage(dead.paths.fetched / f"{DEAD}-00001", captures=[make_capture()])
        assert resumed(later) == InterruptedBatches(fetched=(), read=())


def test_what_was_not_done_can_be_taken_over_again(dead, later):
    archived(dead, answer(0))
    with pytest.raises(RuntimeError), claim_interrupted_runs(later):
        raise RuntimeError
    assert len(captures(resumed(later))) == 1


def test_a_batch_that_was_read_and_not_yet_put_away_is_read_once(dead, later):
    stage(dead.paths.fetched / f"{DEAD}-00001", captures=[make_capture()])
    stage(dead.paths.read / f"{DEAD}-00001", captures=[make_capture()])
    stage(dead.paths.read / f"{DEAD}-00002", captures=[make_capture()])
    left = resumed(later)
    assert [one.batch_id for one in left.fetched] == [f"{DEAD}-00001"]
    assert [one.batch_id for one in left.read] == [f"{DEAD}-00002"]
