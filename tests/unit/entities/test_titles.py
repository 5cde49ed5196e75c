"""Titles, offices and what they are in charge of: no part of the names next to them."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.annotate import annotate
from tests.quality.entities.articles import article

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def _named(body: str, *, title: str = "") -> list[tuple[str, EntityType]]:
    story = article(title=title, body=body)
    return [(one.surface, one.type) for one in annotate([story], "builtin").mentions]


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("Minister of Information and Culture", "Abdul-Rahman Al-Dabit"),
        ("Minister of Environment, Water and Agriculture", "Abdulrahman Al-Kuwari"),
        ("Minister of Human Resources and Emiratisation", "Abdulrahman Al Dabit"),
        ("Minister of Social, Family and Childhood Affairs Sheikh", "Nasim Al-Dabit"),
        ("Minister of Electricity, Water and Renewable Energy", "Sabih Al-Dabit"),
        ("Minister of Awqaf and Islamic Affairs", "Mohammad Al-Kuwari"),
        ("Minister of Labour and Social Affairs", "Ali bin Samikh Al Dabit"),
        ("Minister of Finance and Minister of State for Economic Affairs", "Noora Al-Dabit"),
        ("Secretary of Health and Human Services", "Robert Brackenhurst"),
        ("Director of Public Relations and Media", "Osama Al-Dabit"),
        ("Vice President and Prime Minister and Ruler of Dubai", "Mohammed bin Nasim Al Dabit"),
        ("Supreme Council Member and Ruler of Ajman", "Nasim bin Mohammed Al Dabit"),
    ],
)
def test_what_an_office_is_in_charge_of_is_no_name(office: str, name: str) -> None:
    found = [one for one in _named(f"{office} {name} opened the fair.") if one[1] is not PLACE]

    assert found == [(name, PERSON)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Dina Sarrouf is Senior Vice President of Talent at Brennoval Hotels.",
         [("Dina Sarrouf", PERSON), ("Brennoval Hotels", ORGANISATION)]),
        ("It named Dina Sarrouf Chief People Officer.", [("Dina Sarrouf", PERSON)]),
        ("Vinolt Nairov, Head of Research at Brennoval Securities, said so.",
         [("Vinolt Nairov", PERSON), ("Brennoval Securities", ORGANISATION)]),
        ("Treasury and Finance Minister Dina Sarrouf spoke.", [("Dina Sarrouf", PERSON)]),
        ("Dina Sarrouf, Cabinet Secretary for Investments, Trade and Industry, signed.",
         [("Dina Sarrouf", PERSON)]),
        ("Dr. Dina Sarrouf, Chancellor of Brennoval University, met guests.",
         [("Dina Sarrouf", PERSON), ("Brennoval University", ORGANISATION)]),
        ("Brennoval JSC Chairman of the Management Board Askhat Dabitov met Dina Sarrouf.",
         [("Brennoval JSC", ORGANISATION), ("Askhat Dabitov", PERSON), ("Dina Sarrouf", PERSON)]),
        ("The Ambassador of the Republic of Korea to the Kingdom, Heon Dang-Koo, met Brennoval Energy.",
         [("Republic of Korea", PLACE), ("Heon Dang-Koo", PERSON),
          ("Brennoval Energy", ORGANISATION)]),
        ("Army Commander Gen. Rodolphe Sarrouf left.", [("Rodolphe Sarrouf", PERSON)]),
        ("She holds an MBA from Brennoval University.", [("Brennoval University", ORGANISATION)]),
        ("Chief Executive Dina Sarrouf told Brennoval News.",
         [("Dina Sarrouf", PERSON), ("Brennoval News", ORGANISATION)]),
        ("Majority Leader Dina Sarrouf spoke.", [("Dina Sarrouf", PERSON)]),
        ("Dina Sarrouf, Director of Projects Affairs, spoke.", [("Dina Sarrouf", PERSON)]),
        ("Minister of Hydrocarbons and Mines Dina Sarrouf spoke.", [("Dina Sarrouf", PERSON)]),
        ("Shares of Keldren Malls, manager of three sites, rose.",
         [("Keldren Malls", ORGANISATION)]),
        # The other way: offices and boards that are part of a name, firms before an office.
        ("The Office of the President of Brennoval University replied.",
         [("Brennoval University", ORGANISATION)]),
        ("Brennoval Securities, managed by Dina Sarrouf, fell.",
         [("Brennoval Securities", ORGANISATION), ("Dina Sarrouf", PERSON)]),
        ("The Kuwait Management Board Institute met.",
         [("Kuwait Management Board Institute", ORGANISATION)]),
        ("Kingdom Holding rose.", [("Kingdom Holding", ORGANISATION)]),
        ("The Minister of Finance, Brennoval Bank and Gulf Cement signed.",
         [("Brennoval Bank", ORGANISATION), ("Gulf Cement", ORGANISATION)]),
    ],
)  # fmt: skip
def test_offices_around_names_are_no_names(
    body: str, expected: list[tuple[str, EntityType]]
) -> None:
    assert _named(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("John Keldren Holdings rose.", [("John Keldren Holdings", ORGANISATION)]),
        ("Gulf Tarvel Services appointed Dina Sarrouf.",
         [("Gulf Tarvel Services", ORGANISATION), ("Dina Sarrouf", PERSON)]),
        ("In Kuwait, Brennoval Properties rose.",
         [("Kuwait", PLACE), ("Brennoval Properties", ORGANISATION)]),
        ("The National Council for Culture, Arts and Letters met.",
         [("National Council for Culture, Arts and Letters", ORGANISATION)]),
        ("The Council for Culture and Dina Sarrouf met.",
         [("Council for Culture", ORGANISATION), ("Dina Sarrouf", PERSON)]),
        ("They met the Tanzania Investment Centre and Keldrencom.",
         [("Tanzania Investment Centre", ORGANISATION), ("Keldrencom", ORGANISATION)]),
        ("Gulf Cement, KLN and Jordan Kuwait Bank fell.",
         [("Gulf Cement", ORGANISATION), ("KLN", ORGANISATION),
          ("Jordan Kuwait Bank", ORGANISATION)]),
        ("FC Keldren beat Al Nassr FC 2-1.",
         [("FC Keldren", ORGANISATION), ("Al Nassr FC", ORGANISATION)]),
        ("The Public Works Authority 'Tarvaghal' met. Tarvaghal builds roads.",
         [("Public Works Authority", ORGANISATION), ("Tarvaghal", ORGANISATION),
          ("Tarvaghal", ORGANISATION)]),
        ("Astana (Kazinform): Astana beat Keldren 2-1.",
         [("Astana", PLACE), ("Kazinform", ORGANISATION), ("Astana", ORGANISATION),
          ("Keldren", ORGANISATION)]),
        ("Abu Dhabi-listed Brennoval Holding Company rose.",
         [("Abu Dhabi", PLACE), ("Brennoval Holding Company", ORGANISATION)]),
        ("They signed the Economic Partnership Agreement (CEPA). The CEPA cuts duties.", []),
        ("They opened the Colombo West Container Terminal (CWCT) on Monday.",
         [("Colombo West Container Terminal", PLACE), ("CWCT", PLACE)]),
        ("Oman won the Cup (Kuwait) and went to the Green Summit (UAE). Kuwait and UAE rejoiced.",
         [("Oman", PLACE), ("Kuwait", PLACE), ("Green Summit", ORGANISATION), ("UAE", PLACE),
          ("Kuwait", PLACE),
          ("UAE", PLACE)]),
        ("Emirates Post 'Falcon' stamps sold out.", [("Emirates Post", ORGANISATION)]),
        ("The Brennoval Ports Authority (BPA) met.",
         [("Brennoval Ports Authority", ORGANISATION), ("BPA", ORGANISATION)]),
        ("Amman, Nov. 9 (Petra) -- Dina Sarrouf spoke.",
         [("Amman", PLACE), ("Petra", ORGANISATION), ("Dina Sarrouf", PERSON)]),
    ],
)  # fmt: skip
def test_bodies_end_and_begin_where_their_names_do(
    body: str, expected: list[tuple[str, EntityType]]
) -> None:
    assert _named(body) == expected


@pytest.mark.parametrize(
    ("name", "title", "found"),
    [
        ("Abdel Fattah El-Darrasi", "Darrasi receives envoy", True),
        ("Nasim Al-Qatari", "Qatari envoy received", False),
        ("Nasim Al-Ajmani", "Ajman envoy received", False),
    ],
)
def test_headlines_drop_the_article_of_a_family_name(name: str, title: str, found: bool) -> None:
    names = _named(f"President {name} received an envoy.", title=title)

    assert (names[0] == (title.split(maxsplit=1)[0], PERSON)) is found
