"""Each spell of a text has a row, from when it was first seen to when another took its place."""

from datetime import timedelta
from itertools import zip_longest
from random import Random
from typing import Any

import pytest

from tasks.warehouse.check import failed_checks
from tests.sql.records import SEEN_AT, STORY, make_article, make_capture


def page(hour, text, story=STORY, *, claimed=False, **given):
    """A batch with one page of an hour; what an imported record claims is dated so too."""
    seen_at = SEEN_AT + timedelta(hours=hour)
    capture_id = f"{'claim' if claimed else 'page'}-{story}-{hour:02}"
    article = make_article(
        article_id=story, capture_id=capture_id, seen_at=seen_at, body=f"Text {text}.", **given
    )
    capture = make_capture(
        article_id=story,
        capture_id=capture_id,
        fetched_at=seen_at,
        claimed_at=seen_at if claimed else None,
    )
    return {"articles": [article], "captures": [capture]}


def pages(texts, story=STORY):
    """One page an hour, by their texts; those of imported records are in lower case."""
    return [
        page(hour, text.upper(), story, claimed=text.islower()) for hour, text in enumerate(texts)
    ]


def join(batches):
    tables: dict[str, list[Any]] = {"articles": [], "captures": []}
    for batch in batches:
        for name, rows in batch.items():
            tables[name] += rows
    return tables


def load_side_by_side(load, histories):
    """Load the first pages of all stories as one batch, then the second ones, and so on."""
    for batches in zip_longest(*histories, fillvalue={}):
        load(**join(batches))


def spells(connection, story=STORY):
    rows = connection.execute(
        "select body[6:6], valid_from, valid_to, version from article_versions "
        "where article_id = $1 order by version",
        [story],
    ).fetchall()
    assert [number for *_, number in rows] == list(range(1, len(rows) + 1))
    return [(text, hours(start), hours(end)) for text, start, end, _ in rows]


def hours(at):
    return None if at is None else (at - SEEN_AT) // timedelta(hours=1)


def current(connection, story=STORY):
    query = "select body[6:6], version from articles where article_id = $1"
    return connection.execute(query, [story]).fetchone()


# The texts of a story's pages hour by hour, and its spells.
HISTORIES: dict[str, Any] = {
    "one": ("A", [("A", 0, None)]),
    "the same again": ("AAA", [("A", 0, None)]),
    "revised": ("ABB", [("A", 0, 1), ("B", 1, None)]),
    "taken back": ("ABA", [("A", 0, 1), ("B", 1, 2), ("A", 2, None)]),
    "seen within a spell": ("AABAA", [("A", 0, 2), ("B", 2, 3), ("A", 3, None)]),
    "taken back twice": ("ABAB", [("A", 0, 1), ("B", 1, 2), ("A", 2, 3), ("B", 3, None)]),
    "back by way of two": ("ABCA", [("A", 0, 1), ("B", 1, 2), ("C", 2, 3), ("A", 3, None)]),
    "imported before": ("aB", [("A", 0, 1), ("B", 1, None)]),
    "imported between": ("AbA", [("A", 0, 1), ("B", 1, 2), ("A", 2, None)]),
    "imported after": ("Ab", [("A", 0, None), ("B", 1, 1)]),
    "imported after, the same": ("Aa", [("A", 0, None)]),
    "imported after, twice": ("Abab", [("A", 0, None), ("B", 1, 1)]),
    "only imported": ("aba", [("A", 0, 1), ("B", 1, 2), ("A", 2, None)]),
}


SLOW_ORDERS = [pytest.param(one, marks=pytest.mark.slow) for one in ("backward", "in one batch")]


@pytest.mark.parametrize("order", ["forward", "shuffled", *SLOW_ORDERS])
def test_a_history_is_the_same_in_any_order_of_loading(connection, load, order):
    stories = {STORY + number: name for number, name in enumerate(HISTORIES)}
    histories = [pages(HISTORIES[name][0], story) for story, name in stories.items()]
    if order == "backward":
        histories = [history[::-1] for history in histories]
    elif order == "shuffled":
        histories = [Random(n).sample(one, len(one)) for n, one in enumerate(histories)]
    elif order == "in one batch":
        histories = [[join(history)] for history in histories]
    expected = {name: spells for name, (_, spells) in HISTORIES.items()}
    for _ in ("loaded", "loaded again"):
        load_side_by_side(load, histories)
        found = {name: spells(connection, story) for story, name in stories.items()}
        assert found == expected
    for story, name in stories.items():
        standing = [(text, n) for n, (text, _, end) in enumerate(expected[name], 1) if end is None]
        assert [current(connection, story)] == standing
    assert failed_checks(connection, everything=True) == []


# The texts of pages, which of them is read anew and as what, and the spells then.
REREAD: list[tuple[str, tuple[int, str], Any]] = [
    ("AAA", (0, "X"), [("X", 0, None)]),
    ("AAA", (1, "X"), [("A", 0, 1), ("X", 1, None)]),
    ("ABA", (0, "X"), [("X", 0, 1), ("B", 1, 2), ("A", 2, None)]),
    ("ABA", (1, "A"), [("A", 0, None)]),
    ("ABA", (2, "B"), [("A", 0, 1), ("B", 1, None)]),
    ("AABB", (0, "X"), [("X", 0, 2), ("B", 2, None)]),
]


@pytest.mark.parametrize("step", [1, -1])
def test_a_page_read_anew_stands_for_the_rest_of_its_spell(connection, load, step):
    cases = list(enumerate(REREAD, start=STORY))
    load_side_by_side(load, [pages(one[0], story)[::step] for story, one in cases])
    load(**join(page(*one[1], story, extractor_version="reader 2") for story, one in cases))
    for story, (*case, expected) in cases:
        assert spells(connection, story) == expected, case
        assert current(connection, story) == (expected[-1][0], len(expected)), case
    assert failed_checks(connection, everything=True) == []


def test_the_text_of_any_moment_can_be_selected(connection, load):
    for batch in pages("ABA"):
        load(**batch)
    for hour, text in ((0, "A"), (1, "B"), (1.5, "B"), (2, "A"), (9, "A")):
        found = connection.execute(
            "select body[6:6] from article_versions where article_id = $1 "
            "and valid_from <= $2 and (valid_to is null or $2 < valid_to)",
            [STORY, SEEN_AT + timedelta(hours=hour)],
        ).fetchall()
        assert found == [(text,)], hour


def test_every_change_is_listed_and_undone(connection, load):
    for batch in pages("ABA"):
        load(**batch)
    changes = connection.table("article_changes").order("version")
    assert changes.select("added_paragraphs", "removed_paragraphs").fetchall() == [
        (["Text B."], ["Text A."]),
        (["Text A."], ["Text B."]),
    ]
