"""Which stories a run requests: those that listings showed, and those that a person names.

What is known, waits or was refused too recently is tested with the statement, in `tests/sql`.
"""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.errors import UsageError
from tasks.core.ids import parse_ids
from tasks.core.parquet import read_records
from tasks.core.records import FetchRequest
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch
from tasks.deduplicate import (
    deduplicate,
    request_addresses,
    request_gaps,
    request_ids,
)
from tasks.listings.address_file import require_readable
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


def load(run, **tables):
    with writer(run.paths, wait_seconds=0) as connection:
        folder = stage(run.settings.data_dir / "known-0001", **tables)
        load_batch(connection, folder, run_id=RUN_ID)


def known(*numbers):
    now = datetime.now(UTC)
    return [make_article(article_id=STORY + n, capture_id=f"c{n}", seen_at=now) for n in numbers]


def discovered(run, *article_ids):
    sightings = [make_listing_entry(article_id=article_id) for article_id in article_ids]
    folder = stage(run.paths.staged / f"{RUN_ID}-0000", listing_entries=sightings)
    return Batch(batch_id=folder.name, path=folder, count=len(article_ids))


def numbers_in(batch):
    """The requested ids, as numbers after the first story's."""
    ids = [story.article_id - STORY for story in read_records(batch.path, FetchRequest)]
    assert batch.count == len(ids)
    return ids


def requested_of_listed(run, *numbers):
    listed = discovered(run, *(STORY + number for number in numbers))
    return numbers_in(deduplicate.fn(run, listed))


def requested_by_lines(run, *lines):
    file = run.settings.data_dir / "addresses.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return [story.url for story in read_records(request_addresses.fn(run, file).path, FetchRequest)]


def requested_by_ids(run, text):
    return numbers_in(request_ids.fn(run, parse_ids(text)))


def requested_gaps(run, limit=100):
    return numbers_in(request_gaps.fn(run, limit))


def test_listed_stories_are_requested_unless_they_are_known(run):
    assert requested_of_listed(run, 0, 1) == [1, 0]
    assert requested_of_listed(run) == []
    load(run, articles=known(0))
    assert requested_of_listed(run, 0, 1) == [1]


@pytest.mark.parametrize("stage_name", ["fetched", "read", "staged"])
def test_stories_whose_responses_wait_are_not_requested(run, stage_name):
    stage(getattr(run.paths, stage_name) / "old-0001", captures=[make_capture()])
    assert requested_of_listed(run, 0, 1) == [1]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [9, 5, 4, 3]),
        ({"max_gap_stories": 2}, [9, 5, 4]),
        ({"max_gap_stories": 0}, [9]),
        ({"max_stories": 2}, [9, 5]),
        ({"max_stories": 1}, [9]),
    ],
)
def test_feed_gaps_are_requested_after_the_new_stories(data_dir, settings, expected):
    run, now = make_run(data_dir, **settings), datetime.now(UTC)
    polls = [
        make_poll(STORY, STORY + 2, polled_at=now),
        make_poll(STORY + 6, polled_at=now + timedelta(minutes=1), capture_id="second"),
    ]
    load(run, articles=known(0, 2, 6), feed_polls=polls)
    assert requested_of_listed(run, 9) == expected


@pytest.mark.parametrize(("rate", "expected"), [(0.02, 18), (1, 60), (0, 60)])
def test_without_a_limit_a_pass_requests_what_the_rate_allows_in_a_quarter_of_an_hour(
    data_dir, caplog, rate, expected
):
    run = make_run(data_dir, requests_per_second=rate)
    assert requested_of_listed(run, *range(60)) == list(range(59, 59 - expected, -1))
    assert ("run the same command again" in caplog.text) is (expected < 60)


def test_other_gaps_are_left_to_a_backfill(run):
    load(run, articles=known(0, 9))
    assert requested_of_listed(run) == []


@pytest.mark.slow
def test_ten_thousand_known_stories_cost_less_than_a_second(run):
    load(run, articles=known(*range(10_000)))
    listed = discovered(run, *range(STORY, STORY + 10_000))
    started = time.process_time()
    assert deduplicate.fn(run, listed).count == 0
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "lines",
    [
        [f"https://menafn.com/{STORY}/{SLUG}"],
        [f"http://www.menafn.com/{STORY}/{SLUG}?src=RSS"],
        [f"  https://menafn.com/{STORY}/{SLUG}?Social=on  "],
        [f"https://menafn.com/qn_news_story_s.aspx?storyid={STORY}&title={SLUG}"],
        ["# mine", "", "   ", f"/{STORY}/{SLUG}"],
        [f"/{STORY}", f"/{STORY}/{SLUG}", f"https://menafn.com/{STORY}/"],
    ],
)
def test_every_form_of_an_address_names_its_story_once(run, lines):
    assert requested_by_lines(run, *lines) == [f"https://menafn.com/{STORY}/{SLUG}"]
    assert not run.paths.staged.exists()


def test_lines_that_name_no_story_are_rejects_each_once(run):
    bad = "https://menafn.com/qn_news_sections.aspx?src=s"
    lines = (bad, "https://elsewhere.example/1109916091", "ht\x1btp:", bad)
    assert requested_by_lines(run, *lines) == []
    rejects = read_records(run.paths.staged / f"{RUN_ID}-00000" / "rejects.parquet", Reject)
    assert [(one.url, one.reason) for one in rejects] == [
        (bad, Reason.NO_STORY_ID),
        ("https://elsewhere.example/1109916091", Reason.FOREIGN_HOST),
        ("ht tp:", Reason.FOREIGN_HOST),
    ]
    assert {one.stage for one in rejects} == {Stage.DISCOVER}


LINES = (
    f"menafn.com/{STORY}/x", f"www.menafn.com/{STORY}/x", f"//menafn.com/{STORY}/x",
    f"<https://menafn.com/{STORY}/x>", f'"https://menafn.com/{STORY}/x",',
    f"'https://menafn.com/{STORY}/x';", f"\u201chttps://menafn.com/{STORY}/x\u201d.",
    f"\t https://menafn.com/{STORY}/x , ", f"\u200e<menafn.com/{STORY}/x>\u200f", f"{STORY}",
    f"qn_news_story_s.aspx?storyid={STORY}&title=x", f"HTTPS://MENAFN.COM/{STORY}",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_an_address_is_found_in_what_people_put_around_it(run, line):
    (url,) = requested_by_lines(run, line)
    assert url.startswith(f"https://menafn.com/{STORY}/")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_of_any_unicode_encoding_and_line_ends_is_read(run, codec, end):
    file = run.settings.data_dir / "addresses.txt"
    lines = ("# mine", "", f"https://menafn.com/{STORY}/x", f"menafn.com/arabic/{STORY + 1}/y")
    file.write_bytes("".join(line + end for line in lines).encode(codec))
    assert request_addresses.fn(run, file).count == 2
    assert not run.paths.staged.exists(), "no rejects"


def test_bytes_that_are_no_text_are_a_reject_too(run):
    file = run.settings.data_dir / "addresses.txt"
    file.write_bytes(b"\x80\xff\x00\x81\n" + f"/{STORY}/{SLUG}\n".encode())
    assert request_addresses.fn(run, file).count == 1


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(UsageError, match="can't be read"):
        require_readable(tmp_path / name)


def test_ids_are_requested_by_the_listed_address_or_by_the_id_alone(run):
    entry = make_listing_entry(article_id=STORY)
    load(run, listing_entries=[entry, make_listing_entry(article_id=STORY + 7)])
    batch = request_ids.fn(run, parse_ids(f"{STORY}-{STORY + 2}"))
    urls = [story.url for story in read_records(batch.path, FetchRequest)]
    assert urls == [*(f"https://menafn.com/{STORY + number}/" for number in (2, 1)), entry.url]


def test_ids_that_are_known_wait_or_were_just_refused_are_not_requested(run):
    at = datetime.now(UTC) - timedelta(hours=1)
    refused = make_reject(article_id=STORY + 3, reason="gone", rejected_at=at)
    load(run, articles=known(0), rejects=[refused])
    stage(run.paths.fetched / "old-0001", captures=[make_capture(article_id=STORY + 1)])
    assert requested_by_ids(run, f"{STORY}-{STORY + 3}") == [2]


def test_no_more_ids_are_requested_than_the_limit(data_dir):
    run = make_run(data_dir, max_stories=3)
    assert requested_by_ids(run, f"{STORY}-{STORY + 99_999}") == [99_999, 99_998, 99_997]


def test_a_long_range_is_searched_to_the_first_unknown(run):
    now = datetime.now(UTC)
    ids = range(STORY, STORY + 30_000)
    urls = {one: f"https://menafn.com/{one}/" for one in ids}
    refused = [make_reject(article_id=one, url=urls[one], rejected_at=now) for one in ids]
    load(run, rejects=refused)
    assert requested_by_ids(run, f"{STORY - 2}-{ids[-1]}") == [-1, -2]


def test_gaps_are_the_unknown_ids_between_the_first_story_and_the_last(run):
    assert requested_gaps(run) == []
    load(
        run,
        articles=known(0, 12),
        listing_entries=[make_listing_entry(article_id=STORY + 3)],
        rejects=[
            make_reject(article_id=STORY + 4),
            make_reject(article_id=STORY + 5, reason="no-story", stage="read"),
            make_reject(article_id=STORY + 6, reason="timed-out"),  # transient: still a gap
        ],
    )
    stage(run.paths.fetched / "old-0001", captures=[make_capture(article_id=STORY + 9)])
    with writer(run.paths, wait_seconds=0) as connection:
        connection.execute(f"insert into tombstones values ({STORY + 10}, now(), '', now())")
    assert requested_gaps(run) == [11, 8, 7, 6, 2, 1]
    assert requested_gaps(run, limit=2) == [11, 8]


def test_feed_gaps_come_before_other_gaps(run):
    later = SEEN_AT + timedelta(hours=1)
    other = "https://menafn.com/rss/other.xml"
    polls = [
        make_poll(STORY + 1),
        make_poll(STORY + 5, polled_at=later, capture_id="second"),
        make_poll(STORY + 2, feed_url=other, capture_id="third"),
        make_poll(STORY + 6, feed_url=other, capture_id="fourth", polled_at=later),
    ]
    entries = [make_listing_entry(article_id=STORY + n) for n in (1, 2, 5, 6)]
    load(run, articles=known(0, 9), feed_polls=polls, listing_entries=entries)
    assert requested_gaps(run) == [4, 3, 8, 7]


def test_gaps_of_half_a_million_ids_cost_less_than_a_second(run):
    load(run, articles=known(0, 500_000))
    started = time.process_time()
    assert len(requested_gaps(run, limit=1000)) == 1000
    assert time.process_time() - started < 1
