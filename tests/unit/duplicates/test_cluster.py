"""A cluster is the connected set of stories that are one, whatever came first."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tasks.core.records import ComparedText
from tasks.duplicates.cluster import cluster_batch

_WORDS = [f"{head}{tail}" for head in ("bar", "cor", "dun", "fel", "gar") for tail in "aeioubdfgkl"]


def _body(subject):
    random = Random(subject)
    return " ".join(random.choices(_WORDS, k=70))


def _text(subject, day=0):
    at = datetime(2025, 3, 4, tzinfo=UTC) + timedelta(days=day)
    return ComparedText(title="Headline", body=_body(subject), language="en", published_at=at)


def _clustered(order, texts):
    """The cluster of each story when they are loaded one by one in this order."""
    clusters: dict[int, int] = {}
    for article_id in order:
        pairs = [(known, article_id) for known in clusters]
        clusters[article_id] = article_id
        moves = cluster_batch(texts=texts, clusters=clusters, candidates=pairs)
        clusters = {story: moves.get(cluster, cluster) for story, cluster in clusters.items()}
    return clusters


def test_two_stories_join_under_the_smaller_id():
    moves = cluster_batch(
        texts={8: _text(1), 9: _text(1)}, clusters={8: 8, 9: 9}, candidates=[(9, 8)]
    )
    assert moves == {9: 8}


def test_different_stories_stay_apart():
    moves = cluster_batch(
        texts={8: _text(1), 9: _text(2)}, clusters={8: 8, 9: 9}, candidates=[(8, 9)]
    )
    assert moves == {}


def test_a_story_between_two_clusters_joins_them():
    texts = {6: _text(1, day=0), 7: _text(1, day=10), 8: _text(1, day=5)}
    moves = cluster_batch(texts=texts, clusters={6: 5, 7: 7, 8: 8}, candidates=[(6, 8), (7, 8)])
    assert moves == {7: 5, 8: 5}


def test_members_of_one_cluster_are_not_moved():
    moves = cluster_batch(
        texts={8: _text(1), 9: _text(1)}, clusters={8: 8, 9: 8}, candidates=[(8, 9)]
    )
    assert moves == {}


@given(
    stories=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 20)), min_size=1, max_size=7),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_loading_makes_no_difference(stories, random):
    texts = {number: _text(*story) for number, story in enumerate(stories, 1)}
    order = list(texts)
    random.shuffle(order)
    one_by_one = _clustered(order, texts)
    moves = cluster_batch(
        texts=texts, clusters={story: story for story in texts}, candidates=combinations(texts, 2)
    )
    assert one_by_one == {story: moves.get(story, story) for story in texts}
