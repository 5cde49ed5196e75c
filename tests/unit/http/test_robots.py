"""robots.txt: what each response to requesting it means."""

import time

import pytest

from tasks.core.errors import SiteUnreachableError
from tasks.core.records import FetchFailure, FetchResult
from tasks.core.rejects import Reason
from tasks.core.settings import Settings
from tasks.http.robots import ROBOTS_URL, RobotsRules, read_rules
from tests.unit.archive.foreign_warc import make_response

AGENT = "Wirehouse/0.1.0 (+mailto:desk@example.invalid)"
STORY = "https://menafn.com/1109916091/Harbour-Talks-Resume"


def rules(text: str) -> RobotsRules:
    return RobotsRules(text, AGENT)


def fetched(body: bytes, *headers: tuple[bytes, bytes]) -> RobotsRules:
    response = make_response(body, url=ROBOTS_URL, headers=headers)
    result = FetchResult(url=ROBOTS_URL, response=response, captures=(), failure=None)
    return read_rules(result, Settings(user_agent=AGENT))


def refused(reason: Reason) -> RobotsRules:
    failure = FetchFailure(reason=reason, detail="status 599")
    result = FetchResult(url=ROBOTS_URL, response=None, captures=(), failure=failure)
    return read_rules(result, Settings(user_agent=AGENT))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_is_disallowed_is_not_allowed(mark):
    found = fetched(mark + b"User-agent: *\nDisallow: /external_site/\nDisallow: /*.aspx?*email=")
    assert found.allows(STORY)
    assert not found.allows("https://menafn.com/external_site/load_html")
    assert not found.allows("https://menafn.com/nl_sub.aspx?email=a&lang=En")


def test_our_own_group_takes_precedence():
    text = "User-agent: *\nDisallow: /\n\nUser-agent: wirehouse\nDisallow: /rss/"
    assert rules(text).allows(STORY)
    assert not rules(text).allows("https://menafn.com/rss/menafn_Iraq.xml")


def test_percent_encoding_makes_no_difference():
    text = "User-agent: *\nDisallow: /arabic/1110696390/مينا"
    assert not rules(text).allows("https://menafn.com/arabic/1110696390/%D9%85%D9%8A%D9%86%D8%A7")


def test_the_slower_of_delay_and_rate_counts():
    assert rules("User-agent: *\nCrawl-delay: 2.5").delay_seconds == 2.5
    assert rules("User-agent: *\nRequest-rate: 1/10\nCrawl-delay: 2").delay_seconds == 10
    assert rules("User-agent: other\nCrawl-delay: 9").delay_seconds == 0


@pytest.mark.parametrize(
    ("rule", "seconds"),
    [(b"Crawl-delay: 100000", "100000"), (b"Request-rate: 1/" + b"9" * 400, "inf")],
    ids=["delay", "rate"],
)
def test_a_delay_that_no_run_can_wait_is_an_error(rule, seconds):
    with pytest.raises(SiteUnreachableError, match=f"{seconds} s between two requests"):
        fetched(b"User-agent: *\n" + rule)


@pytest.mark.parametrize(
    "reason",
    [
        Reason.NOT_FOUND, Reason.GONE, Reason.FORBIDDEN, Reason.CLIENT_ERROR,
        Reason.TOO_MANY_REDIRECTS,
    ],
)  # fmt: skip
def test_where_there_is_none_everything_is_allowed(reason):
    assert refused(reason).allows(STORY)


@pytest.mark.parametrize(
    "reason",
    [
        Reason.SERVER_ERROR, Reason.RATE_LIMITED, Reason.NO_CONNECTION, Reason.TIMED_OUT,
        Reason.BROKEN_TRANSFER, Reason.TOO_LARGE, Reason.REDIRECTED_AWAY,
    ],
)  # fmt: skip
def test_if_it_cannot_be_read_nothing_is_requested(reason):
    with pytest.raises(SiteUnreachableError, match=r"menafn\.com can't be.*status 599.*Check"):
        refused(reason)


def test_one_that_cannot_be_decoded_counts_as_not_read():
    with pytest.raises(SiteUnreachableError, match="damaged coding"):
        fetched(b"User-agent: *", (b"Content-Encoding", b"gzip"))


@pytest.mark.parametrize(
    "body",
    [b"", b"\xef\xbb\xbfUser-agent: *\nAllow: /", b"<html>not found</html>", b"\xff\0\x1b" * 99],
)
def test_one_without_rules_allows_everything(body):
    assert fetched(body).allows(STORY)


@pytest.mark.timeout(10)
def test_a_hostile_pattern_is_matched_fast():
    pattern = "/" + "*a" * 50_000 + "$"
    started = time.process_time()
    assert fetched(f"User-agent: *\nDisallow: {pattern}".encode()).allows(STORY + "a" * 3000)
    assert time.process_time() - started < 1
