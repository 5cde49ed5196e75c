"""Rails beside and below a story: other stories of the same wire, and paid reports."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from random import Random

from tests.facsimile.site.addresses import SITE, slug, story_path
from tests.facsimile.site.wording import Wording, wording_of

FALSE_LINK = f"{SITE}/1107659256/Look-Boats-Form-A-Flag-Off-The-Corniche"
"""The link of a foreign story that pages since 2025 carry in share, comment and category anchors.

Only its id was seen; the rest of the slug is ours.
"""

_WINDOW = 320
_RESEARCH_TITLES = 7
_CUT = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Another story, as a rail shows it."""

    article_id: int
    title: str
    slug: str
    language: str

    @property
    def path(self) -> str:
        """Its path on the site."""
        return story_path(self.article_id, self.slug, self.language)


class Neighbours:
    """The last headlines of the wire, a bounded number of each language."""

    def __init__(self, headlines: Iterable[Headline]) -> None:
        self._last: dict[str, deque[Headline]] = {}
        for headline in headlines:
            self.add(headline)

    def add(self, headline: Headline) -> None:
        """Remembers a headline and forgets the oldest."""
        self._last.setdefault(headline.language, deque(maxlen=_WINDOW)).append(headline)

    def draw(self, random: Random, language: str, most: int, *, but: int) -> list[Headline]:
        """Other headlines of a language at random.

        Args:
            random: what to draw with.
            language: of the headlines.
            most: how many, if there are as many.
            but: a story that must not be among them.
        """
        others = [
            headline for headline in self._last.get(language, ()) if headline.article_id != but
        ]
        return random.sample(others, min(most, len(others)))


def more_stories(headlines: list[Headline], language: str) -> str:
    """The block of other stories below the story, with pictures."""
    wording = wording_of(language)
    cards = "".join(
        f'<div class="card-item"><div class="img-wrapper"><a href="{headline.path}">'
        f'<img src="/updates/pr/thumbs/{headline.article_id % 997}.jpg" alt="" loading="lazy"></a>'
        f'</div><h3><a href="{headline.path}" title="{escape(headline.title)}">'
        f"{escape(headline.title, quote=False)}</a></h3></div>"
        for headline in headlines
    )
    return f'<section class="more-stories"><h2>{wording.more_stories}</h2>{cards}</section>'


def most_popular(headlines: list[Headline], language: str) -> str:
    """The rail of stories that are read most."""
    wording = wording_of(language)
    items = "".join(
        f'<li><span class="rank">{rank}</span><a href="{SITE}{headline.path}">'
        f"{escape(headline.title, quote=False)}</a></li>"
        for rank, headline in enumerate(headlines, start=1)
    )
    return (
        f'<div id="div_mostPop" class="widget"><h3>{wording.most_popular}</h3>'
        f'<ol class="most-pop">{items}</ol></div>'
    )


def section_rail(headlines: list[Headline], title: str, number: int) -> str:
    """A rail of one section's stories, as the lower half of a page has several."""
    items = "".join(
        f'<li class="rail-item"><div class="thumb"><a href="{headline.path}"><span class="play">'
        f'</span></a></div><div class="text"><a href="{headline.path}"><span>'
        f"{escape(headline.title, quote=False)}</span></a></div></li>"
        for headline in headlines
    )
    return (
        f'<div class="widget rail" id="rail_{number}"><h4><span>{title}</span></h4>'
        f'<ul class="rail-list">{items}</ul></div>'
    )


def market_research(random: Random, wording: Wording) -> str:
    """The rail of paid reports: seven titles, cut."""
    items = "".join(_research_item(random, wording) for _ in range(_RESEARCH_TITLES))
    return (
        f'<div class="widget research"><h3>{wording.market_research}</h3>'
        f'<ul class="popular-news-list">{items}</ul></div>'
    )


def _research_item(random: Random, wording: Wording) -> str:
    title = f"{random.choice(wording.sectors)} {random.choice(wording.reports)}"
    shown = title[:_CUT].rsplit(" ", 1)[0] + "..."
    path = f"/research/rc_research.aspx?rep={random.randrange(10**5)}&amp;t={slug(title)[:40]}"
    return f'<li><a href="{path}">{shown}</a></li>'


def share_block(wording: Wording) -> str:
    """The share links, which carry the false link."""
    facebook, twitter = wording.shares
    return (
        '<div class="share-icons"><a class="fb" href="https://www.facebook.com/sharer/sharer.php?u='
        f'{FALSE_LINK}">{facebook}</a> <a class="tw" href="https://twitter.com/intent/tweet?url='
        f'{FALSE_LINK}&amp;text=">{twitter}</a></div>'
    )
