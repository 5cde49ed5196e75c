"""Parts of a story page that more than one layout prints."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import count
from random import Random

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.furniture import Furniture
from tests.facsimile.site.rails import Headline, Neighbours, section_rail
from tests.facsimile.site.sheet import Sheet
from tests.facsimile.site.wording import wording_of

_DESCRIPTION = 155


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a page shows beside its story.

    Attributes:
        furniture: styles and scripts to fill the page with.
        neighbours: other stories of the wire.
        article_id: the page's own story, which its rails leave out.
        language: the page's language.
        size: bytes that the page should come to, roughly.
        random: the page's own source of chance.
    """

    furniture: Furniture
    neighbours: Neighbours
    article_id: int
    language: str
    size: int
    random: Random

    def others(self, fewest: int, most: int) -> list[Headline]:
        """Headlines of other stories; a page on its own, as of a tiny wire, may have none."""
        wanted = self.random.randint(fewest, most)
        return self.neighbours.draw(self.random, self.language, wanted, but=self.article_id)


def head(sheet: Sheet, around: Surroundings) -> str:
    """The `head` element; like the site's own it holds no date."""
    wording = wording_of(sheet.story.language)
    title = escape(sheet.title)
    description = escape(sheet.story.paragraphs[0][:_DESCRIPTION])
    meta = f'<meta charset="{sheet.delivery.meta}">\n' if sheet.delivery.meta else ""
    image = (
        f'<meta property="og:image" content="{SITE}{sheet.picture.path}">\n'
        if (sheet.picture)
        else ""
    )
    style = around.random.choice(around.furniture.styles)
    return (
        f"<head>\n{meta}<title>{title} | {wording.site_name}</title>\n"
        f'<meta name="description" content="{description}">\n'
        f'<meta property="og:site_name" content="{wording.site_name}">\n'
        f'<meta property="og:title" content="{title}">\n{image}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="stylesheet" href="/includes/css/main.css">\n'
        f"<style>{style}</style>\n</head>\n"
    )


def disclaimer(sheet: Sheet) -> str:
    """The disclaimer as lines of text, garbled where the sheet says so."""
    wording = wording_of(sheet.story.language)
    text = wording.disclaimer
    if sheet.disclaimer_garbled:
        text = text.encode("utf-8").decode("windows-1252", "replace")
    return f"<p><strong>{wording.disclaimer_title}</strong></p>\n<p>{escape(text, quote=False)}</p>"


def picture_html(sheet: Sheet) -> str:
    """The story's picture, nothing where there is none."""
    if sheet.picture is None:
        return ""
    caption = escape(sheet.picture.caption)
    return f'<img id="ImgNews" src="{sheet.picture.path}" alt="{caption}" class="img-responsive">'


def provider_logo(sheet: Sheet) -> str:
    """The provider's logo."""
    provider = sheet.story.provider
    return (
        f'<img src="/updates/provlogos/{provider.code}.png" alt="{escape(provider.name)}" '
        'class="prov-logo">'
    )


def filled(page: str, around: Surroundings) -> str:
    """The page with parts put in before the end of its body, until it has its size."""
    closing = "</body>\n</html>\n"
    missing = around.size - _bytes(page) - len(closing)
    parts = []
    for part in _fillers(around):
        missing -= _bytes(part) + 1
        if missing < 0:
            break
        parts.append(part)
    return "\n".join((page, *parts, closing))


def _fillers(around: Surroundings) -> Iterator[str]:
    """An endless run of parts: two thirds of them rails of other stories, the rest scripts."""
    random = around.random
    wording = wording_of(around.language)
    for number in count(1):
        title = escape(random.choice((*wording.regions, *wording.topics)))
        yield section_rail(around.others(5, 9), title, number)
        yield f"<script>{random.choice(around.furniture.scripts)}</script>"
        yield section_rail(around.others(5, 9), title, -number)
        if number % 4 == 0:
            yield random.choice(around.furniture.tickers)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
