"""Arabic text gives its places; persons and organisations are left to plug-ins."""

from collections import Counter

import pytest

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import identify_place
from tasks.entities.rules import find_arabic_places


def places(text: str, gazetteers: Gazetteers) -> list[tuple[str, str | None]]:
    surfaces = [text[one.start : one.end] for one in find_arabic_places(text, gazetteers)]
    return [(name, identify_place(name, Counter(), gazetteers).country_code) for name in surfaces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار الوزير الكويت والرياض", [("الكويت", "KW"), ("الرياض", "SA")]),
        ("في المملكة العربية السعودية", [("المملكة العربية السعودية", "SA")]),
        ("وصل إلى أبوظبي", [("أبوظبي", "AE")]),
        ("سافر من ابوظبي", [("ابوظبي", "AE")]),
        ("قال بيروت ولبنان", [("بيروت", "LB"), ("لبنان", "LB")]),
        ("كتب هذا اليوم", []),
        ("", []),
    ],
)
def test_places_are_found_without_their_prepositions(
    gazetteers: Gazetteers, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert places(text, gazetteers) == expected
