"""Traps that alter the words themselves, before a page is made of them.

Except for the blank lost before a curly quote, the damage can't be undone by anyone who has only
the page: what a reader must return is the damaged text.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.facsimile.site.sheet import Block, Sheet
from tests.facsimile.site.trap import Trap, is_syndicated_english, rewritten

_BLANK_BEFORE_QUOTE = re.compile(r"(?<=[a-z]) (?=\N{LEFT DOUBLE QUOTATION MARK})")
_SMALL_WORDS = re.compile(r"(?<=[a-z]{2}) (?=[a-z]{2})")
_FUSED_AMOUNT = re.compile(r"\b([A-Z]{2,3} ?\d+)\.\d+ ?(?:bn|mn|m|billion|million)\b")
_CURLY_BESIDE_LETTER = re.compile("(?<=[a-z])[\N{RIGHT SINGLE QUOTATION MARK}](?=s)")
_BEYOND_LATIN_1 = re.compile("[^\x00-\xff]")
_SUBTITLES = (
    "Agreement Covers Five Years And Three Sites",
    "Board Approves Second Phase",
    "First Deliveries Expected Before Year End",
    "Regional Partners Join The Programme",
    "Results Ahead Of Guidance",
    "Service Opens To Small Firms",
)


def _lose_blank(sheet: Sheet, _random: Random) -> Sheet:
    blocks = tuple(
        replace(block, html=_BLANK_BEFORE_QUOTE.sub("", block.html)) for block in sheet.blocks
    )
    return replace(sheet, blocks=blocks)


def _damaging(pattern: re.Pattern[str], repl: str, *, most: int = 0) -> Callable[..., Sheet]:
    def apply(sheet: Sheet, random: Random) -> Sheet:
        places = [
            place for place, block in enumerate(sheet.blocks) if pattern.search(block.text or "")
        ]
        if not places:
            return sheet
        place = random.choice(places)
        damaged = pattern.sub(repl, sheet.blocks[place].text or "", count=most)
        return _replaced(sheet, place, " ".join(damaged.split()))

    return apply


def _drop_line_breaks(sheet: Sheet, random: Random) -> Sheet:
    place = random.randrange(len(sheet.blocks))
    text = sheet.blocks[place].text or ""
    gaps = [match.start() for match in _SMALL_WORDS.finditer(text) if match.start() > 50]
    for gap in reversed(gaps[::11][:3]):
        text = text[:gap] + text[gap + 1 :]
    return _replaced(sheet, place, text)


def _drop_keyword(sheet: Sheet, random: Random) -> Sheet:
    found = [
        (place, keyword)
        for place, block in enumerate(sheet.blocks)
        for keyword in sheet.story.keywords
        if f" {keyword} " in (block.text or "")
    ]
    if not found:
        return sheet
    place, keyword = random.choice(found)
    return _replaced(sheet, place, (sheet.blocks[place].text or "").replace(f" {keyword} ", " ", 1))


def _glue_subtitle(sheet: Sheet, random: Random) -> Sheet:
    return _replaced(sheet, 0, random.choice(_SUBTITLES) + (sheet.blocks[0].text or ""))


def _replaced(sheet: Sheet, place: int, text: str) -> Sheet:
    block: Block = rewritten(sheet.blocks[place], text)
    return replace(sheet, blocks=(*sheet.blocks[:place], block, *sheet.blocks[place + 1 :]))


def _holds(pattern: re.Pattern[str]) -> Callable[[Sheet], bool]:
    def applies(sheet: Sheet) -> bool:
        texts = (block.text or "" for block in sheet.blocks)
        return is_syndicated_english(sheet) and any(pattern.search(text) for text in texts)

    return applies


DAMAGE_TRAPS = (
    Trap(
        name="blank-lost-before-curly-quote",
        slot="damage",
        seen="`of“arrivals”` on pages of 2024, syndicated ones only; certain enough to be repaired",
        applies=_holds(_BLANK_BEFORE_QUOTE),
        apply=_lose_blank,
    ),
    Trap(
        name="line-breaks-dropped-without-blank",
        slot="damage",
        seen="`theworld`, `priceof` on pages of May 2024",
        applies=_holds(re.compile(r".{150}")),
        apply=_drop_line_breaks,
    ),
    Trap(
        name="linked-keyword-lost",
        slot="damage",
        seen="`The of Interior`: the keyword went with its link",
        applies=is_syndicated_english,
        apply=_drop_keyword,
    ),
    Trap(
        name="decimals-and-unit-lost",
        slot="damage",
        seen="`QR242` where the source had decimals and a unit",
        applies=_holds(_FUSED_AMOUNT),
        apply=_damaging(_FUSED_AMOUNT, r"\1"),
    ),
    Trap(
        name="apostrophe-turned-dash",
        slot="damage",
        seen="`continent–s` in feed texts of 2025",
        applies=_holds(_CURLY_BESIDE_LETTER),
        apply=_damaging(_CURLY_BESIDE_LETTER, "\N{EN DASH}"),
    ),
    Trap(
        name="characters-beyond-latin-1-lost",
        slot="damage",
        seen="`HÀ NI` for a name with a letter that Latin-1 lacks",
        applies=_holds(_BEYOND_LATIN_1),
        apply=_damaging(_BEYOND_LATIN_1, ""),
    ),
    Trap(
        name="subtitle-glued-to-text",
        slot="damage",
        seen="`GuidanceArsenal` in press releases: the subtitle runs into the first sentence",
        applies=lambda sheet: is_syndicated_english(sheet) and not sheet.story.dateline_place,
        apply=_glue_subtitle,
    ),
)
