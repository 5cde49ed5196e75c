"""Each spell of a text has a row, from when it was first seen to when another took its place."""

import random
from datetime import timedelta
from typing import Any

import pytest

from tasks.warehouse.check import failed_checks
from tests.sql.records import SEEN_AT, STORY, make_article, make_capture


def page(hour, text, *, claimed=False, **given):
    """A batch with one page of an hour; what an imported record claims is dated so too."""
    seen_at = SEEN_AT + timedelta(hours=hour)
    capture_id = f"{'claim' if claimed else 'page'}-{hour:02}"
    article = make_article(capture_id=capture_id, seen_at=seen_at, body=f"Text {text}.", **given)
    capture = make_capture(
        capture_id=capture_id, fetched_at=seen_at, claimed_at=seen_at if claimed else None
    )
    return {"articles": [article], "captures": [capture]}


def claim(hour, text):
    return page(hour, text, claimed=True)


def spells(connection):
    rows = connection.execute(
        "select body[6:6], valid_from, valid_to, version from article_versions order by version"
    ).fetchall()
    assert [number for *_, number in rows] == list(range(1, len(rows) + 1))
    return [(text, hours(start), hours(end)) for text, start, end, _ in rows]


def hours(at):
    return None if at is None else (at - SEEN_AT) // timedelta(hours=1)


def current(connection):
    (row,) = connection.execute("select body[6:6], version from articles").fetchall()
    return row


HISTORIES: dict[str, Any] = {
    "one": ([page(0, "A")], [("A", 0, None)]),
    "the same again": ([page(0, "A"), page(1, "A"), page(2, "A")], [("A", 0, None)]),
    "revised": ([page(0, "A"), page(1, "B"), page(2, "B")], [("A", 0, 1), ("B", 1, None)]),
    "taken back": (
        [page(0, "A"), page(1, "B"), page(2, "A")],
        [("A", 0, 1), ("B", 1, 2), ("A", 2, None)],
    ),
    "seen within a spell": (
        [page(0, "A"), page(1, "A"), page(2, "B"), page(3, "A"), page(4, "A")],
        [("A", 0, 2), ("B", 2, 3), ("A", 3, None)],
    ),
    "taken back twice": (
        [page(0, "A"), page(1, "B"), page(2, "A"), page(3, "B")],
        [("A", 0, 1), ("B", 1, 2), ("A", 2, 3), ("B", 3, None)],
    ),
    "back by way of two": (
        [page(0, "A"), page(1, "B"), page(2, "C"), page(3, "A")],
        [("A", 0, 1), ("B", 1, 2), ("C", 2, 3), ("A", 3, None)],
    ),
    "imported before": ([claim(0, "A"), page(1, "B")], [("A", 0, 1), ("B", 1, None)]),
    "imported between": (
        [page(0, "A"), claim(1, "B"), page(2, "A")],
        [("A", 0, 1), ("B", 1, 2), ("A", 2, None)],
    ),
    "imported after": ([page(0, "A"), claim(1, "B")], [("A", 0, None), ("B", 1, 1)]),
    "imported after, the same": ([page(0, "A"), claim(1, "A")], [("A", 0, None)]),
    "imported after, twice": (
        [page(0, "A"), claim(1, "B"), claim(2, "A"), claim(3, "B")],
        [("A", 0, None), ("B", 1, 1)],
    ),
    "only imported": (
        [claim(0, "A"), claim(1, "B"), claim(2, "A")],
        [("A", 0, 1), ("B", 1, 2), ("A", 2, None)],
    ),
}


@pytest.mark.parametrize(
    "order",
    [
        "forward",
        "shuffled",
        *(pytest.param(one, marks=pytest.mark.slow) for one in ("backward", "in one batch")),
    ],
)
@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_is_the_same_in_any_order_of_loading(connection, load, name, order):
    batches, expected = HISTORIES[name]
    if order == "backward":
        batches = batches[::-1]
    elif order == "shuffled":
        batches = random.Random(name).sample(batches, len(batches))
    elif order == "in one batch":
        batches = [{key: [row for one in batches for row in one[key]] for key in batches[0]}]
    for batch in batches:
        load(**batch)
    assert spells(connection) == expected
    standing = [(text, n) for n, (text, _, end) in enumerate(expected, 1) if end is None]
    assert [current(connection)] == standing
    assert failed_checks(connection, everything=True) == []
    for batch in batches:
        load(**batch)
    assert spells(connection) == expected, "and loading it again changes nothing"


@pytest.mark.parametrize(
    ("loaded", "reread", "expected"),
    [
        ("AAA", (0, "X"), [("X", 0, None)]),
        ("AAA", (1, "X"), [("A", 0, 1), ("X", 1, None)]),
        ("ABA", (0, "X"), [("X", 0, 1), ("B", 1, 2), ("A", 2, None)]),
        ("ABA", (1, "A"), [("A", 0, None)]),
        ("ABA", (2, "B"), [("A", 0, 1), ("B", 1, None)]),
        ("AABB", (0, "X"), [("X", 0, 2), ("B", 2, None)]),
    ],
)
@pytest.mark.parametrize("step", [1, -1])
def test_a_page_read_anew_stands_for_the_rest_of_its_spell(
    connection, load, loaded, reread, expected, step
):
    for hour, text in list(enumerate(loaded))[::step]:
        load(**page(hour, text))
    load(**page(*reread, extractor_version="reader 2"))
    assert spells(connection) == expected
    assert current(connection) == (expected[-1][0], len(expected))
    assert failed_checks(connection, everything=True) == []


@pytest.mark.parametrize(("hour", "text"), [(0, "A"), (1, "B"), (1.5, "B"), (2, "A"), (9, "A")])
def test_the_text_of_any_moment_can_be_asked(connection, load, hour, text):
    for batch in HISTORIES["taken back"][0]:
        load(**batch)
    found = connection.execute(
        "select body[6:6] from article_versions where article_id = $1 "
        "and valid_from <= $2 and (valid_to is null or $2 < valid_to)",
        [STORY, SEEN_AT + timedelta(hours=hour)],
    ).fetchall()
    assert found == [(text,)]


def test_every_change_is_listed_and_undone(connection, load):
    for batch in HISTORIES["taken back"][0]:
        load(**batch)
    changes = connection.table("article_changes").order("version")
    assert changes.select("added_paragraphs", "removed_paragraphs").fetchall() == [
        (["Text B."], ["Text A."]),
        (["Text A."], ["Text B."]),
    ]
