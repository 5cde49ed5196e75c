"""Later versions of a story: a figure corrected, a paragraph added or taken out."""

import re
from dataclasses import replace
from random import Random

from tests.facsimile.newsroom.arabic.cast import ArabicCast
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.grammar import copy, pick, write
from tests.facsimile.newsroom.places import COUNTRIES, Country
from tests.facsimile.newsroom.providers import Desk, desk_of
from tests.facsimile.newsroom.style import in_house_style
from tests.facsimile.story import Story

# A count or amount, but no year, no score and nothing that could be a day.
_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?:\d{3}(?:[,.]\d+)?|\d\d[,.]\d+|(?:3[2-9]|[4-9]\d))(?![\w:/-]|[,.]\d)"
)
_FEWEST_TO_CUT = 5

_ADDED = {
    "en": copy("""
- In a correction issued later, officials put the number of those concerned at {any_thousands},
  not {any_thousands} as they had said before.
- {spokesman} confirmed the account in the evening and said that a full report would follow on
  {any_day_ahead}.
- {analyst} told reporters afterwards that the effect would be felt “within {any_few} months,
  and by {any_percent} of those concerned.”
- Asked for comment, {resident} said that people in {any_city} had heard of it only {any_few}
  hours earlier.
- A statement of {any_hundreds} words, sent out later on {today}, named {any_day_ahead} as the
  date of the next step.
    """),
    "ar": copy("""
- وفي تصحيح لاحق ذكر مسؤولون أن العدد النهائي بلغ {any_hundreds} وليس {any_tens} كما ورد سابقًا.
- وأكد مصدر مطلع في وقت لاحق أن بيانًا تفصيليًا سيصدر في {any_day_ahead} ويتناول {any_few} نقاط.
- وقال {analyst} تعقيبًا على ذلك إن الأثر سيظهر خلال {any_few} أشهر وبنسبة {any_percent}.
    """),
}


def revise(story: Story, *, seed: int) -> Story:
    """Return a later version of a story: the same id and time, another text.

    A figure is corrected, a paragraph added, or both; a long story may lose its last paragraph.
    """
    rng = Random(story.article_id * 1_000 + seed)
    paragraphs = list(story.paragraphs)
    kinds = ["figure", "addition", "both"]
    if len(paragraphs) >= _FEWEST_TO_CUT:
        kinds.append("cut")
    kind = pick(rng, kinds)
    was_corrected = kind in ("figure", "both") and _correct(rng, paragraphs)
    if kind == "cut":
        paragraphs.pop()
    elif kind != "figure" or not was_corrected:
        paragraphs.append(_addition(rng, story))
    keywords = tuple(word for word in story.keywords if word in " ".join(paragraphs))
    return replace(
        story,
        paragraphs=tuple(paragraphs),
        keywords=keywords,
        is_flash=story.is_flash and len(paragraphs) == 1,
    )


def _correct(rng: Random, paragraphs: list[str]) -> bool:
    """Change one figure in place; return whether there was one to change."""
    found = [(at, match) for at, text in enumerate(paragraphs) for match in _FIGURE.finditer(text)]
    if not found:
        return False
    at, match = pick(rng, found)
    text = paragraphs[at]
    paragraphs[at] = text[: match.start()] + _other(match.group()) + text[match.end() :]
    return True


def _other(figure: str) -> str:
    """Return a figure whose first digit is another, of the same script."""
    first = int(figure[0])
    zero = ord(figure[0]) - first
    return chr(zero + (first - 1 or 9)) + figure[1:]


def _addition(rng: Random, story: Story) -> str:
    desk = desk_of(story.provider.name, story.language)
    kind = ArabicCast if story.language == "ar" else Cast
    home = _home(desk, story)
    partner = COUNTRIES["GB" if home.code != "GB" else "FR"]
    cast = kind(rng, day=story.published_at.date(), home=home, partner=partner)
    return in_house_style(write(pick(rng, _ADDED[story.language]), cast), desk)


def _home(desk: Desk, story: Story) -> Country:
    """Return the country that the story is filed from, as far as its feeds tell."""
    feeds = story.countries[:1]
    return next(
        (country for country in COUNTRIES.values() if country.feed and country.feed in feeds),
        COUNTRIES[desk.homes[0]],
    )
