"""The commands of backups say what they did, or one clear message."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import writer


def wirehouse(data_dir: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).with_name("wirehouse"), *map(str, arguments)],
        cwd=data_dir,
        env=os.environ | {"WIREHOUSE_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_backup_is_made_and_restored(tmp_path: Path) -> None:
    with writer(DataPaths(data_dir=tmp_path), wait_seconds=0):
        pass
    made = wirehouse(tmp_path, "backup")
    assert made.returncode == 0, made.stderr
    assert "copied files" in made.stdout
    told = json.loads(wirehouse(tmp_path, "backup", "--json").stdout)
    assert (told["files"], told["path"]) == (1, str(tmp_path / "backup"))
    done = wirehouse(tmp_path, "restore", tmp_path / "backup", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["stories"] == 0


@pytest.mark.parametrize(
    ("arguments", "told"), [(("backup",), "no warehouse"), (("restore", "x"), "no complete backup")]
)
def test_what_cannot_be_done_is_one_message(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = wirehouse(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
