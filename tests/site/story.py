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
    name: str  # as the credit prints it; `MENAFN` for own news
    code: str  # six digits, the token's first group
    account: str  # six digits, the token's second group
    image_prefix: str  # letters that its pictures' file names start with
    agency_mark: str | None = None  # how it signs its own dateline ("KUNA")
    second_credit: str | None = None  # a credit printed after the first, `None` where there is none
    language: str  # ISO 639-1 code it writes in


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person, organisation or place that a story is about, as a recogniser should find it."""

    kind: str  # `person`, `organisation` or `place`
    name: str  # the full name as the story writes it
    short: str | None = None  # the shorter name that the story also uses, `None` where it uses none


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    article_id: int  # ten digits, rising with `published_at` as on the wire
    language: str  # ISO 639-1 code
    title: str  # the headline in the writer's words
    paragraphs: tuple[str, ...]  # no credit, agency dateline, sign-off or token among them
    provider: Provider  # who provides it
    published_at: datetime  # UTC, whole seconds; the page prints it as US Eastern time
    topic: str  # `politics`, `oil`, `markets`, `companies`, `sport`,
    countries: tuple[str, ...] = ()  # feeds that carry it, spelled as they are
    dateline_place: str | None = None  # place of the agency's own dateline
    dateline_date: date | None = None  # its day
    byline: str | None = None  # "By ..." line after the credit, `None` where there is none
    sign_off: str | None = None  # agency tail such as `(end) abc`, `None` where there is none
    image_caption: str | None = None  # the `alt` text of its own picture
    keywords: tuple[str, ...] = ()  # words of the paragraphs that the site links by machine
    cast: tuple[Named, ...] = ()  # the true names of its title and text

    @property
    def is_flash(self) -> bool:
        return len(self.paragraphs) == 1


@cache
def names() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "copy" / "names.toml").read_text(encoding="utf-8"))


def provider(name: str, language: str, second_credit: str | None = None) -> Provider:
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

    def title_case(word: str) -> str:
        letters = [letter for letter in word if letter.isalpha()]
        if len(letters) <= _MAX_ACRONYM and all(letter.isupper() for letter in letters):
            return word
        return _WORD.sub(lambda match: match[0][0].upper() + match[0][1:].lower(), word)

    return " ".join(map(title_case, headline.split()))


def read_rows(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)
