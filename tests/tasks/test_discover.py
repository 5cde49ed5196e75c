"""Discovery over real HTTP: what feeds and listings say, and what is refused."""

import shutil
import time
from datetime import UTC, datetime

import pytest

from tasks.archive.reader import read_response
from tasks.core.errors import SettingsError, WireUnreachableError
from tasks.core.parquet import read_records
from tasks.core.records import Capture, FeedPoll, ListingEntry, Validators
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.staging import complete_batches
from tests.tasks.stages import ORIGIN, Record, StagedSite, feed, listing, respond

FEED, OTHER_FEED = "/rss/menafn_Kuwait.xml", "/rss/menafn_Iraq.xml"
LISTING = "/qn_country.aspx?country=SA&src=header"
STORY = f"{ORIGIN}/1109916091/Harbour-Talks-Resume"


class Site(StagedSite):
    """A site with a feed and a listing, and what was staged of it."""

    def staged(self, name: str, kind: type[Record]) -> list[Record]:
        (folder,) = complete_batches(self.paths.staged)
        return read_records(folder / f"{name}.parquet", kind)

    @property
    def entries(self) -> list[ListingEntry]:
        return self.staged("listing_entries", ListingEntry)

    @property
    def captures(self) -> list[Capture]:
        return self.staged("captures", Capture)

    @property
    def rejects(self) -> dict[str, Reason]:
        rejects = self.staged("rejects", Reject)
        assert all(reject.stage is Stage.DISCOVER for reject in rejects)
        return {reject.url: Reason(reject.reason) for reject in rejects}

    @property
    def validators(self) -> dict[str, Validators]:
        return {one.url: one for one in self.staged("listing_validators", Validators)}

    def load(self) -> None:
        super().load()
        shutil.rmtree(self.paths.staged)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path, feeds=(FEED,), listings=(LISTING,))


def test_a_feed_and_a_listing_give_entries(site):
    site.pages = {
        FEED: feed((f"{STORY}?src=RSS", "Talks", "Mon, 23 Nov 2026 17:00:00 GMT")),
        LISTING: listing("/1109916092/Second"),
    }
    batch = site.discover()
    by_id = {entry.article_id: entry for entry in site.entries}
    assert batch.count == 2
    first = by_id[1109916091]
    assert (first.url, first.listing_url, first.section) == (STORY, ORIGIN + FEED, "Kuwait")
    # The feed's clock is that of New York, whatever zone it prints.
    assert first.published_at == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    second = by_id[1109916092]
    assert (second.title, second.section, second.published_at) == ("Title of d", "SA", None)


def test_every_answer_is_archived_and_has_its_capture(site):
    site.pages = {FEED: feed((STORY, "Talks", ""))}
    site.discover()
    assert {(one.url, one.status) for one in site.captures} == {
        (f"{ORIGIN}/robots.txt", 404),
        (ORIGIN + FEED, 200),
        (ORIGIN + LISTING, 404),
    }
    (capture,) = (one for one in site.captures if one.url == ORIGIN + FEED)
    response = read_response(site.folder / capture.warc_path, capture.warc_offset, limit=10_000)
    assert response.body == site.pages[FEED].body
    assert {entry.capture_id for entry in site.entries} == {capture.capture_id}


def test_what_each_feed_showed_is_noted_and_of_listings_nothing(site):
    site.pages = {
        FEED: feed(
            (f"{ORIGIN}/1109916093/x", "", ""), (STORY, "", ""), (f"{STORY}?src=RSS", "", "")
        ),
        OTHER_FEED: feed(),
        LISTING: listing("/1109916092/Second"),
    }
    site.discover(feeds=(FEED, OTHER_FEED))
    (poll,) = site.staged("feed_polls", FeedPoll)
    (capture,) = (one for one in site.captures if one.url == ORIGIN + FEED)
    assert (poll.feed_url, poll.article_ids) == (ORIGIN + FEED, (1109916091, 1109916093))
    assert (poll.capture_id, poll.polled_at) == (capture.capture_id, capture.fetched_at)


def test_one_story_in_one_feed_is_one_entry(site):
    site.pages = {
        FEED: feed(
            (f"{ORIGIN}/1109916091/", "", "2026-11-23 17:00:00"),
            (f"{STORY}?Social=on", "Talks #Harbour #Talks", "2026-11-23 18:00:00"),
            (STORY, "Other words", ""),
        )
    }
    site.discover()
    (entry,) = site.entries
    assert (entry.url, entry.title) == (STORY, "Talks")
    assert entry.published_at == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


def test_one_story_in_two_feeds_is_two_entries_of_one_story(site):
    site.pages = {path: feed((STORY, "Talks", "")) for path in (FEED, OTHER_FEED)}
    assert site.discover(feeds=(FEED, OTHER_FEED)).count == 1
    assert {entry.section for entry in site.entries} == {"Kuwait", "Iraq"}


def test_a_link_that_is_no_story_is_rejected_once(site):
    links = (
        f"{ORIGIN}/pr/index.aspx",
        "https://evil.example/1109916091/x",
        f"{ORIGIN}/pr/index.aspx",
    )
    site.pages = {FEED: feed(*((link, "x", "") for link in links)), LISTING: listing("/about.aspx")}
    site.discover()
    assert site.rejects == {
        f"{ORIGIN}/pr/index.aspx": Reason.NO_STORY_ID,
        "https://evil.example/1109916091/x": Reason.FOREIGN_HOST,
    }


@pytest.mark.parametrize(
    ("path", "response", "reason"),
    [
        (FEED, respond("<html><body>Sorry!!</body></html>"), Reason.NOT_A_FEED),
        (FEED, respond(""), Reason.EMPTY_BODY),
        (FEED, respond("x", Content_Encoding="br"), Reason.UNSUPPORTED_ENCODING),
        (FEED, respond("x", Content_Encoding="gzip"), Reason.BROKEN_TRANSFER),
        (FEED, respond("x" * 200_000), Reason.TOO_LARGE),
        (FEED, respond("", status=503), Reason.SERVER_ERROR),
        (FEED, respond("", status=302, Location="https://evil.example/"), Reason.REDIRECTED_AWAY),
        (LISTING, respond('{"stories": []}'), Reason.NOT_HTML),
        (LISTING, respond("", status=410), Reason.GONE),
    ],
)
def test_a_listing_that_cannot_be_used_is_a_reject_and_spoils_nothing(site, path, response, reason):
    site.pages = {FEED: feed((STORY, "x", "")), LISTING: listing("/1109916092/Second")} | {
        path: response
    }
    site.discover(max_body_mb=0.1)
    assert site.rejects == {ORIGIN + path: reason}
    assert len(site.entries) == 1
    assert ORIGIN + path not in site.validators


def test_listing_pages_are_followed_up_to_the_limit(site):
    pages = [LISTING, *(f"{LISTING}&page={number}" for number in (2, 3, 4))]
    for number, path in enumerate(pages):
        site.pages[path] = listing(
            f"/110991609{number}/x", following=f"{LISTING}&page={number + 2}"
        )
    assert site.discover(listing_pages=3).count == 3
    assert [path for path, _ in site.requested if "country" in path] == pages[:3]


def test_a_page_that_shows_nothing_new_is_the_last(site):
    site.pages = {
        LISTING: listing("/1109916091/x", "/1109916092/x", following=f"{LISTING}&page=2"),
        f"{LISTING}&page=2": listing("/1109916092/x", following=f"{LISTING}&page=3"),
    }
    site.discover(listing_pages=9)
    assert f"{LISTING}&page=3" not in dict(site.requested)


def test_what_the_listings_sent_is_sent_back_next_time(site):
    site.pages = {FEED: feed((STORY, "x", "")), LISTING: listing("/1109916092/x", following="/p2")}
    site.discover()
    held = site.validators
    assert held[ORIGIN + FEED].etag == '"f1"'
    assert held[ORIGIN + FEED].last_modified == "Mon, 23 Nov 2026 22:00:00 GMT"
    site.load()
    assert site.discover().count == 0
    assert dict(site.requested)[FEED] == 304
    # The list has not changed, so there is no need to look further down.
    assert "/p2" not in dict(site.requested)
    assert site.rejects == {}
    again = site.validators
    assert {url: one.etag for url, one in again.items()} == {
        url: one.etag for url, one in held.items()
    }
    assert again[ORIGIN + FEED].checked_at > held[ORIGIN + FEED].checked_at


def test_a_changed_listing_is_read_again(site):
    site.pages = {LISTING: listing("/1109916092/x")}
    site.discover()
    site.load()
    site.pages = {LISTING: listing("/1109916093/x", tag='"l2"')}
    assert site.discover().count == 1


def test_what_robots_forbids_is_not_asked_for(site):
    site.pages = {
        "/robots.txt": respond("User-agent: *\nDisallow: /rss/\nDisallow: /moved"),
        LISTING: respond("", status=302, Location="/moved"),
    }
    site.discover()
    assert site.rejects == {
        ORIGIN + FEED: Reason.ROBOTS_FORBIDS,
        ORIGIN + LISTING: Reason.ROBOTS_FORBIDS,
    }
    assert [path for path, _ in site.requested] == ["/robots.txt", LISTING]


def test_the_crawl_delay_is_kept(site):
    site.pages = {"/robots.txt": respond("User-agent: *\nCrawl-delay: 0.2")}
    started = time.monotonic()
    site.discover()
    assert time.monotonic() - started >= 0.2


def test_without_robots_nothing_is_asked_for_and_what_was_answered_is_staged(site):
    site.pages = {"/robots.txt": respond("", status=503)}
    with pytest.raises(WireUnreachableError, match=r"http://127\.0\.0\.1.*status 503"):
        site.discover()
    assert len(site.requested) == 1
    assert [capture.status for capture in site.captures] == [503]
    assert site.rejects == {f"{ORIGIN}/robots.txt": Reason.SERVER_ERROR}


def test_a_wire_that_is_down_is_told_with_its_address(site):
    with pytest.raises(WireUnreachableError, match=r"http://127\.0\.0\.1:9 can't be crawled"):
        site.discover(base_url="http://127.0.0.1:9")


@pytest.mark.parametrize("name", ["feeds", "listings"])
def test_a_setting_that_is_not_on_the_wire_is_named(site, name):
    with pytest.raises(SettingsError, match=f"WIREHOUSE_{name.upper()} names 'https://evil"):
        site.discover(**{name: ("https://evil.example/rss.xml",)})
    assert site.requested == []
