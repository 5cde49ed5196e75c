"""Damage that pages show and that can't be undone with certainty: seen, named, left as it is."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise


class Damage(StrEnum):
    """The closed list of damage."""

    LOST_WORD = "lost-word"  # "The of Interior": a linked keyword went with its link
    LOST_BLANK = "lost-blank"  # "84.23US", "GuidanceArsenal": a break went without a blank
    LOST_DECIMALS = "lost-decimals"  # "QR242": decimals and unit of an amount went
    STRAY_BLANK = "stray-blank"  # "on Telegram , ": a blank before a mark, after a link
    DASH_FOR_APOSTROPHE = "dash-for-apostrophe"  # "continent-s", with an en dash
    BROKEN_PARAGRAPH = "broken-paragraph"  # a paragraph ends after a keyword, within its sentence
    LEAKED_ATTRIBUTE = "leaked-attribute"  # the rest of a link's address stood in the text
    UNREADABLE_CHARACTER = "unreadable-character"  # a byte that means nothing in the charset
    MOJIBAKE = "mojibake"  # text read in a wrong charset, beyond certain repair


_PATTERNS = (
    (
        Damage.LOST_WORD,
        ("he of ", "of of ", " a of ", " an of ", "- of ", "of H E"),
        re.compile(r"\b(?:[Tt]he|an?|--) of [A-Z]|-- of [A-Z]|\bof of\b|\bof H E\b"),
    ),
    (
        Damage.LOST_BLANK,
        ("",),
        # Endings of words, so that names such as McLaren, YouTube or DeFi are none.
        re.compile(
            r"\d(?:US|UK|EU)\b|[a-z]{2}(?:ance|ment|tion|ings?|ket|ore|rs|ts|ed)[A-Z][a-z]{3}"
        ),
    ),
    (
        Damage.STRAY_BLANK,
        (" ,", " ;", " ."),
        re.compile(r"\w [,;](?= |$)|\w \.(?= [A-Z]|$)", re.MULTILINE),
    ),
    (
        Damage.DASH_FOR_APOSTROPHE,
        ("\u2013",),
        re.compile(r"(?<=[A-Za-z])\u2013s\b|\(\u2013 [A-Z]+ \u2013\)"),
    ),
    (Damage.UNREADABLE_CHARACTER, ("\ufffd",), re.compile("\ufffd")),
    (
        Damage.MOJIBAKE,
        ("\u00e2", "\u00d8", "\u00d9"),
        re.compile("\u00e2\u20ac|[\u00d8\u00d9][\u0080-\u00bf\u2020-\u203a]"),
    ),
)
"""Each kind with strings of which the text must hold one, since they are found faster."""

_BARE_AMOUNT = re.compile(r"\b(?:QR|KD|SR|BD|RO|JD|Dh)\d{2,3}(?![\d.,]\d|[mb]n?\b| ?[mb]illion)\b")
_FEW_AMOUNTS = 3
"""One round amount without a unit is ordinary; three on a page were never written so."""

_ENDS_OPEN = re.compile(r"[\w,]$")
_OPENS_SMALL = re.compile(r"[a-z]")


def find_damage(title: str, paragraphs: Sequence[str]) -> set[Damage]:
    """The kinds of damage that a story shows.

    Args:
        title: its headline.
        paragraphs: its text.

    Returns:
        The kinds, each once; what is flagged is a suspicion, not a certainty.
    """
    text = "\n".join((title, *paragraphs))
    found = {
        damage
        for damage, hints, pattern in _PATTERNS
        if any(hint in text for hint in hints) and pattern.search(text)
    }
    if len(_BARE_AMOUNT.findall(text)) >= _FEW_AMOUNTS:
        found.add(Damage.LOST_DECIMALS)
    if _has_broken_paragraph(paragraphs):
        found.add(Damage.BROKEN_PARAGRAPH)
    return found


def slugs(found: Iterable[Damage]) -> tuple[str, ...]:
    """Damage as the column `damage` keeps it: slugs in alphabetical order."""
    return tuple(sorted(damage.value for damage in found))


def _has_broken_paragraph(paragraphs: Sequence[str]) -> bool:
    return any(
        _ENDS_OPEN.search(above) and _OPENS_SMALL.match(below)
        for above, below in pairwise(paragraphs)
    )
