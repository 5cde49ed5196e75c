"""The command asks before it takes a story down, and says what it removed."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

STORY = 1109916091


def forget(
    data_dir: Path, *arguments: object, stdin: int = subprocess.DEVNULL
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).with_name("wirehouse"), "forget", *map(str, arguments)],
        cwd=data_dir,
        env=os.environ | {"WIREHOUSE_DATA_DIR": str(data_dir)},
        stdin=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_was_removed_is_told_as_a_table_and_as_json(tmp_path: Path) -> None:
    done = forget(tmp_path, STORY, "--yes", "--json", "--reason", "asked for")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["article_ids"] == [STORY]
    assert told["rows"]["articles"] == 0
    shown = forget(tmp_path, STORY, "--yes")
    assert "responses in the archive" in shown.stdout


@pytest.mark.parametrize(("said", "told", "code"), [("n", "Nothing was changed", 2), ("y", "", 0)])
def test_a_person_is_asked_on_a_terminal(tmp_path: Path, said: str, told: str, code: int) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, f"{said}\n".encode())
    done = forget(tmp_path, STORY, stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert "not in the warehouse" in done.stdout
    assert "Take this story down for good?" in done.stderr
    assert told in done.stderr
    assert done.returncode == code
    assert (tmp_path / "raw" / "forgotten.parquet").exists() == (code == 0)


@pytest.mark.parametrize(
    ("arguments", "told"), [((STORY,), "say --yes"), (("12", "--yes"), "names no stories")]
)
def test_what_cannot_be_done_is_one_message(
    tmp_path: Path, arguments: tuple[object, ...], told: str
) -> None:
    done = forget(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
