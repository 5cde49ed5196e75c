"""A disk that is full or read-only is one clear message for every command, and nothing is lost."""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.flows.conftest import message_of, select
from tests.site.small import STORIES

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

ROOM = "size=400m"
FULL, READ_ONLY = "Free some space", "Correct the permissions"


def mount(path: Path, *options: str) -> None:
    subprocess.run(["mount", "-o", ",".join(options), "-t", "tmpfs", "tmpfs", path], check=True)


@pytest.fixture
def disk(tmp_path):
    """A disk of its own, which tests make smaller, larger or read-only."""
    path = tmp_path / "disk"
    path.mkdir()
    try:
        mount(path, ROOM)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("file systems can't be mounted here")
    yield path
    subprocess.run(["umount", path], check=True)


@pytest.fixture
def stored(known, disk):
    """The settings of a data folder on that disk, with every story of the site and a backup."""
    shutil.copytree(known["data_dir"], disk / "data")
    return known | {"data_dir": disk / "data", "compact_after_days": 0}


@pytest.mark.parametrize("kilobytes", [16, 64, 200, 1000, 4000, 14_000, 20_000])
def test_a_disk_that_fills_up_at_any_stage_ends_the_run_and_the_next_one_continues(
    wirehouse, settings, disk, site, kilobytes
):
    settings |= {"data_dir": disk / "data"}
    mount(disk, "remount", f"size={kilobytes}k")
    done = wirehouse("ingest", **settings)
    assert FULL in message_of(done)
    mount(disk, "remount", ROOM)
    assert wirehouse("ingest", **settings).returncode == 0
    assert select(settings["data_dir"], "select count(*) from articles") == [(STORIES,)]
    assert len([path for path in site.paths if path in site.story_paths]) == STORIES


def test_a_mount_point_is_no_folder_for_compacted_files(wirehouse, known, disk):
    message = message_of(wirehouse("compact", **known, cold_dir=disk))
    assert f"Name a folder on that disk, such as {disk}/cold" in message
    assert wirehouse("compact", **known, cold_dir=disk / "cold").returncode == 0


COMMANDS = {
    "ingest": ("ingest",),
    "rebuild": ("rebuild",),
    "backup": ("backup",),
    "compact": ("compact",),
    "report": ("report",),
    "export": ("export", "{}/export"),
    "forget": ("forget", "{story}", "--yes"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("state", [FULL, READ_ONLY])
def test_a_command_on_such_a_disk_harms_nothing(wirehouse, stored, disk, site, name, state):
    story = site.story_paths[0].split("/")[1]
    arguments = [one.format(disk, story=story) for one in COMMANDS[name]]
    before = wirehouse("digest", **stored).stdout
    if state is READ_ONLY:
        mount(disk, "remount", "ro")
    else:
        with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(1 << 12))
    assert state in message_of(wirehouse(*arguments, **stored))
    assert wirehouse("digest", **stored).stdout == before
    assert wirehouse("status", **stored).returncode == 0
    mount(disk, "remount", "rw", ROOM)
    (disk / "filler").unlink(missing_ok=True)
    assert wirehouse(*arguments, **stored).returncode == 0
