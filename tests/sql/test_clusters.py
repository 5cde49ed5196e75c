"""The cluster statements on a real database: found, joined, parted, whatever the order."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.adapters.similarity import signature
from tasks.wire.clusters import cluster_batch
from tasks.wire.similarity import ComparedText

_LOAD = Path(__file__).parents[2] / "sql" / "load"
_WORDS = [f"{head}{tail}" for head in ("bar", "cor", "dun", "fel", "gar") for tail in "aeioubdfgkl"]
_TABLES = """
create table articles (
    article_id bigint primary key, title varchar, body varchar, language varchar,
    published_at timestamptz, cluster_id bigint, body_sha256 varchar
);
create table cluster_bands (
    band_hash bigint not null, article_id bigint not null, published_date date not null
);
create table readings (article_id bigint, body_sha256 varchar, action varchar);
create table settled_dates (article_id bigint);
create table staged_signatures (article_id bigint, body_sha256 varchar, bands bigint[]);
"""
_FIRST_ID = 1109000000
_AT = datetime(2025, 3, 4, tzinfo=UTC)


def _sql(name):
    return (_LOAD / f"{name}.sql").read_text(encoding="utf-8")


def _body(subject):
    return " ".join(Random(subject).choices(_WORDS, k=70))


@pytest.fixture
def warehouse():
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(_TABLES)
        yield connection


def _load(connection, *stories):
    """Loads stories of (number, subject), as one batch; a known number is a revision."""
    connection.execute("delete from readings; delete from staged_signatures")
    for number, subject in stories:
        article_id, body = _FIRST_ID + number, _body(subject)
        known = connection.execute(
            "select 1 from articles where article_id = $id", {"id": article_id}
        ).fetchone()
        connection.execute(
            "insert into articles values ($id, 'Headline', $body, 'en', $at, $id, $body) "
            "on conflict do update set body = excluded.body, body_sha256 = excluded.body_sha256",
            {"id": article_id, "body": body, "at": _AT + timedelta(minutes=number)},
        )
        connection.execute(
            "insert into readings values ($id, $body, $action)",
            {"id": article_id, "body": body, "action": "update" if known else "insert"},
        )
        connection.execute(
            "insert into staged_signatures values ($id, $body, $bands)",
            {"id": article_id, "body": body, "bands": list(signature(body))},
        )
    _settle(connection)


def _settle(connection):
    connection.execute(_sql("examine_clusters"))
    first_date, last_date = connection.execute(_sql("select_cluster_window")).fetchone()
    connection.execute(
        _sql("propose_cluster_pairs"), {"first_date": first_date, "last_date": last_date}
    )
    pairs = connection.execute(_sql("select_cluster_pairs")).fetchall()
    rows = connection.execute(_sql("select_cluster_texts")).fetchall()
    texts = {
        article_id: ComparedText(title=title, body=body, language=language, published_at=at)
        for article_id, _, title, body, language, at in rows
    }
    moves = cluster_batch(texts=texts, clusters={row[0]: row[1] for row in rows}, candidates=pairs)
    connection.execute(
        _sql("merge_clusters"), {"dissolved": list(moves), "remaining": list(moves.values())}
    )


def _clusters(connection):
    rows = connection.execute("select article_id, cluster_id from articles").fetchall()
    return {article_id - _FIRST_ID: cluster_id - _FIRST_ID for article_id, cluster_id in rows}


def test_a_story_without_copies_is_its_own_cluster(warehouse):
    _load(warehouse, (1, 1), (2, 2))
    assert _clusters(warehouse) == {1: 1, 2: 2}


def test_copies_of_one_batch_share_the_smallest_id(warehouse):
    _load(warehouse, (3, 1), (2, 1), (9, 2))
    assert _clusters(warehouse) == {2: 2, 3: 2, 9: 9}


def test_a_copy_with_a_smaller_id_renames_the_cluster(warehouse):
    _load(warehouse, (5, 1), (6, 1))
    _load(warehouse, (3, 1))
    assert _clusters(warehouse) == {3: 3, 5: 3, 6: 3}


def test_a_revised_text_leaves_its_cluster(warehouse):
    _load(warehouse, (1, 1), (2, 1), (3, 1))
    _load(warehouse, (1, 2))
    assert _clusters(warehouse) == {1: 1, 2: 2, 3: 2}


def test_a_revised_text_joins_another_cluster(warehouse):
    _load(warehouse, (1, 1), (2, 1), (3, 2))
    _load(warehouse, (2, 2))
    assert _clusters(warehouse) == {1: 1, 2: 2, 3: 2}


def test_a_story_dated_anew_is_compared_anew(warehouse):
    _load(warehouse, (1, 1), (2, 1))
    warehouse.execute(
        "delete from readings; update articles set published_at = "
        "published_at + interval 30 days where article_id = 1109000002; "
        "insert into settled_dates values (1109000002)"
    )
    _settle(warehouse)
    assert _clusters(warehouse) == {1: 1, 2: 2}


def test_a_batch_without_stories_changes_nothing(warehouse):
    _load(warehouse, (1, 1), (2, 1))
    warehouse.execute("delete from readings; delete from staged_signatures")
    _settle(warehouse)
    assert _clusters(warehouse) == {1: 1, 2: 1}


def test_a_revised_storys_hashes_are_replaced_and_not_added_to(warehouse):
    _load(warehouse, (1, 1))
    _load(warehouse, (1, 2))
    held = warehouse.execute("select list(band_hash order by band_hash) from cluster_bands")
    assert held.fetchone()[0] == sorted(signature(_body(2)))


def test_copies_without_end_are_compared_with_sixteen_at_most(warehouse):
    _load(warehouse, *((number, 1) for number in range(60)))
    _load(warehouse, (99, 1))
    count = warehouse.execute("select count(*) from cluster_pairs").fetchone()[0]
    assert count == 16
    assert set(_clusters(warehouse).values()) == {0}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    subjects=st.lists(st.integers(1, 3), min_size=1, max_size=7),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_loading_makes_no_difference(warehouse, subjects, random):
    warehouse.execute("delete from articles; delete from cluster_bands")
    stories = list(enumerate(subjects, 1))
    random.shuffle(stories)
    middle = len(stories) // 2
    for batch in (stories[:middle], stories[middle:]):
        _load(warehouse, *batch)
    assert _clusters(warehouse) == {
        number: subjects.index(subject) + 1 for number, subject in stories
    }
