"""A story has the topics of the terms that its current text has, however it came to that text."""

import csv
from shutil import copytree

import pytest

from tasks.warehouse.migrate import migrate
from tasks.warehouse.sql import SQL_FOLDER, run_file
from tests.sql.records import SEEN_AT, STORY, make_article

STRIKE = "Dockers went on strike. Their union asks for a higher minimum wage."
TRIAL = "The police brought a suspect to court, before a judge."
MATCH = "The striker scored twice in the cup final."
CASES = [
    ("News", STRIKE, ["labour"]),
    ("Rain", "Nothing.", ["weather"]),
    ("News", "Rain.", []),  # one word in passing
    ("News", "Rain here, rain there, and rain again.", ["weather"]),
    ("News", "المحكمة حكمت بالسجن على المتهم", ["crime, law and justice"]),
    ("News", f"{STRIKE} A judge.", ["labour"]),  # far less than the best
    ("News", f"{STRIKE} {TRIAL}", ["labour", "crime, law and justice"]),
    ("Satellite", "قمر صناعي", ["science and technology"]),  # a word of industry, not here
    ("News", "A penalty kick, and another penalty kick.", ["sport"]),
    ("News", "A penalty, and a kick; a penalty, and a kick.", []),
    ("A penalty", "kick", []),
    ("", "", []),
]  # fmt: skip


@pytest.fixture
def topics(connection, load):
    """Loads texts as versions of one story, by their days, and gives its topics."""

    def topics_of(*texts):
        for day, body in texts:
            seen_at = SEEN_AT.replace(day=day)
            load(articles=[make_article(body=body, capture_id=body, seen_at=seen_at)])
        return connection.execute("select topics from main.articles").fetchone()[0]

    return topics_of


def test_topics_are_those_whose_terms_weigh_enough(connection, load):
    load(
        articles=[
            make_article(article_id=STORY + number, title=title, body=body, capture_id=str(number))
            for number, (title, body, _) in enumerate(CASES)
        ]
    )
    found = connection.execute("select topics from main.articles order by article_id").fetchall()
    assert [topics for (topics,) in found] == [topics for *_, topics in CASES]


def test_a_revision_has_its_own_topics_and_a_deleted_story_none(connection, topics):
    assert topics((12, STRIKE), (14, MATCH), (13, STRIKE)) == ["sport"]
    columns = "article_id, topic_code, topic"
    found = connection.execute(f"select {columns} from main.article_topics").fetchall()
    assert found == [(STORY, "medtop:15000000", "sport")]
    run_file(connection, "admin/begin_settling.sql", entity_ids=[], has_all_gaps=False)
    deletion = {"article_ids": [STORY], "reason": "", "now": SEEN_AT, "detail": ""}
    run_file(connection, "admin/delete_stories.sql", **deletion)
    assert connection.execute("from ops.article_topics").fetchall() == []


def test_a_change_of_the_terms_reaches_the_stories_there_are(connection, topics, tmp_path):
    assert topics((12, STRIKE)) == ["labour"]
    seeds = copytree(SQL_FOLDER / "seeds", tmp_path / "seeds")
    terms = seeds / "topic_terms.csv"
    terms.write_text("topic,weight,terms\nweather,5,docker|wage\n", encoding="utf-8")
    migrate(connection, seeds=seeds)
    assert topics() == ["weather"]
    migrate(connection)
    assert topics() == ["labour"]


def test_every_term_is_of_a_listed_topic(connection):
    with (SQL_FOLDER / "seeds" / "topic_terms.csv").open(encoding="utf-8", newline="") as file:
        named = {row["topic"] for row in csv.DictReader(file)}
    listed = connection.execute("select name from topics").fetchall()
    assert named == {name for (name,) in listed}
    assert len(listed) == 17
    empty = "select * from ops.topic_terms where term = '' or weight = 0"
    assert connection.execute(empty).fetchall() == []
