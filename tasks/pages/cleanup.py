"""Damage that pages show and that can't be undone with certainty: seen, named, left as it is."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import unescape
from itertools import pairwise

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,6});")

# Direction marks and isolates, zero-width blanks and joiners without meaning in the wire's
# languages, soft hyphens, the byte-order mark; U+200C stays, Persian spells with it.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200d\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANKS_AT_BREAK = re.compile(r" *\n[ \n]*")

_LOST_BLANK = re.compile(r"(?<=[A-Za-z])\u201c(?=[^\s\u201c\u201d])")

# Characters that windows-1252 makes of UTF-8's bytes beyond ASCII. A run of them that is valid
# UTF-8 as a whole and stands for characters of news copy is nothing else.
_HIGH_RUN = re.compile(
    "[\u0080-\u00ff\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{2,}"
)
_NEWS_CHARACTERS = re.compile("[\u00a0-\u017f\u0600-\u06ff\u2010-\u203a\u20ac\u2122]+")


def clean(text: str) -> str:
    """Text in one spelling, its line breaks kept.

    Entities that were escaped twice are resolved, UTF-8 that was read as windows-1252 is read
    again, letters are composed (NFC), direction marks and control characters are dropped, runs of
    blanks of any kind become one blank and a blank lost before an opening curly quote comes back
    (`of\N{LEFT DOUBLE QUOTATION MARK}arrivals`: seen on syndicated stories of 2024).

    Args:
        text: text of a page.

    Returns:
        The text, without blanks at its ends or beside line breaks.
    """
    text = _unescaped(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", reread_utf8(text)))
        text = _LOST_BLANK.sub(" \u201c", text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANKS.sub(" ", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return _BLANKS_AT_BREAK.sub("\n", text).strip()


def reread_utf8(text: str) -> str:
    """The text with every run that is UTF-8 read as windows-1252 read as UTF-8."""
    return _HIGH_RUN.sub(lambda run: _reread(run[0]), text)


def _reread(run: str) -> str:
    try:
        as_utf8 = b"".join(map(_byte, run)).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return run
    return as_utf8 if _NEWS_CHARACTERS.fullmatch(as_utf8) else run


def _byte(character: str) -> bytes:
    """The byte of a character; the five that windows-1252 lacks pass as they are."""
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1")
    return character.encode("cp1252")


def _unescaped(text: str) -> str:
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            return text
        text = unescape(text)
    return text


class TextDefects(StrEnum):
    """The closed list of damage."""

    LOST_WORD = "lost-word"  # "The of Interior": a linked keyword went with its link
    LOST_BLANK = "lost-blank"  # "84.23US", "GuidanceArsenal": a break went without a blank
    LOST_DECIMALS = "lost-decimals"  # "QR242": decimals and unit of an amount went
    STRAY_BLANK = "stray-blank"  # "on Telegram , ": a blank before a mark, after a link
    DASH_FOR_APOSTROPHE = "dash-for-apostrophe"  # "continent-s", with an en dash
    BROKEN_PARAGRAPH = "broken-paragraph"  # a paragraph ends after a keyword, within its sentence
    LEAKED_ATTRIBUTE = "leaked-attribute"  # the rest of a link's address stood in the text
    UNREADABLE_CHARACTER = "unreadable-character"  # a byte that means nothing in the charset
    MOJIBAKE = "mojibake"  # text read in a wrong charset, beyond certain repair


_PATTERNS = (
    (
        TextDefects.LOST_WORD,
        ("he of ", "of of ", " a of ", " an of ", "- of ", "of H E"),
        re.compile(r"\b(?:[Tt]he|an?|--) of [A-Z]|-- of [A-Z]|\bof of\b|\bof H E\b"),
    ),
    (
        TextDefects.LOST_BLANK,
        ("",),
        # Endings of words, so that names such as McLaren, YouTube or DeFi are none.
        re.compile(
            r"\d(?:US|UK|EU)\b|[a-z]{2}(?:ance|ment|tion|ings?|ket|ore|rs|ts|ed)[A-Z][a-z]{3}"
        ),
    ),
    (
        TextDefects.STRAY_BLANK,
        (" ,", " ;", " ."),
        re.compile(r"\w [,;](?= |$)|\w \.(?= [A-Z]|$)", re.MULTILINE),
    ),
    (
        TextDefects.DASH_FOR_APOSTROPHE,
        ("\u2013",),
        re.compile(r"(?<=[A-Za-z])\u2013s\b|\(\u2013 [A-Z]+ \u2013\)"),
    ),
    (TextDefects.UNREADABLE_CHARACTER, ("\ufffd",), re.compile("\ufffd")),
    (
        TextDefects.MOJIBAKE,
        ("\u00e2", "\u00d8", "\u00d9"),
        re.compile("\u00e2\u20ac|[\u00d8\u00d9][\u0080-\u00bf\u2020-\u203a]"),
    ),
)
"""Each kind with strings of which the text must hold one, since they are found faster."""

_BARE_AMOUNT = re.compile(r"\b(?:QR|KD|SR|BD|RO|JD|Dh)\d{2,3}(?![\d.,]\d|[mb]n?\b| ?[mb]illion)\b")
_FEW_AMOUNTS = 3
"""One round amount without a unit is ordinary; three on a page were never written so."""

_ENDS_OPEN = re.compile(r"[\w,]$")
_OPENS_SMALL = re.compile(r"[a-z]")


def find_text_defects(title: str, paragraphs: Sequence[str]) -> set[TextDefects]:
    """The kinds of damage that a story shows.

    Args:
        title: its headline.
        paragraphs: its text.

    Returns:
        The kinds, each once; what is flagged is a suspicion, not a certainty.
    """
    text = "\n".join((title, *paragraphs))
    found = {
        damage
        for damage, hints, pattern in _PATTERNS
        if any(hint in text for hint in hints) and pattern.search(text)
    }
    if len(_BARE_AMOUNT.findall(text)) >= _FEW_AMOUNTS:
        found.add(TextDefects.LOST_DECIMALS)
    if _has_broken_paragraph(paragraphs):
        found.add(TextDefects.BROKEN_PARAGRAPH)
    return found


def slugs(found: Iterable[TextDefects]) -> tuple[str, ...]:
    """Damage as the column `damage` keeps it: slugs in alphabetical order."""
    return tuple(sorted(damage.value for damage in found))


def _has_broken_paragraph(paragraphs: Sequence[str]) -> bool:
    return any(
        _ENDS_OPEN.search(above) and _OPENS_SMALL.match(below)
        for above, below in pairwise(paragraphs)
    )
