# ruff: noqa: RUF001 - Arabic and curly marks stand here as they are
# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""From the blocks of a page to the story's own text, and what stood round it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.pages.boilerplate import (
    is_boilerplate,
    is_foreign_headline,
    is_read_also,
    without_disclaimer,
    without_inserts,
    without_leaks,
    without_marks,
    without_sign_offs,
)
from tasks.pages.cleanup import clean
from tasks.pages.credit import Opening, match_credit, read_opening
from tasks.pages.providers import is_provider_name
from tasks.pages.token import token_place, without_tokens

_DISCLAIMER_HEADER = re.compile(
    r"(?:Legal Disclaimer|[إا]خلاء (?:ال)?مس[ؤئ]ولية(?: القانونية)?)\s*(?::.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DISCLAIMER_HINTS = ("isclaimer", "ISCLAIMER", "خلاء")
_RAIL_HEADING = re.compile(
    r"(?:More Stories|More News|Market Research|Most Popular|Most Read|Latest News"
    r"|الأكثر قراءة|المزيد من الأخبار|مزيد من الأخبار)\s*:?",
    re.IGNORECASE,
)
_LONGEST_HEADING = 40
"""Characters; spares longer lines the look."""

_MOST_TEASER_BLOCKS = 3
_MOST_TEASER_CHARACTERS = 600
_PROSE_CHARACTERS = 60
_ENDS_SENTENCE = re.compile(r"[.!?؟…۔][\"'”’»)\]]*$")


def is_rail(blocks: Sequence[str]) -> bool:
    """Whether the blocks of one element are a rail: its heading, then other stories.

    Args:
        blocks: all blocks of the element, links marked.
    """
    heading = clean(without_marks(blocks[0]))
    is_headed = len(heading) <= _LONGEST_HEADING and _RAIL_HEADING.fullmatch(heading)
    return bool(is_headed) and not any(map(_holds_story, blocks))


def is_teaser(blocks: Sequence[str]) -> bool:
    """Whether the blocks of one list item or box announce another story.

    Args:
        blocks: all blocks of the element, links marked.

    Returns:
        True for the linked headline of another story with at most a few lines below it.
        Neither this nor a rail is anything that the credit or the token stands in.
    """
    return (
        len(blocks) <= _MOST_TEASER_BLOCKS
        and is_foreign_headline(blocks[0])
        and sum(map(len, blocks)) <= _MOST_TEASER_CHARACTERS
        and not any(map(_holds_story, blocks))
    )


def is_prose(text: str) -> bool:
    """Whether a text is long enough for prose, or closes as a sentence does."""
    return len(text) >= _PROSE_CHARACTERS or bool(_ENDS_SENTENCE.search(text))


def opens_with_credit(block: str) -> bool:
    """Whether a line of a block, links marked or not, opens with the credit."""
    if "MENAFN" not in block:
        return False
    return any(match_credit(line.strip()) for line in without_marks(block).split("\n"))


def story_part(blocks: Sequence[str], title: str = "") -> list[str]:
    """The blocks up to the story's end.

    A token or heading with nothing of the story above it doesn't end it: what follows it up to the
    credit goes, or nothing where there is no credit below.

    Args:
        blocks: texts of the container's blocks in their order, links marked.
        title: the headline, cleaned, which is nothing of the story's text.
    """
    openings = [place for place, block in enumerate(blocks) if opens_with_credit(block)]
    first, last = (openings[0], openings[-1]) if openings else (len(blocks), -1)
    kept: list[str] = []
    has_begun = is_aside_open = False
    for place, block in enumerate(blocks):
        if is_aside_open and not opens_with_credit(block):
            continue
        end = _closing_place(block)
        has_begun = has_begun or _tells(block[:end], title, is_below_credit=place > first)
        if end is not None and has_begun:
            return [*kept, block[:end]]
        kept.append(block)
        is_aside_open = end is not None and place < last
    return kept


def _closing_place(block: str) -> int | None:
    """Where in a block the story ends, `None` where it goes on."""
    places = [token_place(block)]
    if len(block) <= _LONGEST_HEADING or "\n" in block or _says_disclaimer(block):
        places.append(next(_headings(block), None))
    return min((place for place in places if place is not None), default=None)


def _headings(block: str) -> Iterator[int]:
    """Where lines stand that head the disclaimer or a rail."""
    place = 0
    for line in block.split("\n"):
        text = clean(without_marks(line))
        if _DISCLAIMER_HEADER.fullmatch(text) or _RAIL_HEADING.fullmatch(text):
            yield place
        place += len(line) + 1


def _says_disclaimer(text: str) -> bool:
    return any(hint in text for hint in _DISCLAIMER_HINTS)


def _tells(block: str, title: str, *, is_below_credit: bool) -> bool:
    """Whether there is anything of a story in a block: text after the credit, or a sentence."""
    text = clean(without_marks(block))
    credit = match_credit(text) if "MENAFN" in text else None
    text = text[credit[1] :].strip() if credit else text
    if not text or is_boilerplate(text) or text.casefold() == title.casefold():
        return False
    return is_below_credit or credit is not None or is_prose(text)


def _holds_story(block: str) -> bool:
    return "MENAFN" in block and (opens_with_credit(block) or token_place(block) is not None)


_ENDS_SENTENCE_story_text = re.compile(r"[.!?:;؟…۔][\"'”’»)\]]*$")
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
    fix_boundaries = [clean(without_tokens(without_marks(block))) for block in told]
    mended, has_leaks = without_leaks(fix_boundaries)
    lines = [line for line in map(_without_furniture, mended) if line]
    lines = [line for line in without_sign_offs(lines) if line]
    lines = _without_title(lines, title)
    opening = read_opening(_without_summary(_without_remarks(lines, caption)))
    paragraphs = [part for text in opening.paragraphs for part in _parted(text)]
    kept = [paragraph for paragraph in paragraphs if not is_boilerplate(paragraph)]
    return StoryText(
        paragraphs=tuple(kept),
        opening=opening,
        has_leaks=has_leaks,
    )


def _without_headlines(blocks: Sequence[str]) -> Iterator[str]:
    """The blocks without other stories' headlines: linked ones, and the one after `Read also:`."""
    is_announced = False
    for block in blocks:
        is_headline = is_announced and not _ENDS_SENTENCE_story_text.search(block)
        if not is_headline and not is_foreign_headline(block):
            yield block
        is_announced = is_read_also(block)


def _without_furniture(block: str) -> str:
    block = without_disclaimer(block)
    if is_boilerplate(block):
        return ""
    if "\n" not in block:
        return block
    kept: list[str] = []
    for line in block.split("\n"):
        if not is_boilerplate(line) or _ends_wrapped(line, kept):
            kept.append(line)
    return "\n".join(kept)


def _ends_wrapped(line: str, above: Sequence[str]) -> bool:
    """Whether a provider's name is the end of a sentence that the source wrapped before it."""
    return (
        bool(above) and is_provider_name(line) and not _ENDS_SENTENCE_story_text.search(above[-1])
    )


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
    if above and all(map(_ENDS_SENTENCE_story_text.search, lines)):
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
