"""Compiles data/entities/currencies.csv from Babel (Unicode CLDR, Unicode License v3).

    python -m tests.quality.entities.compile_currencies data/entities/currencies.csv

One currency that is legal tender a line: its ISO 4217 code, its English name in the singular and
in the plural, its Arabic name, and the countries whose tender it is.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

HEADING = ("code", "name", "plural", "arabic", "countries")


def main() -> None:
    """Writes the table to the file named on the command line."""
    countries: defaultdict[str, list[str]] = defaultdict(list)
    for territory in sorted(Locale("en").territories):
        if len(territory) == 2 and territory.isalpha():
            for code in get_territory_currencies(territory):
                countries[code].append(territory)
    with Path(sys.argv[1]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        for code, tender in sorted(countries.items()):
            english = [get_currency_name(code, count, locale="en") for count in (None, 2)]
            arabic = get_currency_name(code, locale="ar")
            writer.writerow((code, *english, arabic, "|".join(tender)))


if __name__ == "__main__":
    main()
