"""Queries, the status and the digest come from settings alone, without Prefect."""

import subprocess
import sys

import pytest

from tasks.core.errors import UsageError
from tasks.publish import publish
from tasks.query import ask, digest, status
from tests.sql.records import make_run


def test_before_the_first_ingest_the_error_says_what_to_do(tmp_path):
    settings = make_run(tmp_path).settings
    with pytest.raises(UsageError, match="wirehouse ingest"):
        ask(settings, "select 1")
    with pytest.raises(UsageError, match="wirehouse ingest"):
        digest(settings)
    assert status(settings).counts["articles"] == 0


def test_what_was_published_is_queried_and_digested(run, data_dir):
    publish.fn(run)
    assert ask(run.settings, "select run_id, status from runs") == (
        ["run_id", "status"],
        [(run.run_id, "completed")],
    )
    first = digest(run.settings)
    publish.fn(make_run(data_dir, "20250812T110000Z-0a1b2c"))
    assert digest(run.settings) == first
    assert len(first.digest) == 64


@pytest.mark.parametrize("module", ["query", "entity_merges"])
def test_no_query_waits_for_prefect_to_be_imported(module):
    code = f"import sys, tasks.{module}; print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
