"""Invented news without end: the copy files filled with invented facts."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from tests.site.calendar import FIRST_AT, article_id_at, instants, is_early
from tests.site.facts import StoryFacts, places
from tests.site.story import FOLDER, Named, Story, in_title_case, names, provider
from tests.site.templates import Statement, Template, statements, templates

_TWIN_SHARE, _ARABIC_SHARE, _FLASH_SHARE = 0.04, 0.11, 0.04
_FLASH_TRIES = 20
# Style may take a few letters off a sentence; printed flashes have 70 to 140.
_FLASH_LENGTHS = range(78, 139)
_WORDS_A_TEMPLATE = 23
_LENGTHS = (140, 200, 250, 290, 320, 340, 350, 360, 380, 400, 420, 440, 460, 500)
_LONGEST_JOINED = 240
_FEED_PARTNER_SHARE = 0.7
_PUBLIC_TOPICS = frozenset({"politics", "oil", "energy", "economy", "banking", "health"})
_SIGN_OFFS = (
    (0.72, "(end) {}"),
    (0.86, "(end) {}.{}"),
    (0.91, "(end)"),
    (0.955, "(more)"),
    (1, "(pickup previous)"),
)
_LETTERS = "abdfghjkmnrstwyz"
_ARABIC_DIGITS_SHARE = 0.3
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One kind of news, with the copy for every part of its stories; see the copy files."""

    topic: str
    weight: int
    carriers: dict[str, int]  # providers that report it, with their weights
    facts: tuple[Statement, ...]
    headlines: tuple[Template, ...]
    leads: tuple[Template, ...]
    details: tuple[Template, ...]
    quotes: tuple[Template, ...] = ()
    background: tuple[Template, ...] = ()
    outlook: tuple[Template, ...] = ()
    flashes: tuple[Template, ...] = ()
    figures: tuple[Template, ...] = ()
    keywords: tuple[str, ...] = ()
    is_formula: bool = False  # only lead and details, in their order, with new figures


def stories(count: int, *, seed: int = 11, first_at: datetime = FIRST_AT) -> Iterator[Story]:
    """Yield invented stories in the order of their ids; the same ones for the same arguments.

    About 4 % are of 2015 to 2017, a quarter of 2024 and the rest of 2025 and 2026; no story is
    published before the day of `first_at` on the site's clock.
    """
    rng = Random(seed)
    article_id = 0
    last: Story | None = None
    for instant in instants(rng, count, first_at):
        # Two stories of one provider in the same minute have adjacent ids.
        is_twin = last is not None and rng.random() < _TWIN_SHARE
        if is_twin and last is not None:
            article_id += 1
            language, carrier, published_at = last.language, last.provider.name, last.published_at
        else:
            published_at = instant
            article_id = max(article_id + rng.randint(2, 4), article_id_at(instant))
            language, carrier = "ar" if rng.random() < _ARABIC_SHARE else "en", None
        wants_flash = rng.random() < _FLASH_SHARE
        subject, desk = _assignment(rng, language, carrier, published_at, wants_flash=wants_flash)
        last = _story(rng, subject, desk, article_id, published_at, wants_flash=wants_flash)
        yield last


Copy = tuple[dict[str, Statement], tuple[Template, ...], tuple[Subject, ...]]


@cache
def copy_of(language: str) -> Copy:
    """A language's facts that any story may use, general remarks, and subjects."""
    path = FOLDER / "copy" / f"{language}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    slots = {statement.names[0]: statement for statement in statements(table["slots"])}
    subjects = tuple(_subject(beat) for beat in table["beat"])
    return slots, templates(table.get("general", "")), subjects


def _subject(beat: dict[str, Any]) -> Subject:
    parsed = {
        key: templates(value)
        for key, value in beat.items()
        if isinstance(value, str) and key not in ("topic", "facts")
    }
    keywords = tuple(beat.get("keywords", ()))
    return Subject(**(beat | parsed | {"facts": statements(beat["facts"]), "keywords": keywords}))


def _assignment(
    rng: Random, language: str, carrier: str | None, published_at: datetime, *, wants_flash: bool
) -> tuple[Subject, dict[str, Any]]:
    """A subject and the provider that reports it: the given one, or one that was carried then."""
    desks = {row["name"]: row for row in names()["provider"] if row["language"] == language}
    if is_early(published_at):
        desks = {name: row for name, row in desks.items() if row.get("is_early")}
    *_, subjects = copy_of(language)
    weights = [subject.weight for subject in subjects]
    # No subject of some carriers has a flash.
    wants_flash &= any(one.flashes and carrier in (None, *one.carriers) for one in subjects)
    while True:
        [subject] = rng.choices(subjects, weights)
        carriers = {
            name: weight
            for name, weight in subject.carriers.items()
            if name in desks and carrier in (None, name)
        }
        if carriers and (subject.flashes or not wants_flash):
            [name] = rng.choices([*carriers], [*carriers.values()])
            return subject, desks[name]


def _story(
    rng: Random,
    subject: Subject,
    desk: dict[str, Any],
    article_id: int,
    published_at: datetime,
    *,
    wants_flash: bool,
) -> Story:
    """A story in its provider's style and with its marks."""
    language = desk["language"]
    known = places(language)
    near = [code for code, place in known.items() if place.feed]
    day = (published_at + timedelta(hours=2)).date()
    for _ in range(_FLASH_TRIES if wants_flash else 1):
        home = rng.choice(desk["homes"].split())
        partner = rng.choice(near if rng.random() < _FEED_PARTNER_SHARE else [*known])
        facts = StoryFacts(rng, copy_of(language)[0], language, day, [home, partner])
        for statement in subject.facts:
            statement.run(facts)
        headline = rng.choice(subject.headlines)
        title = headline.sentence(facts)
        paragraphs = _flash(subject, facts, headline) if wants_flash else ()
        if paragraphs:
            break
    paragraphs = paragraphs or tuple(_paragraphs(subject, facts, headline))
    has_arabic_digits = language == "ar" and rng.random() < _ARABIC_DIGITS_SHARE

    def styled(text: str) -> str:
        if has_arabic_digits:
            text = _SEPARATOR.sub(lambda match: "٫" if match[0] == "." else "٬", text)
            return text.translate(_DIGITS)
        if language == "ar":
            return text
        text = text.replace(" percent", desk.get("percent", " percent"))
        text = text.replace(" – ", desk.get("dash", " – "))
        return text.translate(_STRAIGHT) if desk.get("quotes") == "straight" else text

    whole = "\n".join((title, *paragraphs))
    title = styled(title)
    if desk.get("is_syndicated", True):
        title = in_title_case(title)
    text = "\n".join(map(styled, paragraphs))
    named = (
        Named(kind=one.kind, name=styled(one.name), short=one.short and styled(one.short))
        for one in facts.cast(whole)
    )
    dateline_place, dateline_date = _dateline(rng, desk, facts)
    second_credit = rng.choice(desk.get("second_credits", [""])) or None
    byline = caption = None
    if rng.random() < desk.get("byline_share", 0):
        byline = f"By {styled(format(facts.new_person(''), 'name'))}"
    if rng.random() < desk.get("caption_share", 0.5):
        captions = [*names()[language]["captions"], None]
        caption = ((chosen := rng.choice(captions)) and facts.text(chosen)) or title
    sign_off = None
    if desk.get("agency_mark") == "KUNA":
        draw = rng.random()
        form = next(form for below, form in _SIGN_OFFS if draw < below)
        sign_off = form.format(*("".join(rng.choices(_LETTERS, k=size)) for size in (3, 2)))
    return Story(
        article_id=article_id,
        language=language,
        title=title,
        paragraphs=tuple(text.split("\n")),
        provider=provider(desk["name"], language, second_credit),
        published_at=published_at,
        topic=subject.topic,
        countries=facts.feeds(whole),
        dateline_place=dateline_place,
        dateline_date=dateline_date,
        byline=byline,
        sign_off=sign_off,
        image_caption=caption,
        keywords=_keywords(rng, (*subject.keywords, *names()[language]["keywords"]), text),
        cast=tuple(one for one in named if one.name in f"{title}\n{text}"),
    )


# what a story consists of


def _flash(subject: Subject, facts: StoryFacts, headline: Template) -> tuple[str, ...]:
    """The one sentence of a flash, nothing where the facts are too long or short for one."""
    options = [text for text in subject.flashes if text.fits(headline.angle)]
    for text in facts.rng.sample(options, len(options)):
        sentence = text.sentence(facts)
        if len(sentence) in _FLASH_LENGTHS:
            return (sentence,)
    return ()


def _paragraphs(subject: Subject, facts: StoryFacts, headline: Template) -> Iterator[str]:
    """Lead, details with quotations between them, background, outlook."""
    rng = facts.rng
    lead = rng.choice([text for text in subject.leads if text.fits(headline.angle)])
    if subject.is_formula:
        yield from (text.sentence(facts) for text in (lead, *subject.details))
        return
    angle = headline.angle or lead.angle
    size = rng.choice(_LENGTHS) // _WORDS_A_TEMPLATE
    quotes = _some(rng, subject.quotes, angle, 1 + size * 3 // 11)
    past = _some(rng, subject.background, angle, size // 4)
    is_public = subject.topic in _PUBLIC_TOPICS
    remarks = copy_of(facts.language)[1] if is_public else ()
    general = _some(rng, remarks, angle, min(2, int(size * 0.1 + rng.random())))
    details = _some(rng, subject.details, angle, len(subject.details))
    details = details[: max(2, size - 1 - len(quotes) - len(past) - len(general))]
    # A quotation follows every two or more details.
    step = max(2, -(-len(details) // max(1, len(quotes))))
    for at, quote in enumerate(quotes, start=1):
        details.insert(at * (step + 1) - 1, quote)
    figures = subject.figures if rng.random() < 0.55 else ()
    closing = _some(rng, subject.outlook, angle, 1 if rng.random() < 0.8 else 0)
    after = rng.sample(past + general, len(past + general))
    plan = [lead, *details[:2], *figures, *details[2:], *after, *closing]
    yield from _joined(rng, [text.sentence(facts) for text in plan])


def _some(rng: Random, texts: Sequence[Template], angle: str | None, most: int) -> list[Template]:
    fitting = [text for text in texts if text.fits(angle)]
    return rng.sample(fitting, min(most, len(fitting)))


def _joined(rng: Random, texts: list[str]) -> Iterator[str]:
    """Paragraphs, some of two texts; the lead, quotations and the items of lists stand alone."""
    held = ""
    for position, text in enumerate(texts):
        stands_alone = position == 0 or text.startswith("- ") or text.endswith(":")
        is_long = stands_alone or len(held) > _LONGEST_JOINED or rng.random() < 0.15
        if held and (is_long or any(mark in held + text for mark in "“«")):
            yield held
            held = ""
        if stands_alone:
            yield text
        else:
            held = f"{held} {text}".strip()
    if held:
        yield held


# what a provider makes of it


def _dateline(
    rng: Random, desk: dict[str, Any], facts: StoryFacts
) -> tuple[str | None, date | None]:
    form = desk.get("dateline")
    capital, country = facts.home.cities[0], facts.home.forms["short"]
    if form is None:
        return None, None
    if form == "city and country":
        return f"{capital}, {country}", None
    if form == "city, country and date":
        return f"{capital.upper()}, {country}", facts.day
    if form == "capitals":
        place = capital.removesuffix(" City").upper()
        return place, None if rng.random() < 0.12 else facts.day
    return capital, facts.day


def _keywords(rng: Random, linked: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Up to four linked words that the text holds as whole words."""
    found = [
        word
        for word in dict.fromkeys(linked)
        if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ]
    return tuple(rng.sample(found, min(len(found), rng.randint(1, 4))))
