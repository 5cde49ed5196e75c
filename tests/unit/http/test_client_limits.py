"""The client's bounds: pace, size, time, and where it may connect at all."""

import asyncio
import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from threading import Thread
from typing import Any

import pytest

from tasks.core.errors import SettingsError
from tasks.core.rejects import Reason
from tests.site.server import BODY, FakeSite, Visit, raw, responding, then_well
from tests.unit.http.requests import MemoryStore, reason, request, request_all, settings


@pytest.fixture
def wire():
    with FakeSite() as running:
        yield running


async def drip(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    for _ in range(500):
        await visit.send(b"x")
        await asyncio.sleep(0.05)


async def send_without_end(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await visit.send(b"x" * 65536)


async def send_chunks_without_end(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await visit.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def later(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(("status", "as_date"), [(429, False), (503, True)])
def test_retry_after_is_waited_for(wire, status, as_date):
    async def script(visit: Visit) -> None:
        # Dates have whole seconds, so that one two seconds ahead is at least one ahead.
        await visit.respond(status, Retry_After=later(2) if as_date else "1")

    wire.on("/a", then_well(script))
    assert request(wire).response is not None
    first, second = (visit.at for visit in wire.visits)
    assert 0.99 <= second - first < 2.5


@pytest.mark.parametrize("pause", ["3600", "9" * 300, pytest.param(later(3600), id="date")])
def test_a_pause_beyond_bounds_ends_the_attempts(wire, pause):
    wire.on("/a", responding(503, Retry_After=pause))
    assert reason(request(wire)) is Reason.SERVER_ERROR
    assert wire.hits["/a"] == 1


@pytest.mark.parametrize(
    "pause", ["soon", "-1", "1.5", pytest.param(later(-60), id="date"), "\xb2"]
)
def test_a_pause_that_says_nothing_holds_nobody_up(wire, pause):
    wire.on("/a", then_well(responding(503, Retry_After=pause)))
    assert request(wire).response is not None


def test_a_429_silences_every_request(wire):
    async def script(visit: Visit) -> None:
        await visit.respond(429 if visit.number == 1 else 200, Retry_After="1")

    async def slow(visit: Visit) -> None:
        await asyncio.sleep(0.1)
        await visit.respond(200)

    wire.on("/a", script)
    for path in ("/b", "/c", "/d"):
        wire.on(path, slow)
    request_all(settings(wire.base_url, concurrency=2), "/a", "/b", "/c", "/d")
    first = wire.visits[0].at
    assert [visit.path for visit in wire.visits if visit.at - first < 0.9] == ["/a", "/b"]


def test_a_waiting_address_leaves_its_slot_to_others(wire):
    wire.on("/a", then_well(responding(503, Retry_After="1")))
    wire.on("/b", responding(200))
    request_all(settings(wire.base_url, concurrency=1), "/a", "/b")
    assert wire.paths == ["/a", "/b", "/a"]


def test_requests_are_evenly_spaced(wire):
    wire.on("/a", responding(200))
    request_all(settings(wire.base_url, requests_per_second=20, concurrency=8), *["/a"] * 10)
    times = [visit.at for visit in wire.visits]
    assert times[-1] - times[0] >= 9 / 20 - 0.02
    # A request may be late on its way, which brings the next one closer to it.
    assert min(after - before for before, after in pairwise(times)) > 0.01


def test_retries_and_redirects_keep_the_pace_too(wire):
    wire.on("/a", then_well(responding(302, Location="/b")))
    wire.on("/b", then_well(responding(503)))
    request_all(settings(wire.base_url, requests_per_second=10), "/a")
    times = [visit.at for visit in wire.visits]
    assert wire.paths == ["/a", "/b", "/a"]
    assert min(after - before for before, after in pairwise(times)) > 0.08


def test_no_more_requests_are_in_flight_than_allowed(wire):
    under_way: list[int] = [0, 0]

    async def script(visit: Visit) -> None:
        under_way[0] += 1
        under_way[1] = max(under_way)
        await asyncio.sleep(0.02)
        under_way[0] -= 1
        await visit.respond(200)

    wire.on("/a", script)
    request_all(settings(wire.base_url, concurrency=3), *["/a"] * 12)
    assert under_way[1] == 3


@pytest.mark.parametrize(
    "script",
    [
        responding(200, b"x" * 70_000),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 19 + b"\r\n\r\nx"),
        send_without_end,
        send_chunks_without_end,
    ],
)
def test_a_body_beyond_the_limit_is_refused_without_another_try(wire, script):
    wire.on("/a", script)
    assert reason(request(wire, max_body_mb=0.0625)) is Reason.TOO_LARGE
    assert wire.hits["/a"] == 1


def test_a_length_that_promises_too_little_does_not_spoil_the_next_answer(wire):
    wire.on("/a", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n"))
    wire.on("/b", responding(200, BODY))
    first, second = request_all(settings(wire.base_url, concurrency=1), "/a", "/b")
    assert first.response is not None
    assert second.response is not None
    assert (first.response.body, second.response.body) == (b"hello", BODY)


def test_a_bomb_is_kept_as_sent(wire):
    bomb = gzip.compress(b"\0" * 20_000_000)
    wire.on("/a", responding(200, bomb, Content_Encoding="gzip"))
    answer = request(wire).response
    assert answer is not None
    assert answer.body == bomb


def test_a_slow_drip_ends_at_the_deadline(wire):
    wire.on("/a", drip)
    started = time.monotonic()
    assert reason(request(wire, deadline_seconds=0.3, attempts=1)) is Reason.TIMED_OUT
    assert time.monotonic() - started < 1


def test_where_nobody_listens_there_is_no_connection():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    (outcome,) = request_all(settings(f"http://127.0.0.1:{port}", attempts=2), "/a")
    assert reason(outcome) is Reason.NO_CONNECTION


def test_a_name_that_does_not_exist_gives_no_connection():
    (outcome,) = request_all(settings("http://wire.invalid", attempts=1), "/a")
    assert reason(outcome) is Reason.NO_CONNECTION
    assert outcome.failure is not None
    assert outcome.failure.detail


def test_what_an_error_says_is_fit_to_be_printed(wire):
    wire.on("/a", raw(b"HTTP/1.1 \x1b[31m\x07 OK\r\n\r\n"))
    refusal = request(wire, attempts=1).failure
    assert refusal is not None
    assert refusal.detail.isprintable()


@pytest.mark.parametrize("name", ["menafn.com", "www.menafn.com"])
def test_the_wires_name_is_not_followed_into_a_private_network(wire, monkeypatch, name):
    monkeypatch.setattr(socket, "getaddrinfo", leads_to_loopback)
    wire.on("/a", responding(200, BODY))
    base_url = wire.base_url.replace("127.0.0.1", name)
    (outcome,) = request_all(settings(base_url, attempts=1), "/a")
    assert reason(outcome) is Reason.NO_CONNECTION
    assert outcome.failure is not None
    assert "leads to 127.0.0.1" in outcome.failure.detail
    assert wire.visits == []


def test_another_name_is_the_operators_to_choose(wire, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", leads_to_loopback)
    wire.on("/a", responding(200, BODY))
    (outcome,) = request_all(settings(wire.base_url.replace("127.0.0.1", "mirror.test")), "/a")
    assert outcome.response is not None


def leads_to_loopback(_host: str, port: int, *_told: object, **_more: object) -> list[Any]:
    """A name service that gives every name the address of this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))]


def test_http_2_is_offered():
    hello = b""

    def read_hello(listener: socket.socket) -> None:
        nonlocal hello
        connection, _ = listener.accept()
        with connection:
            hello = connection.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=read_hello, args=(listener,))
        thread.start()
        request_all(settings(f"https://127.0.0.1:{listener.getsockname()[1]}", attempts=1), "/a")
        thread.join()
    assert b"\x02h2" in hello  # a protocol name of TLS's ALPN extension


def test_a_proxy_of_the_environment_is_used(wire, monkeypatch):
    monkeypatch.setenv("http_proxy", wire.base_url)
    wire.on("http://wire.invalid/a", responding(200, BODY))
    store = MemoryStore()
    (outcome,) = request_all(settings("http://wire.invalid"), "/a", store=store)
    assert outcome.response is not None
    assert outcome.response.remote_ip is None


def test_a_proxy_is_not_used_for_a_loopback_wire(wire, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    wire.on("/a", responding(200, BODY))
    assert request(wire).response is not None


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://127.0.0.1:1080",
        "ftp://desk:hunter2@127.0.0.1",
        "http://desk:hunter2@127.0.0.1:99999",
        "http://desk:hunter2",
        "http://desk:hunter2@[127.0.0.1",
    ],
)
def test_a_proxy_that_cannot_be_used_is_named_without_its_password(monkeypatch, proxy):
    monkeypatch.setenv("all_proxy", proxy)
    with pytest.raises(
        SettingsError, match=r"proxy for http://wire\.invalid can't be used"
    ) as told:
        request_all(settings("http://wire.invalid"), "/a")
    assert "hunter2" not in str(told.value)
