"""Without a model, tables and telling words still show many names."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.rules import find_names
from tests.quality.entities.articles import surfaces


def named(text: str, gazetteers: Gazetteers) -> list[tuple[str, EntityType]]:
    return surfaces(text, find_names(text, gazetteers))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Minister of Finance Khalid Al-Harmali said", "Khalid Al-Harmali"),
        ("H.E. Dr. Dina Sarrouf left", "Dina Sarrouf"),
        (
            "His Highness the Amir Sheikh Rashid bin Hamad Al-Duraibi spoke",
            "Rashid bin Hamad Al-Duraibi",
        ),
        ("Maj. Gen. Tareq Nimri came", "Tareq Nimri"),
        ("prime minister Imran Lodhizai wrote", "Imran Lodhizai"),
        ("Prime Minister Mohammed Shia' al-Qubaisi said", "Mohammed Shia' al-Qubaisi"),
    ],
)
def test_a_title_shows_a_person(gazetteers: Gazetteers, text: str, person: str) -> None:
    assert (person, "person") in named(text, gazetteers)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "the Ministry of Transport and Communications said",
            "Ministry of Transport and Communications",
        ),
        ("the Qatari Foreign Ministry denied it", "Foreign Ministry"),
        ("shares of Zafiroun Telecom fell", "Zafiroun Telecom"),
        ("the University of Marsaultier said", "University of Marsaultier"),
    ],
)
def test_telling_words_show_an_organisation(
    gazetteers: Gazetteers, text: str, organisation: str
) -> None:
    assert (organisation, "organization") in named(text, gazetteers)


def test_the_scope_of_an_office_is_no_organisation(gazetteers: Gazetteers) -> None:
    assert named("U.S. Energy Secretary Ross Tolliver said", gazetteers) == [
        ("U.S.", "place"),
        ("Ross Tolliver", "person"),
    ]


def test_words_that_are_also_towns_are_no_places(gazetteers: Gazetteers) -> None:
    assert named("Reading Mobile phones is Nice", gazetteers) == []
