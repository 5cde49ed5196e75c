"""When each feed and listing is to be polled, by what the warehouse knows of it."""

from dataclasses import fields
from datetime import datetime, timedelta

import duckdb

from tasks.core.listings import feed_addresses, listing_addresses
from tasks.core.reports import PlannedPoll
from tasks.core.settings import Settings
from tasks.warehouse.sql import run_file


def plan_polls(
    connection: duckdb.DuckDBPyConnection, settings: Settings, now: datetime
) -> list[PlannedPoll]:
    """The schedule of the settings' feeds and listings, by `sql/crawl/plan_polls.sql`."""
    feeds, lists = feed_addresses(settings), listing_addresses(settings)
    run_file(
        connection,
        "crawl/plan_polls.sql",
        urls=[*feeds, *lists],
        page_counts=[1] * len(feeds) + [settings.listing_pages] * len(lists),
        shortest_seconds=timedelta(minutes=settings.schedule_minutes).total_seconds(),
        longest_seconds=timedelta(minutes=settings.max_poll_minutes).total_seconds(),
        now=now,
    )
    columns = ", ".join(field.name for field in fields(PlannedPoll))
    rows = connection.table("planned_polls").order("place").project(columns).fetchall()
    return [PlannedPoll(*row) for row in rows]
