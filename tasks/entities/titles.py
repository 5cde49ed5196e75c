"""Titles and offices in and next to names, which are no part of them."""

import re

from tasks.core.records import EntityType
from tasks.entities.rules import NO_PERSONS
from tasks.entities.tokenizer import Span, key, word_set
from tasks.entities.words import (
    HONORIFICS,
    OFFICES,
    ORGANISATION_ENDS,
    PARTICLES,
    PORTFOLIOS,
    SECTORS,
)

_PERSON = EntityType.PERSON
_WORD = re.compile(r"[^\s,;:()\"\u201c\u201d]+")
_ALSO_TITLES = word_set(
    "superintendent commodore referee fisherman baker novelist skipper archaeologist outsider "
    "forecaster farmer nurse carpenter photographer driver teacher dentist surgeon pharmacist "
    "plumber electrician gardener chef tailor jeweller shepherd beekeeper curator librarian "
    "historian biologist geologist meteorologist shopkeeper midwife paramedic firefighter "
    "ruler regent trader resident pensioner student commuter villager broker pilot "
    "grocer mechanic welder architect designer composer conductor sculptor "
    "producer presenter blogger scholar lecturer physicist chemist psychologist psychiatrist "
    "cardiologist activist protester refugee survivor veteran"
)
_ALSO_NAMES = word_set("sultan amir emir imam sayed sayyid sheikha shaikha")
TITLES = OFFICES | HONORIFICS | _ALSO_TITLES | {"h", "e"}
_TITLE_TAILS = PORTFOLIOS | {"of", "for", "and", "the", "&"}
_TRADES = ORGANISATION_ENDS | SECTORS
# "Bank of England Governor": no part of the name, as it is in "Office of the President".
_OFFICE_TAIL = re.compile(
    r"(?<! of)(?<! the)(?: (?:Vice|Deputy|Acting|Executive|Managing|Senior|General))*[ -]"
    r"(?:Co-)?(?:Governor|President|CEO|CFO|COO|Chair(?:man|woman|person)?|Director|"
    r"Spokes(?:man|woman|person)|Speaker|Leader|Whip)$"
)
_RANKS = r"(?:(?:Vice|Deputy|Acting|Executive|Managing|Senior|General|Group|Regional|Global)[ -])*"
# "Chancellor of Ajman University"
_OFFICE_OPENING = re.compile(
    rf"^{_RANKS}(?:Co-)?(?:Chancellor|President|Chair(?:man|woman|person)?|CEO|CFO|COO|CTO|Head|"
    r"Director(?:[ -]General)?|Governor|Dean|Rector|Secretary[ -]General|Founder|Partner|Editor|"
    r"Commander|Captain|Coach)(?: of (?:the )?| at (?:the )?)(?=[A-Z])"
)
# "Chairman of the Management Board NAME"
_BOARD_OPENING = re.compile(
    r"^(?:(?:Management|Supervisory|Executive|Advisory) Board"
    r"|Board of (?:Directors|Trustees|Governors|Management)) (?=[A-Z]\w+ [A-Z])"
)
# "Vice President of Talent at Rove Hotels": what an office is in charge of.
_SCOPE_BEFORE = re.compile(
    r"\b(?:President|Director|Head|Manager|Chief|Officer|Lead|Partner|Professor)[,]? (?:of|for) $"
)
_SCOPE_AFTER = re.compile(r" (?:at|for|with|in) (?:the )?[A-Z]")
_SCOPE_ENDS = (" Affairs", " Operations", " Relations", " Marketing", " Sales", " Strategy")


def skip_office(text: str, start: int, end: int) -> int:
    """Where a body's name starts, behind an office and its link: `Dean of Ajman University`."""
    opening = _OFFICE_OPENING.search(text[start:end]) or _BOARD_OPENING.search(text[start:end])
    return start + opening.end() if opening else start


def drop_office_tail(text: str, start: int, end: int) -> int:
    """Where a body's name ends, before an office: `Bank of England Governor`."""
    tail = _OFFICE_TAIL.search(text, start, end)
    return tail.start() if tail else end


def is_office_scope(text: str, start: int, end: int) -> bool:
    """Whether words are what an office is in charge of, or the middle of `Chief People Officer`."""
    if text.startswith(" Officer", end) and text.endswith("Chief ", 0, start):
        return True
    is_scope = _SCOPE_BEFORE.search(text, max(0, start - 20), start)
    is_field = text[start:end].endswith(_SCOPE_ENDS)
    return bool(is_scope and (is_field or _SCOPE_AFTER.match(text, end)))


def without_titles(span: Span, text: str) -> Span:
    """A person's name from behind the titles before or inside it; empty where nothing is left."""
    matches = list(_WORD.finditer(text, span.start, span.end))
    folded = [key(match.group()) for match in matches]
    is_chief = folded[:1] == ["executive"] and text.endswith("Chief ", 0, span.start)
    title = 0 if is_chief else -1
    for index, word in enumerate(folded):
        if word in TITLES and not _is_part_of_name(folded, index):
            title = index
    while (
        0 <= title < len(folded) - 1 and folded[title + 1] in _TITLE_TAILS
    ):  # "for Foreign Affairs"
        title += 1
    start = span.end if all(word in TITLES for word in folded) else span.start
    if title < len(folded) - 1:
        start = matches[title + 1].start()
    if all(word in NO_PERSONS or word in _TRADES for word in folded[title + 1 :]):
        start = span.end  # "General Command Staff"
    return Span(start, span.end, _PERSON)


def _is_part_of_name(folded: list[str], index: int) -> bool:
    """Whether a title's word is a name here: `Sultan Al Jaber`, `Stephen King`."""
    rest = [word for word in folded[index + 1 :] if word not in PARTICLES]
    if not rest:
        return index > 0
    if folded[index] not in _ALSO_NAMES:
        return False
    is_middle = index > 0 and folded[index - 1] not in TITLES
    return is_middle or len(rest) < 2 or folded[index + 1] in PARTICLES  # noqa: PLR2004
