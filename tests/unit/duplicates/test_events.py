"""An event is its first story and what is alike enough to that one."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.duplicates.events import group_events


@pytest.mark.parametrize(
    ("clusters", "pairs", "expected"),
    [
        ((1, 2), [], (1, 2)),
        ((1, 2, 3), [(1, 2), (1, 3)], (1, 1, 1)),
        ((1, 2, 3), [(1, 2), (2, 3)], (1, 1, 3)),  # the third is not like the first
        ((1, 2, 3, 4), [(1, 2), (2, 3), (3, 4)], (1, 1, 3, 3)),
        ((1, 2, 3), [(1, 3), (2, 3)], (1, 2, 1)),  # the earlier of two events
        ((1, 1, 3), [(2, 3)], (1, 1, 1)),  # copies are one
        ((2, 2), [], (1, 1)),  # named by the first published, whatever the cluster's name
    ],
)
def test_stories_are_grouped(clusters, pairs, expected):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    stories = [
        (article_id, cluster, start + timedelta(hours=article_id))
        for article_id, cluster in enumerate(clusters, start=1)
    ]
    assert group_events(reversed(stories), pairs) == dict(enumerate(expected, start=1))
