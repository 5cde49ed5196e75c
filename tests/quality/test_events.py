"""Stories of several providers on one happening are one event, and no others are."""

import csv
from datetime import UTC, datetime
from itertools import combinations, groupby
from pathlib import Path

import pytest

from tasks.core.paths import DataPaths
from tasks.core.records import Article
from tasks.entities.annotate import annotate
from tasks.warehouse.writer import session
from tests.quality.score import labelled_pairs
from tests.site.calendar import article_id_at
from tests.sql.records import RUN_ID, load_batch, make_article, stage

pytestmark = pytest.mark.quality

STORIES = Path(__file__).with_name("gold") / "events.tsv"
FLOORS = {"precision": 0.97, "recall": 0.75}
# Of the pairs that are no copies: reports in other words and the Arabic twin are of one event.
ONE_EVENT = ("independent", "twin")


def _article(number, title, body, language, published_at, provider=""):
    article_id = article_id_at(published_at) + number
    return make_article(
        article_id=article_id, title=title, body=body, language=language, provider=provider,
        page_at=published_at, seen_at=published_at, capture_id=str(article_id),
    )  # fmt: skip


def labelled_stories():
    """The stories, and pairs of their places with whether they are of one event."""
    articles: list[Article] = []
    pairs: list[tuple[str, tuple[int, int], bool]] = []
    for pair in labelled_pairs():
        places = len(articles), len(articles) + 1
        pairs.append((pair.kind, places, pair.same or pair.kind in ONE_EVENT))
        articles += [
            _article(place, one.title, one.body, one.language, one.published_at)
            for place, one in zip(places, (pair.a, pair.b), strict=True)
        ]
    lines = [line for line in STORIES.read_text("utf-8").splitlines() if line[0] != "#"]
    rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for topic, group in groupby(rows, key=lambda row: row[0]):
        first, numbers = len(articles), []
        for _, number, at, provider, title, body in group:
            language = "ar" if "\u0600" < title[0] < "\u0700" else "en"
            numbers.append(number)
            published_at = datetime.fromisoformat(at).replace(tzinfo=UTC)
            text = body.replace("¶", "\n")
            articles.append(_article(len(articles), title, text, language, published_at, provider))
        pairs += [
            (topic, (first + one, first + other), numbers[one] == numbers[other])
            for one, other in combinations(range(len(numbers)), 2)
        ]
    return articles, pairs


def judge(connection, folder):
    """Precision and recall, and the pairs that are wrong."""
    articles, pairs = labelled_stories()
    found = annotate(articles, "builtin")
    batch = stage(
        folder, articles=articles, mentions=found.mentions, entity_contexts=found.contexts
    )
    load_batch(connection, batch, run_id=RUN_ID)
    events = dict(connection.sql("select article_id, event_id from articles").fetchall())
    joined = [
        len({events[articles[place].article_id] for place in places}) == 1 for _, places, _ in pairs
    ]
    right = sum(one and same for one, (_, _, same) in zip(joined, pairs, strict=True))
    wrong = [
        (kind, same, *(articles[place].title for place in places))
        for one, (kind, places, same) in zip(joined, pairs, strict=True)
        if one != same
    ]
    figures = {
        "precision": right / sum(joined),
        "recall": right / sum(same for *_, same in pairs),
    }
    return figures, len(pairs), wrong


def test_events_reach_their_floors(tmp_path):
    with session(DataPaths(data_dir=tmp_path), wait_seconds=0) as connection:
        figures, count, wrong = judge(connection, tmp_path / "batch")
    print(figures, count)
    assert count >= 150
    assert {name: one for name, one in figures.items() if one < FLOORS[name]} == {}, wrong
