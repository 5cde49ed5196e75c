"""Fetching over real HTTP: batches, rejects, and what is left when it ends early."""

import asyncio
import logging
from collections import Counter
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import open_client
from tasks.archive.reader import WarcScan, read_response
from tasks.core.errors import SiteUnreachableError, StorageError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Capture, FetchRequest
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.staging import complete_batches, waiting_captures, write_batch
from tasks.fetch import FetchBatches, fetch
from tasks.warehouse.turns import fetch_turn
from tests.site.server import BODY, FakeSite, Visit, raw, responding
from tests.sql.records import make_capture, make_run
from tests.tasks.stages import captures_of, fetch_alone, story_request

FIRST = 1109916000


@pytest.fixture
def site():
    with FakeSite() as running:
        yield running


def run_over(site: FakeSite, folder: Path, **changed: Any) -> Run:
    settings: dict[str, Any] = {"requests_per_second": 0, "attempts": 2, "timeout_seconds": 5}
    return make_run(folder, base_url=site.base_url, **(settings | changed))


def story(number: int, etag: str | None = None) -> FetchRequest:
    return story_request(FIRST + number, etag=etag)


def serve(site: FakeSite, count: int) -> list[FetchRequest]:
    for number in range(count):
        site.on(f"/{FIRST + number}/x", responding(200, BODY + b"%d" % number))
    return [story(number) for number in range(count)]


def fetch_all(run: Run, stories: list[FetchRequest], max_misses: int | None = None) -> list[Batch]:
    return asyncio.run(fetch_alone(run, stories, max_misses))


def captures(batches: list[Batch]) -> list[Capture]:
    found = [capture for batch in batches for capture in captures_of(batch.path)]
    return [capture for capture in found if capture.article_id is not None]


def rejects(batches: list[Batch]) -> dict[int | None, Reason]:
    files = [batch.path / "rejects.parquet" for batch in batches]
    found = [reject for file in files for reject in read_records(file, Reject)]
    assert all(reject.stage is Stage.FETCH for reject in found)
    return {reject.article_id: Reason(reject.reason) for reject in found}


def test_stories_come_in_batches_that_can_be_read_back(site, tmp_path):
    run = run_over(site, tmp_path, batch_pages=4)
    batches = fetch_all(run, serve(site, 10))
    ids = [f"{run.run_id}-{number:05d}" for number in range(1, len(batches) + 1)]
    assert [batch.batch_id for batch in batches] == ids
    assert sum(batch.count for batch in batches) == 10
    assert all(len(captures_of(batch.path)) <= 4 for batch in batches)
    found = captures(batches)
    assert sorted(capture.article_id or 0 for capture in found) == list(range(FIRST, FIRST + 10))
    for capture in found:
        page = read_response(tmp_path / capture.warc_path, capture.warc_offset, limit=10_000)
        assert page.body == BODY + b"%d" % ((capture.article_id or 0) - FIRST)


def test_stories_are_requested_in_their_order(site, tmp_path):
    fetch_all(run_over(site, tmp_path, concurrency=1), list(reversed(serve(site, 5))))
    assert site.paths == [f"/{FIRST + number}/x" for number in (4, 3, 2, 1, 0)]


def test_nothing_to_request_is_no_request_even_of_robots_txt(site, tmp_path):
    site.on("/robots.txt", responding(200))
    assert fetch_all(run_over(site, tmp_path), []) == []
    assert site.visits == []
    assert not (tmp_path / "raw").exists()


def test_what_is_refused_is_rejected_with_its_reason(site, tmp_path):
    scripts = {
        0: (responding(404), Reason.NOT_FOUND),
        1: (responding(410), Reason.GONE),
        2: (responding(503), Reason.SERVER_ERROR),
        3: (responding(302, Location="/"), Reason.REDIRECTED_AWAY),
        4: (responding(302, Location=f"/{FIRST}/other"), Reason.REDIRECTED_AWAY),
        5: (responding(200, b"x" * 300_000), Reason.TOO_LARGE),
        6: (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), Reason.BROKEN_TRANSFER),
    }
    for number, (script, _) in scripts.items():
        site.on(f"/{FIRST + number}/x", script)
    run = run_over(site, tmp_path, max_body_mb=0.2)
    batches = fetch_all(run, [story(number) for number in scripts])
    assert rejects(batches) == {FIRST + number: why for number, (_, why) in scripts.items()}
    assert sum(batch.count for batch in batches) == len(scripts)
    statuses = sorted(capture.status for capture in captures(batches))
    assert statuses == [302, 302, 404, 410, 503, 503]


def test_a_known_story_that_has_not_changed_is_a_304_and_no_reject(site, tmp_path):
    async def script(visit: Visit) -> None:
        await visit.respond(304 if visit.headers.get("if-none-match") == '"v1"' else 200, b"")

    site.on(f"/{FIRST}/x", script)
    batches = fetch_all(run_over(site, tmp_path), [story(0, etag='"v1"')])
    assert [capture.status for capture in captures(batches)] == [304]
    assert rejects(batches) == {}


def test_a_site_that_goes_down_ends_the_fetch_and_what_came_stays(site, tmp_path):
    stories = serve(site, 60)
    run = run_over(site, tmp_path, concurrency=1, attempts=1)

    async def close_the_port(visit: Visit) -> None:
        site.stop_listening()
        await visit.respond(200, BODY, Connection="close")

    site.on(f"/{FIRST + 20}/x", close_the_port)
    with pytest.raises(SiteUnreachableError, match="has stopped answering"):
        fetch_all(run, stories)
    folders = complete_batches(run.paths.fetched)
    left = [Batch(batch_id=path.name, path=path, count=0) for path in folders]
    assert len({capture.article_id for capture in captures(left)}) == 21
    # A connection that was in the backlog when the port closed is reset, not refused.
    reasons = set(rejects(left).values())
    assert Reason.NO_CONNECTION in reasons <= {Reason.NO_CONNECTION, Reason.BROKEN_TRANSFER}


def test_a_range_of_ids_ends_after_so_many_misses_in_a_row(site, tmp_path, caplog):
    missing = [story(number) for number in range(39, 19, -1)]
    stories = serve(site, 20)[::-1]
    run = run_over(site, tmp_path)
    with caplog.at_level(logging.WARNING), caplog.at_level(logging.WARNING, "tasks"):
        batches = fetch_all(run, missing + stories, max_misses=9)
    requested = {one.article_id for one in captures(batches)}
    assert {one.article_id for one in missing[:9]} <= requested
    assert stories[-1].article_id not in requested
    assert "Stopped after 9 missing ids" in caplog.text
    assert len(captures(fetch_all(run, missing))) == len(missing), "without a limit"


def in_batches(run: Run) -> set[str]:
    folders = complete_batches(run.paths.fetched)
    return {capture.capture_id for path in folders for capture in captures_of(path)}


def archived(run: Run) -> set[str]:
    files = run.paths.raw.rglob("*.warc.gz")
    return {record.capture_id for path in files for record in WarcScan(path)}


def test_a_cancelled_fetch_loses_nothing_it_archived(site, tmp_path):
    run = run_over(site, tmp_path, requests_per_second=100)
    stories = serve(site, 200)

    async def cancel_midway() -> None:
        async with open_client(run) as client, asyncio.timeout(0.4):
            async for _ in FetchBatches(run, client).batches(stories):
                pass

    with pytest.raises(TimeoutError):
        asyncio.run(cancel_midway())
    noted = in_batches(run)
    assert len(noted) > 5
    # Responses that were being archived when it was cancelled may be in no batch.
    assert noted <= archived(run)
    assert len(archived(run) - noted) <= 4


def test_slow_stories_are_yielded_before_the_batch_is_full(site, tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.fetch.FLUSH_SECONDS", 0.1)
    run = run_over(site, tmp_path, requests_per_second=20)
    stories = serve(site, 6)

    async def fetch_slowly() -> list[Batch]:
        async with open_client(run) as client:
            fetching = FetchBatches(run, client)
            return [batch async for batch in fetching.batches(stories)]

    assert len(asyncio.run(fetch_slowly())) > 1


def test_no_story_is_requested_while_no_batch_is_taken(site, tmp_path):
    run = run_over(site, tmp_path, batch_pages=5)
    stories = serve(site, 60)

    async def take_one() -> int:
        async with (
            open_client(run) as client,
            aclosing(FetchBatches(run, client).batches(stories)) as batches,
        ):
            await anext(batches)
            await asyncio.sleep(0.3)
            return len(site.visits)

    # The batch that was taken, and two more.
    assert asyncio.run(take_one()) <= 5 + 10
    assert in_batches(run) == archived(run), "a fetch that ends early loses nothing"


@pytest.mark.slow
def test_a_fetch_in_turns_lets_an_ingest_go_first_and_leaves_out_what_it_requested(site, tmp_path):
    stories = serve(site, 90)
    backfill = replace(run_over(site, tmp_path, requests_per_second=20), flow="backfill")
    ingest = replace(backfill, run_id="20251129T220000Z-abcdef", flow="ingest")
    by_ingest = {FIRST + number for number in range(70, 90)}
    path = tmp_path / "requests.parquet"
    write_records(path, stories, FetchRequest)

    async def run_backfill() -> int:
        async with open_client(backfill) as client:
            found = fetch.fn(backfill, client, path, in_turns=True)
            return sum([batch.count async for batch in found])

    async def run_ingest() -> set[int | None]:
        await asyncio.sleep(0.5)
        async with fetch_turn(ingest):
            visited = len(site.visits)
            requested = {one.article_id for one in waiting_captures(ingest.paths)} - {None}
            await asyncio.sleep(0.5)
            assert len(site.visits) == visited, "one at a time"
            assert len(requested) == visited, "what was fetched is in batches"
            captures = [make_capture(article_id=one, run_id=ingest.run_id) for one in by_ingest]
            write_batch(ingest.paths.staged / "other-00001", captures)
        return requested

    async def run_both() -> tuple[int, set[int | None]]:
        count, requested = await asyncio.gather(run_backfill(), run_ingest())
        return count, requested

    count, requested = asyncio.run(run_both())
    assert len(requested) < count == 70
    assert Counter(site.paths) == dict.fromkeys((f"/{FIRST + number}/x" for number in range(70)), 1)


def test_an_archive_that_cannot_be_written_ends_the_fetch(site, tmp_path):
    (tmp_path / "raw").write_text("a file")
    with pytest.raises(StorageError, match="raw"):
        fetch_all(run_over(site, tmp_path), serve(site, 3))
