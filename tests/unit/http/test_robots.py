"""robots.txt: what each response to requesting it means."""

import gzip
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


NEITHER = "User-agent: *\nDisallow: /rss/\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "User-agent: Wirehouse", "user-agent:WIREHOUSE", "User-agent: Wirehouse/0.1",
        "User-agent: wirehouse/9.9 (any)", "User-agent: Wirehouse 0.1 # us", "Useragent : Wirehouse",
        "User-agent: other\nUser-agent: Wirehouse", "User-agent: Wirehouse\nUser-agent: other",
        "User-agent: Wirehouse\nCrawl-delay: 1\n\nUser-agent: x\nDisallow: /\nUser-agent: wirehouse",
    ],
)  # fmt: skip
def test_our_group_is_found_by_the_product_token(line):
    found = rules(f"{NEITHER}{line}\nDisallow: /1109916091/")
    assert not found.allows(STORY)
    assert found.allows("https://menafn.com/rss/menafn_Iraq.xml")


@pytest.mark.parametrize(
    "name",
    ["desk", "mailto", "example", "invalid", "desk@example.invalid", "wire", "house", "Wirehouse-News",
     "Wirehouse_2", "0.1.0", "wirehousebot", "a Wirehouse", "*wirehouse", "/", "", "(+mailto:desk"],
)  # fmt: skip
def test_no_other_word_selects_a_group(name):
    found = rules(f"{NEITHER}User-agent: {name}\nDisallow: /1109916091/")
    assert found.allows(STORY)
    assert not found.allows("https://menafn.com/rss/menafn_Iraq.xml")


@pytest.mark.parametrize("agent", ["Desk-Reader_x", "desk-reader_x/2 (+https://a.example)"])
def test_the_token_is_that_of_the_setting(agent):
    text = "User-agent: Wirehouse\nDisallow: /\n\nUser-agent: Desk-Reader_X\nDisallow: /rss/"
    assert RobotsRules(text, agent).allows(STORY)
    assert not RobotsRules(text, agent).allows("https://menafn.com/rss/a.xml")
    assert not RobotsRules("User-agent: *\nDisallow: /", "(no token)").allows(STORY)
    assert RobotsRules("User-agent: 123\nDisallow: /", "456/1").allows(STORY)


def test_groups_of_one_agent_are_merged():
    found = rules(
        "User-agent: wirehouse\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
        "User-agent: Wirehouse/2\nDisallow: /b\nCrawl-delay: 3\n"
    )
    assert [found.allows(f"https://menafn.com/{one}") for one in "abc"] == [False, False, True]
    assert found.delay_seconds == 3


RULES = "User-agent: *\nDisallow: /1109916091/\n"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_any_unicode_encoding_is_read(charset):
    assert not fetched(RULES.encode(charset)).allows(STORY)


@pytest.mark.parametrize("coding", [None, b"gzip", b"none"])
def test_of_a_long_one_the_first_500_kib_count(coding):
    filler = f"Disallow: /x{'y' * 88}\n"
    text = RULES + filler * 6000 + "Disallow: /rss/"
    body = gzip.compress(text.encode()) if coding == b"gzip" else text.encode()
    found = fetched(body, *([(b"Content-Encoding", coding)] if coding else []))
    assert not found.allows(STORY)
    assert found.allows("https://menafn.com/rss/a.xml"), "it stands behind the limit"


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
