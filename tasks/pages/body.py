# ruff: noqa: RUF001 - Arabic and curly marks stand here as they are
"""From the blocks of a page to the story's own text, and what stood around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.pages.boilerplate import (
    is_ambiguous,
    is_boilerplate,
    is_foreign_headline,
    is_read_also,
    strip_disclaimer,
    strip_inserts,
    strip_leaks,
    strip_marks,
    strip_sign_offs,
)
from tasks.pages.cleanup import clean, letters
from tasks.pages.credit import Opening, match_credit, read_opening
from tasks.pages.providers import is_provider_name
from tasks.pages.token import strip_tokens, token_index

_DISCLAIMER_HEADER = re.compile(
    r"(?:Legal Disclaimer|[إا]خلاء (?:ال)?مس[ؤئ]ولية(?: القانونية)?)\s*(?::.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DISCLAIMER_HINTS = ("isclaimer", "ISCLAIMER", "خلاء")
_RELATED_HEADING = re.compile(
    r"(?:More Stories|More News|Market Research|Most Popular|Most Read|Latest News"
    r"|الأكثر قراءة|المزيد من الأخبار|مزيد من الأخبار)\s*:?",
    re.IGNORECASE,
)
_MAX_HEADING_CHARS = 40  # longer lines are not searched for headings
_MAX_TEASER_BLOCKS = 3
_MAX_TEASER_CHARS = 600
_MIN_PROSE_CHARS = 60
_ENDS_PROSE = re.compile(r"[.!?؟…۔][\"'”’»)\]]*$")
_ENDS_SENTENCE = re.compile(r"[.!?:;؟…۔][\"'”’»)\]]*$")
# Source lines that the site kept within paragraphs were wrapped at about 65 columns.
_MIN_WRAPPED_COLUMNS, _MAX_WRAPPED_COLUMNS = 40, 80
_MIN_SUMMARY_LETTERS = 20
_MAX_SUMMARY_DISTANCE = 60  # paragraphs below a summary in which it is searched for


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """The text of one story."""

    paragraphs: tuple[str, ...]
    opening: Opening
    has_leaks: bool  # whether leaked attributes of a link stood in it


def read_story_text(blocks: Sequence[str], title: str, caption: str = "") -> StoryText:
    """The story among the blocks of its container, which are as `read_blocks` gives them.

    Its headline and the caption of its picture are cleaned texts.
    """
    own = [strip_inserts(block) for block in _drop_headlines(cut_at_end(blocks, title))]
    cleaned = [clean(strip_tokens(strip_marks(block))) for block in own]
    unleaked, has_leaks = strip_leaks(cleaned)
    lines = _drop_boilerplate(unleaked)
    lines = [line for line in strip_sign_offs(lines) if line]
    # The page repeats the headline above or within the text.
    headline = letters(title).casefold()
    lines = [line for line in lines if letters(line).casefold() != headline] or lines
    # Above the credit only a summary or other prose is the story's.
    credit = next((index for index, line in enumerate(lines) if opens_with_credit(line)), 0)
    above = [line for line in lines[:credit] if is_prose(line) and line != caption]
    lines = [*above, *lines[credit:]]
    # Pages of 2015 to 2017 open with a summary that recurs below. There it may stand behind the
    # credit and the agency's dateline, with blanks around the words that are links, or broken.
    first = letters(lines[0]).casefold() if lines else ""
    below = letters("".join(lines[1 : _MAX_SUMMARY_DISTANCE + 1])).casefold()
    is_summary = len(first) >= _MIN_SUMMARY_LETTERS and first in below
    opening = read_opening(lines[1:] if is_summary else lines)
    paragraphs = [part for text in opening.paragraphs for part in _split_paragraphs(text)]
    return StoryText(
        paragraphs=tuple(_drop_boilerplate(paragraphs)),
        opening=opening,
        has_leaks=has_leaks,
    )


def is_related_list(blocks: Sequence[str]) -> bool:
    """Whether the blocks of one element, links marked, are a heading with other stories."""
    heading = clean(strip_marks(blocks[0]))
    is_headed = len(heading) <= _MAX_HEADING_CHARS and _RELATED_HEADING.fullmatch(heading)
    return bool(is_headed) and not any(map(_holds_story, blocks))


def is_teaser(blocks: Sequence[str]) -> bool:
    """Whether the blocks of one list item or box, links marked, announce another story.

    They do as its linked headline with at most a few lines below it, without credit or token.
    """
    return (
        len(blocks) <= _MAX_TEASER_BLOCKS
        and is_foreign_headline(blocks[0])
        and sum(map(len, blocks)) <= _MAX_TEASER_CHARS
        and not any(map(_holds_story, blocks))
    )


def _holds_story(block: str) -> bool:
    return "MENAFN" in block and (opens_with_credit(block) or token_index(block) is not None)


def is_prose(text: str) -> bool:
    """Whether a text is long enough for prose, or ends as a sentence does."""
    return len(text) >= _MIN_PROSE_CHARS or bool(_ENDS_PROSE.search(text))


def opens_with_credit(block: str) -> bool:
    """Whether a line of a block, links marked or not, opens with the credit."""
    if "MENAFN" not in block:
        return False
    return any(match_credit(line.strip()) for line in strip_marks(block).split("\n"))


def cut_at_end(blocks: Sequence[str], title: str = "") -> list[str]:
    """The blocks up to the story's end: its closing token, or, without one, the heading below it.

    One with nothing of the story above it, the headline not counted, doesn't end it: what follows
    it up to the credit is dropped, or nothing where there is no credit below.
    """
    last_token = max(
        (index for index, block in enumerate(blocks) if token_index(block) is not None), default=-1
    )
    credits_at = [index for index, block in enumerate(blocks) if opens_with_credit(block)]
    first, last = (credits_at[0], credits_at[-1]) if credits_at else (len(blocks), -1)
    kept: list[str] = []
    has_begun = is_skipping = False
    for index, block in enumerate(blocks):
        if is_skipping and not opens_with_credit(block):
            continue
        # A story may have a heading of the same words as a list of other stories.
        end = token_index(block) if index <= last_token else _heading_index(block)
        has_begun = has_begun or _has_story(block[:end], title, is_below_credit=index > first)
        if end is not None and has_begun:
            return [*kept, block[:end]]
        kept.append(block)
        is_skipping = end is not None and index < last
    return kept


def _heading_index(block: str) -> int | None:
    """Where in a block the heading of what follows the story stands, `None` where it doesn't."""
    is_short = len(block) <= _MAX_HEADING_CHARS or "\n" in block
    if is_short or any(hint in block for hint in _DISCLAIMER_HINTS):
        start = 0
        for line in block.split("\n"):
            text = clean(strip_marks(line))
            if _DISCLAIMER_HEADER.fullmatch(text) or _RELATED_HEADING.fullmatch(text):
                return start
            start += len(line) + 1
    return None


def _has_story(block: str, title: str, *, is_below_credit: bool) -> bool:
    """Whether there is anything of a story in a block: text after the credit, or a sentence."""
    text = clean(strip_marks(block))
    credit = match_credit(text) if "MENAFN" in text else None
    text = text[credit[1] :].strip() if credit else text
    if not text or is_boilerplate(text) or text.casefold() == title.casefold():
        return False
    return is_below_credit or credit is not None or is_prose(text)


def _drop_headlines(blocks: Sequence[str]) -> Iterator[str]:
    """Leave out other stories' headlines: linked ones, and the one after `Read also:`."""
    is_after_label = False
    for block in blocks:
        is_headline = is_after_label and not _ENDS_SENTENCE.search(block)
        if not is_headline and not is_foreign_headline(block):
            yield block
        is_after_label = is_read_also(block)


def _drop_boilerplate(blocks: Sequence[str]) -> list[str]:
    """The blocks without boilerplate.

    What reads like it is the story's as an item among others of a list or below a sentence that
    announces one, and as a heading that has the words of a list of other stories with prose below.
    """
    kept: list[str] = []
    is_listing = False  # whether a line that announces a list stands above, and labels below it
    for index, block in enumerate(blocks):
        is_listing = (is_listing and is_ambiguous(block)) or (
            block.endswith(":") and len(block) > _MAX_HEADING_CHARS
        )
        around = [*blocks[max(index - 2, 0) : index], *blocks[index + 1 : index + 3]]
        below = blocks[index + 1] if index + 1 < len(blocks) else ""
        is_item = is_ambiguous(block) and (sum(map(_is_list_item, around)) > 1 or is_listing)
        is_within = any(map(is_prose, kept)) and len(below) >= _MIN_PROSE_CHARS
        is_heading = is_within and _RELATED_HEADING.fullmatch(block)
        kept.append(block if is_item or is_heading else _drop_boilerplate_lines(block))
    return [block for block in kept if block]


def _is_list_item(block: str) -> bool:
    is_short = len(block) <= _MAX_HEADING_CHARS and not _ENDS_SENTENCE.search(block)
    return is_short and "MENAFN" not in block and not is_boilerplate(block)


def _drop_boilerplate_lines(block: str) -> str:
    block = strip_disclaimer(block)
    if is_boilerplate(block):
        return ""
    kept: list[str] = []
    for line in block.split("\n"):
        # A provider's name may be the end of a sentence that the source wrapped before it.
        is_wrapped = bool(kept) and is_provider_name(line) and not _ENDS_SENTENCE.search(kept[-1])
        if is_wrapped or not is_boilerplate(line):
            kept.append(line)
    return "\n".join(kept)


def _split_paragraphs(block: str) -> list[str]:
    """A block's paragraphs, at its single line breaks unless its lines were wrapped.

    Then a line break is one that the source had within its paragraph; it becomes a blank.
    """
    lines = [" ".join(line.split()) for line in block.split("\n")]
    columns = max(_MIN_WRAPPED_COLUMNS, *map(len, lines))
    is_whole = len(lines) > 2 and all(map(_ENDS_SENTENCE.search, lines))  # noqa: PLR2004
    # A wrapped line goes on in small letters, or is too full for the first word below it.
    is_wrapped = (
        columns <= _MAX_WRAPPED_COLUMNS
        and not is_whole
        and all(
            below[:1].islower() or len(f"{line} {below.split(' ')[0]}") > columns
            for line, below in pairwise(lines)
        )
    )
    return [" ".join(lines)] if is_wrapped else lines
