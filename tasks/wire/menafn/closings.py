# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Where a story ends, and which parts of its page are about something else.

The closing token ends a story: it stood below the text on all pages known, followed by nothing but
the provider's name, the disclaimer, labels and other stories' teasers. The disclaimer's header and
the headings of rails end it too, for pages without a token. The Arabic disclaimer's header is
known, its wording is not: so the header decides.
"""

import re
from collections.abc import Iterator, Sequence

from tasks.wire.menafn.furniture import is_foreign_headline, is_furniture, without_marks
from tasks.wire.menafn.opening import match_credit
from tasks.wire.menafn.repair import clean
from tasks.wire.menafn.token import token_place

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
    if not text or is_furniture(text) or text.casefold() == title.casefold():
        return False
    return is_below_credit or credit is not None or is_prose(text)


def _holds_story(block: str) -> bool:
    return "MENAFN" in block and (opens_with_credit(block) or token_place(block) is not None)
