"""The warehouse's own dated stories refine what an id says of its date."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from tests.sql.records import make_article, make_listing_entry

# The seed knows 2018-01-15 (about) and 2020-08-07, and nothing in between.
FIRST_ID = 1098000000
DAY = datetime(2018, 5, 1, 12, 0, tzinfo=UTC)
IDS_PER_DAY = 4000


def story(number, at=None, **given):
    return make_article(
        **{
            "article_id": FIRST_ID + number,
            "capture_id": f"capture-{number}",
            "body": f"Story {number} of a day.",
            "page_at": at,
            "seen_at": datetime(2026, 1, 1, tzinfo=UTC),
        }
        | given
    )


def day_of_stories(day, hours=(-2, 0, 2), **given):
    """Stories around the noon of a day, their ids on one straight line with all other days'."""
    return [
        story(day * IDS_PER_DAY + hour * 100, DAY + timedelta(days=day, hours=hour), **given)
        for hour in hours
    ]


def days(connection):
    return connection.table("id_day_medians").order("published_date").fetchall()


def estimate(connection, number):
    (found,) = connection.execute(
        "select id_at from date_evidence where article_id = ?", [FIRST_ID + number]
    ).fetchall()
    return found[0]


def test_a_day_has_the_medians_of_its_stories(connection, load):
    load(articles=day_of_stories(0, hours=(-5, 0, 1)))
    assert days(connection) == [(date(2018, 5, 1), FIRST_ID, DAY, 3)]


def test_a_token_stands_for_the_noon_of_its_day(connection, load):
    midnight = datetime(2018, 5, 1, 4, 0, tzinfo=UTC)
    load(articles=[story(0, token_at=midnight)])
    assert days(connection) == [(date(2018, 5, 1), FIRST_ID, midnight + timedelta(hours=12), 1)]


def test_a_story_dated_by_its_id_says_nothing_of_ids(connection, load):
    load(articles=[story(0)])
    assert days(connection) == []


def test_the_order_of_loading_makes_no_difference(connection, load):
    early, middle, late = day_of_stories(0)
    for articles in ([late], day_of_stories(1), [early], [middle]):
        load(articles=articles)
    assert days(connection) == [
        (date(2018, 5, 1), FIRST_ID, DAY, 3),
        (date(2018, 5, 2), FIRST_ID + IDS_PER_DAY, DAY + timedelta(days=1), 3),
    ]


def test_a_story_that_changes_its_day_leaves_the_old_one(connection, load):
    load(articles=[story(0, DAY)])
    revised = story(0, DAY + timedelta(days=9), body="Revised.", capture_id="later")
    load(articles=[revised])
    assert days(connection) == [(date(2018, 5, 10), FIRST_ID, DAY + timedelta(days=9), 1)]


def test_a_feed_that_dates_a_known_story_moves_its_day(connection, load):
    load(articles=[story(0, token_at=DAY - timedelta(days=1))])
    load(listing_entries=[make_listing_entry(article_id=FIRST_ID, published_at=DAY)])
    assert days(connection) == [(date(2018, 5, 1), FIRST_ID, DAY, 1)]


def test_estimates_follow_the_warehouses_own_days(connection, load):
    load(articles=[story(5 * IDS_PER_DAY)])
    before = estimate(connection, 5 * IDS_PER_DAY)
    load(articles=day_of_stories(0) + day_of_stories(10))
    after = estimate(connection, 5 * IDS_PER_DAY)
    assert abs(before - DAY) > timedelta(days=60)
    assert after == DAY + timedelta(days=5)


def test_the_date_of_a_loaded_story_stays_until_it_is_read_again(connection, load):
    article = story(5 * IDS_PER_DAY)
    load(articles=[article])
    load(articles=day_of_stories(0) + day_of_stories(10))
    dated = connection.table("articles").filter("published_at_basis = 'article_id'")
    assert dated.select("published_at").fetchone() != (DAY + timedelta(days=5),)
    load(articles=[story(5 * IDS_PER_DAY, extractor_version="reader 2")])
    dated = connection.table("articles").filter("published_at_basis = 'article_id'")
    assert dated.select("published_at").fetchone() == (DAY + timedelta(days=5),)


def test_days_of_fewer_than_three_stories_are_not_heard(connection, load):
    load(articles=[*day_of_stories(0, hours=(0, 1)), *day_of_stories(10, hours=(0, 1))])
    load(articles=[story(5 * IDS_PER_DAY)])
    assert abs(estimate(connection, 5 * IDS_PER_DAY) - DAY) > timedelta(days=60)


def test_a_day_that_breaks_the_order_of_ids_is_not_heard(connection, load):
    wrong = [story(4 * IDS_PER_DAY + n, DAY + timedelta(days=300, hours=n)) for n in range(3)]
    load(articles=[*day_of_stories(0), *day_of_stories(3), *wrong, story(2 * IDS_PER_DAY)])
    assert estimate(connection, 2 * IDS_PER_DAY) == DAY + timedelta(days=2)


def test_a_day_far_from_what_is_known_of_its_ids_is_not_heard(connection, load):
    wrong = [story(n, DAY + timedelta(days=365 * 4, hours=n)) for n in range(3)]
    load(articles=[*wrong, story(100)])
    lines = connection.table("calibration_segments").order("from_id")
    assert lines.filter(f"first_id >= {FIRST_ID}").select("first_id").fetchone() == (1100601885,)


def test_ids_beyond_the_newest_day_go_on_at_the_pace_of_weeks(connection, load):
    newest = 1111631142
    pace = [
        make_article(
            article_id=newest + day * IDS_PER_DAY + n,
            capture_id=f"c{day}-{n}",
            body=f"Story {day} {n}.",
            page_at=datetime(2026, 9, 7, 12, tzinfo=UTC) + timedelta(days=day, minutes=n),
            seen_at=datetime(2026, 12, 31, tzinfo=UTC),
        )
        for day in (10, 40, 41)
        for n in range(3)
    ]
    load(articles=pace)
    load(articles=[make_article(
        article_id=newest + 50 * IDS_PER_DAY + 1,
        capture_id="beyond",
        page_at=None,
        seen_at=datetime(2026, 12, 31, tzinfo=UTC),
    )])  # fmt: skip
    found = connection.table("articles").filter("published_at_basis = 'article_id'")
    (at,) = found.select("published_at").fetchone()
    assert abs(at - datetime(2026, 10, 27, 12, tzinfo=UTC)) < timedelta(hours=1)


def test_lines_follow_each_other_without_a_gap_and_only_upward(connection, load):
    load(articles=[article for day in range(0, 40, 3) for article in day_of_stories(day)])
    lines = connection.table("calibration_segments").order("from_id").fetchall()
    *between, beyond = lines
    assert between[0][4] == 0
    for (_, last_id, _, ends_at, *_), (first_id, _, starts_at, _, *held_from) in pairwise(between):
        assert (last_id, ends_at) == (first_id, starts_at) == tuple(held_from)
    assert beyond[4] == between[-1][1]
    assert all(line[0] < line[1] and line[2] < line[3] for line in lines)
