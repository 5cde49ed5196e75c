"""Asks the wire's feeds, and its listing pages or JSON interface, what stories there are.

This module stands beside the verb `discover` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tasks.core.calendar import parse_feed_time
from tasks.core.charset import decode
from tasks.core.content_encoding import decode_body
from tasks.core.errors import SettingsError, WireUnreachableError
from tasks.core.mobile_api import SectionItem, read_section, story_of
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
from tasks.core.settings import JSON, Settings, without_credentials
from tasks.core.urls import (
    StoryAddress,
    canonical_url,
    interface_section_url,
    parse_story,
    section_name,
)
from tasks.http.client import Veto, follow_all
from tasks.http.rate_limit import Pace
from tasks.http.robots import ROBOTS_URL, RobotsRules, read_rules
from tasks.listings.html_pages import read_listing
from tasks.listings.rss import read_feed

_MAX_LINK_CHARS = 1000
_FOREIGN = FetchFailure(reason=Reason.FOREIGN_HOST, detail="an item's link is not the wire's")
_NO_STORY = FetchFailure(reason=Reason.NO_STORY_ID, detail="an item's link names no story")
_FORBIDDEN = FetchFailure(reason=Reason.ROBOTS_FORBIDS, detail="robots.txt disallows it")


class DiscoveryResult:
    """What a poll of the wire brings.

    Attributes:
        captures: of every answer.
        polls: of feeds that showed stories.
        validators: for the next poll.
    """

    def __init__(self, run: Run) -> None:
        """Nothing yet."""
        self.captures: list[Capture] = []
        self.polls: list[FeedPoll] = []
        self.validators: list[Validators] = []
        self._run_id = run.run_id
        self._sightings: dict[tuple[int, str], ListingEntry] = {}
        self._rejects: dict[tuple[str, Reason], Reject] = {}

    @property
    def sightings(self) -> list[ListingEntry]:
        """Each story once for each listing that shows it."""
        return list(self._sightings.values())

    @property
    def rejects(self) -> list[Reject]:
        """Each address once for each reason."""
        return list(self._rejects.values())

    @property
    def story_count(self) -> int:
        """How many different stories were seen."""
        return len({article_id for article_id, _ in self._sightings})

    def sight(self, sighting: ListingEntry) -> None:
        """Note a story in a listing; a second mention there only fills what the first lacks."""
        key = (sighting.article_id, sighting.listing_url)
        known = self._sightings.get(key)
        self._sightings[key] = _merged(known, sighting) if known else sighting

    def reject(self, url: str, refusal: FetchFailure) -> None:
        """Note what can't be used."""
        record = refusal.reject(url=url, article_id=None, stage=Stage.DISCOVER, run_id=self._run_id)
        self._rejects.setdefault((url, refusal.reason), record)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingResponse:
    """What a listing says: its address, its answer with the capture, its body decoded."""

    url: str
    answer: Response
    capture: Capture
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The `Content-Type` header."""
        return self.answer.header("content-type")


class ListingClient(Protocol):
    """Whoever answers for the wire: its client, or the archive of an earlier run.

    Attributes:
        pace: when the next request may go out.
    """

    pace: Pace

    async def ask(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        veto: Veto = follow_all,
    ) -> FetchResult:
        """What comes of asking for an address; see `Client.ask`."""


_ReadList = Callable[[ListingResponse], tuple[set[int], str | None]]
"""Notes the stories of one page of a list; gives their ids and the address of the next page."""


class Poll:
    """Asks the feeds and listings of the settings, all at once as far as the limits allow."""

    def __init__(
        self, run: Run, wire: ListingClient, findings: DiscoveryResult, held: list[Validators]
    ) -> None:
        """Take note of where to ask and where the answers go.

        Args:
            run: the run.
            wire: who answers.
            findings: where everything found goes.
            held: validators of earlier polls.
        """
        self._run = run
        self._settings = run.settings
        self._wire = wire
        self._findings = findings
        self._held = {validators.url: validators for validators in held}
        self._rules = RobotsRules("", run.settings.user_agent)

    async def everything(self) -> None:
        """Ask for robots.txt, and then for whatever it allows.

        Raises:
            SettingsError: a feed or listing of the settings isn't on the wire.
            StorageError: an answer can't be archived.
            WireUnreachableError: robots.txt can't be had.
        """
        feeds = _addresses("feeds", self._settings.feeds, self._settings)
        listings = _addresses("listings", self._settings.listings, self._settings)
        read_list: _ReadList = self._read_listing
        if self._settings.interface == JSON:
            sections = dict.fromkeys(self._settings.sections)
            listings = [interface_section_url(section, 1) for section in sections]
            read_list = self._read_section
        self._rules = await self._ask_robots()
        self._wire.pace.slow_to(self._rules.delay_seconds)
        try:
            async with asyncio.TaskGroup() as asking:
                for url in feeds:
                    asking.create_task(self._poll_feed(url))
                for url in listings:
                    asking.create_task(self._poll_list(url, read_list))
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from failures

    async def _ask_robots(self) -> RobotsRules:
        outcome = await self._wire.ask(ROBOTS_URL)
        self._findings.captures += outcome.captures
        try:
            return read_rules(outcome, self._settings)
        except WireUnreachableError:
            if outcome.refusal is not None:
                self._findings.reject(ROBOTS_URL, outcome.refusal)
            raise

    async def _poll_feed(self, url: str) -> None:
        try:
            heard = await self._hear(url)
            items = read_feed(heard.body, heard.content_type) if heard else []
        except PageRefusedError as error:
            self._findings.reject(url, FetchFailure(reason=error.reason, detail=error.detail))
            return
        if heard is None:
            return
        shown: set[int] = set()
        for item in items:
            story = self._story(item.link, page=url)
            if story is None:
                self._reject_link(item.link, page=url)
            else:
                shown.add(self._sight(heard, story, item.title, published=item.published))
        if shown:
            self._findings.polls.append(self._poll_of(heard, shown))
        self._findings.validators.append(_validators(url, heard.answer))

    async def _poll_list(self, first_url: str, read_list: _ReadList) -> None:
        """One list, page after page, as long as each shows stories that none before it did."""
        url: str | None = first_url
        seen: set[int] = set()
        for _ in range(self._settings.listing_pages):
            if url is None:
                return
            article_ids, url = await self._poll_page(url, read_list)
            if article_ids <= seen:
                return
            seen |= article_ids

    async def _poll_page(self, url: str, read_list: _ReadList) -> tuple[set[int], str | None]:
        """One page of a list: its stories and the page after it; none if it is unchanged."""
        try:
            heard = await self._hear(url)
            if heard is None:
                return set(), None
            found = read_list(heard)
        except PageRefusedError as error:
            self._findings.reject(url, FetchFailure(reason=error.reason, detail=error.detail))
            return set(), None
        self._findings.validators.append(_validators(url, heard.answer))
        return found

    def _read_listing(self, heard: ListingResponse) -> tuple[set[int], str | None]:
        """One listing page. Links that are no stories are part of any page."""
        base_url = self._settings.base_url
        page = read_listing(heard.body, heard.content_type, url=heard.url, base_url=base_url)
        told = [(self._story(link.href, page=heard.url), link) for link in page.links]
        sighted = [self._sight(heard, story, link.text) for story, link in told if story]
        return set(sighted), page.next_url

    def _read_section(self, heard: ListingResponse) -> tuple[set[int], str | None]:
        """One page of a section of the JSON interface; its address counts the pages."""
        sighted = set()
        for item in read_section(decode(heard.body, heard.content_type)):
            story = story_of(item, page=heard.url, base_url=self._settings.base_url)
            if story is None:
                self._reject_item(item, page=heard.url)
            else:
                sighted.add(self._sight(heard, story, item.title, published=item.published))
        address, _, number = heard.url.rpartition("-")
        return sighted, f"{address}-{int(number) + 1}"

    async def _hear(self, url: str) -> ListingResponse | None:
        """What a listing says now; `None` where it says that nothing has changed.

        Raises:
            PageRefusedError: it can't be asked, gave no answer to use, or one that can't be
                decoded.
        """
        _raise(self._veto(url))
        held = self._held.get(url)
        outcome = await self._wire.ask(
            url,
            etag=held.etag if held else None,
            last_modified=held.last_modified if held else None,
            veto=self._veto,
        )
        self._findings.captures += outcome.captures
        _raise(outcome.refusal)
        assert outcome.answer is not None
        answer = outcome.answer
        if answer.status == NOT_MODIFIED:
            self._findings.validators.append(_validators(url, answer, held))
            return None
        coding = answer.header("content-encoding")
        body = decode_body(answer.body, coding, limit=self._settings.max_body_bytes)
        return ListingResponse(url=url, answer=answer, capture=outcome.captures[-1], body=body)

    def _veto(self, url: str) -> FetchFailure | None:
        return None if self._rules.allows(url) else _FORBIDDEN

    def _story(self, link: str, *, page: str) -> StoryAddress | None:
        return parse_story(link, page=page, base_url=self._settings.base_url)

    def _sight(
        self,
        heard: ListingResponse,
        story: StoryAddress,
        title: str | None,
        *,
        published: str | None = None,
    ) -> int:
        """Notes that a listing shows a story; gives its id."""
        zone = self._settings.zone
        self._findings.sight(
            ListingEntry(
                article_id=story.article_id,
                url=story.url,
                listing_url=heard.url,
                section=section_name(heard.url),
                title=title or None,
                published_at=parse_feed_time(published, zone) if published else None,
                seen_at=heard.capture.fetched_at,
                capture_id=heard.capture.capture_id,
                run_id=self._run.run_id,
            )
        )
        return story.article_id

    def _poll_of(self, heard: ListingResponse, shown: set[int]) -> FeedPoll:
        return FeedPoll(
            feed_url=heard.url,
            polled_at=heard.capture.fetched_at,
            article_ids=tuple(sorted(shown)),
            capture_id=heard.capture.capture_id,
            run_id=self._run.run_id,
        )

    def _reject_item(self, item: SectionItem, *, page: str) -> None:
        """An item of a section without an id, or with one id and the link of another."""
        if item.article_id is None and item.link:
            self._reject_link(item.link, page=page)
        else:
            told = f"item {item.article_id} links {item.link}" if item.link else "an item has no id"
            self._findings.reject(page, FetchFailure(reason=Reason.NO_STORY_ID, detail=told))

    def _reject_link(self, link: str, *, page: str) -> None:
        url = canonical_url(link, page=page, base_url=self._settings.base_url)
        if url is None:
            self._findings.reject(plain_line(link)[:_MAX_LINK_CHARS], _FOREIGN)
        else:
            self._findings.reject(url, _NO_STORY)


def _addresses(name: str, given: tuple[str, ...], settings: Settings) -> list[str]:
    """The canonical addresses of a setting, each once."""
    found: dict[str, None] = {}
    for link in given:
        url = canonical_url(link, base_url=settings.base_url)
        if url is None:
            shown = plain_line(without_credentials(link))
            raise SettingsError(
                f"WIREHOUSE_{name.upper()} names {shown!r}, which is not on the wire "
                f"at {settings.base_url}. Give paths, or addresses of that host."
            )
        found[url] = None
    return list(found)


def _raise(refusal: FetchFailure | None) -> None:
    if refusal is not None:
        raise PageRefusedError(refusal.reason, refusal.detail)


def _validators(url: str, answer: Response, held: Validators | None = None) -> Validators:
    """What to send next time; an answer that repeats no validator leaves those held in force."""
    return Validators(
        url=url,
        etag=answer.header("etag") or (held.etag if held else None),
        last_modified=answer.header("last-modified") or (held.last_modified if held else None),
        checked_at=answer.fetched_at,
    )


def _merged(known: ListingEntry, other: ListingEntry) -> ListingEntry:
    """One story twice in one listing: linked with its slug, and with whatever either says."""
    is_slugless = known.url.endswith("/")
    return replace(
        known,
        url=other.url if is_slugless else known.url,
        title=known.title or other.title,
        published_at=known.published_at or other.published_at,
    )
