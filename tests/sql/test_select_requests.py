"""Which stories a run asks for: new ones, recent ones now and then, refused ones ever more rarely."""

from datetime import timedelta

import pytest

from tasks.core.parquet import write_records
from tasks.core.records import Capture, FetchRequest, ListingEntry
from tasks.core.settings import Settings
from tasks.warehouse.requests import known_validators, select_requests
from tests.sql.records import (
    SEEN_AT,
    STORY,
    make_article,
    make_capture,
    make_listing_entry,
    make_reject,
    make_validators,
)


@pytest.fixture
def wanted(connection, tmp_path):
    def ids_wanted(*, hours=0.0, sighted=(), pending=(), max_implausible=100, **settings):
        write_records(tmp_path / "listing_entries.parquet", sighted, ListingEntry)
        write_records(tmp_path / "captures.parquet", pending, Capture)
        return select_requests(
            connection,
            Settings(**settings),
            listed=tmp_path / "listing_entries.parquet",
            pending=[one.article_id for one in pending],
            now=SEEN_AT + timedelta(hours=hours),
            max_implausible=max_implausible,
        )

    return ids_wanted


def ids_of(stories):
    return [story.article_id for story in stories]


def test_stories_seen_now_are_wanted_newest_first(wanted):
    sighted = [make_listing_entry(article_id=STORY + n) for n in (1, 3, 2)]
    assert ids_of(wanted(sighted=sighted)) == [STORY + 3, STORY + 2, STORY + 1]


def test_a_story_of_several_feeds_is_wanted_once(wanted):
    sighted = [
        make_listing_entry(),
        make_listing_entry(listing_url="https://menafn.com/rss/menafn_Iraq.xml"),
    ]
    assert wanted(sighted=sighted) == [
        FetchRequest(
            article_id=STORY,
            url=f"https://menafn.com/{STORY}/A-Bridge-Opens",
            etag=None,
            last_modified=None,
        )
    ]


def test_a_story_seen_by_an_earlier_run_and_never_read_is_wanted(load, wanted):
    load(listing_entries=[make_listing_entry()])
    assert ids_of(wanted()) == [STORY]


def test_a_forgotten_story_is_not_wanted_again(connection, load, wanted):
    load(listing_entries=[make_listing_entry()])
    connection.execute(f"insert into tombstones values ({STORY}, now(), '', now())")
    assert wanted(sighted=[make_listing_entry()]) == []


def test_a_known_story_is_not_wanted(load, wanted):
    load(articles=[make_article()])
    assert wanted(sighted=[make_listing_entry()]) == []


def test_a_recent_story_is_wanted_again_with_its_validators(load, wanted):
    load(
        articles=[make_article()],
        captures=[make_capture(etag='"a"', last_modified="Tue, 12 Aug 2025 08:35:35 GMT")],
    )
    assert wanted(hours=1.9) == []
    assert wanted(hours=2) == [
        FetchRequest(
            article_id=STORY,
            url=f"https://menafn.com/{STORY}/A-Bridge-Opens",
            etag='"a"',
            last_modified="Tue, 12 Aug 2025 08:35:35 GMT",
        )
    ]


def test_a_story_just_checked_is_not_wanted_again_at_once(load, wanted):
    load(articles=[make_article()])
    checked = SEEN_AT + timedelta(hours=2)
    load(captures=[make_capture(capture_id="two", status=304, fetched_at=checked)])
    assert wanted(hours=3) == []
    assert ids_of(wanted(hours=4)) == [STORY]


def test_a_story_that_is_no_longer_recent_is_left_alone(load, wanted):
    load(articles=[make_article()])
    assert ids_of(wanted(hours=24)) == [STORY]
    assert wanted(hours=24.1) == []


def test_how_long_and_how_often_a_story_is_asked_for_again_can_be_set(load, wanted):
    load(articles=[make_article()])
    assert wanted(hours=3, recheck_interval_hours=5) == []
    assert wanted(hours=3, recheck_window_hours=2) == []
    assert ids_of(wanted(hours=30, recheck_window_hours=48)) == [STORY]


def test_older_stories_are_rechecked_more_rarely_but_once_more_at_the_end(load, wanted):
    load(articles=[make_article()])
    checks, hour = [], 0.0
    while hour < 24:
        if wanted(hours=hour):
            checks.append(hour)
            load(captures=[make_capture(capture_id=f"at {hour}", status=304,
                                        fetched_at=SEEN_AT + timedelta(hours=hour))])  # fmt: skip
        hour += 0.5
    assert checks == [2, 4, 8, 16, 22]


def test_a_provider_that_revises_often_is_rechecked_more_often(load, wanted):
    """And one that never does more rarely, by many stories of both."""
    often, never = [
        [
            make_article(article_id=first + number, provider=name, body=f"{body} {number}",
                         capture_id=f"{first} {number} {body}", seen_at=SEEN_AT + seen)
            for number in range(100) for body, seen in bodies
        ]
        for first, name, bodies in (
            (STORY, "Often", (("Text", timedelta()), ("Revised", timedelta(hours=3)))),
            (STORY + 100, "Never", (("Text", timedelta()), ("Text", timedelta(hours=3)))),
        )
    ]  # fmt: skip
    load(articles=[*often, *never])
    assert ids_of(wanted(hours=4.9)) == []
    assert set(ids_of(wanted(hours=5.1))) == {STORY + number for number in range(100)}
    assert len(wanted(hours=11.1)) == 200


def test_a_refused_story_rests_twice_as_long_each_time(load, wanted):
    rests = {
        STORY + refusals: hours for refusals, hours in ((1, 2), (2, 4), (3, 8), (8, 256), (12, 256))
    }
    rejects = [
        make_reject(
            article_id=story,
            run_id=f"run-{number}",
            rejected_at=SEEN_AT - timedelta(days=story - STORY - number),
        )
        for story in rests
        for number in range(1, story - STORY + 1)
    ]
    load(listing_entries=[make_listing_entry(article_id=one) for one in rests], rejects=rejects)
    for story, hours in rests.items():
        assert story not in ids_of(wanted(hours=hours - 0.1))
        assert story in ids_of(wanted(hours=hours + 0.1))


def test_a_story_that_failed_by_a_transient_trouble_is_wanted_at_once(load, wanted):
    reasons = ("server-error", "rate-limited", "no-connection", "broken-transfer", "timed-out")
    rejects = [make_reject(article_id=STORY + n, reason=one) for n, one in enumerate(reasons)]
    load(listing_entries=listed(*range(len(reasons))), rejects=rejects)
    assert len(wanted(hours=0.1)) == len(reasons)


def test_a_story_whose_page_could_not_be_read_rests_too(load, wanted):
    load(
        listing_entries=[make_listing_entry()],
        rejects=[make_reject(stage="read", reason="no-story")],
    )
    assert wanted(hours=1.9) == []


def test_a_story_whose_answer_waits_to_be_loaded_is_not_asked_for_twice(wanted):
    assert wanted(sighted=[make_listing_entry()], pending=[make_capture()]) == []


def test_an_answer_of_a_listing_holds_no_story_back(wanted):
    pending = [make_capture(article_id=None, url="https://menafn.com/rss/menafn_Kuwait.xml")]
    assert ids_of(wanted(sighted=[make_listing_entry()], pending=pending)) == [STORY]


def test_the_newest_stories_come_first_when_there_is_a_limit(wanted):
    sighted = [make_listing_entry(article_id=STORY + n) for n in range(5)]
    assert ids_of(wanted(sighted=sighted, max_stories=2)) == [STORY + 4, STORY + 3]


OTHER_FEED, PAGE = "https://menafn.com/rss/menafn_Iraq.xml", "https://menafn.com/pr/index.aspx"


def listed(*numbers, by=PAGE):
    return [make_listing_entry(article_id=STORY + n, listing_url=by) for n in numbers]


def test_a_flood_of_one_listing_does_not_delay_what_others_show(wanted):
    flood = listed(*range(100, 5000), by=OTHER_FEED)
    requests = ids_of(wanted(sighted=[*flood, *listed(1, 2, 3)], max_stories=50))
    assert {STORY + 1, STORY + 2, STORY + 3} <= set(requests[:6])
    assert len(requests) == 50


def test_a_flood_does_not_delay_the_stories_to_check_again(load, wanted):
    load(articles=[make_article()])
    flood = listed(*range(100, 1000), by=OTHER_FEED)
    assert STORY in ids_of(wanted(hours=3, sighted=flood))[:2]


def test_what_was_rejected_is_requested_after_what_never_was(load, wanted):
    rejects = [make_reject(article_id=STORY + n) for n in range(100, 200)]
    load(listing_entries=listed(*range(100, 200), by=OTHER_FEED), rejects=rejects)
    requests = ids_of(wanted(hours=3, sighted=listed(1, *range(200, 210), by=OTHER_FEED)))
    assert requests.index(STORY + 1) == 10
    assert len(requests) == 111


IMPLAUSIBLE = (1000000001, 1050000000, 1109990000, 1120000000, 1500000001, 1999999991)


def test_ids_of_no_possible_day_come_last_and_are_few(load, wanted):
    for flooded in IMPLAUSIBLE:
        flood = range(flooded - STORY, flooded - STORY + 500)
        load(listing_entries=listed(*flood, by=OTHER_FEED))
    requests = ids_of(wanted(sighted=listed(1, 2, by=OTHER_FEED)))
    assert requests[:2] == [STORY + 2, STORY + 1]
    assert len(requests) == 2 + 100


def test_old_stories_that_a_listing_shows_are_requested_like_others(wanted):
    old = (1094276019, 1095277951, 1107157706)
    entries = [make_listing_entry(article_id=one) for one in old]
    assert ids_of(wanted(sighted=entries, max_implausible=0)) == sorted(old, reverse=True)


def test_a_listed_story_that_was_only_imported_is_requested_without_the_records_validators(
    load, wanted
):
    load(
        articles=[make_article()],
        captures=[make_capture(etag='"forged"', claimed_at=SEEN_AT)],
    )
    assert wanted(hours=2) == [], "no listing shows it"
    (request,) = wanted(hours=2, sighted=[make_listing_entry()])
    assert (request.article_id, request.etag) == (STORY, None)
    load(articles=[make_article(capture_id="of-the-site")])
    assert wanted(hours=1, sighted=[make_listing_entry()]) == []


def test_validators_are_given_back_as_they_came(connection, load):
    validators = make_validators(last_modified="Tue, 12 Aug 2025 08:35:35 GMT")
    load(listing_validators=[validators])
    assert known_validators(connection) == [validators]
