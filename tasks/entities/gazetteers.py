"""The tables of `data/entities`, read from disk and ready for looking up."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tasks.core.records import EntityType
from tasks.entities.organisations import Organisation, OrganisationIndex
from tasks.entities.person_names import GivenNames
from tasks.entities.places import NEAR, Place, PlaceIndex, is_sure, main_country
from tasks.entities.tokenizer import key, phrase_key
from tasks.entities.words import WordClasses

FOLDER = Path(__file__).parents[2] / "data" / "entities"
_TABLES = (
    "aliases.csv", "arabic_words.txt", "demonyms.csv", "doubtful_places.txt", "first_names.txt",
    "given_names.txt", "last_names.txt", "organisations.csv", "place_names.csv", "places.tsv",
)  # fmt: skip
_LARGE_CITY = 200_000  # inhabitants of the far cities that training sentences name
CERTAIN, _LIKELY = 2, 1  # a name with namesakes abroad counts for less
_LARGE = 1_000_000  # inhabitants of a city that a name may mean as well as a country
_CAPITALISED = re.compile(r"([A-Z][\w'\u2019]+)(?: ([A-Z][\w'\u2019]+))?")
_ARABIC_ADJECTIVE = re.compile(r"(?<!\w)[وبكف]?(?:ال|لل)([\u0621-\u064a]{3,}ية?)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteers:
    """Every table."""

    places: PlaceIndex
    organisations: OrganisationIndex
    word_classes: WordClasses
    given_names: GivenNames
    # Folded Arabic spellings of places that are words or given names too: `cue` where a preposition
    # may show the place, `never` where only a word such as "city" does.
    arabic_words: Mapping[str, str]
    demonyms: Mapping[str, str]  # folded ("qatari") to ISO 3166-1 alpha-2 code
    aliases: Mapping[tuple[EntityType, str], str]  # type and folded alias ("hemedti") to the name
    # Every alias of a person, and every name that has one, as `GivenNames.spelling` gives it, to
    # that name.
    known_persons: Mapping[str, str]

    def find_nationalities(self, text: str) -> list[str]:
        """The country of each adjective or noun of nationality in a text, in order."""
        found = []
        code_of = self.demonyms.get
        for first, second in _CAPITALISED.findall(text):
            one, other = key(first), key(second)
            code = code_of(f"{one} {other}") or code_of(one) or code_of(other)
            if code:
                found.append(code)
        # Of those that are surnames too the table has the feminine only: Al-Masri, "the Egyptian".
        adjectives = map(key, _ARABIC_ADJECTIVE.findall(text))
        return found + [code for one in adjectives if (code := code_of(one))]

    def weigh_countries(self, names: Iterable[str], texts: Sequence[str]) -> Counter[str]:
        """How strongly each country, by ISO 3166-1 alpha-2 code, is named or implied.

        By the names of places, each as often as it stands in the texts, and by the adjectives and
        nouns of nationality of the texts.
        """
        weights: Counter[str] = Counter()
        for name, count in Counter(names).items():
            places = self.places.lookup(name)
            code = main_country(name, places)
            # Oman and Amman are spelled alike in Arabic: the name alone implies neither.
            large = {
                one.country_code for one in places if one.is_country or one.population > _LARGE
            }
            if code and len(large) < 2:  # noqa: PLR2004
                is_certain = any(place.is_country for place in places) or all(
                    place.country_code == code for place in places
                )
                weights[code] += count * (CERTAIN if is_certain else _LIKELY)
        for text in texts:
            for code in self.find_nationalities(text):
                weights[code] += CERTAIN
        return weights


@lru_cache(maxsize=1)
def load_gazetteers(folder: Path = FOLDER) -> Gazetteers:
    """The tables of a folder, read once a process."""
    demonyms = {
        phrase_key(row["demonym"]): row["country_code"] for row in _rows(folder / "demonyms.csv")
    }
    given_names = GivenNames(_lines(folder / "given_names.txt"))
    aliases = [
        (EntityType(row["type"]), row["alias"], row["name"])
        for row in _rows(folder / "aliases.csv")
    ]
    return Gazetteers(
        places=PlaceIndex(_read_places(folder), _lines(folder / "doubtful_places.txt")),
        organisations=OrganisationIndex(_read_organisations(folder)),
        word_classes=WordClasses(
            _lines(folder / "first_names.txt"), _lines(folder / "last_names.txt"), demonyms
        ),
        given_names=given_names,
        arabic_words=dict(line.split("\t") for line in _lines(folder / "arabic_words.txt")),
        demonyms=demonyms,
        aliases={(kind, phrase_key(alias)): name for kind, alias, name in aliases},
        known_persons={
            given_names.spelling(spelling): name
            for kind, alias, name in aliases
            if kind is EntityType.PERSON
            for spelling in (name, alias)
        },
    )


def digest_tables(folder: Path = FOLDER) -> str:
    """Hexadecimal SHA-256 over every table: it changes when any of them does."""
    digest = sha256()
    for name in _TABLES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def place_names(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Names to make sentences with: cities of the near countries, larger cities, countries."""
    places = tuple(_read_places(folder))
    cities = [place for place in places if not place.is_country and place.population]
    near = [place.name for place in cities if place.country_code in NEAR]
    far = [place.name for place in cities if place.population >= _LARGE_CITY]
    countries = [place.name for place in places if place.is_country]
    return near, far, countries


def organisation_names(folder: Path) -> list[str]:
    """Every name and alias of the curated organisations, without the countries in brackets."""
    every = (name for each in _read_organisations(folder) for name in each.names)
    return [name for name in every if not name.endswith(")")]


def demonym_names(folder: Path) -> list[str]:
    """The English demonyms as printed, without those that only add an s to another."""
    rows = _rows(folder / "demonyms.csv")
    names = {row["demonym"] for row in rows if not "\u0621" <= row["demonym"][0] <= "\u064a"}
    return sorted(name for name in names if name.removesuffix("s") not in names - {name})


def _read_places(folder: Path) -> Iterator[Place]:
    """The hand-written places first, each with the compiled spellings of its reference."""
    compiled: dict[str, Place] = {}
    for line in _lines(folder / "places.tsv"):
        reference, country, population, name, spellings, arabic = line.split("\t")
        place = Place(
            reference=reference,
            country_code=country,
            population=int(population),
            name=name,
            sure=(),
            spellings=(name, *_split(spellings)),
            arabic=_split(arabic),
            is_written=False,
        )
        if place.is_country:
            place = replace(place, sure=place.spellings, spellings=())
        elif is_sure(country, place.population):
            place = replace(place, sure=(name,), spellings=place.spellings[1:])
        compiled[reference] = place
    rows = _rows(folder / "place_names.csv")
    # A name that was given to a place by hand is no other's: "Gaza" is not Gaza City's.
    given = {
        phrase_key(spelling): row["reference"]
        for row in reversed(rows)
        for spelling in (row["name"], *_split(row["aliases"]), *_split(row["arabic"]))
    }
    for row in rows:
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
        if other := compiled.pop(row["reference"], None):
            written = replace(
                written,
                population=other.population,
                spellings=tuple(
                    name
                    for name in (*other.sure, *other.spellings)
                    if given.get(phrase_key(name), row["reference"]) == row["reference"]
                ),
                arabic=tuple(
                    name
                    for name in dict.fromkeys((*written.arabic, *other.arabic))
                    if given.get(phrase_key(name), row["reference"]) == row["reference"]
                ),
            )
        yield written
    yield from compiled.values()


def _read_organisations(folder: Path) -> Iterator[Organisation]:
    for row in _rows(folder / "organisations.csv"):
        yield Organisation(
            name=row["name"],
            aliases=_split(row["aliases"]),
            doubtful=_split(row["doubtful"]),
            acronym=row["acronym"] or None,
            country_code=row["country_code"] or None,
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
    return tuple(part for part in cell.split("|") if part)
