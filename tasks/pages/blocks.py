"""A container's text as laid out: one block for each paragraph, heading, list item, table row."""

import re

from lxml import html

from tasks.core.html import Selection
from tasks.pages.body import is_related_list, is_teaser
from tasks.pages.boilerplate import LINK_END, OTHER_LINK, STORY_LINK

_BLOCK_TAGS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
     "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
     "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
# Elements without text of the story; pictures' captions are none of it either.
_SKIPPED_TAGS = frozenset(
    ("audio", "button", "canvas", "figcaption", "frame", "head", "iframe", "img", "input",
     "label", "map", "nav", "noscript", "object", "option", "script", "select", "style", "svg",
     "template", "textarea", "title", "video")
)  # fmt: skip
_TEASER_TAGS = frozenset(("article", "li"))
_HEADING_TAGS = frozenset(("h2", "h3", "h4", "h5", "h6"))

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STORY_ADDRESS = re.compile(r"(?:/|storyid=)1\d{9}(?!\d)", re.IGNORECASE)
_MARKS = re.compile("[\ue000-\ue002]")
_SOURCE_BREAKS = str.maketrans("\t\n\f\r", "    ")
_EMPTY_LINE = re.compile(r"\n(?:[ \t\r\f\u00a0]*\n)+")
_BLANK_CHARACTERS = f" \t\r\n\f\u00a0{STORY_LINK}{OTHER_LINK}{LINK_END}"
_CELLS_JOINT = " | "


def read_blocks(container: html.HtmlElement, boilerplate: Selection) -> list[str]:
    """The blocks of text in an element, in their order; no block is empty.

    Hidden elements, boilerplate and whatever lists or announces other stories are left out. A
    single `<br>` is a newline, two in a row end a block; the cells of a table's row are joined by
    ` | `; the text of links stands between the marks of `tasks.pages.boilerplate`.
    """
    reader = _BlockReader(boilerplate)
    reader.walk(container)
    reader.end_block()
    return reader.blocks


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether an element's own attributes hide it."""
    style = element.get("style") or ""
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(style))


class _BlockReader:
    """Walks a container and collects its blocks."""

    def __init__(self, boilerplate: Selection) -> None:
        self.blocks: list[str] = []
        self._boilerplate = boilerplate
        self._parts: list[str] = []
        self._link = ""
        self._is_preformatted = False

    def walk(self, element: html.HtmlElement) -> None:
        """Collect an element's text, its own and that of its descendants."""
        self._add(element.text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and not (
                tag in _SKIPPED_TAGS or is_hidden(child) or self._boilerplate.matches(child)
            ):
                self._enter(child, tag)
            self._add(child.tail)

    def end_block(self) -> None:
        """Close the current block, if there is text in it."""
        text = "".join(self._parts) + (LINK_END if self._link else "")
        self._parts = [self._link] if self._link else []
        for part in _EMPTY_LINE.split(text) if "\n" in text else (text,):
            if part.strip(_BLANK_CHARACTERS):
                self.blocks.append(part.strip())

    def _enter(self, element: html.HtmlElement, tag: str) -> None:
        if tag == "br":
            self._parts.append("\n")
        elif tag == "a" and (href := element.get("href")):
            outer = self._link
            self._link = STORY_LINK if _STORY_ADDRESS.search(href) else OTHER_LINK
            self._parts.append(self._link)
            self.walk(element)
            self._parts.append(LINK_END)
            self._link = outer
        elif tag == "tr" and _is_data_row(element):
            self.end_block()
            cells = (
                " ".join(read_blocks(cell, self._boilerplate))
                for cell in element
                if isinstance(cell.tag, str)
            )
            if text := _CELLS_JOINT.join(filter(None, cells)):
                self.blocks.append(text.replace("\n", " "))
        elif tag in _BLOCK_TAGS:
            self.end_block()
            start = len(self.blocks)
            was_preformatted = self._is_preformatted
            self._is_preformatted = tag == "pre" or was_preformatted
            self.walk(element)
            self._is_preformatted = was_preformatted
            self.end_block()
            if len(self.blocks) > start and _is_other_story(element, tag, self.blocks[start:]):
                del self.blocks[start:]
        else:
            self.walk(element)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not text.isascii():
            text = _MARKS.sub("", text)
        if text.isspace() and not self._is_preformatted:
            self._parts.append(" ")
        else:
            self._parts.append(text if self._is_preformatted else text.translate(_SOURCE_BREAKS))


def _is_other_story(element: html.HtmlElement, tag: str, blocks: list[str]) -> bool:
    """Whether an element lists other stories, or is a box that announces one."""
    # A list holds more than its heading, though its items may have been dropped already; a heading
    # by itself has its list next to it.
    if len(element) > 1 and is_related_list(blocks):
        return True
    # Boxes are list items, and whatever opens with a heading. A paragraph that is a linked headline
    # stands in stories too and is no box.
    is_box = tag in _TEASER_TAGS or (len(element) > 0 and element[0].tag in _HEADING_TAGS)
    return is_box and is_teaser(blocks)


def _is_data_row(row: html.HtmlElement) -> bool:
    """Whether a table's row holds data; cells with blocks in them only lay the page out."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and not any(
        descendant.tag in _BLOCK_TAGS or descendant.tag == "br"
        for cell in cells
        for descendant in cell.iterdescendants()
    )
