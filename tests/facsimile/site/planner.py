"""Which traps a page holds: spread evenly over the wire, by chance that repeats."""

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from random import Random

from tests.facsimile.site.sheet import Era, Sheet
from tests.facsimile.site.trap import Applies, Trap, spring
from tests.facsimile.site.traps_credit import CREDIT_TRAPS
from tests.facsimile.site.traps_damage import DAMAGE_TRAPS
from tests.facsimile.site.traps_page import BROKEN_TRAPS, LINK_TRAPS, PAGE_TRAPS, TRANSPORT_TRAPS
from tests.facsimile.site.traps_text import TEXT_TRAPS

REGISTRY: dict[str, Trap] = {
    trap.name: trap
    for trap in (
        *DAMAGE_TRAPS,
        *TEXT_TRAPS,
        *CREDIT_TRAPS,
        *PAGE_TRAPS,
        *TRANSPORT_TRAPS,
        *LINK_TRAPS,
        *BROKEN_TRAPS,
    )
}
"""Every trap by its name, in the order in which they are sprung."""


class Shape(StrEnum):
    """What kind of wire is made."""

    SAMPLE = "sample"
    STORIES_ONLY = "stories-only"


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
_BROKEN_EVERY = 40
"""Of so many pages one holds text that must be refused, if it has a token."""
_PLAIN_SLOTS = frozenset(
    {"flow", "second-credit", "byline", "dateline", "sign-off", "picture", "provider-line"}
)


def _is_day_apart(sheet: Sheet) -> bool:
    if sheet.dateline_date is None or not sheet.tokens:
        return False
    day = sheet.dateline_date
    return sheet.tokens[0][6:14] != f"{day:%d%m%Y}"


OBSERVED: dict[str, Applies] = {
    "nested-bracket-provider": lambda sheet: "(" in sheet.story.provider.name,
    "hyphen-provider": lambda sheet: " - " in sheet.story.provider.name,
    "own-news": lambda sheet: sheet.story.provider.name == "MENAFN",
    "one-sentence-flash": lambda sheet: sheet.story.is_flash,
    "token-day-before-dateline": _is_day_apart,
}
"""Traps that lie in the story itself and need only be counted."""


class Planner:
    """Chooses traps so that each comes up as often as the others of its slot.

    Attributes:
        counts: pages by the name of the trap.
    """

    def __init__(self, shape: Shape) -> None:
        self.counts: Counter[str] = Counter()
        self._breaks_pages = shape is Shape.SAMPLE
        self._pages = 0
        slots = [slot for slot in _SHARES if shape is Shape.SAMPLE or slot in _PLAIN_SLOTS]
        self._slots = {
            slot: [trap for trap in REGISTRY.values() if trap.slot == slot] for slot in slots
        }

    def trapped(self, sheet: Sheet, random: Random) -> Sheet:
        """The sheet with its traps, the observed ones noted too."""
        self._pages += 1
        for slot, traps in self._slots.items():
            if random.random() < _share(slot, sheet):
                sheet = self._with_one(sheet, traps, random)
        if self._breaks_pages and self._pages % _BROKEN_EVERY == 0:
            sheet = self._with_one(sheet, list(BROKEN_TRAPS), random)
        headlines = 2 if sheet.story.provider.name == "MENAFN" and random.random() < 0.5 else 1
        names = {name for name, holds in OBSERVED.items() if holds(sheet)}
        names |= {"headline-twice"} if headlines > 1 else set()
        sheet = replace(sheet, headlines=headlines, traps=sheet.traps | names)
        self.counts.update(sheet.traps)
        return sheet

    def _load(self, trap: Trap) -> float:
        return self.counts[trap.name] / trap.weight

    def _with_one(self, sheet: Sheet, traps: list[Trap], random: Random) -> Sheet:
        order = sorted(traps, key=lambda trap: (self._load(trap), random.random()))
        for trap in order:
            if trap.applies(sheet):
                sprung = spring(trap, sheet, random)
                if sprung is not sheet:
                    return sprung
        return sheet


def _share(slot: str, sheet: Sheet) -> float:
    """Links of the first era are rare and of many forms, so none of its stories goes without."""
    return 1.0 if slot == "link" and sheet.era is Era.EARLY else _SHARES[slot]
