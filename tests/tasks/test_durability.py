"""What a power cut can't turn around: bytes are on the disk before the row that points at them."""

import asyncio
import os
from pathlib import Path

import pytest

from tasks.archive.sample_site import LoopbackServer, RecordedResponse
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Capture, FetchRequest
from tasks.fetch import fetch
from tasks.import_warc import import_warc
from tests.sql.records import STORY, make_run

STORIES = 7
OTHER_RUN = "20250812T110000Z-0a1b2c"


class Disk:
    """Watches the real calls; what isn't synced counts as lost."""

    def __init__(self, monkeypatch):
        self.sure: dict[Path, int] = {}
        self.handed_on: list[Path] = []
        self.named: set[Path] = set()
        self._fsync, self._replace = os.fsync, os.replace
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(os, "replace", self.replace)

    def fsync(self, descriptor):
        self._fsync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self.sure[path] = os.fstat(descriptor).st_size
        if path.is_dir():
            self.named |= set(path.iterdir())

    def replace(self, source, target, **named):
        path = Path(target)
        if path.parent.name == "fetched":
            assert self.sure[Path(source)] == Path(source).stat().st_size, "the batch isn't synced"
            for capture in read_records(Path(source), Capture):
                self.require(path.parents[2], capture)
            self.handed_on.append(path)
        self._replace(source, target, **named)

    def require(self, data_dir, capture):
        """The capture's bytes and every name on the way to them would outlast a power cut."""
        file = data_dir / capture.warc_path
        assert capture.warc_offset < self.sure[file], "a row before its bytes"
        way = {file, *(one for one in file.parents if data_dir in one.parents)}
        assert way <= self.named, "the archive's file may be without a name"


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


def answer(path: str) -> RecordedResponse:
    return RecordedResponse(status=200, phrase="", headers=(), body=b"<p>page</p>")


def fetched(tmp_path: Path) -> None:
    stories = [
        FetchRequest(article_id=STORY + n, url=f"https://menafn.com/{STORY + n}/x", etag=None,
               last_modified=None) for n in range(STORIES)
    ]  # fmt: skip
    write_records(tmp_path / "wanted.parquet", stories, FetchRequest)

    async def collect(run):
        return [batch async for batch in fetch.fn(run, tmp_path / "wanted.parquet")]

    with LoopbackServer(answer) as server:
        run = make_run(tmp_path, base_url=server.base_url, requests_per_second=0.0, batch_pages=2)
        asyncio.run(collect(run))


def test_a_fetched_batch_appears_after_the_bytes_it_points_at(disk, tmp_path):
    fetched(tmp_path)
    assert len(disk.handed_on) > 2
    assert set(disk.handed_on) <= disk.named, "the batches' names aren't synced"


def test_an_adopted_batch_too(disk, tmp_path):
    fetched(tmp_path / "theirs")
    disk.handed_on.clear()

    async def collect(run):
        files = tuple((tmp_path / "theirs" / "raw").rglob("*.warc.gz"))
        return [batch async for batch in import_warc.fn(run, files)]

    asyncio.run(collect(make_run(tmp_path / "ours", OTHER_RUN, batch_pages=2)))
    assert len(disk.handed_on) > 2
