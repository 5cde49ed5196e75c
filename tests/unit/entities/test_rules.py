"""Without a model, tables and key words still show many names."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.rules import find_names
from tests.quality.entities.articles import surfaces


def named(text: str, gazetteers: Gazetteers) -> list[tuple[str, EntityType]]:
    return surfaces(text, find_names(text, gazetteers))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Minister of Finance Khalid Al-Harmali said", "Khalid Al-Harmali", "person"),
        ("H.E. Dr. Dina Sarrouf left", "Dina Sarrouf", "person"),
        ("His Highness the Amir Sheikh Rashid bin Hamad Al-Duraibi spoke",
         "Rashid bin Hamad Al-Duraibi", "person"),
        ("Maj. Gen. Tareq Nimri came", "Tareq Nimri", "person"),
        ("prime minister Imran Lodhizai wrote", "Imran Lodhizai", "person"),
        ("Prime Minister Mohammed Shia' al-Qubaisi said", "Mohammed Shia' al-Qubaisi", "person"),
        ("the Ministry of Transport and Communications said",
         "Ministry of Transport and Communications", "organization"),
        ("the Qatari Foreign Ministry denied it", "Foreign Ministry", "organization"),
        ("shares of Zafiroun Telecom fell", "Zafiroun Telecom", "organization"),
        ("the University of Marsaultier said", "University of Marsaultier", "organization"),
    ],
)  # fmt: skip
def test_titles_show_persons_and_key_words_organisations(
    gazetteers: Gazetteers, text: str, name: str, kind: str
) -> None:
    assert (name, kind) in named(text, gazetteers)


def test_the_scope_of_an_office_is_no_organisation(gazetteers: Gazetteers) -> None:
    assert named("U.S. Energy Secretary Ross Tolliver said", gazetteers) == [
        ("U.S.", "place"),
        ("Ross Tolliver", "person"),
    ]


def test_words_that_are_also_towns_are_no_places(gazetteers: Gazetteers) -> None:
    assert named("Reading Mobile phones is Nice", gazetteers) == []
