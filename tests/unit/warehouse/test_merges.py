"""Decisions of readers are kept, applied, and refused where they can't hold."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count

import duckdb
import pytest

from tasks.core.annotations import DecisionKind
from tasks.core.errors import UsageError
from tasks.core.records import EntityType, entity_id
from tasks.matchers import MATCHERS
from tasks.warehouse.merges import list_candidates, record_decision
from tasks.warehouse.publish import publish
from tasks.warehouse.runs import begin_run
from tasks.warehouse.writer import writer
from tests.sql.records import load_batch, make_article, make_mention, make_run, stage
from tests.sql.test_entities import ABROAD, OMAR, TAREQ, person_id, story

NOW = datetime(2026, 11, 25, tzinfo=UTC)
_clock = count()
A, B, C = person_id("Tareq Nimri"), person_id("Tariq Nimri"), person_id("Omar Qubaisi")
FIRM = entity_id(EntityType.ORGANIZATION, "Ministry")


@pytest.fixture(scope="module")
def made(new_warehouse):
    """A published warehouse of three persons, two of them alike, and an organisation."""
    run = make_run(new_warehouse().data_dir)
    first, second = story(0, TAREQ, OMAR), story(1, ABROAD)
    body = "The ministry opened a bridge."
    firm = {
        "articles": [make_article(article_id=1109916099, body=body, capture_id="firm")],
        "mentions": [make_mention(article_id=1109916099, body=body)],
    }
    with writer(run.paths, wait_seconds=0) as connection:
        begin_run(connection, run)
        for number, batch in enumerate((first, second, firm)):
            folder = stage(run.paths.staged / f"{run.run_id}-{number:04}", **batch)
            load_batch(connection, folder, run_id=run.run_id)
    publish(run)
    return run


@pytest.fixture
def run(made, tmp_path):
    shutil.copytree(made.settings.data_dir, tmp_path / "data")
    return make_run(tmp_path / "data")


def decide(run, kind, one, other):
    decided_at = NOW + timedelta(hours=next(_clock))
    return record_decision(run.paths, kind, one, other, decided_at=decided_at, wait_seconds=0,
                           matchers=MATCHERS)  # fmt: skip


def counts_as(run, *, path=None):
    with duckdb.connect(path or run.paths.warehouse, read_only=True) as connection:
        return dict(connection.sql("select name_id, entity_id from entity_names").fetchall())


def test_candidates_are_listed_with_an_article_to_look_at(run):
    columns, [row] = list_candidates(run.paths, 10)
    result = dict(zip(columns, row, strict=True))
    assert {result["name"], result["other_name"]} == {"Tareq Nimri", "Tariq Nimri"}
    assert {result["entity_id"], result["other_id"]} == {A, B}
    assert {result["see"], result["see_other"]} == {1109916091, 1109916092}


def test_a_merge_is_seen_by_readers_at_once_and_ends_the_candidacy(run):
    result = decide(run, DecisionKind.MERGE, A, B)
    assert (result.name, result.counts_as) == ("Tareq Nimri", "Tariq Nimri")
    assert result.is_published
    assert counts_as(run)[A] == B
    assert list_candidates(run.paths, 10)[1] == []


def test_a_merge_reaches_over_blocks_and_can_be_taken_back(run):
    decide(run, DecisionKind.MERGE, A, C)
    decide(run, DecisionKind.MERGE, B, C)
    assert counts_as(run) == {A: C, B: C, C: C, FIRM: FIRM}
    decide(run, DecisionKind.SPLIT, A, C)
    assert counts_as(run) == {A: A, B: C, C: C, FIRM: FIRM}


def test_what_is_split_is_no_candidate_any_more(run):
    assert "are kept apart" in decide(run, DecisionKind.SPLIT, B, A).message()
    assert list_candidates(run.paths, 10)[1] == []
    assert counts_as(run)[A] == A


def test_a_later_load_keeps_to_the_decisions(run):
    decide(run, DecisionKind.SPLIT, A, B)
    with writer(run.paths, wait_seconds=0) as connection:
        both = ("Tariq Nimri", "tariq nimri", ("country:CL", "country:JO"))
        folder = stage(run.paths.staged / "later-0001", **story(5, both, TAREQ))
        load_batch(connection, folder, run_id="later")
        found = connection.sql("select canonical_id from entities order by all").fetchall()
    assert len(set(found)) == 4


def test_while_something_loaded_waits_for_its_checks_nothing_is_published(run):
    before = run.paths.warehouse.read_bytes()
    with writer(run.paths, wait_seconds=0) as connection:
        folder = stage(run.paths.staged / "later-0001", **story(5, TAREQ))
        load_batch(connection, folder, run_id="later")
    result = decide(run, DecisionKind.MERGE, A, B)
    assert "after the next run" in result.message()
    assert run.paths.warehouse.read_bytes() == before
    assert counts_as(run, path=run.paths.writer_file)[A] == B


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ([("merge", A, "person:none")], "There is no entity person:none"),
        ([("split", "it's; --", A)], "There is no entity it's; --"),
        ([("merge", A, A)], "one with itself"),
        ([("merge", A, FIRM)], "of type person and Ministry of type organization"),
        ([("merge", A, B), ("merge", B, A)], "merged already and count as Tariq Nimri"),
        ([("merge", A, B), ("merge", B, C), ("merge", C, A)], "merged already"),
        ([("split", A, B), ("merge", A, C), ("merge", B, C)], f"entities split {A} {C}"),
        ([("merge", A, C), ("merge", B, C), ("split", A, B)], f"entities split {A} {C}"),
    ],
)
def test_a_decision_that_can_not_hold_is_refused_and_changes_nothing(run, decisions, message):
    *before, last = [(DecisionKind(kind), one, other) for kind, one, other in decisions]
    for kind in before:
        decide(run, *kind)
    counted = counts_as(run)
    with pytest.raises(UsageError, match=re.escape(message)):
        decide(run, *last)
    assert counts_as(run, path=run.paths.writer_file) == counted
