"""The newsroom's desk: a repeatable run of invented stories, in the order of their ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Generic, TypeVar

from tests.facsimile.newsroom import clock
from tests.facsimile.newsroom.arabic.cast import ArabicCast
from tests.facsimile.newsroom.assignments import ARABIC_BEATS, BEATS, GENERAL, PUBLIC_TOPICS
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.composition import write_flash, write_paragraphs
from tests.facsimile.newsroom.conventions import dress
from tests.facsimile.newsroom.grammar import Template, pick, shuffled, write
from tests.facsimile.newsroom.places import COUNTRIES, FEED_CODES, WORLD_CODES
from tests.facsimile.newsroom.providers import DESKS, Desk
from tests.facsimile.newsroom.revisions import revise
from tests.facsimile.story import Story

__all__ = ["FIRST_AT", "revise", "stories"]

FIRST_AT = datetime(2015, 7, 1, tzinfo=UTC)

_TWIN_SHARE = 0.04
_QUOTA_BLOCK = 50
_FLASH_TRIES = 20
_FEED_PARTNER_SHARE = 0.68
_FEED_PARTNER_SHARE_ABROAD = 0.85

Card = TypeVar("Card")


class _Deck(Generic[Card]):
    """Cards dealt in a random order, all of them before any comes again."""

    def __init__(self, rng: Random, cards: Sequence[Card]) -> None:
        self._rng = rng
        self._cards = cards
        self._left: list[Card] = []

    def deal(self) -> Card:
        if not self._left:
            self._left = shuffled(self._rng, self._cards)
        return self._left.pop()


class _Quota:
    """Says yes at random, but to the given share of every few dozen questions."""

    def __init__(self, rng: Random, share: float) -> None:
        self._rng = rng
        self._share = share
        self._owed = 0.0
        self._left: list[bool] = []

    def is_due(self) -> bool:
        if not self._left:
            self._owed += self._share * _QUOTA_BLOCK
            granted = int(self._owed + 1e-9)
            self._owed -= granted
            answers = [True] * granted + [False] * (_QUOTA_BLOCK - granted)
            self._left = shuffled(self._rng, answers)
        return self._left.pop()


@dataclass(frozen=True, slots=True)
class _Assignment:
    """What to write, for whom, and when it comes out."""

    beat: Beat
    desk: Desk
    is_flash: bool
    published_at: datetime
    is_twin: bool = False


class _Planner:
    """Settles who writes what, and when."""

    def __init__(self, rng: Random, arabic_share: float, flash_share: float) -> None:
        self.rng = rng
        self._arabic = _Quota(rng, arabic_share)
        self._flash = _Quota(rng, flash_share)
        self._beats = {
            "en": _Deck(rng, BEATS),
            "ar": _Deck(rng, ARABIC_BEATS),
        }

    def day(self, day: date, due: int, *, is_early: bool) -> list[_Assignment]:
        """Return a day's assignments in the order of their publication; at least `due` of them."""
        planned: list[_Assignment] = []
        is_short_night = clock.is_clock_change(day)
        while len(planned) < due:
            assignment = self._assignment(day, is_early=is_early, is_short_night=is_short_night)
            planned.append(assignment)
            if assignment.desk.hours == "odd" and self.rng.random() < _TWIN_SHARE:
                planned.append(self._twin(assignment))
            is_short_night = False
        return sorted(planned, key=lambda assignment: assignment.published_at)

    def _assignment(self, day: date, *, is_early: bool, is_short_night: bool) -> _Assignment:
        language = "ar" if self._arabic.is_due() else "en"
        is_flash = self._flash.is_due()
        beat, desk = self._beat_and_desk(language, is_flash=is_flash, is_early=is_early)
        instant = (
            clock.published_in_clock_change(self.rng, day, desk.hours)
            if is_short_night
            else clock.published_at(self.rng, day, desk.hours, desk.utc_offset)
        )
        return _Assignment(beat, desk, is_flash, instant)

    def _beat_and_desk(self, language: str, *, is_flash: bool, is_early: bool) -> tuple[Beat, Desk]:
        while True:
            beat = self._beats[language].deal()
            desks = [DESKS[name, language] for name in beat.carriers]
            if is_early:
                desks = [desk for desk in desks if desk.is_early]
            if desks and (beat.flashes or not is_flash):
                return beat, pick(self.rng, desks)

    def _twin(self, first: _Assignment) -> _Assignment:
        """Return another story that the same provider files in the same minute."""
        language = first.desk.provider.language
        while True:
            beat = self._beats[language].deal()
            if first.desk.provider.name in beat.carriers:
                return replace(first, beat=beat, is_flash=False, is_twin=True)


def stories(
    count: int,
    *,
    seed: int = 11,
    first_at: datetime = FIRST_AT,
    arabic_share: float = 0.11,
    flash_share: float = 0.04,
) -> Iterator[Story]:
    """Yield invented stories in the order of their ids; the same ones for the same arguments.

    About 4 % are of 2015 to 2017, a quarter of 2024 and the rest of 2025 and 2026.

    Args:
        count: how many.
        seed: another seed gives other stories.
        first_at: no story is published before this instant's day on the wire's clock.
        arabic_share: part of them that is in Arabic.
        flash_share: part of them that is one sentence long.
    """
    planner = _Planner(Random(seed), arabic_share, flash_share)
    writer = Random(seed + 1)
    made, article_id = 0, 0
    for day, due, is_early in clock.days_with_counts(count, first_at):
        short_night = clock.is_clock_change(day) and count >= _QUOTA_BLOCK
        wanted = max(due - made, 1 if short_night else 0)
        for assignment in planner.day(day, min(wanted, count - made), is_early=is_early):
            if made == count:
                return
            article_id = _next_id(planner.rng, article_id, assignment)
            yield _written(writer, assignment, article_id)
            made += 1


def _next_id(rng: Random, last: int, assignment: _Assignment) -> int:
    if assignment.is_twin:
        return last + 1
    gap = 2 + int(rng.random() * 3)
    return max(last + gap, clock.article_id_at(assignment.published_at))


def _written(rng: Random, assignment: _Assignment, article_id: int) -> Story:
    desk, beat = assignment.desk, assignment.beat
    cast, headline, flash = _event(rng, assignment)
    title = write(headline, cast)
    background = GENERAL[desk.provider.language] if beat.topic in PUBLIC_TOPICS else ()
    paragraphs = (flash,) if flash else write_paragraphs(beat, cast, headline, background)
    return dress(
        rng,
        desk=desk,
        cast=cast,
        beat=beat,
        article_id=article_id,
        title=title,
        paragraphs=paragraphs,
        published_at=assignment.published_at,
        is_flash=flash is not None,
    )


def _event(rng: Random, assignment: _Assignment) -> tuple[Cast, Template, str | None]:
    """Return an event, the headline to give it, and its one sentence if it is to be a flash."""
    for _ in range(_FLASH_TRIES):
        cast = _cast(rng, assignment.desk, assignment.published_at)
        assignment.beat.facts(cast)
        headline = pick(rng, assignment.beat.headlines)
        flash = write_flash(assignment.beat, cast, headline) if assignment.is_flash else None
        if flash or not assignment.is_flash:
            return cast, headline, flash
    return cast, headline, None


def _cast(rng: Random, desk: Desk, instant: datetime) -> Cast:
    is_arabic = desk.provider.language == "ar"
    home = COUNTRIES[pick(rng, desk.homes)]
    feed_share = _FEED_PARTNER_SHARE if home.feed else _FEED_PARTNER_SHARE_ABROAD
    codes = FEED_CODES if rng.random() < feed_share else WORLD_CODES
    partner = home
    while partner is home:
        partner = COUNTRIES[pick(rng, codes)]
    kind = ArabicCast if is_arabic else Cast
    return kind(rng, day=_local_day(desk, instant), home=home, partner=partner)


def _local_day(desk: Desk, instant: datetime) -> date:
    """Return the day at the provider's place an hour before its copy came out."""
    return (instant + timedelta(hours=desk.utc_offset - 1)).date()
