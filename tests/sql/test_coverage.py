"""Of the ids of each day: what is known, what was refused, what nobody ever tried."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.sql.records import (
    make_article,
    make_listing_entry,
    make_reject,
)

# Days of a hundred ids each, on one straight line, in a year of which the seed knows nothing.
DAY = datetime(2018, 5, 1, tzinfo=UTC)
FIRST_ID = 1096900000
IDS_PER_DAY = 100


def day_of_stories(day, hours=(11, 12, 13)):
    return [story(day * IDS_PER_DAY + hour * IDS_PER_DAY // 24, day, hour) for hour in hours]


def story(number, day, hour):
    return make_article(
        article_id=FIRST_ID + number,
        capture_id=f"capture-{number}",
        body=f"Story {number} of a day.",
        page_at=DAY + timedelta(days=day, hours=hour),
        seen_at=datetime(2018, 6, 1, tzinfo=UTC),
    )


NEWEST = day_of_stories(3)[-1].article_id


def noon_of(day):
    return FIRST_ID + day * IDS_PER_DAY + IDS_PER_DAY // 2


@pytest.fixture
def four_days(load):
    load(articles=[article for day in range(4) for article in day_of_stories(day)])


def coverage(connection, *columns):
    return connection.table("coverage_by_day").order("published_date").select(*columns).fetchall()


def untried(connection):
    relation = connection.table("unrequested_ranges").order("first_id")
    return relation.select("first_id", "last_id", "id_count").fetchall()


def test_an_empty_warehouse_covers_nothing(connection):
    assert coverage(connection, "*") == []
    assert untried(connection) == []


def test_days_follow_each_other_without_gap_and_end_where_the_sequence_does(connection, four_days):
    days = coverage(connection, "published_date", "first_id", "last_id", "id_count")
    assert [day[0] for day in days] == [date(2018, 5, n) for n in (1, 2, 3, 4)]
    (first, *_, last) = days
    assert first[1] == day_of_stories(0)[0].article_id
    assert last[2] == day_of_stories(3)[-1].article_id
    for (_, _, ended, _), (_, begun, _, _) in pairwise(days):
        assert begun == ended + 1
    assert [day[3] for day in days[1:-1]] == [IDS_PER_DAY, IDS_PER_DAY]


def test_what_became_of_a_days_ids_is_counted_and_adds_up(connection, four_days, load):
    noon = noon_of(1)
    load(
        listing_entries=[make_listing_entry(article_id=noon + n, seen_at=DAY) for n in (0, 10, 11)],
        rejects=[
            make_reject(article_id=noon + 11, reason="no-story", stage="read"),
            make_reject(article_id=noon + 12, reason="robots-forbids"),
            make_reject(article_id=noon + 13, reason="token-mismatch", stage="read"),
            make_reject(article_id=noon + 14, reason="too-complex", stage="read"),
            make_reject(article_id=noon + 15, reason="not-found"),
            make_reject(article_id=noon + 16, reason="server-error"),
        ],
    )
    connection.execute(f"insert into tombstones values ({noon + 17}, now(), '', now())")
    names = (
        "listed_count", "loaded_count", "pending_count", "rejected_count", "no_story_count",
        "forbidden_count", "inconsistent_count", "unreadable_count", "missing_count",
        "deleted_count", "unrequested_count", "loaded_share",
    )  # fmt: skip
    counts = dict(zip(names, coverage(connection, *names)[1], strict=True))
    assert counts == {
        "listed_count": 3, "loaded_count": 3, "pending_count": 2, "rejected_count": 4,
        "no_story_count": 1, "forbidden_count": 1, "inconsistent_count": 1, "unreadable_count": 1,
        "missing_count": 1, "deleted_count": 1, "unrequested_count": IDS_PER_DAY - 11,
        "loaded_share": round(3 / 98, 3),
    }  # fmt: skip


def test_the_counts_of_all_days_are_those_of_the_sequence(connection, four_days, load):
    load(rejects=[make_reject(article_id=noon_of(2) + 3 * n) for n in range(1, 9)])
    (found,) = connection.execute(
        "select sum(id_count), sum(loaded_count), sum(missing_count), sum(unrequested_count) "
        "from coverage_by_day"
    ).fetchall()
    ids = day_of_stories(3)[-1].article_id - day_of_stories(0)[0].article_id + 1
    assert found == (ids, 12, 8, ids - 20)
    (ranges,) = connection.execute("select sum(id_count) from unrequested_ranges").fetchall()
    assert ranges == (ids - 20,)


def test_untried_ranges_lie_between_what_was_listed_or_asked_for(connection, load):
    base = FIRST_ID
    load(
        articles=[story(0, 0, 0), story(20, 0, 5)],
        listing_entries=[make_listing_entry(article_id=base + 5, seen_at=DAY)],
        rejects=[make_reject(article_id=base + 6), make_reject(article_id=base + 8)],
    )
    assert untried(connection) == [
        (base + 1, base + 4, 4),
        (base + 7, base + 7, 1),
        (base + 9, base + 19, 11),
    ]


def test_holes_beyond_the_newest_story_stretch_nothing(connection, load):
    load(articles=[story(0, 0, 0), story(2, 0, 1)], rejects=[make_reject(article_id=FIRST_ID + 90)])
    assert untried(connection) == [(FIRST_ID + 1, FIRST_ID + 1, 1)]


@pytest.mark.parametrize(
    ("article_id", "is_believed"),
    [(NEWEST + 4, True), (NEWEST + 200_000, False), (1999999999, False)],
)
def test_a_listed_story_stretches_the_sequence_but_not_into_days_to_come(
    connection, four_days, load, article_id, is_believed
):
    before = coverage(connection, "*")
    load(
        listing_entries=[make_listing_entry(article_id=article_id, seen_at=DAY + timedelta(days=3))]
    )
    (*_, last_range) = untried(connection)
    assert (last_range[1] == NEWEST + 3) is is_believed
    (*_, (newest, waiting)) = coverage(connection, "last_id", "pending_count")
    assert (newest, waiting) == ((article_id, 1) if is_believed else (NEWEST, 0))
    assert is_believed or coverage(connection, "*") == before


def test_one_story_is_one_day_fully_known(connection, load):
    load(articles=[story(0, 0, 12)])
    columns = ("id_count", "loaded_count", "unrequested_count", "loaded_share")
    assert coverage(connection, *columns) == [(1, 1, 0, 1.0)]


def test_a_hundred_thousand_stories_are_held_against_their_ids_in_a_second(connection, load):
    load(
        articles=[story(0, 0, 0)],
        listing_entries=[make_listing_entry(article_id=FIRST_ID, seen_at=DAY)],
    )
    for table in ("articles", "article_versions", "captures", "listing_entries"):
        connection.execute(
            f"insert into {table} by name select one.* replace (article_id + 20 * range as "
            f"article_id) from {table} as one cross join range(1, 100_000)"
        )
    connection.execute("update articles set last_seen_at = '2020-01-01 00:00:00+00'")
    for question, expected in (
        ("select sum(loaded_count) from coverage_by_day", 100_000),
        ("select count(dated_at) from unrequested_ranges", 99_999),
        ("select count(since_at) from story_states", 100_000),
    ):
        started = time.process_time()
        (found,) = connection.execute(question).fetchone()
        took = time.process_time() - started
        print(f"{question}: {found:,} in {took * 1000:.0f} ms")
        assert found == expected
        assert took < 1


REAL = 1111631142  # the newest id that the seed knows the day of


def real_days(days=(0, 1, 2)):
    """Stories of real days of the site, their ids at its usual pace."""
    return [
        make_article(
            article_id=REAL + 4200 * day + 50 * number,
            capture_id=f"real-{day}-{number}",
            body=f"Story {number} of day {day}.",
            page_at=datetime(2026, 9, 7, 12, tzinfo=UTC) + timedelta(days=day, minutes=number),
            seen_at=datetime(2026, 9, 10, tzinfo=UTC),
        )
        for day in days
        for number in range(4)
    ]


def sequence(connection):
    return connection.table("id_sequence").fetchall()


ABSURD = [
    1000000001, 1000000002, 1050000000, 1080000000, 1095000000,  # far below
    1111900000, 1112500000, 1120000000, 1221000000, 1500000001, 1999999000,  # beyond
]  # fmt: skip


def test_stories_of_absurd_ids_stay_and_stretch_nothing(connection, load):
    """Their pages read well and are dated like others, so they are articles all the same."""
    load(articles=real_days())
    before = sequence(connection), coverage(connection, "*"), untried(connection)
    seen_at = datetime(2026, 9, 10, tzinfo=UTC)
    stories = [
        make_article(
            article_id=article_id + one,
            capture_id=f"absurd-{article_id}-{one}",
            page_at=seen_at + timedelta(hours=20),  # a day to come, which no real story has
            seen_at=seen_at,
        )
        for article_id in ABSURD
        for one in (0, 100, 200, 300)
    ]
    entries = [make_listing_entry(article_id=one + 9, seen_at=seen_at) for one in ABSURD]
    load(articles=stories, listing_entries=entries)
    assert (sequence(connection), coverage(connection, "*"), untried(connection)) == before
    assert connection.table("articles").count("*").fetchone() == (12 + len(stories),)


def test_an_old_story_stretches_the_sequence_as_far_as_its_date_goes(connection, load):
    load(articles=real_days())
    old = make_article(
        article_id=1109916091, capture_id="old", page_at=datetime(2025, 8, 12, 9, tzinfo=UTC)
    )
    load(articles=[old])
    assert sequence(connection) == [(1109916091, REAL + 4200 * 2 + 150)]
