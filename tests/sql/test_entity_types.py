"""A name has the type of most of its uses, whatever the order in which they are loaded."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tasks.core.records import EntityType, entity_id
from tasks.matchers import MATCHERS
from tasks.warehouse.check import failed_checks
from tasks.warehouse.load import begin_settling, settle
from tasks.warehouse.sql import run_file
from tests.sql.records import (
    SEEN_AT,
    STORY,
    make_article,
    make_entity_context,
    make_mention,
)

FULL = "Reem Halmar"


def story(number, *uses, capture=None, hours=0):
    """A batch of one article with uses such as `person Halmar`, whose names stand in this order.

    A role or a country may follow in brackets: `person Halmar (chairman)`, `place Jordan (JO)`.
    """
    body, mentions, contexts = "In short:", [], []
    article_id, capture_id = STORY + number, capture or f"capture-{number}"
    for use in uses:
        kind, _, printed = use.partition(" ")
        name, _, detail = printed.removesuffix(")").partition(" (")
        scope = "" if " " in name or kind != "person" else f" in {article_id}"
        entity = entity_id(EntityType(kind), name.lower() + scope)
        start = len(body) + 1
        mentions.append(
            partial(
                make_mention, article_id=article_id, name=name, surface=name,
                type=EntityType(kind), entity_id=entity, start_char=start,
                end_char=start + len(name), role=detail if kind == "person" and detail else None,
                country_code=detail if kind != "person" and detail else None,
            )
        )  # fmt: skip
        if kind == "person" and " " in name:
            contexts.append(
                make_entity_context(
                    article_id=article_id, capture_id=capture_id, entity_id=entity,
                    block_key="r|h", parts=tuple(name.lower().split()), companions=("country:JO",),
                )
            )  # fmt: skip
        body += f" {name}"
    article = make_article(
        article_id=article_id, body=body, capture_id=capture_id,
        seen_at=SEEN_AT + timedelta(hours=number + hours),
    )  # fmt: skip
    found = [make(body=body) for make in mentions]
    return {"articles": [article], "mentions": found, "entity_contexts": contexts}


def types(connection):
    """Each own type of a name with the type that it counts as."""
    rows = connection.sql(
        "select split_part(entity.entity_id, ':', 1), entity.name, canonical.type, entity.type "
        "from entities as entity "
        "join entities as canonical on entity.canonical_id = canonical.entity_id"
    ).fetchall()
    assert all(of_canonical == own for _, _, of_canonical, own in rows)
    return {f"{own} {name}": kind for own, name, kind, _ in rows}


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        # the majority decides
        (("organization Halmar",) * 3 + ("person Halmar",), {"person Halmar": "organization"}),
        ((f"person {FULL}",) * 2 + (f"organization {FULL}",), {f"organization {FULL}": "person"}),
        ((f"organization {FULL}",) * 2 + (f"person {FULL}",), {f"person {FULL}": "organization"}),
        (("organization Sur",) * 2 + ("place Sur",), {"place Sur": "organization"}),
        # a role is evidence of its own
        (("organization Halmar",) * 9 + ("person Halmar (chairman)",), {"person Halmar": "person"}),
        # so is the table of places, for a type that has a fifth of the uses
        (("place Jordan (JO)",) * 4 + ("person Jordan",), {"person Jordan": "person"}),
        (("place Jordan (JO)",) * 5 + ("person Jordan",), {"person Jordan": "place"}),
        (("person Jordan",) * 4 + ("place Jordan (JO)",), {"place Jordan": "place"}),
        (("person Jordan",) * 5 + ("place Jordan (JO)",), {"place Jordan": "person"}),
        # longer names are others
        (("place Jordan",) * 9 + ("person Reem Jordan",), {"person Reem Jordan": "person"}),
    ],
)
def test_most_uses_decide_unless_another_type_has_its_own_evidence(
    connection, load, uses, expected
):
    for number, use in enumerate(uses):
        load(**story(number, use))

    found = types(connection)
    assert found | expected == found
    assert failed_checks(connection, everything=True) == []


def test_a_few_counts_as_the_one_of_the_usual_type_and_surnames_as_themselves(connection, load):
    load(**story(0, "person Halmar", "organization Qasr"))
    load(**story(1, "person Halmar", "person Qasr", "person Qasr"))
    load(**story(2, *("organization Halmar",) * 3))

    canonical = dict(connection.sql("select entity_id, canonical_id from entities").fetchall())
    firm, other = (entity_id(EntityType.ORGANIZATION, name) for name in ("halmar", "qasr"))
    persons = [entity_id(EntityType.PERSON, f"halmar in {STORY + number}") for number in (0, 1)]
    assert [canonical[person] for person in persons] == [firm, firm]
    assert canonical[other] == other


def test_a_revision_a_take_down_and_a_decision_change_the_type(connection, load):
    firm, person = f"organization {FULL}", f"person {FULL}"
    load(**story(0, person, "person Rim Halmar"))
    load(**story(1, firm, firm))
    assert types(connection)[person] == "organization"

    load(**story(1, person, firm, person, capture="later", hours=5))
    assert types(connection) == {person: "person", firm: "person", "person Rim Halmar": "person"}
    assert connection.sql("select count(distinct canonical_id) from entities").fetchone() == (1,)

    load(**story(2, firm, firm, firm))
    assert types(connection)[person] == "organization"
    begin_settling(connection, entity_ids=())
    run_file(
        connection, "admin/delete_stories.sql", article_ids=[STORY + 2], now=SEEN_AT,
        reason="asked for", detail="",
    )  # fmt: skip
    settle(connection, MATCHERS)
    assert types(connection)[firm] == "person"

    ids = [entity_id(EntityType(kind), FULL.lower()) for kind in ("organization", "person")]
    run_file(
        connection, "admin/record_decision.sql", entity_id=ids[0], other_id=ids[1],
        decision="split", decided_at=SEEN_AT,
    )  # fmt: skip
    begin_settling(connection, entity_ids=ids)
    settle(connection, MATCHERS)
    assert types(connection)[firm] == "organization"
    failed = failed_checks(connection, everything=True)
    assert [finding.check for finding in failed] == ["deleted_stories_are_erased"]  # no archive


def test_an_entity_that_gets_another_name_has_the_type_of_that(connection, load):
    load(**story(5, "person Halmar", "organization Halmar", "organization Halmar"))
    older = story(3, "person Qasr")
    same = entity_id(EntityType.PERSON, f"halmar in {STORY + 5}")
    renamed = replace(older["mentions"][0], entity_id=same, name="Rima Qasr")
    load(**older | {"mentions": [renamed]})

    assert types(connection) == {
        "person Rima Qasr": "person",
        "organization Halmar": "organization",
    }


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_the_order_of_loading_makes_no_difference(connection, load, order):
    batches = [
        story(0, f"person {FULL}", "person Halmar", "organization Halmar", "organization Halmar"),
        story(1, f"organization {FULL}", f"organization {FULL}", "person Rim Halmar"),
        story(2, "organization Halmar", f"organization {FULL}", "place Halmar"),
        story(3, f"person {FULL}", f"person {FULL}", "person Rima Halmar"),
        story(2, "place Halmar", f"person {FULL}", capture="later", hours=9),
    ]
    for number in order:
        load(**batches[number])

    assert types(connection) == {
        "person Halmar": "organization", "organization Halmar": "organization",
        "place Halmar": "organization", f"person {FULL}": "person",
        f"organization {FULL}": "person", "person Rim Halmar": "person",
        "person Rima Halmar": "person",
    }  # fmt: skip
    counts = connection.sql(
        "select lower(surface), count(*) filter (where entity_id[:6] = 'person'), "
        "count(*) filter (where entity_id[:5] = 'organ'), "
        "count(*) filter (where entity_id[:5] = 'place'), count(role) from mentions group by 1"
    )
    assert set(connection.table("name_uses").fetchall()) == set(counts.fetchall())
