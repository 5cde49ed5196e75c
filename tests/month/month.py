"""Runs `wirehouse ingest` through a month, stops some of its runs, and says what came of it.

Each run is a process whose wall clock libfaketime sets; nothing of the program is replaced.
"""

import random
import resource
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from tests.command import Command
from tests.month.site import FEEDS, Incident, MonthSite
from tests.prefect_server import prefect_server

FIRST_AT = datetime(2026, 10, 19, tzinfo=UTC)
DAYS = 31
QUIET_DAYS = 21
STEP = timedelta(hours=2)
_LATE = timedelta(hours=30)  # what follows from an incident may show so long after it
_FULL_DISK_BYTES = 100_000  # no file may be larger


def incidents(quiet_until: datetime) -> tuple[Incident, ...]:
    """What goes wrong after the quiet weeks, one thing at a time."""

    def incident(name: str, day: float, hours: float, *opens: str, **rest: Any) -> Incident:
        starts_at = quiet_until + timedelta(days=day)
        return Incident(
            name=name,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours),
            opens=opens,
            **rest,
        )

    return (
        incident("outage", 0.2, 16, "run_failing", may_open=("last_run", "newest_story", "volume")),
        incident("silent feed", 1.5, 30, "feed_silent", within_hours=30, may_open=("volume",)),
        incident("broken feed", 3.2, 12, "feed_unusable", may_open=("run_failing", "volume")),
        incident("repaired feed", 4, 12, "feed_repaired"),
        incident(
            "captcha",
            4.8,
            14,
            "rejects",
            within_hours=12,
            may_open=("run_failing", "newest_story", "volume", "last_run", "layouts_unknown"),
        ),
        incident(
            "new layout",
            6,
            14,
            "layouts_unknown",
            within_hours=12,
            may_open=("coverage", "run_failing", "rejects", "volume", "newest_story", "last_run"),
        ),
        incident("clock skew", 7.2, 10, "clock_skew"),
        incident("robots.txt changed", 8, 200, "robots_changed"),
        incident("outage", 8.8, 8, "run_failing", may_open=("last_run", "newest_story", "volume")),
    )


@dataclass(kw_only=True)
class Outcome:
    """What came of the month: the promises not kept, the alerts and the counts."""

    failures: list[str] = field(default_factory=list)
    table: list[tuple[str, ...]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


def simulate(
    folder: Path, *, days: int = DAYS, quiet_days: int = QUIET_DAYS, kills: int = 10
) -> Outcome:
    """Run the month and check it."""
    until = FIRST_AT + timedelta(days=days)
    planned = incidents(FIRST_AT + timedelta(days=quiet_days))
    outcome, choose = Outcome(), random.Random(11)
    started = time.monotonic()
    with (
        MonthSite(folder / "site", first_at=FIRST_AT, days=days, incidents=planned) as site,
        prefect_server(folder / "prefect") as api_url,
    ):
        command = Command(
            data_dir=folder / "data",
            api_url=api_url,
            settings={
                "base_url": site.base_url, "feeds": ",".join(FEEDS), "listings": "",
                "requests_per_second": 0, "attempts": 1, "workers": 1, "timeout_seconds": 5,
                "recheck_window_hours": 6, "max_retry_after_seconds": 1,
            },
        )  # fmt: skip
        turns = int((until - FIRST_AT) / STEP)
        stopped = set(choose.sample(range(12, turns - 3), kills + 1))
        full_disk = stopped.pop()
        statuses: Counter[int] = Counter()
        for turn in range(1, turns + 1):
            site.now = FIRST_AT + turn * STEP
            if turn in stopped:
                _run(command, site.now, kill_after=choose.uniform(1, 6))
                site.now += timedelta(minutes=5)  # the schedule's next turn
            if turn == full_disk:
                status, err = _run(command, site.now, limit=_FULL_DISK_BYTES)
                if status != 1 or "Traceback" in err:
                    outcome.failures.append(f"a full disk is one message: {status} {err[-500:]}")
                site.now += timedelta(minutes=5)
            status, err = _run(command, site.now)
            statuses[status] += 1
            if "Traceback" in err:
                outcome.failures.append(f"{site.now}: {err[-2000:]}")
        _check(outcome, site, command.data_dir, planned)
    outcome.facts |= {"runs by exit status": dict(statuses), "kills": kills, "full disks": 1}
    outcome.facts["minutes"] = round((time.monotonic() - started) / 60)
    return outcome


def _run(
    command: Command, now: datetime, *, kill_after: float | None = None, limit: int | None = None
) -> tuple[int, str]:
    """One run at an instant: its exit status and what it wrote to standard error."""
    environment = {
        "LD_PRELOAD": str(files("libfaketime") / "vendor/libfaketime/src/libfaketime.so.1"),
        "FAKETIME": f"@{now:%Y-%m-%d %H:%M:%S}",
        "TZ": "UTC",
        "NO_FAKE_STAT": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    options: dict[str, Any] = {"env": environment, "start_new_session": True}
    if limit:
        options["preexec_fn"] = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    with command.start(**options) as process:
        if kill_after is not None:
            time.sleep(kill_after)
            process.send_signal(signal.SIGKILL)
        _, err = process.communicate()
    return process.returncode, err


def _check(
    outcome: Outcome, site: MonthSite, data_dir: Path, planned: tuple[Incident, ...]
) -> None:
    rows = _rows(data_dir, "select article_id, version from articles")
    expected = sorted(row["article_id"] for row in site.published)
    found = sorted(one for one, _ in rows)
    if missing := sorted({*expected} - {*found}):
        outcome.failures.append(f"{len(missing)} stories are lost: {missing[:9]}")
    if found != sorted({*found}) or {*found} - {*expected}:
        outcome.failures.append("stories are doubled or invented")
    if _rows(data_dir, "select 1 from runs where status = 'running'"):
        outcome.failures.append("a run is left open")
    alerts = _rows(
        data_dir, "select rule, subject, opened_at, closed_at from alerts order by opened_at, rule"
    )
    for incident in planned:
        for rule in incident.opens:
            _check_opened(outcome, incident, rule, alerts)
    for rule, subject, opened_at, closed_at in alerts:
        causes = [
            one.name
            for one in planned
            if rule in (*one.opens, *one.may_open)
            and one.starts_at <= opened_at < one.ends_at + _LATE
        ]
        if not causes:
            outcome.failures.append(f"{rule} ({subject}) opened falsely at {opened_at}")
        if closed_at is None and site.now - opened_at > 2 * _LATE:
            outcome.failures.append(f"{rule} ({subject}) of {opened_at} is still open")
        outcome.table.append(
            (
                f"{opened_at:%d %b %H:%M}",
                f"{closed_at:%d %b %H:%M}" if closed_at else "open",
                rule,
                subject,
                ", ".join(causes) or "none",
            )
        )
    outcome.facts |= {
        "stories": len(found),
        "requests": len(site.visits),
        "rejects": dict(
            _rows(data_dir, "select reason, count(*) from rejects group by all order by all")
        ),
    }


def _check_opened(
    outcome: Outcome, incident: Incident, rule: str, alerts: list[tuple[Any, ...]]
) -> None:
    latest = incident.starts_at + timedelta(hours=incident.within_hours)
    opened = [at for name, _, at, _ in alerts if name == rule and at >= incident.starts_at]
    if not opened or min(opened) > latest + STEP:
        outcome.failures.append(
            f"{incident.name} at {incident.starts_at}: {rule} did not open by {latest}, but at {opened[:1]}"
        )


def _rows(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql(query).fetchall()
