"""Text as its writer typed it: certain repairs only; what is uncertain is left and named.

A repair is certain if no other text could have led to what stands there. Everything else is left
as the page has it, so that nobody's words are invented.
"""

import re
import unicodedata
from html import unescape

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
