"""The facts of one invented story: who, what, where, how much and when.

The methods of `StoryFacts` are what expressions in the copy files call: `whole(2, 9)`, and
`Person('…')` for `new_person`.
"""

import builtins
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from types import CodeType
from typing import Any

from tests.site.story import Named, names
from tests.site.templates import Statement, template

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = ("$", "€", "£", "R$", "C$")
_FRIDAY_AND_SATURDAY_OFF = ("KW", "SA", "QA", "BH", "OM", "JO", "EG", "IQ", "PS")
_BUILTINS = {name: getattr(builtins, name) for name in ("abs", "int", "len", "max", "min", "range",
                                                        "round", "sum")}  # fmt: skip
_CONSONANTS = frozenset("BCDFGHJKLMNPQRSTVWXYZ")
_FEMALE_SHARE = 0.3
_LISTED_SHARE = 0.75


@dataclass(eq=False)
class Entity:
    """Someone or something that a story names: in full at first, by a shorter name afterwards."""

    rng: Random
    kind: str  # `person`, `organisation` or `place`
    name: str
    forms: dict[str, str]  # the wordings for slots that name a form, `short` among them
    prefix: str = ""  # stands before the name at first
    mark: str = ""  # stands after it at first
    role_share: float = 0.0  # how often its role takes the place of its name
    is_introduced: bool = False

    def __format__(self, form: str) -> str:
        """What it is called: full at first, or one of its forms, `name` or `'s` among them."""
        if form in self.forms:
            return self.forms[form]
        if form == "name":
            self.is_introduced = True
            return self.name
        called = self.called(mark="" if form else self.mark)
        if not form:
            return called
        if form != "'s":
            raise ValueError(f"{self.name} has no form {form}")
        return called + ("’" if called.endswith("s") else "’s")

    def called(self, mark: str) -> str:
        if not self.is_introduced:
            self.is_introduced = True
            return f"{self.prefix} {self.name} {mark}".strip()
        role = self.forms.get("role")
        return role if role and self.rng.random() < self.role_share else self.forms["short"]


class Place(Entity):
    """A country with its cities, people and money."""

    def __init__(self, row: str) -> None:
        """Read a country's row of the names file."""
        self.code, name, adjective, feminine, cities, *others = row.split("|")
        self.culture, self.currency, per_dollar, self.exchange, self.ticker, self.feed = others
        self.cities = tuple(cities.split(","))
        self.per_dollar = float(per_dollar)
        forms = {"full": name, "short": name.removeprefix("the "), "adj": adjective,
                 "m": adjective, "f": feminine, "capital": self.cities[0]}  # fmt: skip
        super().__init__(Random(0), "place", name, forms)

    def called(self, mark: str) -> str:
        return self.name


@cache
def places(language: str) -> dict[str, Place]:
    """The countries that copy of a language speaks of, by code."""
    rows = names()[language]["places"].strip().splitlines()
    return {place.code: place for place in map(Place, rows)}


class StoryFacts(dict[str, Any]):
    """What is known of one story; a fact that nothing has set is made by its slot on first use.

    Facts that begin with `any_` are made anew each time; a number after a name (`city2`) asks for
    another of the kind.
    """

    def __init__(
        self, rng: Random, slots: dict[str, Statement], language: str, day: date, codes: list[str]
    ) -> None:
        """Begin a story in the first and with the second of some countries."""
        super().__init__(day=day)
        self.rng, self.language, self.day = rng, language, day
        self.home: Place
        self.partner: Place
        self.named: list[Entity] = []
        self._slots = slots
        self._taken: set[str] = set()
        self._towns: list[str] = []
        functions = {alias: getattr(self, name) for alias, name in _FUNCTIONS.items()}
        chance = {"random": rng.random, "whole": rng.randint, "between": rng.uniform}
        self._functions = {"__builtins__": _BUILTINS, **functions, **chance}
        self.set_places(*codes)

    def __missing__(self, key: str) -> Any:
        statement = self._slots[key.rstrip("0123456789")]
        code = statement.expression
        value = self.value(code) if code else statement.rows[0][0].fill(self)
        if not key.startswith("any_"):
            self[key] = value
        return value

    def value(self, expression: CodeType) -> Any:
        return eval(expression, self._functions, self)

    def cast(self, text: str) -> tuple[Named, ...]:
        """Everyone and everything named in the story that its text holds."""
        found: dict[str, Named] = {}
        for entity in self.named:
            name = entity.name.removeprefix("the ")
            short = entity.forms["short"]
            has_short = short not in (name, entity.forms.get("role")) and _holds(text, short)
            if _holds(text, name):
                found[name] = Named(kind=entity.kind, name=name, short=short if has_short else None)
            elif has_short and entity.kind == "organisation":
                found[short] = Named(kind=entity.kind, name=short)
        for place in self._countries():
            for name in (place.forms["short"], *place.cities):
                if _holds(text, name):
                    found.setdefault(name, Named(kind="place", name=name))
        return tuple(found.values())

    def feeds(self, text: str) -> tuple[str, ...]:
        """The country feeds that would carry a text: those of the places it speaks of."""
        spoken_of = [self.home]
        for place in self._countries():
            if any(place.forms[form] in text for form in ("short", "adj", "capital")):
                spoken_of.append(place)
        return tuple(dict.fromkeys(place.feed for place in spoken_of if place.feed))

    def _countries(self) -> list[Place]:
        return [self[key] for key in ("home", "partner", "third", "gulf") if key in self]

    def _list(self, name: str) -> list[str]:
        words: str = names()[self.language][name]
        return words.split()

    # chance

    def pick(self, *options: Any) -> Any:
        return self.rng.choice(options)

    def sample(self, count: int, *options: Any) -> list[Any]:
        return self.rng.sample(options, count)

    def text(self, line: str) -> str:
        return template(line).fill(self)

    # places

    def set_places(self, home: "Place | str", partner: "Place | str | None" = None) -> None:
        known = places(self.language)
        self.home = self["home"] = known[home] if isinstance(home, str) else home
        code = partner if isinstance(partner, str) else (partner or self.partner).code
        if code not in known or code == self.home.code:
            code = self.rng.choice([other for other in known if other != self.home.code])
        self.partner = self["partner"] = known[code]

    def home_within(self, *codes: str) -> None:
        if self.home.code not in codes:
            self.set_places(self._code_of(codes), self.partner)

    def partner_within(self, *codes: str) -> None:
        if self.partner.code not in codes:
            self.set_places(self.home, self._code_of(codes))

    def _code_of(self, codes: Iterable[str]) -> str:
        """One of some countries that has no part in the story yet."""
        taken = (self.home.code, self.partner.code)
        return self.rng.choice([code for code in codes if code not in taken])

    def other_place(self, *codes: str) -> Place:
        known = places(self.language)
        return known[self._code_of(codes or [code for code in known if known[code].feed])]

    def next_town(self) -> str:
        if not self._towns:
            self._towns = self.rng.sample(self.home.cities[1:], len(self.home.cities) - 1)
        return self._towns.pop()

    # people and organisations

    def new_person(self, title: str, *, role: str = "", abroad: bool = False,
                   country: "Place | str | None" = None, female: bool | None = None) -> Entity:  # fmt: skip
        place = country or (self.partner if abroad else self.home)
        culture = (places("en")[place] if isinstance(place, str) else place).culture
        pools = names()[self.language]["people"]
        known = culture in pools and (abroad or self.language == "en")
        men, women, families = (_words(pool) for pool in pools[culture if known else "arab"])
        if female is None:
            female = bool(women) and self.rng.random() < _FEMALE_SHARE
        given = self.rng.choice(women if female and women else men)
        surname = self._unclaimed(families)
        is_family_first = self.language == "en" and not women
        name = f"{surname} {given}" if is_family_first else f"{given} {surname}"
        pronouns = ("she", "her", "her") if female else ("he", "him", "his")
        forms = dict(zip(("he", "him", "his"), pronouns, strict=True))
        forms |= {"role": role} if role else {}
        forms["short"] = surname
        return self._added("person", name, forms, prefix=self.text(title), role_share=0.2)

    def new_firm(
        self, trade: str, country: Place | None = None, role: str = "the company"
    ) -> Entity:
        table = names()[self.language]
        place = country or self.home
        pattern = self.rng.choice(table["firms"][trade].split(" | "))
        brand = self._unclaimed(_words(table["brands"]))
        name = pattern.format(brand)
        mark = ""
        if self.language == "ar":
            role = "البنك" if trade == "bank" else "الشركة"
        elif place.exchange and trade != "finance" and self.rng.random() < _LISTED_SHARE:
            mark = f"({place.ticker}: {_ticker(brand, pattern)})"
        short = pattern[: pattern.index("}") + 1].format(brand)
        forms = {"short": short, "role": role}
        return self._added("organisation", name, forms, mark=mark, role_share=0.35)

    def new_body(self, name: str, *, role: str = "", short: str = "") -> Entity:
        full = self.text(name)
        forms = {"short": short or role or full} | ({"role": role} if role else {})
        return self._added("organisation", full, forms, role_share=0.35)

    def new_ministry(self, brief: str) -> Entity:
        return self.new_body(f"[the|{{home:'s}}] Ministry of {brief}", role="the ministry")

    def new_brand(self) -> str:
        return self.rng.choice(_words(names()[self.language]["brands"]))

    def _added(self, kind: str, name: str, forms: dict[str, str], **settings: Any) -> Entity:
        entity = Entity(self.rng, kind, name, {"full": name, **forms}, **settings)
        self.named.append(entity)
        return entity

    def _unclaimed(self, options: tuple[str, ...]) -> str:
        """A name that nobody in the story has yet, as long as there is one."""
        free = [name for name in options if name not in self._taken] or options
        name = self.rng.choice(free)
        self._taken.add(name)
        return name

    # figures

    def count(self, number: int) -> str:
        return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"

    def ordinal(self, number: int) -> str:
        if number % 100 in (11, 12, 13):
            return f"{number}th"
        return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }".replace(" ", "")

    def percent(self, number: float) -> str:
        return f"{number:.1f} {'percent' if self.language == 'en' else 'في المئة'}"

    def amount(self, millions: float, currency: str) -> str:
        power = (millions >= 1e3) + (millions >= 1e6)
        unit = self._list("millions")[power]
        number = f"{millions / 1e3**power:.{2 if power else 1}f} {unit}"
        if self.language == "ar":
            return f"{number} {currency}"
        return f"{currency}{'' if currency in _SIGNS else ' '}{number}"

    def money(self, millions_of_dollars: float) -> str:
        return self.amount(millions_of_dollars * self.home.per_dollar, self.home.currency)

    def both(self, millions_of_dollars: float) -> str:
        own = self.money(millions_of_dollars)
        dollars = self.amount(millions_of_dollars, "$")
        return own if self.home.currency == "$" else f"{own} ({dollars})"

    def small_sum(self, dollars: float) -> str:
        own = dollars * self.home.per_dollar
        step = 10 if own < 1_000 else 100
        joint = "" if self.home.currency in _SIGNS else " "
        return f"{self.home.currency}{joint}{max(step, round(own / step) * step):,}"

    def barrel_price(self, days_ago: int = 0) -> float:
        # Dollars a barrel, the same for every story of a day.
        number = self.day.toordinal() - days_ago
        swing = 7 * math.sin(number / 97) + 3 * math.sin(number / 23) + 0.9 * math.sin(number * 1.7)
        return round((71.0 if self.day.year > 2018 else 51.0) + swing, 2)

    # days

    def date(self, later: int = 0, *, with_year: bool = False) -> str:
        when = self.day + timedelta(days=later)
        month = self._list("months")[when.month - 1]
        if self.language == "ar":
            return f"{when.day} {month}"
        return f"{month} {when.day}, {when.year}" if with_year else f"{month} {when.day}"

    def weekday(self, later: int = 0) -> str:
        return self._list("weekdays")[(self.day + timedelta(days=later)).weekday()]

    def month_name(self, later: int) -> str:
        return self._list("months")[(self.day.month - 1 + later) % 12]

    def last_quarter(self) -> tuple[str, int]:
        """The last quarter that had ended four weeks before."""
        before = self.day - timedelta(days=28)
        quarter = (before.month - 1) // 3 - 1
        return self._list("quarters")[quarter], before.year - (quarter < 0)

    def days_since_session(self) -> int:
        """Minus the days since the last session of the home bourse."""
        closed = (4, 5) if self.home.code in _FRIDAY_AND_SATURDAY_OFF else (5, 6)
        return next(-ago for ago in range(3) if (self.day.weekday() - ago) % 7 not in closed)


_FUNCTIONS = {
    name.removeprefix("new_").capitalize() if name.startswith("new_") else name: name
    for name in vars(StoryFacts)
    if not name.startswith("_") and name not in ("value", "cast", "feeds")
}


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|") if "|" in text else text.split())


def _ticker(brand: str, pattern: str) -> str:
    letters = [letter for letter in brand.upper() if letter in _CONSONANTS]
    return ("".join(letters) + pattern.removeprefix("{} ")[0] + "XYZ")[:4]


def _holds(text: str, name: str) -> bool:
    at = text.find(name)
    return at >= 0 and re.search(rf"(?<![A-Za-z]){re.escape(name)}(?!\w)", text) is not None
