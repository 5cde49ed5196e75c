"""What a made-up story is, before any page is made of it: the truth a reader must find again."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who provides a story.

    Attributes:
        name: as the dateline credit prints it; `MENAFN` for own news.
        code: six digits, the token's first group.
        account: six digits, the token's second group.
        image_prefix: letters that its pictures' file names start with.
        agency_mark: how it signs its own dateline ("KUNA"), `None` where it has none.
        second_credit: a credit printed after the dateline credit, `None` where there is none.
        language: ISO 639-1 code it writes in.
    """

    name: str
    code: str
    account: str
    image_prefix: str
    agency_mark: str | None
    second_credit: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story as its writer meant it.

    Attributes:
        article_id: ten digits, rising with `published_at` as on the wire.
        language: ISO 639-1 code.
        title: the headline in the writer's words.
        paragraphs: the main text as a reader must return it, one entry a paragraph: no dateline
            credit, agency dateline, sign-off or token.
        provider: who provides it.
        published_at: the instant (UTC, whole seconds) that the page prints as US Eastern time.
        topic: `politics`, `oil`, `markets`, `companies`, `sport`, ...
        countries: country feeds that carry it, spelled as the feeds are (`Saudi_Arabia`).
        dateline_place: place of the agency's own dateline, `None` where it has none.
        dateline_date: its day.
        byline: "By ..." line after the credit, `None` where there is none.
        sign_off: agency tail such as `(end) abc`, `None` where there is none.
        image_caption: text of the picture's `alt`, `None` where there is no own picture.
        keywords: words of the paragraphs that the wire links by machine.
        is_flash: whether it is one sentence long.
    """

    article_id: int
    language: str
    title: str
    paragraphs: tuple[str, ...]
    provider: Provider
    published_at: datetime
    topic: str
    countries: tuple[str, ...]
    dateline_place: str | None
    dateline_date: date | None
    byline: str | None
    sign_off: str | None
    image_caption: str | None
    keywords: tuple[str, ...]
    is_flash: bool
