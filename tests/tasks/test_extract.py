"""A fetched batch becomes a staged batch of articles and rejects; pages fail one by one."""

import asyncio
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from prefect.states import Failed

from tasks.archive.reader import read_response
from tasks.archive.writer import ArchiveWriter
from tasks.core import workers
from tasks.core.errors import BatchError, OperatorError, WorkerDiedError, WorkTimedOutError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, Capture, Mention, Response
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.duplicates.minhash import Signature, signature
from tasks.extract import annotate, extract
from tasks.load import load
from tasks.pages.batch import ExtractionJob, extract_page
from tasks.reading import WORKER_MODULES
from tasks.warehouse.fingerprint import contents_of
from tasks.warehouse.writer import writer
from tests.sql.records import make_run
from tests.unit.archive.foreign_warc import make_response
from tests.unit.pages.page_builders import BODY, STORY, Page, paragraphs, spa

ENDLESS = paragraphs("A sentence of a film script. " * 200_000)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A batch in its stage, and the run it belongs to."""

    run: Run
    batch: Batch
    captures: tuple[Capture, ...]

    def extract(self, **settings: Any) -> Batch:
        run = replace(self.run, settings=replace(self.run.settings, **settings))
        return asyncio.run(extract.fn(run, self.batch))

    def records(self, name: str, kind: type) -> list[Any]:
        return read_records(self.run.paths.staged / "b-1" / f"{name}.parquet", kind)


@pytest.fixture(scope="module", autouse=True)
def _workers():
    with workers.open_workers(1, preload=WORKER_MODULES):
        yield


def fetched(folder: Path, *responses: tuple[int, str]) -> Fetched:
    run = make_run(folder, "r-1", page_seconds=30.0, recogniser="none")
    with ArchiveWriter(run) as writer:
        captures = tuple(
            writer.append(_response(number, *response), STORY + number)
            for number, response in enumerate(responses)
        )
    path = run.paths.fetched / "b-1"
    write_records(path / "captures.parquet", captures, Capture)
    batch = Batch(batch_id="b-1", path=path, count=len(captures))
    return Fetched(run=run, batch=batch, captures=captures)


def _response(number: int, status: int, text: str) -> Response:
    url = f"https://menafn.com/{STORY + number}/Lanterns"
    return make_response(text.encode(), url=url, status=status, fetched_at=NOW)


def story(number: int) -> str:
    page = spa(Page())
    return page.replace(f"ID{STORY}", f"ID{STORY + number}")


def test_articles_and_rejects_are_staged_with_their_captures(tmp_path):
    too_large = (200, story(3) + " " * 300_000)
    given = fetched(tmp_path, (200, story(0)), (200, "<p>no story</p>"), (200, story(2)), too_large)
    batch = given.extract(max_body_mb=0.2)
    assert (batch.path, batch.count) == (tmp_path / "state" / "staged" / "b-1", 2)
    first, second = given.records("articles", Article)
    assert (first.body, first.capture_id, first.run_id, first.seen_at, first.url) == (
        BODY, given.captures[0].capture_id, "r-1", NOW, given.captures[0].url
    )  # fmt: skip
    assert second.article_id == STORY + 2
    reject, other = given.records("rejects", Reject)
    assert (reject.article_id, reject.stage) == (STORY + 1, Stage.READ)
    assert (other.article_id, other.reason) == (STORY + 3, Reason.TOO_LARGE)
    assert given.records("captures", Capture) == list(given.captures)


def test_articles_are_staged_with_their_signatures_and_names(tmp_path):
    text = "The guild opened its first shop outside the harbour on Monday, in Kuwait."
    given = fetched(tmp_path, (200, spa(Page(texts=(text,)))))
    given.extract(recogniser="rules")
    (article,) = given.records("articles", Article)
    assert given.records("minhash_bands", Signature) == [
        Signature(article_id=STORY, body_sha256=article.body_sha256, bands=signature(article.body))
    ]
    (mention,) = given.records("mentions", Mention)
    assert (mention.name, mention.body_sha256) == ("Kuwait", article.body_sha256)


def test_each_step_done_again_changes_nothing(tmp_path):
    given = fetched(tmp_path, (200, story(0)), (200, "<p>no story</p>"))
    left, staged = given.batch.path, given.run.paths.staged / "b-1"
    shutil.copytree(left, tmp_path / "fetched")
    assert given.extract().count == 1
    assert given.extract().count == 0
    shutil.copytree(tmp_path / "fetched", left)  # killed before it was removed
    assert given.extract().count == 1
    shutil.copytree(staged, tmp_path / "staged")
    contents = []
    for _ in range(2):
        assert asyncio.run(load.fn(given.run))[0].extracted == 1
        with writer(given.run.paths, wait_seconds=0) as connection:
            contents.append(contents_of(connection))
        shutil.copytree(tmp_path / "staged", staged)  # killed before it was removed
    assert contents[0] == contents[1]
    assert {one.table: one.rows for one in contents[0].tables}["articles"] == 1
    shutil.rmtree(staged)
    with pytest.raises(BatchError, match="its batch is not staged"):
        given.extract()


def test_only_good_responses_are_read(tmp_path):
    given = fetched(tmp_path, (304, ""), (404, story(1)), (200, story(2)))
    assert given.extract().count == 1
    assert given.records("rejects", Reject) == []
    assert len(given.records("captures", Capture)) == 3


def test_rejects_of_the_fetch_are_staged_and_the_fetched_batch_removed(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    refused = Reject(
        url="https://menafn.com/1109916095/x", article_id=None, stage=Stage.FETCH,
        reason=Reason.GONE, detail="410", run_id="r-1", rejected_at=NOW,
    )  # fmt: skip
    write_records(given.batch.path / "rejects.parquet", [refused], Reject)
    given.extract()
    assert given.records("rejects", Reject) == [refused]
    assert list(given.run.paths.fetched.iterdir()) == []


def test_only_the_page_that_hangs_is_a_reject(tmp_path):
    hung = spa(Page(text=ENDLESS, tail=""))
    given = fetched(tmp_path, (200, story(0)), (200, hung), (200, story(2)))
    assert given.extract(page_seconds=0.25).count == 2
    (reject,) = given.records("rejects", Reject)
    assert (reject.article_id, reject.reason) == (STORY + 1, Reason.READ_TIMED_OUT)
    assert reject.detail == "extract_page was killed after 0.25 seconds of processor time."
    assert len(given.records("minhash_bands", Signature)) == 2


def test_a_batch_that_was_staged_before_does_not_change(tmp_path):
    given = fetched(tmp_path, (200, story(0)), (404, ""))
    given.extract()
    assert given.extract().count == 0  # as after a lost worker; its captures are gone by now
    assert given.records("captures", Capture) == list(given.captures)
    assert len(given.records("articles", Article)) == 1


def test_a_batch_that_cannot_be_annotated_stays_fetched(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    with pytest.raises(OperatorError, match="gliner"):
        given.extract(recogniser="gliner:/nowhere")
    assert given.batch.path.exists()
    assert list(given.run.paths.staged.iterdir()) == []


def test_a_bug_of_the_extractor_is_a_reject_with_its_place(tmp_path):
    given = fetched(tmp_path, (200, story(0)))
    job = ExtractionJob(
        fetched=given.batch.path, target=tmp_path / "out", data_dir=tmp_path,
        timezone="Nowhere/At_All", read_response=partial(read_response, limit=1 << 20),
        write_derived=(),
    )  # fmt: skip
    reject = extract_page(job, given.captures[0])
    assert isinstance(reject, Reject)
    assert reject.reason is Reason.READER_FAILED
    assert reject.detail.startswith("ZoneInfoNotFoundError in ")


@pytest.mark.parametrize(
    ("error", "is_retried"),
    [(WorkerDiedError("killed"), True), (WorkTimedOutError("hung"), True),
     (OperatorError("no such recogniser"), False), (ValueError("a bug"), False)],
)  # fmt: skip
@pytest.mark.parametrize("task", [extract, annotate], ids=["extract", "annotate"])
def test_only_a_transient_failure_is_retried_and_once(task, error, is_retried):
    assert task.retries == 1
    assert task.retry_condition_fn(task, None, Failed(data=error)) is is_retried
