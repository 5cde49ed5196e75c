"""Blots out of a feed or listing what it prints of certain stories: all but their ids and dates.

A feed carries headlines and the opening of the texts, and so does a listing page. When a story is
taken down its entries there are emptied; they are not cut out, so that a list read again gives the
same ids in the same order.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import Any

from tasks.core.urls import ORIGIN

_ITEM_TAG = re.compile(r"<(/?)item\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"<pubDate>[^<]{0,64}</pubDate>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^<>]*)>")
_SCRIPT_TAG = re.compile(r"<(/?)script\b[^<>]*>", re.IGNORECASE)
_KEPT_ATTRIBUTES = re.compile(
    r"\s(?:class|id|style|hidden|role)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?(?=[\s/]|$)",
    re.IGNORECASE,
)
_KEPT_FIELDS = frozenset({"newsid", "newsdate"})

_Span = tuple[int, int]


def naming(article_ids: Collection[int]) -> re.Pattern[str]:
    """What finds the id of any of these stories in a text."""
    return re.compile(rf"(?<![0-9])(?:{'|'.join(map(str, sorted(article_ids)))})(?![0-9])")


def redact_listing(text: str, article_ids: Collection[int]) -> str | None:
    """A feed or listing without what it printed of some stories.

    Args:
        text: RSS, HTML, or the JSON interface's section.
        article_ids: the stories, at least one.

    Returns:
        The text with their ids and dates left; the text itself where it names none of them;
        `None` where it names one in a place that can't be blotted out with certainty.
    """
    named = naming(article_ids)
    if not named.search(text):
        return text
    opening = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if opening.startswith(("[", "{")):
        return _json(text, named)
    if opening.startswith(("<?xml", "<rss")):
        blot, is_left = _replaced(text, _items(text), named, _bare_item), f"<link>{ORIGIN}/"
    else:
        blot, is_left = _page(text, named), '<a href="/'
    rest = named.sub(lambda found: found[0] if _stands_after(found, is_left) else "!", blot)
    return blot if rest == blot else None


def _stands_after(found: re.Match[str], before: str) -> bool:
    return found.string.startswith(before, found.start() - len(before))


def _json(text: str, named: re.Pattern[str]) -> str | None:
    try:
        return json.dumps(_emptied(json.loads(text), named), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None


def _emptied(value: Any, named: re.Pattern[str]) -> Any:
    if isinstance(value, list):
        return [_emptied(one, named) for one in value]
    if not isinstance(value, dict):
        return value
    scalars = (str(one) for one in value.values() if isinstance(one, str | int))
    if any(map(named.search, scalars)):
        return {name: one for name, one in value.items() if name.lower() in _KEPT_FIELDS}
    return {name: _emptied(one, named) for name, one in value.items()}


def _items(text: str) -> list[_Span]:
    """Where a feed's items lie, in one pass."""
    spans, start = [], None
    for tag in _ITEM_TAG.finditer(text):
        if not tag[1]:
            start = tag.start()
        elif start is not None:
            end = text.find(">", tag.end()) + 1
            spans.append((start, end or len(text)))
            start = None
    return spans


def _bare_item(item: str, article_id: str) -> str:
    published = _PUBLISHED.search(item)
    return f"<item><link>{ORIGIN}/{article_id}/</link>{published[0] if published else ''}</item>"


def _page(text: str, named: re.Pattern[str]) -> str:
    text = _replaced(text, _scripts(text), named, lambda _script, _id: "<script></script>")
    return _replaced(text, _surroundings(text, named), named, _bare_tags)


def _scripts(text: str) -> list[_Span]:
    spans, start = [], None
    for tag in _SCRIPT_TAG.finditer(text):
        if tag[1] and start is not None:
            spans.append((start, tag.end()))
            start = None
        elif not tag[1] and start is None:
            start = tag.start()
    return spans


def _surroundings(text: str, named: re.Pattern[str]) -> list[_Span]:
    """From the link before each place that names a story to the link behind it.

    What a list says of a story stands round its own links; the neighbours' links are the bounds.
    """
    borders, is_own = [], False
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name == "a" and not tag["closing"]:
            is_own = named.search(tag[0]) is not None
        if name in ("html", "head", "body") or (name == "a" and not is_own):
            borders.append(tag.span())
    starts, ends = [start for start, _ in borders], [end for _, end in borders]
    spans: list[_Span] = []
    for found in named.finditer(text):
        before, after = bisect_right(ends, found.start()), bisect_left(starts, found.end())
        span = (ends[before - 1] if before else 0,
                starts[after] if after < len(starts) else len(text))  # fmt: skip
        if not spans or spans[-1] != span:
            spans.append(span)
    return spans


def _bare_tags(part: str, article_id: str) -> str:
    return "".join(_bare_tag(tag, article_id) for tag in _TAG.finditer(part))


def _bare_tag(tag: re.Match[str], article_id: str) -> str:
    if tag["name"].lower() == "a" and not tag["closing"]:
        return f'<a href="/{article_id}/">'
    kept = "".join(_KEPT_ATTRIBUTES.findall(tag["rest"])) if not tag["closing"] else ""
    return f"<{tag['closing']}{tag['name']}{kept}>"


def _replaced(text: str, spans: list[_Span], named: re.Pattern[str], by: Any) -> str:
    """The text with each part that names a story replaced by what `by` makes of it and the id."""
    parts, done = [], 0
    for start, end in spans:
        found = named.search(text, start, end)
        if found:
            parts += [text[done:start], by(text[start:end], found[0])]
            done = end
    return "".join([*parts, text[done:]])
