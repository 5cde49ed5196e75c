"""Persons' names: their parts, and when two spellings are one name.

Arabic, Persian and Turkic names reach English copy in many spellings, which mostly keep the
consonants and vary the vowels within narrow limits. So a name is compared by its consonants
first, then by its vowels, then against a table of given names where neither suffices.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from tasks.entities.tokenizer import key, word_set

_PARTICLES = word_set("al el as ash ad ar az an at bin ibn bint ben the")
_PREFIXES = word_set("abd abdul abdel abdal abdur abdus abu abou um umm")  # belong to the next word
_SEPARATOR = re.compile(r"[\s\-\u2010\u2011]+")
_PATRONYMIC = re.compile(r"(?:^|[\s-])(?:bin|ibn|bint|ben)[\s-]+", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|(?<=[\s.]))[^\W\d_](?=\.|\s|$)")
_ABD = re.compile(r"^abd(?:[aeuo]u?[lrsz])?(?=[a-z]{3})")
_CONSONANTS = (
    ("sch", "s"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("dh", "d"), ("th", "t"),
    ("sh", "s"), ("ch", "c"), ("q", "k"), ("g", "k"), ("ck", "k"), ("w", "v"),
)  # fmt: skip
_VOWELS = frozenset("aeiou")
_SAME_VOWELS = frozenset(("ae", "ea", "ei", "ie", "ou", "uo"))
_SAME_INNER_VOWELS = ({"ia", "a"}, {"o", "oo"}, {"", "i"}, {"", "e"})


@lru_cache(maxsize=32_768)
def core_parts(name: str) -> tuple[str, ...]:
    """The parts of a name that distinguish people, folded: no articles, particles and initials.

    `Abd al-Aziz`, `Abdul Aziz` and `Abdelaziz` become one part, so do `Abu Bakr` and `Abubakr`.
    """
    parts: list[str] = []
    prefix = ""
    for word in _SEPARATOR.split(name):
        folded = key(word) if word else ""
        if prefix:
            if folded not in _PARTICLES:
                parts.append(_without_article_in_abd(prefix + folded))
                prefix = ""
        elif folded in _PREFIXES:
            prefix = "abd" if folded.startswith("abd") else "abu" if folded[0] == "a" else "um"
        elif len(folded) > 1 and folded not in _PARTICLES:
            parts.append(_without_article_in_abd(folded))
    return tuple(parts)


def _without_article_in_abd(part: str) -> str:
    if part.startswith("abdul") and part.rstrip("h") in ("abdulla", "abdullla"):
        return part
    return _ABD.sub("abd", part)


@lru_cache(maxsize=32_768)
def patronymics(name: str) -> frozenset[int]:
    """How many parts each patronymic of a name has: 1 and 3 for `Ali bin Salim Zaidan bin Omar`."""
    return frozenset(len(core_parts(name[match.end() :])) for match in _PATRONYMIC.finditer(name))


@lru_cache(maxsize=32_768)
def initials(name: str) -> str:
    """The single letters of a name, folded: `ma` for `M. A. Al-Kuwari`."""
    return "".join(_INITIAL.findall(name)).casefold()


@lru_cache(maxsize=32_768)
def _split_sounds(part: str) -> tuple[str, ...]:
    """Vowels and consonants by turns, vowels, perhaps none, first and last."""
    text = part
    for spelling, sound in _CONSONANTS:
        text = text.replace(spelling, sound)
    text = re.sub(r"(?<=[aeiou])h$", "", text)
    text = re.sub(r"y(?=[aeiou])", "j" if text.startswith("y") else "y", text)
    text = text.replace("iy", "i").replace("yi", "i").replace("y", "i")
    text = re.sub(r"([^aeiou])\1+", r"\1", text)
    sounds = [""]
    for letter in text:
        if letter in _VOWELS:
            sounds[-1] += letter
        else:
            sounds += (letter, "")
    return tuple(sounds)


def _vowel(group: str) -> str:
    """A vowel group by its sound, as far as spellings agree on one."""
    group = re.sub(r"(.)\1+", r"\1", group)
    for spelling, sound in (("ou", "u"), ("ue", "u"), ("oe", "o"), ("ei", "ai"), ("ae", "e")):
        group = group.replace(spelling, sound)
    return group


class GivenNames:
    """The table of given names, each line the spellings of one name."""

    __slots__ = ("_numbers",)

    def __init__(self, lines: Iterable[str]) -> None:
        self._numbers = {
            part: number
            for number, line in enumerate(lines)
            for spelling in line.split()
            for part in core_parts(spelling)
        }

    def agree(self, left: str, right: str) -> bool:
        """Whether two parts of names may be spellings of one."""
        if left == right:
            return True
        one, other = self._numbers.get(left), self._numbers.get(right)
        if one is not None and other is not None:
            return one == other
        return _sound_alike(left, right)

    def knows(self, part: str) -> bool:
        """Whether a part is in the table."""
        return part in self._numbers

    def token(self, part: str) -> str:
        """A part as it is compared without this table: a given name's number (`#0`), or itself."""
        number = self._numbers.get(part)
        return f"#{number}" if number is not None else part

    def spelling(self, name: str) -> str:
        """A whole name, particles included, in which every spelling of a given name is one."""
        return " ".join(self.token(key(word)) for word in _SEPARATOR.split(name) if word)

    def phonetic_key(self, part: str) -> str:
        """What every spelling of a part has in common: its number, or else its consonants."""
        token = self.token(part)
        return token if is_given(token) else "".join(_split_sounds(part)[1::2])


def tokens_agree(left: str, right: str) -> bool:
    """Whether two parts, each as `GivenNames.token` gives it, may be spellings of one."""
    if left == right:
        return True
    return not (is_given(left) or is_given(right)) and _sound_alike(left, right)


def is_given(token: str) -> bool:
    """Whether a token stands for a given name of the table."""
    return token.startswith("#")


def _sound_alike(part: str, other_part: str) -> bool:
    one, other = _split_sounds(part), _split_sounds(other_part)
    if one[1::2] != other[1::2]:
        return False
    vowels = [
        (_vowel(left), _vowel(right)) for left, right in zip(one[::2], other[::2], strict=True)
    ]
    for index, pair in enumerate(vowels):
        if pair[0] == pair[1] or "".join(pair) in _SAME_VOWELS:
            continue
        is_edge = index in (0, len(vowels) - 1)  # where spellings vary less
        if is_edge or set(pair) not in _SAME_INNER_VOWELS:
            return False
    return True


def parts_in_common(
    left: Sequence[str], right: Sequence[str], agree: Callable[[str, str], bool]
) -> int:
    """How many parts the shorter name has, if all are in the longer one, in order; else 0.

    0 also where the first or the last parts disagree, and where the shorter name is the end of the
    longer one: in `Salim Omar Salim Zaidan` it is the father's, not a short form.
    """
    if not left or not right:
        return 0
    if not (agree(left[0], right[0]) and agree(left[-1], right[-1])):
        return 0
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < len(longer) and all(map(agree, shorter, longer[-len(shorter) :])):
        return 0 if len(shorter) > 1 else 1
    position = 0
    for part in shorter:
        while position < len(longer) and not agree(part, longer[position]):
            position += 1
        if position == len(longer):
            return 0
        position += 1
    return len(shorter)
