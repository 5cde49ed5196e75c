"""An archived site, served again over real sockets."""

import gzip
import http.client
import signal
import subprocess
import sys
import time

import pytest

from tasks.archive.sample_site import LoopbackServer, RecordedResponse, Recording
from tasks.archive.writer import ArchiveWriter
from tasks.core.errors import StorageError
from tests.sql.records import make_run
from tests.unit.archive.foreign_warc import make_response

PATH = "/1109916091/Harbour-Talks-Resume"
STORY = f"https://menafn.com{PATH}"
ARABIC = "https://menafn.com/arabic/1110696390/%D9%85%D9%8A%D9%86%D8%A7%D8%A6"

CHANGED = "Mon, 23 Nov 2026 22:00:00 GMT"
PAGE = RecordedResponse(
    status=200, phrase="OK", body=b"<p>The harbour opened.</p>",
    headers=(("Content-Type", "text/html"), ("ETag", '"v1"'), ("Last-Modified", CHANGED),
             ("Transfer-Encoding", "chunked"), ("Content-Length", "999")),
)  # fmt: skip
MOVED = RecordedResponse(status=301, phrase="Moved", headers=(("Location", "/page"),), body=b"")


@pytest.fixture(scope="module")
def server():
    with LoopbackServer({"/page?x=1": PAGE, "/moved": MOVED}.get) as running:
        yield running


def request(base_url, path, method="GET", **headers):
    connection = http.client.HTTPConnection(base_url.removeprefix("http://"))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/moved", "GET", 301), ("/page?x=2", "GET", 404), ("/page?x=1", "DELETE", 405)],
)
def test_the_status_is_as_recorded_or_says_why_not(server, path, method, status):
    response, _ = request(server.base_url, path, method)
    assert response.status == status
    assert response.getheader("Location") == ("/page" if status == 301 else None)


@pytest.mark.parametrize(("method", "expected"), [("GET", PAGE.body), ("HEAD", b"")])
def test_a_recorded_response_has_its_true_length(server, method, expected):
    response, body = request(server.base_url, "/page?x=1", method)
    assert (response.status, response.reason, body) == (200, "OK", expected)
    assert response.getheader("Content-Length") == str(len(PAGE.body))
    assert response.getheader("ETag") == '"v1"'
    assert response.getheader("Transfer-Encoding") is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": '"v1"'}, 304),
        ({"If_None_Match": '"v0", W/"v1"'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"v2"'}, 200),
        ({"If_None_Match": '"v2"', "If_Modified_Since": CHANGED}, 200),
        ({"If_Modified_Since": CHANGED}, 304),
        ({"If_Modified_Since": "Tue, 24 Nov 2026 00:00:00 GMT"}, 304),
        ({"If_Modified_Since": "Mon, 23 Nov 2026 21:59:59 GMT"}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
    ],
)
def test_a_conditional_request_is_answered_by_the_validators(server, headers, status):
    response, body = request(server.base_url, "/page?x=1", **headers)
    assert response.status == status
    assert body == (PAGE.body if status == 200 else b"")
    assert response.getheader("ETag") == '"v1"'
    assert request(server.base_url, "/moved", **headers)[0].status == 301


def test_a_connection_serves_request_after_request(server):
    connection = http.client.HTTPConnection(server.base_url.removeprefix("http://"))
    for _ in range(3):
        connection.request("GET", "/page?x=1")
        assert connection.getresponse().read() == PAGE.body
    connection.close()


def test_requests_are_logged_in_order(server):
    server.log.clear()
    before = time.monotonic()
    for path in ("/page?x=1", "/none"):
        request(server.base_url, path)
    assert [(hit.path, hit.status) for hit in server.log] == [("/page?x=1", 200), ("/none", 404)]
    times = [before, *(hit.at for hit in server.log), time.monotonic()]
    assert times == sorted(times)


def test_the_end_of_the_context_closes_the_port():
    with LoopbackServer(lambda _path: None) as server:
        request(server.base_url, "/")
    with pytest.raises(ConnectionRefusedError):
        request(server.base_url, "/")


def recorded(folder, *responses):
    with ArchiveWriter(make_run(folder)) as writer:
        for url, status, body in responses:
            given = {"url": url, "status": status, "phrase": "As Recorded", "headers": ()}
            capture = writer.append(make_response(body, **given))
    return folder / capture.warc_path


def test_an_address_is_found_however_it_is_encoded(tmp_path):
    recording = Recording(recorded(tmp_path, (ARABIC, 200, b"arabic")))
    for name in ("%D9%85%D9%8A%D9%86%D8%A7%D8%A6", "%d9%85%d9%8a%d9%86%d8%a7%d9%8a%d9%94"):
        found = recording.response(f"/arabic/1110696390/{name}")
        assert found is not None
        assert found.body == b"arabic"


@pytest.mark.parametrize("unpack", [bytes, gzip.decompress])
def test_the_last_response_of_the_site_counts_and_a_304_never_does(tmp_path, unpack):
    other = ("https://other.example/a", 200, b"other")
    warc = recorded(
        tmp_path, (STORY, 503, b"busy"), (STORY, 200, b"story"), (STORY, 304, b""), other
    )
    warc.write_bytes(unpack(warc.read_bytes()))
    recording = Recording(warc)
    found = recording.response(PATH)
    assert found is not None
    assert (found.status, found.phrase, found.body) == (200, "As Recorded", b"story")
    assert recording.response("/a") is None


def test_of_several_files_those_up_to_the_state_count(tmp_path):
    other = "https://menafn.com/1109916092/Other"
    first = recorded(tmp_path / "a", (STORY, 200, b"first"), (other, 200, b"other"))
    recording = Recording(first, recorded(tmp_path / "b", (STORY, 200, b"revised")))
    for recording.state, body in ((0, b"first"), (1, b"revised")):
        found = recording.response(PATH)
        assert found is not None
        assert found.body == body
        assert recording.response("/1109916092/Other") is not None


def test_a_damaged_recording_is_not_served(tmp_path):
    warc = recorded(tmp_path, (STORY, 200, b"story"))
    warc.write_bytes(warc.read_bytes()[:-10])
    with pytest.raises(StorageError, match=r"damaged at byte \d+"):
        Recording(warc)


def test_it_runs_as_a_process_that_prints_its_address(tmp_path):
    warc = recorded(tmp_path, (STORY, 200, b"story"))
    command = [sys.executable, "-m", "tasks.archive.sample_site", str(warc)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base_url = server.stdout.readline().strip()
        assert request(base_url, PATH)[1] == b"story"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=5) == 0
