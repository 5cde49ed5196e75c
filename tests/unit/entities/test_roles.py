"""Roles are read as printed next to a name."""

import pytest

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.roles import find_role, sole_office


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Prime Minister Imran Lodhizai said", "Imran Lodhizai", "Prime Minister"),
        ("Minister of Oil Dr. Bader Al-Rumaizan on", "Bader Al-Rumaizan", "Minister of Oil"),
        ("Iraqi Foreign Minister Haidar Qubaisi said", "Haidar Qubaisi", "Iraqi Foreign Minister"),
        ("US President Peter Wexcombe said", "Peter Wexcombe", "US President"),
        ("Egypt's Prime Minister Mostafa Badrakhan", "Mostafa Badrakhan", "Prime Minister"),
        ("His Highness the Amir Sheikh Hamad Al-Duraibi", "Hamad Al-Duraibi", "Amir"),
        ("WHO Director-General Yohannes Alemu said", "Yohannes Alemu", "Director-General"),
        ("Deputy Prime Minister and Minister of State for Defence Affairs Sheikh Ali Al-Duraibi",
         "Ali Al-Duraibi", "Deputy Prime Minister and Minister of State for Defence Affairs"),
        ("Khalid Al-Zarouni, chief executive of Halmar Energy, said",
         "Khalid Al-Zarouni", "chief executive of Halmar Energy"),
        ("heard Ali Haddawi, president of the Chamber of Commerce, and others",
         "Ali Haddawi", "president of the Chamber of Commerce"),
        ("Ali Haddawi, a senior analyst at Calbrix Research, told",
         "Ali Haddawi", "senior analyst at Calbrix Research"),
        ("Ali Haddawi, 43, coach of Qurtuba SC.", "Ali Haddawi", "coach of Qurtuba SC"),
        ("Claire Marchmoor, CEO and founder", "Claire Marchmoor", "CEO"),
        ("Ali Nimri, minister of health and a poet", "Ali Nimri", "minister of health"),
        ("the CEO of Halmar Energy, Khalid Al-Zarouni, said",
         "Khalid Al-Zarouni", "CEO of Halmar Energy"),
        ("The company's chief executive, Dr. Ali Nimri, said", "Ali Nimri", "chief executive"),
        ("its spokesman Anis Belmiloud said", "Anis Belmiloud", "spokesman"),
        ("said its chief financial officer Ali Nimri", "Ali Nimri", "chief financial officer"),
        ("”, chief engineer Ali Nimri said", "Ali Nimri", "chief engineer"),
        ("Engineer Ali Nimri said", "Ali Nimri", None),
        ("Dr. Eng. Ali Nimri said", "Ali Nimri", None),
        ("met Dina Sarrouf in Doha", "Dina Sarrouf", None),
        ("Dr. Dina Sarrouf left", "Dina Sarrouf", None),
        ("Sheikh Hamad Al-Duraibi spoke", "Hamad Al-Duraibi", None),
        ("Ali Haddawi, who heads the group, said", "Ali Haddawi", None),
        ("Ali Haddawi, Director Dina Sarrouf and others", "Ali Haddawi", None),
        ("The minister left. Ali Haddawi stayed", "Ali Haddawi", None),
    ],
)  # fmt: skip
def test_the_role_next_to_a_name(
    gazetteers: Gazetteers, text: str, name: str, role: str | None
) -> None:
    start = text.index(name)

    assert find_role(text, start, start + len(name), demonyms=gazetteers.demonyms) == role


def test_a_role_between_two_persons_belongs_to_the_nearer() -> None:
    text = "Ali Haddawi, director of Dina Sarrouf's office"
    other = text.index("Dina")

    assert find_role(text, 0, 11, until=other) is None
    assert find_role("Minister Ali met Dina", 17, 21, before=12) is None


def test_an_overlong_role_is_none() -> None:
    text = f"Ali Haddawi, head of {'very ' * 30}much"

    assert find_role(text, 0, 11) in (None, "head")


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("French President", "president"),
        ("Crown Prince", "crown prince"),
        ("Amir", "emir"),
        ("Vice President", None),
        ("former Prime Minister", None),
        ("Foreign Minister", None),
        ("president of the Chamber of Commerce", None),
    ],
)
def test_offices_of_which_a_country_has_one(
    gazetteers: Gazetteers, role: str, office: str | None
) -> None:
    assert sole_office(role, gazetteers.demonyms) == office
