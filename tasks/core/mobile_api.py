"""The JSON interface of the site's mobile application: what its answers say.

It is known from that application's code only; no answer was ever seen. So an answer is taken with
every freedom that the code allows for: names of fields in any case (`newsid` in one answer is
`newsID` in the other), any text null or empty, an id as number or text, entities and tags within
headlines. What is no array of objects is refused.
"""

import json
import re
from dataclasses import dataclass
from html import unescape

from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.urls import StoryAddress, parse_story

MAX_BRACKETS = 40_000
"""Opening brackets in one answer: a section has about a dozen, and each may cost 100 bytes."""
MAX_ITEMS = 1_000
"""Of one section's page; the application expects 10."""
MAX_LINE_CHARACTERS = 2_000
"""Of any text but the story's own: a longer headline is cut, any other left out."""

_Entry = dict[str, object]

_ID = re.compile(r"1[0-9]{9}")
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
# What HTML and XML have no place for, however it was escaped.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionItem:
    """One story of a section's page.

    Attributes:
        article_id: its id, `None` where none of ten digits is given.
        link: its address, as printed.
        title: its headline in plain text.
        published: its time, as printed.
    """

    article_id: int | None
    link: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAnswer:
    """One story, as the interface has it.

    Attributes:
        link: an address, the story's own or its source's, as printed.
        title: its headline in plain text.
        published: its time, as printed.
        picture: source of its picture, as printed.
        provider: its provider's name.
        body: its text in HTML, with everything that the wire sets round it; possibly empty.
    """

    link: str | None
    title: str | None
    published: str | None
    picture: str | None
    provider: str | None
    body: str


def read_section(text: str) -> list[SectionItem]:
    """The stories on one page of a section; none on a page after the last.

    Args:
        text: the answer.

    Raises:
        PageRefusedError: `empty-body`, `not-json`, or `too-complex` beyond this module's limits.
    """
    entries = _entries(text)
    if len(entries) > MAX_ITEMS:
        raise PageRefusedError(Reason.TOO_COMPLEX, f"{len(entries)} items, {MAX_ITEMS} are allowed")
    return [
        SectionItem(
            article_id=_id(entry),
            link=_line(entry, "link"),
            title=_headline(entry, "title"),
            published=_line(entry, "newsdate"),
        )
        for entry in entries
    ]


def read_story(text: str, article_id: int) -> StoryAnswer:
    """The story of an answer, an array of one; an entry without id is taken for it.

    Args:
        text: the answer.
        article_id: the story that was asked for.

    Raises:
        PageRefusedError: `empty-body`, `not-json`, `too-complex`, or `no-story` for an array that
            is empty or holds another story.
    """
    entries = _entries(text)
    entry = next((entry for entry in entries if _id(entry) in (article_id, None)), None)
    if entry is None:
        told = f"story {_id(entries[0])} instead of {article_id}" if entries else "no entry"
        raise PageRefusedError(Reason.NO_STORY, f"the answer is an array with {told}")
    return StoryAnswer(
        link=_line(entry, "newslink"),
        title=_headline(entry, "newstitle") or _headline(entry, "title"),
        published=_line(entry, "newsdate"),
        picture=_line(entry, "imagepath"),
        provider=_line(entry, "providername"),
        body=_text(entry, "newsbody"),
    )


def story_of(item: SectionItem, *, page: str, base_url: str) -> StoryAddress | None:
    """Which story an item of a section is.

    Args:
        item: the item.
        page: the section's canonical address.
        base_url: where the wire is dialled.

    Returns:
        The story by its id, with the slug of the link where that names the same story; `None`
        where neither names one, or each another.
    """
    address = parse_story(item.link, page=page, base_url=base_url) if item.link else None
    if item.article_id is None:
        return address
    if address is None:
        return StoryAddress(article_id=item.article_id, slug="", is_arabic=False)
    return address if address.article_id == item.article_id else None


def _entries(text: str) -> list[_Entry]:
    """The objects of an answer's array, their fields by name in lower case."""
    if not text.strip("\ufeff \t\r\n"):
        raise PageRefusedError(Reason.EMPTY_BODY, f"{len(text)} characters, all blank")
    brackets = text.count("[") + text.count("{")
    if brackets > MAX_BRACKETS:
        raise PageRefusedError(
            Reason.TOO_COMPLEX, f"{brackets} opening brackets, {MAX_BRACKETS} are allowed"
        )
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise PageRefusedError(Reason.TOO_COMPLEX, "JSON nested too deep") from error
    except ValueError as error:
        raise PageRefusedError(Reason.NOT_JSON, f"no JSON: {error}") from error
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        told = type(value).__name__
        raise PageRefusedError(Reason.NOT_JSON, f"a {told}, no array of objects")
    return [{name.lower(): field for name, field in entry.items()} for entry in value]


def _id(entry: _Entry) -> int | None:
    value = entry.get("newsid")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    told = str(value).strip()
    return int(told) if _ID.fullmatch(told) else None


def _text(entry: _Entry, name: str) -> str:
    value = entry.get(name)
    return _UNFIT.sub("", value).strip() if isinstance(value, str) else ""


def _line(entry: _Entry, name: str) -> str | None:
    text = _text(entry, name)
    return text if 0 < len(text) <= MAX_LINE_CHARACTERS else None


def _headline(entry: _Entry, name: str) -> str | None:
    """A headline as the application shows it, which renders it as HTML."""
    text = unescape(_TAG.sub("", _text(entry, name)[:MAX_LINE_CHARACTERS]))
    return " ".join(text.split()) or None
