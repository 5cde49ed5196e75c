"""What reads the warehouse does without Prefect, and says what to do before there is one."""

import subprocess
import sys

import pytest

from tasks.core.errors import UsageError
from tasks.publish import publish
from tasks.warehouse.fingerprint import published_contents
from tasks.warehouse.sandbox import ask
from tasks.warehouse.status import select_status
from tests.sql.records import make_run


def test_before_the_first_ingest_the_error_says_what_to_do(tmp_path):
    paths = make_run(tmp_path).paths
    with pytest.raises(UsageError, match="wirehouse ingest"):
        ask(paths, "select 1")
    with pytest.raises(UsageError, match="wirehouse ingest"):
        published_contents(paths)
    assert select_status(paths).counts["articles"] == 0


def test_what_was_published_is_queried_and_digested(run, data_dir):
    publish.fn(run)
    assert ask(run.paths, "select run_id, status from runs") == (
        ["run_id", "status"],
        [(run.run_id, "completed")],
        1,
    )
    first = published_contents(run.paths)
    publish.fn(make_run(data_dir, "20250812T110000Z-0a1b2c"))
    assert published_contents(run.paths) == first
    assert len(first.digest) == 64


def test_no_query_waits_for_prefect_or_pyarrow_to_be_imported():
    code = (
        "import sys, flows.cli, tasks.warehouse.sandbox; a = 'pyarrow' in sys.modules\n"
        "import tasks.entity_merges, tasks.warehouse.status; print(a, 'prefect' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
