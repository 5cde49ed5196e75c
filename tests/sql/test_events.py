"""Which stories are of one event depends on the stories, not on the order in which they came."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.core.records import EntityType
from tasks.matchers import MATCHERS
from tasks.warehouse.load import begin_settling, settle
from tasks.warehouse.sql import run_file
from tests.sql.records import SEEN_AT, STORY, make_article, make_mention

DUBAI = "place:dubai"


def story(number, title, body, language="en", hours=0):
    """A batch of one article that names Dubai in its title."""
    article_id, capture = STORY + number, f"capture-{number}-{hours}"
    at = SEEN_AT + timedelta(hours=number)
    article = make_article(article_id=article_id, title=title, body=body, language=language,
                           page_at=at, seen_at=at + timedelta(hours=hours), capture_id=capture)  # fmt: skip
    name = "دبي" if language == "ar" else "Dubai"
    start = title.index(name)
    mention = make_mention(article_id=article_id, body=body, part="title", start_char=start,
                           end_char=start + len(name), surface=name, name="Dubai",
                           type=EntityType.PLACE, entity_id=DUBAI)  # fmt: skip
    return {"articles": [article], "mentions": [mention]}


FIRST = story(
    0, "Dubai Hospital Opens At $215 Million", "A hospital of 640 beds opened on Tuesday."
)
TWIN = story(1, "افتتاح مستشفى في دبي", "افتتح مستشفى بسعة 640 سريرا بكلفة 215 مليون دولار.", "ar")
OTHER = story(2, "Dubai Hospital Opens At $98 Million", "A hospital of 310 beds opened on Tuesday.")
AGAIN = story(
    3, "New $215m Dubai Hospital", "A hospital with 640 beds opened in the city on Tuesday."
)
REVISED = story(3, "New Dubai Hospital", "A hospital with 27 wards opened in the city.", hours=9)
STORIES = [FIRST, TWIN, OTHER, AGAIN]


def events(connection):
    rows = connection.sql("select article_id, event_id from articles order by 1").fetchall()
    return {article_id - STORY: event_id - STORY for article_id, event_id in rows}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2)])
def test_any_order_gives_the_same_events(connection, load, order):
    for number in order:
        load(**STORIES[number])
    assert events(connection) == {0: 0, 1: 0, 2: 2, 3: 0}


def test_a_story_with_another_text_leaves_its_event(connection, load):
    for one in (*STORIES, REVISED):
        load(**one)
    assert events(connection) == {0: 0, 1: 0, 2: 2, 3: 3}


def test_an_event_whose_first_story_is_deleted_goes_by_the_next(connection, load):
    for one in STORIES:
        load(**one)
    begin_settling(connection)
    run_file(connection, "admin/delete_stories.sql", article_ids=[STORY], now=SEEN_AT,
             reason="asked for", detail="deleted")  # fmt: skip
    settle(connection, MATCHERS)
    assert events(connection) == {1: 1, 2: 2, 3: 1}


def test_what_happened_and_who_reports_it(connection, load):
    for number, one in enumerate(STORIES):
        load(**one | {"articles": [replace(one["articles"][0], provider=f"Agency {number % 3}")]})
    rows = connection.sql(
        "select event_id, story_count, provider_count, languages, first_provider, headline "
        "from events order by all"
    ).fetchall()
    assert rows == [
        (STORY, 3, 2, ["ar", "en"], "Agency 0", FIRST["articles"][0].title),
        (STORY + 2, 1, 1, ["en"], "Agency 2", OTHER["articles"][0].title),
    ]
