"""Every story that was ever listed or asked for is in exactly one state."""

from datetime import timedelta

import pytest

from tasks.core.rejects import TRANSIENT, Reason
from tasks.warehouse.check import failed_checks
from tests.sql.records import (
    SEEN_AT,
    STORY,
    make_article,
    make_capture,
    make_listing_entry,
    make_reject,
)

LATER = SEEN_AT + timedelta(hours=5)


@pytest.fixture
def state_of(connection):
    def row_of(article_id=STORY):
        (row,) = connection.execute(
            "select state, reason, since_at from story_states where article_id = ?", [article_id]
        ).fetchall()
        assert failed_checks(connection) == []
        return row

    return row_of


def test_a_story_that_a_listing_showed_waits_to_be_asked_for(load, state_of):
    load(listing_entries=[make_listing_entry()])
    assert state_of() == ("pending", None, SEEN_AT)


def test_a_story_whose_text_is_here_is_known_since_its_first_text(load, state_of):
    load(listing_entries=[make_listing_entry(seen_at=SEEN_AT - timedelta(hours=3))])
    load(articles=[make_article()])
    load(articles=[make_article(body="Another text.", capture_id="later", seen_at=LATER)])
    assert state_of() == ("loaded", None, SEEN_AT)


def test_a_known_story_stays_known_when_the_wire_has_it_no_more(load, state_of):
    load(articles=[make_article()])
    load(rejects=[make_reject(rejected_at=LATER)])
    assert state_of() == ("loaded", None, SEEN_AT)


@pytest.mark.parametrize("reason", ["not-found", "gone"])
def test_a_hole_is_gone(load, state_of, reason):
    load(captures=[make_capture(status=404)], rejects=[make_reject(reason=reason)])
    assert state_of() == ("missing", reason, SEEN_AT)


def test_a_refused_story_says_why_and_since_when_for_that_reason(load, state_of):
    load(
        rejects=[
            make_reject(reason="forbidden", run_id="first"),
            make_reject(reason="no-story", run_id="second", rejected_at=LATER),
            make_reject(reason="no-story", run_id="third", rejected_at=LATER + timedelta(hours=4)),
        ]
    )
    assert state_of() == ("rejected", "no-story", LATER)


def test_a_passing_trouble_leaves_a_story_waiting_and_says_what_it_was(load, state_of):
    load(
        listing_entries=[make_listing_entry()],
        rejects=[make_reject(reason="timed-out", rejected_at=LATER)],
    )
    assert state_of() == ("pending", "timed-out", SEEN_AT)


def test_a_passing_trouble_does_not_bring_a_hole_back(load, state_of):
    load(rejects=[make_reject()])
    load(rejects=[make_reject(reason="server-error", run_id="later", rejected_at=LATER)])
    assert state_of() == ("missing", "not-found", SEEN_AT)


def test_a_forgotten_story_is_forgotten_and_nothing_else(connection, load, state_of):
    connection.execute(
        "insert into tombstones by name select ? as article_id, ? as forgotten_at, "
        "'asked to' as reason, ? as erased_at",
        [STORY, LATER, LATER],
    )
    assert state_of() == ("deleted", "asked to", LATER)


def test_states_add_up_to_the_stories_that_left_a_trace(connection, load):
    load(
        listing_entries=[make_listing_entry(article_id=STORY + n) for n in range(4)],
        articles=[make_article(article_id=STORY), make_article(article_id=STORY + 9,
                                                               capture_id="nine")],
        rejects=[make_reject(article_id=STORY + n) for n in (1, 11, 12)],
    )  # fmt: skip
    counts = connection.table("story_states").aggregate("state, count(*)").order("all").fetchall()
    assert counts == [("loaded", 2), ("missing", 3), ("pending", 2)]


def test_every_reason_is_told_with_its_group(connection):
    groups = dict(connection.table("reject_reasons").select("reason", "reason_group").fetchall())
    assert set(groups) == set(Reason)
    assert {reason for reason, group in groups.items() if group == "transient"} == set(TRANSIENT)
    assert {reason for reason, group in groups.items() if group == "missing"} == {
        "gone",
        "not-found",
    }
