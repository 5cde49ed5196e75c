"""House style: how one provider types what another types otherwise."""

import re

from tests.facsimile.newsroom.providers import Desk

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LONGEST_ACRONYM = 5
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")


def in_house_style(text: str, desk: Desk) -> str:
    """Return a text as the provider types it."""
    if desk.provider.language != "en":
        return text
    text = text.replace(" percent", desk.percent)
    if desk.dash != " – ":
        text = text.replace(" – ", desk.dash)
    return text.translate(_STRAIGHT) if desk.quotes == "straight" else text


def in_arabic_digits(text: str) -> str:
    """Return a text with Arabic-Indic digits and the separators that go with them."""
    marked = _SEPARATOR.sub(lambda match: "٫" if match.group() == "." else "٬", text)
    return marked.translate(_DIGITS)


def in_title_case(headline: str) -> str:
    """Return a headline as the wire forces it on syndicated copy: every word, `1St`, `Uavs`."""
    return " ".join(
        word if _is_acronym(word) else _WORD.sub(_forced, word) for word in headline.split()
    )


def _is_acronym(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) <= _LONGEST_ACRONYM and all(letter.isupper() for letter in letters)


def _forced(match: re.Match[str]) -> str:
    word = match.group()
    return word[0].upper() + word[1:].lower()
