"""The article as a whole corrects what a recogniser found line by line."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.postprocess import dateline_spans, postprocess_spans
from tests.quality.entities.articles import mark_names, surfaces

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def corrected_body(
    body: str, gazetteers: Gazetteers, *names: tuple[str, EntityType]
) -> list[tuple[str, EntityType]]:
    _, found = postprocess_spans(("", body), ((), mark_names(body, *names)), gazetteers)
    return surfaces(body, found)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("KUWAIT, Aug 15 (KUNA) -- The Amir left.", ["KUWAIT", "KUNA"]),
        ("Kyiv, Aug 9 (IANS) Nine people died.", ["Kyiv", "IANS"]),
        ("BISHKEK, Kyrgyzstan, July 5. The plant opened.", ["BISHKEK", "Kyrgyzstan"]),
        ("GENEVA, Feb 1 (NNN-XINHUA) – Talks began.", ["GENEVA", "NNN-XINHUA"]),
        ("BAGHDAD -- The minister said.", ["BAGHDAD"]),
        ("(MENAFN- Kuwait News Agency (KUNA)) KUWAIT, Aug 15 (KUNA) -- Oil", ["KUWAIT", "KUNA"]),
        ("DELFT, Sept. 18, 2025 /PRNewswire/ -- Vantoryx", ["DELFT", "PRNewswire"]),
        ("SANAA/ADEN: A ship", ["SANAA", "ADEN"]),
        ("He said: yes.", []),
        ("The king -- once a soldier -- left.", []),
    ],
)
def test_a_dateline_names_places_and_the_agency(body: str, names: list[str]) -> None:
    assert [body[one.start : one.end] for one in dateline_spans(body)] == names


def test_a_headline_is_read_by_the_names_of_the_body(gazetteers: Gazetteers) -> None:
    title, body = "Al-Rumaizan Opens Energy Talks", "Bader Al-Rumaizan opened the talks."
    spans = (mark_names(title, ("Al-Rumaizan Opens Energy", ORGANISATION)),
             mark_names(body, ("Bader Al-Rumaizan", PERSON)))  # fmt: skip

    in_title, _ = postprocess_spans((title, body), spans, gazetteers)

    assert surfaces(title, in_title) == [("Al-Rumaizan", "person")]


@pytest.mark.parametrize(
    "title", ["Karmada Weighs On Emirati Index", "Karmada To Acquire Three Smaller Rivals"]
)
def test_a_firm_that_only_a_headline_names_is_one_by_its_verb(
    gazetteers: Gazetteers, title: str
) -> None:
    for kind, expected in ((ORGANISATION, [("Karmada", ORGANISATION)]), (PERSON, [])):
        in_title = [mark_names(title, ("Karmada", kind)), []]
        found, _ = postprocess_spans((title, "Shares fell."), in_title, gazetteers)
        assert surfaces(title, found) == expected


@pytest.mark.parametrize(
    ("body", "name", "given", "expected"),
    [
        ("bought Keldoran, a Texas-based rival, today", "Keldoran", PERSON, "organization"),
        ("the lender Tiranel said", "Tiranel", PLACE, "organization"),
        ("joined Omran's CEO there", "Omran", PERSON, "organization"),
        ("held at Zayyan Stadium today", "Zayyan Stadium", ORGANISATION, "place"),
        ("the village of Umm Zarqun fell", "Umm Zarqun", PERSON, "place"),
        ("met his counterpart Siavash Zandiyeh there", "Siavash Zandiyeh", PLACE, "person"),
    ],
)
def test_neighbours_and_key_words_determine_the_type(
    gazetteers: Gazetteers, body: str, name: str, given: EntityType, expected: str
) -> None:
    assert dict(corrected_body(body, gazetteers, (name, given)))[name] == expected


@pytest.mark.parametrize(
    ("body", "names", "added"),
    [
        ("Bader Al-Rumaizan spoke. Al-Rumaizan left. Halmar Energy rose. Halmar fell.",
         [("Bader Al-Rumaizan", PERSON), ("Halmar Energy", ORGANISATION)],
         [("Al-Rumaizan", PERSON), ("Halmar", ORGANISATION)]),
        ("The Awami Tameer Party (ATP) met. Later ATP agreed.",
         [("Awami Tameer Party", ORGANISATION)], [("ATP", ORGANISATION), ("ATP", ORGANISATION)]),
        ("OPEC and the Ministry of Transport and Communications met in Doha.", [],
         [("OPEC", ORGANISATION), ("Ministry of Transport and Communications", ORGANISATION),
          ("Doha", PLACE)]),
    ],
)  # fmt: skip
def test_short_forms_acronyms_and_known_names_are_added(
    gazetteers: Gazetteers,
    body: str,
    names: list[tuple[str, EntityType]],
    added: list[tuple[str, EntityType]],
) -> None:
    assert sorted(corrected_body(body, gazetteers, *names)) == sorted([*names, *added])


def test_capitals_throughout_are_ignored(gazetteers: Gazetteers) -> None:
    title = "DUST STORM TO HIT KUWAIT TODAY"

    found, _ = postprocess_spans(
        (title, ""), (mark_names(title, ("HIT KUWAIT", PLACE)), ()), gazetteers
    )

    assert [title[one.start : one.end] for one in found] == ["KUWAIT"]


@pytest.mark.parametrize(
    ("body", "name", "kind", "expected"),
    [
        ("Envoys of Ukraine, Oman and Qatar met.", "Ukraine, Oman and Qatar", ORGANISATION,
         [("Ukraine", PLACE), ("Oman", PLACE), ("Qatar", PLACE)]),
        ("It paid BDT well.", "BDT", ORGANISATION, []),
        ("won the Qatari again", "Qatari", ORGANISATION, []),
        ("won the King's Cup again", "King's Cup", ORGANISATION, []),
        ("won the MD again", "MD", ORGANISATION, []),
        ("won the Brent again", "Brent", ORGANISATION, []),
        ("met Sultan Al-Harmali there", "Sultan Al-Harmali", PERSON, [("Sultan Al-Harmali", PERSON)]),
        ("met Stephen King there", "Stephen King", PERSON, [("Stephen King", PERSON)]),
        ("met Amir Sohrabian there", "Amir Sohrabian", PERSON, [("Amir Sohrabian", PERSON)]),
        ("signed by H E Sheikh Hamad bin Jabr Al-Duraibi today",
         "H E Sheikh Hamad bin Jabr Al-Duraibi", PERSON, [("Hamad bin Jabr Al-Duraibi", PERSON)]),
        ("as the Zumurrad Forum's guests left", "the Zumurrad Forum's", ORGANISATION,
         [("Zumurrad Forum", ORGANISATION)]),
        ("with Zumurrad Bank and Safwanah Foods as lenders", "Zumurrad Bank and Safwanah Foods",
         ORGANISATION, [("Zumurrad Bank", ORGANISATION), ("Safwanah Foods", ORGANISATION)]),
        ("Halmar Energy PJSC (ADX: HLME) rose", "Halmar Energy", ORGANISATION,
         [("Halmar Energy PJSC", ORGANISATION), ("ADX", ORGANISATION)]),
        ("trucks at the Rafah crossing waited", "Rafah", PLACE, [("Rafah crossing", PLACE)]),
        ("Sahriya paid AZN 943 million.", "Sahriya", PERSON, [("Sahriya", ORGANISATION)]),
        ("Shares of Halmar Edge rose.", "Halmar Edge", PERSON, [("Halmar Edge", ORGANISATION)]),
        ("Said Archaeologist Rashid Al-Dosimi.", "Archaeologist Rashid Al-Dosimi", PERSON,
         [("Rashid Al-Dosimi", PERSON)]),
    ],
)  # fmt: skip
def test_boundaries_and_types_are_corrected(
    gazetteers: Gazetteers,
    body: str,
    name: str,
    kind: EntityType,
    expected: list[tuple[str, EntityType]],
) -> None:
    assert corrected_body(body, gazetteers, (name, kind)) == expected
