"""Each check finds the rows that break its claim, and nothing in a sound warehouse."""

import re

import pytest

from tasks.core.reports import Finding, Severity
from tasks.warehouse.check import failed_checks, severity_of
from tasks.warehouse.runs import begin_run
from tasks.warehouse.sql import SQL_FOLDER, sql_files
from tests.schema import columns_of
from tests.sql.records import (
    RUN_ID,
    STORY,
    make_annotation_stamp,
    make_article,
    make_figure,
    make_listing_entry,
    make_mention,
    make_reject,
    make_run,
)

CHECKS = sql_files(SQL_FOLDER / "checks")

SPOILED = {
    "article_ids_have_ten_digits": "update articles set article_id = 12",
    "articles_have_a_capture": "delete from captures",
    "articles_have_text": "update articles set title = '  '",
    "body_sha256_is_the_bodys_digest": "update articles set body = body || '.'",
    "candidates_are_apart": """
        insert into entity_candidates
        select entity_id, entity_id, 'alike', now() from entities""",
    "canonical_entities_are_sound": "update entities set canonical_id = 'person:none'",
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
    "layouts_are_known": "update loads set extracted = 20, unchanged = 19, unknown_layout = 5",
    "feed_gaps_are_closed": """
        insert into feed_gaps by name
        select 'feed' as feed_url, 1 as first_id, 2 as last_id, now() as previous_polled_at,
            now() - interval 8 days as detected_at, '' as run_id, 0 as resolved_count,
            0 as recovered_count""",
    "mentions_are_in_the_text": "update mentions set start_char = start_char + 1",
    "mentions_have_their_article_and_entity": "delete from entities",
    "merged_entities_count_as_one": """
        insert into entities by name
        select * replace ('organization:b' as entity_id, 'organization:b' as canonical_id)
        from entities;
        insert into entity_decisions
        select min(entity_id), max(entity_id), 'merge', now() from entities""",
    "most_pages_give_a_story": """
        insert into rejects by name
        select 'u' || range as url, 'read' as stage, 'no-story' as reason, '' as detail,
            '20250812T090000Z-0a1b2c' as run_id, now() as rejected_at
        from range(20)""",
    "nearly_all_layouts_are_known": "update loads set extracted = 20, unchanged = 19, unknown_layout = 2",
    "annotation_stamps_are_of_the_text": "update annotation_stamps set text_sha256 = 'another'",
    "split_entities_stay_apart": """
        insert into entity_decisions
        select entity_id, canonical_id, 'split', now() from entities""",
    "reject_reasons_are_listed": "update rejects set reason = 'because'",
    "run_counts_add_up": "update loads set unchanged = -1",
    "states_add_up": "create or replace view story_states as select 1 as article_id, 'loaded' as state",
    "tokens_name_their_story": "update articles set article_id = article_id + 1",
    "urls_are_canonical": "update articles set url = 'https://menafn.com.evil.example/'",
    "versions_are_consecutive": "update article_versions set version = 2",
    "versions_hold_the_article": "delete from article_versions",
}


@pytest.fixture
def sound(connection, load, tmp_path):
    token = f"MENAFN12082025000071011013ID{STORY}"
    begin_run(connection, make_run(tmp_path))
    load(
        articles=[make_article(menafn_token=token, provider_code="000071", account_code="011013")],
        mentions=[make_mention()],
        article_figures=[make_figure()],
        annotation_stamps=[make_annotation_stamp()],
        listing_entries=[make_listing_entry()],
        rejects=[make_reject(article_id=STORY + 1)],
    )
    return connection


def test_a_sound_warehouse_breaks_no_claim(sound):
    assert failed_checks(sound, run_id=RUN_ID) == []
    assert failed_checks(sound, run_id="another", everything=True) == []


def test_an_empty_warehouse_breaks_no_claim(connection):
    assert failed_checks(connection, run_id=RUN_ID, everything=True) == []


@pytest.mark.parametrize("check", SPOILED)
def test_a_broken_claim_is_found(sound, check):
    sound.execute(SPOILED[check])
    assert check in {finding.check for finding in failed_checks(sound, run_id=RUN_ID)}


def test_every_check_has_been_broken_once():
    assert {path.stem for path in CHECKS} == set(SPOILED)


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_every_check_says_how_severe_it_is(path):
    assert severity_of(path) in Severity


def test_a_check_that_says_no_severity_is_a_mistake(tmp_path):
    path = tmp_path / "all_is_well.sql"
    path.write_text("select 1;")
    with pytest.raises(ValueError, match=r"all_is_well\.sql has no line"):
        severity_of(path)


@pytest.mark.parametrize(
    ("extracted", "unknown", "expected"),
    [
        (19, 19, []),
        (20, 1, []),
        (20, 2, ["nearly_all_layouts_are_known"]),
        (20, 4, ["nearly_all_layouts_are_known"]),
        (20, 5, ["layouts_are_known", "nearly_all_layouts_are_known"]),
    ],
)
def test_a_rising_share_of_pages_without_a_known_layout_is_told(
    connection, load, extracted, unknown, expected
):
    articles = [
        make_article(
            article_id=STORY + number,
            capture_id=str(number),
            extractor_version=f"reader 1 layout={'unknown' if number < unknown else 'spa'}",
        )
        for number in range(extracted)
    ]
    load(articles=articles)
    assert [finding.check for finding in failed_checks(connection, run_id=RUN_ID)] == expected
    assert failed_checks(connection, run_id="another") == []


def test_every_table_of_stories_is_looked_through_for_forgotten_ones(connection):
    text = (SQL_FOLDER / "checks" / "deleted_stories_are_gone.sql").read_text()
    tables = {
        column.relation_name
        for column in columns_of(connection)
        if column.relation_kind == "table" and column.column_name == "article_id"
    }
    assert tables - set(re.findall(r"\bfrom (\w+)\n", text)) == {"tombstones", "id_anchors"}


def test_texts_of_other_runs_are_left_to_the_check_of_everything(sound):
    sound.execute("update articles set body_sha256 = 'wrong', run_id = 'long ago'")
    sound.execute("update loads set batch_id = 'long ago-0001', run_id = 'long ago'")
    names = {finding.check for finding in failed_checks(sound, run_id=RUN_ID)}
    every = {finding.check for finding in failed_checks(sound, run_id=RUN_ID, everything=True)}
    assert "body_sha256_is_the_bodys_digest" not in names
    assert "body_sha256_is_the_bodys_digest" in every


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
