"""Stories that a person names are asked for, unless they are known, wait, or rest."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.errors import UsageError
from tasks.core.ids import parse_ids
from tasks.core.parquet import read_records
from tasks.core.records import FetchRequest
from tasks.core.rejects import Reason, Reject, Stage
from tasks.deduplicate import request_addresses, request_gaps, request_ids, require_readable
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_poll,
    make_reject,
    make_run,
    stage,
)

SLUG = "Harbour-Talks-Resume"


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


def asked_by_lines(run, *lines):
    file = run.settings.data_dir / "addresses.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return [story.url for story in read_records(request_addresses.fn(run, file).path, FetchRequest)]


def asked_by_ids(run, text):
    batch = request_ids.fn(run, parse_ids(text))
    ids = [story.article_id for story in read_records(batch.path, FetchRequest)]
    assert batch.count == len(ids)
    return ids


def known(run, **tables):
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, stage(run.settings.data_dir / "b-0001", **tables), run_id=RUN_ID)


@pytest.mark.parametrize(
    "line",
    [
        f"https://menafn.com/{STORY}/{SLUG}",
        f"http://www.menafn.com/{STORY}/{SLUG}?src=RSS",
        f"  https://menafn.com/{STORY}/{SLUG}?Social=on  ",
        f"https://menafn.com/qn_news_story_s.aspx?storyid={STORY}&title={SLUG}",
        f"/{STORY}/{SLUG}",
    ],
)
def test_every_form_of_an_address_is_understood(run, line):
    assert asked_by_lines(run, line) == [f"https://menafn.com/{STORY}/{SLUG}"]


def test_comments_and_blank_lines_do_not_count(run):
    assert asked_by_lines(run, "# mine", "", "   ") == []
    assert not run.paths.staged.exists()


def test_a_story_named_twice_is_asked_for_once_by_its_fullest_address(run):
    lines = (f"/{STORY}", f"/{STORY}/{SLUG}", f"https://menafn.com/{STORY}/")
    assert asked_by_lines(run, *lines) == [f"https://menafn.com/{STORY}/{SLUG}"]


def test_lines_that_name_no_story_are_rejects_each_once(run):
    bad = "https://menafn.com/qn_news_sections.aspx?src=s"
    assert asked_by_lines(run, bad, "https://elsewhere.example/1109916091", "ht\x1btp:", bad) == []
    rejects = read_records(run.paths.staged / f"{RUN_ID}-00000" / "rejects.parquet", Reject)
    assert [(one.url, one.reason) for one in rejects] == [
        (bad, Reason.NO_STORY_ID),
        ("https://elsewhere.example/1109916091", Reason.FOREIGN_HOST),
        ("ht tp:", Reason.FOREIGN_HOST),
    ]
    assert {one.stage for one in rejects} == {Stage.DISCOVER}


def test_bytes_that_are_no_text_are_a_reject_too(run):
    file = run.settings.data_dir / "addresses.txt"
    file.write_bytes(b"\xff\xfe\x00\x80\n" + f"/{STORY}/{SLUG}\n".encode())
    assert request_addresses.fn(run, file).count == 1


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(UsageError, match="can't be read"):
        require_readable(tmp_path / name)


def test_ids_are_asked_for_from_the_newest_by_their_id_alone(run):
    batch = request_ids.fn(run, parse_ids(f"{STORY}-{STORY + 2}"))
    assert [story.url for story in read_records(batch.path, FetchRequest)] == [
        f"https://menafn.com/{STORY + number}/" for number in (2, 1, 0)
    ]


def test_the_address_that_a_listing_showed_is_used(run):
    known(run, listing_entries=[make_listing_entry(article_id=STORY)])
    batch = request_ids.fn(run, parse_ids(str(STORY)))
    (story,) = read_records(batch.path, FetchRequest)
    assert story.url == make_listing_entry(article_id=STORY).url


def test_stories_that_are_known_or_wait_are_not_asked_for(run):
    known(run, articles=[make_article(article_id=STORY, seen_at=datetime.now(UTC))])
    stage(run.paths.fetched / "old-0001", captures=[make_capture(article_id=STORY + 1)])
    assert asked_by_ids(run, f"{STORY}-{STORY + 2}") == [STORY + 2]


def test_nothing_but_what_was_named_is_asked_for(run):
    known(run, listing_entries=[make_listing_entry(article_id=STORY + 7)])
    assert asked_by_ids(run, str(STORY)) == [STORY]


@pytest.mark.parametrize(("hours", "is_asked"), [(1, False), (3, True)])
def test_a_hole_rests_before_it_is_asked_for_again(run, hours, is_asked):
    at = datetime.now(UTC) - timedelta(hours=hours)
    known(run, rejects=[make_reject(article_id=STORY, reason="gone", rejected_at=at)])
    assert bool(asked_by_ids(run, str(STORY))) is is_asked


def test_no_more_are_asked_for_than_the_limit(tmp_path):
    run = make_run(tmp_path, max_stories=3)
    assert asked_by_ids(run, "1109900000-1109999999") == [
        1109999999, 1109999998, 1109999997,
    ]  # fmt: skip


def test_a_long_range_is_walked_to_the_first_unknown(run):
    newest = STORY + 30_000
    ids = range(STORY, newest)
    rested = [
        make_reject(article_id=one, url=f"https://menafn.com/{one}/", rejected_at=datetime.now(UTC))
        for one in ids
    ]
    known(run, rejects=rested)
    assert asked_by_ids(run, f"{STORY - 2}-{newest - 1}") == [STORY - 1, STORY - 2]


def gaps(run, most=100):
    batch = request_gaps.fn(run, most)
    return [story.article_id - STORY for story in read_records(batch.path, FetchRequest)]


def two_stories(number, other, **tables):
    """A warehouse of two stories, so that its ids reach from the one to the other."""
    seen = {"seen_at": datetime.now(UTC)}
    ends = [make_article(article_id=STORY + n, capture_id=f"c{n}", **seen) for n in (number, other)]
    return {"articles": ends} | tables


def test_nothing_is_left_in_a_warehouse_without_stories(run):
    assert gaps(run) == []


def test_gaps_are_the_ids_between_that_nobody_showed_or_asked_for_from_the_newest(run):
    known(
        run,
        **two_stories(
            0, 9,
            listing_entries=[make_listing_entry(article_id=STORY + 3)],
            rejects=[
                make_reject(article_id=STORY + 4),
                make_reject(article_id=STORY + 5, reason="no-story", stage="read"),
            ],
        ),
    )  # fmt: skip
    assert gaps(run) == [8, 7, 6, 2, 1]
    assert gaps(run, most=2) == [8, 7]


def test_a_gap_that_met_a_passing_trouble_is_still_one(run):
    known(run, **two_stories(0, 2, rejects=[make_reject(article_id=STORY + 1, reason="timed-out")]))
    assert gaps(run) == [1]


def test_a_gap_whose_answer_waits_to_be_loaded_is_left_alone(run):
    known(run, **two_stories(0, 3))
    stage(run.paths.fetched / "old-0001", captures=[make_capture(article_id=STORY + 2)])
    assert gaps(run) == [1]


def test_a_story_that_was_taken_down_is_no_gap(run):
    known(run, **two_stories(0, 3))
    with writer(run.paths, wait_seconds=0) as connection:
        connection.execute(f"insert into tombstones values ({STORY + 2}, now(), '', now())")
    assert gaps(run) == [1]


def test_what_feeds_may_have_passed_by_comes_first(run):
    later = SEEN_AT + timedelta(hours=1)
    polls = [
        make_poll(STORY + 1),
        make_poll(STORY + 5, polled_at=later, capture_id="second"),
        make_poll(STORY + 2, feed_url="https://menafn.com/rss/other.xml", capture_id="third"),
        make_poll(STORY + 6, feed_url="https://menafn.com/rss/other.xml", capture_id="fourth",
                  polled_at=later),
    ]  # fmt: skip
    sightings = [make_listing_entry(article_id=STORY + n) for n in (1, 2, 5, 6)]
    known(run, **two_stories(0, 9, feed_polls=polls, listing_entries=sightings))
    assert gaps(run) == [4, 3, 8, 7]


def test_gaps_of_half_a_million_ids_cost_less_than_a_second(run):
    known(run, **two_stories(0, 500_000))
    started = time.process_time()
    assert len(gaps(run, most=1000)) == 1000
    assert time.process_time() - started < 1
