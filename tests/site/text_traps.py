"""Traps in the text: damaged words, links set by machine, breaks, inserts, Arabic spellings.

Except for the blank lost before a curly quote, damage can't be undone by anyone who has only the
page: what a reader must return is the damaged text.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.site.page import SITE, Block, Flow, PageLayout, StoryPage, block_of, slug
from tests.site.trap import (
    Applies,
    Apply,
    always,
    is_arabic,
    is_english,
    is_syndicated_english,
    trap,
)

_BLANK_BEFORE_QUOTE = re.compile(r"(?<=[a-z]) (?=\N{LEFT DOUBLE QUOTATION MARK})")
_SMALL_WORDS = re.compile(r"(?<=[a-z]{2}) (?=[a-z]{2})")
_FUSED_AMOUNT = re.compile(r"\b([A-Z]{2,3} ?\d+)\.\d+ ?(?:bn|mn|m|billion|million)\b")
_CURLY_BESIDE_LETTER = re.compile("(?<=[a-z])[\N{RIGHT SINGLE QUOTATION MARK}](?=s)")
_BEYOND_LATIN_1 = re.compile("[^\x00-\xff]")
_WORD_AND_COMMA = re.compile(r"\b([A-Z][a-z]{3,}), (?=[a-z])")
_COLUMNS = 65
_SUBTITLES = (
    "Agreement Covers Five Years And Three Sites",
    "Board Approves Second Phase",
    "First Deliveries Expected Before Year End",
    "Regional Partners Join The Programme",
    "Results Ahead Of Guidance",
    "Service Opens To Small Firms",
)
_OTHER_STORIES = (
    ("1107565231", "Night Raid Leaves Dozens Homeless In Border Town"),
    ("1107795628", "Cement Output Rises For Third Month Running"),
    ("1108408862", "Ferry Line Between The Two Ports To Reopen"),
    ("1108702496", "Central Bank Keeps Key Rate Unchanged After Long Debate"),
    ("1109079620", "Grain Convoy Reaches The Northern Crossing"),
)

# damage


def _lose_blank(page: StoryPage, _random: Random) -> StoryPage:
    blocks = tuple(
        replace(block, html=_BLANK_BEFORE_QUOTE.sub("", block.html)) for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _replace_in_one(pattern: re.Pattern[str], repl: str) -> Apply:
    def apply(page: StoryPage, random: Random) -> StoryPage:
        found = [at for at, block in enumerate(page.blocks) if pattern.search(block.text or "")]
        if not found:
            return page
        at = random.choice(found)
        damaged = pattern.sub(repl, page.blocks[at].text or "")
        return page.with_block(at, block_of(" ".join(damaged.split())))

    return apply


def _drop_line_breaks(page: StoryPage, random: Random) -> StoryPage:
    at = random.randrange(len(page.blocks))
    text = page.blocks[at].text or ""
    gaps = [match.start() for match in _SMALL_WORDS.finditer(text) if match.start() > 50]
    for gap in reversed(gaps[::11][:3]):
        text = text[:gap] + text[gap + 1 :]
    return page.with_block(at, block_of(text))


def _drop_keyword(page: StoryPage, random: Random) -> StoryPage:
    found = [
        (at, f" {keyword} ")
        for at, block in enumerate(page.blocks)
        for keyword in page.story.keywords
        if f" {keyword} " in (block.text or "")
    ]
    if not found:
        return page
    at, keyword = random.choice(found)
    return page.with_block(at, block_of((page.blocks[at].text or "").replace(keyword, " ", 1)))


def _glue_subtitle(page: StoryPage, random: Random) -> StoryPage:
    return page.with_block(0, block_of(random.choice(_SUBTITLES) + (page.blocks[0].text or "")))


def _holds(pattern: re.Pattern[str]) -> Applies:
    return lambda page: is_syndicated_english(page) and any(
        pattern.search(block.text or "") for block in page.blocks
    )


# keywords and their links


def _topic_link(keyword: str) -> str:
    """A keyword as the site's machine links it: to a page of stories on it."""
    topic = f"{SITE}/mena/topics/{slug(keyword).lower()}"
    return f'<a href="{topic}" class="autolink" target="_blank">{escape(keyword)}</a>'


def _keyword_pattern(page: StoryPage) -> re.Pattern[str]:
    words = sorted(page.story.keywords, key=len, reverse=True)
    either = "|".join(re.escape(escape(word)) for word in words) or "(?!)"
    return re.compile(rf"(?<![\w&])(?:{either})(?!\w)")


def _has_keyword(page: StoryPage) -> bool:
    return any(map(_keyword_pattern(page).search, (block.html for block in page.blocks)))


def _has_english_keyword(page: StoryPage) -> bool:
    return is_english(page) and _has_keyword(page)


def _link_keywords(page: StoryPage, _random: Random) -> StoryPage:
    pattern = _keyword_pattern(page)
    blocks = tuple(
        replace(block, html=pattern.sub(lambda match: _topic_link(match[0]), block.html, count=2))
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _leak_attribute(page: StoryPage, _random: Random) -> StoryPage:
    pattern = _keyword_pattern(page)
    for at, block in enumerate(page.blocks):
        if match := pattern.search(block.html):
            other, headline = _OTHER_STORIES[len(block.html) % len(_OTHER_STORIES)]
            words = slug(headline)
            cut = words.index("-")
            opening = f'<a href="{SITE}/{other}/{words[:cut]}-{_topic_link(match[0])}'
            leaked = f'{opening}{words[cut:]}" target="_blank">'
            html = f"{block.html[: match.start()]}{leaked}{block.html[match.end() :]}"
            return page.with_block(at, replace(block, html=html))
    return page


def _break_after_keyword(page: StoryPage, _random: Random) -> StoryPage:
    pattern = re.compile(rf"({_keyword_pattern(page).pattern}) (?=[a-z])")
    for at, block in enumerate(page.blocks):
        found = pattern.search(block.html)
        if found and block.text == block.html:
            head, tail = block.text[: found.end() - 1], block.text[found.end() :]
            linked = block.html[: found.start()] + _topic_link(found[1])
            return page.with_block(at, Block(text=head, html=linked), Block(text=tail, html=tail))
    return page


def _blank_before_comma(page: StoryPage, _random: Random) -> StoryPage:
    for at, block in enumerate(page.blocks):
        if _WORD_AND_COMMA.search(block.html):
            html = _WORD_AND_COMMA.sub(
                lambda match: f"{_topic_link(match[1])} , ", block.html, count=1
            )
            text = _WORD_AND_COMMA.sub(r"\1 , ", block.text or "", count=1)
            return page.with_block(at, Block(text=text, html=html))
    return page


# breaks and inserts


def _keep_line_breaks(page: StoryPage, random: Random) -> StoryPage:
    joint = random.choice(("\n", "<br>\n", "<br />"))
    wrap = textwrap.TextWrapper(_COLUMNS, break_long_words=False, break_on_hyphens=False).wrap
    blocks = tuple(replace(block, html=joint.join(wrap(block.html))) for block in page.blocks)
    return replace(page, blocks=blocks)


def _stand_first(page: StoryPage, random: Random) -> StoryPage:
    if len(page.blocks) < 3:
        return page
    return replace(page, summary=random.choice(page.blocks[1:]).html)


def _takes_inserts(page: StoryPage) -> bool:
    return is_syndicated_english(page) and page.story.sign_off is None


def _insert_read_also(page: StoryPage, random: Random) -> StoryPage:
    other, headline = random.choice(_OTHER_STORIES)
    words = headline.split()
    half = words.index("In") + 1 if "In" in words else len(words) // 2
    lines = f"{' '.join(words[:half])}<br>{' '.join(words[half:])}"
    insert = f'<strong>Read also:</strong> <a href="{SITE}/{other}/{slug(headline)}">{lines}</a>'
    at = random.randrange(len(page.blocks))
    block = page.blocks[at]
    return page.with_block(at, replace(block, html=f"{block.html} {insert}"))


def _insert_block(html: Callable[[Random], str]) -> Apply:
    def apply(page: StoryPage, random: Random) -> StoryPage:
        at = random.randint(1, len(page.blocks))
        insert = Block(text=None, html=html(random))
        return replace(page, blocks=(*page.blocks[:at], insert, *page.blocks[at:]))

    return apply


def _related_headline(random: Random) -> str:
    other, headline = random.choice(_OTHER_STORIES)
    return f'<a href="{SITE}/{other}/{slug(headline)}">{escape(headline)}</a>'


# Arabic spellings


def _direction_marks(page: StoryPage, _random: Random) -> StoryPage:
    mark = "\N{RIGHT-TO-LEFT MARK}"
    blocks = tuple(
        replace(block, html=re.sub(r" (?=\d|\()", f" {mark}", block.html)) for block in page.blocks
    )
    return replace(page, blocks=blocks, title_html=f"{mark}{page.title_html}{mark}")


def _decompose(page: StoryPage, _random: Random) -> StoryPage:
    blocks = tuple(
        replace(block, html=unicodedata.normalize("NFD", block.html)) for block in page.blocks
    )
    return replace(page, blocks=blocks, title_html=unicodedata.normalize("NFD", page.title_html))


TEXT_TRAPS = (
    trap(
        "damage",
        "blank-lost-before-curly-quote",
        "`of“arrivals”` on pages of 2024, syndicated ones only; certain enough to be repaired",
        _holds(_BLANK_BEFORE_QUOTE),
        _lose_blank,
    ),
    trap(
        "damage",
        "line-breaks-dropped-without-blank",
        "`theworld`, `priceof` on pages of May 2024",
        _holds(re.compile(r".{150}")),
        _drop_line_breaks,
    ),
    trap(
        "damage",
        "linked-keyword-lost",
        "`The of Interior`: the keyword went with its link",
        is_syndicated_english,
        _drop_keyword,
    ),
    trap(
        "damage",
        "decimals-and-unit-lost",
        "`QR242` where the source had decimals and a unit",
        _holds(_FUSED_AMOUNT),
        _replace_in_one(_FUSED_AMOUNT, r"\1"),
    ),
    trap(
        "damage",
        "apostrophe-turned-dash",
        "`continent–s` in feed texts of 2025",
        _holds(_CURLY_BESIDE_LETTER),
        _replace_in_one(_CURLY_BESIDE_LETTER, "\N{EN DASH}"),
    ),
    trap(
        "damage",
        "characters-beyond-latin-1-lost",
        "`HÀ NI` for a name with a letter that Latin-1 lacks",
        _holds(_BEYOND_LATIN_1),
        _replace_in_one(_BEYOND_LATIN_1, ""),
    ),
    trap(
        "damage",
        "subtitle-glued-to-text",
        "`GuidanceArsenal` in press releases: the subtitle runs into the first sentence",
        lambda page: is_syndicated_english(page) and not page.story.dateline_place,
        _glue_subtitle,
    ),
    trap(
        "breaks",
        "line-breaks-kept-in-paragraphs",
        "lines of about 65 columns on two pages of 2023 and 2024",
        is_english,
        _keep_line_breaks,
    ),
    trap(
        "summary",
        "later-paragraph-stands-first",
        "pages of 2015 to 2017: a later paragraph as a summary, recurring in its place",
        lambda page: page.layout is PageLayout.EARLY,
        _stand_first,
    ),
    trap(
        "links",
        "linked-keywords",
        "Minister, Ministry, market and the like are links set by machine",
        _has_keyword,
        _link_keywords,
        weight=8,
    ),
    trap(
        "links",
        "leaked-attribute",
        "a keyword linked within another link's address spills the rest of it into the text",
        _has_english_keyword,
        _leak_attribute,
    ),
    trap(
        "links",
        "paragraph-broken-after-keyword",
        "`supply` ends a paragraph and `stores` opens the next",
        _has_english_keyword,
        _break_after_keyword,
    ),
    trap(
        "links",
        "blank-before-comma-after-link",
        "`on Telegram , ` on four pages",
        is_syndicated_english,
        _blank_before_comma,
    ),
    trap(
        "insert",
        "read-also",
        "`Read also:` and a headline on two lines, run into the paragraph before",
        _takes_inserts,
        _insert_read_also,
    ),
    trap(
        "insert",
        "illustrative-photo",
        "the line `Illustrative photo`",
        _takes_inserts,
        _insert_block(lambda _random: "Illustrative photo"),
    ),
    trap(
        "insert",
        "related-headline",
        "a related story's headline as a bare paragraph; that it is a link is invented",
        _takes_inserts,
        _insert_block(_related_headline),
    ),
    trap(
        "flow",
        "paragraphs-by-double-breaks",
        "paragraphs parted by two line breaks",
        always,
        flow=Flow.BREAKS,
    ),
    trap(
        "flow",
        "paragraphs-in-nested-elements",
        "invented: paragraphs as elements within elements, as pasted copy has them",
        always,
        flow=Flow.NESTED,
    ),
    trap(
        "spelling",
        "direction-marks",
        "invented: right-to-left marks in Arabic text, to be dropped",
        is_arabic,
        _direction_marks,
    ),
    trap(
        "spelling",
        "decomposed-letters",
        "Arabic addresses with hamza letters decomposed; here the text too",
        is_arabic,
        _decompose,
    ),
)
