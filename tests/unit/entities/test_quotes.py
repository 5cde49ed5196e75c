"""Quotations have the speaker that the text names, or none; tests/quality has the gold set."""

import pytest

from tasks.core.records import EntityType, Part
from tasks.entities.quotes import find_quotes
from tests.quality.entities.articles import article
from tests.sql.records import make_mention

OMAR, LINA = "Omar Tahhan", "Lina Sabbagh"


def said(body: str, language: str = "en") -> list[tuple[str, str]]:
    mentions = [
        make_mention(name=name, surface=name, type=EntityType.PERSON, part=Part.BODY,
                     start_char=body.index(name), end_char=body.index(name) + len(name))
        for name in (OMAR, LINA) if name in body
    ]  # fmt: skip
    return [
        (one.speaker, one.surface)
        for one in find_quotes(article(body=body, language=language), mentions)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'"We are late," said engineer {OMAR}. "Very late."',
         [(OMAR, "We are late"), (OMAR, "Very late.")]),
        (f"“Why?” {OMAR} of Halmar asked.", [(OMAR, "Why?")]),
        (f"«We are late», according to {OMAR}.", [(OMAR, "We are late")]),
        (f"{OMAR} told {LINA} that he was “not late for once.”", [(OMAR, "not late for once.")]),
        (f"{OMAR} said: “We are late.\n“Very late.”", [(OMAR, "We are late.\n“Very late.")]),
        (f'"We are late," {OMAR} said. "Not I," {LINA} added.',
         [(OMAR, "We are late"), (LINA, "Not I")]),
    ],
)  # fmt: skip
def test_a_quotation_has_its_speaker(body: str, expected: list[tuple[str, str]]) -> None:
    assert said(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        '"We are late," he said.',
        f'"We are late," said a friend of {OMAR}.',
        f'"We are late," said {OMAR} and {LINA}.',
        f'"We are late." {OMAR} said that trains had been slow.',
        f'{OMAR} said the "late" train was his.',
        f'{OMAR} said his film was called "Three Late Trains To Aqaba".',
        f'"We are late, said {OMAR}.',
        f'{OMAR} was told that he was "not late for once."',
        "",
        '"',
        "“" * 1000,
        '"”«»' * 1000,
    ],
    ids=lambda body: body[:30],
)
def test_a_doubtful_one_has_none(body: str) -> None:
    assert said(body) == []


def test_a_speaker_in_arabic_is_the_subject_as_printed() -> None:
    body = "وأكّد المدير عمر طحّان خلال مؤتمر أن القطار «لم يتأخر هذه المرة»."
    assert said(body, "ar") == [("المدير عمر طحّان", "لم يتأخر هذه المرة")]
