"""A run asks only for what the warehouse, and what waits to get there, doesn't know."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.parquet import read_records
from tasks.core.records import FetchRequest
from tasks.core.run import Batch
from tasks.deduplicate import deduplicate
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_poll,
    make_run,
    stage,
)


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


def discovered(run, *article_ids):
    sightings = [make_listing_entry(article_id=article_id) for article_id in article_ids]
    folder = stage(run.paths.staged / f"{RUN_ID}-0000", listing_entries=sightings)
    return Batch(batch_id=folder.name, path=folder, count=len(article_ids))


def ids_wanted(batch):
    return [story.article_id for story in read_records(batch.path, FetchRequest)]


def test_the_first_run_asks_for_everything_it_saw(run):
    batch = deduplicate.fn(run, discovered(run, STORY, STORY + 1))
    assert ids_wanted(batch) == [STORY + 1, STORY]
    assert batch.count == 2


def test_a_run_that_saw_nothing_asks_for_nothing(run):
    batch = deduplicate.fn(run, discovered(run))
    assert ids_wanted(batch) == []
    assert batch.count == 0


def test_known_stories_are_not_asked_for(run, tmp_path):
    now = datetime.now(UTC)
    with writer(run.paths, wait_seconds=0) as connection:
        batch = stage(tmp_path / "known-0001", articles=[make_article(seen_at=now)])
        load_batch(connection, batch, run_id=RUN_ID)
    assert ids_wanted(deduplicate.fn(run, discovered(run, STORY, STORY + 1))) == [STORY + 1]


@pytest.mark.parametrize("stage_name", ["fetched", "read", "staged"])
def test_stories_whose_answers_wait_are_not_asked_for(run, stage_name):
    stage(getattr(run.paths, stage_name) / "old-0001", captures=[make_capture()])
    assert ids_wanted(deduplicate.fn(run, discovered(run, STORY, STORY + 1))) == [STORY + 1]


def lossy(run, tmp_path):
    """A warehouse of which a feed passed by three ids, 3, 4 and 5 from the first story."""
    now = datetime.now(UTC)
    polls = [
        make_poll(STORY, STORY + 2, polled_at=now),
        make_poll(STORY + 6, polled_at=now + timedelta(minutes=1), capture_id="second"),
    ]
    known = [make_article(article_id=STORY + n, capture_id=f"c{n}", seen_at=now) for n in (0, 2, 6)]
    with writer(run.paths, wait_seconds=0) as connection:
        batch = stage(tmp_path / "known-0001", articles=known, feed_polls=polls)
        load_batch(connection, batch, run_id=RUN_ID)


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        ({}, [9, 5, 4, 3]),
        ({"max_gap_stories": 2}, [9, 5, 4]),
        ({"max_gap_stories": 0}, [9]),
        ({"max_stories": 2}, [9, 5]),
        ({"max_stories": 1}, [9]),
    ],
)
def test_what_a_feed_passed_by_is_caught_up_after_the_new_stories(tmp_path, settings, asked):
    run = make_run(tmp_path, **settings)
    lossy(run, tmp_path)
    batch = deduplicate.fn(run, discovered(run, STORY + 9))
    assert [article_id - STORY for article_id in ids_wanted(batch)] == asked
    assert batch.count == len(asked)


def test_gaps_in_which_no_feed_ran_on_are_left_to_a_backfill(run, tmp_path):
    now = datetime.now(UTC)
    known = [make_article(article_id=STORY + n, capture_id=f"c{n}", seen_at=now) for n in (0, 9)]
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, stage(tmp_path / "known-0001", articles=known), run_id=RUN_ID)
    assert ids_wanted(deduplicate.fn(run, discovered(run))) == []


def test_ten_thousand_known_stories_cost_less_than_a_second(run, tmp_path):
    now = datetime.now(UTC)
    ids = range(STORY, STORY + 10_000)
    articles = [make_article(article_id=n, capture_id=str(n), seen_at=now) for n in ids]
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, stage(tmp_path / "known-0001", articles=articles), run_id=RUN_ID)
    batch = discovered(run, *ids)
    started = time.process_time()
    assert deduplicate.fn(run, batch).count == 0
    assert time.process_time() - started < 1
