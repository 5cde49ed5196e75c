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
from tests.prefect_server import free_port
from tests.site.server import BODY, Script, Visit, raw, responding, then_well
from tests.unit.http.requests import reason, request, request_all, settings


async def drip(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    for _ in range(500):
        await visit.send(b"x")
        await asyncio.sleep(0.05)


def without_end(header: bytes, part: bytes) -> Script:
    async def send(visit: Visit) -> None:
        await visit.send(b"HTTP/1.1 200 OK\r\n" + header + b"\r\n\r\n")
        while True:
            await visit.send(part)

    return send


def later(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(("status", "as_date"), [(429, False), (503, True)])
def test_retry_after_is_obeyed(site, status, as_date):
    async def script(visit: Visit) -> None:
        # Dates have whole seconds, so that one two seconds ahead is at least one ahead.
        await visit.respond(status, Retry_After=later(2) if as_date else "1")

    site.on("/a", then_well(script))
    assert request(site).response is not None
    first, second = (visit.at for visit in site.visits)
    assert 0.99 <= second - first < 2.5


@pytest.mark.parametrize("pause", ["3600", "9" * 300, pytest.param(later(3600), id="date")])
def test_a_pause_beyond_bounds_ends_the_attempts(site, pause):
    site.on("/a", responding(503, Retry_After=pause))
    assert reason(request(site)) is Reason.SERVER_ERROR
    assert site.hits["/a"] == 1


@pytest.mark.parametrize(
    "pause", ["soon", "-1", "1.5", pytest.param(later(-60), id="date"), "\xb2"]
)
def test_a_pause_that_is_no_number_of_seconds_is_ignored(site, pause):
    site.on("/a", then_well(responding(503, Retry_After=pause)))
    assert request(site).response is not None


def test_a_429_pauses_every_request(site):
    async def script(visit: Visit) -> None:
        await visit.respond(429 if visit.number == 1 else 200, Retry_After="1")

    async def slow(visit: Visit) -> None:
        await asyncio.sleep(0.1)
        await visit.respond(200)

    site.on("/a", script)
    for path in ("/b", "/c", "/d"):
        site.on(path, slow)
    request_all(settings(site.base_url, concurrency=2), "/a", "/b", "/c", "/d")
    first = site.visits[0].at
    assert [visit.path for visit in site.visits if visit.at - first < 0.9] == ["/a", "/b"]


def test_a_request_that_waits_for_its_retry_frees_its_slot(site):
    site.on("/a", then_well(responding(503, Retry_After="1")))
    site.on("/b", responding(200))
    request_all(settings(site.base_url, concurrency=1), "/a", "/b")
    assert site.paths == ["/a", "/b", "/a"]


def test_requests_are_evenly_spaced(site):
    site.on("/a", responding(200))
    request_all(settings(site.base_url, requests_per_second=20, concurrency=8), *["/a"] * 10)
    times = [visit.at for visit in site.visits]
    assert times[-1] - times[0] >= 9 / 20 - 0.02
    # A request may be late on its way, which brings the next one closer to it.
    assert min(after - before for before, after in pairwise(times)) > 0.01


def test_the_rate_limit_applies_to_retries_and_redirects(site):
    site.on("/a", then_well(responding(302, Location="/b")))
    site.on("/b", then_well(responding(503)))
    request_all(settings(site.base_url, requests_per_second=10), "/a")
    times = [visit.at for visit in site.visits]
    assert site.paths == ["/a", "/b", "/a"]
    assert min(after - before for before, after in pairwise(times)) > 0.08


def test_no_more_requests_are_in_flight_than_allowed(site):
    under_way: list[int] = [0, 0]

    async def script(visit: Visit) -> None:
        under_way[0] += 1
        under_way[1] = max(under_way)
        await asyncio.sleep(0.02)
        under_way[0] -= 1
        await visit.respond(200)

    site.on("/a", script)
    request_all(settings(site.base_url, concurrency=3), *["/a"] * 12)
    assert under_way[1] == 3


@pytest.mark.parametrize(
    "script",
    [
        responding(200, b"x" * 70_000),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 19 + b"\r\n\r\nx"),
        without_end(b"Content-Type: text/html", b"x" * 65536),
        without_end(b"Transfer-Encoding: chunked", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    ],
)
def test_a_body_beyond_the_limit_is_not_retried(site, script):
    site.on("/a", script)
    assert reason(request(site, max_body_mb=0.0625)) is Reason.TOO_LARGE
    assert site.hits["/a"] == 1


def test_a_content_length_that_is_too_short_does_not_affect_the_next_response(site):
    site.on("/a", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n"))
    site.on("/b", responding(200, BODY))
    first, second = request_all(settings(site.base_url, concurrency=1), "/a", "/b")
    assert (first.response.body, second.response.body) == (b"hello", BODY)


def test_a_bomb_is_archived_as_sent(site):
    bomb = gzip.compress(b"\0" * 20_000_000)
    site.on("/a", responding(200, bomb, Content_Encoding="gzip"))
    assert request(site).response.body == bomb


def test_a_slow_drip_ends_at_the_deadline(site):
    site.on("/a", drip)
    started = time.monotonic()
    assert reason(request(site, deadline_seconds=0.3, attempts=1)) is Reason.TIMED_OUT
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "base_url", [f"http://127.0.0.1:{free_port()}", "http://wire.invalid"], ids=["port", "name"]
)
def test_a_closed_port_or_an_unknown_name_is_no_connection(base_url):
    (result,) = request_all(settings(base_url, attempts=1), "/a")
    assert reason(result) is Reason.NO_CONNECTION
    assert result.failure.detail


def test_the_detail_of_an_error_is_printable(site):
    site.on("/a", raw(b"HTTP/1.1 \x1b[31m\x07 OK\r\n\r\n"))
    assert request(site, attempts=1).failure.detail.isprintable()


@pytest.mark.parametrize("name", ["menafn.com", "www.menafn.com"])
def test_the_sites_name_is_not_followed_into_a_private_network(site, monkeypatch, name):
    monkeypatch.setattr(socket, "getaddrinfo", leads_to_loopback)
    site.on("/a", responding(200, BODY))
    base_url = site.base_url.replace("127.0.0.1", name)
    (result,) = request_all(settings(base_url, attempts=1), "/a")
    assert reason(result) is Reason.NO_CONNECTION
    assert "leads to 127.0.0.1" in result.failure.detail
    assert site.visits == []


def test_another_name_may_lead_to_a_private_network(site, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", leads_to_loopback)
    site.on("/a", responding(200, BODY))
    (result,) = request_all(settings(site.base_url.replace("127.0.0.1", "mirror.test")), "/a")
    assert result.response.body == BODY


@pytest.mark.parametrize(
    ("name", "agent", "is_warned"),
    [
        ("menafn.com", {}, True),
        ("menafn.com", {"user_agent": "Desk/1 (+mailto:desk@example.org)"}, False),
        ("mirror.test", {}, False),
    ],
)
def test_the_public_site_is_not_asked_without_a_contact_unsaid(
    site, monkeypatch, caplog, name, agent, is_warned
):
    monkeypatch.setattr(socket, "getaddrinfo", leads_to_loopback)
    base_url = site.base_url.replace("127.0.0.1", name)
    request_all(settings(base_url, attempts=1, **agent), "/a", "/b")
    assert caplog.text.count("Set WIREHOUSE_USER_AGENT") == is_warned


def leads_to_loopback(_host: str, port: int, *_ignored: object, **_also: object) -> list[Any]:
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


def test_a_proxy_of_the_environment_is_used(site, monkeypatch):
    monkeypatch.setenv("http_proxy", site.base_url)
    site.on("http://wire.invalid/a", responding(200, BODY))
    (result,) = request_all(settings("http://wire.invalid"), "/a")
    assert result.response.remote_ip is None


def test_a_proxy_is_not_used_for_a_loopback_site(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    site.on("/a", responding(200, BODY))
    assert request(site).response is not None


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://127.0.0.1:1080", "ftp://desk:hunter2@127.0.0.1", "http://desk:hunter2",
        "http://desk:hunter2@127.0.0.1:99999", "http://desk:hunter2@[127.0.0.1",
    ],
)  # fmt: skip
def test_the_message_about_an_unusable_proxy_has_no_password(monkeypatch, proxy):
    monkeypatch.setenv("all_proxy", proxy)
    with pytest.raises(SettingsError, match=r"http://wire\.invalid can't be used") as caught:
        request_all(settings("http://wire.invalid"), "/a")
    assert "hunter2" not in str(caught.value)
