"""Fetching over real HTTP: batches, rejects, and what is left when it ends early."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import open_client
from tasks.archive.reader import WarcScan, read_response
from tasks.core.errors import StorageError, WireUnreachableError
from tasks.core.parquet import read_records
from tasks.core.records import Capture, FetchRequest
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.staging import complete_batches
from tasks.fetch import FetchBatches
from tests.site.server import BODY, FakeSite, Visit, raw, responding, then_well
from tests.tasks.stages import captures_of, fetch_alone, story_request

FIRST = 1109916000


@pytest.fixture
def wire():
    with FakeSite() as running:
        yield running


def make_run(base_url: str, folder: Path, **changed: Any) -> Run:
    told: dict[str, Any] = {
        "base_url": base_url, "data_dir": folder, "requests_per_second": 0, "attempts": 2,
        "timeout_seconds": 5,
    }  # fmt: skip
    return Run(
        run_id="20261123T225100Z-1f3a9c",
        flow="ingest",
        started_at=datetime.now(UTC),
        settings=Settings(**(told | changed)),
    )


def story(number: int, etag: str | None = None) -> FetchRequest:
    return story_request(FIRST + number, etag=etag)


def serve(wire: FakeSite, count: int) -> list[FetchRequest]:
    for number in range(count):
        wire.on(f"/{FIRST + number}/x", responding(200, BODY + b"%d" % number))
    return [story(number) for number in range(count)]


async def collect(batches: AsyncIterator[Batch]) -> list[Batch]:
    return [batch async for batch in batches]


def fetch_all(run: Run, stories: list[FetchRequest], max_misses: int | None = None) -> list[Batch]:
    return asyncio.run(fetch_alone(run, stories, max_misses))


def captures(batches: list[Batch]) -> list[Capture]:
    found = [capture for batch in batches for capture in captures_of(batch.path)]
    return [capture for capture in found if capture.article_id is not None]


def rejects(batches: list[Batch]) -> dict[int | None, Reason]:
    found = [
        reject
        for batch in batches
        for reject in read_records(batch.path / "rejects.parquet", Reject)
    ]
    assert all(reject.stage is Stage.FETCH for reject in found)
    return {reject.article_id: Reason(reject.reason) for reject in found}


def test_stories_come_in_batches_that_can_be_read_back(wire, tmp_path):
    run = make_run(wire.base_url, tmp_path, batch_pages=4)
    batches = fetch_all(run, serve(wire, 10))
    assert [batch.batch_id for batch in batches] == [
        f"20261123T225100Z-1f3a9c-{number:05d}" for number in range(1, len(batches) + 1)
    ]
    assert sum(batch.count for batch in batches) == 10
    assert all(len(captures_of(batch.path)) <= 4 for batch in batches)
    found = captures(batches)
    assert sorted(capture.article_id or 0 for capture in found) == list(range(FIRST, FIRST + 10))
    for capture in found:
        page = read_response(tmp_path / capture.warc_path, capture.warc_offset, limit=10_000)
        assert page.body == BODY + b"%d" % ((capture.article_id or 0) - FIRST)


def test_stories_are_asked_for_in_their_order(wire, tmp_path):
    fetch_all(make_run(wire.base_url, tmp_path, concurrency=1), list(reversed(serve(wire, 5))))
    assert wire.paths == [f"/{FIRST + number}/x" for number in (4, 3, 2, 1, 0)]


def test_nothing_to_request_is_no_request_even_of_robots_txt(wire, tmp_path):
    wire.on("/robots.txt", responding(200))
    assert fetch_all(make_run(wire.base_url, tmp_path), []) == []
    assert wire.visits == []
    assert not (tmp_path / "raw").exists()


def test_what_is_refused_is_rejected_with_its_reason(wire, tmp_path):
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
        wire.on(f"/{FIRST + number}/x", script)
    run = make_run(wire.base_url, tmp_path, max_body_mb=0.2)
    batches = fetch_all(run, [story(number) for number in scripts])
    assert rejects(batches) == {FIRST + number: why for number, (_, why) in scripts.items()}
    assert sum(batch.count for batch in batches) == len(scripts)
    statuses = sorted(capture.status for capture in captures(batches))
    assert statuses == [302, 302, 404, 410, 503, 503]


def test_each_answer_on_the_way_to_a_story_has_its_capture(wire, tmp_path):
    wire.on(f"/{FIRST}/x", then_well(responding(429)))
    wire.on(f"/{FIRST + 1}/x", responding(301, Location=f"/{FIRST + 1}/New-Words"))
    wire.on(f"/{FIRST + 1}/New-Words", responding(200, BODY))
    batches = fetch_all(make_run(wire.base_url, tmp_path), [story(0), story(1)])
    found = sorted((one.article_id or 0, one.status, one.url[-5:]) for one in captures(batches))
    assert found == [
        (FIRST, 200, "000/x"), (FIRST, 429, "000/x"),
        (FIRST + 1, 200, "Words"), (FIRST + 1, 301, "001/x"),
    ]  # fmt: skip
    assert rejects(batches) == {}


def test_a_known_story_that_has_not_changed_is_a_304_and_no_reject(wire, tmp_path):
    async def script(visit: Visit) -> None:
        await visit.respond(304 if visit.headers.get("if-none-match") == '"v1"' else 200, b"")

    wire.on(f"/{FIRST}/x", script)
    batches = fetch_all(make_run(wire.base_url, tmp_path), [story(0, etag='"v1"')])
    assert [capture.status for capture in captures(batches)] == [304]
    assert rejects(batches) == {}


def test_robots_is_obeyed_for_each_story(wire, tmp_path):
    wire.on("/robots.txt", responding(200, b"User-agent: *\nDisallow: /1109916001/"))
    batches = fetch_all(make_run(wire.base_url, tmp_path), serve(wire, 3))
    assert rejects(batches) == {FIRST + 1: Reason.ROBOTS_FORBIDS}
    assert wire.hits[f"/{FIRST + 1}/x"] == 0


def test_without_robots_no_story_is_asked_for(wire, tmp_path):
    wire.on("/robots.txt", responding(500))
    with pytest.raises(WireUnreachableError, match=r"robots\.txt"):
        fetch_all(make_run(wire.base_url, tmp_path), serve(wire, 3))
    assert set(wire.hits) == {"/robots.txt"}


def test_a_wire_that_stops_answering_ends_the_fetch_and_keeps_what_came(wire, tmp_path):
    stories = serve(wire, 60)
    run = make_run(wire.base_url, tmp_path, concurrency=1, attempts=1)

    async def fetch_until_down() -> list[Batch]:
        found = []
        async with open_client(run) as client:
            async for batch in FetchBatches(run, client, flush_seconds=0.05).batches(stories):
                found.append(batch)
        return found

    async def close_the_port(visit: Visit) -> None:
        wire.stop_listening()
        await visit.respond(200, BODY, Connection="close")

    wire.on(f"/{FIRST + 20}/x", close_the_port)
    with pytest.raises(WireUnreachableError, match="has stopped answering"):
        asyncio.run(fetch_until_down())
    left = [Batch(batch_id=path.name, path=path, count=0) for path in written(run)]
    assert len({capture.article_id for capture in captures(left)}) == 21
    assert set(rejects(left).values()) == {Reason.NO_CONNECTION}


def test_a_walk_along_ids_is_given_up_where_the_wire_has_none_any_more(wire, tmp_path, caplog):
    holes = [story(number) for number in range(39, 19, -1)]
    stories = serve(wire, 20)[::-1]

    with caplog.at_level(logging.WARNING, "tasks"):
        batches = fetch_all(make_run(wire.base_url, tmp_path), holes + stories, max_misses=9)

    asked = {one.article_id for one in captures(batches)}
    assert {one.article_id for one in holes[:9]} <= asked
    assert stories[-1].article_id not in asked
    assert "no story for 9 ids in a row" in caplog.text


def test_stories_that_are_no_walk_are_all_asked_for_however_many_are_gone(wire, tmp_path):
    run = make_run(wire.base_url, tmp_path)
    batches = fetch_all(run, [story(number) for number in range(40)])
    assert len(captures(batches)) == 40


def written(run: Run) -> list[Path]:
    return complete_batches(run.paths.fetched)


def archived(run: Run) -> set[str]:
    files = run.paths.raw.rglob("*.warc.gz")
    return {record.capture_id for path in files for record in WarcScan(path)}


def test_a_fetch_that_is_left_early_loses_nothing_it_archived(wire, tmp_path):
    run = make_run(wire.base_url, tmp_path, batch_pages=3)
    stories = serve(wire, 40)

    async def leave_after_the_first() -> None:
        async with (
            open_client(run) as client,
            aclosing(FetchBatches(run, client).batches(stories)) as batches,
        ):
            async for _ in batches:
                return

    asyncio.run(leave_after_the_first())
    noted = {capture.capture_id for path in written(run) for capture in captures_of(path)}
    assert noted == archived(run)
    assert len(noted) >= 3


def test_a_cancelled_fetch_loses_nothing_it_archived(wire, tmp_path):
    run = make_run(wire.base_url, tmp_path, requests_per_second=100)
    stories = serve(wire, 200)

    async def cancel_midway() -> None:
        async with open_client(run) as client, asyncio.timeout(0.4):
            await collect(FetchBatches(run, client).batches(stories))

    with pytest.raises(TimeoutError):
        asyncio.run(cancel_midway())
    noted = {capture.capture_id for path in written(run) for capture in captures_of(path)}
    assert len(noted) > 5
    # The one answer whose archiving was under way when the end came may go unnoted.
    assert noted <= archived(run)
    assert len(archived(run) - noted) <= 4


def test_a_slow_trickle_is_handed_on_before_the_batch_is_full(wire, tmp_path):
    run = make_run(wire.base_url, tmp_path, requests_per_second=20)
    stories = serve(wire, 6)

    async def fetch_slowly() -> list[Batch]:
        async with open_client(run) as client:
            return await collect(FetchBatches(run, client, flush_seconds=0.1).batches(stories))

    assert len(asyncio.run(fetch_slowly())) > 1


def test_nobody_asks_while_nobody_takes_the_batches(wire, tmp_path):
    run = make_run(wire.base_url, tmp_path, batch_pages=5)
    stories = serve(wire, 60)

    async def dawdle() -> int:
        async with (
            open_client(run) as client,
            aclosing(FetchBatches(run, client).batches(stories)) as batches,
        ):
            await anext(batches)
            await asyncio.sleep(0.3)
            return len(wire.visits)

    # The batch that was taken, and two more.
    assert asyncio.run(dawdle()) <= 5 + 10


def test_an_archive_that_cannot_be_written_ends_the_fetch(wire, tmp_path):
    (tmp_path / "raw").write_text("a file")
    with pytest.raises(StorageError, match="raw"):
        fetch_all(make_run(wire.base_url, tmp_path), serve(wire, 3))
