"""Traps of the text's markup: links set by machine, breaks, inserts, and Arabic spellings."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.facsimile.site.addresses import SITE, slug
from tests.facsimile.site.sheet import Block, Era, Flow, Sheet, with_block
from tests.facsimile.site.trap import (
    Trap,
    is_arabic,
    is_english,
    is_syndicated_english,
)

_COLUMNS = 65
_WORD_AND_COMMA = re.compile(r"\b([A-Z][a-z]{3,}), (?=[a-z])")
_OTHER_STORIES = (
    ("1107565231", "Night Raid Leaves Dozens Homeless In Border Town"),
    ("1107795628", "Cement Output Rises For Third Month Running"),
    ("1108408862", "Ferry Line Between The Two Ports To Reopen"),
    ("1108702496", "Central Bank Keeps Key Rate Unchanged After Long Debate"),
    ("1109079620", "Grain Convoy Reaches The Northern Crossing"),
)


def link(keyword: str) -> str:
    """A keyword as the wire's machine links it: to a page of stories on it."""
    topic = f"{SITE}/mena/topics/{slug(keyword).lower()}"
    return f'<a href="{topic}" class="autolink" target="_blank">{escape(keyword)}</a>'


def _takes_inserts(sheet: Sheet) -> bool:
    return is_syndicated_english(sheet) and sheet.story.sign_off is None


def _keyword_pattern(sheet: Sheet) -> re.Pattern[str] | None:
    words = sorted(sheet.story.keywords, key=len, reverse=True)
    if not words:
        return None
    return re.compile(rf"(?<![\w&])(?:{'|'.join(re.escape(escape(word)) for word in words)})(?!\w)")


def _has_keyword(sheet: Sheet) -> bool:
    pattern = _keyword_pattern(sheet)
    return bool(pattern) and any(pattern.search(block.html) for block in sheet.blocks if pattern)


def _link_keywords(sheet: Sheet, _random: Random) -> Sheet:
    pattern = _keyword_pattern(sheet)
    if pattern is None:
        return sheet
    blocks = tuple(
        replace(block, html=pattern.sub(lambda match: link(match[0]), block.html, count=2))
        for block in sheet.blocks
    )
    return replace(sheet, blocks=blocks)


def _on_keyword(change: Callable[[Block, re.Match[str]], Block]) -> Callable[..., Sheet]:
    """Makes a trap of a change to the first paragraph that holds a linked keyword."""

    def apply(sheet: Sheet, _random: Random) -> Sheet:
        pattern = _keyword_pattern(sheet)
        if pattern is None:
            return sheet

        def changed(block: Block) -> Block:
            match = pattern.search(block.html)
            return change(block, match) if match else block

        return with_block(sheet, lambda block: bool(pattern.search(block.html)), changed)

    return apply


def _leak_attribute(block: Block, match: re.Match[str]) -> Block:
    other, headline = _OTHER_STORIES[len(block.html) % len(_OTHER_STORIES)]
    words = slug(headline)
    cut = words.index("-")
    opening = f'<a href="{SITE}/{other}/{words[:cut]}-{link(match[0])}'
    leaked = f'{words[cut:]}" target="_blank">'
    html = f"{block.html[: match.start()]}{opening}{leaked}{block.html[match.end() :]}"
    return replace(block, html=html)


def _break_after_keyword(sheet: Sheet, _random: Random) -> Sheet:
    pattern = _keyword_pattern(sheet)
    for place, block in enumerate(sheet.blocks):
        found = re.search(rf"({pattern.pattern}) (?=[a-z])", block.html) if pattern else None
        if found and block.text == block.html:
            head, tail = block.text[: found.end() - 1], block.text[found.end() :]
            broken = (
                Block(text=head, html=block.html[: found.start()] + link(found[1])),
                Block(text=tail, html=tail),
            )
            return replace(
                sheet, blocks=(*sheet.blocks[:place], *broken, *sheet.blocks[place + 1 :])
            )
    return sheet


def _blank_before_comma(sheet: Sheet, _random: Random) -> Sheet:
    def changed(block: Block) -> Block:
        html = _WORD_AND_COMMA.sub(lambda match: f"{link(match[1])} , ", block.html, count=1)
        text = _WORD_AND_COMMA.sub(lambda match: f"{match[1]} , ", block.text or "", count=1)
        return Block(text=text, html=html)

    return with_block(sheet, lambda block: bool(_WORD_AND_COMMA.search(block.html)), changed)


def _keep_line_breaks(sheet: Sheet, random: Random) -> Sheet:
    joint = random.choice(("\n", "<br>\n", "<br />"))

    def wrapped(block: Block) -> Block:
        lines = textwrap.wrap(block.html, _COLUMNS, break_long_words=False, break_on_hyphens=False)
        return replace(block, html=joint.join(lines))

    return replace(sheet, blocks=tuple(wrapped(block) for block in sheet.blocks))


def _insert_read_also(sheet: Sheet, random: Random) -> Sheet:
    other, headline = random.choice(_OTHER_STORIES)
    first, _, second = headline.partition(" In ") if " In " in headline else (headline, "", "")
    lines = f"{first} In<br>{second}" if second else _in_two_lines(headline)
    insert = f'<strong>Read also:</strong> <a href="{SITE}/{other}/{slug(headline)}">{lines}</a>'
    place = random.randrange(len(sheet.blocks))
    block = sheet.blocks[place]
    told = replace(block, html=f"{block.html} {insert}")
    return replace(sheet, blocks=(*sheet.blocks[:place], told, *sheet.blocks[place + 1 :]))


def _in_two_lines(headline: str) -> str:
    words = headline.split()
    half = len(words) // 2
    return " ".join(words[:half]) + "<br>" + " ".join(words[half:])


def _insert_block(html: Callable[[Random], str]) -> Callable[..., Sheet]:
    def apply(sheet: Sheet, random: Random) -> Sheet:
        place = random.randint(1, len(sheet.blocks))
        insert = Block(text=None, html=html(random))
        return replace(sheet, blocks=(*sheet.blocks[:place], insert, *sheet.blocks[place:]))

    return apply


def _related_headline(random: Random) -> str:
    other, headline = random.choice(_OTHER_STORIES)
    return f'<a href="{SITE}/{other}/{slug(headline)}">{escape(headline)}</a>'


def _flowing(flow: Flow) -> Callable[..., Sheet]:
    return lambda sheet, _random: replace(sheet, flow=flow)


def _direction_marks(sheet: Sheet, random: Random) -> Sheet:
    marked = tuple(
        replace(block, html=re.sub(r" (?=\d|\()", " \N{RIGHT-TO-LEFT MARK}", block.html))
        for block in sheet.blocks
    )
    title = f"\N{RIGHT-TO-LEFT MARK}{sheet.title_html}\N{RIGHT-TO-LEFT MARK}"
    return replace(sheet, blocks=marked, title_html=title)


def _decompose(sheet: Sheet, _random: Random) -> Sheet:
    decomposed = tuple(
        replace(block, html=unicodedata.normalize("NFD", block.html)) for block in sheet.blocks
    )
    title = unicodedata.normalize("NFD", sheet.title_html)
    return replace(sheet, blocks=decomposed, title_html=title)


def _stand_first(sheet: Sheet, random: Random) -> Sheet:
    if len(sheet.blocks) < 3:
        return sheet
    return replace(sheet, summary=random.choice(sheet.blocks[1:]).html)


SUMMARY_TRAP = Trap(
    name="later-paragraph-stands-first",
    slot="summary",
    seen="pages of 2015 to 2017: a later paragraph as a summary, recurring in its place",
    applies=lambda sheet: sheet.era is Era.EARLY,
    apply=_stand_first,
)

TEXT_TRAPS = (
    Trap(
        name="line-breaks-kept-in-paragraphs",
        slot="breaks",
        seen="lines of about 65 columns on two pages of 2023 and 2024",
        applies=is_english,
        apply=_keep_line_breaks,
    ),
    SUMMARY_TRAP,
    Trap(
        name="linked-keywords",
        slot="links",
        seen="Minister, Ministry, market and the like are links set by machine",
        applies=_has_keyword,
        apply=_link_keywords,
        weight=8,
    ),
    Trap(
        name="leaked-attribute",
        slot="links",
        seen="a keyword linked within another link's address spills the rest of it into the text",
        applies=lambda sheet: is_english(sheet) and _has_keyword(sheet),
        apply=_on_keyword(_leak_attribute),
    ),
    Trap(
        name="paragraph-broken-after-keyword",
        slot="links",
        seen="`supply` ends a paragraph and `stores` opens the next",
        applies=lambda sheet: is_english(sheet) and _has_keyword(sheet),
        apply=_break_after_keyword,
    ),
    Trap(
        name="blank-before-comma-after-link",
        slot="links",
        seen="`on Telegram , `",
        applies=is_syndicated_english,
        apply=_blank_before_comma,
    ),
    Trap(
        name="read-also",
        slot="insert",
        seen="`Read also:` and a headline on two lines, run into the paragraph before",
        applies=_takes_inserts,
        apply=_insert_read_also,
    ),
    Trap(
        name="illustrative-photo",
        slot="insert",
        seen="the line `Illustrative photo`",
        applies=_takes_inserts,
        apply=_insert_block(lambda _random: "Illustrative photo"),
    ),
    Trap(
        name="related-headline",
        slot="insert",
        seen="a related story's headline as a bare paragraph; that it is a link is invented",
        applies=_takes_inserts,
        apply=_insert_block(_related_headline),
    ),
    Trap(
        name="paragraphs-by-double-breaks",
        slot="flow",
        seen="paragraphs parted by two line breaks",
        applies=lambda sheet: True,
        apply=_flowing(Flow.BREAKS),
    ),
    Trap(
        name="paragraphs-in-nested-elements",
        slot="flow",
        seen="invented: paragraphs as elements within elements, as pasted copy has them",
        applies=lambda sheet: True,
        apply=_flowing(Flow.NESTED),
    ),
    Trap(
        name="direction-marks",
        slot="spelling",
        seen="invented: right-to-left marks in Arabic text, to be dropped",
        applies=is_arabic,
        apply=_direction_marks,
    ),
    Trap(
        name="decomposed-letters",
        slot="spelling",
        seen="Arabic addresses with hamza letters decomposed; here the text too",
        applies=is_arabic,
        apply=_decompose,
    ),
)
