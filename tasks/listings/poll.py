"""Polls the site's feeds, and its listing pages or JSON interface, for the stories they list."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from tasks.core.calendar import parse_feed_time
from tasks.core.charset import decode
from tasks.core.content_encoding import decode_body
from tasks.core.errors import SiteUnreachableError
from tasks.core.listings import feed_addresses, listing_addresses
from tasks.core.mobile_api import read_section, story_of
from tasks.core.parquet import write_records
from tasks.core.records import (
    NOT_MODIFIED,
    Capture,
    FeedPoll,
    FetchFailure,
    FetchResult,
    ListingEntry,
    Response,
    Validators,
)
from tasks.core.rejects import PageRefusedError, Reason, Reject, Stage, plain_line
from tasks.core.run import Run
from tasks.core.settings import JSON
from tasks.core.staging import staged_folder
from tasks.core.urls import StoryAddress, canonical_url, parse_story, section_name
from tasks.listings.html_pages import read_listing
from tasks.listings.rss import read_feed

_MAX_LINK_CHARS = 1000
MAX_STORIES = 10_000  # of one feed or page, which shows some fifty
_MAX_LINK_REJECTS = 100  # of one feed or page
_FOREIGN = FetchFailure(reason=Reason.FOREIGN_HOST, detail="an item's link is not the site's")
_NO_STORY = FetchFailure(reason=Reason.NO_STORY_ID, detail="an item's link names no story")

_Page = TypeVar("_Page")
_ListPage = tuple[set[int], str | None]  # the ids of its stories, the address of the next page


class SiteClient(Protocol):
    """What a poll needs of a client: see `tasks.http.client.Client`."""

    robots: FetchResult | None

    async def request(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> FetchResult:
        """The result of requesting an address."""


@dataclass(slots=True, kw_only=True)
class DiscoveryResult:
    """What a poll of the site brings."""

    run_id: str
    entries: dict[tuple[int, str], ListingEntry] = field(default_factory=dict)  # story, listing
    polls: list[FeedPoll] = field(default_factory=list)  # of feeds that showed stories
    # For the next poll; also says which listings showed stories or have not changed.
    validators: list[Validators] = field(default_factory=list)
    rejects: dict[tuple[str, Reason], Reject] = field(default_factory=dict)  # address, reason
    error: SiteUnreachableError | None = None  # why nothing could be requested

    def reject(self, url: str, failure: FetchFailure) -> None:
        """Add what can't be used, once for each reason."""
        record = failure.reject(url=url, article_id=None, stage=Stage.DISCOVER, run_id=self.run_id)
        self.rejects.setdefault((url, failure.reason), record)

    def stage(
        self, path: Path, captures: list[Capture], *, unanswered: Collection[str] = ()
    ) -> None:
        """Write it as one batch with its captures, which are on disk already.

        Rejects have the time of the newest response, as when the archive is replayed. A replay
        names the addresses that the archive has no response of: nothing can be said of those.
        """
        newest = max((one.fetched_at for one in captures), default=datetime.now(UTC))
        rejects = [
            replace(one, rejected_at=newest)
            for one in self.rejects.values()
            if one.url not in unanswered
        ]
        with staged_folder(path) as folder:
            write_records(folder / "captures.parquet", captures, Capture)
            write_records(
                folder / "listing_entries.parquet", list(self.entries.values()), ListingEntry
            )
            write_records(folder / "feed_polls.parquet", self.polls, FeedPoll)
            write_records(folder / "listing_validators.parquet", self.validators, Validators)
            write_records(folder / "rejects.parquet", rejects, Reject)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingResponse:
    """A feed, listing page or section: its address, its capture and its decoded body."""

    url: str
    capture: Capture
    body: bytes


async def poll_site(
    run: Run, client: SiteClient, held: Iterable[Validators], due: Collection[str] | None = None
) -> DiscoveryResult:
    """Poll the feeds and listings of the run's settings, as many at once as the limits allow.

    With `due` only those whose addresses, of a listing that of its first page, are among them.
    """
    poll = _Poll(run, client, held)
    feeds, lists = feed_addresses(run.settings), listing_addresses(run.settings)
    read_page = poll.add_section if run.settings.interface == JSON else poll.add_listing
    try:
        async with asyncio.TaskGroup() as group:
            for url in feeds:
                if due is None or url in due:
                    group.create_task(poll.read(url, poll.add_feed))
            for url in lists:
                if due is None or url in due:
                    group.create_task(poll.follow_list(url, read_page))
    except BaseExceptionGroup as failures:
        error = failures.exceptions[0]
        if not isinstance(error, SiteUnreachableError):
            raise error from failures
        poll.result.error = error
        if client.robots is not None and client.robots.failure is not None:
            poll.result.reject(client.robots.url, client.robots.failure)
    return poll.result


class _Poll:
    def __init__(self, run: Run, client: SiteClient, held: Iterable[Validators]) -> None:
        self.result = DiscoveryResult(run_id=run.run_id)
        self._settings = run.settings
        self._client = client
        self._held = {validators.url: validators for validators in held}
        self._truncated: set[str] = set()
        self._shown: Counter[str] = Counter()  # stories of each listing
        self._rejected_links: Counter[str] = Counter()

    async def read(self, url: str, read: Callable[[ListingResponse], _Page]) -> _Page | None:
        """What a reader makes of a listing; `None` where it can't be used or hasn't changed."""
        held = self._held.get(url)
        result = await self._client.request(
            url,
            etag=held.etag if held else None,
            last_modified=held.last_modified if held else None,
        )
        if result.response is None:
            assert result.failure is not None
            self.result.reject(url, result.failure)
            return None
        response = result.response
        if response.status == NOT_MODIFIED:
            self.result.validators.append(_validators(url, response, held))
            return None
        shown_before = len(self.result.entries)
        try:
            coding = response.header("content-encoding")
            body = decode_body(response.body, coding, limit=self._settings.max_body_bytes)
            page = read(ListingResponse(url=url, capture=result.captures[-1], body=body))
        except PageRefusedError as error:
            self.result.reject(url, FetchFailure(reason=error.reason, detail=error.detail))
            return None
        # A page without a story may be a captcha, and one that was cut off hides the rest: the next
        # request must not be answered by "not modified".
        if len(self.result.entries) > shown_before and url not in self._truncated:
            self.result.validators.append(_validators(url, response))
        return page

    async def follow_list(
        self, first_url: str, read_page: Callable[[ListingResponse], _ListPage]
    ) -> None:
        """Read a list page by page, as long as each shows stories that none before it did."""
        url: str | None = first_url
        seen: set[int] = set()
        for _ in range(self._settings.listing_pages):
            page = await self.read(url, read_page) if url is not None else None
            if page is None or page[0] <= seen:
                return
            article_ids, url = page
            seen |= article_ids

    def add_feed(self, feed: ListingResponse) -> None:
        """Add the stories of a feed; a `PageRefusedError` where its items name none."""
        shown: set[int] = set()
        content = read_feed(feed.body, feed.capture.content_type)
        if content.is_truncated:
            self._truncated.add(feed.url)
        for item in content.items:
            addresses = (
                parse_story(link, page=feed.url, base_url=self._settings.base_url)
                for link in item.links
            )
            story = next(filter(None, addresses), None)
            if story is None:
                self._reject_link(item.links[0], page=feed.url)
            else:
                shown.add(self._add(feed, story, item.title, item.published))
        if shown:
            poll = FeedPoll(
                feed_url=feed.url,
                polled_at=feed.capture.fetched_at,
                article_ids=tuple(
                    sorted(one for one in shown if (one, feed.url) in self.result.entries)
                ),
                repair=content.repair,
                capture_id=feed.capture.capture_id,
                run_id=self.result.run_id,
            )
            self.result.polls.append(poll)
        elif content.items:
            detail = f"none of its {len(content.items)} items names a story"
            raise PageRefusedError(Reason.NO_STORY_ID, detail)

    def add_listing(self, listing: ListingResponse) -> _ListPage:
        """Add the stories of a listing page; links that are no stories are part of any page."""
        base_url, url = self._settings.base_url, listing.url
        content_type = listing.capture.content_type
        page = read_listing(listing.body, content_type, url=url, base_url=base_url)
        stories = [
            (parse_story(link.href, page=url, base_url=base_url), link) for link in page.links
        ]
        shown = {self._add(listing, story, link.text) for story, link in stories if story}
        return shown, page.next_url

    def add_section(self, section: ListingResponse) -> _ListPage:
        """Add the stories of a section's page in the JSON interface; its address counts pages."""
        shown: set[int] = set()
        for item in read_section(decode(section.body, section.capture.content_type)):
            story = story_of(item, page=section.url, base_url=self._settings.base_url)
            if story is not None:
                shown.add(self._add(section, story, item.title, item.published))
            elif item.article_id is None and item.link:
                self._reject_link(item.link, page=section.url)
            else:
                links = f"item {item.article_id} links {item.link}" if item.link else ""
                detail = links or "an item has no id"
                failure = FetchFailure(reason=Reason.NO_STORY_ID, detail=detail)
                self.result.reject(section.url, failure)
        address, _, number = section.url.rpartition("-")
        return shown, f"{address}-{int(number) + 1}"

    def _add(
        self,
        listing: ListingResponse,
        story: StoryAddress,
        title: str | None,
        published: str | None = None,
    ) -> int:
        """Add that a listing shows a story, whose id is returned.

        A second entry there only fills what the first lacks, its slug among it. A listing of more
        than `MAX_STORIES` is cut, which is a reject.
        """
        key = (story.article_id, listing.url)
        if key not in self.result.entries:
            self._shown[listing.url] += 1
        if self._shown[listing.url] > MAX_STORIES:
            detail = f"more than {MAX_STORIES} stories; the rest is left out"
            failure = FetchFailure(reason=Reason.TOO_LARGE, detail=detail)
            self.result.reject(listing.url, failure)
            return story.article_id
        entry = ListingEntry(
            article_id=story.article_id,
            url=story.url,
            listing_url=listing.url,
            section=section_name(listing.url),
            title=title or None,
            published_at=parse_feed_time(published, self._settings.zone) if published else None,
            seen_at=listing.capture.fetched_at,
            capture_id=listing.capture.capture_id,
            run_id=self.result.run_id,
        )
        first = self.result.entries.setdefault(key, entry)
        self.result.entries[key] = replace(
            first,
            url=entry.url if first.url.endswith("/") else first.url,
            title=first.title or entry.title,
            published_at=first.published_at or entry.published_at,
        )
        return story.article_id

    def _reject_link(self, link: str, *, page: str) -> None:
        self._rejected_links[page] += 1
        if self._rejected_links[page] > _MAX_LINK_REJECTS:
            return
        url = canonical_url(link, page=page, base_url=self._settings.base_url)
        if url is None:
            self.result.reject(plain_line(link)[:_MAX_LINK_CHARS], _FOREIGN)
        else:
            self.result.reject(url, _NO_STORY)


def _validators(url: str, response: Response, held: Validators | None = None) -> Validators:
    """What to send next time; those held stay in force where a response repeats none."""
    return Validators(
        url=url,
        etag=response.header("etag") or (held.etag if held else None),
        last_modified=response.header("last-modified") or (held.last_modified if held else None),
        checked_at=response.fetched_at,
    )
