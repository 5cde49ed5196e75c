"""What an invented story is before any page is made of it: the truth a reader must find again."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_MAX_ACRONYM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who provides a story.

    Attributes:
        name: as the credit prints it; `MENAFN` for own news.
        code: six digits, the token's first group.
        account: six digits, the token's second group.
        image_prefix: letters that its pictures' file names start with.
        agency_mark: how it signs its own dateline ("KUNA"), `None` where it has none.
        second_credit: a credit printed after the first, `None` where there is none.
        language: ISO 639-1 code it writes in.
    """

    name: str
    code: str
    account: str
    image_prefix: str
    agency_mark: str | None = None
    second_credit: str | None = None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person, organisation or place that a story is about, as a recogniser should find it.

    Attributes:
        kind: `person`, `organisation` or `place`.
        name: the full name as the story writes it.
        short: the shorter name that the story also uses, `None` where it uses none.
    """

    kind: str
    name: str
    short: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story as its writer meant it.

    Attributes:
        article_id: ten digits, rising with `published_at` as on the wire.
        language: ISO 639-1 code.
        title: the headline in the writer's words.
        paragraphs: the main text as a reader must return it, one entry a paragraph: no credit,
            agency dateline, sign-off or token.
        provider: who provides it.
        published_at: the instant (UTC, whole seconds) that the page prints as US Eastern time.
        topic: `politics`, `oil`, `markets`, `companies`, `sport`, ...
        countries: country feeds that carry it, spelled as the feeds are (`Saudi_Arabia`).
        dateline_place: place of the agency's own dateline, `None` where it has none.
        dateline_date: its day.
        byline: "By ..." line after the credit, `None` where there is none.
        sign_off: agency tail such as `(end) abc`, `None` where there is none.
        image_caption: text of the picture's `alt`, `None` where there is no own picture.
        keywords: words of the paragraphs that the site links by machine.
        cast: whom and what it names, apart from the byline; true names for measuring recognisers.
    """

    article_id: int
    language: str
    title: str
    paragraphs: tuple[str, ...]
    provider: Provider
    published_at: datetime
    topic: str
    countries: tuple[str, ...] = ()
    dateline_place: str | None = None
    dateline_date: date | None = None
    byline: str | None = None
    sign_off: str | None = None
    image_caption: str | None = None
    keywords: tuple[str, ...] = ()
    cast: tuple[Named, ...] = ()

    @property
    def is_flash(self) -> bool:
        """Whether it is one sentence long."""
        return len(self.paragraphs) == 1


@cache
def names() -> dict[str, Any]:
    """The tables of places, people, firms and providers that invented news is made of."""
    return tomllib.loads((FOLDER / "copy" / "names.toml").read_text(encoding="utf-8"))


def provider(name: str, language: str, second_credit: str | None = None) -> Provider:
    """A provider by its name and language."""
    [row] = [
        row for row in names()["provider"] if (row["name"], row["language"]) == (name, language)
    ]
    kept = ("name", "language", "code", "account", "image_prefix", "agency_mark")
    fields = {key: row[key] for key in kept if key in row}
    return Provider(second_credit=second_credit, **fields)


def sample_stories(name: str = "stories.jsonl") -> Iterator[Story]:
    """Stories of the bundled sample in the order of their ids: `stories.jsonl` or `written.jsonl`.

    Those of `stories.jsonl` were made by a generator and are printed with traps. Those of
    `written.jsonl` come after them and are printed plainly: one that is revised, one whose
    correction is taken back, one text of two providers, and an English and Arabic pair.
    """
    for row in read_rows(name):
        row["provider"] = provider(row["provider"], row["language"], row.pop("second_credit", None))
        row["published_at"] = datetime.fromisoformat(row["published_at"])
        if "dateline_date" in row:
            row["dateline_date"] = date.fromisoformat(row["dateline_date"])
        row["cast"] = tuple(
            Named(kind=kind, name=name, short=short[0] if short else None)
            for kind, name, *short in row["cast"]
        )
        for key in ("countries", "keywords", "paragraphs"):
            row[key] = tuple(row[key])
        yield Story(**row)


def later_versions(state: int) -> dict[int, dict[str, Any]]:
    """What has changed in sample stories by a later state of the site: fields by article id."""
    return {
        row.pop("article_id"): {
            key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
        }
        for row in read_rows("later.jsonl")
        if row.pop("state") == state
    }


def in_title_case(headline: str) -> str:
    """A headline as the wire forces it on syndicated copy: every word, `1St`, `Uavs`."""
    return " ".join(
        word
        if _is_acronym(word)
        else _WORD.sub(lambda match: match[0][0].upper() + match[0][1:].lower(), word)
        for word in headline.split()
    )


def _is_acronym(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) <= _MAX_ACRONYM and all(letter.isupper() for letter in letters)


def read_rows(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)
