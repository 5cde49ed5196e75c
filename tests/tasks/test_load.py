"""Every staged batch is loaded once, whichever run staged it, and nothing is lost."""

import asyncio
from dataclasses import dataclass

import pytest

from tasks.core.errors import MergeError, StorageError, WriterBusyError
from tasks.core.parquet import write_records
from tasks.core.reports import Counts, LoadSummary
from tasks.core.staging import complete_batches
from tasks.load import is_worth_loading, load
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, STORY, make_article, make_mention, make_run, stage

EARLIER = "20250811T090000Z-ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """A reject as an older version may have staged it, without most of its fields."""

    url: str
    stage: str
    article_id: int | None = None


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


def load_now(run, **choices):
    return asyncio.run(load.fn(run, **choices))


def count_of(run, table):
    with writer(run.paths, wait_seconds=0) as connection:
        return connection.table(table).count("*").fetchall()[0][0]


def test_every_staged_batch_is_loaded_and_removed(run):
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()], mentions=[make_mention()])
    other = make_article(article_id=STORY + 1, capture_id="two")
    stage(run.paths.staged / f"{EARLIER}-0007", articles=[other])
    assert load_now(run) == LoadSummary(
        batches=2, counts=Counts(fetched=2, extracted=2, inserted=2, mentions=1)
    )
    assert complete_batches(run.paths.staged) == []
    assert count_of(run, "articles") == 2


def test_a_batch_that_is_being_built_is_not_loaded(run):
    building = run.paths.staged / f".{RUN_ID}-0001.1-ab.part"
    building.mkdir(parents=True)
    assert load_now(run) == LoadSummary(batches=0, counts=Counts())
    assert building.exists()
    assert not run.paths.writer_file.exists()


def test_a_batch_that_is_staged_again_is_loaded_once(run):
    for _ in range(2):
        stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
        summary = load_now(run)
    assert summary.counts == Counts(fetched=1, extracted=1, unchanged=1)
    assert count_of(run, "articles") == 1
    assert count_of(run, "article_versions") == 1
    assert count_of(run, "loads") == 1


def test_batches_wait_while_another_process_writes(run):
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
    with exclusive_lock(run.paths.writer_lock, wait_seconds=0):
        assert load_now(run, only_if_free=True).batches == 0
        with pytest.raises(WriterBusyError, match="will be loaded by the next run"):
            load_now(run)
    assert len(complete_batches(run.paths.staged)) == 1
    assert load_now(run, only_if_free=True).counts.inserted == 1


def test_a_load_in_the_middle_of_a_run_waits_for_more_than_a_few_batches(run):
    for number in range(2):
        stage(run.paths.staged / f"{RUN_ID}-{number:04d}", articles=[])
    assert not is_worth_loading(run)
    stage(run.paths.staged / f"{RUN_ID}-0002", articles=[])
    assert is_worth_loading(run)


def test_a_damaged_batch_is_named_and_the_ones_before_it_are_in(run):
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
    other = make_article(article_id=STORY + 1, capture_id="two")
    damaged = stage(run.paths.staged / f"{RUN_ID}-0002", articles=[other])
    (damaged / "articles.parquet").write_bytes(b"PAR1 torn")
    with pytest.raises(StorageError, match=r"-0002 can't be read: .*articles\.parquet"):
        load_now(run)
    assert complete_batches(run.paths.staged) == [damaged]
    assert count_of(run, "articles") == 1
    assert count_of(run, "captures") == 1


def test_a_batch_that_breaks_a_statement_is_named_with_it_and_kept(run):
    broken = stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article()])
    incomplete = [Incomplete(url="https://menafn.com/", stage="read")]
    write_records(broken / "rejects.parquet", incomplete, Incomplete)
    with pytest.raises(MergeError) as caught:
        load_now(run)
    assert str(caught.value).startswith(f"{broken} can't be merged by sql/load/40_rejects.sql: ")
    assert complete_batches(run.paths.staged) == [broken]
    assert count_of(run, "articles") == 0
