"""Text in one spelling, and the defects of it that can't be repaired with certainty."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from html import unescape
from itertools import pairwise

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,6});")

# Direction marks and isolates, zero-width blanks and joiners without meaning in the site's
# languages, soft hyphens, the byte-order mark; U+200C stays, Persian spells with it.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200d\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANKS_AT_BREAK = re.compile(r" *\n[ \n]*")

# Letters of Arabic in the shape that they have at one place of a word, as old typesetters send.
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")

_NOT_LETTERS = re.compile(r"[\W_]+")

# Seen on syndicated stories of 2024.
_LOST_BLANK = re.compile(
    r"(?<=[A-Za-z0-9:,;.%)])\u201c(?=[^\s\u201c\u201d])|(?<=[A-Za-z]:)(?P<straight>\")(?=[^\W_])"
)

# Characters that windows-1252 makes of UTF-8's bytes beyond ASCII. A run of them that is valid
# UTF-8 as a whole and stands for characters of news copy is nothing else.
_HIGH_RUN = re.compile(
    "[\u0080-\u00ff\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{2,}"
)
_NEWS_CHARACTERS = re.compile("[\u00a0-\u017f\u0600-\u06ff\u2010-\u203a\u20ac\u2122]+")


def clean(text: str) -> str:
    """Text in one spelling, its line breaks kept, without blanks at its ends or around breaks.

    Entities that were escaped twice are resolved, UTF-8 that was read as windows-1252 is read
    again, letters are composed (NFC, Arabic presentation forms NFKC), direction marks and control
    characters are dropped, and runs of blanks of any kind become one blank.
    """
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
        text = unescape(text) if _ENTITY.search(text) else text
    if not text.isascii():
        text = _PRESENTATION_FORMS.sub(_plain_letters, _HIGH_RUN.sub(_reread, text))
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if '"' in text or "\u201c" in text:
        text = _LOST_BLANK.sub(r" \g<0>", text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANKS.sub(" ", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return _BLANKS_AT_BREAK.sub("\n", text).strip()


def _plain_letters(forms: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", forms[0])


def _reread(run: re.Match[str]) -> str:
    """The run read again as UTF-8, if it is that read as windows-1252."""
    try:
        # The five characters that windows-1252 lacks pass as they are.
        as_utf8 = b"".join(
            character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")
            for character in run[0]
        ).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return run[0]
    return as_utf8 if _NEWS_CHARACTERS.fullmatch(as_utf8) else run[0]


def letters(text: str) -> str:
    """The letters and digits of a text, by which lines are compared."""
    return _NOT_LETTERS.sub("", text)


class TextDefect(StrEnum):
    """The closed list of defects."""

    LOST_WORD = "lost-word"  # "The of Interior": a linked keyword was lost with its link
    LOST_BLANK = "lost-blank"  # "84.23US", "GuidanceArsenal": a line break left no blank
    LOST_DECIMALS = "lost-decimals"  # "QR242": decimals and unit of an amount were lost
    STRAY_BLANK = "stray-blank"  # "on Telegram , ": a blank before a mark, after a link
    DASH_FOR_APOSTROPHE = "dash-for-apostrophe"  # "continent-s", with an en dash
    BROKEN_PARAGRAPH = "broken-paragraph"  # a paragraph ends after a keyword, within its sentence
    LEAKED_ATTRIBUTE = "leaked-attribute"  # the rest of a link's address stood in the text
    UNREADABLE_CHARACTER = "unreadable-character"  # a byte that means nothing in the charset
    MOJIBAKE = "mojibake"  # text read in a wrong charset, beyond certain repair


# Each with strings of which the text must hold one, since those are found faster.
_PATTERNS = (
    (
        TextDefect.LOST_WORD,
        ("he of ", "of of ", " a of ", " an of ", "- of ", "of H E", "\nof "),
        # A paragraph that opens with "of" has lost its first word, and its dateline is apart.
        re.compile(
            r"\b(?:[Tt]he|an?) of [A-Z]|-- of [A-Z]|^of (?:the )?[A-Z]|\bof of\b|\bof H E\b",
            re.MULTILINE,
        ),
    ),
    (
        TextDefect.LOST_BLANK,
        ("",),
        # Endings of words, so that names such as McLaren, YouTube or DeFi are none.
        re.compile(
            r"\d(?:US|UK|EU)\b|[a-z]{2}(?:ance|ment|tion|ings?|ket|ore|rs|ts|ed)[A-Z][a-z]{3}"
        ),
    ),
    (
        TextDefect.STRAY_BLANK,
        (" ,", " ;", " ."),
        re.compile(r"\w [,;](?= |$)|\w \.(?= [A-Z]|$)", re.MULTILINE),
    ),
    (
        TextDefect.DASH_FOR_APOSTROPHE,
        ("\u2013",),
        re.compile(r"(?<=[A-Za-z])\u2013s\b|\(\u2013 [A-Z]+ \u2013\)"),
    ),
    (TextDefect.UNREADABLE_CHARACTER, ("\ufffd",), re.compile("\ufffd")),
    (
        TextDefect.MOJIBAKE,
        ("\u00e2", "\u00d8", "\u00d9"),
        re.compile("\u00e2\u20ac|[\u00d8\u00d9][\u0080-\u00bf\u2020-\u203a]"),
    ),
)

_BARE_AMOUNT = re.compile(r"\b(?:QR|KD|SR|BD|RO|JD|Dh)\d{2,3}(?![\d.,]\d|[mb]n?\b| ?[mb]illion)\b")
# One round amount without a unit is ordinary; three on a page were never written so.
_MIN_BARE_AMOUNTS = 3
_ENDS_OPEN = re.compile(r"[\w,]$")
_OPENS_SMALL = re.compile(r"[a-z]")


def find_text_defects(
    title: str, paragraphs: Sequence[str], *, has_leaks: bool = False
) -> tuple[str, ...]:
    """The defects that a story shows, in alphabetical order; each is a suspicion, no certainty."""
    text = "\n".join((title, *paragraphs))
    found = {
        defect
        for defect, hints, pattern in _PATTERNS
        if any(hint in text for hint in hints) and pattern.search(text)
    }
    if has_leaks:
        found.add(TextDefect.LEAKED_ATTRIBUTE)
    if len(_BARE_AMOUNT.findall(text)) >= _MIN_BARE_AMOUNTS:
        found.add(TextDefect.LOST_DECIMALS)
    if any(
        _ENDS_OPEN.search(above) and _OPENS_SMALL.match(below)
        for above, below in pairwise(paragraphs)
    ):
        found.add(TextDefect.BROKEN_PARAGRAPH)
    return tuple(sorted(defect.value for defect in found))
