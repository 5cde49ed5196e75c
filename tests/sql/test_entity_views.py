"""What readers ask of entities is answered over the real ones, copies of a story counted once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sql.records import SEEN_AT
from tests.sql.test_entities import OMAR, TAREK, TAREQ, load_all, person_id, story

DAY = timedelta(days=1)


def published(batch, days):
    """The same batch, its story published so many days before the newest."""
    (article,) = batch["articles"]
    return batch | {"articles": [replace(article, page_at=SEEN_AT - days * DAY)]}


@pytest.fixture
def asked(connection, load):
    """Two stories of this week and two of the weeks before; Tareq is spelt in two ways."""
    batches = [
        published(story(0, TAREQ, OMAR), 20),
        published(story(1, OMAR), 9),
        published(story(2, TAREK, OMAR), 1),
        published(story(3, TAREQ), 0),
    ]
    role = batches[2]["mentions"][0]
    batches[2]["mentions"][0] = replace(role, role="Oil Minister")
    load_all(load, *batches)
    return lambda question: connection.sql(question).fetchall()


def test_a_person_of_two_spellings_is_one_row_with_both_as_aliases(asked):
    assert asked(
        "select name, name_count from main.entities where type = 'person' order by name"
    ) == [("Omar Qubaisi", 1), ("Tareq Nimri", 2)]
    assert asked(
        "select alias, kind, mention_count, article_count from entity_aliases "
        f"where entity_id = '{person_id('Tareq Nimri')}' order by alias"
    ) == [("Tarek Nimri", "transliteration", 1, 1), ("Tareq Nimri", "exact", 2, 2)]


def test_where_a_person_is_named_and_in_which_role(asked):
    assert asked(
        "select article_id % 10, mention_count, is_in_title, role from entity_articles "
        "where name = 'Tareq Nimri' order by article_id"
    ) == [(1, 1, False, None), (3, 1, False, "Oil Minister"), (4, 1, False, None)]


def test_how_often_a_person_is_named_on_a_day(asked):
    days = asked(
        "select published_date, story_count, article_count, mention_count "
        "from entity_mentions_by_day where name = 'Tareq Nimri' order by published_date desc"
    )
    assert days == [((SEEN_AT - back * DAY).date(), 1, 1, 1) for back in (0, 1, 20)]


def test_who_is_named_with_whom_and_where(asked):
    assert asked(
        "select other_name, story_count, article_count, list_transform(article_ids, a -> a % 10) "
        "from entity_pairs where name = 'Tareq Nimri'"
    ) == [("Omar Qubaisi", 2, 2, [3, 1])]
    assert asked("select count(*) from entity_pairs") == [(2,)], "each pair from either side"


def test_this_week_is_held_against_the_four_before(asked, load):
    load(**published(story(4, TAREQ, OMAR), 0))
    assert asked(
        "select name, story_count, usual_story_count, growth, round(z_score, 3) from trending_entities"
    ) == [("Tareq Nimri", 3, 0.25, 4 / 1.25, 2.46)]


def test_copies_of_a_story_count_once(asked, connection):
    connection.execute("update articles set cluster_id = (select min(article_id) from articles)")
    assert asked(
        "select story_count, article_count from entity_pairs where name = 'Omar Qubaisi'"
    ) == [(1, 2)]
