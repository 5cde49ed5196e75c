"""What agencies put around a story's text: dateline, byline, sign-off, caption, linked words."""

import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from random import Random

from tests.facsimile.newsroom import figures
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.grammar import pick, shuffled
from tests.facsimile.newsroom.people import person
from tests.facsimile.newsroom.providers import Desk
from tests.facsimile.newsroom.style import in_arabic_digits, in_house_style, in_title_case
from tests.facsimile.story import Provider, Story

_SIGN_OFF_SHARES = ((0.72, "initials"), (0.86, "two pairs"), (0.91, "bare"), (0.955, "more"))
_LETTERS = "abdfghjkmnrstwyz"
_ARABIC_DIGITS_SHARE = 0.3
_MOST_KEYWORDS = 4
_UNDATED_SHARE = 0.12
_OWN_TITLE_AS_CAPTION = 0.4
_LINKED_WORDS = {
    "en": (
        "Minister", "Ministry", "market", "investment", "political", "attack", "army", "Occupation",
        "Crown Prince", "supply", "trade", "security", "economic", "government", "Cabinet",
    ),
    "ar": ("الوزير", "وزارة", "السوق", "الاستثمار", "الحكومة", "الأمن", "الاقتصاد", "النفط"),
}  # fmt: skip
_SECOND_CREDITS = {
    "The Peninsula": ("QNA", "QNA", "QNA", "The Peninsula", "The Peninsula Online", None),
}
_CAPTIONS = (
    "A view of {city} on {day}",
    "{city}, seen in {month} {year}",
    "Reporters wait for a statement in {city} on {day}",
    "Illustrative picture: {city}, {month} {year}",
    "File picture from {city}, taken in {month} {year}",
)
_ARABIC_CAPTIONS = ("صورة أرشيفية", "صورة تعبيرية", "جانب من الحدث")


def dress(
    rng: Random,
    *,
    desk: Desk,
    cast: Cast,
    beat: Beat,
    article_id: int,
    title: str,
    paragraphs: tuple[str, ...],
    published_at: datetime,
    is_flash: bool,
) -> Story:
    """Return the story of a title and paragraphs, in its provider's style and with its marks."""
    language = desk.provider.language
    headline = in_house_style(title, desk)
    styled = tuple(in_house_style(paragraph, desk) for paragraph in paragraphs)
    if language == "ar" and rng.random() < _ARABIC_DIGITS_SHARE:
        headline = in_arabic_digits(headline)
        styled = tuple(in_arabic_digits(paragraph) for paragraph in styled)
    place, day = _dateline(rng, desk, cast)
    whole = " ".join((headline, *styled))
    return Story(
        article_id=article_id,
        language=language,
        title=in_title_case(headline) if desk.is_syndicated else headline,
        paragraphs=styled,
        provider=_credited(rng, desk.provider),
        published_at=published_at,
        topic=beat.topic,
        countries=cast.feeds(whole),
        dateline_place=place,
        dateline_date=day,
        byline=_byline(rng, desk, cast),
        sign_off=_sign_off(rng) if desk.provider.agency_mark == "KUNA" else None,
        image_caption=_caption(rng, desk, cast, headline),
        keywords=_keywords(rng, (*beat.keywords, *_LINKED_WORDS[language]), " ".join(styled)),
        is_flash=is_flash,
    )


def _credited(rng: Random, provider: Provider) -> Provider:
    if provider.name not in _SECOND_CREDITS:
        return provider
    return replace(provider, second_credit=pick(rng, _SECOND_CREDITS[provider.name]))


def _dateline(rng: Random, desk: Desk, cast: Cast) -> tuple[str | None, date | None]:
    if desk.dateline == "none":
        return None, None
    place = str(cast.get("dateline", cast.home.capital))
    if desk.dateline == "city and country":
        return f"{place}, {cast.home.say('short')}", None
    if desk.dateline == "city, country and date":
        return f"{place.upper()}, {cast.home.say('short')}", cast.day
    if desk.dateline == "capitals":
        place = place.removesuffix(" City").upper()
        return place, None if rng.random() < _UNDATED_SHARE else cast.day
    return place, cast.day


def _byline(rng: Random, desk: Desk, cast: Cast) -> str | None:
    if rng.random() >= desk.byline_share:
        return None
    author = person(rng, cast.home.culture, title="").say("name")
    return f"By {in_house_style(author, desk)}"


def _sign_off(rng: Random) -> str:
    draw = rng.random()
    kind = next((kind for below, kind in _SIGN_OFF_SHARES if draw < below), "pickup")
    if kind == "initials":
        return f"(end) {_initials(rng, 3)}"
    if kind == "two pairs":
        return f"(end) {_initials(rng, 3)}.{_initials(rng, 2)}"
    return {"bare": "(end)", "more": "(more)", "pickup": "(pickup previous)"}[kind]


def _initials(rng: Random, length: int) -> str:
    return "".join(pick(rng, _LETTERS) for _ in range(length))


def _caption(rng: Random, desk: Desk, cast: Cast, headline: str) -> str | None:
    if rng.random() >= desk.caption_share:
        return None
    if rng.random() < _OWN_TITLE_AS_CAPTION:
        return headline
    if desk.provider.language == "ar":
        return pick(rng, _ARABIC_CAPTIONS)
    return pick(rng, _CAPTIONS).format(
        city=pick(rng, cast.home.cities),
        day=figures.long_day(cast.day),
        month=figures.month(cast.day),
        year=cast.day.year,
    )


def _keywords(rng: Random, linked: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return up to four linked words that the text holds as whole words."""
    found = [word for word in dict.fromkeys(linked) if word in text and _whole(word).search(text)]
    most = 1 + int(rng.random() * _MOST_KEYWORDS)
    return tuple(shuffled(rng, found)[:most])


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
