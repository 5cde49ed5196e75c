"""Which traps a page of the site holds: spread evenly, by chance that repeats."""

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from random import Random

from tests.site import page_traps, text_traps
from tests.site.page import PageLayout, StoryPage
from tests.site.trap import REGISTRY, Applies, Trap, has_token, is_syndicated

__all__ = ["OBSERVED", "REGISTRY", "Shape", "TrapPlanner", "page_traps", "text_traps"]


class Shape(StrEnum):
    """What kind of site is made: with every trap and dead link, or good stories only."""

    SAMPLE = "sample"
    STORIES_ONLY = "stories-only"


# The share of pages that hold one of a slot's traps, of those that can. What the story itself
# brings along (its dateline, sign-off, byline, second credit) is always printed.
_SHARES = {
    "damage": 0.3, "breaks": 0.12, "summary": 0.6, "links": 0.75, "insert": 0.15, "flow": 0.45,
    "spelling": 0.3, "credit": 0.4, "second-credit": 1.0, "byline": 1.0, "dateline": 1.0,
    "sign-off": 1.0, "token": 0.16, "gap": 0.3, "provider-line": 0.5, "disclaimer": 0.1,
    "title": 0.8, "clock": 0.15, "picture": 0.85, "delivery": 0.3, "link": 0.4,
}  # fmt: skip
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
        self._pages = 0
        self._slots = {
            slot: [one for one in REGISTRY.values() if one.slot == slot]
            for slot in (*_SHARES, "broken")
            if shape is Shape.SAMPLE or slot in _PLAIN_SLOTS
        }

    def add_traps(self, page: StoryPage, random: Random) -> StoryPage:
        """The page with its traps, the observed ones noted too."""
        self._pages += 1
        for slot, traps in self._slots.items():
            if slot == "broken":
                is_due = self._pages % _BROKEN_EVERY == 0
            else:
                is_due = random.random() < _share(slot, page)
            if is_due:
                page = self._with_one(page, traps, random)
        headlines = 2 if not is_syndicated(page) and random.random() < 0.5 else 1
        found = {name for name, holds in OBSERVED.items() if holds(page)}
        found |= {"headline-twice"} if headlines > 1 else set()
        page = replace(page, headlines=headlines, traps=page.traps | found)
        self.counts.update(page.traps)
        return page

    def _with_one(self, page: StoryPage, traps: list[Trap], random: Random) -> StoryPage:
        loads = {one.name: (self.counts[one.name] / one.weight, random.random()) for one in traps}
        for one in sorted(traps, key=lambda one: loads[one.name]):
            if one.applies(page):
                changed = one.apply(page, random)
                if changed is not page:
                    return changed
        return page


def _share(slot: str, page: StoryPage) -> float:
    """Links of the first layout are rare and of many forms, so none of its stories goes without."""
    return 1.0 if slot == "link" and page.layout is PageLayout.EARLY else _SHARES[slot]
