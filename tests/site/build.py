"""Builds a site of any size: `python -m tests.site.build --out data/sample` remakes the sample.

That very command remakes the bundled sample byte for byte. Nothing but the last few headlines and
the feeds of the site is kept in memory, so that 100,000 stories take no more of it than 1,000.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import IO, Any

from tests.site.calendar import FIRST_AT
from tests.site.dead_links import dead_links, robots_text
from tests.site.feeds import (
    ARABIC_FEED,
    FEED_NAMES,
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
from tests.site.responses import (
    CAPTURED_AT,
    CHANGED_AT,
    Response,
    document,
    html_page,
    redirect,
    site_archive,
)
from tests.site.story import Story, later_versions, sample_stories
from tests.site.traps import Shape, TrapPlanner

EXPECTED = Path(__file__).parent / "expected"
# Later states of the sample site, each captured a day after the one before: `revised.warc.gz` is
# served over `wire.warc.gz`, and `reverted.warc.gz` over both.
LATER_STATES = {2: "revised", 3: "reverted"}

_SEED = 11
_NEIGHBOURS = 64
_SMALL = 1_000  # sites up to this size are packed as tightly as gzip can, larger ones as fast


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a built site holds, and where."""

    warc: Path  # the capture, to be served
    articles: Path  # the expected articles, one JSON object a line
    totals: Counter[str]  # `responses`, `articles`, `rejects`


def build_site(
    target: Path,
    *,
    count: int,
    seed: int = _SEED,
    page_kb: tuple[int, int] | None = None,
    first_at: datetime = FIRST_AT,
) -> SiteFacts:
    """Build a site of invented stories, all of them good and in feeds.

    The target is a folder for the capture, `wire.warc.gz`, and the expected rows, which are named
    after it: `small.jsonl`, `small_rejects.jsonl`, `small_summary.json`. `page_kb` are the smallest
    and largest page in thousands of bytes, 31 to 97 by layout by default. No story is published
    before the day of `first_at` on the site's clock.
    """
    page_bytes = (page_kb[0] * 1000, page_kb[1] * 1000) if page_kb else None
    renderer = Renderer(seed, page_bytes)
    builder = _Builder(seed=seed, shape=Shape.STORIES_ONLY, count=count, renderer=renderer)
    return builder.build(target, target, stories(count, seed=seed, first_at=first_at))


def build_sample(target: Path, expected: Path = EXPECTED) -> SiteFacts:
    """Build the sample from its stories, and the later states of its site."""
    made, written = list(sample_stories()), list(sample_stories("written.jsonl"))
    changes = {state: later_versions(state) for state in LATER_STATES}
    builder = _Builder(
        seed=_SEED, shape=Shape.SAMPLE, count=len(made) + len(written), renderer=Renderer(_SEED)
    )
    builder.kept = {article_id: None for changed in changes.values() for article_id in changed}
    facts = builder.build(target, expected, made, written)
    for state, name in LATER_STATES.items():
        captured_at = CAPTURED_AT + timedelta(days=state - 1)
        with (
            site_archive(target / f"{name}.warc.gz", level=9, captured_at=captured_at) as add,
            (expected / f"sample_{name}.jsonl").open("w", encoding="utf-8") as rows,
        ):
            for page, text in builder.later_pages(changes[state]):
                for response in story_responses(page, text):
                    add(response)
                rows.write(_as_line(article_row(page, [], has_feed=False)))
    return facts


@dataclass(kw_only=True)
class _Builder:
    """Prints stories one after the other and keeps none of them, but for those in `kept`."""

    seed: int
    shape: Shape
    count: int
    renderer: Renderer
    kept: dict[int, StoryPage | None] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def build(
        self, target: Path, expected: Path, source: Iterable[Story], written: Iterable[Story] = ()
    ) -> SiteFacts:
        """Print the whole site; the written stories come last and plainly."""
        expected.mkdir(parents=True, exist_ok=True)
        articles, warc = expected / f"{target.name}.jsonl", target / "wire.warc.gz"
        planner, plain = TrapPlanner(self.shape), TrapPlanner(Shape.STORIES_ONLY)
        with ExitStack() as stack:
            level = 9 if self.count <= _SMALL else 1
            self.archive = stack.enter_context(site_archive(warc, level=level))
            self.rows, self.rejects = (
                stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
                for path in (articles, expected / f"{target.name}_rejects.jsonl")
            )
            feeds: dict[str, IO[str]] = {
                name: stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
                for name in (*FEED_NAMES, ARABIC_FEED)
            }
            self.placement = Placement(self.count, self.shape, feeds)
            rest = iter(source)
            first = list(islice(rest, _NEIGHBOURS))
            for story in first:
                self.renderer.remember(headline(page_of(story)))
            for story in chain(first, rest):
                self._add_story(story, planner)
            for story in written:
                self._add_story(story, plain)
            if self.shape is Shape.SAMPLE:
                self._add_dead_links()
            self._add(document("/robots.txt", robots_text(), "text/plain"))
            self._add_feeds_and_listings()
        summary = {
            "totals": dict(sorted(self.totals.items())),
            "rejects_by_reason": dict(sorted(self.reasons.items())),
            "pages_by_trap": dict(sorted((planner.counts + plain.counts).items())),
        }
        path = expected / f"{target.name}_summary.json"
        path.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
        return SiteFacts(warc=warc, articles=articles, totals=self.totals)

    def later_pages(self, changes: dict[int, dict[str, Any]]) -> Iterator[tuple[StoryPage, str]]:
        """Plain pages of kept stories with their new texts; address, time and picture stay."""
        for article_id, changed in changes.items():
            before = self.kept[article_id]
            assert before is not None, "a later version is of a story of the sample"
            random = Random(f"{self.seed} {article_id} revised")
            story = replace(before.story, **changed)
            page = TrapPlanner(Shape.STORIES_ONLY).add_traps(page_of(story), random)
            page = replace(page, slug=before.slug, picture=before.picture)
            yield page, self.renderer.story_page(page, random)

    def _add_story(self, story: Story, planner: TrapPlanner) -> None:
        random = Random(f"{self.seed} {story.article_id}")
        page = planner.add_traps(page_of(story), random)
        sections = self.placement.place(page, random)
        self.renderer.remember(headline(page))
        if story.article_id in self.kept:
            self.kept[story.article_id] = page
        for response in story_responses(page, self.renderer.story_page(page, random)):
            self._add(response)
        fed = [name for name in sections if name not in LISTING_PATHS]
        row = article_row(page, sections, has_feed=bool(fed) and story.language == "en")
        if page.reject is not None:
            self._add_reject(row["url"], story.article_id, "read", page.reject)
            return
        self.rows.write(_as_line(row))
        self.totals["articles"] += 1
        self.totals[f"articles_{story.language}"] += 1
        self.totals["listed_only"] += not fed
        self.totals[f"dated_by_{row['published_at_basis']}"] += 1

    def _add_dead_links(self) -> None:
        for number, dead in enumerate(dead_links()):
            line = item(
                title=dead.title,
                address=dead.link,
                date=feed_date(CHANGED_AT, number),
                description=f"(MENAFN) {dead.title}, officials said on Thursday. ...",
            )
            for name in self.placement.emptiest_feeds(2):
                self.placement.add_item(name, line)
            for response in dead.responses:
                self._add(response)
            self._add_reject(dead.url, dead.article_id, dead.stage, dead.reason)

    def _add_feeds_and_listings(self) -> None:
        for number, (name, body) in enumerate(self.placement.feeds()):
            kind = "text/xml" if number % 2 else "application/rss+xml; charset=utf-8"
            self._add(
                document(
                    feed_path(name),
                    body,
                    kind,
                    changed_at=CHANGED_AT + timedelta(minutes=number),
                    is_gzipped=number % 3 == 0,
                )
            )
        random = Random(f"{self.seed} listings")
        newest = {name: entries[::-1] for name, entries in self.placement.listings.items()}
        for number, (name, path) in enumerate(LISTING_PATHS.items()):
            changed_at = CHANGED_AT + timedelta(minutes=number)
            for own, chunk, following in listing_chunks(path, newest[name]):
                text = self.renderer.listing_page(chunk, following, random)
                self._add(html_page(own, text, changed_at=changed_at))
        self._add(html_page("/", self.renderer.listing_page(newest[GENERAL][:10], None, random)))

    def _add(self, response: Response) -> None:
        self.archive(response)
        self.totals["responses"] += 1

    def _add_reject(self, url: str, article_id: int | None, stage: str, reason: str) -> None:
        row = {"url": url, "article_id": article_id, "stage": stage, "reason": reason}
        self.rejects.write(_as_line(row))
        self.totals["rejects"] += 1
        self.reasons[reason] += 1


def story_responses(page: StoryPage, text: str) -> Iterator[Response]:
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


def main() -> None:
    """Build the sample, or a site of so many stories."""
    parser = argparse.ArgumentParser(prog="python -m tests.site.build", description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for wire.warc.gz")
    parser.add_argument("--count", type=int, help="invented stories, in place of the sample's")
    options = parser.parse_args()
    count = options.count
    facts = build_sample(options.out) if count is None else build_site(options.out, count=count)
    print(f"{facts.warc}: {facts.warc.stat().st_size:,} bytes, {dict(facts.totals)}")


if __name__ == "__main__":
    main()
