"""Which feeds and listings carry a story, and the documents that come of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from math import ceil
from random import Random
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.feeds import ARABIC_FEED, FEED_NAMES, feed_document, feed_item
from tests.facsimile.site.links import link
from tests.facsimile.site.listings import (
    FEED_CODES,
    GENERAL,
    LISTING_PATHS,
    MOST_PAGES,
    PAGE_SIZE,
    REGIONS,
    Entry,
)
from tests.facsimile.site.planner import Shape
from tests.facsimile.site.sheet import Era, LinkForm, Sheet, listed_title

_FEED_SIZE = 47
_MOST_IN_FEED = 58
_MOST_COPIES = 4
_LISTED_ONLY = 0.13
_UNDATED_LISTED_ONLY = 0.3
_LISTED_TOO = 0.45
_CAPACITY = MOST_PAGES * PAGE_SIZE


class Placement:
    """Feeds, kept on disk while they grow, and listings; use it as a context manager.

    Attributes:
        listings: the entries of each listing by its section, oldest first.
        sizes: items in each feed.
    """

    def __init__(self, count: int, shape: Shape) -> None:
        self._shape = shape
        self._copies = 1
        if shape is Shape.SAMPLE:
            wanted = round(_FEED_SIZE * len(FEED_NAMES) / max(1, count * (1 - _LISTED_ONLY)))
            self._copies = min(_MOST_COPIES, max(1, wanted))
        self._most = max(_MOST_IN_FEED, ceil(1.3 * count / len(FEED_NAMES)))
        self.listings: dict[str, list[Entry]] = {name: [] for name in LISTING_PATHS}
        self.sizes: Counter[str] = Counter()
        self._stack = ExitStack()
        self._files: dict[str, IO[str]] = {}

    def __enter__(self) -> Self:
        for name in (*FEED_NAMES, ARABIC_FEED):
            file = TemporaryFile("w+", encoding="utf-8", newline="\n")
            self._files[name] = self._stack.enter_context(file)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def place(self, sheet: Sheet, random: Random) -> list[str]:
        """Puts a story into feeds and listings.

        Returns:
            Names of the feeds and listings that carry it.
        """
        feeds, listings = self._choose(sheet, random)
        forms = [form for form in sheet.links if form is not LinkForm.SOCIAL]
        for number, name in enumerate(feeds):
            form = forms[number % len(forms)]
            self.add_item(name, feed_item(sheet, form, sheet.story.article_id))
            if number == 0 and LinkForm.SOCIAL in sheet.links:
                twin = feed_item(sheet, LinkForm.SOCIAL, sheet.story.article_id)
                self.add_item(name, twin)
        for number, name in enumerate(listings, start=len(feeds)):
            address = link(sheet, forms[number % len(forms)])
            href = address.removeprefix(SITE) if random.random() < 0.5 else address
            self.listings[name].append(Entry(href=href, title=listed_title(sheet.story)))
        return [*feeds, *listings]

    def add_item(self, feed: str, item: str) -> None:
        """Appends an item, one line of XML, to a feed."""
        self._files[feed].write(item)
        self.sizes[feed] += 1

    def emptiest_feeds(self, most: int) -> list[str]:
        """The feeds with the fewest items."""
        return sorted(FEED_NAMES, key=lambda name: (self.sizes[name], name))[:most]

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every feed, newest item first."""
        for name, file in self._files.items():
            file.seek(0)
            yield name, feed_document(name, "".join(reversed(file.readlines())))

    def _choose(self, sheet: Sheet, random: Random) -> tuple[list[str], list[str]]:
        if self._shape is Shape.STORIES_ONLY:
            listings = self._listings(sheet, 1) if random.random() < 0.1 else []
            return self.emptiest_feeds(1), listings
        if sheet.story.language == "ar":
            is_fed = sheet.clock is not None
            return ([ARABIC_FEED] if is_fed else []), self._listings(sheet, random.randint(1, 2))
        if random.random() < _listed_only_share(sheet):
            listings = self._listings(sheet, max(len(sheet.links), random.randint(1, 2)))
            if len(listings) >= len(sheet.links):
                return [], listings
        listings = self._listings(sheet, 1) if random.random() < _LISTED_TOO else []
        return self._feeds(sheet), listings

    def _feeds(self, sheet: Sheet) -> list[str]:
        own = [name for name in sheet.story.countries if self.sizes[name] < self._most]
        others = [name for name in self.emptiest_feeds(len(FEED_NAMES)) if name not in own]
        copies = max(self._copies, len(sheet.links))
        return (own + others)[: max(copies, min(len(own), copies + 1))]

    def _listings(self, sheet: Sheet, most: int) -> list[str]:
        codes = [FEED_CODES[name] for name in sheet.story.countries if name in FEED_CODES]
        region = "ArabWorld" if codes else REGIONS[sheet.story.article_id % len(REGIONS)]
        fitting = [*dict.fromkeys((*codes, region, GENERAL))]
        free = [name for name in LISTING_PATHS if len(self.listings[name]) < _CAPACITY]
        own = sorted((name for name in fitting if name in free), key=self._filled)
        others = sorted((name for name in free if name not in fitting), key=self._filled)
        return (own[:2] + others)[:most]

    def _filled(self, name: str) -> tuple[int, str]:
        return len(self.listings[name]), name


def _listed_only_share(sheet: Sheet) -> float:
    """Pages without a time are kept out of feeds more often, so that worse witnesses are heard.

    Ids say too little of a day before 2018, so a story of then is always in a feed.
    """
    if sheet.era is Era.EARLY:
        return 0.0
    return _LISTED_ONLY if sheet.clock else _UNDATED_LISTED_ONLY
