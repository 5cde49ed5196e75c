"""What a trap is: one way in which real pages differ from what their writers meant."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from random import Random

from tests.facsimile.site.sheet import Block, Sheet

Apply = Callable[[Sheet, Random], Sheet]
Applies = Callable[[Sheet], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """One trap.

    Attributes:
        name: unique, in words.
        slot: traps of one slot exclude each other on a page.
        seen: where the like was seen on the real site, in words.
        applies: whether a page can hold it.
        apply: the page with it; leaves the sheet as it is where it finds no hold.
        weight: how often it comes up, as a multiple of the others of its slot.
    """

    name: str
    slot: str
    seen: str
    applies: Applies
    apply: Apply
    weight: float = 1.0


def spring(trap: Trap, sheet: Sheet, random: Random) -> Sheet:
    """The sheet with a trap in it and its name noted, or unchanged where it finds no hold."""
    sprung = trap.apply(sheet, random)
    if sprung == sheet:
        return sheet
    return replace(sprung, traps=sheet.traps | {trap.name})


def rewritten(block: Block, text: str) -> Block:
    """A paragraph that was damaged before it was printed: the damaged text is all there is."""
    return Block(text=text, html=escape(text, quote=False))


def is_english(sheet: Sheet) -> bool:
    """Whether the story is in English."""
    return sheet.story.language == "en"


def is_arabic(sheet: Sheet) -> bool:
    """Whether the story is in Arabic."""
    return sheet.story.language == "ar"


def is_syndicated(sheet: Sheet) -> bool:
    """Whether somebody else than MENAFN provides the story."""
    return sheet.story.provider.name != "MENAFN"


def is_syndicated_english(sheet: Sheet) -> bool:
    """Whether it is both."""
    return is_english(sheet) and is_syndicated(sheet)
