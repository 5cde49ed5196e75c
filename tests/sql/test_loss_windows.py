"""Where a feed shares no story with the poll before, what lies between may be lost: it is noted."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_poll,
    make_reject,
    make_sighting,
    stage,
)

FEED, OTHER_FEED = (
    "https://menafn.com/rss/menafn_Kuwait.xml",
    "https://menafn.com/rss/menafn_Iraq.xml",
)


def polled(hour, *numbers, feed=FEED):
    """What a feed showed at an hour: stories by their numbers from `STORY`."""
    at = SEEN_AT + timedelta(hours=hour)
    ids = sorted(STORY + number for number in numbers)
    told = {"capture_id": f"{feed}-{hour}", "run_id": f"run-{hour}"}
    return {
        "feed_polls": [make_poll(*ids, feed_url=feed, polled_at=at, **told)],
        "listing_entries": [
            make_sighting(article_id=one, listing_url=feed, seen_at=at, **told) for one in ids
        ],
    }


def asked(hour, number, status=200):
    """An id that was asked for at an hour, and whether it is a story or a hole."""
    at, article_id = SEEN_AT + timedelta(hours=hour), STORY + number
    told = {"article_id": article_id, "capture_id": f"asked-{number}"}
    if status == 200:
        return {"articles": [make_article(**told, seen_at=at)]}
    return {
        "captures": [make_capture(**told, status=status, fetched_at=at)],
        "rejects": [make_reject(article_id=article_id, rejected_at=at)],
    }


@pytest.fixture
def load(connection, tmp_path):
    def load_tables(*batches):
        for tables in batches:
            number = len(list(tmp_path.glob(f"{RUN_ID}-*")))
            batch = stage(tmp_path / f"{RUN_ID}-{number:04}", **tables)
            load_batch(connection, batch, run_id=RUN_ID)

    return load_tables


def windows(connection):
    """First and last number, by whom noticed, how many settled and found, how closed."""
    return connection.execute(
        f"select first_id - {STORY}, last_id - {STORY}, run_id, resolved_count, recovered_count, "
        "outcome from feed_gaps order by feed_url, detected_at"
    ).fetchall()


def test_a_feed_that_ran_on_between_two_polls_leaves_a_window(connection, load):
    load(polled(0, 1, 2, 3), polled(1, 10, 8))
    assert windows(connection) == [(4, 7, "run-1", 0, 0, None)]
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


def test_what_is_no_loss_leaves_no_window(connection, load):
    for feed, polls in NO_LOSS.items():
        load(*(polled(hour, *shown, feed=feed) for hour, shown in enumerate(polls) if shown))
    assert windows(connection) == []
    assert len(connection.table("feed_polls")) == 13


def test_a_window_is_held_against_the_last_poll_that_showed_anything(connection, load):
    load(polled(0, 1, 2), {}, polled(2, 6))
    assert windows(connection) == [(3, 5, "run-2", 0, 0, None)]


def test_an_older_story_among_new_ones_hides_no_window(connection, load):
    load(polled(0, 1, 5), polled(1, 3, 9, 10))
    assert windows(connection) == [(6, 8, "run-1", 0, 0, None)]


def test_every_feed_has_its_own_windows(connection, load):
    load(polled(0, 1), polled(0, 2, feed=OTHER_FEED), polled(1, 5), polled(1, 8, feed=OTHER_FEED))
    assert [row[:2] for row in windows(connection)] == [(3, 7), (2, 4)]


def test_a_window_whose_ids_other_listings_showed_is_closed_at_once(connection, load):
    load(polled(0, 1), polled(0, 2, 3, feed=OTHER_FEED), polled(1, 4))
    assert windows(connection) == [(2, 3, "run-1", 2, 0, "nothing-missed")]
    (row,) = connection.table("feed_gaps").select("closed_at").fetchall()
    assert row == (SEEN_AT + timedelta(hours=1),)


def test_a_window_closes_when_its_last_id_was_asked_for(connection, load):
    load(polled(0, 1), polled(1, 5), asked(2, 4), asked(3, 2, status=404))
    assert windows(connection) == [(2, 4, "run-1", 2, 1, None)]
    load(asked(4, 3, status=410))
    assert windows(connection) == [(2, 4, "run-1", 3, 1, "recovered")]
    (row,) = connection.table("feed_gaps").select("closed_at").fetchall()
    assert row == (SEEN_AT + timedelta(hours=4),)


def test_a_window_of_nothing_but_holes_lost_nothing(connection, load):
    load(polled(0, 1), polled(1, 4), asked(2, 3, status=404), asked(2, 2, status=404))
    assert windows(connection) == [(2, 3, "run-1", 2, 0, "nothing-missed")]


def test_a_trouble_of_a_moment_settles_nothing(connection, load):
    trouble = make_reject(article_id=STORY + 2, reason="timed-out")
    load(polled(0, 1), polled(1, 3), {"rejects": [trouble]})
    assert windows(connection) == [(2, 2, "run-1", 0, 0, None)]


def test_a_batch_that_is_loaded_again_changes_nothing(connection, load):
    load(polled(0, 1), polled(1, 4), asked(2, 2))
    before = windows(connection)
    load(polled(1, 4), asked(2, 2))
    assert windows(connection) == before
    assert connection.table("feed_polls").count("*").fetchone() == (2,)


def test_a_poll_that_is_loaded_late_bridges_the_window(connection, load):
    load(polled(0, 1, 2), polled(2, 8, 9))
    assert len(windows(connection)) == 1
    load(polled(1, 2, 8))
    assert windows(connection) == []


@pytest.mark.parametrize("order", list(permutations(range(5)))[::41])
def test_the_order_of_loading_makes_no_difference(connection, load, order):
    batches = [polled(0, 1, 2), polled(1, 6), polled(2, 9), asked(3, 4), asked(1, 7, status=404)]
    load(*(batches[number] for number in order))
    assert windows(connection) == [(3, 5, "run-1", 1, 1, None), (7, 8, "run-2", 1, 0, None)]
