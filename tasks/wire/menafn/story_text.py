# ruff: noqa: RUF001 - Arabic and curly marks stand here as they are
"""From the blocks of a page to the story's own text, and what stood round it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.wire.menafn.closings import is_prose, opens_with_credit, story_part
from tasks.wire.menafn.furniture import (
    is_foreign_headline,
    is_furniture,
    is_read_also,
    without_disclaimer,
    without_inserts,
    without_leaks,
    without_marks,
    without_sign_offs,
)
from tasks.wire.menafn.opening import Opening, read_opening
from tasks.wire.menafn.providers import is_provider_name
from tasks.wire.menafn.repair import clean
from tasks.wire.menafn.token import without_tokens

_ENDS_SENTENCE = re.compile(r"[.!?:;؟…۔][\"'”’»)\]]*$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_WRAPPED_COLUMNS = 80
"""Source lines that the wire kept within paragraphs were wrapped at about 65 columns."""
_FEW_LINES = 3
_FEWEST_SUMMARY_LETTERS = 20
_MOST_SUMMARISED = 60
"""Paragraphs below a summary in which it is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """The text of one story.

    Attributes:
        paragraphs: the main text.
        opening: what stood before it.
        has_leaks: whether leaked attributes of a link stood in it.
    """

    paragraphs: tuple[str, ...]
    opening: Opening
    has_leaks: bool


def read_story_text(blocks: Sequence[str], title: str, caption: str = "") -> StoryText:
    """The story among the blocks of its container.

    Args:
        blocks: texts of the container's blocks in their order, links marked, a single line break
            as a newline.
        title: the headline, cleaned.
        caption: what the page's picture is said to show, cleaned.

    Returns:
        The story's paragraphs without anything that a furniture rule names.
    """
    told = [without_inserts(block) for block in _without_headlines(story_part(blocks, title))]
    cleaned = [clean(without_tokens(without_marks(block))) for block in told]
    mended, has_leaks = without_leaks(cleaned)
    lines = [line for line in map(_without_furniture, mended) if line]
    lines = [line for line in without_sign_offs(lines) if line]
    lines = _without_title(lines, title)
    opening = read_opening(_without_summary(_without_remarks(lines, caption)))
    paragraphs = [part for text in opening.paragraphs for part in _parted(text)]
    kept = [paragraph for paragraph in paragraphs if not is_furniture(paragraph)]
    return StoryText(
        paragraphs=tuple(kept),
        opening=opening,
        has_leaks=has_leaks,
    )


def _without_headlines(blocks: Sequence[str]) -> Iterator[str]:
    """The blocks without other stories' headlines: linked ones, and the one after `Read also:`."""
    is_announced = False
    for block in blocks:
        is_headline = is_announced and not _ENDS_SENTENCE.search(block)
        if not is_headline and not is_foreign_headline(block):
            yield block
        is_announced = is_read_also(block)


def _without_furniture(block: str) -> str:
    block = without_disclaimer(block)
    if is_furniture(block):
        return ""
    if "\n" not in block:
        return block
    kept: list[str] = []
    for line in block.split("\n"):
        if not is_furniture(line) or _ends_wrapped(line, kept):
            kept.append(line)
    return "\n".join(kept)


def _ends_wrapped(line: str, above: Sequence[str]) -> bool:
    """Whether a provider's name is the end of a sentence that the source wrapped before it."""
    return bool(above) and is_provider_name(line) and not _ENDS_SENTENCE.search(above[-1])


def _without_title(lines: list[str], title: str) -> list[str]:
    """Drops the headline where the page repeats it above or within the text."""
    folded = _letters(title)
    others = [line for line in lines if _letters(line) != folded]
    return others or lines


def _without_remarks(lines: list[str], caption: str) -> list[str]:
    """Drops what stands above the credit and is neither a summary nor prose of any kind."""
    credit = next((place for place, line in enumerate(lines) if opens_with_credit(line)), 0)
    above = [line for line in lines[:credit] if is_prose(line) and line != caption]
    return [*above, *lines[credit:]]


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _parted(block: str) -> list[str]:
    """A block's paragraphs: single line breaks part them only where each closes a sentence.

    Elsewhere a line break is one that the source had within its paragraph; it becomes a blank.
    """
    lines = block.split("\n")
    above = lines[:-1]
    if above and all(map(_ENDS_SENTENCE.search, lines)):
        is_wrapped = max(map(len, above)) <= _WRAPPED_COLUMNS and len(lines) < _FEW_LINES
        if not is_wrapped:
            return [" ".join(line.split()) for line in lines]
    return [" ".join(block.split())]


def _without_summary(lines: list[str]) -> list[str]:
    """Drops a first paragraph that recurs: pages of 2015 to 2017 open with such a summary.

    Where it recurs it may stand behind the credit and the agency's dateline, with blanks about the
    words that are links there, or broken after one.
    """
    first = _letters(lines[0]) if lines else ""
    if len(first) < _FEWEST_SUMMARY_LETTERS:
        return lines
    return lines[1:] if first in _letters("".join(lines[1 : _MOST_SUMMARISED + 1])) else lines
