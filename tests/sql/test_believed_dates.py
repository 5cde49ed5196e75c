"""Which sources of a story's date are believed, and how its dateline bounds an estimate."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.warehouse.check import failed_checks
from tests.sql.records import STORY, make_article, make_listing_entry

NOON = datetime(2025, 8, 12, 12, 0, tzinfo=UTC)  # about what the id says
SEEN_AT = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def date_of(connection, load):
    def load_story(feed_at=None, **given):
        entries = [] if feed_at is None else [make_listing_entry(published_at=feed_at)]
        article = make_article(**{"page_at": None, "seen_at": SEEN_AT} | given)
        load(articles=[article], listing_entries=entries)
        return connection.table("articles").select("published_at", "published_at_basis").fetchone()

    return load_story


def warned(connection):
    return [one.check for one in failed_checks(connection, everything=True)]


@pytest.mark.parametrize("basis", ["page", "feed"])
@pytest.mark.parametrize(
    "at", [NOON.replace(year=2001), NOON.replace(year=2015), NOON.replace(year=2024)]
)
def test_a_source_far_from_the_id_is_refused_and_warned_of(connection, date_of, basis, at):
    published_at, found = date_of(**{f"{basis}_at": at})
    assert (found, abs(published_at - NOON) < timedelta(days=3)) == ("article_id", True)
    assert "dates_agree" in warned(connection)


@pytest.mark.parametrize("basis", ["page", "feed"])
@pytest.mark.parametrize("days", [-40, -3, 0, 2, 40])
def test_a_source_near_the_id_is_believed(connection, date_of, basis, days):
    at = NOON + timedelta(days=days)
    assert date_of(**{f"{basis}_at": at}) == (at, basis)
    assert "dates_agree" not in warned(connection)


@pytest.mark.parametrize("basis", ["page", "feed"])
def test_a_source_far_from_the_id_is_believed_with_a_token(date_of, basis):
    at = NOON.replace(year=2024)
    token_at = at.replace(hour=4)
    given = {f"{basis}_at": at, "token_at": token_at}
    assert date_of(**given)[0] in (at, token_at)


def test_a_feed_of_another_year_yields_to_the_token(date_of):
    token_at = NOON.replace(hour=4)
    assert date_of(feed_at=NOON.replace(year=2001), token_at=token_at) == (token_at, "token")


def test_below_the_oldest_known_id_nothing_is_refused(date_of):
    at = datetime(2009, 3, 1, tzinfo=UTC)
    assert date_of(article_id=1090000000, page_at=at) == (at, "page")


@pytest.mark.parametrize("days", [-9, -2, -1, 0, 1, 2, 5, 9])
@pytest.mark.parametrize("years", [0, 1])
def test_an_estimate_lies_within_two_days_of_the_dateline(connection, date_of, days, years):
    day = date(2025 + years, 8, 12) + timedelta(days=days)
    published_at, basis = date_of(dateline_date=day)
    assert basis == "article_id"
    assert 0 <= (published_at.astimezone(UTC).date() - day.replace(year=2025)).days <= 1


@pytest.mark.parametrize(
    "given",
    [
        {"page_at": NOON},
        {"feed_at": NOON},
        {"token_at": NOON},
        {},
        {"page_at": datetime(2001, 8, 12, tzinfo=UTC)},
    ],
)
@pytest.mark.parametrize("year", [2001, 2024, 2025, 2026])
def test_a_dateline_is_of_the_year_in_which_its_story_is_dated(connection, date_of, given, year):
    date_of(dateline_date=date(year, 8, 11), **given)
    days = connection.table("articles").select("dateline_date").fetchall()
    assert days == [(date(2025, 8, 11),)]


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 5, 12), date(2024, 12, 1)])
def test_a_dateline_far_from_the_estimate_bounds_nothing(connection, date_of, day):
    published_at, basis = date_of(dateline_date=day)
    assert basis == "article_id"
    assert abs(published_at - NOON) < timedelta(days=3)
    assert connection.table("articles").select("article_id").fetchall() == [(STORY,)]
