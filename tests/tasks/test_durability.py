"""After a power failure too, bytes are on the disk if a row points at them."""

import asyncio
import os
from pathlib import Path

import pytest

from tasks.archive.sample_site import LoopbackServer
from tasks.import_warc import warc_units
from tasks.units import archive_unit
from tests.sql.records import STORY, make_run
from tests.tasks.stages import captures_of, fetch_alone, respond, story_request

STORIES = 7
OTHER_RUN = "20250812T110000Z-0a1b2c"


class Disk:
    """Records the real calls; what isn't synced counts as lost."""

    def __init__(self, monkeypatch):
        self.synced: dict[int, int] = {}  # sizes by inode, which a file keeps when it is renamed
        self.handed_on: list[Path] = []
        self.named: set[Path] = set()
        self._fsync, self._rename = os.fsync, os.rename
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(os, "rename", self.rename)

    def fsync(self, descriptor):
        self._fsync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self.synced[os.fstat(descriptor).st_ino] = os.fstat(descriptor).st_size
        if path.is_dir():
            self.named |= set(path.iterdir())

    def rename(self, source, target, **named):
        path = Path(target)
        if path.parent.name == "fetched":
            for file in Path(source).iterdir():
                assert self.synced[file.stat().st_ino] == file.stat().st_size, "it isn't synced"
            for capture in captures_of(Path(source)):
                self.require(path.parents[2], capture)
            self.handed_on.append(path)
        self._rename(source, target, **named)

    def require(self, data_dir, capture):
        """The capture's bytes and every name in their path would outlast a power failure."""
        file = data_dir / capture.warc_path
        assert capture.warc_offset < self.synced[file.stat().st_ino], "a row before its bytes"
        names = {file, *(one for one in file.parents if data_dir in one.parents)}
        assert names <= self.named, "the archive's file may be without a name"


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


def fetch_stories(folder: Path) -> None:
    stories = [story_request(STORY + number) for number in range(STORIES)]
    with LoopbackServer(lambda _path: respond("<p>page</p>")) as server:
        run = make_run(folder, base_url=server.base_url, requests_per_second=0.0, batch_pages=2)
        asyncio.run(fetch_alone(run, stories))


def test_a_fetched_batch_appears_after_the_bytes_it_points_at(disk, tmp_path):
    fetch_stories(tmp_path)
    assert len(disk.handed_on) > 2
    assert set(disk.handed_on) <= disk.named, "the batches' names aren't synced"


def test_an_imported_batch_appears_after_its_bytes_too(disk, tmp_path):
    fetch_stories(tmp_path / "theirs")
    disk.handed_on.clear()
    run = make_run(tmp_path / "ours", OTHER_RUN, batch_pages=2)
    for unit in warc_units([str(tmp_path / "theirs" / "raw")])[0]:
        archive_unit(run, unit, run.paths.fetched)
    assert len(disk.handed_on) > 2
