"""What an interrupted run left is recovered once, by one run at a time."""

import asyncio
import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.archive.sample_site import LoopbackServer
from tasks.archive.writer import ArchiveWriter
from tasks.core.parquet import read_records
from tasks.core.records import Capture, ListingEntry, Response
from tasks.core.rejects import Reject
from tasks.core.run import Batch, Run
from tasks.core.staging import batches_set_aside, complete_batches
from tasks.recover import claim_interrupted_runs, recover
from tasks.warehouse.locks import lock_holder
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.writer import writer
from tests.sql.records import STORY, load_batch, make_article, make_capture, make_run, stage
from tests.tasks.stages import captures_of, discover_alone, respond
from tests.unit.archive.foreign_warc import make_response

DEAD = "20250812T090000Z-0a1b2c"
NEXT = "20250812T110000Z-0a1b2c"
AT = datetime(2025, 8, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def dead(data_dir: Path) -> Run:
    return make_run(data_dir, DEAD)


@pytest.fixture
def later(data_dir: Path) -> Run:
    return make_run(data_dir, NEXT)


def response_for(number: int, status: int = 200) -> Response:
    url = f"https://menafn.com/{STORY + number}/Slug"
    return make_response(b"<p>%d</p>" % number, url=url, status=status, fetched_at=AT)


def archive(run: Run, *responses: Response) -> list[Capture]:
    """What a run archives, and is killed before it is in a batch."""
    run.paths.runs.mkdir(parents=True, exist_ok=True)
    (run.paths.runs / f"{run.run_id}.lock").touch()
    with ArchiveWriter(run) as archive:
        return [archive.append(one, STORY + number) for number, one in enumerate(responses)]


def recover_all(run: Run) -> tuple[list[Batch], list[Batch]]:
    with claim_interrupted_runs(run) as run_ids:
        return asyncio.run(recover.fn(run, run_ids))


def captures(left: tuple[list[Batch], list[Batch]]) -> list[Capture]:
    return [one for batch in left[0] for one in captures_of(batch.path)]


def staged(folder: Path) -> dict[str, list[Any]]:
    kinds = {"captures": Capture, "listing_entries": ListingEntry, "rejects": Reject}
    return {name: read_records(folder / f"{name}.parquet", kind) for name, kind in kinds.items()}


def warc_file(run: Run) -> Path:
    (path,) = run.paths.raw.rglob("*.warc.gz")
    return path


def test_only_responses_that_are_in_no_batch_are_recovered(dead, later):
    loaded, waiting, lost = archive(dead, response_for(0), response_for(1), response_for(2))
    with writer(dead.paths, wait_seconds=0) as connection:
        batch = stage(dead.paths.data_dir / f"{DEAD}-00001", captures=[loaded])
        load_batch(connection, batch, run_id=DEAD)
    stage(dead.paths.staged / f"{DEAD}-00002", captures=[waiting])
    assert captures(recover_all(later)) == [lost]
    assert not list(dead.paths.runs.glob("*"))


def test_a_lasting_refusal_is_a_reject_as_in_a_fetch(dead, later):
    archive(dead, response_for(0, 404), response_for(1, 503), response_for(2))
    (batch,) = recover_all(later)[0]
    rejects = read_records(batch.path / "rejects.parquet", Reject)
    assert [(one.article_id, one.stage, one.reason, one.run_id) for one in rejects] == [
        (STORY, "fetch", "not-found", DEAD)
    ]


def test_a_truncated_record_is_cut_off_and_the_others_are_recovered(dead, later, caplog):
    first, _ = archive(dead, response_for(0), response_for(1))
    path = warc_file(dead)
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    with caplog.at_level(logging.WARNING), caplog.at_level(logging.WARNING, "tasks"):
        assert captures(recover_all(later)) == [first]
    assert f"{path} ended within a record" in caplog.text
    assert whole.startswith(path.read_bytes())
    caplog.clear()
    (later.paths.runs / f"{DEAD}.lock").touch()
    recover_all(make_run(later.paths.data_dir, "20250812T120000Z-0a1b2c"))
    assert caplog.text == ""


def test_a_file_without_a_sound_record_is_removed(dead, later):
    archive(dead, response_for(0))
    path = warc_file(dead)
    path.write_bytes(path.read_bytes()[:50])
    assert captures(recover_all(later)) == []
    assert not path.exists()


def test_bytes_that_a_row_points_at_are_never_cut_off(dead, later):
    _, last = archive(dead, response_for(0), response_for(1))
    path = warc_file(dead)
    path.write_bytes(path.read_bytes()[:-7])
    stage(dead.paths.staged / f"{DEAD}-00001", captures=[last])
    before = path.read_bytes()
    recover_all(later)
    assert path.read_bytes() == before


def test_listings_are_staged_as_in_the_interrupted_run(data_dir):
    item = f"<item><title>T</title><link>/{STORY}/Slug</link></item>"
    pages = {
        "/robots.txt": respond("User-agent: *\nAllow: /\n"),
        "/rss/a.xml": respond(f"<rss><channel>{item}</channel></rss>"),
    }
    with LoopbackServer(pages.get) as server:
        given: dict[str, Any] = {"base_url": server.base_url, "attempts": 1, "listings": ()}
        given |= {"feeds": ("/rss/a.xml", "/rss/b.xml"), "requests_per_second": 0.0}
        dead = make_run(data_dir, DEAD, **given)
        batch = asyncio.run(discover_alone(dead))
    before = staged(batch.path)
    shutil.rmtree(batch.path)
    archive(dead)
    recover_all(make_run(data_dir, NEXT))
    (again,) = complete_batches(dead.paths.staged)
    after = staged(again)
    assert after["captures"] == before["captures"]
    assert after["listing_entries"] == before["listing_entries"]
    assert [one.reason for one in after["rejects"]] == [one.reason for one in before["rejects"]]


def test_one_run_at_a_time_recovers(dead, later):
    archive(dead, response_for(0))
    stage(dead.paths.fetched / f"{DEAD}-00001", captures=[make_capture()])
    with claim_interrupted_runs(later) as run_ids, claim_interrupted_runs(later) as again:
        assert run_ids == (DEAD,)
        assert again == ()
        assert lock_holder(dead.paths.runs / f"{DEAD}.lock")


def test_an_active_run_is_not_recovered(dead, later):
    with hold_run_lock(dead):
        stage(dead.paths.fetched / f"{DEAD}-00001", captures=[make_capture()])
        assert recover_all(later) == ([], [])


def test_a_failed_recovery_can_be_repeated(dead, later):
    archive(dead, response_for(0))
    with pytest.raises(RuntimeError), claim_interrupted_runs(later):
        raise RuntimeError
    assert len(captures(recover_all(later))) == 1


def test_a_batch_that_was_read_and_not_removed_is_read_once(dead, later):
    stage(dead.paths.fetched / f"{DEAD}-00001", captures=[make_capture()])
    stage(dead.paths.read / f"{DEAD}-00001", captures=[make_capture()])
    stage(dead.paths.read / f"{DEAD}-00002", captures=[make_capture()])
    left = recover_all(later)
    assert [one.batch_id for one in left[0]] == [f"{DEAD}-00001"]
    assert [one.batch_id for one in left[1]] == [f"{DEAD}-00002"]


@pytest.mark.parametrize("step", ["fetched", "read"])
def test_a_damaged_batch_is_set_aside_and_the_others_are_recovered(dead, later, step):
    name = {"fetched": "captures", "read": "articles"}[step]
    damaged = stage(getattr(dead.paths, step) / f"{DEAD}-00001", articles=[make_article()])
    (damaged / f"{name}.parquet").write_bytes(b"PAR1 torn")
    sound = stage(dead.paths.fetched / f"{DEAD}-00002", captures=[make_capture()])
    left = recover_all(later)
    assert [batch.path for batch in left[0]] == [sound]
    assert left[1] == []
    ((batch_id, reason),) = batches_set_aside(later.paths).items()
    assert batch_id == damaged.name
    assert f"{name}.parquet can't be read" in reason
