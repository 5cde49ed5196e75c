"""Which sources of a story's date are believed, and how its dateline bounds an estimate."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.warehouse.check import failed_checks
from tests.sql.records import STORY, make_article, make_listing_entry

NOON = datetime(2025, 8, 12, 12, 0, tzinfo=UTC)  # about what the id says
SEEN_AT = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def dates_of(connection, load):
    def load_stories(*stories):
        """The date of each story, and its basis; all are loaded in one batch."""
        articles, entries = [], []
        for article_id, given in enumerate(stories, start=STORY):
            feed_at = given.pop("feed_at", None)
            filled = {"article_id": article_id, "capture_id": str(article_id), "page_at": None}
            articles.append(make_article(**filled | {"seen_at": SEEN_AT} | given))
            if feed_at:
                entries.append(make_listing_entry(article_id=article_id, published_at=feed_at))
        load(articles=articles, listing_entries=entries)
        columns = ("published_at", "published_at_basis")
        return connection.table("articles").order("article_id").select(*columns).fetchall()

    return load_stories


def warned_of(connection):
    """How many stories' dates do not agree."""
    findings = failed_checks(connection, everything=True)
    return sum(one.count for one in findings if one.check == "dates_agree")


def by_each(*instants):
    return [{f"{basis}_at": at} for basis in ("page", "feed") for at in instants]


def test_a_source_far_from_the_id_is_refused_and_warned_of(connection, dates_of):
    far = by_each(*(NOON.replace(year=year) for year in (2001, 2015, 2024)))
    for published_at, basis in dates_of(*far):
        assert (basis, abs(published_at - NOON) < timedelta(days=3)) == ("article_id", True)
    assert warned_of(connection) == 6


def test_a_source_near_the_id_is_believed(connection, dates_of):
    near = by_each(*(NOON + timedelta(days=days) for days in (-40, -3, 0, 2, 40)))
    expected = [(at, name.removesuffix("_at")) for one in near for name, at in one.items()]
    assert dates_of(*near) == expected
    assert warned_of(connection) == 0


def test_a_source_far_from_the_id_is_believed_with_a_token(dates_of):
    at = NOON.replace(year=2024)
    token_at = at.replace(hour=4)
    found = dates_of(*(one | {"token_at": token_at} for one in by_each(at)))
    assert {published_at for published_at, _ in found} <= {at, token_at}


def test_a_feed_of_another_year_yields_to_the_token(dates_of):
    token_at = NOON.replace(hour=4)
    story = {"feed_at": NOON.replace(year=2001), "token_at": token_at}
    assert dates_of(story) == [(token_at, "token")]


def test_below_the_oldest_known_id_nothing_is_refused(dates_of):
    at = datetime(2009, 3, 1, tzinfo=UTC)
    assert dates_of({"article_id": 1090000000, "page_at": at}) == [(at, "page")]


def test_an_estimate_lies_within_two_days_of_the_dateline(dates_of):
    offsets = [timedelta(days=days) for days in (-9, -2, -1, 0, 1, 2, 5, 9)]
    days = [date(year, 8, 12) + offset for year in (2025, 2026) for offset in offsets]
    found = dates_of(*({"dateline_date": day} for day in days))
    for day, (published_at, basis) in zip(days, found, strict=True):
        assert basis == "article_id"
        assert 0 <= (published_at.astimezone(UTC).date() - day.replace(year=2025)).days <= 1, day


def test_a_dateline_is_of_the_year_in_which_its_story_is_dated(connection, dates_of):
    years = (2001, 2024, 2025, 2026)
    given = [*({f"{one}_at": NOON} for one in ("page", "feed", "token")), {},
             {"page_at": NOON.replace(year=2001)}]  # fmt: skip
    dates_of(*(one | {"dateline_date": date(year, 8, 11)} for one in given for year in years))
    days = connection.table("articles").select("dateline_date").fetchall()
    assert days == [(date(2025, 8, 11),)] * len(given) * len(years)


def test_a_dateline_far_from_the_estimate_bounds_nothing(dates_of):
    days = (date(2025, 1, 1), date(2025, 5, 12), date(2024, 12, 1))
    for published_at, basis in dates_of(*({"dateline_date": day} for day in days)):
        assert basis == "article_id"
        assert abs(published_at - NOON) < timedelta(days=3)
