"""The loopback server: what was recorded comes out, over real sockets."""

import http.client
import time

import pytest

from tasks.archive.sample_site import LoopbackServer, RecordedResponse

CHANGED = "Mon, 23 Nov 2026 22:00:00 GMT"
PAGE = RecordedResponse(
    status=200,
    phrase="OK",
    headers=(
        ("Content-Type", "text/html"),
        ("ETag", '"v1"'),
        ("Last-Modified", CHANGED),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "999"),
    ),
    body=b"<p>The harbour opened.</p>",
)
MOVED = RecordedResponse(status=301, phrase="Moved", headers=(("Location", "/page"),), body=b"")


@pytest.fixture
def server():
    with LoopbackServer({"/page?x=1": PAGE, "/moved": MOVED}.get) as running:
        yield running


def ask(server, path, method="GET", **headers):
    connection = http.client.HTTPConnection(server.base_url.removeprefix("http://"))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_a_recorded_response_comes_out_with_a_true_length(server):
    response, body = ask(server, "/page?x=1")
    assert (response.status, response.reason, body) == (200, "OK", PAGE.body)
    assert response.getheader("Content-Length") == str(len(PAGE.body))
    assert response.getheader("ETag") == '"v1"'
    assert response.getheader("Transfer-Encoding") is None


def test_a_redirect_keeps_its_location(server):
    response, _ = ask(server, "/moved")
    assert (response.status, response.getheader("Location")) == (301, "/page")


def test_what_is_not_recorded_is_not_found(server):
    assert ask(server, "/page?x=2")[0].status == 404


def test_only_the_head_is_sent_when_only_the_head_is_asked_for(server):
    response, body = ask(server, "/page?x=1", "HEAD")
    assert (response.status, body) == (200, b"")
    assert response.getheader("Content-Length") == str(len(PAGE.body))


def test_other_methods_are_refused(server):
    assert ask(server, "/page?x=1", "DELETE")[0].status == 405


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
    response, body = ask(server, "/page?x=1", **headers)
    assert response.status == status
    assert body == (PAGE.body if status == 200 else b"")
    assert response.getheader("ETag") == '"v1"'


def test_a_redirect_is_never_unchanged(server):
    assert ask(server, "/moved", If_None_Match="*")[0].status == 301


def test_a_connection_serves_request_after_request(server):
    connection = http.client.HTTPConnection(server.base_url.removeprefix("http://"))
    for _ in range(3):
        connection.request("GET", "/page?x=1")
        assert connection.getresponse().read() == PAGE.body
    connection.close()


def test_requests_are_logged_in_order(server):
    before = time.monotonic()
    for path in ("/page?x=1", "/none", "/page?x=1"):
        ask(server, path)
    assert [(hit.path, hit.status) for hit in server.log] == [
        ("/page?x=1", 200),
        ("/none", 404),
        ("/page?x=1", 200),
    ]
    times = [before, *(hit.at for hit in server.log), time.monotonic()]
    assert times == sorted(times)


def test_an_answer_can_be_held_back():
    with LoopbackServer({"/page": PAGE}.get, latency_seconds=0.05) as slow:
        started = time.monotonic()
        ask(slow, "/page")
        assert time.monotonic() - started >= 0.05


def test_leaving_closes_the_port():
    with LoopbackServer(lambda _path: None) as server:
        ask(server, "/")
    with pytest.raises(ConnectionRefusedError):
        ask(server, "/")
