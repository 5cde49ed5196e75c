"""Ids that a person names, in ranges or one by one."""

import pytest

from tasks.core.errors import UsageError
from tasks.core.ids import MissStreak, id_groups, parse_ids


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


def test_a_range_of_all_ids_is_not_expanded():
    ranges = parse_ids("1000000000-1999999999")
    assert sum(map(len, ranges)) == 1_000_000_000
    assert next(id_groups(ranges, 3)) == (1999999999, 1999999998, 1999999997)


@pytest.mark.parametrize(
    "text", ["https://menafn.com/1109916001/x", "menafn.com/1109916001", "1109916002,/1109916001/"]
)
def test_an_address_is_no_id_and_belongs_in_a_file(text):
    with pytest.raises(UsageError, match=r"is no id.*--urls FILE"):
        parse_ids(text)


@pytest.mark.parametrize(
    "text", ["", ",", "12", "2109916001", "1109916001-", "1109916001-12", "a-b", "1109916001 1"]
)
def test_what_names_no_story_is_refused(text):
    with pytest.raises(UsageError, match="names no stories"):
        parse_ids(text)


def steps_taken(max_misses, *steps):
    """How many of the steps, each an id and whether it is a miss, are taken."""
    streak = MissStreak(max_misses)
    for taken, (article_id, is_miss) in enumerate(steps):
        if streak.is_over:
            return taken
        streak.step_to(article_id)
        streak.count(is_miss=is_miss)
    return len(steps)


def test_a_streak_is_over_after_so_many_consecutive_misses():
    misses = [(1109916000 - number, True) for number in range(9)]
    assert steps_taken(3, *misses) == 3
    assert steps_taken(None, *misses) == 9


def test_a_story_or_a_skipped_id_restarts_the_streak():
    a, b, c, d, e = range(1109916005, 1109916000, -1)
    assert steps_taken(3, (a, True), (b, True), (c, False), (d, True), (e, True)) == 5
    assert steps_taken(3, (a, True), (b, True), (d, True), (e, True), (e - 2, True)) == 5


def test_a_streak_that_is_over_stays_over():
    streak = MissStreak(1)
    streak.step_to(1109916005)
    streak.step_to(1109916004)
    streak.count(is_miss=True)
    streak.count(is_miss=False)
    assert streak.is_over
