"""Ingests a site that goes wrong in every way until nothing is left, and checks what came of it."""

import json
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.known_listings import ARABIC_FEED, COUNTRY_FEEDS
from tasks.core.paths import DataPaths
from tasks.core.rejects import TRANSIENT
from tests.chaos.faulty_site import FaultySite
from tests.command import Command
from tests.site.server import PlayedFault, Visit

PER_SECOND, CONCURRENCY = 150, 4
SETTINGS = {
    "requests_per_second": PER_SECOND,
    "concurrency": CONCURRENCY,
    "timeout_seconds": 1,  # so that a response that stalls costs no more
    "deadline_seconds": 2,
    "max_retry_after_seconds": 2,
    "feeds": ",".join((*COUNTRY_FEEDS, ARABIC_FEED)),
    "listings": "",
    "recheck_window_hours": 0,
}
MAX_PASSES = 12
LATE_SECONDS = 0.25  # how late a request may be recorded, so that the next seems to come too soon
REST_HOURS = 300  # longer than any refused story rests
PAUSE_FAULT = "429-seconds"  # asks for a pause of one second


@dataclass(kw_only=True)
class Soak:
    """What came of it: each ingest's summary, the promises not kept, and counts."""

    summaries: list[dict[str, Any]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # visits of the site by the end of each ingest
    failures: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def require(self, promise: str, counterexamples: object) -> None:
        """Record a promise as broken if there is any counterexample."""
        if counterexamples:
            self.failures.append(f"{promise}: {str(counterexamples)[:500]}")


def soak(site: FaultySite, data_dir: Path, api_url: str) -> Soak:
    """Ingest until every story is there, once more, and check."""
    result = Soak()
    started = time.monotonic()
    settings = SETTINGS | {"base_url": site.base_url}
    command = Command(
        data_dir=data_dir, api_url=api_url, arguments=("ingest", "--json"), settings=settings
    )

    def ingest() -> None:
        result.summaries.append(json.loads(command.run().stdout.splitlines()[-1]))
        result.ends.append(len(site.visits))

    while len(result.summaries) < MAX_PASSES:
        ingest()
        if site.stories.keys() <= {
            row[0] for row in _rows(data_dir, "select article_id from articles")
        }:
            break
        # A refused story rests for hours; instead of waiting, the refusals are dated back.
        with duckdb.connect(DataPaths(data_dir=data_dir).writer_file) as warehouse:
            warehouse.execute(
                "update rejects set rejected_at = rejected_at - to_hours($hours)",
                {"hours": REST_HOURS},
            )
    ingest()
    result.facts["seconds"] = round(time.monotonic() - started)
    again = [visit.path for visit in site.visits[result.ends[-2] :] if _is_story(visit.path)]
    result.require("a story that is known is not requested again", again)
    _check_articles(result, site, data_dir)
    _check_rejects(result, site, data_dir)
    _check_requests(result, site)
    return result


def _is_story(path: str) -> bool:
    return path.split("/")[1].isdigit() or path.startswith("/arabic/")


def _rows(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(DataPaths(data_dir=data_dir).warehouse, read_only=True) as warehouse:
        return warehouse.sql(query).fetchall()


def _check_articles(result: Soak, site: FaultySite, data_dir: Path) -> None:
    rows = _rows(data_dir, "select article_id, title, body, version from articles")
    found = Counter(article_id for article_id, *_ in rows)
    result.require("every story is there", sorted(site.stories.keys() - found.keys()))
    result.require("nothing else is there", sorted(found.keys() - site.stories.keys()))
    result.require("each is there once", [one for one, count in found.items() if count > 1])
    wrong = []
    for article_id, *fields in rows:
        story = site.stories.get(article_id)
        if story is not None:
            body = story["body"]
            text = body if isinstance(body, str) else "\n".join(body)
            if fields != [story["title"], text, 1]:
                wrong.append(article_id)
    result.require("each is what the site printed, in its first version", wrong)
    ((versions,),) = _rows(data_dir, "select count(*) from article_versions")
    result.require("each has one text", versions != len(rows) and versions)
    result.facts["stories"] = len(rows)


def _check_rejects(result: Soak, site: FaultySite, data_dir: Path) -> None:
    """Each reject has a fault that explains it; each fault that lasts has a reject."""
    rows = _rows(data_dir, "select distinct url, reason, detail from rejects")
    rejects = {(url, reason) for url, reason, _ in rows}
    played = [one for one in site.played if one.fault.reason is not None]
    result.require("every reject has its fault", sorted(rejects - set(map(_cause, played))))
    result.require("a reject says more than its reason", [row for row in rows if not row[2]])
    lasting = {
        _cause(one)
        for one in played
        if one.fault.reason not in TRANSIENT and not _was_retried(result, site, one)
    }
    result.require("whatever can't be used is a reject", sorted(lasting - rejects))
    result.facts["rejects"] = dict(Counter(reason for _, reason, _ in rows).most_common())


def _was_retried(result: Soak, site: FaultySite, played: PlayedFault) -> bool:
    """Whether the same run requested it again, since the response never came through to it."""
    end = result.ends[bisect_right(result.ends, played.visit)]
    return any(visit.path == played.path for visit in site.visits[played.visit + 1 : end])


def _cause(played: PlayedFault) -> tuple[str, str]:
    return f"https://menafn.com{played.path}", str(played.fault.reason)


def _check_requests(result: Soak, site: FaultySite) -> None:
    visits = site.visits
    in_flight = max_in_flight([(visit.at, visit.held_until) for visit in visits])
    result.require("no more in flight than allowed", in_flight > CONCURRENCY and in_flight)
    in_a_second = max_in_a_second([visit.at for visit in visits])
    allowed = PER_SECOND * (1 + LATE_SECONDS) + 1
    result.require("no more a second than allowed", in_a_second > allowed and in_a_second)
    result.require("no cookie comes back", [one.path for one in visits if "cookie" in one.headers])
    result.require("no other port is used", site.was_other_port_used())
    hosts = {visit.headers["host"] for visit in visits}
    result.require("each names its host", hosts - {site.base_url.removeprefix("http://")})
    pauses = [visits[one.visit].at for one in site.played if one.fault.name == PAUSE_FAULT]
    result.require("none comes in a pause", requests_in_pauses(visits, pauses))
    faults = Counter(one.fault.name for one in site.played)
    result.facts |= {
        "requests": len(visits),
        "faults": faults.total(),
        "kinds of fault": len(faults),
        "most in flight": in_flight,
        "most in one second": in_a_second,
    }


def max_in_flight(spans: list[tuple[float, float]]) -> int:
    """The most requests whose response was outstanding at one time."""
    changes = [(start, 1) for start, _ in spans]
    changes += [(max(start, end), -1) for start, end in spans]
    most = current = 0
    for _, change in sorted(changes):
        current += change
        most = max(most, current)
    return most


def max_in_a_second(times: list[float]) -> int:
    """The most requests that came within any one second; their times in order."""
    return max(bisect_right(times, at + 1) - index for index, at in enumerate(times))


def requests_in_pauses(visits: list[Visit], pauses: list[float]) -> list[str]:
    """What was requested in the second after the site had asked for a pause."""
    times = [visit.at for visit in visits]
    return [
        visit.path
        for at in pauses
        for visit in visits[
            bisect_left(times, at + LATE_SECONDS) : bisect_right(times, at + 1 - LATE_SECONDS)
        ]
    ]
