"""Stories that are one are found, joined and parted, whatever the order they are loaded in."""

import time
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.duplicates.minhash import signature
from tests.sql.records import RUN_ID, load_batch, make_article, make_listing_entry, stage

_WORDS = [f"{head}{tail}" for head in ("bar", "cor", "dun", "fel", "gar") for tail in "aeioubdfgkl"]
_FIRST_ID = 1109000000
_AT = datetime(2025, 3, 4, tzinfo=UTC)


def _body(subject):
    return " ".join(Random(subject).choices(_WORDS, k=70))


@pytest.fixture
def load(load):
    """Loads stories of (number, subject) as one batch; a known number is a revision."""
    batches = count(1)

    def load_stories(*stories, **tables):
        number = next(batches)
        articles = [
            make_article(
                article_id=_FIRST_ID + story,
                body=_body(subject),
                page_at=_AT + timedelta(minutes=story) if "listing_entries" not in tables else None,
                capture_id=f"{number}-{story}",
                seen_at=_AT + timedelta(days=30, minutes=number),
            )
            for story, subject in stories
        ]
        load(articles=articles, **tables)

    return load_stories


@pytest.fixture
def clusters(connection):
    def clusters_now():
        rows = connection.table("articles").select("article_id", "cluster_id").fetchall()
        return {article_id - _FIRST_ID: cluster_id - _FIRST_ID for article_id, cluster_id in rows}

    return clusters_now


def test_a_story_without_copies_is_its_own_cluster(load, clusters):
    load((1, 1), (2, 2))
    assert clusters() == {1: 1, 2: 2}


def test_copies_of_one_batch_share_the_smallest_id(load, clusters):
    load((3, 1), (2, 1), (9, 2))
    assert clusters() == {2: 2, 3: 2, 9: 9}


def test_a_copy_with_a_smaller_id_renames_the_cluster(load, clusters):
    load((5, 1), (6, 1))
    load((3, 1))
    assert clusters() == {3: 3, 5: 3, 6: 3}


def test_a_revised_text_leaves_its_cluster(load, clusters):
    load((1, 1), (2, 1), (3, 1))
    load((1, 2))
    assert clusters() == {1: 1, 2: 2, 3: 2}


def test_a_revised_text_joins_another_cluster(load, clusters):
    load((1, 1), (2, 1), (3, 2))
    load((2, 2))
    assert clusters() == {1: 1, 2: 2, 3: 2}


def test_a_story_dated_anew_is_compared_anew(load, clusters):
    dated = [_sighting(1, _AT), _sighting(2, _AT)]
    load((1, 1), (2, 1), listing_entries=dated)
    assert clusters() == {1: 1, 2: 1}
    load(listing_entries=[_sighting(2, _AT + timedelta(days=20), "Iraq", hours=-1)])
    assert clusters() == {1: 1, 2: 2}


def _sighting(number, published_at, section="Kuwait", *, hours=0):
    return make_listing_entry(
        article_id=_FIRST_ID + number,
        listing_url=f"https://menafn.com/rss/menafn_{section}.xml",
        published_at=published_at,
        seen_at=_AT + timedelta(days=29, hours=hours),
    )


def test_a_batch_without_stories_changes_nothing(load, clusters):
    load((1, 1), (2, 1))
    load()
    assert clusters() == {1: 1, 2: 1}


def test_a_batch_loaded_again_changes_nothing(load, clusters):
    load((1, 1), (2, 1), (3, 2))
    load((1, 1), (3, 2))
    assert clusters() == {1: 1, 2: 1, 3: 3}


def test_a_revised_storys_hashes_are_replaced_and_not_added_to(connection, load):
    load((1, 1))
    load((1, 2))
    held = connection.table("minhash_bands").select("band_hash").fetchall()
    assert sorted(band for (band,) in held) == sorted(signature(_body(2)))


def test_copies_without_end_are_compared_with_sixteen_at_most(connection, load, clusters):
    load(*((number, 1) for number in range(60)))
    load((99, 1))
    assert connection.table("cluster_pairs").count("*").fetchall() == [(16,)]
    assert set(clusters().values()) == {0}


@pytest.mark.slow
def test_a_text_that_stands_on_every_page_is_no_burden(connection, tmp_path):
    articles = [
        make_article(article_id=_FIRST_ID + number, capture_id=str(number), body=_body(1))
        for number in range(3000)
    ]
    batch = stage(tmp_path / f"{RUN_ID}-0001", articles=articles)
    started = time.process_time()
    load_batch(connection, batch, run_id=RUN_ID)
    assert time.process_time() - started < 5  # 200 million equal hashes would take a minute


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    subjects=st.lists(st.integers(1, 3), min_size=1, max_size=7),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_loading_makes_no_difference(connection, load, clusters, subjects, random):
    connection.execute("delete from articles; delete from article_versions")
    connection.execute("delete from minhash_bands; delete from captures")
    stories = list(enumerate(subjects, 1))
    random.shuffle(stories)
    middle = len(stories) // 2
    for batch in (stories[:middle], stories[middle:]):
        load(*batch)
    assert clusters() == {number: subjects.index(subject) + 1 for number, subject in stories}
