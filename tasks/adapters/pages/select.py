"""Finding elements by the selectors that `tasks.wire.menafn.eras` keeps as data."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from lxml import etree, html

_SELECTOR = re.compile(r"(?P<tag>\w+)?(?:#(?P<id>[\w-]+))?(?:\.(?P<name>[\w-]+))?")


def find_all(root: html.HtmlElement, selectors: Sequence[str]) -> Iterator[html.HtmlElement]:
    """Elements of a tree, its root included: those of the first selector first.

    Args:
        root: the tree.
        selectors: each `tag#id.class`, any part left out.
    """
    for selector in selectors:
        yield from cast("list[html.HtmlElement]", _compiled(selector)(root))


def find_first(root: html.HtmlElement, selectors: Sequence[str]) -> html.HtmlElement | None:
    """The first element that the first selector with any finds."""
    return next(find_all(root, selectors), None)


def find_on_page(root: html.HtmlElement, selectors: Sequence[str]) -> html.HtmlElement | None:
    """As `find_first`, by the parser's own table of ids where it can: the first with an id."""
    for selector in selectors:
        for element in cast("list[html.HtmlElement]", _of_whole_page(selector)(root)):
            return element
    return None


def has_any(root: html.HtmlElement, selectors: Sequence[str]) -> bool:
    """Whether a page has any of these elements."""
    return find_on_page(root, selectors) is not None


class Selection:
    """A set of selectors that single elements are held against; fast for many of them."""

    def __init__(self, selectors: Sequence[str]) -> None:
        """Sort the selectors by what they look at.

        Args:
            selectors: each `tag#id` or `tag.class`; the tag is for the reader and not looked at.
        """
        parts = [_parts(selector) for selector in selectors]
        self._ids = frozenset(part["id"] for part in parts if part["id"])
        self._classes = frozenset(part["name"] for part in parts if part["name"])

    def holds(self, element: html.HtmlElement) -> bool:
        """Whether any selector means this element."""
        if element.get("id") in self._ids:
            return True
        names = element.get("class")
        return bool(names) and not self._classes.isdisjoint((names or "").split())


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath:
    part = _parts(selector)
    path = f"descendant-or-self::{part['tag'] or '*'}"
    if part["id"]:
        path += f"[@id='{part['id']}']"
    if part["name"]:
        path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {part['name']} ')]"
    return etree.XPath(path)


@lru_cache(maxsize=256)
def _of_whole_page(selector: str) -> etree.XPath:
    part = _parts(selector)
    if not part["id"]:
        return _compiled(selector)
    return etree.XPath(f"id('{part['id']}')[self::{part['tag'] or '*'}]")


def _parts(selector: str) -> dict[str, str | None]:
    match = _SELECTOR.fullmatch(selector)
    if match is None or not selector:
        raise ValueError(f"{selector!r} is not a selector of the form tag#id.class")
    return match.groupdict()


NOTHING = Selection(())
"""Holds no element."""
