"""Which stories are of one event.

An event is its first story, and all that are alike enough to that one: a story that is only like a
later one of the event starts an event of its own, so that a week of reports does not become one.
Copies, which form a cluster, count as one story. What comes out depends on the stories and pairs
alone, not on the order in which they were loaded.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime


def group_events(
    stories: Iterable[tuple[int, int, datetime]], pairs: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """For every story its event, the id of the event's first story.

    `stories` are ids, clusters and times of publication; `pairs` are stories that are alike.
    """
    clusters: dict[int, int] = {}
    first: dict[int, tuple[datetime, int]] = {}
    for article_id, cluster, published_at in stories:
        clusters[article_id] = cluster
        moment = published_at, article_id
        first[cluster] = min(first.get(cluster, moment), moment)
    alike: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        alike[clusters[one]].add(clusters[other])
        alike[clusters[other]].add(clusters[one])
    events: dict[int, int] = {}
    for cluster in sorted(first, key=first.__getitem__):
        opening = [one for one in alike[cluster] if events.get(one) == one]
        events[cluster] = min(opening, key=first.__getitem__, default=cluster)
    return {article_id: first[events[cluster]][1] for article_id, cluster in clusters.items()}
