"""Discovery over real HTTP: what feeds and listings show, and what is refused."""

import shutil
import time
from datetime import UTC, datetime

import pytest

from tasks.archive.reader import read_response
from tasks.core.errors import SettingsError, SiteUnreachableError
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
def site(data_dir):
    return Site(data_dir, feeds=(FEED,), listings=(LISTING,))


def test_a_feed_and_a_listing_give_entries_and_their_responses_captures(site):
    site.pages = {
        FEED: feed((f"{STORY}?src=RSS", "Talks", "Mon, 23 Nov 2026 17:00:00 GMT")),
        LISTING: listing("/1109916092/Second"),
    }
    batch = site.discover()
    by_id = {entry.article_id: entry for entry in site.entries}
    assert batch.count == 2
    first = by_id[1109916091]
    assert (first.url, first.listing_url, first.section) == (STORY, ORIGIN + FEED, "Kuwait")
    captures = {one.url.removeprefix(ORIGIN): one for one in site.captures}
    statuses = {path: capture.status for path, capture in captures.items()}
    assert statuses == {"/robots.txt": 404, FEED: 200, LISTING: 200}
    capture = captures[FEED]
    response = read_response(site.folder / capture.warc_path, capture.warc_offset, limit=10_000)
    assert response.body == site.pages[FEED].body
    assert first.capture_id == capture.capture_id
    # The feed's clock is that of New York, whatever zone it prints.
    assert first.published_at == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    second = by_id[1109916092]
    assert (second.title, second.section, second.published_at) == ("Title of d", "SA", None)


def test_a_feeds_poll_has_the_ids_that_it_showed(site):
    links = (f"{ORIGIN}/1109916093/x", STORY, f"{STORY}?src=RSS")
    site.pages = {
        FEED: feed(*((link, "", "") for link in links)),
        OTHER_FEED: feed(),
        LISTING: listing("/1109916092/Second"),
    }
    site.discover(feeds=(FEED, OTHER_FEED))
    (poll,) = site.staged("feed_polls", FeedPoll)
    (capture,) = (one for one in site.captures if one.url == ORIGIN + FEED)
    assert (poll.feed_url, poll.article_ids) == (ORIGIN + FEED, (1109916091, 1109916093))
    assert (poll.capture_id, poll.polled_at) == (capture.capture_id, capture.fetched_at)


def test_a_repaired_feed_is_noted_on_its_poll_and_a_truncated_one_is_read_again(site):
    whole = feed((STORY, "Talks", ""))
    flawed = whole.body.replace(b"Talks", b"Talks &nbsp; Go")
    site.pages = {
        FEED: respond(flawed, ETag="1"),
        OTHER_FEED: respond(whole.body.removesuffix(b"</rss>"), ETag="2"),
    }
    site.discover(feeds=(FEED, OTHER_FEED))
    repairs = {poll.feed_url: poll.repair for poll in site.staged("feed_polls", FeedPoll)}
    assert repairs[ORIGIN + FEED].startswith("not well-formed (undefined entity")
    assert repairs[ORIGIN + OTHER_FEED].startswith("truncated")
    assert site.validators.keys() == {ORIGIN + FEED}


def test_a_feed_whose_items_name_no_story_is_rejected_and_keeps_no_validators(site):
    body = feed(("https://tracker.example/1", "x", "")).body
    site.pages = {FEED: respond(body, ETag='"1"')}
    site.discover()
    assert site.rejects[ORIGIN + FEED] is Reason.NO_STORY_ID
    assert ORIGIN + FEED not in site.validators


def test_the_story_is_taken_from_the_address_that_names_one(site):
    item = f"<item><link>https://tracker.example/1</link><guid>{STORY}</guid></item>"
    site.pages = {FEED: respond(f"<rss><channel>{item}</channel></rss>")}
    site.discover()
    assert [entry.url for entry in site.entries] == [STORY]
    assert ORIGIN + FEED not in site.rejects


def test_one_story_has_one_entry_in_each_feed(site):
    items = (
        (f"{ORIGIN}/1109916091/", "", "2026-11-23 17:00:00"),
        (f"{STORY}?Social=on", "Talks #Harbour #Talks", "2026-11-23 18:00:00"),
        (STORY, "Other words", ""),
    )
    site.pages = {FEED: feed(*items), OTHER_FEED: feed((STORY, "Talks", ""))}
    assert site.discover(feeds=(FEED, OTHER_FEED)).count == 1
    entry, other = sorted(site.entries, key=lambda one: one.section, reverse=True)
    assert (entry.section, entry.url, entry.title) == ("Kuwait", STORY, "Talks")
    assert entry.published_at == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    assert (other.section, other.published_at) == ("Iraq", None)


def test_a_link_that_is_no_story_is_rejected_once(site):
    links = (f"{ORIGIN}/pr/index.aspx", "https://evil.example/1109916091/x") * 2
    site.pages = {FEED: feed(*((link, "x", "") for link in links)), LISTING: listing("/about.aspx")}
    site.discover()
    assert site.rejects == {
        ORIGIN + FEED: Reason.NO_STORY_ID,
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
def test_a_listing_that_cannot_be_used_is_a_reject_and_the_others_are_read(
    site, path, response, reason
):
    site.pages = {FEED: feed((STORY, "x", "")), LISTING: listing("/1109916092/Second")}
    site.pages[path] = response
    site.discover(max_body_mb=0.1)
    assert site.rejects == {ORIGIN + path: reason}
    assert len(site.entries) == 1
    assert ORIGIN + path not in site.validators


def test_listing_pages_are_followed_to_the_limit_or_to_one_without_a_new_story(site):
    pages = [LISTING, *(f"{LISTING}&page={number}" for number in (2, 3, 4, 5))]
    for page, path, number in zip(pages, pages[1:], (0, 1, 2, 2), strict=False):
        site.pages[page] = listing(f"/110991609{number}/x", following=path)
    for limit, expected in ((2, 2), (9, 4)):
        site.discover(listing_pages=limit)
        assert [path for path, _ in site.requested if "country" in path] == pages[:expected]


def test_the_validators_of_a_listing_are_sent_with_the_next_request(site):
    site.pages = {FEED: feed((STORY, "x", "")), LISTING: listing("/1109916092/x", following="/p2")}
    site.discover()
    held = site.validators
    assert held[ORIGIN + FEED].etag == '"f1"'
    assert held[ORIGIN + FEED].last_modified == "Mon, 23 Nov 2026 22:00:00 GMT"
    site.load()
    assert site.discover().count == 0
    assert dict(site.requested)[FEED] == 304
    assert "/p2" not in dict(site.requested), "the list has not changed"
    assert site.rejects == {}
    again = site.validators
    assert [(url, one.etag) for url, one in sorted(again.items())] == [
        (url, one.etag) for url, one in sorted(held.items())
    ]
    assert again[ORIGIN + FEED].checked_at > held[ORIGIN + FEED].checked_at
    site.load()
    site.pages[LISTING] = listing("/1109916093/x", tag='"l2"')
    assert site.discover().count == 1


def test_the_crawl_delay_is_kept(site):
    site.pages = {"/robots.txt": respond("User-agent: *\nCrawl-delay: 0.2")}
    started = time.monotonic()
    site.discover()
    assert time.monotonic() - started >= 0.2


def test_without_robots_txt_nothing_is_requested_and_its_response_is_staged(site):
    site.pages = {"/robots.txt": respond("", status=503)}
    with pytest.raises(SiteUnreachableError, match=r"http://127\.0\.0\.1.*status 503"):
        site.discover()
    assert len(site.requested) == 1
    assert [capture.status for capture in site.captures] == [503]
    assert site.rejects == {f"{ORIGIN}/robots.txt": Reason.SERVER_ERROR}


@pytest.mark.parametrize("name", ["feeds", "listings"])
def test_a_setting_that_is_not_on_the_site_is_named(site, name):
    with pytest.raises(SettingsError, match=f"WIREHOUSE_{name.upper()} names 'https://evil"):
        site.discover(**{name: ("https://evil.example/rss.xml",)})
    assert site.requested == []


def test_a_feed_of_more_stories_than_any_real_one_is_cut_and_others_are_whole(site, monkeypatch):
    monkeypatch.setattr("tasks.listings.poll.MAX_STORIES", 50)
    flood = [(f"/{1111900000 + number}/x", "Talks", "") for number in range(400)]
    site.pages = {FEED: feed(*flood), LISTING: listing("/1109916092/Second")}
    assert site.discover().count == 51
    (poll,) = site.staged("feed_polls", FeedPoll)
    assert len(poll.article_ids) == 50
    assert site.rejects == {ORIGIN + FEED: Reason.TOO_LARGE}


def test_a_feed_of_nothing_but_foreign_links_fills_no_table(site):
    links = [(f"https://elsewhere.example/{number}", "Talks", "") for number in range(400)]
    site.pages = {FEED: feed((STORY, "Talks", ""), *links), LISTING: listing("/1109916092/x")}
    assert site.discover().count == 2
    assert len(site.rejects) == 100
