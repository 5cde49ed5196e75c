"""Ids that a person names, in ranges or one by one."""

import pytest

from tasks.core.errors import UsageError
from tasks.core.ids import MissStreak, count_ids, id_groups, parse_ids


def ids_of(text: str) -> list[int]:
    return [one for group in id_groups(parse_ids(text), 2) for one in group]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("1109916001-1109916003", [1109916003, 1109916002, 1109916001]),
        ("1109916003-1109916001", [1109916003, 1109916002, 1109916001]),
        ("1109916000-1109916002,1109916001-1109916001", [1109916002, 1109916001, 1109916000]),
        ("1109916001, 1109916003-1109916005,1109916004-1109916006,1109916001",
         [1109916006, 1109916005, 1109916004, 1109916003, 1109916001]),
    ],
)  # fmt: skip
def test_ids_and_ranges_come_newest_first_and_each_once(text, ids):
    assert ids_of(text) == ids


def test_a_range_of_all_ids_costs_nothing_before_it_is_walked():
    ranges = parse_ids("1000000000-1999999999")
    assert count_ids(ranges) == 1_000_000_000
    assert next(id_groups(ranges, 3)) == (1999999999, 1999999998, 1999999997)


@pytest.mark.parametrize(
    "text", ["", ",", "12", "2109916001", "1109916001-", "1109916001-12", "a-b", "1109916001 1"]
)
def test_what_names_no_story_is_refused(text):
    with pytest.raises(UsageError, match="names no stories"):
        parse_ids(text)


def walked(max_misses, *steps):
    """How many of the steps, each an id and whether it is a hole, a walk takes."""
    walk = MissStreak(max_misses)
    for taken, (article_id, is_hole) in enumerate(steps):
        if walk.is_over:
            return taken
        walk.step_to(article_id)
        walk.count(is_miss=is_hole)
    return len(steps)


def test_a_walk_is_over_after_so_many_holes_in_an_unbroken_row():
    holes = [(1109916000 - number, True) for number in range(9)]
    assert walked(3, *holes) == 3
    assert walked(None, *holes) == 9


def test_a_story_or_a_known_id_between_breaks_the_row():
    a, b, c, d, e = range(1109916005, 1109916000, -1)
    assert walked(3, (a, True), (b, True), (c, False), (d, True), (e, True)) == 5
    assert walked(3, (a, True), (b, True), (d, True), (e, True), (e - 2, True)) == 5


def test_a_walk_that_is_over_stays_over():
    walk = MissStreak(1)
    walk.step_to(1109916005)
    walk.step_to(1109916004)
    walk.count(is_miss=True)
    walk.count(is_miss=False)
    assert walk.is_over
