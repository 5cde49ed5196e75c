"""What polls of an invented site leave in the tables of a warehouse, week after week."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from math import cos, exp, pi
from random import Random
from typing import Any

import pyarrow as pa

from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.run_end import update_alerts
from tests.sql.records import make_run

START = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday
POLL = timedelta(minutes=30)
FEEDS = {"Kuwait": 24.0, "Qatar": 8.0, "Yemen": 2.0}  # stories an hour, at most
ROBOTS = "https://menafn.com/robots.txt"

# What no rule reads.
_FIXED = {
    "ops.articles": "'' as url, 'en' as language, 'A' as title, 'B' as body, 'page' as "
    "published_at_basis, 1 as word_count, '' as body_sha256, 1 as version, 0 as cluster_id, "
    "first_seen_at as last_seen_at, '' as capture_id, '' as extractor_version, false as "
    "is_stock_image, []::varchar[] as text_defects, first_seen_at as last_checked_at",
    "main.article_versions": "'A' as title, 'B' as body, '' as body_sha256, seen_at as "
    "published_at, '' as capture_id, seen_at as valid_from",
    "main.captures": "'' as warc_path, 0 as warc_offset, 20000 as body_bytes, uuid() as capture_id",
    "main.listing_entries": "'' as url, '' as section, seen_at as last_seen_at, '' as capture_id",
    "ops.mentions": "'x' as entity_id, 'body' as part, 0 as start_char, 1 as end_char, 'B' as "
    "surface, 'x' as recogniser",
    "ops.article_figures": "'body' as part, 0 as start_char, 1 as end_char, 'B' as surface, "
    "'ticker' as kind",
    "ops.feed_polls": "[]::bigint[] as article_ids, '' as capture_id",
    "ops.listing_validators": "null as etag",
    "ops.loads": "0 as discovered, 0 as mentions, 0 as fetched, 0 as inserted",
    "main.runs": "'ingest' as flow, 0 as discovered, 0 as fetched, 0 as not_modified, 0 as "
    "extracted, 0 as inserted, 0 as updated, 0 as unchanged, 0 as rejected, 0 as mentions, "
    "'https://menafn.com' as base_url, 'UTC' as timezone",
}


def feed_url(name: str) -> str:
    return f"https://menafn.com/rss/menafn_{name}.xml"


class History:
    """Polls one after the other, some of them with something wrong."""

    def __init__(
        self, connection: Connection, paths: DataPaths, now: datetime = START, **settings: Any
    ) -> None:
        self.now = now
        self.connection = connection
        self._random = Random(7)
        self._rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._article_id = 1109916091 + int((now - START).total_seconds())
        self.run = make_run(
            paths.data_dir,
            feeds=[feed_url(name) for name in FEEDS],
            # by default the disk of this machine, which is none of the history's, counts for nothing
            **({"alert_thresholds": ("disk=off",)} | settings),
        )

    def poll(self, faults: Collection[str] = (), *, after: timedelta = POLL) -> None:
        """Half an hour or another time, and what the run at its end brings."""
        self.now += after
        self._hours = after.total_seconds() / 3600
        run_id = f"{self.now:%Y%m%dT%H%M%SZ}-000000"
        status = "failed" if "failing run" in faults else "completed"
        if "no runs" in faults:
            return
        ends = {"started_at": self.now - timedelta(minutes=3), "finished_at": self.now}
        self._add("main.runs", run_id=run_id, status=status, **ends)
        if status == "failed":
            return
        self._capture(ROBOTS, run_id, content="new" if "robots" in faults else "old")
        fresh = [one for name in FEEDS for one in self._poll_feed(name, run_id, faults)]
        count = len(fresh)
        is_unknown, is_rejected = "layouts" in faults, "rejects" in faults
        revisions = 0 if "revisions" in faults else self._poisson(3 * self._hours)
        for article_id in fresh[:revisions]:
            self._add("main.article_versions", article_id=article_id, version=2, seen_at=self.now)
        self._add(
            "ops.loads",
            batch_id=f"{run_id}-00001",
            run_id=run_id,
            loaded_at=self.now,
            extracted=0 if is_rejected else count,
            rejected=count if is_rejected else self._poisson(0.02 * count),
            not_modified=30,
            updated=revisions,
            unchanged=2,
            unknown_layout=count if is_unknown else 0,
        )

    def _poll_feed(self, name: str, run_id: str, faults: Collection[str]) -> list[int]:
        """Add the new stories of a feed; their ids."""
        url = feed_url(name)
        is_silent = f"silent {name}" in faults or "silent" in faults
        scale = 0.0 if is_silent else 0.3 if "quiet" in faults else 1.0
        count = self._poisson(FEEDS[name] * self._hours * self._share_of_day() * scale)
        is_empty = f"empty {name}" in faults
        self._capture(url, run_id, status=200 if count or is_empty else 304)
        if is_empty:
            return []
        self._add("ops.listing_validators", url=url, checked_at=self.now)
        if count:
            repair = "an entity" if f"broken {name}" in faults else None
            self._add(
                "ops.feed_polls", feed_url=url, polled_at=self.now, run_id=run_id, repair=repair
            )
        fresh = []
        for _ in range(count):
            self._article_id += 1
            fresh.append(self._article_id)
            key = {"article_id": self._article_id, "run_id": run_id}
            published = self.now - timedelta(hours=self._random.uniform(0, self._hours))
            self._add("main.listing_entries", **key, listing_url=url, seen_at=self.now)
            self._add(
                "ops.articles", **key, provider=name, published_at=published, first_seen_at=self.now
            )
            for table, usual in (("ops.mentions", 9), ("ops.article_figures", 3)):
                few = usual / 10 if "coverage" in faults else usual
                for _ in range(self._poisson(few)):
                    self._add(table, article_id=self._article_id)
        return fresh

    def evaluate(self, **measured: float) -> set[tuple[str, str]]:
        """Update the alerts as the run that has just ended would; rule and subject of the open."""
        with transaction(self.connection):
            for table, rows in self._rows.items():
                # A feed has one row of these, the newest.
                kept = rows[-len(FEEDS) :] if table == "ops.listing_validators" else rows
                self.connection.register("given", pa.Table.from_pylist(kept))
                verb = "insert or replace" if kept is not rows else "insert"
                self.connection.execute(
                    f"{verb} into {table} by name select *, {_FIXED[table]} from given"
                )
        self._rows.clear()
        self.run.measured.update(measured)
        update_alerts(self.connection, self.run, now=self.now)
        return self.open()

    def open(self) -> set[tuple[str, str]]:
        rows = self.connection.execute("select rule, subject from alerts where closed_at is null")
        return set(rows.fetchall())

    def count_alerts(self, rule: str, subject: str) -> int:
        """How many of a rule there have been about something."""
        return len(
            self.connection.table("alerts").filter(f"rule = '{rule}' and subject = '{subject}'")
        )

    def _capture(self, url: str, run_id: str, *, status: int = 200, content: str = "") -> None:
        facts = {"fetched_at": self.now, "status": status, "payload_sha256": content}
        self._add("main.captures", url=url, run_id=run_id, **facts)

    def _add(self, table: str, **row: Any) -> None:
        self._rows[table].append(row)

    def _share_of_day(self) -> float:
        """Of the busiest hour: nights and weekends are quiet."""
        weekday = 0.35 if self.now.isoweekday() >= 6 else 1.0
        return weekday * (0.53 - 0.47 * cos(2 * pi * (self.now.hour - 2) / 24))

    def _poisson(self, mean: float) -> int:
        count, chance, drawn = 0, exp(-mean), self._random.random()
        total = chance
        while drawn > total and count < 1000:
            count += 1
            chance *= mean / count
            total += chance
        return count
