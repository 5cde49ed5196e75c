"""Printed times, as Eastern wall clock whatever their label; months, and the days of ids."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.calendar import (
    day_of_id,
    is_page_time,
    month_number,
    parse_feed_time,
    parse_page_time,
    settle_year,
    start_of_day,
)

ZONE = ZoneInfo("America/New_York")


def utc(year, month, day, hour=0, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-08-12 04:35:35", utc(2025, 8, 12, 8, 35, 35)),
        ("2025-08-12T04:35:35", utc(2025, 8, 12, 8, 35, 35)),
        ("11/17/2024 5:08:44 AM", utc(2024, 11, 17, 10, 8, 44)),
        ("9/3/2024 10:13:51 AM", utc(2024, 9, 3, 14, 13, 51)),
        ("12/24/2024 12:05:18 AM", utc(2024, 12, 24, 5, 5, 18)),
        ("12/24/2024 12:05:18 PM", utc(2024, 12, 24, 17, 5, 18)),
        ("12/24/2024 1:05:18\u202fPM", utc(2024, 12, 24, 18, 5, 18)),
        ("Mon, 01 Sep 2025 5:30:00 PM", utc(2025, 9, 1, 21, 30)),
        ("Sept 1, 2025 12:05 AM", utc(2025, 9, 1, 4, 5)),
        ("Date 11/17/2024 5:08:44 AM", utc(2024, 11, 17, 10, 8, 44)),
        ("Date\n2025-08-12 04:35:35", utc(2025, 8, 12, 8, 35, 35)),
        ("٢٠٢٥-٠٨-١٢ ٠٤:٣٥:٣٥", utc(2025, 8, 12, 8, 35, 35)),
        ("۲۰۲۵-۰۸-۱۲ ۰۴:۳۵:۳۵", utc(2025, 8, 12, 8, 35, 35)),
        ("١١/١٧/٢٠٢٤ ٥:٠٨:٤٤ م", utc(2024, 11, 17, 22, 8, 44)),
    ],
)
def test_both_forms_of_a_page_s_time_are_read(text, instant):
    assert parse_page_time(text, ZONE) == instant
    assert is_page_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, 02 January 2024 12:17 GMT",
        "Mon, 01 Sep 2025 17:30:00",
        "Mon, 31 Sep 2025 5:30:00 PM",
        "2025-08-12",
        "1/1/0001 12:00:00 AM",
        "1999-12-31 10:00:00",
        "2101-01-01 10:00:00",
        "13/40/2024 1:00:00 AM",
        "13/40/2024 13:61:00",
        "by 2025-08-12 04:35:35",
        "Date",
        "",
    ],
)
def test_what_is_no_time_of_a_page_is_none(text):
    assert parse_page_time(text, ZONE) is None


def test_of_an_hour_that_occurs_twice_the_first_is_meant():
    assert parse_page_time("2024-11-03 01:30:00", ZONE) == utc(2024, 11, 3, 5, 30)


def test_daylight_saving_moves_the_hour():
    assert parse_page_time("2024-03-10 01:59:59", ZONE) == utc(2024, 3, 10, 6, 59, 59)
    assert parse_page_time("2024-03-10 03:00:00", ZONE) == utc(2024, 3, 10, 7)


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 04 Jul 2025 07:07:34 GMT",
        "Fri, 04 Jul 2025 07:07:34 EST",
        "Fri, 4 Jul 2025 07:07:34",
        "04 Jul 25 07:07:34 +0300",
        "2025-07-04 07:07:34",
        "2025-07-04T07:07:34Z",
        "2025-07-04T07:07:34.000+03:00",
        " 7/4/2025 7:07:34 AM ",
    ],
)
def test_a_feed_s_time_is_wall_clock_whatever_its_label(text):
    assert parse_feed_time(text, ZONE) == utc(2025, 7, 4, 11, 7, 34)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("Mon, 01 Sep 2025 5:30:00 PM", 17, 30),
        ("Mon, 01 Sept 2025 05:30:00 GMT", 5, 30),
        ("Mon, 01 September 2025 5:30 p.m. EDT", 17, 30),
        ("Monday, September 1, 2025 5:30 PM", 17, 30),
        ("2025-09-01 5:30:00 PM", 17, 30),
        ("2025-09-01 5:30PM", 17, 30),
        ("2025-09-01 12:05 AM", 0, 5),
        ("2025-09-01 12:05 PM", 12, 5),
        ("2025-09-01 17:30 PM", 17, 30),
        ("2025-09-01 5:30 AMT", 5, 30),
        ("9/1/2025 12:05:00 AM", 0, 5),
        ("9/1/2025 5:30:00 \u0645", 17, 30),
        ("9/1/2025 5:30:00 \u0635", 5, 30),
    ],
)
def test_a_clock_of_twelve_hours_is_read_in_every_form(text, hour, minute):
    local = datetime(2025, 9, 1, hour, minute, tzinfo=ZONE)
    assert parse_feed_time(text, ZONE) == local
    if "Sep" not in text:
        assert parse_page_time(text, ZONE) == local


@pytest.mark.parametrize("text", ["", "yesterday", "Fri, 31 Jun 2025 07:07:34", "2025-13-01"])
def test_what_is_no_time_of_a_feed_is_none(text):
    assert parse_feed_time(text, ZONE) is None


@given(st.text(alphabet="0123456789:,-+/. TZJulFriGMTAP", max_size=32))
def test_any_text_is_read_or_none(text):
    for parse in (parse_feed_time, parse_page_time):
        found = parse(text, ZONE)
        assert found is None or found.utcoffset() is not None


@given(st.integers(946_800_000, 4_102_000_000))
def test_a_printed_wall_clock_comes_back(seconds):
    at = datetime.fromtimestamp(seconds, ZONE)
    assert parse_page_time(f"{at:%Y-%m-%d %H:%M:%S}", ZONE) == at.replace(fold=0).astimezone(UTC)


def test_a_day_starts_at_its_own_midnight():
    assert start_of_day(date(2025, 8, 12), ZONE) == utc(2025, 8, 12, 4)
    assert start_of_day(date(2025, 1, 12), ZONE) == utc(2025, 1, 12, 5)


@pytest.mark.parametrize(
    ("month", "day", "near", "settled"),
    [
        (12, 31, date(2025, 1, 1), date(2024, 12, 31)),
        (1, 1, date(2024, 12, 31), date(2025, 1, 1)),
        (7, 5, date(2024, 7, 4), date(2024, 7, 5)),
        (2, 29, date(2024, 3, 1), date(2024, 2, 29)),
        (2, 29, date(2026, 3, 1), None),
        (2, 30, date(2024, 3, 1), None),
    ],
)
def test_a_dateline_s_year_is_the_nearest(month, day, near, settled):
    assert settle_year(month, day, near) == settled


@pytest.mark.parametrize(
    ("name", "number"), [("Aug", 8), ("SEPT", 9), ("أيار", 5), ("كانون الثاني", 1), ("11", 11)]
)
def test_months_are_known_by_all_their_names(name, number):
    assert month_number(name) == number


@pytest.mark.parametrize(
    ("article_id", "day"),
    [
        (1107636019, date(2023, 12, 20)),
        (1107798089, date(2024, 1, 31)),
        (1109916091, date(2025, 8, 11)),
        (1111631142, date(2026, 9, 7)),
        (1111700000, date(2026, 9, 24)),
    ],
)
def test_an_id_gives_its_day(article_id, day):
    found = day_of_id(article_id)
    assert found is not None
    assert abs((found - day).days) <= 1


def test_an_id_far_beyond_the_known_ones_has_no_day():
    assert day_of_id(1199999999) is None
