"""Makes a whole wire: pages, feeds, listings, errors and the rows that a reader must find."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import IO

from tests.facsimile.site.addresses import SITE, decomposed_path, story_path
from tests.facsimile.site.answers import Answer, document, page, redirect
from tests.facsimile.site.archive import WireArchive
from tests.facsimile.site.expected import Row, article_row, as_line, reject_row
from tests.facsimile.site.feeds import feed_date, feed_path, item
from tests.facsimile.site.furniture import Furniture
from tests.facsimile.site.links import link, old_path
from tests.facsimile.site.listings import LISTING_PATHS, listing_pages
from tests.facsimile.site.oddities import CHANGED_AT, Oddity, changed_at, oddities, robots_text
from tests.facsimile.site.page_aspnet import aspnet_page
from tests.facsimile.site.page_early import early_page
from tests.facsimile.site.page_spa import spa_page
from tests.facsimile.site.parts import Surroundings
from tests.facsimile.site.placement import Placement
from tests.facsimile.site.planner import Planner, Shape
from tests.facsimile.site.rails import Headline, Neighbours
from tests.facsimile.site.sheet import Delivery, Era, LinkForm, Sheet, sheet_of
from tests.facsimile.story import Story

_LAYOUTS = {Era.EARLY: early_page, Era.ASPNET: aspnet_page, Era.SPA: spa_page}
_SIZES = {Era.EARLY: (31_000, 62_000), Era.ASPNET: (34_000, 82_000), Era.SPA: (46_000, 97_000)}
_NEIGHBOURS = 64
_SLACK = 3_000
"""A page falls short of its size by less than one part of its filling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What kind of wire is to be made.

    Attributes:
        count: stories.
        seed: another seed makes another wire.
        shape: with every trap and odd address, or good stories only.
        page_bytes: smallest and largest page; by layout where it is `None`.
    """

    count: int
    seed: int
    shape: Shape
    page_bytes: tuple[int, int] | None = None


class Press:
    """Prints story pages, each with rails of the stories before it.

    Attributes:
        neighbours: the stories that rails show.
    """

    def __init__(self, plan: Plan) -> None:
        self.neighbours = Neighbours(())
        self.furniture = Furniture(plan.seed)
        self._plan = plan

    def print_page(self, sheet: Sheet, random: Random) -> str:
        """The HTML of one story page."""
        story = sheet.story
        low, high = self._plan.page_bytes or _SIZES[sheet.era]
        around = Surroundings(
            furniture=self.furniture,
            neighbours=self.neighbours,
            article_id=story.article_id,
            language=story.language,
            size=random.randint(low + _SLACK, high),
            random=random,
        )
        return _LAYOUTS[sheet.era](sheet, around)


class WireMaker:
    """Prints stories one after the other and keeps none of them.

    Attributes:
        totals: answers, articles and rejects so far.
        reasons: rejects by their reason.
    """

    def __init__(self, plan: Plan, archive: WireArchive, rows: IO[str], rejects: IO[str]) -> None:
        self.plan = plan
        self.archive = archive
        self.planner = Planner(plan.shape)
        self.totals: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self._rows = rows
        self._rejects = rejects
        self._press = Press(plan)

    def make(self, stories: Iterable[Story]) -> None:
        """Prints the whole wire."""
        source = iter(stories)
        first = list(islice(source, _NEIGHBOURS))
        for story in first:
            self._press.neighbours.add(headline(sheet_of(story)))
        with Placement(self.plan.count, self.plan.shape) as placement:
            for story in chain(first, source):
                self._story(story, placement)
            if self.plan.shape is Shape.SAMPLE:
                for number, oddity in enumerate(oddities()):
                    self._oddity(oddity, number, placement)
            self._add(document("/robots.txt", robots_text(), "text/plain", changed_at=CHANGED_AT))
            self._feeds(placement)
            self._listings(placement)

    def _story(self, story: Story, placement: Placement) -> None:
        random = Random(f"{self.plan.seed} {story.article_id}")
        sheet = self.planner.trapped(sheet_of(story), random)
        sections = placement.place(sheet, random)
        self._press.neighbours.add(headline(sheet))
        text = self._press.print_page(sheet, random)
        for answer in story_answers(sheet, text):
            self._add(answer)
        has_feed = any(name not in LISTING_PATHS for name in sections) and story.language == "en"
        row = article_row(sheet, sections, has_feed=has_feed)
        if sheet.reject is None:
            self._rows.write(as_line(row))
            self.totals["articles"] += 1
            self.totals[f"articles_{story.language}"] += 1
            self.totals["listed_only"] += all(name in LISTING_PATHS for name in sections)
            self.totals[f"dated_by_{row['published_at_basis']}"] += 1
        else:
            self._reject(reject_row(row["url"], story.article_id, "read", sheet.reject))

    def _oddity(self, oddity: Oddity, number: int, placement: Placement) -> None:
        for name in placement.emptiest_feeds(2):
            placement.add_item(name, _oddity_item(oddity, number))
        for answer in oddity.answers:
            self._add(answer)
        self._reject(reject_row(oddity.url, oddity.article_id, oddity.stage, oddity.reason))

    def _feeds(self, placement: Placement) -> None:
        for number, (name, body) in enumerate(placement.documents()):
            self._add(
                document(
                    feed_path(name),
                    body,
                    "text/xml" if number % 2 else "application/rss+xml; charset=utf-8",
                    changed_at=changed_at(number),
                    is_gzipped=number % 3 == 0,
                )
            )

    def _listings(self, placement: Placement) -> None:
        newest_first = {
            name: list(reversed(entries)) for name, entries in placement.listings.items()
        }
        random = Random(f"{self.plan.seed} listings")
        for number, (name, path) in enumerate(LISTING_PATHS.items()):
            pages = listing_pages(path, newest_first[name], self._press.furniture, random)
            for own, text in pages:
                self._add(page(own, text, Delivery(), changed_at=changed_at(number)))
        [(front, text), *_] = listing_pages(
            "/", newest_first["qn_news_sections"][:10], self._press.furniture, random
        )
        self._add(page(front, text, Delivery(), changed_at=CHANGED_AT))

    def _add(self, answer: Answer) -> None:
        self.archive.add(answer)
        self.totals["answers"] += 1

    def _reject(self, row: Row) -> None:
        self._rejects.write(as_line(row))
        self.totals["rejects"] += 1
        self.reasons[row["reason"]] += 1


def story_answers(sheet: Sheet, text: str) -> Iterator[Answer]:
    """A story's page, and a redirect to it from every other address that links it."""
    story = sheet.story
    path = story_path(story.article_id, sheet.slug, story.language)
    main = page(path, text, sheet.delivery, changed_at=story.published_at)
    yield main
    for form in sheet.links:
        other = _local(link(sheet, form))
        if other == path or other == decomposed_path(story.article_id, sheet.slug):
            continue
        if form is LinkForm.SLUGLESS and story.article_id % 2:
            yield Answer(url=SITE + other, status=200, headers=main.headers, body=main.body)
        elif form is LinkForm.OLD_SLUG:
            yield redirect(old_path(sheet), _location(path, story.article_id))
        else:
            yield redirect(other, SITE + path)


def _local(address: str) -> str:
    for host in (SITE, "http://www.menafn.com", "http://menafn.com"):
        if address.startswith(f"{host}/"):
            return address.removeprefix(host)
    raise ValueError(f"not an address of the site: {address}")


def _location(path: str, article_id: int) -> str:
    """The four ways in which a redirect may name another address of the site."""
    return (SITE + path, f"http://www.menafn.com{path}", path, f"//menafn.com{path}")[
        article_id % 4
    ]


def headline(sheet: Sheet) -> Headline:
    """A story as the rails of other pages show it."""
    story = sheet.story
    return Headline(
        article_id=story.article_id, title=sheet.title, slug=sheet.slug, language=story.language
    )


def _oddity_item(oddity: Oddity, number: int) -> str:
    return item(
        title=oddity.title,
        address=oddity.link,
        date=feed_date(CHANGED_AT, number),
        description=f"(MENAFN) {oddity.title}, officials said on Thursday. ...",
        picture=f"{SITE}/images/Menafn_SmallLogo.jpg",
    )


def write_summary(path: Path, maker: WireMaker) -> None:
    """Writes the totals of a wire as JSON."""
    summary = {
        "count": maker.plan.count,
        "seed": maker.plan.seed,
        "shape": maker.plan.shape.value,
        "totals": dict(sorted(maker.totals.items())),
        "rejects_by_reason": dict(sorted(maker.reasons.items())),
        "pages_by_trap": dict(sorted(maker.planner.counts.items())),
    }
    path.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
