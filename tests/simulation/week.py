"""A week of a site with realistic hours, polled on a fixed schedule and as often as feeds need it.

The site is a server on loopback and the runs are real up to the warehouse; only their clock is
faster. Stories' own pages are not requested: what a schedule misses, no feed has shown.
"""

import asyncio
import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from flows.pipeline import open_client
from tasks.archive.sample_site import LoopbackServer, RecordedResponse
from tasks.core.errors import SiteUnreachableError
from tasks.core.paths import DataPaths
from tasks.core.run import Run
from tasks.core.settings import Settings
from tasks.discover import discover, due_addresses
from tasks.warehouse.writer import writer
from tests.simulation.arrivals import START, Feed, simulate_feeds
from tests.site.feeds import feed_date, feed_document, feed_path, item
from tests.site.page import SITE
from tests.sql.records import load_batch

# Stories an hour on the average of a working day; the site gives out some 4,000 ids a day.
HOURLY_MEANS = {
    "Yemen": 0.05, "Syria": 0.3, "Oman": 1.0, "Iraq": 2.0, "Qatar": 4.0, "Kuwait": 8.0, "UAE": 12.0,
}  # fmt: skip
FIXED = timedelta(minutes=15)  # the schedule of earlier versions
ADAPTIVE = timedelta(minutes=5)
WARM_UP_DAYS = 2  # of which the schedule learns, and nothing is counted
OUTAGE_HOURS = (5, 11)  # of the second day of the week (UTC): a morning in the Gulf


@dataclass(frozen=True, kw_only=True)
class Week:
    """What a schedule cost and missed."""

    schedule: str
    runs: int
    requests: int
    stories: int
    lost: int
    lost_in_outage: int
    median_minutes: float  # from a story's publication to the poll that showed it


class _Site:
    """The feeds as they are at a moment, or an outage."""

    def __init__(self, feeds: list[Feed], outage: tuple[datetime, datetime]) -> None:
        self.now = START
        self._feeds = {feed.path: feed for feed in feeds}
        self._outage = outage

    def response(self, path: str) -> RecordedResponse | None:
        if self._outage[0] <= self.now < self._outage[1]:
            return RecordedResponse(status=503, phrase="Unavailable", headers=(), body=b"")
        feed = self._feeds.get(path)
        if feed is None:
            return None
        shown = reversed(feed.shown_at(self.now))
        items = [
            item(
                title=f"Story {article_id}",
                address=f"{SITE}/{article_id}/Story",
                date=feed_date(at, article_id),
                description="A story.",
            )
            for article_id, at in shown
        ]
        body = feed_document(path, "".join(items))
        etag = f'"{hash(body)}"'
        return RecordedResponse(status=200, phrase="OK", headers=(("ETag", etag),), body=body)


def simulate_week(folder: Path, *, is_adaptive: bool, days: int = 7) -> Week:
    """Poll the site of a week, after some days to learn from, on one of the schedules."""
    feeds = simulate_feeds(
        {feed_path(name): mean for name, mean in HOURLY_MEANS.items()}, days=WARM_UP_DAYS + days
    )
    since = START + timedelta(days=WARM_UP_DAYS)
    until = since + timedelta(days=days)
    outage = tuple(since + timedelta(days=1, hours=hour) for hour in OUTAGE_HOURS)
    site = _Site(feeds, (outage[0], outage[1]))
    counts: Counter[str] = Counter()
    with _quiet(), LoopbackServer(site.response) as server:
        settings = Settings(
            data_dir=folder,
            base_url=server.base_url,
            feeds=tuple(feed.path for feed in feeds),
            listings=(),
            requests_per_second=0,
            attempts=1,
        )
        while site.now < until:
            hits = len(server.log)
            is_run = _poll(settings, site.now, is_adaptive=is_adaptive)
            if site.now >= since:
                counts["runs"] += is_run
                counts["requests"] += len(server.log) - hits
            site.now += ADAPTIVE if is_adaptive else FIXED
    with writer(DataPaths(folder), wait_seconds=0) as connection:
        rows = connection.table("listing_entries").project("listing_url, article_id, seen_at")
        seen = {(url.removeprefix(SITE), story): at for url, story, at in rows.fetchall()}
    # What came at the end may still be seen.
    published = [
        (feed.path, story, at)
        for feed in feeds
        for story, at in zip(feed.article_ids, feed.times, strict=True)
        if since <= at < until - timedelta(hours=2)
    ]
    lost = [at for path, story, at in published if (path, story) not in seen]
    found = [(one, at) for *one, at in published if tuple(one) in seen]
    return Week(
        schedule="adaptive" if is_adaptive else f"every {FIXED}",
        runs=counts["runs"],
        requests=counts["requests"],
        stories=len(published),
        lost=len(lost),
        lost_in_outage=sum(outage[0] - FIXED <= at < outage[1] + FIXED for at in lost),
        median_minutes=round(
            median((seen[path, story] - at).total_seconds() / 60 for (path, story), at in found), 1
        ),
    )


def _poll(settings: Settings, now: datetime, *, is_adaptive: bool) -> bool:
    """One run at that time, if anything is due."""
    run_id = f"{now:%Y%m%dT%H%M%SZ}-000000"
    run = Run(run_id=run_id, flow="ingest", started_at=now, settings=settings, clock=lambda: now)
    due = due_addresses(run) if is_adaptive else None
    if is_adaptive and due is None:
        return False

    async def poll() -> Path:
        async with open_client(run) as client:
            return (await discover.fn(run, client, due)).path

    try:
        path = asyncio.run(poll())
    except SiteUnreachableError:
        path = run.paths.staged / f"{run_id}-00000"
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, path, run_id=run_id)
    shutil.rmtree(path)
    return True


@contextmanager
def _quiet() -> Iterator[None]:
    """No log: an outage is part of the plan."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
