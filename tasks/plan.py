"""Works out what a run would request, by what is known already; nothing is requested or stored."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tasks.archive.reader import read_response
from tasks.core.charset import decode_any
from tasks.core.errors import StorageError, UsageError
from tasks.core.ids import parse_ids
from tasks.core.listings import feed_addresses
from tasks.core.paths import DataPaths
from tasks.core.records import FetchRequest
from tasks.core.rejects import PageRefusedError, retriable_reasons
from tasks.core.reports import Plan
from tasks.core.settings import Settings
from tasks.http.robots import MAX_RULE_BYTES, ROBOTS_URL, RobotsRules
from tasks.listings.address_file import read_addresses
from tasks.warehouse.connect import Connection
from tasks.warehouse.frontier import (
    MAX_GAP_STORIES,
    MAX_STORIES,
    max_listed_stories,
    open_frontier,
)
from tasks.warehouse.polling import plan_polls
from tasks.warehouse.sql import run_file

_SHOWN_URLS = 10


def plan_ingest(settings: Settings, *, only_due: bool = False) -> Plan:
    """What an ingest would request if it started now, or one that polls only what is due.

    No listing is polled for it, so what they show anew is estimated by the last ten ingests.
    """
    paths = DataPaths(settings.data_dir)
    with open_frontier(paths, settings) as frontier:
        listed = frontier.select_listed(paths.state / "none.parquet")
        requests = listed + frontier.select_missed(len(listed))
        expected = _expect_stories(frontier.connection)
        room = max_listed_stories(settings) - len(listed)
        plan_polls(frontier.connection, settings, datetime.now(UTC))
        listings = run_file(
            frontier.connection,
            "crawl/select_listings.sql",
            article_ids=[request.article_id for request in requests],
            only_due=only_due,
        ).fetchall()
        feeds = set(feed_addresses(settings))
        pages = [1 if url in feeds else settings.listing_pages for url, *_ in listings]
        return _plan(
            "ingest",
            settings,
            frontier.connection,
            requests,
            listings=tuple(listings),
            listing_count=sum(pages),
            expected_count=None if expected is None else min(expected, room),
        )


def plan_backfill(
    settings: Settings,
    *,
    ids: str | None = None,
    urls: Path | None = None,
    gaps: bool = False,
    retry: bool = False,
    reasons: Sequence[str] = (),
    since: datetime | None = None,
    max_stories: int | None = None,
) -> Plan:
    """What a backfill would request, or with `retry` what `wirehouse retry` would."""
    limit = settings.max_stories or MAX_STORIES
    with open_frontier(DataPaths(settings.data_dir), settings) as frontier:
        match (ids, urls, gaps, retry):
            case (str(), None, False, False):
                requests = frontier.select_ids(parse_ids(ids), limit)
            case (None, Path(), False, False):
                stories, _ = read_addresses(urls, settings.base_url)
                requests = frontier.select_named([stories], limit)
            case (None, None, True, False):
                of_gaps = MAX_STORIES if max_stories == 0 else settings.max_stories
                requests = frontier.select_gaps(of_gaps or MAX_GAP_STORIES)
            case (None, None, False, True):
                requests = frontier.select_rejected(retriable_reasons(reasons), since, limit)
            case _:
                raise UsageError(
                    "Only what is requested can be planned: give one of --ids, --urls and --gaps."
                )
        return _plan("retry" if retry else "backfill", settings, frontier.connection, requests)


def _plan(
    flow: str,
    settings: Settings,
    connection: Connection,
    requests: list[FetchRequest],
    *,
    listings: tuple[tuple[str, datetime | None, datetime | None, int], ...] = (),
    listing_count: int = 0,
    expected_count: int | None = 0,
) -> Plan:
    """Requests are evenly spaced, so that their number is the time they take at least."""
    robots_delay = _robots_delay(connection, settings)
    by_rate = 1 / settings.requests_per_second if settings.requests_per_second else 0.0
    pace = max(by_rate, robots_delay or 0.0)
    count = 1 + listing_count + len(requests) + (expected_count or 0)
    ((*_, as_of),) = run_file(connection, "admin/select_summary.sql").fetchall()
    return Plan(
        flow=flow,
        as_of=as_of,
        requests=count,
        seconds=round((count - 1) * pace, 1),
        seconds_per_request=pace,
        robots_delay_seconds=robots_delay,
        listing_requests=listing_count,
        story_requests=len(requests),
        expected_requests=expected_count,
        listings=listings,
        first_urls=tuple(request.url for request in requests[:_SHOWN_URLS]),
    )


def _expect_stories(connection: Connection) -> int | None:
    """How many stories listings show anew, by the last ingests; `None` before the first."""
    counts = [count for (count,) in run_file(connection, "crawl/select_inserted.sql").fetchall()]
    return round(median(counts)) if counts else None


def _robots_delay(connection: Connection, settings: Settings) -> float | None:
    """The pause that the last archived robots.txt requires; `None` where there is none to read."""
    rows = run_file(connection, "crawl/select_last_response.sql", url=ROBOTS_URL).fetchall()
    for warc_path, offset in rows:
        try:
            path = settings.data_dir / warc_path
            text = decode_any(read_response(path, offset, limit=MAX_RULE_BYTES).body, None)
        except (PageRefusedError, StorageError):
            return None
        return RobotsRules(text, settings.user_agent).delay_seconds
    return None
