"""Invents the names that training sentences are filled with."""

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tasks.entities.gazetteers import organisation_names, place_names

# Material for given and family names, and how often it is drawn.
_CULTURES = {
    "AR": 46, "FA": 7, "TR": 8, "IN": 8, "PK": 5, "EN": 12, "EU": 8, "AS": 3, "JP": 1, "AF": 4,
}  # fmt: skip
_TOWN_STARTS = (
    "Al", "Deir", "Wadi", "Kfar", "Ras", "Ain", "Tal", "Beit", "Bir", "Umm", "Jabal", "",
)  # fmt: skip
_PARTY_WORDS = ("Front", "Movement", "Party", "Brigades", "Alliance", "Bloc", "Congress", "Army")
_PARTY_STARTS = ("National", "Popular", "Islamic", "Democratic", "Free", "United", "People's", "")
_BODIES = (
    "{} Authority", "{} Chamber of Commerce", "{} Central Bank", "University of {}",
    "{} University", "{} Provincial Council", "{} High Court", "{} Red Crescent",
    "{} Investment Fund", "{} Football Association", "Bank of {}",
    "{} Observatory for Human Rights", "{} Police",
)  # fmt: skip
_CLUB_WORDS = ("SC", "FC", "Club", "United", "Rovers", "Athletic", "City")
EXCHANGES = (
    "ADX", "DFM", "QSE", "KSE", "EGX", "MSX", "BHB", "ASE", "NSE", "NYSE", "Nasdaq", "LSE", "BIST",
    "Tadawul", "PSX", "BSE",
)  # fmt: skip


class Inventor:
    """Draws names of every kind from `data/entities`; equal seeds give equal names."""

    def __init__(self, rng: Random, folder: Path) -> None:
        self.rng = rng
        self.material: Mapping[str, list[str]] = json.loads(
            (folder / "training" / "names.json").read_text(encoding="utf-8")
        )
        self.near, self.far, self.countries = place_names(folder)
        self.known = organisation_names(folder)

    def person(self) -> tuple[str, str]:
        """A full name and the short form that follows it in copy."""
        culture = self.rng.choices([*_CULTURES], [*_CULTURES.values()])[0]
        if culture == "AR":
            return self._arab()
        if culture == "AS":
            family, given = self.any("AS_N"), self.any("AS_G")
            return f"{family} {given}", family
        if culture == "JP":
            given, family = (self.rng.choice(part) for part in self.material["JP"])
        else:
            given, family = self.any(f"{culture}_G"), self.any(f"{culture}_L")
        if self.rng.random() < 0.12:  # noqa: PLR2004 - a double family name
            family = f"{family}-{self.any('EN_L' if culture == 'JP' else f'{culture}_L')}"
        if culture == "EN" and self.rng.random() < 0.2:  # noqa: PLR2004 - a middle initial
            given = f"{given} {self.rng.choice('ABCDEFGHJKLMNPRSTW')}."
        return f"{given} {family}", family

    def _arab(self) -> tuple[str, str]:
        rng = self.rng
        is_woman = rng.random() < 0.25  # noqa: PLR2004
        given = self.any("AR_F" if is_woman else "AR_M")
        family = self.any("AR_L")
        if rng.random() < 0.15:  # noqa: PLR2004 - a family name that no list has
            family = family[:3] + self.any("SYL2") + rng.choice(("i", "y", "awi", "an", ""))
        article = rng.choice(
            ("Al-", "Al-", "Al-", "al-", "Al ", "El-", "El ", "Al", "", "", "Abu ")
        )
        family = article + (family.lower() if article == "Al" else family)
        middle = ""
        draw = rng.random()
        if draw < 0.3:  # noqa: PLR2004
            link = "bint" if is_woman else rng.choice(("bin", "bin", "ibn", "ben"))
            middle = f" {link} {self.any('AR_M')}"
        elif draw < 0.45:  # noqa: PLR2004
            middle = f" {self.any('AR_M')}"
        short = family if rng.random() < 0.9 else given  # noqa: PLR2004
        return f"{given}{middle} {family}", short

    def organisation(self) -> str:
        """The full name of a body, invented or of the curated table."""
        makers = (
            (self.firm, 34),
            (self.ministry, 11),
            (lambda: self.rng.choice(_BODIES).format(self.place()), 14),
            (self.club, 8),
            (self.party, 6),
            (lambda: self.rng.choice(self.known), 20),
            (lambda: self.any("SRC"), 4),
            (lambda: f"{self.person()[1]} & {self.person()[1]}", 3),
        )
        make = self.rng.choices([make for make, _ in makers], [often for _, often in makers])[0]
        return str(make())

    def ministry(self) -> str:
        """A ministry by its portfolio."""
        portfolio = self.any("MIN")
        return self.rng.choice((f"Ministry of {portfolio}", f"{portfolio} Ministry"))

    def club(self) -> str:
        """A sports club."""
        return f"{self.rng.choice((self.brand(), self.city()))} {self.rng.choice(_CLUB_WORDS)}"

    def firm(self) -> str:
        """A firm's full name."""
        rng = self.rng
        opening = rng.choice((self.brand(), self.brand(), self.city(), self.person()[1]))
        sector = self.any("SECT") if rng.random() < 0.8 else ""  # noqa: PLR2004
        ending = self.any("SUF") if rng.random() < 0.5 or not sector else ""  # noqa: PLR2004
        return " ".join(part for part in (opening, sector, ending) if part)

    def brand(self) -> str:
        """A firm's or club's short name."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.08:  # noqa: PLR2004
            return rng.choice(self.known)
        if draw < 0.18:  # noqa: PLR2004
            return f"Al {self.any('AR_L')}"
        if draw < 0.28:  # noqa: PLR2004
            return self.any(rng.choice(("AR_L", "EN_L", "EU_L", "TR_L")))
        word = self.any("SYL") + self.any("SYL2")
        if rng.random() < 0.4:  # noqa: PLR2004
            word += self.any("SYL2")
        return word

    def party(self) -> str:
        """A party or armed group."""
        rng = self.rng
        opening = rng.choice((*_PARTY_STARTS, self.brand()))
        return f"{opening} {rng.choice(_PARTY_WORDS)}".strip()

    def acronym(self) -> str:
        """Two to five capitals."""
        count = self.rng.choice((2, 3, 3, 3, 4, 4, 5))
        return "".join(self.rng.choice("ABCDEFGIKLMNOPRSTU") for _ in range(count))

    def paper(self) -> str:
        """A newspaper or agency."""
        return self.any("SRC") if self.rng.random() < 0.5 else f"Al-{self.any('AR_L')}"  # noqa: PLR2004

    def country(self) -> str:
        """A country."""
        return self.rng.choice(self.countries)

    def city(self) -> str:
        """A city: of the near countries mostly; one in seven is on no list."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.15:  # noqa: PLR2004
            return f"{rng.choice(_TOWN_STARTS)} {self.any('SYL')}{self.any('SYL2')}".strip()
        return rng.choice(self.near if draw < 0.7 else self.far)  # noqa: PLR2004

    def place(self) -> str:
        """Any place: a city, a country, an installation or a landscape."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.3:  # noqa: PLR2004
            return self.city()
        if draw < 0.4:  # noqa: PLR2004
            return self.country()
        named = rng.choice((self.city(), self.city(), self.person()[0], self.brand()))
        return f"{named} {self.any('FACF' if draw < 0.75 else 'GEOF')}"  # noqa: PLR2004

    def any(self, name: str) -> str:
        """One entry of the material."""
        return self.rng.choice(self.material[name])
