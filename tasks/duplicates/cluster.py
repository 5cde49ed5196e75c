"""Which clusters a batch of new texts merges into one.

A cluster is a connected set of stories, each the same story as another of the set; it is named by
its smallest id. Because that is a property of the texts alone, the order in which they are loaded
makes no difference.
"""

from collections.abc import Iterable, Mapping

from tasks.core.records import ComparedText
from tasks.duplicates.compare import is_same_story


def cluster_batch(
    *,
    texts: Mapping[int, ComparedText],
    clusters: Mapping[int, int],
    candidates: Iterable[tuple[int, int]],
) -> dict[int, int]:
    """For every cluster that is merged away the one it becomes part of, always a smaller id.

    `texts` and `clusters` have the current text of every story that a candidate pair names, and
    its cluster: its own id unless it has joined others. Candidates may come in any order.
    """
    parents: dict[int, int] = {}
    for first, second in sorted(candidates):
        one, other = _root(parents, clusters[first]), _root(parents, clusters[second])
        if one != other and is_same_story(texts[first], texts[second]):
            parents[max(one, other)] = min(one, other)
    return {cluster: _root(parents, cluster) for cluster in sorted(parents)}


def _root(parents: Mapping[int, int], cluster: int) -> int:
    while cluster in parents:
        cluster = parents[cluster]
    return cluster
