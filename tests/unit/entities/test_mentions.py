"""An article's mentions, and the contexts by which its persons are resolved."""

from dataclasses import replace

import pytest

from tasks.core.records import EntityContext, EntityType, Form, Mention, entity_id
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.mentions import extract_mentions
from tasks.entities.tokenizer import Span
from tests.quality.entities.articles import article, mark_names

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def named(
    gazetteers: Gazetteers, body: str, *names: tuple[str, EntityType]
) -> tuple[list[Mention], list[EntityContext]]:
    spans = mark_names(body, *names)
    return extract_mentions(article(body=body), ((), spans), gazetteers, "by hand")


def test_a_context_holds_the_organisations_of_a_persons_sentences(gazetteers: Gazetteers) -> None:
    body = (
        "Ali Haddawi runs Halmar Energy in Oman. Nimri Foods fell. Haddawi left Solmerra Capital, "
        "Reuters said."
    )
    _, [context] = named(
        gazetteers,
        body,
        ("Ali Haddawi", PERSON), ("Halmar Energy", ORGANISATION), ("Oman", PLACE),
        ("Nimri Foods", ORGANISATION), ("Haddawi", PERSON), ("Solmerra Capital", ORGANISATION),
        ("Reuters", ORGANISATION),
    )  # fmt: skip

    assert context.companions[0] == "country:OM"
    assert set(context.companions[1:]) == {
        entity_id(ORGANISATION, "halmar energy"),
        entity_id(ORGANISATION, "solmerra capital"),
    }


def test_a_name_of_one_part_has_no_context(gazetteers: Gazetteers) -> None:
    mentions, contexts = named(gazetteers, "Haddawi left.", ("Haddawi", PERSON))

    assert len(mentions) == 1
    assert contexts == []


@pytest.mark.parametrize(
    ("one", "other", "name", "is_same"),
    [
        ("Iraqi minister Ali Haddawi met the French.", "Ali Haddawi is an Iraqi.", "Ali Haddawi", True),
        ("Ali Haddawi is an Iraqi.", "Ali Haddawi is a Swede, a Swedish one.", "Ali Haddawi", False),
        ("Egypt's minister Ali Haddawi met Iraqi and Iraqi.", "Ali Haddawi, an Egyptian.", "Ali Haddawi", True),
        ("Ali Omar Haddawi is an Iraqi.", "Ali Omar Haddawi is a Swede.", "Ali Omar Haddawi", True),
        ("MBS spoke.", "MBS left the Saudis.", "MBS", True),
        ("Jordanian King Hamad spoke.", "King Hamad thanked the Jordanian side.", "Hamad", True),
        ("Jordanian King Hamad spoke.", "King Hamad thanked the Bahraini side.", "Hamad", False),
    ],
)  # fmt: skip
def test_country_and_office_distinguish_namesakes(
    gazetteers: Gazetteers, one: str, other: str, name: str, is_same: bool
) -> None:
    ids = {named(gazetteers, body, (name, PERSON))[0][0].entity_id for body in (one, other)}

    assert (len(ids) == 1) is is_same


def test_a_surname_alone_is_of_its_article_only(gazetteers: Gazetteers) -> None:
    one = article(body="Haddawi left.")
    spans = ((), [Span(0, 7, PERSON)])
    [first], _ = extract_mentions(one, spans, gazetteers, "x")
    [second], _ = extract_mentions(replace(one, article_id=1109916092), spans, gazetteers, "x")

    assert first.entity_id != second.entity_id


@pytest.mark.parametrize(
    ("body", "names", "forms"),
    [
        ("Khaled Al-Harmali, Khalid al-Harmali and Al-Harmali.",
         [("Khaled Al-Harmali", PERSON), ("Khalid al-Harmali", PERSON), ("Al-Harmali", PERSON)],
         [Form.EXACT, Form.TRANSLITERATION, Form.SHORT]),
        ("Hemedti left.", [("Hemedti", PERSON)], [Form.TABLE]),
        ("The Awami Tameer Party (ATP) met. ATP agreed.",
         [("Awami Tameer Party", ORGANISATION), ("ATP", ORGANISATION)],
         [Form.EXACT, Form.ACRONYM]),
        ("Halmar Energy PJSC rose. Halmar won.",
         [("Halmar Energy PJSC", ORGANISATION), ("Halmar", ORGANISATION)],
         [Form.EXACT, Form.SHORT]),
        ("Kiev and Kyiv.", [("Kiev", PLACE), ("Kyiv", PLACE)], [Form.TABLE, Form.EXACT]),
    ],
)  # fmt: skip
def test_the_form_of_a_printed_name(
    gazetteers: Gazetteers, body: str, names: list[tuple[str, EntityType]], forms: list[Form]
) -> None:
    mentions, _ = named(gazetteers, body, *names)

    assert [mention.form for mention in mentions] == forms


def test_a_mention_has_the_role_next_to_it(gazetteers: Gazetteers) -> None:
    body = (
        "Iraqi Foreign Minister Ali Haddawi met Dina Sarrouf, CEO of Halmar Energy. Haddawi left."
    )
    mentions, _ = named(
        gazetteers,
        body,
        ("Ali Haddawi", PERSON), ("Dina Sarrouf", PERSON), ("Halmar Energy", ORGANISATION),
        ("Haddawi", PERSON),
    )  # fmt: skip

    assert [mention.role for mention in mentions] == [
        "Iraqi Foreign Minister", "CEO of Halmar Energy", None, None,
    ]  # fmt: skip
