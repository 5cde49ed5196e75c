"""A query finds the stories that have all of it, the best first, and whatever it is, no error."""

import duckdb
import pytest

from tasks.publish import publish
from tasks.warehouse.fingerprint import contents_of
from tasks.warehouse.migrate import migrate
from tasks.warehouse.sql import run_file
from tests.sql.records import SEEN_AT, make_article, make_run

PLANT, OIL, ARABIC, BANKS = range(1109916091, 1109916095)
STORIES = {
    PLANT: (
        "Kuwait opens desalination plant",
        "Ministry engineers’ work at Al-Zour.\nOil prices rose in Kuwait City; U.S. price talks.",
    ),
    OIL: ("Oil price falls", "Prices of oil fell. Al-Rashid Holding paid 2,500 dinars in Al Ain."),
    ARABIC: (
        "الكُوَيت تفتتح محطّة",
        "افتتحت وزارة الطاقة مدرسةً بتكلفة ١٢٥ مليون دينار، وللقطاع الخاص حصة في إنتاج ألمانيا.",
    ),
    BANKS: ("Banks’ taxes", "Countries pay; churches and “Gulf oil” workers' funds don't. News."),
}
FOUND = [
    ("kuwait", {PLANT}),
    ("KUWAIT'S", {PLANT}),
    ("kuwait oil", {PLANT}),
    ("oil", {PLANT, OIL, BANKS}),
    ("oil -kuwait", {OIL, BANKS}),
    ("oil -kuwait -gulf", {OIL}),
    ('oil -"gulf oil"', {PLANT, OIL}),
    ("oil -prices", {BANKS}),
    ("price", {PLANT, OIL}),
    ('"oil prices"', {PLANT, OIL}),
    ("“oil prices”", {PLANT, OIL}),
    ('"prices oil"', set()),
    ('"oil prices rose"', {PLANT}),
    ('"oil prices rose', {PLANT}),
    ('"falls prices"', set()),  # a title's end and a body's beginning
    ('"price talks" oil', {PLANT}),
    ("desalin*", {PLANT}),
    ("DESALINATION*", {PLANT}),
    ("salination*", set()),
    ("pric* oil", {PLANT, OIL}),
    ("-desalin* oil", {OIL, BANKS}),
    ("compas*", set()),
    ("title:oil", {OIL}),
    ("title:pric*", {OIL}),
    ('title:"oil price" fell', {OIL}),
    ('title:"price falls" -title:kuwait', {OIL}),
    ("oil -title:oil", {PLANT, BANKS}),
    ("title: oil", {PLANT, OIL, BANKS}),
    ("al-rashid", {OIL}),
    ("al-rash*", {OIL}),
    ("rashid-al", set()),
    ("US", {PLANT}),
    ("u.s.", {PLANT}),
    ("2,500", {OIL}),
    ("country", {BANKS}),
    ("church", {BANKS}),
    ("bank tax", {BANKS}),
    ("worker", {BANKS}),
    ("dont", {BANKS}),
    ("don’t", {BANKS}),
    ("new", set()),
    ("الكويت", {ARABIC}),
    ("كويت", {ARABIC}),
    ("والكويت", {ARABIC}),
    ("المدرسه", {ARABIC}),
    ("قطاع", {ARABIC}),
    ("125", {ARABIC}),
    ("١٢٥", {ARABIC}),
    ("المانيا", {ARABIC}),
    ("محطه", {ARABIC}),
    ('"وزارة الطاقة"', {ARABIC}),
    ('"الطاقة وزارة"', set()),
    ("انت*", {ARABIC}),
    ("title:محطة", {ARABIC}),
    ("kuwait الكويت", set()),
]
# Neither a word to look for nor an error.
EMPTY = ["", " ", "-", "*", '"', '""', "-oil", "title:", "-title:*", "\x00\n\t", "()", "&|!~", None]
HOSTILE = [
    "'; drop table articles; --",
    "oil' or 1=1 --",
    "oil) from articles; select (1",
    "$query ? :1 {0} %s",
    "oil \\ \\Q [ ( ?",
    "zz " * 3_334,
    '"' + "oil " * 2_500,
    "-" * 10_000,
    '"' * 9_999,
    " ".join(f"w{number}*" for number in range(1_500)),
]


@pytest.fixture
def stories(connection, load):
    load(
        articles=[
            make_article(article_id=article_id, title=title, body=body, capture_id=str(article_id))
            for article_id, (title, body) in STORIES.items()
        ]
    )
    return connection


def found(connection, query, *limit):
    marks = ", ".join("?" * (1 + len(limit)))
    return connection.execute(f"from search({marks})", [query, *limit]).fetchall()


def index(connection):
    return connection.execute("from search_terms order by all").fetchall()


def test_a_query_finds_the_stories_that_have_all_of_it(stories):
    answers = {query: {article_id for article_id, _ in found(stories, query)} for query, _ in FOUND}
    assert answers == dict(FOUND)


def test_no_query_is_an_error(stories):
    assert {query: rows for query in EMPTY + HOSTILE if (rows := found(stories, query))} == {}
    assert len(found(stories, "oil")) == 3


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("oil", OIL),  # in the title, and twice
        ("oil kuwait", PLANT),
        ("oil -price", BANKS),
        ("price*", OIL),
    ],
)
def test_the_best_comes_first(stories, query, best):
    scores = [score for _, score in found(stories, query)]
    assert found(stories, query)[0][0] == best
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


@pytest.mark.parametrize(("limit", "count"), [(None, 3), (0, 0), (-1, 0), (2, 2), (9, 3)])
def test_the_limit_is_of_the_best(stories, limit, count):
    assert found(stories, "oil", limit) == found(stories, "oil")[:count]


def test_a_rare_word_weighs_more_than_a_common_one(stories):
    ((_, rare),) = found(stories, "dinars")
    assert rare > max(score for _, score in found(stories, "oil") if score)


def test_a_revision_takes_the_place_of_the_old_text(stories, load):
    load(
        articles=[
            make_article(
                article_id=OIL,
                title="Gas price falls",
                body="Prices of gas fell.",
                capture_id="revised",
                seen_at=SEEN_AT.replace(day=13),
            )
        ]
    )
    assert found(stories, "rashid") == found(stories, "title:oil") == []
    assert [article_id for article_id, _ in found(stories, "gas")] == [OIL]
    older = make_article(
        article_id=OIL, title="Older", capture_id="older", seen_at=SEEN_AT.replace(day=11)
    )
    load(articles=[older])
    assert found(stories, "older") == []


def test_the_index_kept_by_loads_is_the_one_built_at_once(stories, load):
    again = [
        make_article(article_id=OIL, body=body, capture_id=body, seen_at=SEEN_AT.replace(day=day))
        for day, body in ((14, "Oil again."), (13, "No oil."), (15, "Oil oil oil."))
    ]
    for article in again:
        load(articles=[article])
    kept, digest = index(stories), contents_of(stories).digest
    stories.execute("delete from search_terms")
    assert contents_of(stories).digest != digest
    stories.execute("delete from applied_files where path = 'views/positions_of_terms.sql'")
    migrate(stories)
    assert (index(stories), contents_of(stories).digest) == (kept, digest)
    assert ("oil", OIL, [1, 2, 3]) in kept


def test_a_deleted_story_is_found_no_more(stories):
    run_file(stories, "admin/begin_settling.sql", entity_ids=[], has_all_gaps=False)
    run_file(
        stories,
        "admin/delete_stories.sql",
        article_ids=[OIL],
        reason="",
        now=SEEN_AT,
        detail="",
    )
    assert OIL not in {article_id for article_id, _ in found(stories, "oil")}
    assert OIL not in {article_id for _, article_id, _ in index(stories)}


def test_readers_search_the_published_copy_with_duckdb_alone(data_dir):
    run = make_run(data_dir)
    publish.fn(run)
    path = run.paths.warehouse
    with duckdb.connect(str(path), read_only=True) as opened:
        assert found(opened, "oil") == []
        assert opened.sql("select tokenise('Oil’s')").fetchone() == (["oil"],)
    with duckdb.connect() as other:
        other.execute(f"attach '{path}' as wire (read_only)")
        other.execute("use wire")
        assert found(other, "oil") == []
