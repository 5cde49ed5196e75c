"""Builds a site of any size: `python -m tests.site.build --out data/sample` remakes the sample.

That very command remakes the bundled sample byte for byte. Nothing but the last few headlines and
the feeds of the site is kept in memory, so that 100,000 stories take no more of it than 1,000.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import IO, Any

from tests.site.answers import (
    CAPTURED_AT,
    CHANGED_AT,
    SiteAnswer,
    SiteArchive,
    document,
    html_page,
    redirect,
)
from tests.site.calendar import FIRST_AT
from tests.site.dead_links import DeadLink, dead_links, robots_text
from tests.site.feeds import (
    GENERAL,
    LISTING_PATHS,
    Placement,
    feed_date,
    feed_path,
    item,
    listing_chunks,
)
from tests.site.newsroom import stories
from tests.site.page import SITE, LinkForm, StoryPage, article_row, link, page_of
from tests.site.render import Renderer, headline
from tests.site.story import Story, later_versions, sample_stories
from tests.site.traps import Shape, TrapPlanner

EXPECTED = Path(__file__).parent / "expected"
WARC_NAME = "wire.warc.gz"
LATER_STATES = {2: "revised", 3: "reverted"}
"""Later states of the sample site, each captured a day after the one before: `revised.warc.gz` is
served over `wire.warc.gz`, and `reverted.warc.gz` over both.
"""

_SEED = 11
_NEIGHBOURS = 64
_SMALL = 1_000
"""Sites up to this size are packed as tightly as gzip can, larger ones as fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a built site holds, and where.

    Attributes:
        warc: the capture, to be served.
        articles: the expected articles, one JSON object a line.
        rejects: the expected rejects, one JSON object a line.
        summary: totals, as JSON.
        answer_count: responses in the capture.
        article_count: expected articles.
        reject_count: expected rejects.
    """

    warc: Path
    articles: Path
    rejects: Path
    summary: Path
    answer_count: int
    article_count: int
    reject_count: int


def build_site(
    target: Path,
    *,
    count: int,
    seed: int = _SEED,
    shape: Shape = Shape.STORIES_ONLY,
    page_kb: tuple[int, int] | None = None,
    first_at: datetime = FIRST_AT,
) -> SiteFacts:
    """Build a site of invented stories.

    Args:
        target: folder for the capture, `wire.warc.gz`, and the expected rows, which are named
            after it: `small.jsonl`, `small_rejects.jsonl`, `small_summary.json`.
        count: stories.
        seed: another seed makes another site.
        shape: good stories only, all of them in feeds, or with every trap and dead link.
        page_kb: smallest and largest page in thousands of bytes; 31 to 97 by layout by default.
        first_at: no story is published before this instant's day on the site's clock.
    """
    page_bytes = (page_kb[0] * 1000, page_kb[1] * 1000) if page_kb else None
    source = stories(count, seed=seed, first_at=first_at)
    return _build(target, target, source, count, seed, shape, page_bytes)


def build_sample(target: Path, expected: Path) -> SiteFacts:
    """Build the sample from its stories, and the later states of its site."""
    made, written = list(sample_stories()), list(sample_stories("written.jsonl"))
    count = len(made) + len(written)
    facts = _build(target, expected, made, count, _SEED, Shape.SAMPLE, None, written)
    for state, name in LATER_STATES.items():
        captured_at = CAPTURED_AT + timedelta(days=state - 1)
        with (
            SiteArchive(target / f"{name}.warc.gz", level=9, captured_at=captured_at) as archive,
            (expected / f"sample_{name}.jsonl").open("w", encoding="utf-8") as rows,
        ):
            for page, text in _later_pages(made, written, state):
                for answer in story_answers(page, text):
                    archive.add(answer)
                rows.write(_as_line(article_row(page, [], has_feed=False)))
    return facts


def _later_pages(
    made: list[Story], written: list[Story], state: int
) -> Iterator[tuple[StoryPage, str]]:
    """Plain pages with the new texts; address, time and picture stay."""
    renderer = Renderer(_SEED)
    planner, plain = TrapPlanner(Shape.SAMPLE), TrapPlanner(Shape.STORIES_ONLY)
    first = {}
    for story in chain(made, written):
        random = Random(f"{_SEED} {story.article_id}")
        page = (plain if story in written else planner).add_traps(page_of(story), random)
        renderer.remember(headline(page))
        first[story.article_id] = page
    for article_id, changed in later_versions(state).items():
        random = Random(f"{_SEED} {article_id} revised")
        before = first[article_id]
        story = replace(before.story, **changed)
        page = TrapPlanner(Shape.STORIES_ONLY).add_traps(page_of(story), random)
        page = replace(page, slug=before.slug, picture=before.picture)
        yield page, renderer.story_page(page, random)


def _build(
    target: Path,
    expected: Path,
    source: Iterable[Story],
    count: int,
    seed: int,
    shape: Shape,
    page_bytes: tuple[int, int] | None,
    written: Iterable[Story] = (),
) -> SiteFacts:
    expected.mkdir(parents=True, exist_ok=True)
    rows = expected / f"{target.name}.jsonl"
    rejects = expected / f"{target.name}_rejects.jsonl"
    summary = expected / f"{target.name}_summary.json"
    with ExitStack() as stack:
        warc = target / WARC_NAME
        archive = stack.enter_context(SiteArchive(warc, level=9 if count <= _SMALL else 1))
        files = [
            stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            for path in (rows, rejects)
        ]
        placement = stack.enter_context(Placement(count, shape))
        builder = _Builder(archive, files[0], files[1], placement, Renderer(seed, page_bytes), seed)
        builder.build(source, written, shape)
    builder.write_summary(summary, {"count": count, "seed": seed, "shape": shape.value})
    return SiteFacts(
        warc=warc,
        articles=rows,
        rejects=rejects,
        summary=summary,
        answer_count=builder.totals["answers"],
        article_count=builder.totals["articles"],
        reject_count=builder.totals["rejects"],
    )


class _Builder:
    """Prints stories one after the other and keeps none of them."""

    def __init__(
        self,
        archive: SiteArchive,
        rows: IO[str],
        rejects: IO[str],
        placement: Placement,
        renderer: Renderer,
        seed: int,
    ) -> None:
        self.totals: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._archive = archive
        self._rows, self._rejects = rows, rejects
        self._placement, self._renderer = placement, renderer
        self._seed = seed

    def build(self, source: Iterable[Story], written: Iterable[Story], shape: Shape) -> None:
        """Print the whole site; the written stories come last and plainly."""
        planner, plain = TrapPlanner(shape), TrapPlanner(Shape.STORIES_ONLY)
        stories = iter(source)
        first = list(islice(stories, _NEIGHBOURS))
        for story in first:
            self._renderer.remember(headline(page_of(story)))
        for story in chain(first, stories):
            self._add_story(story, planner)
        for story in written:
            self._add_story(story, plain)
        self._traps = planner.counts + plain.counts
        if shape is Shape.SAMPLE:
            for number, dead in enumerate(dead_links()):
                self._add_dead_link(dead, number)
        self._add(document("/robots.txt", robots_text(), "text/plain"))
        self._add_feeds()
        self._add_listings()

    def write_summary(self, path: Path, settings: dict[str, Any]) -> None:
        """Write the totals as JSON."""
        summary = settings | {
            "totals": dict(sorted(self.totals.items())),
            "rejects_by_reason": dict(sorted(self._reasons.items())),
            "pages_by_trap": dict(sorted(self._traps.items())),
        }
        path.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def _add_story(self, story: Story, planner: TrapPlanner) -> None:
        random = Random(f"{self._seed} {story.article_id}")
        page = planner.add_traps(page_of(story), random)
        sections = self._placement.place(page, random)
        self._renderer.remember(headline(page))
        for answer in story_answers(page, self._renderer.story_page(page, random)):
            self._add(answer)
        fed = [name for name in sections if name not in LISTING_PATHS]
        row = article_row(page, sections, has_feed=bool(fed) and story.language == "en")
        if page.reject is not None:
            self._add_reject(row["url"], story.article_id, "read", page.reject)
            return
        self._rows.write(_as_line(row))
        self.totals["articles"] += 1
        self.totals[f"articles_{story.language}"] += 1
        self.totals["listed_only"] += not fed
        self.totals[f"dated_by_{row['published_at_basis']}"] += 1

    def _add_dead_link(self, dead: DeadLink, number: int) -> None:
        line = item(
            title=dead.title,
            address=dead.link,
            date=feed_date(CHANGED_AT, number),
            description=f"(MENAFN) {dead.title}, officials said on Thursday. ...",
        )
        for name in self._placement.emptiest_feeds(2):
            self._placement.add_item(name, line)
        for answer in dead.answers:
            self._add(answer)
        self._add_reject(dead.url, dead.article_id, dead.stage, dead.reason)

    def _add_feeds(self) -> None:
        for number, (name, body) in enumerate(self._placement.feeds()):
            kind = "text/xml" if number % 2 else "application/rss+xml; charset=utf-8"
            changed_at = CHANGED_AT + timedelta(minutes=number)
            is_gzipped = number % 3 == 0
            self._add(
                document(feed_path(name), body, kind, changed_at=changed_at, is_gzipped=is_gzipped)
            )

    def _add_listings(self) -> None:
        random = Random(f"{self._seed} listings")
        newest = {name: entries[::-1] for name, entries in self._placement.listings.items()}
        for number, (name, path) in enumerate(LISTING_PATHS.items()):
            for own, chunk, following in listing_chunks(path, newest[name]):
                text = self._renderer.listing_page(chunk, following, random)
                changed_at = CHANGED_AT + timedelta(minutes=number)
                self._add(html_page(own, text, changed_at=changed_at))
        front = self._renderer.listing_page(newest[GENERAL][:10], None, random)
        self._add(html_page("/", front))

    def _add(self, answer: SiteAnswer) -> None:
        self._archive.add(answer)
        self.totals["answers"] += 1

    def _add_reject(self, url: str, article_id: int | None, stage: str, reason: str) -> None:
        row = {"url": url, "article_id": article_id, "stage": stage, "reason": reason}
        self._rejects.write(_as_line(row))
        self.totals["rejects"] += 1
        self._reasons[reason] += 1


def story_answers(page: StoryPage, text: str) -> Iterator[SiteAnswer]:
    """A story's page, and a redirect to it from every other address that links it."""
    article_id = page.story.article_id
    main = html_page(page.path, text, page.delivery, changed_at=page.story.published_at)
    yield main
    # The four ways in which a redirect may name another address of the site.
    prefix = (SITE, "http://www.menafn.com", "", "//menafn.com")[article_id % 4]
    for form in page.links:
        path = link(page, form)
        for host in (SITE, "http://www.menafn.com", "http://menafn.com"):
            path = path.removeprefix(host)
        if path == page.path or form is LinkForm.DECOMPOSED:
            continue
        if form is LinkForm.SLUGLESS and article_id % 2:
            yield replace(main, url=SITE + path)
        elif form is LinkForm.OLD_SLUG:
            yield redirect(path, prefix + page.path)
        else:
            yield redirect(path, SITE + page.path)


def _as_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _kilobytes(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    return int(low), int(high or low)


def main() -> None:
    """Read the command line and build a site."""
    parser = argparse.ArgumentParser(description="Build the sample, or a site of invented news.")
    parser.add_argument("--out", type=Path, required=True, help="folder for wire.warc.gz")
    parser.add_argument("--count", type=int, help="stories, in place of the sample's")
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--shape", type=Shape, choices=list(Shape), default=Shape.STORIES_ONLY)
    parser.add_argument("--page-kb", type=_kilobytes, help="size of a page, e.g. 60-90")
    options = parser.parse_args()
    if options.count is None:
        facts = build_sample(options.out, EXPECTED)
    else:
        facts = build_site(
            options.out,
            count=options.count,
            seed=options.seed,
            shape=options.shape,
            page_kb=options.page_kb,
        )
    print(
        f"{facts.answer_count} answers in {facts.warc} ({facts.warc.stat().st_size:,} bytes): "
        f"{facts.article_count} articles and {facts.reject_count} rejects are expected"
    )


if __name__ == "__main__":
    main()
