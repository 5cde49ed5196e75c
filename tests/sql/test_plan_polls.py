"""When a feed is polled next, by what earlier polls brought."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.core.known_listings import COUNTRY_FEEDS
from tasks.core.settings import Settings
from tasks.warehouse.polling import plan_polls
from tasks.warehouse.writer import session
from tests.simulation.arrivals import START
from tests.sql.records import FEED

FEED_SIZE = 40
MINUTE = timedelta(minutes=1)
ADD_POLLS = """
insert into captures by name
select
    $url as url, unnest($times) as fetched_at, unnest($statuses) as status,
    fetched_at::varchar as run_id, run_id as capture_id, 0 as body_bytes, '' as payload_sha256,
    '' as warc_path, 0 as warc_offset;
insert into listing_entries by name
select
    $url as listing_url, unnest($shown) as article_id, unnest($seen) as seen_at,
    $times[-1] as last_seen_at, seen_at::varchar as run_id, '' as url, '' as section,
    '' as capture_id;
insert into rejects by name
select $url as url, 'discover' as stage, unnest($failures) as rejected_at,
    rejected_at::varchar as run_id, 'timed-out' as reason, '' as detail
"""


@pytest.fixture(scope="module")
def warehouse(new_warehouse):
    with session(new_warehouse(), wait_seconds=0) as connection:
        yield connection


@pytest.fixture
def due_after(warehouse):
    """Minutes from the last poll to the next, after polls at some minutes with so much news."""
    warehouse.execute("begin")

    def interval(polls: Iterable[tuple[float, int]], *failures: float, url=FEED, **settings):
        polls = list(polls)
        times = [START + minute * MINUTE for minute, _ in polls]
        # What the feed holds at last is counted by the last poll that showed it.
        seen = [at for at, (_, news) in zip(times, polls, strict=True) for _ in range(news)]
        seen = [times[0]] * max(0, FEED_SIZE - len(seen)) + seen
        warehouse.execute("delete from captures; delete from listing_entries; delete from rejects")
        for statement in ADD_POLLS.split(";"):
            names: dict[str, Any] = {
                "url": url,
                "times": times,
                "statuses": [200] * len(times),
                "shown": list(range(len(seen))),
                "seen": seen,
                "failures": [START + minute * MINUTE for minute in failures],
            }
            used = {name: value for name, value in names.items() if f"${name}" in statement}
            warehouse.execute(statement, used)
        warehouse.execute(
            "update listing_entries set last_seen_at = seen_at where article_id < $gone",
            {"gone": len(seen) - FEED_SIZE},
        )
        given: dict[str, Any] = {"data_dir": Path(), "feeds": (FEED,), "listings": ()} | settings
        (planned,) = plan_polls(warehouse, Settings(**given), times[-1] + MINUTE)
        assert planned.due_at
        assert planned.polled_at
        return round((planned.due_at - planned.polled_at) / MINUTE, 1)

    yield interval
    warehouse.execute("rollback")


def week(news, minutes=30):
    """Polls of a week with what each brings, by the minute of the week."""
    return [(minute, news(minute)) for minute in range(0, 7 * 24 * 60, minutes)]


def morning(minute):
    """Forty stories each morning from six to eight o'clock (UTC), and hardly any else."""
    return 10 if 6 * 60 < minute % 1440 <= 8 * 60 else int(minute % 720 == 0)


@pytest.mark.parametrize(
    ("polls", "least", "most"),
    [
        ([(0, FEED_SIZE)], 15, 16),  # nothing is known yet
        (week(lambda minute: 0), 120, 120),
        (week(lambda minute: int(minute % 180 == 0)), 120, 120),
        (week(lambda minute: 10), 28, 30),  # a quarter of it each time
        (week(lambda minute: 5), 55, 60),
        ([*week(lambda minute: 0), (10_080, 0), (10_110, 20)], 14, 15),  # little overlap
        ([*week(lambda minute: 0), (10_080, 0), (10_110, FEED_SIZE)], 5, 5),  # none
        # a morning's poll does not wait for what the night's pace allows
        ([*week(morning), (10_080 + 240, 0)], 60, 100),
        ([*week(morning), (10_080 + 420, 10)], 28, 30),
        # and no night is so quiet that the busiest hour could not come unseen
        ([*week(morning), (10_080 + 1200, 0)], 110, 120),
        ([*week(lambda minute: 39 * (minute == 600)), (10_080 + 1200, 0)], 55, 65),
    ],
)
def test_a_feed_is_polled_before_news_could_overrun_it(due_after, polls, least, most):
    assert least <= due_after(polls) <= most


def test_intervals_stay_between_the_settings(due_after):
    idle, busy = week(lambda minute: 0, 120), week(lambda minute: FEED_SIZE, 120)
    assert due_after(idle, max_poll_minutes=45) == 45
    assert due_after(busy, schedule_minutes=20) == 20
    assert due_after(idle, schedule_minutes=240) == 240


def test_a_listing_of_several_pages_holds_so_much_more(due_after):
    url = "https://menafn.com/qn_country.aspx?country=SA&src=header"
    pages = {"url": url, "feeds": (), "listings": (url,)}
    busy = week(lambda minute: 10)
    one, three = (due_after(busy, **pages, listing_pages=count) for count in (1, 3))
    assert one * 2.9 < three < one * 3.1


@pytest.mark.parametrize(("count", "minutes"), [(1, 5), (2, 10), (4, 40), (9, 120)])
def test_each_failure_doubles_the_time_to_the_next_try(due_after, count, minutes):
    failures = [10_050 + 200 + 10 * number for number in range(count)]
    last = failures[-1] - 10_050
    assert due_after(week(lambda minute: 0), *failures) == last + minutes


def test_what_is_due_is_polled_early_enough_and_together(warehouse):
    feeds = tuple(f"https://menafn.com{path}" for path in COUNTRY_FEEDS[:4])
    settings = Settings(data_dir=Path(), feeds=feeds, listings=())
    assert all(one.is_due and one.due_at is None for one in plan_polls(warehouse, settings, START))
    warehouse.execute("begin")
    # Without any story the interval is the longest.
    for feed, minutes in zip(feeds, (116, 92, 80, 3), strict=True):
        warehouse.execute(
            "insert into captures by name select $url as url, $at as fetched_at, 304 as status, "
            "'r' as run_id, '' as capture_id, 0 as body_bytes, '' as payload_sha256, '' as "
            "warc_path, 0 as warc_offset",
            {"url": feed, "at": START - minutes * MINUTE},
        )
    planned = plan_polls(warehouse, settings, START)
    assert [one.is_due for one in planned] == [True, True, False, False]
    planned = plan_polls(warehouse, settings, START - 2 * MINUTE)
    assert not any(one.is_due for one in planned)
    warehouse.execute("rollback")
