"""A fetched batch becomes a batch of articles and rejects; no page costs another."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.archive.writer import ArchiveWriter
from tasks.core import workers
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, Capture, Response
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.duplicates.cluster import Signature
from tasks.duplicates.minhash import signature
from tasks.extract import read
from tasks.pages.batch import ReadingJob, read_capture
from tests.unit.pages.page_builders import BODY, STORY, Page, paragraphs, spa

ENDLESS = paragraphs("A sentence of a film script. " * 200_000)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A batch in its stage, and the run it belongs to."""

    run: Run
    batch: Batch
    captures: tuple[Capture, ...]

    def records(self, name: str, kind: type) -> list[Any]:
        return read_records(self.run.paths.read / "b-1" / f"{name}.parquet", kind)


@pytest.fixture(scope="module", autouse=True)
def _workers():
    with workers.open_workers(1, preload=["tasks.pages.batch"]):
        yield


def fetched(folder: Path, *answers: tuple[int, str], page_seconds: float = 30.0) -> Fetched:
    settings = Settings(data_dir=folder, page_seconds=page_seconds)
    run = Run(run_id="r-1", flow="ingest", started_at=NOW, settings=settings)
    with ArchiveWriter(run) as writer:
        captures = tuple(
            writer.append(_answer(number, *answer), STORY + number)
            for number, answer in enumerate(answers)
        )
    path = run.paths.fetched / "b-1.parquet"
    write_records(path, captures, Capture)
    batch = Batch(batch_id="b-1", path=path, count=len(captures))
    return Fetched(run=run, batch=batch, captures=captures)


def _answer(number: int, status: int, text: str) -> Response:
    return Response(
        url=f"https://menafn.com/{STORY + number}/Lanterns", status=status, phrase="",
        http_version="HTTP/2", headers=((b"content-type", b"text/html"),), body=text.encode(),
        remote_ip=None, fetched_at=NOW,
    )  # fmt: skip


def run_read(given: Fetched) -> Batch:
    return asyncio.run(read.fn(given.run, given.batch))


def story(number: int) -> str:
    page = spa(Page())
    return page.replace(f"ID{STORY}", f"ID{STORY + number}")


def test_articles_and_rejects_are_staged_beside_their_captures(tmp_path):
    given = fetched(tmp_path, (200, story(0)), (200, "<p>no story</p>"), (200, story(2)))
    batch = run_read(given)
    assert (batch.path, batch.count) == (tmp_path / "state" / "read" / "b-1", 2)
    articles = given.records("articles", Article)
    assert [article.article_id for article in articles] == [STORY, STORY + 2]
    assert {article.body for article in articles} == {BODY}
    (reject,) = given.records("rejects", Reject)
    assert (reject.article_id, reject.stage) == (STORY + 1, Stage.READ)
    assert given.records("captures", Capture) == list(given.captures)


def test_an_article_says_which_capture_and_run_it_is_from(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    run_read(given)
    (article,) = given.records("articles", Article)
    assert (article.capture_id, article.run_id) == (given.captures[0].capture_id, "r-1")
    assert (article.seen_at, article.url) == (NOW, given.captures[0].url)


def test_only_good_answers_are_read(tmp_path):
    given = fetched(tmp_path, (304, ""), (404, story(1)), (200, story(2)))
    assert run_read(given).count == 1
    assert given.records("rejects", Reject) == []
    assert len(given.records("captures", Capture)) == 3


def test_the_fetch_s_rejects_travel_on_and_the_fetched_files_go(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    refused = Reject(
        url="https://menafn.com/1109916095/x", article_id=None, stage=Stage.FETCH,
        reason=Reason.GONE, detail="410", run_id="r-1", rejected_at=NOW,
    )  # fmt: skip
    write_records(given.run.paths.fetched / "b-1.rejects.parquet", [refused], Reject)
    run_read(given)
    assert given.records("rejects", Reject) == [refused]
    assert list(given.run.paths.fetched.iterdir()) == []


def test_a_page_that_hangs_the_reader_is_the_only_one_lost(tmp_path):
    hung = spa(Page(text=ENDLESS, tail=""))
    given = fetched(tmp_path, (200, story(0)), (200, hung), (200, story(2)), page_seconds=0.25)
    assert run_read(given).count == 2
    (reject,) = given.records("rejects", Reject)
    assert (reject.article_id, reject.reason) == (STORY + 1, Reason.READ_TIMED_OUT)
    assert reject.detail == "not read within 0.25 seconds"


def test_reading_a_batch_twice_gives_the_same(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    kept = given.batch.path.read_bytes()
    run_read(given)
    first = given.records("articles", Article)
    given.batch.path.write_bytes(kept)
    run_read(given)
    assert given.records("articles", Article) == first


def test_a_batch_whose_worker_died_after_putting_it_away_is_left_as_it_is(tmp_path):
    given = fetched(tmp_path, (200, story(0)), (404, ""))
    first = run_read(given)
    assert run_read(given) == first  # as after a lost worker; its captures are gone by now
    assert given.records("captures", Capture) == list(given.captures)
    assert len(given.records("articles", Article)) == 1


def test_a_defect_of_the_reader_is_a_reject_with_its_place(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    job = ReadingJob(
        fetched=given.batch.path, target=tmp_path / "out", data_dir=tmp_path,
        timezone="Nowhere/At_All", max_body_bytes=1 << 20,
    )  # fmt: skip
    reject = read_capture(job, given.captures[0])
    assert isinstance(reject, Reject)
    assert reject.reason is Reason.READER_FAILED
    assert reject.detail.startswith("ZoneInfoNotFoundError in ")


def test_a_page_beyond_the_limit_is_too_large(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    small = replace(given.run.settings, max_body_mb=0.001)
    asyncio.run(read.fn(replace(given.run, settings=small), given.batch))
    (reject,) = given.records("rejects", Reject)
    assert reject.reason is Reason.TOO_LARGE


def test_each_article_is_staged_with_the_signature_of_its_body(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    run_read(given)
    (article,) = given.records("articles", Article)
    assert given.records("signatures", Signature) == [
        Signature(article_id=STORY, body_sha256=article.body_sha256, bands=signature(article.body))
    ]
