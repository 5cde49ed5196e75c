"""RSS feeds of the site.

Seen: the 17 country feeds' addresses, one Arabic feed in UTF-16, the author's mail-and-name form,
descriptions cut at a word to 200 characters with blank and three dots, the social twin and its
hashtags, a logo where there is no picture. Invented: the exact text of `pubDate` (wall clock of
US Eastern, with or without a label that nobody should believe) and how an item names its picture.
"""

import re
from datetime import datetime
from email.utils import format_datetime
from html import escape

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.body import lead_html
from tests.facsimile.site.links import link
from tests.facsimile.site.sheet import (
    PARAGRAPH_BREAK,
    WIRE_ZONE,
    Era,
    LinkForm,
    Sheet,
    listed_title,
)

FEED_NAMES = (
    "Algeria", "Bahrain", "Egypt", "Iraq", "Jordan", "Kuwait", "Lebanon", "Morocco", "Oman",
    "Palestine", "Qatar", "Saudi_Arabia", "Syria", "Tunisia", "Turkey", "UAE", "Yemen",
)  # fmt: skip
ARABIC_FEED = "menatopstoriesar"

_DESCRIPTION = 200
_DOTS = " ..."
_TAG = re.compile(r"<[^>]*>")
_AUTHOR = "marketing@menafn.com (MENAFN)"


def feed_path(name: str) -> str:
    """Path of a feed: `/rss/menafn_Kuwait.xml`."""
    return f"/rss/menafn_{name}.xml"


def feed_item(sheet: Sheet, form: LinkForm, number: int) -> str:
    """A story as one item of a feed.

    Args:
        sheet: the story.
        form: how it is linked; `SOCIAL` makes the twin of an item.
        number: settles in which shape the date is printed.
    """
    is_twin = form is LinkForm.SOCIAL
    title = listed_title(sheet.story)
    if is_twin:
        title = f"{title} {' '.join(_hashtags(title))}"
    return item(
        title=title,
        address=link(sheet, form),
        date=feed_date(sheet.story.published_at, number),
        description=_early_description(sheet) if sheet.era is Era.EARLY else _description(sheet),
        picture=_picture(sheet, is_twin=is_twin),
    )


def item(*, title: str, address: str, date: str, description: str, picture: str) -> str:
    """One `item` element."""
    return (
        f"<item><title>{escape(title, quote=False)}</title>"
        f"<link>{escape(address, quote=False)}</link><author>{_AUTHOR}</author>"
        f"<pubDate>{date}</pubDate><description>{escape(description, quote=False)}</description>"
        f'<enclosure url="{picture}" length="0" type="image/jpeg" /></item>\n'
    )


def feed_document(name: str, items: str) -> bytes:
    """A feed's bytes: UTF-16 with a byte-order mark for the Arabic one, UTF-8 for the rest."""
    charset = "utf-16" if name == ARABIC_FEED else "utf-8"
    label = name.replace("_", " ")
    text = (
        f'<?xml version="1.0" encoding="{charset}"?>\n<rss version="2.0"><channel>\n'
        f"<title>MENAFN.COM - {label}</title><link>{SITE}/</link>\n"
        f"<description>{label} news</description><language>{_language(name)}</language>\n"
        f"<ttl>15</ttl>\n{items}</channel></rss>\n"
    )
    return b"\xff\xfe" + text.encode("utf-16-le") if charset == "utf-16" else text.encode()


def feed_date(published_at: datetime, number: int) -> str:
    """A date on the wire's wall clock, in one of four shapes."""
    local = published_at.astimezone(WIRE_ZONE)
    mail = format_datetime(local).rsplit(" ", 1)[0]
    return (mail, f"{mail} EST", f"{mail} {local:%Z}", f"{local:%Y-%m-%d %H:%M:%S}")[number % 4]


def _language(name: str) -> str:
    return "ar" if name == ARABIC_FEED else "en-us"


def _hashtags(title: str) -> list[str]:
    words = [word for word in title.split() if len(word) > 4]
    return [f"#{word.strip('.,:;')}" for word in words[-3:]]


def _opening(sheet: Sheet) -> str:
    html = lead_html(sheet) + " ".join(block.html for block in sheet.blocks[:4])
    text = _TAG.sub(" ", html.replace(PARAGRAPH_BREAK, " "))
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.split())


def _description(sheet: Sheet) -> str:
    text = _opening(sheet)
    if len(text) <= _DESCRIPTION:
        return text
    return text[: _DESCRIPTION - len(_DOTS) + 1].rsplit(" ", 1)[0] + _DOTS


def _early_description(sheet: Sheet) -> str:
    return f"<p>{_opening(sheet)[:150]}</p>"


def _picture(sheet: Sheet, *, is_twin: bool) -> str:
    path = sheet.picture.path if sheet.picture else "/images/Menafn_SmallLogo.jpg"
    return SITE + (path.replace("_story.jpg", "_social.jpg") if is_twin else path)
