"""RSS feeds and listings of the site: which of them carry a story, and how.

Seen: the 17 country feeds' addresses, one Arabic feed in UTF-16, the author's mail-and-name form,
descriptions cut at a word to 200 characters with blank and three dots, the social twin and its
hashtags, a logo where there is no picture; the listings' addresses. Invented: the exact text of
`pubDate` (wall clock of US Eastern, with or without a label that nobody should believe), how an
item names its picture, and paging.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape
from math import ceil
from random import Random
from typing import IO, NamedTuple

from tests.site.calendar import EASTERN
from tests.site.facts import places
from tests.site.page import (
    PARAGRAPH_BREAK,
    SITE,
    LinkForm,
    PageLayout,
    StoryPage,
    lead_html,
    link,
    listed_title,
)
from tests.site.render import COUNTRY_CODES, REGIONS
from tests.site.traps import Shape

_FEED_CODES = {place.feed: code for code, place in places("en").items() if place.feed}
FEED_NAMES = tuple(sorted(_FEED_CODES))
ARABIC_FEED = "menatopstoriesar"
GENERAL = "qn_news_sections"
# Path of each listing's first page, by the name of its section.
LISTING_PATHS = {
    GENERAL: "/qn_news_sections.aspx?src=s",
    **{name: f"/qn_news_sections.aspx?src=c&country={name}" for name in REGIONS},
    **{code: f"/qn_country.aspx?country={code}&src=header" for code in COUNTRY_CODES},
}

_PAGE_SIZE, _MAX_PAGES = 10, 3
_FEED_SIZE, _MAX_IN_FEED, _MAX_COPIES = 47, 58, 4
_LISTED_ONLY, _UNDATED_LISTED_ONLY, _LISTED_TOO = 0.13, 0.3, 0.45
_DESCRIPTION, _EARLY_DESCRIPTION = 200, 150
_DOTS = " ..."
_LOGO = "/images/Menafn_SmallLogo.jpg"


def feed_path(name: str) -> str:
    return f"/rss/menafn_{name}.xml"


def feed_item(page: StoryPage, form: LinkForm, number: int) -> str:
    """A story as one item of a feed: linked in a form (`SOCIAL` makes the twin of an item).

    The number settles in which shape the date is printed.
    """
    title = listed_title(page.story)
    picture = page.picture.path if page.picture else _LOGO
    if form is LinkForm.SOCIAL:
        long_words = [word for word in title.split() if len(word) > 4]
        title += "".join(f" #{word.strip('.,:;')}" for word in long_words[-3:])
        picture = picture.replace("_story.jpg", "_social.jpg")
    return item(
        title=title,
        address=link(page, form),
        date=feed_date(page.story.published_at, number),
        description=_description(page),
        picture=SITE + picture,
    )


def item(
    *, title: str, address: str, date: str, description: str, picture: str = SITE + _LOGO
) -> str:
    return (
        f"<item><title>{escape(title, quote=False)}</title>"
        f"<link>{escape(address, quote=False)}</link>"
        "<author>marketing@menafn.com (MENAFN)</author>"
        f"<pubDate>{date}</pubDate><description>{escape(description, quote=False)}</description>"
        f'<enclosure url="{picture}" length="0" type="image/jpeg" /></item>\n'
    )


def feed_document(name: str, items: str) -> bytes:
    """A feed's bytes: UTF-16 with a byte-order mark for the Arabic one, UTF-8 for the rest."""
    is_arabic = name == ARABIC_FEED
    charset, language = ("utf-16", "ar") if is_arabic else ("utf-8", "en-us")
    label = name.replace("_", " ")
    text = (
        f'<?xml version="1.0" encoding="{charset}"?>\n<rss version="2.0"><channel>\n'
        f"<title>MENAFN.COM - {label}</title><link>{SITE}/</link>\n"
        f"<description>{label} news</description><language>{language}</language>\n"
        f"<ttl>15</ttl>\n{items}</channel></rss>\n"
    )
    return b"\xff\xfe" + text.encode("utf-16-le") if is_arabic else text.encode()


def feed_date(published_at: datetime, number: int) -> str:
    """A date on the site's wall clock, in one of four shapes."""
    local = published_at.astimezone(EASTERN)
    mail = format_datetime(local).rsplit(" ", 1)[0]
    return (mail, f"{mail} EST", f"{mail} {local:%Z}", f"{local:%Y-%m-%d %H:%M:%S}")[number % 4]


def _description(page: StoryPage) -> str:
    html = lead_html(page) + " ".join(block.html for block in page.blocks[:4])
    text = re.sub(r"<[^>]*>", " ", html.replace(PARAGRAPH_BREAK, " "))
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = " ".join(text.split())
    if page.layout is PageLayout.EARLY:
        return f"<p>{text[:_EARLY_DESCRIPTION]}</p>"
    if len(text) <= _DESCRIPTION:
        return text
    return text[: _DESCRIPTION - len(_DOTS) + 1].rsplit(" ", 1)[0] + _DOTS


class Entry(NamedTuple):
    """One story on a listing page."""

    href: str
    title: str


def listing_chunks(
    path: str, entries: list[Entry]
) -> Iterator[tuple[str, list[Entry], str | None]]:
    """Path, entries and next path of all pages of a listing; an empty one has one page too."""
    chunks = [entries[at : at + _PAGE_SIZE] for at in range(0, len(entries), _PAGE_SIZE)] or [[]]
    joint = "&" if "?" in path else "?"
    paths = [path, *(f"{path}{joint}page={number}" for number in range(2, len(chunks) + 1))]
    yield from zip(paths, chunks, [*paths[1:], None], strict=True)


class Placement:
    """Feeds and listings; a sample's stories stand in several feeds each, others in one."""

    def __init__(self, count: int, shape: Shape, files: dict[str, IO[str]]) -> None:
        """Place so many stories; feeds grow in files on disk."""
        self._shape = shape
        self._copies = 1
        if shape is Shape.SAMPLE:
            wanted = round(_FEED_SIZE * len(FEED_NAMES) / max(1, count * (1 - _LISTED_ONLY)))
            self._copies = min(_MAX_COPIES, max(1, wanted))
        self._most = max(_MAX_IN_FEED, ceil(1.3 * count / len(FEED_NAMES)))
        # By the name of the section, oldest first.
        self.listings: dict[str, list[Entry]] = {name: [] for name in LISTING_PATHS}
        self._sizes: Counter[str] = Counter()
        self._files = files

    def place(self, page: StoryPage, random: Random) -> list[str]:
        """Put a story into feeds and listings; return their names."""
        feeds, listings = self._choose(page, random)
        forms = [form for form in page.links if form is not LinkForm.SOCIAL]
        number = page.story.article_id
        for at, name in enumerate(feeds):
            self.add_item(name, feed_item(page, forms[at % len(forms)], number))
            if at == 0 and LinkForm.SOCIAL in page.links:
                self.add_item(name, feed_item(page, LinkForm.SOCIAL, number))
        for at, name in enumerate(listings, start=len(feeds)):
            address = link(page, forms[at % len(forms)])
            href = address.removeprefix(SITE) if random.random() < 0.5 else address
            self.listings[name].append(Entry(href=href, title=listed_title(page.story)))
        return [*feeds, *listings]

    def add_item(self, feed: str, line: str) -> None:
        self._files[feed].write(line)
        self._sizes[feed] += 1

    def emptiest_feeds(self, most: int) -> list[str]:
        return sorted(FEED_NAMES, key=lambda name: (self._sizes[name], name))[:most]

    def feeds(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every feed, newest item first."""
        for name, file in self._files.items():
            file.seek(0)
            yield name, feed_document(name, "".join(reversed(file.readlines())))

    def _choose(self, page: StoryPage, random: Random) -> tuple[list[str], list[str]]:
        if self._shape is Shape.STORIES_ONLY:
            listings = self._listings(page, 1) if random.random() < 0.1 else []
            return self.emptiest_feeds(1), listings
        if page.story.language == "ar":
            feeds = [ARABIC_FEED] if page.clock is not None else []
            return feeds, self._listings(page, random.randint(1, 2))
        # Pages without a time are kept out of feeds more often, so that worse evidence is used;
        # ids say too little of a day before 2018, so a story of then is always in a feed.
        share = _LISTED_ONLY if page.clock else _UNDATED_LISTED_ONLY
        if random.random() < share * (page.layout is not PageLayout.EARLY):
            listings = self._listings(page, max(len(page.links), random.randint(1, 2)))
            if len(listings) >= len(page.links):
                return [], listings
        listings = self._listings(page, 1) if random.random() < _LISTED_TOO else []
        return self._feeds(page), listings

    def _feeds(self, page: StoryPage) -> list[str]:
        own = [name for name in page.story.countries if self._sizes[name] < self._most]
        others = [name for name in self.emptiest_feeds(len(FEED_NAMES)) if name not in own]
        copies = max(self._copies, len(page.links))
        return (own + others)[: max(copies, min(len(own), copies + 1))]

    def _listings(self, page: StoryPage, most: int) -> list[str]:
        codes = [_FEED_CODES[name] for name in page.story.countries if name != "Turkey"]
        region = "ArabWorld" if codes else REGIONS[page.story.article_id % len(REGIONS)]
        capacity = _MAX_PAGES * _PAGE_SIZE
        free = [name for name in LISTING_PATHS if len(self.listings[name]) < capacity]
        free.sort(key=lambda name: (len(self.listings[name]), name))
        fitting = (*codes, region, GENERAL)
        own = [name for name in free if name in fitting]
        return (own[:2] + [name for name in free if name not in fitting])[:most]
