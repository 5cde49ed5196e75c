"""A broken claim fails the run and names the rows; a doubtful one only warns."""

import logging

import pytest

from tasks.check import check
from tasks.core.errors import CheckFailedError
from tasks.warehouse.run_end import finish_run
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, STORY, load_batch, make_article, stage


def load(run, **tables):
    with writer(run.paths, wait_seconds=0) as connection:
        batch = stage(run.settings.data_dir / f"{RUN_ID}-0001", **tables)
        load_batch(connection, batch, run_id=RUN_ID)


def failure_after(run, statement):
    load(run, articles=[make_article()])
    with writer(run.paths, wait_seconds=0) as connection:
        connection.execute(statement)
    with pytest.raises(CheckFailedError) as caught:
        check.fn(run)
    return str(caught.value)


def test_a_sound_warehouse_passes(run):
    load(run, articles=[make_article()])
    assert check.fn(run) == ()


def test_a_broken_claim_fails_and_names_the_rows(run):
    message = failure_after(run, "update articles set body_sha256 = 'wrong'")
    row = f"such as article_id={STORY}, body_sha256=wrong"
    assert f"body_sha256_is_the_bodys_digest: 1 row, {row}" in message
    assert message.startswith("Nothing was published, because checks failed.")


def test_offending_rows_are_shown_without_control_characters(run):
    url = "'https://menafn.com/' || chr(27) || '[2J'"
    assert failure_after(run, f"update articles set url = {url}").isprintable()


def test_a_warning_is_logged_and_fails_nothing(run, caplog):
    odd = "reader 1 layout=unknown"
    load(run, articles=[
        make_article(article_id=STORY + number, capture_id=str(number), extractor_version=odd)
        for number in range(5)
    ])  # fmt: skip
    with caplog.at_level(logging.WARNING):
        warnings = check.fn(run)
    with writer(run.paths, wait_seconds=0) as connection:
        finish_run(connection, run)
        found = "select run_id, check_name, severity, row_count from check_findings"
        assert connection.sql(found).fetchall() == [
            (RUN_ID, "nearly_all_layouts_are_known", "warn", 2)
        ]
    assert [finding.check for finding in warnings] == ["nearly_all_layouts_are_known"]
    assert "nearly_all_layouts_are_known: 2 rows" in caplog.text
