"""A schedule that is stopped in every way, on a site whose feeds grow, and what came of it."""

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from tasks.archive.sample_site import Recording
from tests.operations.served import Served
from tests.site.build import build_site
from tests.site.feeds import feed_document, item
from tests.site.server import FakeSite
from tests.site.small import response

EVERY_SECONDS = 15  # a pass ends within it, so that no turn is skipped
RECOVERY_SECONDS = 300  # a turn runs so soon after a stop
_FEED = "/rss/growing.xml"


def _signal_run(served: Served, number: signal.Signals) -> None:
    for process_id in served.run_process_ids():
        os.kill(process_id, number)


def _suspend(served: Served) -> None:
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for process_id in served.process_ids():
            os.kill(process_id, number)
        time.sleep(20 if number is signal.SIGSTOP else 0)


STOPS: dict[str, Callable[[Served], object]] = {
    "SIGTERM": lambda served: served.process.terminate(),
    "SIGKILL of everything": Served.kill,
    "SIGTERM to the group": lambda served: os.killpg(served.process.pid, signal.SIGTERM),
    "SIGKILL": lambda served: served.process.kill(),
    "SIGINT": lambda served: served.process.send_signal(signal.SIGINT),
    "SIGSTOP and SIGCONT": _suspend,
    "SIGHUP to the group": lambda served: os.killpg(served.process.pid, signal.SIGHUP),
    "SIGKILL of the run": lambda served: _signal_run(served, signal.SIGKILL),
    "SIGINT to the group": lambda served: os.killpg(served.process.pid, signal.SIGINT),
    "SIGTERM to the run": lambda served: _signal_run(served, signal.SIGTERM),
}
LASTING = {"SIGSTOP and SIGCONT", "SIGKILL of the run", "SIGTERM to the run"}


@dataclass(kw_only=True)
class Soak:
    """What came of it: the promises not kept, and how long turns took to come after each stop."""

    failures: list[str] = field(default_factory=list)
    recoveries: list[tuple[str, float]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    memory: list[tuple[int, float]] = field(default_factory=list)  # MiB after so many passes


class GrowingSite(FakeSite):
    """Its one feed lists a few stories more each time it is asked to."""

    def __init__(self, folder: Path, count: int) -> None:
        facts = build_site(folder, count=count)
        super().__init__(Recording(facts.warc))
        self.rows = [json.loads(line) for line in facts.articles.read_text().splitlines()]
        self.listed = 0

    def list_more(self, count: int) -> None:
        self.listed += count
        items = "".join(
            item(title=row["title"], address=row["url"], date=row["published_at"], description="")
            for row in self.rows[: self.listed]
        )
        self.replaced[_FEED] = response(200, feed_document("growing", items), "application/rss+xml")


def soak(folder: Path, *, passes: int, stops: int, every_seconds: float = EVERY_SECONDS) -> Soak:
    """Run so many passes with so many stops between them, and check."""
    with GrowingSite(folder / "site", count=2 * passes) as site:
        return _soak(site, folder / "data", passes, stops, every_seconds)


def _soak(site: GrowingSite, data_dir: Path, passes: int, stops: int, every_seconds: float) -> Soak:
    result, choose = Soak(), random.Random(11)
    settings = {
        "base_url": site.base_url,
        "data_dir": data_dir,
        "feeds": _FEED,
        "listings": "",
        "recheck_window_hours": 0,
        "schedule_minutes": every_seconds / 60,
        "max_poll_minutes": every_seconds / 60,  # so that each pass polls the feed
    }

    def wait_for_passes(served: Served, count: int) -> None:
        for done in range(completed_runs(data_dir), count):
            site.list_more(2)
            served.wait_for(
                "the next pass", partial(has_completed, data_dir, done + 1), RECOVERY_SECONDS
            )
            result.memory.append((done + 1, served.memory_mib()))

    started = time.monotonic()
    served = Served.start(data_dir, env={}, settings=settings)
    try:
        for number, name in zip(range(stops), cycle(STOPS)):
            wait_for_passes(served, passes * (number + 1) // (stops + 1))
            time.sleep(choose.uniform(0, every_seconds))
            before = completed_runs(data_dir)
            STOPS[name](served)
            if name not in LASTING:
                served.wait_until_ended()
                served = Served.start(data_dir, port=served.port, env={}, settings=settings)
            stopped = time.monotonic()
            wait_for_passes(served, before + 1)
            result.recoveries.append((name, round(time.monotonic() - stopped, 1)))
        wait_for_passes(served, passes)
        site.list_more(len(site.rows))
        wait_for_passes(served, completed_runs(data_dir) + 2)
        served.stop()
    finally:
        served.kill()
    result.facts["seconds"] = round(time.monotonic() - started)
    _check(result, site, data_dir, stops)
    return result


def completed_runs(data_dir: Path) -> int:
    """How many runs the readers' copy says have completed."""
    rows = _rows(data_dir, "select 1 from runs where status = 'completed'")
    return len(rows)


def has_completed(data_dir: Path, count: int) -> bool:
    return completed_runs(data_dir) >= count


def _check(result: Soak, site: GrowingSite, data_dir: Path, stops: int) -> None:
    rows = _rows(data_dir, "select article_id, version from articles")
    if sorted(row["article_id"] for row in site.rows) != sorted(one for one, _ in rows):
        result.failures.append(f"each story is there once: {sorted(rows)}")
    if any(version != 1 for _, version in rows):
        result.failures.append(f"no row is a revision: {sorted(rows)}")
    stories = {urlsplit(row["url"]).path for row in site.rows}
    requests = Counter(path for path in site.paths if path in stories)
    again = {path: count for path, count in requests.items() if count > 1}
    # A response that was on its way at a stop is requested again.
    if sum(again.values()) - len(again) > 4 * stops:
        result.failures.append(f"what was archived is not requested again: {again}")
    running = _rows(data_dir, "select run_id from runs where status = 'running'")
    if running:
        result.failures.append(f"no run is left open: {running}")
    result.facts |= {
        "stories": len(rows),
        "requested again": len(again),
        "runs": dict(_rows(data_dir, "select status, count(*) from runs group by all")),
    }


def _rows(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    if not (data_dir / "warehouse.duckdb").exists():
        return []
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql(query).fetchall()
