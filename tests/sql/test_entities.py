"""Which entities count as one depends on the texts, not on the order in which they are loaded."""

from datetime import timedelta
from itertools import permutations

import pytest

from tasks.core.records import EntityType, entity_id
from tasks.warehouse.check import failed_checks
from tests.sql.records import (
    SEEN_AT,
    STORY,
    make_annotation_stamp,
    make_article,
    make_entity_context,
    make_mention,
)

FIRM = "organization:firm"


def person_id(name):
    return entity_id(EntityType.PERSON, name)


def story(number, *persons, capture=None, hours=0):
    """A batch of one article that names persons, each given as name, parts and companions."""
    body = " ".join(f"{name} spoke." for name, _, _ in persons) or "Nobody spoke."
    article_id, capture_id = STORY + number, capture or f"capture-{number}"
    seen_at = SEEN_AT + timedelta(hours=number + hours)
    mentions, appearances = [], []
    for name, parts, companions in persons:
        start = body.index(name)
        mentions.append(
            make_mention(
                article_id=article_id, body=body, name=name, surface=name, type=EntityType.PERSON,
                entity_id=person_id(name), start_char=start, end_char=start + len(name),
            )
        )  # fmt: skip
        appearances.append(
            make_entity_context(
                article_id=article_id, capture_id=capture_id, entity_id=person_id(name),
                block_key=f"{parts[0]}|{parts[-1]}",
                parts=tuple(parts.split()), companions=companions,
            )
        )  # fmt: skip
    article = make_article(article_id=article_id, body=body, capture_id=capture_id, seen_at=seen_at)
    stamp = make_annotation_stamp(article_id=article_id, body=body, sentence_starts=(0,))
    return {"articles": [article], "mentions": mentions, "entity_contexts": appearances,
            "annotation_stamps": [stamp]}  # fmt: skip


def load_all(load, *batches):
    for batch in batches:
        load(**batch)


def load_together(load, *batches):
    load(**{name: [row for batch in batches for row in batch[name]] for name in batches[0]})


def counted_as(connection):
    """Each name and the name that it counts as."""
    return dict(
        connection.sql(
            "select entity.name, canonical.name from entities as entity "
            "join entities as canonical on canonical.entity_id = entity.canonical_id"
        ).fetchall()
    )


def candidates(connection):
    return {
        tuple(sorted(row))
        for row in connection.sql(
            "select one.name, other.name from entity_candidates as pair "
            "join entities as one on one.entity_id = pair.entity_id "
            "join entities as other on other.entity_id = pair.other_id"
        ).fetchall()
    }


TAREQ = ("Tareq Nimri", "tareq nimri", ("country:JO",))
TAREK = ("Tarek Nimri", "tarek nimri", ("country:JO",))
ABROAD = ("Tariq Nimri", "tariq nimri", ("country:CL",))
OMAR = ("Omar Qubaisi", "omar qubaisi", ("country:JO",))


def test_spellings_in_one_company_count_as_the_one_named_first(connection, load):
    load_all(load, story(1, TAREK), story(0, TAREQ, OMAR))
    assert counted_as(connection) == {
        "Tareq Nimri": "Tareq Nimri", "Tarek Nimri": "Tareq Nimri", "Omar Qubaisi": "Omar Qubaisi",
    }  # fmt: skip
    assert candidates(connection) == set()
    assert failed_checks(connection, everything=True) == []


def test_those_in_other_company_are_candidates(connection, load):
    load_all(load, story(0, TAREQ), story(1, ABROAD))
    assert counted_as(connection)["Tariq Nimri"] == "Tariq Nimri"
    assert candidates(connection) == {("Tareq Nimri", "Tariq Nimri")}
    (found_at,) = connection.sql("select found_at from entity_candidates").fetchone()
    assert found_at == SEEN_AT + timedelta(hours=1)


def test_a_third_article_that_joins_two_ends_their_candidacy(connection, load):
    both = ("Tariq Nimri", "tariq nimri", ("country:CL", "country:JO"))
    load_all(load, story(0, TAREQ), story(1, ABROAD), story(2, both))
    assert counted_as(connection)["Tariq Nimri"] == "Tareq Nimri"
    assert candidates(connection) == set()


def test_a_revision_that_takes_the_evidence_away_parts_them(connection, load):
    elsewhere = ("Tarek Nimri", "tarek nimri", ("country:CL",))
    revised = story(1, OMAR, elsewhere, capture="later", hours=5)
    load_all(load, story(0, TAREQ), story(1, TAREK), revised)
    assert counted_as(connection)["Tarek Nimri"] == "Tarek Nimri"
    assert candidates(connection) == {("Tarek Nimri", "Tareq Nimri")}


def test_an_entity_that_no_text_names_any_more_is_gone_and_nothing_counts_as_it(connection, load):
    load_all(load, story(0, TAREQ), story(1, TAREK))
    load_all(load, story(0, OMAR, capture="later", hours=5))
    assert counted_as(connection) == {
        "Tarek Nimri": "Tarek Nimri", "Omar Qubaisi": "Omar Qubaisi",
    }  # fmt: skip
    assert connection.table("person_profiles").count("*").fetchone() == (2,)
    assert connection.table("entity_contexts").count("*").fetchone() == (2,)


def test_company_that_is_rare_among_many_articles_is_no_evidence(connection, load):
    often = [story(number, ("Tareq Nimri", "tareq nimri", ("country:JO",))) for number in range(20)]
    once = story(20, ("Tareq Nimri", "tareq nimri", ("country:CL",)))
    load_together(load, *often, once, story(21, ABROAD))
    assert counted_as(connection)["Tariq Nimri"] == "Tariq Nimri"


BATCHES = [
    story(0, TAREQ, OMAR),
    story(1, TAREK),
    story(2, ABROAD, ("Omar Kubaisi", "omar kubaisi", ("country:JO", FIRM))),
    story(3, ("Tareq Salem Nimri", "tareq salem nimri", ("country:CL",))),
    story(4, ("Tareq Fuad Nimri", "tareq fuad nimri", ("country:JO",)), ABROAD),
]
STATE = (
    ("entities", ("entity_id", "name", "canonical_id", "first_article_id", "first_seen_at")),
    ("entity_candidates", ("entity_id", "other_id", "evidence", "found_at")),
    ("person_profiles", ("entity_id", "block_key", "parts")),
    ("entity_contexts", ("article_id", "entity_id", "companions")),
)


def _state(connection):
    return [
        connection.table(table).select(*columns).order("all").fetchall() for table, columns in STATE
    ]


ALWAYS = [(4, 3, 2, 1, 0), (2, 0, 4, 3, 1)]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(one, marks=[] if one in ALWAYS else [pytest.mark.slow])
        for one in permutations(range(5))
    ],
    ids=lambda order: "".join(map(str, order)),
)
def test_any_order_gives_the_same_entities(connection, load, order):
    load_all(load, *(BATCHES[number] for number in order))
    one_by_one = _state(connection)
    for table in ("articles", "mentions", *(table for table, _ in STATE)):
        connection.execute(f"delete from {table}")
    load_together(load, *BATCHES)

    assert one_by_one == _state(connection)
    assert len(set(counted_as(connection).values())) == 3


def test_frequent_companions_are_exact_though_rare_ones_are_dropped(connection, load):
    def company(number):
        often, late = number % 9 == 0, 40 <= number < 45
        rare = [f"organization:{number}-{one}" for one in range(6)]
        return (*rare, *[FIRM] * often, *["organization:late"] * late)

    for first in (0, 20, 40):
        people = [("Omar Qubaisi", "omar qubaisi", company(first + one)) for one in range(20)]
        load_together(load, *(story(first + one, person) for one, person in enumerate(people)))
    row = connection.sql(
        "select companions, article_count, len(counted_companions), unlisted_count "
        "from person_profiles"
    ).fetchone()
    assert row == ([FIRM], 60, 64, 1)
