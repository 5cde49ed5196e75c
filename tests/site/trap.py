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
    """One trap.

    Attributes:
        name: unique, in words.
        slot: traps of one slot exclude each other on a page.
        seen: where the like was seen on the real site, or that it is invented.
        applies: whether a page can hold it.
        apply: the page with it; leaves the page as it is where it finds no hold.
        weight: how often it comes up, as a multiple of the others of its slot.
    """

    name: str
    slot: str
    seen: str
    applies: Applies
    apply: Apply
    weight: float = 1.0


def trap(
    slot: str,
    name: str,
    seen: str,
    applies: Applies,
    apply: Apply | None = None,
    *,
    weight: float = 1.0,
    **changes: Any,
) -> Trap:
    """A trap that changes the page by a function, or sets some of its attributes."""
    return Trap(
        name=name,
        slot=slot,
        seen=seen,
        applies=applies,
        apply=apply or (lambda page, _random: replace(page, **changes)),
        weight=weight,
    )


def apply_trap(one: Trap, page: StoryPage, random: Random) -> StoryPage:
    """The page with a trap in it and its name noted, or unchanged where it finds no hold."""
    changed = one.apply(page, random)
    return page if changed == page else replace(changed, traps=page.traps | {one.name})


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
