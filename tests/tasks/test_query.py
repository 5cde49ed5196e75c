"""Questions need no Prefect."""

import subprocess
import sys

import pytest

from tasks.core.errors import UsageError
from tasks.publish import publish
from tasks.query import ask, digest, status
from tests.sql.records import make_run


def test_a_question_is_answered_from_the_readers_copy(tmp_path):
    run = make_run(tmp_path)
    publish.fn(run)
    assert ask(run.settings, "select run_id, status from runs") == (
        ["run_id", "status"],
        [(run.run_id, "completed")],
    )


def test_a_question_before_the_first_ingest_is_told_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="wirehouse ingest"):
        ask(make_run(tmp_path).settings, "select 1")


def test_the_status_is_had_from_settings_alone(tmp_path):
    assert status(make_run(tmp_path).settings).counts["articles"] == 0


def test_the_digest_is_that_of_the_readers_copy(tmp_path):
    run = make_run(tmp_path)
    with pytest.raises(UsageError, match="wirehouse ingest"):
        digest(run.settings)
    publish.fn(run)
    first = digest(run.settings)
    publish.fn(make_run(tmp_path, "20250812T110000Z-0a1b2c"))
    assert digest(run.settings) == first
    assert len(first.digest) == 64


def test_asking_does_not_import_prefect():
    code = "import sys, tasks.inspect; print('prefect' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
