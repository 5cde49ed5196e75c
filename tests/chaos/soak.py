"""Thousands of stories from a wire that goes wrong in every way: `python -m tests.chaos.soak`.

Real ingests run until nothing is left to be had; then the warehouse and the wire's own log are
held against what was promised.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.rejects import Reason
from tasks.core.settings import ARABIC_FEED, COUNTRY_FEEDS
from tests.chaos.faulty_site import FaultySite, faulty_site
from tests.prefect_server import prefect_server
from tests.site.server import PlayedFault, Visit

SETTINGS = {
    "requests_per_second": "150",
    "concurrency": "4",
    "timeout_seconds": "1",
    "deadline_seconds": "2",
    "max_retry_after_seconds": "2",
    "feeds": ",".join((*COUNTRY_FEEDS, ARABIC_FEED)),
    "listings": "",
    "recheck_window_hours": "0",
}
"""A second of patience, so that a stalled answer costs no more than that."""

MOST_PASSES = 12
LATE_SECONDS = 0.25
"""How late a request may be noted, so that the next seems to come too soon."""
_REST_HOURS = 300
"""Longer than any refused story rests."""


@dataclass(kw_only=True)
class Soak:
    """What came of it.

    Attributes:
        passes: what each ingest printed.
        ends: how many visits the wire had had at the end of each.
        seconds: from the first to the end of the last.
        failures: what was promised and not kept, one line each.
        facts: what was counted.
    """

    passes: list[dict[str, Any]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def require(self, promise: str, broken: object) -> None:
        """Note a promise as broken if there is anything that breaks it."""
        if broken:
            self.failures.append(f"{promise}: {str(broken)[:500]}")


def soak(wire: FaultySite, data_dir: Path, api_url: str) -> Soak:
    """Ingest until nothing is left, then judge.

    Args:
        wire: whom to ask.
        data_dir: a new folder.
        api_url: a Prefect server.
    """
    result = Soak()
    started = time.monotonic()
    while len(result.passes) < MOST_PASSES:
        result.passes.append(_ingest(wire, data_dir, api_url))
        result.ends.append(len(wire.visits))
        missing = wire.stories.keys() - _ids(data_dir)
        if not missing:
            break
        _let_time_pass(data_dir)
    result.seconds = time.monotonic() - started
    asked_before = len(wire.visits)
    result.passes.append(_ingest(wire, data_dir, api_url))
    result.ends.append(len(wire.visits))
    again = [visit.path for visit in wire.visits[asked_before:] if _is_story(visit.path)]
    result.require("a story that is known is not asked for again", again)
    _judge_warehouse(result, wire, data_dir)
    _judge_manners(result, wire)
    return result


def _ingest(wire: FaultySite, data_dir: Path, api_url: str) -> dict[str, Any]:
    told = SETTINGS | {"base_url": wire.base_url, "data_dir": str(data_dir)}
    done = subprocess.run(
        [Path(sys.executable).with_name("wirehouse"), "ingest", "--json"],
        env=os.environ
        | {"PREFECT_API_URL": api_url}
        | {f"WIREHOUSE_{name.upper()}": value for name, value in told.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the ingest left with {done.returncode}: {done.stderr}")
    summary: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return summary


def _let_time_pass(data_dir: Path) -> None:
    """A refused story rests for hours; here the refusals are put so far back instead."""
    with duckdb.connect(data_dir / "state" / "writer.duckdb") as warehouse:
        warehouse.execute(
            "update rejects set rejected_at = rejected_at - to_hours($hours)",
            {"hours": _REST_HOURS},
        )


def _rows(data_dir: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql(question).fetchall()


def _ids(data_dir: Path) -> set[int]:
    return {article_id for (article_id,) in _rows(data_dir, "select article_id from articles")}


def _judge_warehouse(result: Soak, wire: FaultySite, data_dir: Path) -> None:
    rows = _rows(data_dir, "select article_id, title, body, version from articles")
    found = Counter(article_id for article_id, *_ in rows)
    result.require("every story is there", sorted(wire.stories.keys() - found.keys()))
    result.require("nothing else is there", sorted(found.keys() - wire.stories.keys()))
    result.require("each is there once", [one for one, count in found.items() if count > 1])
    wrong = [
        article_id
        for article_id, title, body, version in rows
        if article_id in wire.stories
        and (title, body, version) != (*_expected(wire.stories[article_id]), 1)
    ]
    result.require("each is what the wire printed, and never was anything else", wrong)
    ((versions,),) = _rows(data_dir, "select count(*) from article_versions")
    result.require("one text each", versions != len(rows) and versions)
    _judge_rejects(result, wire, data_dir)
    result.facts["stories"] = len(rows)


def _expected(row: dict[str, Any]) -> tuple[str, str]:
    body = row["body"]
    return row["title"], body if isinstance(body, str) else "\n".join(body)


def _judge_rejects(result: Soak, wire: FaultySite, data_dir: Path) -> None:
    """Each reject has a fault that explains it; each fault that can't be had over has a reject."""
    rejects = _rows(data_dir, "select distinct url, reason, detail from rejects")
    played = {_cause(one) for one in wire.played if one.fault.reason is not None}
    told = {(url, reason) for url, reason, _ in rejects}
    result.require("no reject but for what the wire did", sorted(told - played))
    result.require("a reject says more than its reason", [row for row in rejects if not row[2]])
    settled = {_cause(one) for one in wire.played if not _was_asked_again(result, wire, one)}
    lasting = {one for one in played & settled if one[1] not in _PASSING}
    result.require("whatever can't be used is a reject", sorted(lasting - told))
    result.facts["rejects"] = dict(Counter(reason for _, reason, _ in rejects).most_common())


def _was_asked_again(result: Soak, wire: FaultySite, played: PlayedFault) -> bool:
    """Whether the same run tried once more, since the answer never came through to it."""
    visits, end = wire.visits, bisect_right(result.ends, played.visit)
    return any(visit.path == played.path for visit in visits[played.visit + 1 : result.ends[end]])


def _cause(played: PlayedFault) -> tuple[str, str]:
    return f"https://menafn.com{played.path}", str(played.fault.reason)


_PASSING = {
    *map(
        str,
        (Reason.SERVER_ERROR, Reason.RATE_LIMITED, Reason.BROKEN_TRANSFER, Reason.TIMED_OUT),
    )
}
"""Gone when the same run asks again, so that they need leave no trace."""


def _judge_manners(result: Soak, wire: FaultySite) -> None:
    visits = wire.visits
    per_second, concurrency = int(SETTINGS["requests_per_second"]), int(SETTINGS["concurrency"])
    in_flight = most_in_flight([(visit.at, visit.held_until) for visit in visits])
    fullest = most_in_a_second([visit.at for visit in visits])
    result.require("no more in flight than allowed", in_flight > concurrency and in_flight)
    allowed = per_second * (1 + LATE_SECONDS) + 1
    result.require("no more a second than allowed", fullest > allowed and fullest)
    result.require("no cookie comes back", [one.path for one in visits if "cookie" in one.headers])
    result.require("nobody is asked but the wire", wire.was_asked_elsewhere())
    hosts = {visit.headers["host"] for visit in visits}
    result.require("under its own name", hosts - {wire.base_url.removeprefix("http://")})
    result.require(
        "after a 429 with Retry-After it is quiet", asked_in_silence(visits, wire.silences)
    )
    faults = Counter(one.fault.name for one in wire.played)
    result.facts |= {
        "requests": len(visits),
        "faults": faults.total(),
        "kinds of fault": len(faults),
        "most in flight": in_flight,
        "most in one second": fullest,
    }


def most_in_flight(spans: list[tuple[float, float]]) -> int:
    """The most requests whose answer was outstanding at one time."""
    changes = [(start, 1) for start, _ in spans]
    changes += [(max(start, end), -1) for start, end in spans]
    most = current = 0
    for _, change in sorted(changes):
        current += change
        most = max(most, current)
    return most


def most_in_a_second(times: list[float]) -> int:
    """The most requests that came within any one second; their times in order."""
    return max(bisect_right(times, at + 1) - place for place, at in enumerate(times))


def asked_in_silence(visits: list[Visit], silences: list[float]) -> list[str]:
    """What was asked for while the wire had asked to be left alone for a second."""
    times = [visit.at for visit in visits]
    return [
        visit.path
        for at in silences
        for visit in visits[
            bisect_left(times, at + LATE_SECONDS) : bisect_right(times, at + 1 - LATE_SECONDS)
        ]
    ]


def _is_story(path: str) -> bool:
    return path.split("/")[1].isdigit() or path.startswith("/arabic/")


def main() -> int:
    """Soak and tell; leaves with 1 if a promise isn't kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.soak", description=__doc__)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--share", type=float, default=0.2, help="of answers that go wrong")
    parser.add_argument("--most", type=int, default=6, help="faults of one address")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            prefect_server(folder / "prefect") as api_url,
            faulty_site(
                folder / "wire", count=told.stories, share=told.share, most=told.most
            ) as wire,
        ):
            result = soak(wire, folder / "data", api_url)
    for name, value in (result.facts | {"seconds": round(result.seconds)}).items():
        print(f"{name}: {value}")
    for number, summary in enumerate(result.passes, 1):
        print(f"pass {number}: {json.dumps(summary)}")
    print(*result.failures or ["every promise is kept"], sep="\n")
    return 1 if result.failures else 0


if __name__ == "__main__":
    sys.exit(main())
