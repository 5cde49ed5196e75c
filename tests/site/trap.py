"""What a trap is: one way in which real pages differ from what their writers meant."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.site.page import StoryPage

Apply = Callable[[StoryPage, Random], StoryPage]
Applies = Callable[[StoryPage], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """One trap."""

    name: str  # unique, in words
    slot: str  # traps of one slot exclude each other on a page
    seen: str  # where the like was seen on the real site, or that it is invented
    applies: Applies  # whether a page can hold it
    change: Apply  # the page with it; leaves the page as it is where it finds no hold
    weight: float  # how often it comes up, as a multiple of the others of its slot

    def apply(self, page: StoryPage, random: Random) -> StoryPage:
        """The page with the trap in it and its name noted, or unchanged if it finds no hold."""
        changed = self.change(page, random)
        return page if changed == page else replace(changed, traps=page.traps | {self.name})


REGISTRY: dict[str, Trap] = {}
"""Every trap by its name, those of a slot in the order in which they are tried."""


def add_trap(
    slot: str, name: str, seen: str, applies: Applies, change: Apply, weight: float = 1.0
) -> None:
    """Register a trap that changes the page by a function."""
    REGISTRY[name] = Trap(
        name=name, slot=slot, seen=seen, applies=applies, change=change, weight=weight
    )


def add_setting(
    slot: str, name: str, seen: str, applies: Applies, weight: float = 1.0, **changes: Any
) -> None:
    """Register a trap that sets some attributes of the page."""
    add_trap(slot, name, seen, applies, lambda page, _random: replace(page, **changes), weight)


def trap(slot: str, applies: Applies, weight: float = 1.0) -> Callable[[Apply], Apply]:
    """Make a function a trap of its name; its docstring says where the like was seen."""

    def register(change: Apply) -> Apply:
        name = change.__name__.strip("_").replace("_", "-")
        add_trap(slot, name, change.__doc__ or "", applies, change, weight)
        return change

    return register


def always(page: StoryPage) -> bool:
    """Any page."""
    return True


def is_english(page: StoryPage) -> bool:
    """Whether the story is in English."""
    return page.story.language == "en"


def is_arabic(page: StoryPage) -> bool:
    """Whether the story is in Arabic."""
    return page.story.language == "ar"


def is_syndicated(page: StoryPage) -> bool:
    """Whether somebody else than MENAFN provides the story."""
    return page.story.provider.name != "MENAFN"


def is_syndicated_english(page: StoryPage) -> bool:
    """Whether it is both."""
    return is_english(page) and is_syndicated(page)


def has_token(page: StoryPage) -> bool:
    """Whether the page prints a token."""
    return bool(page.tokens)
