"""Compiles data/entities/first_names.txt and last_names.txt from Faker's lists of names.

    pip install faker==40.54.0
    python -m tests.quality.entities.compile_given_names data/entities

Faker (MIT) is needed for this alone, so it is no dependency of the project.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

HEADING = "# Compiled by tests/quality/entities/compile_given_names.py from the lists of Faker (MIT licence).\n"
_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏḀ-ỿ'’\-]+")
_FIRST = ("first_names", "first_names_male", "first_names_female", "first_names_unisex")
_LAST = ("last_names", "last_names_male", "last_names_female", "last_names_unisex")


def main() -> None:
    """Reads Faker's lists and writes the two files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    package = import_module("faker.providers.person")
    providers = [
        import_module(f"faker.providers.person.{module.name}").Provider
        for module in iter_modules(package.__path__)
    ]
    for file, attributes in (("first_names.txt", _FIRST), ("last_names.txt", _LAST)):
        names = sorted(set(_names(providers, attributes)))
        (folder / file).write_text(HEADING + "\n".join(names) + "\n", encoding="utf-8")


def _names(providers: Iterable[Any], attributes: tuple[str, ...]) -> Iterator[str]:
    for provider in providers:
        for attribute in attributes:
            listed = getattr(provider, attribute, ())
            if isinstance(listed, Iterable):
                yield from (name for name in listed if _LATIN.fullmatch(name))


if __name__ == "__main__":
    main()
