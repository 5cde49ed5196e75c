"""Where a feed shares no story with the poll before, a gap is kept until its ids are resolved."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.sql.records import (
    SEEN_AT,
    STORY,
    make_article,
    make_capture,
    make_listing_entry,
    make_poll,
    make_reject,
)

FEED, OTHER_FEED = (
    "https://menafn.com/rss/menafn_Kuwait.xml",
    "https://menafn.com/rss/menafn_Iraq.xml",
)


def polled(hour, *numbers, feed=FEED):
    """What a feed showed at an hour: stories by their numbers from `STORY`."""
    at = SEEN_AT + timedelta(hours=hour)
    ids = sorted(STORY + number for number in numbers)
    source = {"capture_id": f"{feed}-{hour}", "run_id": f"run-{hour}"}
    return {
        "feed_polls": [make_poll(*ids, feed_url=feed, polled_at=at, **source)],
        "listing_entries": [
            make_listing_entry(article_id=one, listing_url=feed, seen_at=at, **source)
            for one in ids
        ],
    }


def requested(hour, number, status=200):
    """An id that was requested at an hour, and the status of the response."""
    at, article_id = SEEN_AT + timedelta(hours=hour), STORY + number
    source = {"article_id": article_id, "capture_id": f"requested-{number}"}
    if status == 200:
        return {"articles": [make_article(**source, seen_at=at)]}
    return {
        "captures": [make_capture(**source, status=status, fetched_at=at)],
        "rejects": [make_reject(article_id=article_id, rejected_at=at)],
    }


@pytest.fixture
def load_all(load):
    def load_batches(*batches):
        for tables in batches:
            load(**tables)

    return load_batches


def gaps(connection):
    """First and last number, by which run, how many resolved and recovered, outcome."""
    return connection.execute(
        f"select first_id - {STORY}, last_id - {STORY}, run_id, resolved_count, recovered_count, "
        "outcome from feed_gaps order by feed_url, detected_at"
    ).fetchall()


def test_a_feed_that_ran_on_between_two_polls_leaves_a_gap(connection, load_all):
    load_all(polled(0, 1, 2, 3), polled(1, 10, 8))
    assert gaps(connection) == [(4, 7, "run-1", 0, 0, None)]
    (row,) = connection.table("feed_gaps").select("previous_polled_at", "detected_at").fetchall()
    assert row == (SEEN_AT, SEEN_AT + timedelta(hours=1))


NO_LOSS: dict[str, list[tuple[int, ...]]] = {
    "the first poll": [(1, 2)],
    "a shared story": [(1, 2), (2, 9)],
    "nothing new": [(1, 2), (1, 2)],
    "another order": [(9, 2, 5), (5, 9, 2)],
    "an empty poll between": [(1, 2), (), (2, 9)],
    "nothing between": [(1, 2), (3, 4)],
    "only older stories": [(8, 9), (1, 2)],
}


def test_what_is_no_loss_leaves_no_gap(connection, load_all):
    for feed, polls in NO_LOSS.items():
        load_all(*(polled(hour, *shown, feed=feed) for hour, shown in enumerate(polls) if shown))
    assert gaps(connection) == []
    assert len(connection.table("feed_polls")) == 13


def test_a_gap_is_held_against_the_last_poll_that_showed_anything(connection, load_all):
    load_all(polled(0, 1, 2), {}, polled(2, 6))
    assert gaps(connection) == [(3, 5, "run-2", 0, 0, None)]


def test_an_older_story_among_new_ones_hides_no_gap(connection, load_all):
    load_all(polled(0, 1, 5), polled(1, 3, 9, 10))
    assert gaps(connection) == [(6, 8, "run-1", 0, 0, None)]


def test_every_feed_has_its_own_gaps(connection, load_all):
    load_all(
        polled(0, 1), polled(0, 2, feed=OTHER_FEED), polled(1, 5), polled(1, 8, feed=OTHER_FEED)
    )
    assert [row[:2] for row in gaps(connection)] == [(3, 7), (2, 4)]


def test_a_gap_whose_ids_other_listings_showed_is_closed_at_once(connection, load_all):
    load_all(polled(0, 1), polled(0, 2, 3, feed=OTHER_FEED), polled(1, 4))
    assert gaps(connection) == [(2, 3, "run-1", 2, 0, "nothing-missed")]
    (row,) = connection.table("feed_gaps").select("closed_at").fetchall()
    assert row == (SEEN_AT + timedelta(hours=1),)


def test_a_gap_closes_when_its_last_id_was_asked_for(connection, load_all):
    load_all(polled(0, 1), polled(1, 5), requested(2, 4), requested(3, 2, status=404))
    assert gaps(connection) == [(2, 4, "run-1", 2, 1, None)]
    load_all(requested(4, 3, status=410))
    assert gaps(connection) == [(2, 4, "run-1", 3, 1, "recovered")]
    (row,) = connection.table("feed_gaps").select("closed_at").fetchall()
    assert row == (SEEN_AT + timedelta(hours=4),)


def test_a_gap_of_nothing_but_holes_lost_nothing(connection, load_all):
    load_all(polled(0, 1), polled(1, 4), requested(2, 3, status=404), requested(2, 2, status=404))
    assert gaps(connection) == [(2, 3, "run-1", 2, 0, "nothing-missed")]


def test_a_trouble_of_a_moment_settles_nothing(connection, load_all):
    trouble = make_reject(article_id=STORY + 2, reason="timed-out")
    load_all(polled(0, 1), polled(1, 3), {"rejects": [trouble]})
    assert gaps(connection) == [(2, 2, "run-1", 0, 0, None)]


def test_a_batch_that_is_loaded_again_changes_nothing(connection, load_all):
    load_all(polled(0, 1), polled(1, 4), requested(2, 2))
    before = gaps(connection)
    load_all(polled(1, 4), requested(2, 2))
    assert gaps(connection) == before
    assert connection.table("feed_polls").count("*").fetchone() == (2,)


def test_a_poll_that_is_loaded_late_bridges_the_gap(connection, load_all):
    load_all(polled(0, 1, 2), polled(2, 8, 9))
    assert len(gaps(connection)) == 1
    load_all(polled(1, 2, 8))
    assert gaps(connection) == []


def test_an_absurd_id_opens_and_hides_no_gap(connection, load):
    absurd = [one - STORY for one in (1000000001, 1090000000, 1221000000, 1500000001, 1999999991)]
    for hour in range(4):
        polls = [
            polled(hour, *((1, 2, odd), (8, 9), (odd + 1,), (9, odd))[hour], feed=f"{FEED}?{place}")
            for place, odd in enumerate(absurd)
        ]
        load(**{name: [row for one in polls for row in one[name]] for name in polls[0]})
    assert gaps(connection) == [(3, 7, "run-1", 0, 0, None)] * len(absurd)
    assert connection.table("feed_polls").count("*").fetchone() == (3 * len(absurd),)


@pytest.mark.parametrize("order", list(permutations(range(5)))[::41])
def test_the_order_of_loading_makes_no_difference(connection, load_all, order):
    batches = [
        polled(0, 1, 2),
        polled(1, 6),
        polled(2, 9),
        requested(3, 4),
        requested(1, 7, status=404),
    ]
    load_all(*(batches[number] for number in order))
    assert gaps(connection) == [(3, 5, "run-1", 1, 1, None), (7, 8, "run-2", 1, 0, None)]
