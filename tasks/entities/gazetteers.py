"""Reads the tables of `data/entities` from disk."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tasks.core.records import EntityType
from tasks.entities.organisations import Organisation, OrganisationIndex
from tasks.entities.person_names import GivenNames
from tasks.entities.places import NEAR, Place, PlaceIndex, is_sure
from tasks.entities.tokenizer import phrase_key
from tasks.entities.words import WordClasses


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteers:
    """The tables of `data/entities`, ready for looking up.

    Attributes:
        gazetteer: places by name.
        directory: curated organisations by name.
        lexicon: what single words are known for.
        given_names: spellings of given names.
        demonyms: folded demonym ("qatari") to ISO 3166-1 alpha-2 code.
        aliases: type and folded alias ("hemedti") to the name it stands for.
        known_persons: every alias of a person and every name that has one, in the common spelling
            of `GivenNames.spelling`, to that name.
    """

    gazetteer: PlaceIndex
    directory: OrganisationIndex
    lexicon: WordClasses
    given_names: GivenNames
    demonyms: Mapping[str, str]
    aliases: Mapping[tuple[EntityType, str], str]
    known_persons: Mapping[str, str]


_LARGE_CITY = 200_000
_TABLES = (
    "aliases.csv",
    "demonyms.csv",
    "doubtful_places.txt",
    "first_names.txt",
    "given_names.txt",
    "last_names.txt",
    "organisations.csv",
    "place_names.csv",
    "places.tsv",
)
FOLDER = Path(__file__).parents[2] / "data" / "entities"


@lru_cache(maxsize=1)
def load_gazetteers(folder: Path = FOLDER) -> Gazetteers:
    """The tables, read once a process.

    Args:
        folder: where they lie.

    Returns:
        The tables, ready for looking up.
    """
    demonyms = {
        phrase_key(row["demonym"]): row["country_code"] for row in _rows(folder / "demonyms.csv")
    }
    given_names = GivenNames(_lines(folder / "given_names.txt"))
    aliases = [
        (EntityType(row["type"]), row["alias"], row["name"])
        for row in _rows(folder / "aliases.csv")
    ]
    return Gazetteers(
        gazetteer=PlaceIndex(_places(folder), _lines(folder / "doubtful_places.txt")),
        directory=OrganisationIndex(_organisations(folder / "organisations.csv")),
        lexicon=WordClasses(
            _lines(folder / "first_names.txt"), _lines(folder / "last_names.txt"), demonyms
        ),
        given_names=given_names,
        demonyms=demonyms,
        aliases={(kind, phrase_key(alias)): name for kind, alias, name in aliases},
        known_persons={
            given_names.spelling(spelling): name
            for kind, alias, name in aliases
            if kind is EntityType.PERSON
            for spelling in (name, alias)
        },
    )


def tables_digest(folder: Path = FOLDER) -> str:
    """Hexadecimal SHA-256 over every table: it changes when any of them does."""
    digest = sha256()
    for name in _TABLES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def gazetteer_names(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Names to make sentences with: cities of the near countries, larger cities, countries."""
    places = tuple(_places(folder))
    cities = [place for place in places if not place.is_country and place.population]
    near = [place.name for place in cities if place.country_code in NEAR]
    far = [place.name for place in cities if place.population >= _LARGE_CITY]
    countries = [place.name for place in places if place.is_country]
    return near, far, countries


def organisation_names(folder: Path) -> list[str]:
    """Every name and alias of the curated organisations, without the countries in brackets."""
    return [
        name
        for each in _organisations(folder / "organisations.csv")
        for name in each.names
        if not name.endswith(")")
    ]


def demonym_names(folder: Path) -> list[str]:
    """The demonyms as printed, without those that only add an s to another."""
    names = {row["demonym"] for row in _rows(folder / "demonyms.csv")}
    return sorted(name for name in names if name.removesuffix("s") not in names - {name})


def _places(folder: Path) -> Iterator[Place]:
    """The hand-written places first, each with the compiled spellings of its reference."""
    compiled = {place.reference: place for place in _compiled(folder / "places.tsv")}
    for row in _rows(folder / "place_names.csv"):
        other = compiled.pop(row["reference"], None)
        written = Place(
            reference=row["reference"],
            country_code=row["country_code"] or None,
            population=0,
            name=row["name"],
            sure=(row["name"], *_split(row["aliases"])),
            spellings=(),
            arabic=_split(row["arabic"]),
            is_written=True,
        )
        yield written if other is None else _joined(written, other)
    yield from compiled.values()


def _joined(written: Place, compiled: Place) -> Place:
    return replace(
        written,
        population=compiled.population,
        spellings=(*compiled.sure, *compiled.spellings),
        arabic=tuple(dict.fromkeys((*written.arabic, *compiled.arabic))),
    )


def _compiled(path: Path) -> Iterator[Place]:
    for line in _lines(path):
        reference, country, inhabitants, name, spellings, arabic = line.split("\t")
        population = int(inhabitants)
        known = is_sure(country, population, is_country=reference == country)
        others = _split(spellings)
        is_country = reference == country
        yield Place(
            reference=reference,
            country_code=country,
            population=population,
            name=name,
            sure=(name, *others) if is_country else (name,) if known else (),
            spellings=() if is_country else others if known else (name, *others),
            arabic=_split(arabic),
            is_written=False,
        )


def _organisations(path: Path) -> Iterator[Organisation]:
    for row in _rows(path):
        yield Organisation(
            name=row["name"],
            aliases=_split(row["aliases"]),
            doubtful=_split(row["doubtful"]),
            acronym=row["acronym"] or None,
            arabic_name=row["arabic_name"] or None,
            country_code=row["country_code"] or None,
            ticker=row["ticker"] or None,
            kind=row["kind"],
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part) if cell else ()
