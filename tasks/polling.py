"""Asks the wire's feeds and listing pages what stories there are.

This module stands beside the verb `discover` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
from dataclasses import dataclass, replace

from tasks.adapters.feeds import read_feed
from tasks.adapters.http.wire import Wire
from tasks.adapters.pages.listing import read_listing
from tasks.adapters.robots import ROBOTS_URL, RobotsRules, read_rules
from tasks.wire.answer import NOT_MODIFIED, Answer, Refusal
from tasks.wire.capture import Capture
from tasks.wire.coding import decode_body
from tasks.wire.errors import SettingsError, WireUnreachableError
from tasks.wire.listing import Sighting, Validators
from tasks.wire.menafn.addresses import canonical_url, parse_story, section_name
from tasks.wire.menafn.clocks import parse_feed_time
from tasks.wire.reject import PageRefusedError, Reason, Reject, Stage, plain_line
from tasks.wire.run import Run
from tasks.wire.settings import Settings

_MAX_LINK_CHARS = 1000
_FOREIGN = Refusal(reason=Reason.FOREIGN_HOST, detail="an item's link is not the wire's")
_NO_STORY = Refusal(reason=Reason.NO_STORY_ID, detail="an item's link names no story")
_FORBIDDEN = Refusal(reason=Reason.ROBOTS_FORBIDS, detail="robots.txt disallows it")


class Findings:
    """What a poll of the wire brings.

    Attributes:
        captures: of every answer.
        validators: for the next poll.
    """

    def __init__(self, run: Run) -> None:
        """Nothing yet."""
        self.captures: list[Capture] = []
        self.validators: list[Validators] = []
        self._run_id = run.run_id
        self._sightings: dict[tuple[int, str], Sighting] = {}
        self._rejects: dict[tuple[str, Reason], Reject] = {}

    @property
    def sightings(self) -> list[Sighting]:
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

    def sight(self, sighting: Sighting) -> None:
        """Note a story in a listing; a second mention there only fills what the first lacks."""
        key = (sighting.article_id, sighting.listing_url)
        known = self._sightings.get(key)
        self._sightings[key] = _merged(known, sighting) if known else sighting

    def reject(self, url: str, refusal: Refusal) -> None:
        """Note what can't be used."""
        record = refusal.reject(url=url, article_id=None, stage=Stage.DISCOVER, run_id=self._run_id)
        self._rejects.setdefault((url, refusal.reason), record)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What a listing says: its address, its answer with the capture, its body decoded."""

    url: str
    answer: Answer
    capture: Capture
    body: bytes


class Poll:
    """Asks the feeds and listings of the settings, all at once as far as the limits allow."""

    def __init__(self, run: Run, wire: Wire, findings: Findings, held: list[Validators]) -> None:
        """Take note of where to ask and where the answers go.

        Args:
            run: the run.
            wire: the run's client.
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
        self._rules = await self._ask_robots()
        self._wire.pace.slow_to(self._rules.delay_seconds)
        try:
            async with asyncio.TaskGroup() as asking:
                for url in feeds:
                    asking.create_task(self._poll_feed(url))
                for url in listings:
                    asking.create_task(self._poll_listing(url))
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
            items = read_feed(heard.body, heard.answer.header("content-type")) if heard else []
        except PageRefusedError as error:
            self._findings.reject(url, Refusal(reason=error.reason, detail=error.detail))
            return
        if heard is None:
            return
        for item in items:
            article_id = self._sight(heard, item.link, item.title, published=item.published)
            if article_id is None:
                self._reject_link(item.link, page=url)
        self._findings.validators.append(_validators(url, heard.answer))

    async def _poll_listing(self, first_url: str) -> None:
        """One listing, page after page, as long as each shows stories that none before it did."""
        url: str | None = first_url
        seen: set[int] = set()
        for _ in range(self._settings.listing_pages):
            if url is None:
                return
            article_ids, url = await self._poll_page(url)
            if article_ids <= seen:
                return
            seen |= article_ids

    async def _poll_page(self, url: str) -> tuple[set[int], str | None]:
        """One listing page: the stories on it and the page after it; none if it is unchanged."""
        try:
            heard = await self._hear(url)
            if heard is None:
                return set(), None
            content_type = heard.answer.header("content-type")
            base_url = self._settings.base_url
            page = read_listing(heard.body, content_type, url=url, base_url=base_url)
        except PageRefusedError as error:
            self._findings.reject(url, Refusal(reason=error.reason, detail=error.detail))
            return set(), None
        sighted = {self._sight(heard, link.href, link.text) for link in page.links}
        self._findings.validators.append(_validators(url, heard.answer))
        return {article_id for article_id in sighted if article_id}, page.next_url

    async def _hear(self, url: str) -> _Heard | None:
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
        return _Heard(url=url, answer=answer, capture=outcome.captures[-1], body=body)

    def _veto(self, url: str) -> Refusal | None:
        return None if self._rules.allows(url) else _FORBIDDEN

    def _sight(
        self, heard: _Heard, link: str, title: str | None, *, published: str | None = None
    ) -> int | None:
        """Notes the story that a link names; gives its id, `None` where it names none."""
        story = parse_story(link, page=heard.url, base_url=self._settings.base_url)
        if story is None:
            return None
        zone = self._settings.zone
        self._findings.sight(
            Sighting(
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
            raise SettingsError(
                f"WIREHOUSE_{name.upper()} names {plain_line(link)!r}, which is not on the wire "
                f"at {settings.base_url}. Give paths, or addresses of that host."
            )
        found[url] = None
    return list(found)


def _raise(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise PageRefusedError(refusal.reason, refusal.detail)


def _validators(url: str, answer: Answer, held: Validators | None = None) -> Validators:
    """What to send next time; an answer that repeats no validator leaves those held in force."""
    return Validators(
        url=url,
        etag=answer.header("etag") or (held.etag if held else None),
        last_modified=answer.header("last-modified") or (held.last_modified if held else None),
        checked_at=answer.fetched_at,
    )


def _merged(known: Sighting, other: Sighting) -> Sighting:
    """One story twice in one listing: linked with its slug, and with whatever either says."""
    is_slugless = known.url.endswith("/")
    return replace(
        known,
        url=other.url if is_slugless else known.url,
        title=known.title or other.title,
        published_at=known.published_at or other.published_at,
    )
