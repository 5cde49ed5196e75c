"""A small warehouse of every schema there ever was is brought to today's, and keeps what it holds."""

from contextlib import closing

import pytest

from tasks.core.reports import Severity
from tasks.warehouse.check import failed_checks
from tasks.warehouse.migrate import migrate
from tasks.warehouse.sql import digest
from tests.former import MIGRATIONS, STORED, fill, opened, stored_name, unpack
from tests.schema import INTERNAL, SCHEMA, columns_of, schema_text
from tests.sql.records import RUN_ID, STORY, load_batch, make_article, stage

# Tables that the program fills: with what it applied, and with its seeds.
OUR_OWN = {
    "migrations", "applied_files", "providers", "id_anchors", "id_dates", "reject_reasons",
    "city_coordinates", "currency_rates", "known_organisations",
}  # fmt: skip

# What migration 0008 renamed.
RENAMED_TABLES = {
    "sightings": "listing_entries", "forgotten": "tombstones", "loss_windows": "feed_gaps",
    "cluster_bands": "minhash_bands", "recognitions": "annotation_stamps",
    "appearances": "entity_contexts", "person_names": "person_profiles",
    "listings": "listing_validators", "id_days": "id_day_medians",
}  # fmt: skip
RENAMED_COLUMNS = {
    "polled_before_at": "previous_polled_at", "noticed_at": "detected_at",
    "settled_count": "resolved_count", "found_count": "recovered_count", "closed_how": "outcome",
    "damage": "text_defects", "wire": "base_url", "ruling": "decision",
}  # fmt: skip


# The first, which every migration changes, and the two newest; the others take their time elsewhere.
_QUICK = {MIGRATIONS[0], *MIGRATIONS[-2:]}


@pytest.fixture(
    params=[
        pytest.param(path, id=path.stem, marks=() if path in _QUICK else pytest.mark.slow)
        for path in MIGRATIONS
    ]
)
def former(request, tmp_path):
    """A stored warehouse as it was."""
    unpack(STORED / stored_name(request.param), tmp_path / "data" / "writer.duckdb")
    with closing(opened(tmp_path / "data" / "writer.duckdb")) as connection:
        yield connection


def held_by(connection, columns):
    """What a warehouse holds in the given columns, by table."""
    return {
        table: sorted(connection.table(table).select(*names).fetchall(), key=repr)
        for table, names in columns.items()
    }


def columns_by_table(connection):
    found: dict[str, list[str]] = {}
    for column in columns_of(connection):
        name = column.relation_name.removeprefix(INTERNAL)
        if column.relation_kind == "table" and name not in OUR_OWN:
            found.setdefault(name, []).append(column.column_name)
    return found


def test_every_migration_has_a_stored_warehouse_and_nothing_else_is_stored():
    stored = {path.name for path in STORED.iterdir()}
    assert stored == {stored_name(path) for path in MIGRATIONS}, "run: make former"


def test_a_former_warehouse_keeps_its_content_and_takes_in_what_comes_next(
    former, request, tmp_path
):
    (newest,) = former.table("migrations").max("version").fetchone()
    assert request.node.callspec.id.startswith(f"{newest:04}"), "it is of its schema"
    applied = former.table("migrations").order("version").select("sha256").fetchall()
    known = [path for path in MIGRATIONS if int(path.name[:4]) <= newest]
    assert applied == [(digest(path),) for path in known]
    columns = columns_by_table(former)
    before = held_by(former, columns)
    assert len(before["articles"]) == 3
    assert len(before["runs"]) == 2
    migrate(former)
    columns = {
        RENAMED_TABLES.get(table, table): [RENAMED_COLUMNS.get(name, name) for name in names]
        for table, names in columns.items()
    }
    before = {RENAMED_TABLES.get(table, table): rows for table, rows in before.items()}
    assert held_by(former, columns) == before
    assert schema_text(former) == SCHEMA.read_text(encoding="utf-8")
    findings = failed_checks(former, everything=True)
    assert [found for found in findings if found.severity is Severity.FAIL] == []
    article = make_article(article_id=STORY + 9, capture_id="next")
    load_batch(former, stage(tmp_path / f"{RUN_ID}-0009", articles=[article]), run_id=RUN_ID)
    assert former.table("articles").count("*").fetchone() == (4,)


def test_a_text_that_had_come_back_gets_its_second_row(tmp_path):
    unpack(STORED / "0014.duckdb.xz", tmp_path / "data" / "writer.duckdb")
    with closing(opened(tmp_path / "data" / "writer.duckdb")) as connection:
        connection.execute(
            "update articles set title = known.title, version = 1, capture_id = 'third', "
            "last_seen_at = articles.last_seen_at + interval 9 hours "
            "from article_versions as known "
            f"where articles.article_id = {STORY} and known.article_id = {STORY} "
            "and known.version = 1"
        )
        migrate(connection)
        versions = connection.table("article_versions").filter(f"article_id = {STORY}")
        rows = versions.order("version").select("title", "valid_from", "valid_to").fetchall()
        assert [title for title, *_ in rows] == [
            "A bridge opens", "A bridge opens again", "A bridge opens",
        ]  # fmt: skip
        assert [end for *_, end in rows] == [rows[1][1], rows[2][1], None]
        assert connection.table("observations").filter(f"article_id = {STORY}").count(
            "*"
        ).fetchone() == (3,)
        assert not {one.check for one in failed_checks(connection, everything=True)} & {
            "versions_are_consecutive", "versions_hold_the_article",
        }  # fmt: skip


def test_the_warehouse_to_be_stored_has_something_in_every_table_that_batches_fill(tmp_path):
    with closing(opened(fill(tmp_path / "data"))) as connection:
        empty = {
            table
            for table in columns_by_table(connection)
            if not connection.table(table).limit(1).fetchall()
        }
    assert empty <= {"tombstones", "alerts", "alert_messages", "measurements", "poll_schedule"}
