# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""What stands before a story's first sentence: credits, the author, the agency's dateline.

A story opens with `(MENAFN- Provider) `, own news with `(MENAFN) `. Also seen: the opening bracket
missing, blanks on both sides of the hyphen or none after the bracket, brackets within the
provider's name, a hyphen within it. A second credit and an author may follow, in any order, then
the agency's dateline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.pages.dateline import AGENCY, ARABIC_AGENCY, Dateline, match_dateline
from tasks.pages.providers import OWN, PROVIDERS, is_provider_name

_CREDIT = re.compile(r"\(? ?MENAFN ?(?:(?P<hyphen>[-–—]) ?|(?=\)))")
_MAX_CREDIT_CHARS = 120
_CREDIT_ON_NEW_LINE = re.compile(r"\n(?=\(? ?MENAFN ?[-–—)])")
# Paragraphs in which a credit is searched for; a summary stands before it on early pages.
_MAX_CREDIT_INDEX = 3

# Agencies that other providers credit in turn.
_SECOND_CREDIT = re.compile(rf"(?:The Peninsula(?: Online)?|{AGENCY}|{ARABIC_AGENCY})(?![\w'’-])")

_NAME_PART = r"(?:[^\W\d_a-z][\w.'’-]*|(?:al|el)-[\w'’-]+|bin|bint|van|von|de|der|da|el)"
_NAME = rf"{_NAME_PART}(?: {_NAME_PART}){{1,4}}"
_BYLINE = re.compile(rf"By:? {_NAME}(?:(?:, ?| and | & ){_NAME}){{0,3}}|بقلم ?:? [^\n.]{{3,60}}")
_NAME_READ_MORE = re.compile(rf"(?P<name>(?:By )?{_NAME}?)\s*Read more(?=\s|[A-Z(]|$)")
_BY = re.compile(r"(?:By\b|بقلم) ?:? ?", re.IGNORECASE)
_MIN_NAME_WORDS = 2
# An author's name alone on its line, without "By"; a second credit may stand behind it.
_NO_AUTHOR = re.compile(
    r"^[^a-z]+$|\b(?:Agencies|Alert|Analysis|Brief|City|Correspondent|Desk|Exclusive|Interview|Market"
    r"|Markets|News|Press|Release|Report|Reporter|Review|Special|Staff|Statement|Update|Writer)\b"
)
_BARE_NAME = re.compile(rf"(?P<name>{_NAME})(?: ?[|/–-] ?(?P<credit>[^\n]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What stood before a story's first sentence, and the story without it."""

    # The name that the credit prints, `MENAFN` for own news, `None` without a credit.
    provider: str | None
    byline: str | None  # the author's bare name, without the "By" before it
    dateline: Dateline | None
    # The rest, the first sentence first; what stood above the credit stays there.
    paragraphs: tuple[str, ...]


def read_opening(paragraphs: Sequence[str]) -> Opening:
    """Separate the opening of a story from its cleaned paragraphs."""
    lines = [part for paragraph in paragraphs for part in _CREDIT_ON_NEW_LINE.split(paragraph)]
    provider, above, rest = None, [], lines
    for index, line in enumerate(lines[:_MAX_CREDIT_INDEX]):
        if credit := match_credit(line):
            provider, length = credit
            text = line[length:].lstrip()
            if further := match_credit(text):
                text = text[further[1] :].lstrip()
            above, rest = lines[:index], [text, *lines[index + 1 :]]
            break
    rest = _drop_second_credit(_drop_blank_start(rest))
    byline, rest = _take_byline(rest)
    rest = _drop_second_credit(rest)
    dateline = match_dateline(rest[0]) if rest else None
    if not above and dateline is None and len(rest) > 1:
        # Stories of 2015 to 2017 may have a summary, no credit, and a dated dateline below it.
        second = match_dateline(rest[1])
        if second and (second.day is not None or second.mark is not None):
            above, rest, dateline = rest[:1], rest[1:], second
    if dateline:
        rest = _drop_blank_start([rest[0][dateline.length :].lstrip(), *rest[1:]])
    return Opening(provider=provider, byline=byline, dateline=dateline, paragraphs=(*above, *rest))


def match_credit(text: str) -> tuple[str, int] | None:
    """The provider of the credit that a text opens with, and the credit's length.

    The name is as printed, `MENAFN` for own news. `None` where the text opens without a credit.
    """
    match = _CREDIT.match(text)
    if match is None:
        return None
    if not match["hyphen"]:
        return OWN, match.end() + 1
    start = match.end()
    depth = 1  # of brackets, since the name itself may hold some
    for index, character in enumerate(text[start : start + _MAX_CREDIT_CHARS], start):
        if character == "\n":
            break
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            name = text[start:index].strip()
            return (name, index + 1) if name else None
    # A credit that lost its last bracket is still known by the provider's name.
    for provider in PROVIDERS:
        if text.startswith(provider.name, start):
            return provider.name, start + len(provider.name)
    return None


def bare_byline(printed: str) -> str:
    """An author's name without the "By", in either language, that is printed before it."""
    return _BY.sub("", printed.strip(), count=1)


def _drop_blank_start(paragraphs: list[str]) -> list[str]:
    first = next((index for index, text in enumerate(paragraphs) if text.strip()), len(paragraphs))
    return paragraphs[first:]


def _drop_second_credit(paragraphs: list[str]) -> list[str]:
    if not paragraphs:
        return paragraphs
    line, _, below = paragraphs[0].partition("\n")
    if is_provider_name(line) and (below or len(paragraphs) > 1):
        return _drop_blank_start([below, *paragraphs[1:]])
    match = _SECOND_CREDIT.match(paragraphs[0])
    if match and _is_boundary(paragraphs[0][match.end() :]):
        return _drop_blank_start([paragraphs[0][match.end() :].lstrip(" \n-:"), *paragraphs[1:]])
    return paragraphs


def _is_boundary(rest: str) -> bool:
    """Whether a credit or an author ends here for certain, not a sentence's subject."""
    following = rest.lstrip(" ")
    return (
        not following
        or following.startswith("\n")
        or match_dateline(following) is not None
        or _BYLINE.match(following) is not None
    )


def _take_byline(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    """The author that the first paragraph opens with, and the paragraphs without the name."""
    if not paragraphs:
        return None, paragraphs
    text = paragraphs[0]
    match = _NAME_READ_MORE.match(text)
    if match and len(match["name"].split()) >= _MIN_NAME_WORDS:
        rest = [text[match.end() :].lstrip(), *paragraphs[1:]]
        return bare_byline(match["name"]), _drop_blank_start(rest)
    if found := _author_line(text, paragraphs[1:]):
        return found
    # The pattern may have run on into the dateline or a second credit, both capitalised too.
    match = _BYLINE.match(text)
    end = match.end() if match else 0
    while end > 0 and not _is_after_byline(text[end:]):
        end = text.rfind(" ", 0, end)
    is_whole_text = end == len(text) and len(paragraphs) == 1
    if end <= 0 or is_whole_text or not _BYLINE.fullmatch(text, 0, end):
        return None, paragraphs
    rest = [text[end:].lstrip(" \n"), *paragraphs[1:]]
    return bare_byline(text[:end]), _drop_blank_start(rest)


def _author_line(text: str, below: list[str]) -> tuple[str, list[str]] | None:
    """An author on the first line, where the agency's dateline or credit opens the next one."""
    line, _, rest = text.partition("\n")
    paragraphs = _drop_blank_start([rest.lstrip(), *below])
    match = _BARE_NAME.fullmatch(line.strip())
    name = bare_byline(match["name"]) if match else ""
    if match is None or not paragraphs or _NO_AUTHOR.search(name) or is_provider_name(name):
        return None
    credit = match["credit"]
    is_signed = credit is not None and (
        is_provider_name(credit) or _SECOND_CREDIT.fullmatch(credit)
    )
    is_above_dateline = credit is None and (
        match_dateline(paragraphs[0]) is not None or _drop_second_credit(paragraphs) != paragraphs
    )
    return (name, paragraphs) if is_signed or is_above_dateline else None


def _is_after_byline(rest: str) -> bool:
    following = rest.lstrip(" ")
    if not following or following.startswith("\n"):
        return True
    second = _SECOND_CREDIT.match(following)
    return match_dateline(following) is not None or bool(
        second and _is_boundary(following[second.end() :])
    )
