"""The client against a site that responds well, badly, or not at all."""

import asyncio
import gzip
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urljoin

import pytest

from tasks.core.rejects import Reason
from tests.site.server import BODY, Script, Visit, raw, responding, then_well
from tests.unit.http.requests import ORIGIN, MemoryStore, reason, request, request_all, settings


def cut(after: bytes) -> Script:
    """A connection that is cut after these bytes."""

    async def script(visit: Visit) -> None:
        await visit.send(after)
        await asyncio.sleep(0.01)
        visit.hang_up()

    return script


def stall(after: bytes = b"") -> Script:
    async def script(visit: Visit) -> None:
        await visit.send(after)
        await asyncio.sleep(30)

    return script


CUT_BODY = cut(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + BODY[:100])


def test_a_response_comes_as_it_was_sent(site):
    packed = gzip.compress(BODY)
    site.on("/a?b=c", responding(200, packed, Content_Encoding="gzip", ETag='"v1"'))
    response = request(site, "/a?b=c").response
    assert (response.status, response.phrase, response.http_version) == (200, "OK", "HTTP/1.1")
    assert (response.url, response.body) == ("https://menafn.com/a?b=c", packed)
    assert response.header("etag") == '"v1"'
    assert (b"Content-Encoding", b"gzip") in response.headers
    assert response.remote_ip == "127.0.0.1"
    assert datetime.now(UTC) - response.fetched_at < timedelta(seconds=5)


def test_a_request_names_the_user_agent_and_accepts_what_can_be_decoded(site):
    site.on("/a", responding(200))
    request(site, user_agent="Desk/1 (+mailto:desk@example.invalid)")
    sent = site.visits[0].headers
    assert sent["user-agent"] == "Desk/1 (+mailto:desk@example.invalid)"
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["host"] == site.base_url.removeprefix("http://")
    assert "if-none-match" not in sent


def test_one_connection_serves_many_requests_without_cookies(site):
    ports = set()

    async def note_port(visit: Visit) -> None:
        assert "cookie" not in visit.headers
        ports.add(visit.writer.get_extra_info("peername"))
        await visit.respond(200, BODY, Set_Cookie="session=1; Path=/")

    site.on("/a", note_port)
    results = request_all(settings(site.base_url, concurrency=2), *["/a"] * 20)
    assert {result.response.status for result in results} == {200}
    assert len(ports) <= 2


def test_validators_are_sent_and_a_304_is_a_response(site):
    async def script(visit: Visit) -> None:
        assert visit.headers["if-modified-since"] == "Mon, 23 Nov 2026 22:00:00 GMT"
        await visit.respond(304 if visit.headers["if-none-match"] == '"v1"' else 200)

    site.on("/a", script)
    validators: dict[str, Any] = {"etag": '"v1"', "last_modified": "Mon, 23 Nov 2026 22:00:00 GMT"}
    (result,) = request_all(settings(site.base_url), "/a", **validators)
    assert result.response.status == 304


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, Reason.FORBIDDEN),
        (403, Reason.FORBIDDEN),
        (404, Reason.NOT_FOUND),
        (410, Reason.GONE),
        (418, Reason.CLIENT_ERROR),
        (451, Reason.FORBIDDEN),
        (300, Reason.REDIRECTED_AWAY),
    ],
)
def test_a_final_status_is_requested_once(site, status, expected):
    site.on("/a", responding(status))
    result = request(site)
    assert reason(result) is expected
    assert site.hits["/a"] == 1
    assert [capture.status for capture in result.captures] == [status]


@pytest.mark.parametrize(
    "script",
    [
        responding(503), responding(500), responding(429), responding(408), responding(425),
        stall(), cut(b""), CUT_BODY,
        cut(b"HTTP/1.1 200 OK\r\nContent-Le"),
        cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"),
        stall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX-A: a\x00b\r\nContent-Length: 0\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * 200_000 + b"\r\n\r\n"),
        raw(b"\x16\x03\x01 no HTTP at all\r\n\r\n"),
    ],
)  # fmt: skip
def test_a_transient_failure_is_retried(site, script):
    site.on("/a", then_well(script))
    assert request(site).response.body == BODY
    assert site.hits["/a"] == 2


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (responding(503), Reason.SERVER_ERROR),
        (responding(599), Reason.SERVER_ERROR),
        (responding(429), Reason.RATE_LIMITED),
        (responding(408), Reason.TIMED_OUT),
        (responding(425), Reason.RATE_LIMITED),
        (responding(204), Reason.BROKEN_TRANSFER),
        (responding(206, BODY), Reason.BROKEN_TRANSFER),
        (responding(304), Reason.BROKEN_TRANSFER),  # to an unconditional request
        (CUT_BODY, Reason.BROKEN_TRANSFER),
        (stall(), Reason.TIMED_OUT),
    ],
)
def test_retries_end_after_the_set_number_of_attempts(site, script, expected):
    site.on("/a", script)
    assert reason(request(site, attempts=3, timeout_seconds=0.1)) is expected
    assert site.hits["/a"] == 3


def test_every_response_is_archived_whatever_its_status(site):
    async def script(visit: Visit) -> None:
        status = [503, 429, 302, 200][visit.number - 1]
        await visit.respond(status, BODY, **({"Location": "/b"} if status == 302 else {}))

    site.on("/a", script)
    site.on("/b", responding(404))
    store = MemoryStore()
    result = request(site, store=store)
    assert [(kept.url.removeprefix(ORIGIN), kept.status) for kept in store.responses[1:]] == [
        ("/a", 503), ("/a", 429), ("/a", 302), ("/b", 404),
    ]  # fmt: skip
    assert [capture.status for capture in result.captures] == [503, 429, 302, 404]


def test_an_incomplete_response_is_not_archived(site):
    site.on("/a", CUT_BODY)
    store = MemoryStore()
    request(site, store=store, attempts=1)
    assert [kept.url for kept in store.responses] == [f"{ORIGIN}/robots.txt"]


def test_a_redirect_within_the_wire_is_followed(site):
    site.on("/a", responding(301, Location="http://www.menafn.com/b?src=RSS"))
    site.on("/b?src=RSS", responding(200, BODY))
    result = request(site)
    assert (result.url, result.response.url) == (f"{ORIGIN}/a", f"{ORIGIN}/b?src=RSS")
    assert site.visits[1].headers["host"] == site.base_url.removeprefix("http://")


def test_a_203_is_a_page(site):
    site.on("/a", responding(203, BODY))
    assert request(site).response.body == BODY


SLUG = "أعلنت-الوزارة"
ENCODED = quote(SLUG)


@pytest.mark.parametrize(
    "location",
    [
        f"/1109916091/{SLUG}",
        f"1109916091/{SLUG}",
        f"https://menafn.com/1109916091/{SLUG}",
        f"//www.menafn.com/1109916091/{SLUG}",
        f"/1109916091/{ENCODED}",
        f"/1109916091/{quote(SLUG[:5])}{SLUG[5:]}",
        f" /1109916091/{ENCODED.lower()}  ",
        f"/1109916091/{SLUG}#top",
    ],
)
def test_a_location_is_found_however_it_is_encoded(site, location):
    async def redirect(visit: Visit) -> None:
        line = b"Location: " + location.encode()
        await visit.send(b"HTTP/1.1 301 Moved\r\n%b\r\nContent-Length: 0\r\n\r\n" % line)

    site.on("/a", redirect)
    site.on(f"/1109916091/{ENCODED}", responding(200, BODY))
    assert request(site).response.url == f"{ORIGIN}/1109916091/{ENCODED}"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (b"/1109916091/two words", "/1109916091/two%20words"),
        ("/1109916091/café-100%".encode(), "/1109916091/caf%C3%A9-100%25"),
        ("/1109916091/أ".encode("cp1256"), "/1109916091/%C3"),
        (b"/1109916091/" + quote("خبر" * 200).encode(), "/1109916091/" + quote("خبر" * 200)),
        ("/1109916091/x?كلمة=1".encode(), f"/1109916091/x?{quote('كلمة')}=1"),
    ],
    ids=["blank", "mixed", "windows-1256", "long", "query"],
)
def test_a_location_keeps_its_bytes(site, location, path):
    async def redirect(visit: Visit) -> None:
        await visit.send(
            b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % location
        )

    site.on("/a", redirect)
    site.on(path, responding(200, BODY))
    assert request(site).response.body == BODY


@pytest.mark.parametrize(
    ("base_url", "hops"),
    [
        ("http://menafn.com", ["http://www.menafn.com/robots.txt"]),
        ("http://www.menafn.com", ["http://menafn.com/robots.txt"]),
        ("http://menafn.com", ["http://www.menafn.com/robots.txt", "http://www.menafn.com/rules"]),
        (
            "http://menafn.com",
            ["/1", "/2", "/3", "http://www.menafn.com/4", "http://menafn.com/robots.txt?5"],
        ),
    ],
)
def test_robots_txt_is_followed_to_the_sites_other_host(site, monkeypatch, base_url, hops):
    # The site is its own proxy here, as which it gets whole addresses.
    monkeypatch.setenv("http_proxy", site.base_url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    address = f"{base_url}/robots.txt"
    for hop in hops:
        site.on(address, responding(301, Location=hop))
        address = urljoin(address, hop)
    site.on(address, responding(200, b"User-agent: *\nDisallow: /a"))
    (result,) = request_all(settings(base_url), "/a")
    assert reason(result) is Reason.ROBOTS_FORBIDS
    assert len(site.paths) == len(hops) + 1


def test_robots_txt_is_followed_whatever_the_limit_on_redirects(site):
    site.on("/robots.txt", responding(302, Location="/rules.txt"))
    site.on("/rules.txt", responding(200, b"User-agent: *\nDisallow: /a"))
    assert reason(request(site, max_redirects=0)) is Reason.ROBOTS_FORBIDS


@pytest.mark.parametrize("length", [b"Content-Length: 9000000", b"Connection: close"])
def test_of_a_huge_robots_txt_the_start_is_read_and_archived(site, length):
    text = b"User-agent: *\nDisallow: /a\n" + b"# no end\n" * 1_000_000

    async def script(visit: Visit) -> None:
        with suppress(ConnectionError):
            await visit.send(b"HTTP/1.1 200 OK\r\n" + length + b"\r\n\r\n" + text[:9_000_000])
        visit.close()

    site.on("/robots.txt", script)
    store = MemoryStore()
    assert reason(request(site, store=store)) is Reason.ROBOTS_FORBIDS
    assert [kept.body for kept in store.responses] == [text[: 500 * 1024]]


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/1109916091/x", "//evil.example/", "\\\\evil.example\\x",
        "http://127.0.0.1/", "http://127.0.0.1:1/", "http://[::1]/", "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "https://menafn.com@evil.example/",
        "https://menafn.com:8443/", "file:///etc/hostname", "gopher://menafn.com/",
        "http://[broken/", "",
    ],
)  # fmt: skip
def test_a_redirect_to_elsewhere_is_never_followed(site, location):
    site.on("/a", responding(302, Location=location))
    assert reason(request(site)) is Reason.REDIRECTED_AWAY
    assert len(site.visits) == 1


@pytest.mark.parametrize(
    ("article_id", "target", "expected"),
    [
        (None, "/forbidden", Reason.ROBOTS_FORBIDS),
        (1109916091, "/forbidden/1109916091/x", Reason.REDIRECTED_AWAY),
        (1109916091, "/1109916092/x", Reason.REDIRECTED_AWAY),
        (1109916091, "/1109916091/forbidden", Reason.ROBOTS_FORBIDS),
    ],
)
def test_a_redirect_to_another_story_or_a_forbidden_page_is_not_followed(
    site, article_id, target, expected
):
    site.on("/robots.txt", responding(200, b"User-agent: *\nDisallow: /*forbidden"))
    site.on("/a", responding(302, Location=target))
    (result,) = request_all(settings(site.base_url), "/a", article_id=article_id)
    assert reason(result) is expected
    assert site.hits[target] == 0


def test_robots_txt_is_requested_once_and_obeyed_by_every_request(site):
    site.on("/robots.txt", responding(200, b"User-agent: *\nDisallow: /b"))
    site.on("/a", responding(200, BODY))
    allowed, forbidden, _ = request_all(settings(site.base_url), "/a", "/b", "/a")
    assert allowed.response.body == BODY
    assert (reason(forbidden), forbidden.captures) == (Reason.ROBOTS_FORBIDS, ())
    assert site.paths == ["/robots.txt", "/a", "/a"]


def test_without_robots_txt_nothing_is_requested(site):
    site.on("/robots.txt", responding(503))
    (result,) = request_all(settings(site.base_url, attempts=2), "/a", "/b")
    assert reason(result) is Reason.SERVER_ERROR
    assert site.paths == ["/robots.txt"] * 2


@pytest.mark.parametrize(
    ("target", "detail"), [("/b", "in a circle, by 2 addresses"), ("/a", "WIREHOUSE_BASE_URL")]
)
def test_a_redirect_in_a_circle_ends(site, target, detail):
    site.on("/a", responding(302, Location=f"https://menafn.com{target}"))
    site.on("/b", responding(302, Location="/a"))
    result = request(site)
    assert reason(result) is Reason.TOO_MANY_REDIRECTS
    assert detail in result.failure.detail


@pytest.mark.parametrize("limit", [0, 3])
def test_a_chain_of_redirects_ends_at_the_limit(site, limit):
    for number in range(10):
        site.on(f"/{number}", responding(307, Location=f"/{number + 1}"))
    assert reason(request(site, "/0", max_redirects=limit)) is Reason.TOO_MANY_REDIRECTS
    assert site.paths == [f"/{number}" for number in range(limit + 1)]
