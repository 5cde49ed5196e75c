"""A broken claim fails the run and names the rows; a doubtful one only warns."""

import logging

import pytest

from tasks.check import check
from tasks.core.errors import CheckFailedError
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, STORY, load_batch, make_article, make_reject, make_run, stage


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


@pytest.fixture
def loaded(run, tmp_path):
    with writer(run.paths, wait_seconds=0) as connection:
        batch = stage(tmp_path / f"{RUN_ID}-0001", articles=[make_article()])
        load_batch(connection, batch, run_id=RUN_ID)
    return run


def spoil(run, statement):
    with writer(run.paths, wait_seconds=0) as connection:
        connection.execute(statement)


def test_a_sound_warehouse_passes(loaded):
    assert check.fn(loaded) == ()


def test_a_broken_claim_fails_and_names_the_rows(loaded):
    spoil(loaded, "update articles set body_sha256 = 'wrong'")
    with pytest.raises(CheckFailedError) as caught:
        check.fn(loaded)
    assert (
        f"body_sha256_is_the_bodys_digest: 1 row, such as article_id={STORY}, body_sha256=wrong"
        in str(caught.value)
    )
    assert str(caught.value).startswith("Nothing was published, because checks failed.")


def test_offending_rows_are_shown_without_control_characters(loaded):
    spoil(loaded, "update articles set url = 'https://menafn.com/' || chr(27) || '[2J'")
    with pytest.raises(CheckFailedError) as caught:
        check.fn(loaded)
    assert str(caught.value).isprintable()


def test_a_warning_is_logged_and_fails_nothing(run, tmp_path, caplog):
    rejects = [
        make_reject(stage="read", reason="no-story", url=f"https://menafn.com/{STORY + number}")
        for number in range(20)
    ]
    with writer(run.paths, wait_seconds=0) as connection:
        batch = stage(tmp_path / f"{RUN_ID}-0001", rejects=rejects)
        load_batch(connection, batch, run_id=RUN_ID)
    with caplog.at_level(logging.WARNING):
        warnings = check.fn(run)
    assert [finding.check for finding in warnings] == ["most_pages_give_a_story"]
    assert "most_pages_give_a_story: 1 row" in caplog.text
