"""Commands that run no flow: what they print, and the one message where they refuse."""

import json
import os
import pty
import shutil

import pytest

from tasks.core.paths import DataPaths
from tasks.core.settings import VERSION
from tasks.warehouse.writer import writer
from tests.flows.conftest import message_of, summary_of
from tests.sql import records

pytestmark = pytest.mark.prefect

STORY = str(records.STORY)


@pytest.fixture(scope="module")
def _listed(new_warehouse):
    paths, entry = new_warehouse(), records.make_listing_entry()
    batch = records.stage(paths.data_dir / f"{records.RUN_ID}-0001", listing_entries=[entry])
    with writer(paths, wait_seconds=0) as connection:
        records.load_batch(connection, batch, run_id=records.RUN_ID)
    return paths.data_dir


@pytest.fixture
def data_dir(_listed, tmp_path):
    """A warehouse in which a feed has listed a story, and no more."""
    return shutil.copytree(_listed, tmp_path / "data")


@pytest.mark.parametrize(
    ("threshold", "state", "code"),
    [
        ("newest_story=off", "OK: no open alert", 0),
        ("newest_story=1:2", "CRITICAL: newest_story of", 2),
    ],
)
def test_monitoring_gets_one_line_and_its_exit_status(wirehouse, data_dir, threshold, state, code):
    batch = records.stage(data_dir / "batches" / "r-0001", articles=[records.make_article()])
    with writer(DataPaths(data_dir=data_dir), wait_seconds=0) as connection:
        records.load_batch(connection, batch, run_id="r")
        # fetched when it was new
        connection.execute("update articles set published_at = first_seen_at")
    options = {"data_dir": data_dir, "alert_thresholds": threshold}
    done = wirehouse("status", "--check", **options)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith(state)


def test_a_backup_is_made_and_restored(wirehouse, data_dir):
    made = wirehouse("backup", data_dir=data_dir)
    assert made.returncode == 0, made.stderr
    assert "copied files" in made.stdout
    backup = data_dir / "backup"
    again = summary_of(wirehouse("backup", "--json", data_dir=data_dir))
    assert (again["files"], again["path"]) == (1, str(backup))
    restored = summary_of(wirehouse("restore", str(backup), "--json", data_dir=data_dir))
    assert restored["stories"] == 0


def test_what_a_takedown_removed_is_printed_as_a_table_and_as_json(wirehouse, data_dir):
    done = wirehouse("forget", STORY, "--yes", "--json", "--reason", "asked for", data_dir=data_dir)
    removed = summary_of(done)
    assert removed["article_ids"] == [int(STORY)]
    assert removed["rows"]["articles"] == 0
    shown = wirehouse("forget", STORY, "1999999999", "--yes", data_dir=data_dir)
    assert "responses in the archive" in shown.stdout
    assert "There is no story 1999999999 here." in shown.stderr


@pytest.mark.parametrize(
    ("answer", "message", "code"), [("n", "Nothing was changed", 2), ("y", "", 0)]
)
def test_a_takedown_is_confirmed_on_a_terminal(wirehouse, data_dir, answer, message, code):
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    with wirehouse.command("forget", STORY, data_dir=data_dir).start(stdin=theirs) as process:
        stdout, stderr = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert "not in the warehouse" in stdout
    assert "Delete this story permanently?" in stderr
    assert message in stderr
    assert process.returncode == code
    assert (data_dir / "raw" / "forgotten.parquet").exists() == (code == 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("forget", STORY), "confirm with --yes"),
        (("forget", "1999999999", "--yes"), "There is no story 1999999999 in "),
        (("rebuild",), "no archive"),
        (("rebuild", "--entities", "--accept-losses"), "reads no archive"),
        (("backfill", "--ids", STORY, "--urls", "x"), "give one of --ids, --urls, --warc and"),
        (("backfill", "--warc", "nowhere.warc", "more.warc"), "no such file"),
        (("backfill", "more.warc"), "goes before it"),
        (("entities", "split", "person:0", "person:1"), "There is no entity person:0"),
    ],
)
def test_wrong_use_is_one_message(wirehouse, tmp_path, arguments, message):
    done = wirehouse(*arguments, data_dir=tmp_path)
    assert done.returncode == 2
    assert message in message_of(done)


def test_without_a_warehouse_there_are_no_candidates(wirehouse, tmp_path):
    done = wirehouse("entities", "candidates", "--format", "json", data_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize(
    ("arguments", "printed"), [((), "Usage: wirehouse"), (("--version",), f"wirehouse {VERSION}\n")]
)
def test_the_command_alone_says_what_it_is(wirehouse, arguments, printed):
    done = wirehouse(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(printed)
