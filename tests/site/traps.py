"""Every trap of the site, and which of them a page holds: spread evenly, by chance that repeats."""

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from random import Random

from tests.site.page import Delivery, LinkForm, PageLayout, StoryPage
from tests.site.page_traps import BROKEN_TRAPS, CREDIT_TRAPS, PAGE_TRAPS
from tests.site.text_traps import TEXT_TRAPS
from tests.site.trap import (
    Applies,
    Trap,
    always,
    apply_trap,
    has_token,
    is_arabic,
    is_english,
    is_syndicated,
    is_syndicated_english,
    trap,
)


class Shape(StrEnum):
    """What kind of site is made: with every trap and odd address, or good stories only."""

    SAMPLE = "sample"
    STORIES_ONLY = "stories-only"


def _is_early(page: StoryPage) -> bool:
    return page.layout is PageLayout.EARLY and is_english(page)


def _is_late(page: StoryPage) -> bool:
    return page.layout is not PageLayout.EARLY and is_english(page)


def _delivered(
    name: str, seen: str, delivery: Delivery, applies: Applies = always, weight: float = 1.0
) -> Trap:
    return trap("delivery", name, seen, applies, weight=weight, delivery=delivery)


def _linked(name: str, seen: str, applies: Applies, *forms: LinkForm) -> Trap:
    return trap("link", name, seen, applies, links=forms)


_DELIVERY_TRAPS = (
    _delivered("gzipped", "answers packed with gzip", Delivery(is_gzipped=True), weight=5),
    _delivered(
        "header-says-windows-1252",
        "invented: UTF-8 bytes, a header that says windows-1252",
        Delivery(header="windows-1252"),
    ),
    _delivered(
        "header-says-iso-8859-1",
        "invented: UTF-8 bytes, a header that says iso-8859-1",
        Delivery(header="ISO-8859-1"),
    ),
    _delivered(
        "header-names-no-charset",
        "invented: no charset in the header; the page names it",
        Delivery(header=None),
    ),
    _delivered(
        "meta-disagrees",
        "invented: UTF-8 bytes and header, a meta element that says windows-1256",
        Delivery(meta="windows-1256"),
    ),
    _delivered(
        "windows-1256",
        "invented: a page that truly is in windows-1256 and says so",
        Delivery(charset="windows-1256", header="windows-1256", meta="windows-1256"),
        is_arabic,
        weight=0.25,
    ),
)

_LINK_TRAPS = (
    _linked(
        "link-on-www-over-http",
        "`http://www.menafn.com/...?src=RSS` of 2015 to 2017",
        _is_early,
        LinkForm.HTTP_WWW,
    ),
    _linked("link-over-http", "`http://menafn.com/...?src=RSS`", _is_early, LinkForm.HTTP),
    _linked(
        "legacy-link",
        "`qn_news_story_s.aspx?storyid=...&title=...`",
        _is_early,
        LinkForm.LEGACY,
    ),
    _linked(
        "legacy-link-in-odd-case",
        "the same with `storyID` and `Title`",
        _is_early,
        LinkForm.LEGACY_ODD_CASE,
    ),
    _linked("feed-suffix", "`?src=RSS` on a feed's link", is_english, LinkForm.SRC_RSS),
    _linked(
        "social-twin",
        "a second item, `?Social=on`, its headline followed by hashtags",
        _is_late,
        LinkForm.BARE,
        LinkForm.SOCIAL,
    ),
    _linked(
        "link-without-slug",
        "the id alone, beside the full form elsewhere",
        _is_late,
        LinkForm.SLUGLESS,
        LinkForm.BARE,
    ),
    _linked(
        "link-with-old-slug",
        "invented: linked by an earlier headline, moved for good",
        lambda page: _is_late(page) and is_syndicated_english(page),
        LinkForm.OLD_SLUG,
    ),
    _linked(
        "link-with-decomposed-letters",
        "Arabic addresses with hamza letters decomposed",
        is_arabic,
        LinkForm.DECOMPOSED,
    ),
)

REGISTRY: dict[str, Trap] = {
    one.name: one
    for one in (
        *TEXT_TRAPS,
        *CREDIT_TRAPS,
        *PAGE_TRAPS,
        *_DELIVERY_TRAPS,
        *_LINK_TRAPS,
        *BROKEN_TRAPS,
    )
}
"""Every trap by its name, in the order in which they are applied."""

# The share of pages that hold one of a slot's traps, of those that can. What the story itself
# brings along (its dateline, sign-off, byline, second credit) is always printed.
_SHARES = {
    "damage": 0.3,
    "breaks": 0.12,
    "summary": 0.6,
    "links": 0.75,
    "insert": 0.15,
    "flow": 0.45,
    "spelling": 0.3,
    "credit": 0.4,
    "second-credit": 1.0,
    "byline": 1.0,
    "dateline": 1.0,
    "sign-off": 1.0,
    "token": 0.16,
    "gap": 0.3,
    "provider-line": 0.5,
    "disclaimer": 0.1,
    "title": 0.8,
    "clock": 0.15,
    "picture": 0.85,
    "delivery": 0.3,
    "link": 0.4,
}
_PLAIN_SLOTS = frozenset(
    {"flow", "second-credit", "byline", "dateline", "sign-off", "picture", "provider-line"}
)
_BROKEN_EVERY = 40
"""Of so many pages one holds text that must be refused, if it has a token."""


def _is_day_apart(page: StoryPage) -> bool:
    day = page.dateline_date
    return day is not None and has_token(page) and page.tokens[0][6:14] != f"{day:%d%m%Y}"


OBSERVED: dict[str, Applies] = {
    "nested-bracket-provider": lambda page: "(" in page.story.provider.name,
    "hyphen-provider": lambda page: " - " in page.story.provider.name,
    "own-news": lambda page: not is_syndicated(page),
    "one-sentence-flash": lambda page: page.story.is_flash,
    "token-day-before-dateline": _is_day_apart,
}
"""Traps that lie in the story itself and need only be counted."""


class TrapPlanner:
    """Chooses traps so that each comes up as often as the others of its slot.

    Attributes:
        counts: pages by the name of the trap.
    """

    def __init__(self, shape: Shape) -> None:
        """Choose among every trap, or among those that leave the text and its fields whole."""
        self.counts: Counter[str] = Counter()
        self._breaks_pages = shape is Shape.SAMPLE
        self._pages = 0
        slots = [slot for slot in _SHARES if shape is Shape.SAMPLE or slot in _PLAIN_SLOTS]
        by_slot = {slot: [one for one in REGISTRY.values() if one.slot == slot] for slot in slots}
        self._slots = by_slot
        self._broken = [one for one in REGISTRY.values() if one.slot == "broken"]

    def add_traps(self, page: StoryPage, random: Random) -> StoryPage:
        """The page with its traps, the observed ones noted too."""
        self._pages += 1
        for slot, traps in self._slots.items():
            if random.random() < _share(slot, page):
                page = self._with_one(page, traps, random)
        if self._breaks_pages and self._pages % _BROKEN_EVERY == 0:
            page = self._with_one(page, self._broken, random)
        headlines = 2 if not is_syndicated(page) and random.random() < 0.5 else 1
        found = {name for name, holds in OBSERVED.items() if holds(page)}
        found |= {"headline-twice"} if headlines > 1 else set()
        page = replace(page, headlines=headlines, traps=page.traps | found)
        self.counts.update(page.traps)
        return page

    def _with_one(self, page: StoryPage, traps: list[Trap], random: Random) -> StoryPage:
        def load(one: Trap) -> tuple[float, float]:
            return self.counts[one.name] / one.weight, random.random()

        for one in sorted(traps, key=load):
            if one.applies(page):
                changed = apply_trap(one, page, random)
                if changed is not page:
                    return changed
        return page


def _share(slot: str, page: StoryPage) -> float:
    """Links of the first layout are rare and of many forms, so none of its stories goes without."""
    return 1.0 if slot == "link" and page.layout is PageLayout.EARLY else _SHARES[slot]
