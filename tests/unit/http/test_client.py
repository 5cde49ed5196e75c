"""The client against a wire that answers well, badly, or not at all."""

import asyncio
import gzip
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.rejects import Reason
from tests.site.server import BODY, FakeSite, Visit, raw, responding, then_well
from tests.unit.http.requests import ORIGIN, MemoryStore, reason, request, request_all, settings


@pytest.fixture
def wire():
    with FakeSite() as running:
        yield running


async def hang_up(visit: Visit) -> None:
    visit.hang_up()


async def cut_in_headers(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Le")
    visit.hang_up()


async def cut_in_body(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + BODY[:100])
    await asyncio.sleep(0.01)
    visit.hang_up()


async def cut_in_last_chunk(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")
    await asyncio.sleep(0.01)
    visit.hang_up()


async def stall(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
    await asyncio.sleep(30)


async def say_nothing(_visit: Visit) -> None:
    await asyncio.sleep(30)


def test_an_answer_comes_as_it_was_sent(wire):
    packed = gzip.compress(BODY)
    wire.on("/a?b=c", responding(200, packed, Content_Encoding="gzip", ETag='"v1"'))
    answer = request(wire, "/a?b=c").response
    assert answer is not None
    assert (answer.status, answer.phrase, answer.http_version) == (200, "OK", "HTTP/1.1")
    assert (answer.url, answer.body) == ("https://menafn.com/a?b=c", packed)
    assert answer.header("etag") == '"v1"'
    assert (b"Content-Encoding", b"gzip") in answer.headers
    assert answer.remote_ip == "127.0.0.1"
    assert datetime.now(UTC) - answer.fetched_at < timedelta(seconds=5)


def test_a_request_says_who_asks_and_offers_what_can_be_read(wire):
    wire.on("/a", responding(200))
    request(wire, user_agent="Desk/1 (+mailto:desk@example.invalid)")
    sent = wire.visits[0].headers
    assert sent["user-agent"] == "Desk/1 (+mailto:desk@example.invalid)"
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["host"] == wire.base_url.removeprefix("http://")
    assert "if-none-match" not in sent


def test_cookies_are_never_sent_back(wire):
    wire.on("/a", responding(200, Set_Cookie="session=1; Path=/"))
    request_all(settings(wire.base_url, concurrency=1), "/a", "/a")
    assert len(wire.visits) == 2
    assert all("cookie" not in visit.headers for visit in wire.visits)


def test_one_connection_serves_many_requests(wire):
    ports = set()

    async def note_port(visit: Visit) -> None:
        ports.add(visit.writer.get_extra_info("peername"))
        await visit.respond(200, BODY)

    wire.on("/a", note_port)
    request_all(settings(wire.base_url, concurrency=2), *["/a"] * 20)
    assert len(ports) <= 2


def test_validators_go_along_and_a_304_is_an_answer(wire):
    async def script(visit: Visit) -> None:
        assert visit.headers["if-modified-since"] == "Mon, 23 Nov 2026 22:00:00 GMT"
        await visit.respond(304 if visit.headers["if-none-match"] == '"v1"' else 200)

    wire.on("/a", script)
    told = settings(wire.base_url)
    (outcome,) = request_all(told, "/a", etag='"v1"', last_modified="Mon, 23 Nov 2026 22:00:00 GMT")
    assert outcome.response is not None
    assert outcome.response.status == 304


def test_a_304_that_nobody_asked_for_is_a_broken_answer(wire):
    wire.on("/a", responding(304))
    assert reason(request(wire)) is Reason.BROKEN_TRANSFER


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
def test_a_final_status_is_asked_for_once(wire, status, expected):
    wire.on("/a", responding(status))
    outcome = request(wire)
    assert reason(outcome) is expected
    assert wire.hits["/a"] == 1
    assert [capture.status for capture in outcome.captures] == [status]


@pytest.mark.parametrize(
    "script",
    [
        responding(503), responding(500), responding(429), hang_up, cut_in_headers, cut_in_body,
        cut_in_last_chunk, stall, say_nothing,
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX-A: a\x00b\r\nContent-Length: 0\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * 200_000 + b"\r\n\r\n"),
        raw(b"\x16\x03\x01 no HTTP at all\r\n\r\n"),
    ],
)  # fmt: skip
def test_what_may_pass_is_tried_again(wire, script):
    wire.on("/a", then_well(script))
    answer = request(wire).response
    assert answer is not None
    assert answer.body == BODY
    assert wire.hits["/a"] == 2


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (responding(503), Reason.SERVER_ERROR),
        (responding(599), Reason.SERVER_ERROR),
        (responding(429), Reason.RATE_LIMITED),
        (responding(204), Reason.BROKEN_TRANSFER),
        (responding(206, BODY), Reason.BROKEN_TRANSFER),
        (cut_in_body, Reason.BROKEN_TRANSFER),
        (say_nothing, Reason.TIMED_OUT),
    ],
)
def test_what_does_not_pass_is_given_up(wire, script, expected):
    wire.on("/a", script)
    assert reason(request(wire, attempts=3, timeout_seconds=0.1)) is expected
    assert wire.hits["/a"] == 3


def test_every_answer_is_kept_whatever_it_says(wire):
    async def script(visit: Visit) -> None:
        status = [503, 429, 302, 200][visit.number - 1]
        await visit.respond(status, BODY, **({"Location": "/b"} if status == 302 else {}))

    wire.on("/a", script)
    wire.on("/b", responding(404))
    store = MemoryStore()
    outcome = request(wire, store=store)
    assert [(kept.url, kept.status) for kept in store.responses[1:]] == [
        (f"{ORIGIN}/a", 503),
        (f"{ORIGIN}/a", 429),
        (f"{ORIGIN}/a", 302),
        (f"{ORIGIN}/b", 404),
    ]
    assert [capture.status for capture in outcome.captures] == [503, 429, 302, 404]


def test_an_answer_that_was_cut_is_not_kept(wire):
    wire.on("/a", cut_in_body)
    store = MemoryStore()
    request(wire, store=store, attempts=1)
    assert [kept.url for kept in store.responses] == [f"{ORIGIN}/robots.txt"]


def test_a_redirect_within_the_wire_is_followed(wire):
    wire.on("/a", responding(301, Location="http://www.menafn.com/b?src=RSS"))
    wire.on("/b?src=RSS", responding(200, BODY))
    outcome = request(wire)
    assert outcome.url == f"{ORIGIN}/a"
    assert outcome.response is not None
    assert outcome.response.url == f"{ORIGIN}/b?src=RSS"
    assert wire.visits[1].headers["host"] == wire.base_url.removeprefix("http://")


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/1109916091/x",
        "//evil.example/",
        "http://127.0.0.1/",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "https://menafn.com@evil.example/",
        "https://menafn.com:8443/",
        "file:///etc/hostname",
        "gopher://menafn.com/",
        "\\\\evil.example\\x",
        "http://[broken/",
        "",
    ],
)
def test_a_redirect_to_elsewhere_is_never_followed(wire, location):
    wire.on("/a", responding(302, Location=location))
    assert reason(request(wire)) is Reason.REDIRECTED_AWAY
    assert len(wire.visits) == 1


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
    wire, article_id, target, expected
):
    wire.on("/robots.txt", responding(200, b"User-agent: *\nDisallow: /*forbidden"))
    wire.on("/a", responding(302, Location=target))
    (outcome,) = request_all(settings(wire.base_url), "/a", article_id=article_id)
    assert reason(outcome) is expected
    assert wire.hits[target] == 0


def test_robots_txt_is_requested_once_and_obeyed_by_every_request(wire):
    wire.on("/robots.txt", responding(200, b"User-agent: *\nDisallow: /b"))
    wire.on("/a", responding(200, BODY))
    allowed, forbidden, _ = request_all(settings(wire.base_url), "/a", "/b", "/a")
    assert allowed.response is not None
    assert (reason(forbidden), forbidden.captures) == (Reason.ROBOTS_FORBIDS, ())
    assert wire.paths == ["/robots.txt", "/a", "/a"]


def test_without_robots_txt_nothing_is_requested(wire):
    wire.on("/robots.txt", responding(503))
    assert reason(request_all(settings(wire.base_url, attempts=2), "/a", "/b")[0]) is (
        Reason.SERVER_ERROR
    )
    assert wire.paths == ["/robots.txt"] * 2


def test_a_redirect_in_a_circle_ends(wire):
    wire.on("/a", responding(302, Location="/b"))
    wire.on("/b", responding(302, Location="/a"))
    outcome = request(wire)
    assert reason(outcome) is Reason.TOO_MANY_REDIRECTS
    assert len(wire.visits) == 2


def test_a_redirect_to_itself_asks_about_the_base_url(wire):
    wire.on("/a", responding(301, Location="https://menafn.com/a"))
    refusal = request(wire).failure
    assert refusal is not None
    assert "WIREHOUSE_BASE_URL" in refusal.detail


def test_a_chain_of_redirects_ends_at_the_limit(wire):
    for number in range(10):
        wire.on(f"/{number}", responding(307, Location=f"/{number + 1}"))
    assert reason(request(wire, "/0", max_redirects=3)) is Reason.TOO_MANY_REDIRECTS
    assert wire.paths == ["/0", "/1", "/2", "/3"]


def test_no_redirects_at_all_may_be_followed(wire):
    wire.on("/a", responding(302, Location="/b"))
    assert reason(request(wire, max_redirects=0)) is Reason.TOO_MANY_REDIRECTS
