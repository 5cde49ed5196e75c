"""Redacts what a feed or listing prints of certain stories: all but their ids and dates.

Entries are emptied and not removed, so that a list read again gives the same ids in the same order.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from tasks.core.urls import ORIGIN

_ITEM_TAG = re.compile(r"<(/?)item\b[^>]*>?", re.IGNORECASE)
_SCRIPT_TAG = re.compile(r"<(/?)script\b[^<>]*>", re.IGNORECASE)
_PUBLISHED = re.compile(r"<pubDate>[^<]{0,64}</pubDate>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^<>]*)>")
_KEPT_ATTRIBUTES = re.compile(
    r"\s(?:class|id|style|hidden|role)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?(?=[\s/]|$)",
    re.IGNORECASE,
)
_KEPT_FIELDS = frozenset({"newsid", "newsdate"})

_Span = tuple[int, int]


def redact_listing(text: str, article_ids: Collection[int]) -> str | None:
    """RSS, HTML or a section of the JSON interface without what it prints of some stories.

    The text itself where it names none of them; `None` where it names one in a place that can't
    be redacted with certainty.
    """
    digits = "|".join(map(str, sorted(article_ids)))
    ids = re.compile(rf"(?<![0-9])(?:{digits})(?![0-9])")
    if not ids.search(text):
        return text
    opening = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if opening.startswith(("[", "{")):
        try:
            return json.dumps(_redact_json(json.loads(text), ids), ensure_ascii=False)
        except (ValueError, RecursionError):
            return None
    if opening.startswith(("<?xml", "<rss")):
        before_id = f"<link>{ORIGIN}/"
        redacted = _replace(text, _elements(text, _ITEM_TAG), ids, _bare_item)
    else:
        before_id = '<a href="/'
        redacted = _replace(text, _elements(text, _SCRIPT_TAG), ids, lambda *_: "<script></script>")
        redacted = _replace(redacted, _surroundings(redacted, ids), ids, _bare_tags)
    is_certain = all(
        redacted.startswith(before_id, found.start() - len(before_id))
        for found in ids.finditer(redacted)
    )
    return redacted if is_certain else None


def _redact_json(value: Any, ids: re.Pattern[str]) -> Any:
    if isinstance(value, list):
        return [_redact_json(item, ids) for item in value]
    if not isinstance(value, dict):
        return value
    scalars = (str(item) for item in value.values() if isinstance(item, str | int))
    if any(map(ids.search, scalars)):
        return {name: item for name, item in value.items() if name.lower() in _KEPT_FIELDS}
    return {name: _redact_json(item, ids) for name, item in value.items()}


def _elements(text: str, tag: re.Pattern[str]) -> Iterator[_Span]:
    """The spans of elements that hold none of their own kind, in one pass."""
    start = None
    for found in tag.finditer(text):
        if not found[1]:
            start = found.start() if start is None else start
        elif start is not None:
            yield start, found.end()
            start = None


def _bare_item(item: str, article_id: str) -> str:
    published = _PUBLISHED.search(item)
    return f"<item><link>{ORIGIN}/{article_id}/</link>{published[0] if published else ''}</item>"


def _surroundings(text: str, ids: re.Pattern[str]) -> list[_Span]:
    """From the link before each id to the link after it, where other stories' texts begin."""
    borders, is_own = [], False
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name == "a" and not tag["closing"]:
            is_own = ids.search(tag[0]) is not None
        if name in ("html", "head", "body") or (name == "a" and not is_own):
            borders.append(tag.span())
    starts, ends = [start for start, _ in borders], [end for _, end in borders]
    spans: list[_Span] = []
    for found in ids.finditer(text):
        before, after = bisect_right(ends, found.start()), bisect_left(starts, found.end())
        span = (ends[before - 1] if before else 0,
                starts[after] if after < len(starts) else len(text))  # fmt: skip
        if not spans or spans[-1] != span:
            spans.append(span)
    return spans


def _bare_tags(part: str, article_id: str) -> str:
    tags = []
    for tag in _TAG.finditer(part):
        kept = "" if tag["closing"] else "".join(_KEPT_ATTRIBUTES.findall(tag["rest"]))
        is_link = tag["name"].lower() == "a" and not tag["closing"]
        bare = f"<{tag['closing']}{tag['name']}{kept}>"
        tags.append(f'<a href="/{article_id}/">' if is_link else bare)
    return "".join(tags)


def _replace(
    text: str, spans: Iterable[_Span], ids: re.Pattern[str], make: Callable[[str, str], str]
) -> str:
    """The text with each span that holds an id replaced by what is made of it and the id."""
    parts, done = [], 0
    for start, end in spans:
        found = ids.search(text, start, end)
        if found:
            parts += [text[done:start], make(text[start:end], found[0])]
            done = end
    return "".join([*parts, text[done:]])
