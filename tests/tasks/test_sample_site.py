"""An archived wire, served again."""

import gzip
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from tasks.archive.sample_site import Recording, replay
from tasks.archive.writer import ArchiveWriter
from tasks.core.errors import StorageError
from tasks.core.records import Response
from tasks.core.run import Run
from tasks.core.settings import Settings

STORY = "https://menafn.com/1109916091/Harbour-Talks-Resume"
ARABIC = "https://menafn.com/arabic/1110696390/%D9%85%D9%8A%D9%86%D8%A7%D8%A6"


def recorded(folder: Path, *answers: tuple[str, int, bytes]) -> Path:
    run = Run(
        run_id="r", flow="ingest", started_at=datetime.now(UTC), settings=Settings(data_dir=folder)
    )
    with ArchiveWriter(run) as writer:
        for url, status, body in answers:
            capture = writer.append(
                Response(
                    url=url, status=status, phrase="As Told", http_version="HTTP/1.1", headers=(),
                    body=body, remote_ip=None, fetched_at=datetime.now(UTC),
                )
            )  # fmt: skip
    return folder / capture.warc_path


def test_every_recorded_address_answers_as_it_did(tmp_path):
    warc = recorded(tmp_path, (STORY, 200, b"story"), ("https://menafn.com/a?b=c&d", 200, b"list"))
    with replay(warc) as wire:
        for path, body in (("/1109916091/Harbour-Talks-Resume", b"story"), ("/a?b=c&d", b"list")):
            with urlopen(wire.base_url + path) as response:
                assert response.read() == body
        assert [hit.path for hit in wire.log] == [
            "/1109916091/Harbour-Talks-Resume",
            "/a?b=c&d",
        ]


def test_an_address_is_found_however_it_is_encoded(tmp_path):
    recording = Recording(recorded(tmp_path, (ARABIC, 200, b"arabic")))
    for path in (
        "/arabic/1110696390/%D9%85%D9%8A%D9%86%D8%A7%D8%A6",
        "/arabic/1110696390/%d9%85%d9%8a%d9%86%d8%a7%d9%8a%d9%94",
    ):
        found = recording.response(path)
        assert found is not None
        assert found.body == b"arabic"


def test_the_last_of_several_answers_counts_and_a_304_never_does(tmp_path):
    warc = recorded(tmp_path, (STORY, 503, b"busy"), (STORY, 200, b"story"), (STORY, 304, b""))
    recording = Recording(warc)
    found = recording.response("/1109916091/Harbour-Talks-Resume")
    assert found is not None
    assert (found.status, found.phrase, found.body) == (200, "As Told", b"story")


def test_answers_of_other_hosts_are_left_out(tmp_path):
    recording = Recording(recorded(tmp_path, ("https://other.example/a", 200, b"other")))
    assert recording.response("/a") is None


def test_of_several_files_those_up_to_the_state_count(tmp_path):
    path = "/1109916091/Harbour-Talks-Resume"
    other = "https://menafn.com/1109916092/Other"
    first = recorded(tmp_path / "a", (STORY, 200, b"first"), (other, 200, b"other"))
    recording = Recording(first, recorded(tmp_path / "b", (STORY, 200, b"revised")))
    for recording.state, body in ((0, b"first"), (1, b"revised")):
        found = recording.response(path)
        assert found is not None
        assert found.body == body
        assert recording.response("/1109916092/Other") is not None


def test_a_damaged_recording_is_not_served(tmp_path):
    warc = recorded(tmp_path, (STORY, 200, b"story"))
    warc.write_bytes(warc.read_bytes()[:-10])
    with pytest.raises(StorageError, match=r"damaged at byte \d+"):
        Recording(warc)


def test_a_recording_may_be_uncompressed(tmp_path):
    packed = recorded(tmp_path, (STORY, 200, b"story"))
    plain = tmp_path / "wire.warc"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    found = Recording(plain).response("/1109916091/Harbour-Talks-Resume")
    assert found is not None
    assert found.body == b"story"


def test_it_runs_as_a_process_that_prints_its_address(tmp_path):
    warc = recorded(tmp_path, (STORY, 200, b"story"))
    command = [sys.executable, "-m", "tasks.archive.sample_site", str(warc)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base_url = server.stdout.readline().strip()
        with urlopen(f"{base_url}/1109916091/Harbour-Talks-Resume") as response:
            assert response.read() == b"story"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=5) == 0
