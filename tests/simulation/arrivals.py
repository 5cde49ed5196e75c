"""When a simulated site publishes in each feed: Gulf hours, two-hourly imports, bursts.

As on the real site half of the stories come with an import shortly after each odd hour, and a feed
shows only its newest. Every number follows from the seed.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

START = datetime(2025, 9, 7, tzinfo=UTC)  # a Sunday, the first day of work in the Gulf
FIRST_ID = 1_110_020_000
FEED_SIZE = 47

# Stories of each hour of the day in the Gulf, where the mean of a working day is one.
_HOURS = (
    0.15, 0.1, 0.1, 0.1, 0.15, 0.3, 0.7, 1.4, 2.2, 2.4, 2.2, 1.9,
    1.7, 1.5, 1.3, 1.1, 1.0, 1.0, 0.9, 0.9, 0.8, 0.7, 0.4, 0.25,
)  # fmt: skip
_GULF_HOURS = 3
_WEEKEND = (4, 5)  # Friday and Saturday
_WEEKEND_SHARE = 0.35
_BUSY = 3.0


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One feed: its stories by time, the oldest first."""

    path: str
    times: list[datetime] = field(default_factory=list)
    article_ids: list[int] = field(default_factory=list)

    def shown_at(self, now: datetime) -> list[tuple[int, datetime]]:
        """The stories that it shows then, with their times."""
        end = bisect_right(self.times, now)
        start = max(0, end - FEED_SIZE)
        return list(zip(self.article_ids[start:end], self.times[start:end], strict=True))

    def published(self, since: datetime, until: datetime) -> set[int]:
        """The stories of a span."""
        return set(
            self.article_ids[bisect_left(self.times, since) : bisect_left(self.times, until)]
        )


def simulate_feeds(
    hourly_means: dict[str, float], *, days: int, bursts: int = 2, seed: int = 7
) -> list[Feed]:
    """Feeds of so many stories an hour on a working day's average, by path.

    Those of three an hour get a wire's releases besides, 40 to 90 of them within a quarter of an
    hour, at an hour of its own of every working day; and some bursts of 30 to 60 in half an hour.
    """
    random = Random(seed)
    end = START + timedelta(days=days)
    stories: list[tuple[datetime, str]] = []
    for path, mean in hourly_means.items():
        for hour in range(-24, days * 24):
            begins = START + timedelta(hours=hour)
            is_weekend = (begins + timedelta(hours=_GULF_HOURS)).weekday() in _WEEKEND
            expected = mean * _HOURS[(begins.hour + _GULF_HOURS) % 24]
            expected *= _WEEKEND_SHARE if is_weekend else 1
            spread = [random.uniform(0, 60) for _ in range(_poisson(random, expected / 2))]
            imported = [random.uniform(2, 5) for _ in range(_poisson(random, expected))]
            minutes = spread + (imported if begins.hour % 2 else [])
            stories += [(begins + timedelta(minutes=minute), path) for minute in minutes]
        if mean < _BUSY:
            continue
        release_hour = random.randint(5, 13)
        for day in range(days):
            begins = START + timedelta(days=day, hours=release_hour, minutes=random.uniform(0, 10))
            if begins.weekday() not in _WEEKEND:
                minutes = [random.uniform(0, 15) for _ in range(random.randint(40, 90))]
                stories += [(begins + timedelta(minutes=minute), path) for minute in minutes]
        for _ in range(bursts):
            begins = START + timedelta(days=random.uniform(0, days))
            minutes = [random.uniform(0, 30) for _ in range(random.randint(30, 60))]
            stories += [(begins + timedelta(minutes=minute), path) for minute in minutes]
    feeds = {path: Feed(path=path) for path in hourly_means}
    for number, (at, path) in enumerate(sorted(one for one in stories if one[0] < end)):
        feeds[path].times.append(at.replace(microsecond=0))
        feeds[path].article_ids.append(FIRST_ID + number)
    return list(feeds.values())


def _poisson(random: Random, mean: float) -> int:
    """How many events of a Poisson process of rate one come within `mean`."""
    count, passed = 0, random.expovariate(1)
    while passed < mean:
        count, passed = count + 1, passed + random.expovariate(1)
    return count
