"""Search finds the stories that a person says answer a query, and ranks them first.

`search.tsv` was written from the stories' headlines alone, before any was searched: for each query
stories that answer it, and stories much like them that don't.
"""

import csv
import json
from pathlib import Path

import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import session
from tests.sql.records import RUN_ID, load_batch, make_article, stage

pytestmark = pytest.mark.quality

STORIES = Path(__file__).parents[1] / "site" / "stories.jsonl"
JUDGEMENTS = Path(__file__).parent / "search.tsv"
FLOORS = {"recall": 0.95, "precision": 0.92, "average precision": 0.94}


@pytest.fixture
def connection(tmp_path):
    stories = [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()]
    articles = [
        make_article(
            article_id=story["article_id"],
            language=story["language"],
            title=story["title"],
            body="\n".join(story["paragraphs"]),
            capture_id=str(story["article_id"]),
        )
        for story in stories
    ]
    with session(DataPaths(data_dir=tmp_path), wait_seconds=0) as opened:
        load_batch(opened, stage(tmp_path / "batch", articles=articles), run_id=RUN_ID)
        yield opened


def test_search_reaches_its_floors(connection):
    right, wrong, missed, averages = 0, 0, 0, []
    with JUDGEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        relevant, other = (set(map(int, row[name].split())) for name in ("relevant", "other"))
        found = connection.execute("from search(?)", [row["query"]]).fetchall()
        judged = [one for one, _ in found if one in relevant | other]
        places = [place for place, one in enumerate(judged, start=1) if one in relevant]
        right += len(places)
        wrong += len(judged) - len(places)
        missed += len(relevant) - len(places)
        averages.append(sum(n / place for n, place in enumerate(places, start=1)) / len(relevant))
    figures = {
        "recall": right / (right + missed),
        "precision": right / (right + wrong),
        "average precision": sum(averages) / len(averages),
    }
    print(figures)
    assert right + wrong + missed >= 100
    assert {name: figure for name, figure in figures.items() if figure < FLOORS[name]} == {}
