"""What the warehouse holds depends on the captures, not on the order in which they are loaded."""

from datetime import timedelta
from itertools import permutations

import pytest

from tasks.warehouse.check import failed_checks
from tasks.warehouse.fingerprint import contents_of
from tasks.warehouse.load import bundle_batches
from tasks.warehouse.writer import session
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_entity_context,
    make_listing_entry,
    make_mention,
    stage,
)

FIRST, SECOND, THIRD = (SEEN_AT + timedelta(hours=hours) for hours in range(3))
LAST = SEEN_AT + timedelta(hours=3)
CAPTURES = [
    make_article(capture_id="one", body="A bridge opened.", page_at=None),
    make_article(capture_id="two", body="A bridge opened. It is long.", seen_at=SECOND),
    make_article(capture_id="three", body="A bridge opened. It is wide.", seen_at=THIRD),
    make_article(capture_id="four", body="A bridge opened. It is wide.", seen_at=LAST),
]
BEFORE = SEEN_AT - timedelta(hours=1)
ENTRY = make_listing_entry(seen_at=BEFORE, published_at=SEEN_AT)

# What a table holds in these columns in the end.
STATE = {
    ("articles", "title", "body", "version", "published_at", "first_seen_at", "last_seen_at"): [
        ("A bridge opens", "A bridge opened. It is wide.", 3, CAPTURES[2].page_at, BEFORE, LAST)
    ],
    ("article_versions", "version", "body", "capture_id", "seen_at", "valid_to"): [
        (1, "A bridge opened.", "one", FIRST, SECOND),
        (2, "A bridge opened. It is long.", "two", SECOND, THIRD),
        (3, "A bridge opened. It is wide.", "three", THIRD, None),
    ],
    ("listing_entries", "article_id", "seen_at", "last_seen_at", "published_at"): [
        (ENTRY.article_id, BEFORE, BEFORE, SEEN_AT)
    ],
    ("captures", "capture_id", "fetched_at"): sorted(
        (capture.capture_id, capture.seen_at) for capture in CAPTURES
    ),
}
ALWAYS = [(4, 3, 2, 1, 0), (2, 0, 4, 3, 1), (1, 4, 0, 3, 2)]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(one, marks=[] if one in ALWAYS else [pytest.mark.slow])
        for one in permutations(range(5))
    ],
    ids=lambda order: "".join(map(str, order)),
)
def test_any_order_gives_the_same_warehouse(connection, load, order):
    batches = [{"articles": [capture]} for capture in CAPTURES] + [{"listing_entries": [ENTRY]}]
    for number in order:
        load(**batches[number])
    for (table, *columns), rows in STATE.items():
        assert connection.table(table).select(*columns).order("all").fetchall() == rows, table


def text(number, capture, title, name, hours):
    """A batch of one text that names a person."""
    article = make_article(article_id=STORY + number, capture_id=capture, title=title,
                           seen_at=SEEN_AT + timedelta(hours=hours))  # fmt: skip
    mention = make_mention(article_id=article.article_id, name=name, entity_id=f"person:{name}")
    context = make_entity_context(article_id=article.article_id, capture_id=capture,
                                  entity_id=f"person:{name}", companions=(f"country:{name}",))  # fmt: skip
    return {"articles": [article], "mentions": [mention], "entity_contexts": [context]}


def test_any_bundling_gives_the_same_warehouse(connection, load, tmp_path, new_warehouse):
    batches = [
        text(0, "one", "A bridge opens", "Ali", hours=0),
        text(1, "two", "A dam opens", "Ali", hours=1),
        {"listing_entries": [ENTRY]},
        text(0, "three", "A bridge has opened", "Omar", hours=2),  # the same body
        text(0, "three", "A bridge was opened", "Tareq", hours=2),  # the same page read again
        text(2, "four", "A canal opens", "Huda", hours=0),
    ]
    with session(new_warehouse(), wait_seconds=0) as other:
        folders = [stage(tmp_path / f"{RUN_ID}-{n}", **one) for n, one in enumerate(batches)]
        bundles = [*bundle_batches(other, folders, size=5)]
        for bundle in bundles:
            load_batch(other, *bundle, run_id=RUN_ID)
        for batch in batches:
            load(**batch)
        assert contents_of(other) == contents_of(connection)
        assert failed_checks(other, everything=True) == []
    assert [len(bundle) for bundle in bundles] == [3, 1, 2]
