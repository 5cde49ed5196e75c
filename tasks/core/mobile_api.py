"""The JSON interface of the site's mobile application: sections and stories.

It is known from that application's code only; no response was ever seen. So a response is read with
every freedom that the code allows for: names of fields in any case (`newsid` in one response is
`newsID` in the other), any text null or empty, an id as number or text, entities and tags within
headlines. What is no array of objects is refused.
"""

import json
import re
from dataclasses import dataclass
from html import unescape

from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.urls import StoryAddress, parse_story

MAX_BRACKETS = 40_000  # a section has about a dozen opening brackets, and each may cost 100 bytes
MAX_ITEMS = 1_000  # of one page of a section; the application expects 10
MAX_LINE_CHARACTERS = 2_000  # a longer headline is cut, any other text but the body left out

_Entry = dict[str, object]

_ID = re.compile(r"1[0-9]{9}")
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
# What HTML and XML have no place for, however it was escaped.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionItem:
    """One story on a section's page; link and time as printed."""

    article_id: int | None  # None where none of ten digits is given
    link: str | None
    title: str | None  # plain text
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceStory:
    """One story; link, time and picture as printed."""

    link: str | None  # the story's own address or its source's
    title: str | None  # plain text
    published: str | None
    picture: str | None
    provider: str | None
    body: str  # HTML, with the site's boilerplate; may be empty


def read_section(text: str) -> list[SectionItem]:
    """The stories on one page of a section; none on a page after the last."""
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


def read_story(text: str, article_id: int) -> InterfaceStory:
    """The requested story of a response, an array of one; an entry without id is taken for it.

    A `PageRefusedError` is one of `_entries`, or `no-story` where that is missing.
    """
    entries = _entries(text)
    entry = next((entry for entry in entries if _id(entry) in (article_id, None)), None)
    if entry is None:
        found = f"story {_id(entries[0])} instead of {article_id}" if entries else "no entry"
        raise PageRefusedError(Reason.NO_STORY, f"the response is an array with {found}")
    return InterfaceStory(
        link=_line(entry, "newslink"),
        title=_headline(entry, "newstitle") or _headline(entry, "title"),
        published=_line(entry, "newsdate"),
        picture=_line(entry, "imagepath"),
        provider=_line(entry, "providername"),
        body=_text(entry, "newsbody"),
    )


def story_of(item: SectionItem, *, page: str, base_url: str) -> StoryAddress | None:
    """Which story an item of a section is; `page` is the section's canonical address.

    The story of its id, with the slug of the link where that names the same story; `None` where
    neither names one, or each another.
    """
    address = parse_story(item.link, page=page, base_url=base_url) if item.link else None
    if item.article_id is None:
        return address
    if address is None:
        return StoryAddress(article_id=item.article_id, slug="", is_arabic=False)
    return address if address.article_id == item.article_id else None


def _entries(text: str) -> list[_Entry]:
    """The objects of a response's array, their fields by name in lower case.

    A `PageRefusedError` is `empty-body`, `not-json`, or `too-complex` beyond this module's limits.
    """
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
        raise PageRefusedError(Reason.NOT_JSON, f"a {type(value).__name__}, no array of objects")
    return [{name.lower(): field for name, field in entry.items()} for entry in value]


def _id(entry: _Entry) -> int | None:
    value = entry.get("newsid")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return int(text) if _ID.fullmatch(text) else None


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
