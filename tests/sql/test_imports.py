"""An imported WARC record never outranks what the site itself gave, whatever date it claims."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.sql.records import SEEN_AT, STORY, make_article, make_capture, make_listing_entry

FORGED = "The harbour was sold."
REVISED = "The ministry opened a bridge. It is closed again."


def live(hour, body="The ministry opened a bridge."):
    """What the site gave at an hour."""
    return {"articles": [make_article(body=body, **_source(hour, "live"))]}


def imported(hour, body=FORGED, **given):
    """A record that claims to be of an hour, as it is dated after its import."""
    source = _source(hour, "imported")
    capture = make_capture(
        capture_id=source["capture_id"], fetched_at=source["seen_at"], claimed_at=source["seen_at"]
    )
    return {"articles": [make_article(body=body, **source | given)], "captures": [capture]}


def _source(hour, kind):
    return {"capture_id": f"{kind}-{hour}", "seen_at": SEEN_AT + timedelta(hours=hour)}


def row(connection):
    columns = "body", "is_imported", "first_seen_at", "last_seen_at", "last_checked_at"
    (found,) = connection.table("articles").select(*columns).fetchall()
    times = [(one - SEEN_AT) / timedelta(hours=1) for one in found[2:]]
    return *found[:2], *times


def bodies(connection):
    return [body for (body,) in connection.table("article_versions").select("body").fetchall()]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::9])
def test_a_text_of_the_site_counts_whatever_an_imported_one_claims(connection, load, order):
    batches = [live(1), imported(0), imported(2), imported(9, "Forged again.")]
    for number in order:
        load(**batches[number])
    assert row(connection) == ("The ministry opened a bridge.", False, 1, 1, 1)
    assert sorted(bodies(connection)) == [
        "Forged again.", FORGED, "The ministry opened a bridge.",
    ]  # fmt: skip
    load(**live(3, REVISED))
    assert row(connection) == (REVISED, False, 1, 3, 3)


def test_the_sites_own_answer_takes_over_a_text_that_was_imported(connection, load):
    load(**imported(5))
    load(**live(4, FORGED))
    assert row(connection) == (FORGED, False, 4, 4, 4)
    (capture,) = connection.table("articles").select("capture_id").fetchall()
    assert capture == ("live-4",)


def test_in_one_batch_too_the_sites_answer_counts(connection, load):
    both = {"articles": live(1)["articles"] + imported(2)["articles"]}
    load(**both, captures=[*imported(2)["captures"], make_capture(capture_id="live-1")])
    assert row(connection)[:2] == ("The ministry opened a bridge.", False)


def test_of_imported_texts_the_newest_counts(connection, load):
    for hour, body in ((2, "Second."), (1, "First."), (3, "Third."), (0, "Zeroth.")):
        load(**imported(hour, body))
    assert row(connection) == ("Third.", True, 0, 3, 3)


@pytest.mark.parametrize("hours", [-24 * 365 * 20, -24 * 400])
def test_a_record_without_a_possible_date_touches_nothing(connection, load, hours):
    load(**live(0), listing_entries=[make_listing_entry()])
    before = row(connection)
    load(**imported(hours))
    assert row(connection) == before
    assert bodies(connection) == ["The ministry opened a bridge."]
    rejects = connection.table("rejects").select("article_id", "reason").fetchall()
    assert rejects == [(None, "impossible-date")], "and puts off no request for the story"
    states = connection.table("story_states").select("article_id", "state").fetchall()
    assert states == [(STORY, "loaded")]
