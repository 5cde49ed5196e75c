"""What analysts query: one meaning of each id, facts of the gazetteers, and macros that take names."""

from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from tasks.core.records import EntityType, entity_id
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.sandbox import ask
from tasks.warehouse.writer import session
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_figure,
    make_listing_entry,
    make_mention,
    stage,
)
from tests.sql.test_entities import OMAR, TAREK, TAREQ, person_id, story

DAY = timedelta(days=1)
KUWAIT_CITY = entity_id(EntityType.PLACE, "GN285787")
TAREQS_ID = person_id("Tareq Nimri")


def batches():
    """Tareq in two spellings, a city and a bank, over twelve days; the second story is revised."""
    first, second, third, last = (
        story(0, TAREQ, OMAR),
        story(1, TAREK),
        story(2, OMAR),
        story(3, TAREQ),
    )
    for back, batch in ((12, first), (9, second), (2, third), (0, last)):
        batch["articles"] = [replace(batch["articles"][0], page_at=SEEN_AT - back * DAY)]
    third["mentions"] += [
        make_mention(article_id=STORY + 2, body=third["articles"][0].body, part="title",
                     start_char=0, end_char=1, surface="A", **given)
        for given in (
            {"type": EntityType.PLACE, "name": "Kuwait City", "entity_id": KUWAIT_CITY},
            {"type": EntityType.ORGANIZATION, "name": "Qatar Central Bank", "country_code": "QA",
             "entity_id": "organization:qcb"},
        )
    ]  # fmt: skip
    third["article_figures"] = [
        make_figure(article_id=STORY + 2, body=third["articles"][0].body, currency=code)
        for code in ("KWD", "QAR", "USD")
    ]
    third["listing_entries"] = [
        make_listing_entry(
            article_id=STORY + 2, section=section, listing_url=f"https://menafn.com/{section}"
        )
        for section in ("Qatar", "Oman", "Qatar")
    ]
    again = replace(second["articles"][0], title="A bridge opens again", capture_id="later",
                    seen_at=SEEN_AT + DAY)  # fmt: skip
    revised = {"articles": [again], "mentions": second["mentions"],
               "entity_contexts": [replace(second["entity_contexts"][0], capture_id="later")]}  # fmt: skip
    return [first, second, third, last, revised]


@pytest.fixture(scope="module")
def published(new_warehouse):
    paths = new_warehouse()
    with session(paths, wait_seconds=0) as connection:
        for number, batch in enumerate(batches()):
            folder = stage(paths.staged / f"{RUN_ID}-{number:04}", **batch)
            load_batch(connection, folder, run_id=RUN_ID)
    publish_copy(paths.writer_file, paths.warehouse)
    return paths


ANSWERS = {
    "select count(*), count(distinct name_id) from mentions join entities using (entity_id)": [(7, 5)],
    "select name, name_count, country_code, context_country from entities where type = 'person' "
    "order by all": [("Omar Qubaisi", 1, None, None), ("Tareq Nimri", 2, None, None)],
    "select name_id = entity_id from entity_names where name = 'Tarek Nimri'": [(False,)],
    "select name_ids[1] <> entity_id from entity_aliases where alias = 'Tarek Nimri'": [(True,)],
    "select geoname_id, round(latitude), round(longitude) from entities where type = 'place'":
        [(285787, 29.0, 48.0)],
    "select country_code, kind, name_ar from entities where type = 'organization'":
        [("QA", "central bank", "مصرف قطر المركزي")],
    "select currency, amount_usd::varchar from article_figures order by all":
        [("KWD", None), ("QAR", "1.37"), ("USD", "5.00")],
    "select article_id % 10, published_date::varchar, version_count, sections, reading_minutes "
    "from articles where published_date > '2025-08-09' order by all":
        [(3, "2025-08-10", 1, ["Oman", "Qatar"], 1), (4, "2025-08-12", 1, [], 1)],
    "select version_count, version, title from articles where version_count > 1":
        [(2, 2, "A bridge opens again")],
    "from entities_named('TAREQ nimri')": [(TAREQS_ID,)],
    "from entities_named('Tarek Nimri')": [(TAREQS_ID,)],
    f"from entities_named('{TAREQS_ID}')": [(TAREQS_ID,)],
    "select name, text_before, surface, text_after, sentence from kwic('Omar Qubaisi', 7) limit 1":
        [("Omar Qubaisi", "", "Omar Qubaisi", " spoke.", "Omar Qubaisi spoke.")],
    "select text_before from kwic('Omar Qubaisi', width := 5) offset 1": [("oke. ",)],
    "select period_date::varchar, story_count from timeline('Tareq Nimri') where story_count > 0":
        [("2025-07-31", 1), ("2025-08-03", 1), ("2025-08-12", 1)],
    "select count(*), sum(story_count) from timeline('Tareq Nimri')": [(13, 3)],
    "select count(*) from timeline('Tareq Nimri', bucket := 'month')": [(2,)],
    "select article_id % 10 from articles where mentioned(article_id, 'Omar Qubaisi') "
    "and not mentioned(article_id, 'Tareq Nimri')": [(3,)],
    "select name, distance_km < 2 from nearby(29.37, 47.98, 100)": [("Kuwait City", True)],
    "from nearby(0, 0, 100)": [],
    "select count(*), sum(mention_count) from articles_with('Tarek Nimri')": [(3, 3)],
    "from articles_with('Tareq Nimri') except select * exclude (type, name) from entity_articles": [],
    "select name, story_count from named_with('Tarek Nimri')": [("Omar Qubaisi", 1)],
    "select source, target, weight from network_of('person')": [("Omar Qubaisi", "Tareq Nimri", 1)],
    "from network_of('person', row_limit := -1)": [],
    "select weight from network_of('person', row_limit := 1)": [(1,)],
    "select title from as_of('2025-08-12 12:00:00+00') where version = 1 and article_id % 10 = 2":
        [("A bridge opens",)],
    "select title from as_of(now()) where article_id % 10 = 2": [("A bridge opens again",)],
    "select count(*) from as_of('2025-08-05')": [(2,)],
    "select name, published_date::varchar from new_entities order by all":
        [("Kuwait City", "2025-08-10"), ("Qatar Central Bank", "2025-08-10")],
    "select name, article_id % 10, followed_at, story_count from first_reports "
    "where type = 'person' order by all": [("Omar Qubaisi", 1, None, 2), ("Tareq Nimri", 1, None, 3)],
    "select name from exclusives order by all": [("Omar Qubaisi",), ("Tareq Nimri",)],
    "select name, story_count from trending_entities": [],
}  # fmt: skip


@pytest.mark.parametrize("query", ANSWERS)
def test_a_question_has_its_answer(published, query):
    assert ask(published, query)[1] == ANSWERS[query]


@pytest.mark.parametrize(
    "name", ["nobody", "", "%", "'; drop table runs; --", "x" * 10_000, "\u0000"]
)
def test_an_unknown_name_is_in_no_story(published, name):
    with duckdb.connect(str(published.warehouse), read_only=True) as connection:
        macros = ("entities_named", "articles_with", "kwic", "timeline", "named_with", "network_of")
        for macro in macros:
            assert connection.execute(f"from {macro}($name)", {"name": name}).fetchall() == []
        is_named = "select count(*) from articles where mentioned(article_id, $name)"
        assert connection.execute(is_named, {"name": name}).fetchall() == [(0,)]


def test_macros_work_in_an_attached_database_that_is_used(published):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published.warehouse}' as wh (read_only)")
        assert connection.sql("select count(*) from wh.mentions").fetchall() == [(7,)]
        connection.execute("use wh")
        assert len(connection.sql("from kwic('Tareq Nimri')").fetchall()) == 3
