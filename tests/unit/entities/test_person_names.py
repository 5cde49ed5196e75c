"""Spellings of one name agree; those of two people do not."""

import pytest

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.person_names import core_parts, parts_in_common


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Mohammed bin Khalid Al-Rumaizan", ("mohammed", "khalid", "rumaizan")),
        ("Abdul Rahman al-Duraibi", ("abdrahman", "duraibi")),
        ("Abd al-Kader Tazerout", ("abdkader", "tazerout")),
        ("Abu Bakr Idrisani", ("abubakr", "idrisani")),
        ("Peter J. Wexcombe", ("peter", "wexcombe")),
        ("Reza Golshani-Rad", ("reza", "golshani", "rad")),
        ("Abdullah Nimri", ("abdullah", "nimri")),
    ],
)
def test_the_parts_that_distinguish_people(name: str, parts: tuple[str, ...]) -> None:
    assert core_parts(name) == parts


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("Khaled Al-Harmali", "Khalid al Harmali", 2),
        ("Yousef Al-Sharnoubi", "Youssef El-Sharnoubi", 2),
        ("Jürgen Weißbrodtner", "Juergen Weissbrodtner", 2),
        ("Faisal bin Saad Al-Zarouni", "Faysal bin Sa'ad Al Zarooni", 3),
        ("Nasser Jassim Al-Sarhudi", "Nasser Al-Sarhudi", 2),
        ("Saleh Al-Mutlaqi", "Salah Al-Mutlaqi", 0),
        ("Zaid Al-Rifaei", "Ziad Al-Rifaei", 0),
        ("Samir Barakji", "Samira Barakji", 0),
        ("Rashid bin Omar Zarouni", "Omar bin Rashid Zarouni", 0),
        ("Khalid Al-Harmali", "Khalid Al-Harbali", 0),
        ("Andrew Marchmoor", "Andrea Marchmoor", 0),
    ],
)
def test_how_many_parts_agree(gazetteers: Gazetteers, one: str, other: str, common: int) -> None:
    agree = gazetteers.given_names.agree

    assert parts_in_common(core_parts(one), core_parts(other), agree) == common
    assert parts_in_common(core_parts(other), core_parts(one), agree) == common


def test_every_spelling_of_a_sound_has_one_phonetic_key(gazetteers: Gazetteers) -> None:
    phonetic_key = gazetteers.given_names.phonetic_key

    assert phonetic_key("mohammed") == phonetic_key("muhammad") == phonetic_key("mohamed")
    assert phonetic_key("hassan") != phonetic_key("hussein")
    assert phonetic_key("sadegh") == phonetic_key("sadeq")
    assert phonetic_key("harmali") != phonetic_key("harbali")
