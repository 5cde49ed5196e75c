"""The site as it stands at an instant of the month, with what is wrong with it then."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from tasks.archive.sample_site import RecordedResponse, Recording
from tests.site.build import build_site
from tests.site.faults import STORY_FAULTS
from tests.site.feeds import feed_date, feed_document, item
from tests.site.server import FakeSite, Fault
from tests.site.small import response

FEEDS = ("/rss/first.xml", "/rss/second.xml", "/rss/third.xml")
CAPTCHA = b"<html><head><title>Just a moment...</title></head><body>Are you human?</body></html>"
_STORIES_A_DAY = 75
_IN_A_FEED = 50  # items
# Faults that take their time would make the month a week.
_SLOW = ("drip", "stall", "waits", "endless", "hour", "redirect-chain")
_FAULTS_A_DAY = 2
_STORY_ELEMENT = b"ContentPlaceHolder1_div_story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that is wrong from one instant to another, and what alerts say of it."""

    name: str
    starts_at: datetime
    ends_at: datetime
    opens: tuple[str, ...]  # rules of which an alert has to open within `within_hours`
    within_hours: float = 4.0  # two polls
    may_open: tuple[str, ...] = ()

    def holds(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


class MonthSite(FakeSite):
    """Its feeds show what has been published; `now` and `incidents` say how it responds."""

    def __init__(
        self, folder: Path, *, first_at: datetime, days: int, incidents: Sequence[Incident]
    ) -> None:
        facts = build_site(folder, count=days * _STORIES_A_DAY, first_at=first_at)
        rows = [json.loads(line) for line in facts.articles.read_text().splitlines()]
        self.rows: list[dict[str, Any]] = [
            row | {"at": datetime.fromisoformat(row["published_at"])} for row in rows
        ]
        self.now = first_at
        self.incidents = incidents
        self._stories = {urlsplit(row["url"]).path for row in rows}
        super().__init__(Recording(facts.warc), _plan_faults(sorted(self._stories), days))

    @property
    def published(self) -> list[dict[str, Any]]:
        """The stories that the site has published by now, oldest first."""
        return sorted(
            (row for row in self.rows if row["at"] <= self.now), key=lambda row: row["at"]
        )

    def response(self, path: str) -> RecordedResponse:
        """What the site responds at this instant."""
        wrong = {incident.name for incident in self.incidents if incident.holds(self.now)}
        path = re.sub("^http://[^/]+", "", path)
        sound = super().response(path)
        if "outage" in wrong:
            sound = response(503)
        elif path in FEEDS:
            sound = self._feed(path, wrong)
        elif path == "/robots.txt":
            rule = "/private/" if "robots.txt changed" in wrong else "/admin/"
            sound = response(200, f"User-agent: *\nDisallow: {rule}\n".encode(), "text/plain")
        elif path in self._stories and "captcha" in wrong:
            sound = response(200, CAPTCHA)
        elif path in self._stories and "new layout" in wrong:
            sound = replace(sound, body=sound.body.replace(_STORY_ELEMENT, b"Story2027"))
        skew = 900 if "clock skew" in wrong else 0
        date = format_datetime(self.now + timedelta(seconds=skew), usegmt=True)
        headers = tuple(pair for pair in sound.headers if pair[0].lower() != "date")
        return replace(sound, headers=(*headers, ("Date", date)))

    def _feed(self, path: str, wrong: set[str]) -> RecordedResponse:
        number = FEEDS.index(path)
        if number == 1 and "broken feed" in wrong:
            return response(200, b"<html><body>Maintenance</body></html>")
        rows = [row for row in self.published if row["article_id"] % len(FEEDS) == number]
        for incident in self.incidents:
            if number == 0 and incident.name == "silent feed" and incident.holds(self.now):
                rows = [row for row in rows if row["at"] <= incident.starts_at]
        items = "".join(
            item(
                title=row["title"],
                address=row["url"],
                date=feed_date(row["at"], row["article_id"]),
                description="",
            )
            for row in reversed(rows[-_IN_A_FEED:])
        )
        document = feed_document(path, items)
        if number == 2 and "repaired feed" in wrong:
            document = document.replace(b"<title>", b"<title>\x0b & ", 2)
        return response(200, document, "application/rss+xml")


def _plan_faults(paths: Sequence[str], days: int) -> dict[str, list[Fault]]:
    """Of every kind that takes no time, on stories of the whole month, before they respond well."""
    quick = [fault for fault in STORY_FAULTS if not any(word in fault.name for word in _SLOW)]
    chosen = Random(11).sample(paths, _FAULTS_A_DAY * days)
    return {path: [quick[at % len(quick)]] for at, path in enumerate(chosen)}
