"""Organisations' names: what of them is legal form, and when two are one."""

from functools import lru_cache

from tasks.entities.tokenizer import key, phrase_key
from tasks.entities.words import LEGAL_FORMS

_KEPT = 1  # words that a name keeps whatever they are


@lru_cache(maxsize=16_384)
def core_name(name: str) -> str:
    """A name as it is compared: folded, without "the" and without its legal form.

    `Halmar Energy P.J.S.C.` and `The Halmar Energy Company` give `halmar energy`.
    """
    words = phrase_key(name.replace("&", " and ")).split()
    if len(words) > _KEPT and words[0] == "the":
        words = words[1:]
    while len(words) > _KEPT and _is_legal(words):
        words.pop()
    return " ".join(words)


def _is_legal(words: list[str]) -> bool:
    return words[-1] in LEGAL_FORMS or not words[-1].isalnum()


def without_legal_form(name: str) -> str:
    """A name as printed, less the legal form at its end."""
    words = name.split()
    while len(words) > _KEPT and _is_legal([key(words[-1])]):
        words.pop()
    return " ".join(words).rstrip(",")


def initials(name: str) -> str:
    """The capitals that an acronym of a name would be made of, small words left out."""
    small = {"of", "the", "and", "for", "in", "on", "to", "&", "al", "de", "du", "des", "la"}
    return "".join(word[0] for word in phrase_key(name).split() if word not in small).upper()


@lru_cache(maxsize=16_384)
def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether capitals may stand for a name: its initials, or they begin with them."""
    letters = acronym.replace(".", "").upper()
    full = initials(name)
    if letters == full:
        return True
    every = "".join(word[0] for word in phrase_key(name).split()).upper()
    return letters == every or (len(letters) > 2 and full.startswith(letters))  # noqa: PLR2004
