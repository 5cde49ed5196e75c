"""One function a promise: each prepares its wire, measures, and says what it found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from tests.benchmarks.loops import PLAIN, TUNED, pages_per_second, rate
from tests.benchmarks.names import seconds_per_word
from tests.benchmarks.pages import read_story, story_pages
from tests.benchmarks.processes import Pass, ingest, wire
from tests.benchmarks.warehouses import fill

ROUNDS = 3
PAGES = 2_000
MANY_PAGES = 20_000
KNOWN = 10_000
NEW = 2_000
WITHOUT_ENTITIES = "none"
_WORDS = 500
FEW_ARTICLES, MANY_ARTICLES = 1_000, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the table.

    Attributes:
        promise: what is measured.
        found: the figure itself.
        wanted: the bound, as text.
        holds: whether the figure keeps it.
        detail: the figures it was made of.
    """

    promise: str
    found: str
    wanted: str
    holds: bool
    detail: str


def end_to_end(folder: Path, api_url: str, warc: Path) -> Iterator[Finding]:
    """Pages per second of whole ingests over those of the plain loops, in turn with them."""
    pages = [page.body for page in islice(story_pages(warc), ROUNDS * 160)]
    plain, tuned, whole = [], [], []
    with wire(warc) as base_url:
        for turn in range(ROUNDS):
            plain.append(pages_per_second(pages[turn * 40 :][:40], PLAIN))
            tuned.append(pages_per_second(pages[turn * 160 :][:160], TUNED))
            ingested = ingest(base_url, folder / f"turn-{turn}", api_url=api_url)
            whole.append(_pages_per_second(ingested))
    for name, loop, least in (("plain", plain, 8), ("tuned", tuned, 2)):
        ratio = median(one / other for one, other in zip(whole, loop, strict=True))
        yield Finding(
            promise=f"ingest of {PAGES:,} pages over the {name} loop",
            found=f"{ratio:.1f} x",
            wanted=f">= {least}",
            holds=ratio >= least,
            detail=f"{median(whole):.0f} over {median(loop):.1f} pages/s",
        )


def reader(warc: Path) -> Iterator[Finding]:
    """Pages per second and core of the reader over those of the plain loops, in turn with them."""
    pages = list(islice(story_pages(warc), ROUNDS * 160))
    plain, tuned, ours = [], [], []
    for turn in range(ROUNDS):
        some = pages[turn * 160 :][:160]
        plain.append(pages_per_second([page.body for page in some[:40]], PLAIN))
        tuned.append(pages_per_second([page.body for page in some], TUNED))
        ours.append(rate(some, read_story))
    for name, loop, least in (("plain", plain, 12.0), ("tuned", tuned, 2.5)):
        ratio = median(one / other for one, other in zip(ours, loop, strict=True))
        yield Finding(
            promise=f"reading a page, per core, over the {name} loop",
            found=f"{ratio:.1f} x",
            wanted=f">= {least:g}",
            holds=ratio >= least,
            detail=f"{median(ours):.0f} over {median(loop):.1f} pages/s",
        )


def known_stories(folder: Path, api_url: str, warc: Path) -> Iterator[Finding]:
    """How long a pass takes that finds nothing new."""
    with wire(warc) as base_url:
        first = ingest(base_url, folder / "known", api_url=api_url)
        second = ingest(base_url, folder / "known", api_url=api_url)
    seconds = float(second.summary["seconds"])
    fetched = int(second.summary["fetched"])
    yield Finding(
        promise=f"a pass over {first.summary['inserted']:,} known stories",
        found=f"{seconds:.2f} s",
        wanted="< 3 s, none fetched",
        holds=seconds < 3 and fetched == 0,
        detail=f"{fetched} fetched; {second.wall_seconds:.1f} s with Python's and Prefect's start",
    )


def growth(folder: Path, api_url: str, warc: Path) -> Iterator[Finding]:
    """What a new article costs in a large warehouse over what it costs in a small one."""
    costs: dict[int, list[float]] = {FEW_ARTICLES: [], MANY_ARTICLES: []}
    filled = {count: fill(folder / f"filled-{count}", count) for count in costs}
    with wire(warc) as base_url:
        for turn in range(ROUNDS):
            for count, cost in costs.items():
                data_dir = filled[count].copied(folder / f"grown-{count}-{turn}")
                ingested = ingest(base_url, data_dir, api_url=api_url)
                cost.append(float(ingested.summary["seconds"]) / NEW)
    ratio = median(costs[MANY_ARTICLES]) / median(costs[FEW_ARTICLES])
    yield Finding(
        promise=f"cost of a new article at {MANY_ARTICLES:,} over at {FEW_ARTICLES:,}",
        found=f"{ratio:.2f} x",
        wanted="<= 1.2",
        holds=ratio <= 1.2,
        detail=" over ".join(f"{median(cost) * 1000:.1f} ms" for cost in reversed(costs.values())),
    )


def names_and_figures() -> Iterator[Finding]:
    """Articles of 500 words that one core takes from text to names, figures and entities."""
    seconds = _WORDS * seconds_per_word()
    yield Finding(
        promise=f"articles of {_WORDS} words through recogniser, rules, linking, figures",
        found=f"{1 / seconds:.0f} a second and core",
        wanted=">= 90",
        holds=1 / seconds >= 90,
        detail=f"{seconds * 1000:.1f} ms of processor time each",
    )


def with_entities(folder: Path, api_url: str, warc: Path) -> Iterator[Finding]:
    """How long an ingest takes with names and figures over one without, in turn."""
    taken: dict[str, list[float]] = {"builtin": [], WITHOUT_ENTITIES: []}
    with wire(warc) as base_url:
        for turn in range(ROUNDS):
            for recogniser, seconds in taken.items():
                data_dir = folder / f"{recogniser}-{turn}"
                ingested = ingest(base_url, data_dir, api_url=api_url, recogniser=recogniser)
                seconds.append(float(ingested.summary["seconds"]))
    ratio = median(one / other for one, other in zip(*taken.values(), strict=True))
    yield Finding(
        promise=f"ingest of {PAGES:,} pages with entities over one without",
        found=f"{ratio:.2f} x",
        wanted="<= 1.5",
        holds=ratio <= 1.5,
        detail=" over ".join(f"{median(seconds):.1f} s" for seconds in taken.values()),
    )


def watched(data_dir: Path, api_url: str, warc: Path) -> Pass:
    """One ingest of a whole wire."""
    with wire(warc) as base_url:
        return ingest(base_url, data_dir, api_url=api_url, watched=True)


def memory(small: Pass, large: Pass) -> Iterator[Finding]:
    """Peak memory of the whole process tree for many pages over that for few."""
    ratio = large.peak_bytes / small.peak_bytes
    yield Finding(
        promise=f"peak memory for {MANY_PAGES:,} pages over {PAGES:,}",
        found=f"{ratio:.2f} x",
        wanted="<= 1.2",
        holds=ratio <= 1.2,
        detail=f"{large.peak_bytes / 2**20:.0f} over {small.peak_bytes / 2**20:.0f} MiB",
    )


def _pages_per_second(ingested: Pass) -> float:
    return float(ingested.summary["extracted"] / ingested.summary["seconds"])
