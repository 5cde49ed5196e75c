"""What each source says of a story's date is kept, compared and shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.warehouse.check import failed_checks
from tasks.warehouse.runs import begin_run
from tests.sql.records import (
    STORY,
    make_article,
    make_listing_entry,
    make_run,
)

TOKEN_AT = datetime(2025, 8, 12, 4, 0, tzinfo=UTC)  # midnight in New York
PAGE_AT = datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC)
KINDS = ("site_date", "page_days", "feed_days", "dateline_days")


@pytest.fixture
def load(connection, load, tmp_path):
    def load_article(timezone="America/New_York", listing_entries=(), **given):
        begin_run(connection, make_run(tmp_path, timezone=timezone))
        article = make_article(**{"page_at": PAGE_AT, "token_at": TOKEN_AT} | given)
        load(articles=[article], listing_entries=list(listing_entries))

    return load_article


def evidence(connection, *columns):
    return connection.table("date_evidence").select(*columns).fetchone()


def warnings(connection):
    return [finding.check for finding in failed_checks(connection)]


def test_every_witness_is_kept_beside_the_date(connection, load):
    fed_at = PAGE_AT + timedelta(minutes=1)
    load(listing_entries=[make_listing_entry(published_at=fed_at)], dateline_date=date(2025, 8, 12))
    assert evidence(
        connection, "article_id", "published_at", "published_at_basis", "page_at", "feed_at",
        "token_at", "dateline_date",
    ) == (STORY, PAGE_AT, "page", PAGE_AT, fed_at, TOKEN_AT, date(2025, 8, 12))  # fmt: skip


def test_the_ids_estimate_is_told_and_how_far_it_is_off(connection, load):
    load()
    id_at, id_days = evidence(connection, "id_at", "id_days")
    assert abs(id_at - PAGE_AT) < timedelta(days=1)
    assert id_days == pytest.approx((PAGE_AT - id_at).total_seconds() / 86400, abs=0.051)


@pytest.mark.parametrize(
    ("dateline_date", "dateline_days"), [(date(2025, 8, 12), 0), (date(2025, 8, 13), 1)]
)
def test_a_dateline_may_be_a_day_ahead_of_the_wire(connection, load, dateline_date, dateline_days):
    load(dateline_date=dateline_date)
    assert evidence(connection, *KINDS) == (date(2025, 8, 12), 0, None, dateline_days)
    assert warnings(connection) == []


@pytest.mark.parametrize("dateline_date", [date(2025, 8, 11), date(2025, 8, 14)])
def test_a_dateline_of_another_day_is_told(connection, load, dateline_date):
    load(dateline_date=dateline_date)
    assert warnings(connection) == ["dates_agree"]


def test_a_page_of_another_day_than_its_token_is_told(connection, load):
    load(page_at=PAGE_AT + timedelta(days=1))
    assert evidence(connection, *KINDS) == (date(2025, 8, 12), 1, None, None)
    assert warnings(connection) == ["dates_agree"]


@pytest.mark.parametrize(
    ("page_at", "days"),
    [
        (datetime(2025, 8, 13, 3, 59, 59, tzinfo=UTC), 0),
        (datetime(2025, 8, 13, 4, 0, tzinfo=UTC), 1),
        (datetime(2025, 8, 12, 3, 59, 59, tzinfo=UTC), -1),
    ],
)
def test_days_are_those_of_the_wires_clock(connection, load, page_at, days):
    load(page_at=page_at)
    assert evidence(connection, "page_days") == (days,)


def test_the_day_on_which_clocks_go_back_has_25_hours(connection, load):
    load(
        token_at=datetime(2025, 11, 2, 4, 0, tzinfo=UTC),
        page_at=datetime(2025, 11, 3, 4, 59, tzinfo=UTC),
        seen_at=datetime(2025, 11, 3, 5, 0, tzinfo=UTC),
    )
    assert evidence(connection, *KINDS) == (date(2025, 11, 2), 0, None, None)


def test_the_zone_is_that_of_the_run_which_read_the_page(connection, load):
    load(timezone="UTC", token_at=None, page_at=datetime(2025, 8, 12, 1, 0, tzinfo=UTC))
    assert evidence(connection, "site_date") == (date(2025, 8, 12),)


def test_a_story_of_a_run_that_the_warehouse_lacks_is_judged_by_the_latest_zone(connection, load):
    load(timezone="Asia/Kuwait", run_id="20240101T000000Z-0a1b2c", token_at=None)
    connection.execute("update articles set page_at = '2025-08-12 22:00:00+00'")
    assert evidence(connection, "site_date") == (date(2025, 8, 13),)


def test_without_a_token_the_page_and_then_the_feed_have_the_wires_day(connection, load):
    fed_at = PAGE_AT + timedelta(days=1)
    load(token_at=None, listing_entries=[make_listing_entry(published_at=fed_at)])
    assert evidence(connection, *KINDS) == (date(2025, 8, 12), 0, 1, None)


def test_a_story_without_witnesses_agrees_with_itself(connection, load):
    load(page_at=None, token_at=None, dateline_date=date(2024, 1, 1))
    assert evidence(connection, *KINDS) == (None, None, None, None)
    assert evidence(connection, "published_at_basis", "id_days") == ("article_id", 0)
    assert warnings(connection) == []
