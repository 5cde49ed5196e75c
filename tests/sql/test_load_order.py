"""What the warehouse holds depends on the captures, not on the order in which they are loaded."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.sql.records import SEEN_AT, make_article, make_listing_entry

CAPTURES = [
    make_article(capture_id="one", body="A bridge opened.", page_at=None),
    make_article(
        capture_id="two", body="A bridge opened. It is long.", seen_at=SEEN_AT + timedelta(hours=1)
    ),
    make_article(
        capture_id="three",
        body="A bridge opened. It is wide.",
        seen_at=SEEN_AT + timedelta(hours=2),
    ),
    make_article(
        capture_id="four", body="A bridge opened. It is wide.", seen_at=SEEN_AT + timedelta(hours=3)
    ),
]
SIGHTING = make_listing_entry(seen_at=SEEN_AT - timedelta(hours=1), published_at=SEEN_AT)

STATE = (
    ("articles", ("title", "body", "version", "published_at", "first_seen_at", "last_seen_at")),
    ("article_versions", ("version", "body", "capture_id", "seen_at", "valid_to")),
    ("listing_entries", ("article_id", "seen_at", "last_seen_at", "published_at")),
    ("captures", ("capture_id", "fetched_at")),
)


def state_of(connection):
    return [
        connection.table(table).select(*columns).order("all").fetchall() for table, columns in STATE
    ]


@pytest.mark.parametrize(
    "order", list(permutations(range(5))), ids=lambda order: "".join(map(str, order))
)
@pytest.mark.slow
def test_any_order_gives_the_same_warehouse(connection, load, order):
    _check_order(connection, load, order)


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (2, 0, 4, 3, 1), (1, 4, 0, 3, 2)])
def test_a_few_orders_give_the_same_warehouse(connection, load, order):
    _check_order(connection, load, order)


def _check_order(connection, load, order):
    batches = [{"articles": [capture]} for capture in CAPTURES] + [{"listing_entries": [SIGHTING]}]
    for number in order:
        load(**batches[number])
    assert state_of(connection) == [
        [
            (
                "A bridge opens",
                "A bridge opened. It is wide.",
                3,
                CAPTURES[2].page_at,
                SEEN_AT - timedelta(hours=1),
                SEEN_AT + timedelta(hours=3),
            )
        ],
        [
            (1, "A bridge opened.", "one", SEEN_AT, SEEN_AT + timedelta(hours=1)),
            (
                2,
                "A bridge opened. It is long.",
                "two",
                SEEN_AT + timedelta(hours=1),
                SEEN_AT + timedelta(hours=2),
            ),
            (3, "A bridge opened. It is wide.", "three", SEEN_AT + timedelta(hours=2), None),
        ],
        [
            (
                SIGHTING.article_id,
                SEEN_AT - timedelta(hours=1),
                SEEN_AT - timedelta(hours=1),
                SEEN_AT,
            )
        ],
        sorted((capture.capture_id, capture.seen_at) for capture in CAPTURES),
    ]
