"""Places are found by name; among namesakes the countries that the text names decide."""

from collections import Counter

import pytest

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import identify_place
from tasks.entities.rules import find_arabic_places


@pytest.mark.parametrize(
    ("name", "key", "code"),
    [
        *((name, code, code) for name, code in (
            ("UAE", "AE"), ("U.S.", "US"), ("UK", "GB"), ("KSA", "SA"), ("Turkey", "TR"),
            ("Türkiye", "TR"), ("Palestine", "PS"), ("Ivory Coast", "CI"),
            ("Kingdom of Bahrain", "BH"), ("Russia", "RU"), ("Syrian Arab Republic", "SY"),
            ("Hong Kong", "HK"), ("Kosovo", "XK"),
        )),
        ("Doha", "GN290030", "QA"), ("Sanaa", "GN71137", "YE"), ("Hodeidah", "GN79415", "YE"),
        ("Deir Ezzor", "GN170794", "SY"), ("Makkah", "GN104515", "SA"), ("Kiev", "GN703448", "UA"),
        ("Sharm El Sheikh", "GN349340", "EG"), ("Red Sea", "X:red sea", None),
        ("Nahr al-Sikkin", "nahr al sikkin", None),
    ],
)  # fmt: skip
def test_a_place_has_an_iso_code_a_geonames_id_or_its_name(
    gazetteers: Gazetteers, name: str, key: str, code: str | None
) -> None:
    identity = identify_place(name, Counter(), gazetteers)

    assert (identity.key, identity.country_code) == (key, code)


@pytest.mark.parametrize(
    ("name", "countries", "code"),
    [
        ("Tripoli", {"LB": 3}, "LB"),
        ("Tripoli", {"LY": 1}, "LY"),
        ("Tripoli", {}, "LY"),
        ("Alexandria", {"US": 2}, "US"),
        ("Alexandria", {"EG": 1, "US": 1}, "EG"),
        ("Georgia", {"US": 3}, "US"),
        ("Georgia", {"GE": 2, "US": 1}, "GE"),
        ("Lebanon", {"US": 9}, "LB"),
        ("Jordan", {"US": 9}, "JO"),
        ("Asia", {"PH": 5}, None),
    ],
)
def test_the_countries_named_decide_among_namesakes(
    gazetteers: Gazetteers, name: str, countries: dict[str, int], code: str | None
) -> None:
    assert identify_place(name, Counter(countries), gazetteers).country_code == code


def test_nationalities_are_references_to_countries(gazetteers: Gazetteers) -> None:
    text = "Qatari and Sri Lankan officials met Emiratis; the Swiss came."

    assert gazetteers.find_nationalities(text) == ["QA", "LK", "AE", "CH"]


def test_places_and_nationalities_count_for_their_countries(gazetteers: Gazetteers) -> None:
    weigh = gazetteers.weigh_countries

    assert weigh(["Qatar"], ["The Qatari envoy met Omanis."]) == {"QA": 4, "OM": 2}
    assert weigh(["Tripoli", "Lebanon"], []) == {"LY": 1, "LB": 2}  # Tripoli has namesakes


def test_a_demonym_is_no_place(gazetteers: Gazetteers) -> None:
    for demonym in gazetteers.demonyms:
        assert not gazetteers.places.sure.lookup(demonym), demonym


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Nahr al-Sikkin", "Nahr al-Sikkin"),
        ("Salalah", "Salalah"),
        ("صلالة", "Salalah"),
        ("Sanaa", "Sana'a"),
        ("Zurich", "Zürich"),
    ],
)
def test_canonical_names_are_those_of_english_copy(
    gazetteers: Gazetteers, printed: str, name: str
) -> None:
    assert identify_place(printed, Counter(), gazetteers).name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار الوزير الكويت والرياض", [("الكويت", "KW"), ("الرياض", "SA")]),
        ("في المملكة العربية السعودية", [("المملكة العربية السعودية", "SA")]),
        ("وصل إلى أبوظبي", [("أبوظبي", "AE")]),
        ("سافر من ابوظبي", [("ابوظبي", "AE")]),
        ("زيارة للدوحة وللقاهرة", [("لدوحة", "QA"), ("لقاهرة", "EG")]),
        ("في دبي وبالرياض", [("دبي", "AE"), ("الرياض", "SA")]),
        ("دعوة للبنان", [("لبنان", "LB")]),
        ("بيان للصحفيين للمدينة", []),
        ("تحذر من سيول جارفة", []),
        ("وصل إلى سيول", [("سيول", "KR")]),
        ("قال بيروت ولبنان", [("بيروت", "LB"), ("لبنان", "LB")]),
        ("كتب هذا اليوم", []),
        ("", []),
    ],
)
def test_arabic_places_are_found_without_their_prepositions(
    gazetteers: Gazetteers, text: str, expected: list[tuple[str, str | None]]
) -> None:
    names = [text[one.start : one.end] for one in find_arabic_places(text, gazetteers)]
    found = [(name, identify_place(name, Counter(), gazetteers).country_code) for name in names]

    assert found == expected
