"""Each check finds the rows that break its claim, and nothing in a sound warehouse."""

import re
from datetime import timedelta
from itertools import count

import pytest

from tasks.core.reports import Finding, Severity
from tasks.warehouse.check import failed_checks, severity_of
from tasks.warehouse.runs import begin_run, end_run
from tasks.warehouse.sql import SQL_FOLDER, run_file, sql_files
from tasks.warehouse.writer import writer
from tests.schema import INTERNAL, columns_of
from tests.sql.records import (
    SEEN_AT,
    STORY,
    load_batch,
    make_annotation_stamp,
    make_article,
    make_capture,
    make_figure,
    make_listing_entry,
    make_mention,
    make_quote,
    make_reject,
    make_run,
    stage,
)

CHECKS = sql_files(SQL_FOLDER / "checks")

UNKNOWN_LAYOUTS = """
    insert into articles by name
    select articles.* replace (
        article_id + number as article_id, 'reader 1 layout=unknown' as extractor_version
    )
    from articles cross join unnest(range(1, 21)) as numbers (number)"""
SPOILED = {
    "article_ids_have_ten_digits": "update articles set article_id = 12",
    "article_topics_have_their_article": "insert into article_topics values (1, 'medtop:15000000', 4)",
    "articles_have_a_capture": "delete from captures",
    "articles_have_text": "update articles set title = '  '",
    "body_sha256_is_the_bodys_digest": "update articles set body = body || '.'",
    "candidates_are_apart": """
        insert into entity_candidates
        select entity_id, entity_id, 'alike', now() from entities""",
    "canonical_entities_are_sound": "update entities set canonical_id = 'person:none'",
    "articles_are_unique": "insert into articles from articles",
    "captures_are_unique": "insert into captures from captures",
    "date_bases_are_known": "update articles set published_at_basis = 'guess'",
    "dates_agree": "update articles set dateline_date = '2025-08-20'",
    "dates_are_possible": "update articles set published_at = '1999-12-31 00:00:00+00'",
    "entities_are_unique": "insert into entities from entities",
    "figures_are_in_the_text": "update article_figures set start_char = start_char + 1",
    "figures_are_of_their_kind": "update article_figures set kind = 'date'",
    "first_seen_is_not_after_last_seen": "update articles set first_seen_at = now()",
    "deleted_stories_are_erased": "insert into tombstones values (1109916099, now(), '', null)",
    "deleted_stories_are_gone": f"insert into tombstones values ({STORY}, now(), '', now())",
    "forms_and_roles_are_of_their_kind": "update mentions set form = 'odd'",
    "layouts_are_known": UNKNOWN_LAYOUTS,
    "feed_gaps_are_closed": """
        insert into feed_gaps by name
        select 'feed' as feed_url, 1 as first_id, 2 as last_id, now() as previous_polled_at,
            now() - interval 8 days as detected_at, '' as run_id, 0 as resolved_count,
            0 as recovered_count""",
    "events_have_their_first_story": "update articles set event_id = 1",
    "mentions_are_in_the_text": "update mentions set start_char = start_char + 1",
    "mentions_have_their_article_and_entity": "delete from entities",
    "merged_entities_count_as_one": """
        insert into entities by name
        select * replace ('organization:b' as entity_id, 'organization:b' as canonical_id)
        from entities;
        insert into entity_decisions
        select min(entity_id), max(entity_id), 'merge', now() from entities""",
    "nearly_all_layouts_are_known": UNKNOWN_LAYOUTS,
    "quotes_are_in_the_text": "update quotes set start_char = start_char + 1",
    "annotation_stamps_are_of_the_text": "update annotation_stamps set text_sha256 = 'another'",
    "search_terms_are_of_the_text": "delete from search_terms",
    "split_entities_stay_apart": """
        insert into entity_decisions
        select entity_id, canonical_id, 'split', now() from entities""",
    "reject_reasons_are_listed": "update rejects set reason = 'because'",
    "run_counts_add_up": "update loads set unchanged = -1",
    "states_add_up": "create or replace view story_states as select 1 as article_id, 'loaded' as state",
    "times_are_past": "update articles set last_checked_at = now() + interval 1 day",
    "tokens_name_their_story": "update articles set article_id = article_id + 1",
    "urls_are_canonical": "update articles set url = 'https://menafn.com.evil.example/'",
    "versions_are_consecutive": "update article_versions set valid_to = now()",
    "versions_hold_the_article": "delete from article_versions",
}


@pytest.fixture(scope="module")
def _loaded(new_warehouse):
    run = make_run(new_warehouse().data_dir)
    token = f"MENAFN12082025000071011013ID{STORY}"
    batch = stage(
        run.paths.staged / f"{run.run_id}-0001",
        articles=[make_article(menafn_token=token, provider_code="000071", account_code="011013")],
        mentions=[make_mention()],
        article_figures=[make_figure()],
        quotes=[make_quote()],
        annotation_stamps=[make_annotation_stamp()],
        listing_entries=[make_listing_entry()],
        rejects=[make_reject(article_id=STORY + 1)],
    )
    with writer(run.paths, wait_seconds=0) as connection:
        begin_run(connection, run)
        load_batch(connection, batch, run_id=run.run_id)
        yield connection


@pytest.fixture
def sound(_loaded):
    """A warehouse that a test may spoil."""
    _loaded.begin()
    yield _loaded
    _loaded.rollback()


def test_a_sound_warehouse_breaks_no_claim(sound):
    assert failed_checks(sound) == []
    assert failed_checks(sound, everything=True) == []


def test_an_empty_warehouse_breaks_no_claim(connection):
    assert failed_checks(connection, everything=True) == []


@pytest.mark.parametrize("check", SPOILED)
def test_a_broken_claim_is_found(sound, check):
    sound.execute(SPOILED[check])
    assert check in {finding.check for finding in failed_checks(sound)}


def test_every_check_has_been_broken_once():
    assert {path.stem for path in CHECKS} == set(SPOILED)


def test_every_check_says_how_severe_it_is(tmp_path):
    assert {severity_of(path) for path in CHECKS} == set(Severity)
    path = tmp_path / "all_is_well.sql"
    path.write_text("select 1;")
    with pytest.raises(ValueError, match=r"all_is_well\.sql has no line"):
        severity_of(path)


@pytest.fixture
def read(connection, tmp_path):
    """Loads pages in a run of their own, and publishes them if no check forbids it."""
    runs = count(1)

    def load_and_check(known, unknown=0, *, spoil="select 1"):
        number = next(runs)
        run = make_run(tmp_path, f"20250812T09{number:02}00Z-0a1b2c")
        articles = [
            make_article(
                article_id=STORY + 1000 * number + place,
                capture_id=f"{number}-{place}",
                seen_at=SEEN_AT + timedelta(minutes=number),
                run_id=run.run_id,
                extractor_version=f"reader 1 layout={'spa' if place < known else 'unknown'}",
            )
            for place in range(known + unknown)
        ]
        captures = [
            make_capture(article_id=one.article_id, capture_id=one.capture_id) for one in articles
        ]
        folder = stage(tmp_path / f"{run.run_id}-0001", articles=articles, captures=captures)
        load_batch(connection, folder, run_id=run.run_id)
        connection.execute(spoil)
        found = failed_checks(connection)
        if all(finding.severity is Severity.WARN for finding in found):
            end_run(connection, run)
            run_file(connection, "runs/record_publication.sql", run_id=run.run_id, seconds=0.0)
        return [finding.check for finding in found]

    return load_and_check


HOLD, WARN = ["layouts_are_known", "nearly_all_layouts_are_known"], ["nearly_all_layouts_are_known"]


@pytest.mark.parametrize(
    ("passes", "expected"),
    [
        ([(10, 4)], [[]]),
        ([(19, 1)], [[]]),
        ([(18, 2)], [WARN]),
        ([(16, 4)], [WARN]),
        ([(15, 5)], [HOLD]),
        ([(0, 12)], [WARN]),
        ([(60, 0), (0, 2)], [[], []]),
        ([(60, 0), (0, 12)], [[], HOLD]),
        ([(0, 8)] * 5, [WARN, WARN, HOLD, HOLD, HOLD]),
        ([(0, 40), (5, 0), (50, 0)], [HOLD, HOLD, HOLD]),
        ([(0, 40), (160, 0), (50, 0)], [HOLD, WARN, []]),
    ],
)
def test_a_rising_share_of_pages_without_a_known_layout_is_found_however_few_a_pass_brings(
    read, passes, expected
):
    assert [read(*pages) for pages in passes] == expected


def test_a_rebuild_without_the_new_layout_does_not_publish_what_was_held(read, connection):
    assert (read(60), read(0, 40)) == ([], HOLD)
    assert [finding.check for finding in failed_checks(connection, everything=True)] == HOLD


def test_what_kept_a_run_from_publishing_is_checked_until_it_is_published(read, connection):
    check = "body_sha256_is_the_bodys_digest"
    assert check in read(1, spoil="update articles set body_sha256 = 'wrong'")
    assert check in read(1)
    assert read(1, spoil="update articles set body_sha256 = sha256(body)") == []
    connection.execute("update articles set body_sha256 = 'wrong'")
    assert failed_checks(connection) == []
    assert check in {one.check for one in failed_checks(connection, everything=True)}


def test_a_publication_by_a_clock_that_was_ahead_hides_nothing_from_the_checks(read, connection):
    assert read(1) == []
    connection.execute("update runs set finished_at = now() + interval 5 years")
    assert "articles_have_text" in read(1, spoil="update articles set title = ''")


def test_every_table_of_stories_is_looked_through_for_forgotten_ones(connection):
    text = (SQL_FOLDER / "checks" / "deleted_stories_are_gone.sql").read_text()
    tables = {
        column.relation_name.removeprefix(INTERNAL)
        for column in columns_of(connection)
        if column.relation_kind == "table" and column.column_name == "article_id"
    }
    assert tables - set(re.findall(r"\bfrom (\w+)\n", text)) == {"tombstones", "id_anchors"}


def test_a_finding_is_told_with_its_first_rows_and_no_control_characters():
    finding = Finding(
        check="urls_are_canonical",
        severity=Severity.FAIL,
        columns=("article_id", "url"),
        rows=((1, "\x1b]0;owned\x07" + "u" * 100), (2, "v")),
        count=5,
    )
    message = finding.message()
    assert message.startswith(
        "urls_are_canonical: 5 rows, such as article_id=1, url=\\x1b]0;owned\\x07uuu"
    )
    assert message.endswith("…; article_id=2, url=v")
    assert message.isprintable()
