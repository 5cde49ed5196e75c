"""The facts of one story: drawn once, when copy first asks for them, and the same ever after."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from tests.facsimile.newsroom import figures
from tests.facsimile.newsroom.firms import Organisation, body, brand, firm, institute
from tests.facsimile.newsroom.grammar import Fact, pick, shuffled
from tests.facsimile.newsroom.people import Person, person
from tests.facsimile.newsroom.places import ARAB_GULF, COUNTRIES, FEED_CODES, Country, Place

_SUNDAY_WEEK = (*ARAB_GULF[:2], "QA", "BH", "OM", "JO", "EG", "IQ", "PS")
_FEW_SURNAMES = ("vietnamese", "chinese", "korean")
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


class Cast(dict[str, "str | Fact"]):
    """The frozen event behind a story: who, what, where, how much and when.

    A slot that a beat didn't set is drawn by its maker on first use. Slots that begin with `any_`
    are drawn anew each time; a number after a name (`city2`) asks for another of the kind.

    Args:
        rng: settles everything about the story.
        day: the day the story is about.
        home: where it happens.
        partner: the other country in it.
    """

    def __init__(self, rng: Random, *, day: date, home: Country, partner: Country) -> None:
        super().__init__()
        self.rng = rng
        self.day = day
        self.set_places(home, partner)
        self._towns: list[str] = []
        self._taken: set[str] = set()

    def __missing__(self, key: str) -> "str | Fact":
        value = self.makers()[key.rstrip("0123456789")](self)
        if not key.startswith("any_"):
            self[key] = value
        return value

    def makers(self) -> "Mapping[str, Callable[[Cast], str | Fact]]":
        """Return what draws the slots that no beat has set."""
        return _MAKERS

    def feeds(self, text: str) -> tuple[str, ...]:
        """Return the country feeds that would carry a text: those of the places it speaks of."""
        places = (self.get(key) for key in ("partner", "third", "gulf"))
        feeds = [self.home.feed]
        for place in places:
            if isinstance(place, Place) and place.is_in(text):
                feeds.append(place.feed)
        return tuple(feed for feed in dict.fromkeys(feeds) if feed)

    def set_places(self, home: Country, partner: Country) -> None:
        """Settle where the story happens and with whom."""
        self.home = home
        self.partner = partner
        self.fix(home=home, partner=partner)

    def keep_home_within(self, codes: Sequence[str]) -> None:
        """Move the story to one of some countries if it doesn't happen in one of them already."""
        if self.home.code not in codes:
            others = [code for code in codes if code != self.partner.code]
            self.set_places(COUNTRIES[pick(self.rng, others)], self.partner)

    def keep_partner_within(self, codes: Sequence[str]) -> None:
        """Take another partner if the present one isn't of some countries."""
        if self.partner.code not in codes:
            others = [code for code in codes if code != self.home.code]
            self.set_places(self.home, COUNTRIES[pick(self.rng, others)])

    def draw(self, *wordings: str) -> str:
        """Return one of some wordings."""
        return pick(self.rng, wordings)

    def fix(self, **facts: "str | Fact") -> None:
        """Set facts of the event."""
        self.update(facts)

    def towns(self) -> tuple[str, ...]:
        """Return the cities of the home country other than its capital."""
        return self.home.cities[1:]

    def next_town(self) -> str:
        """Return a city other than the capital; each of them once before any comes again."""
        if not self._towns:
            self._towns = shuffled(self.rng, self.towns())
        return self._towns.pop()

    def official(self, title: str, *, role: str = "the minister", abroad: bool = False) -> Person:
        """Return a new person who holds an office at home or, if `abroad`, with the partner."""
        return self.person(self.partner if abroad else self.home, title, role=role)

    def claims(self, name: str) -> bool:
        """Return whether nobody in the story has a name yet; from now on somebody has."""
        is_new = name not in self._taken
        self._taken.add(name)
        return is_new

    def person(self, country: Country, title: str, *, role: str = "") -> Person:
        """Return a new person from a country, who shares no surname with others in the story."""
        while True:
            someone = person(self.rng, country.culture, title=title, role=role)
            if self.claims(someone.surname) or country.culture in _FEW_SURNAMES:
                return someone

    def firm(self, trade: str, country: Country, *, role: str = "the company") -> Organisation:
        """Return an invented firm that shares no name with others in the story."""
        while True:
            someone = firm(self.rng, trade, country, role=role)
            if self.claims(someone.short):
                return someone

    def ministry(self, brief: str, *, abroad: bool = False) -> Organisation:
        """Return a ministry by its brief ("Finance"), at home or with the partner."""
        country = self.partner if abroad else self.home
        full = self.draw(f"the Ministry of {brief}", f"{country.name}’s Ministry of {brief}")
        return body(self.rng, full.replace("s’s", "s’"), role="the ministry")


def _day_in(cast: Cast, low: int, high: int) -> date:
    return cast.day + timedelta(days=figures.whole(cast.rng, low, high))


def _analyst(cast: Cast) -> Person:
    house = cast.firm("finance", cast.home).full
    kind = cast.draw("analyst", "economist", "senior analyst", "strategist")
    return cast.person(
        COUNTRIES[pick(cast.rng, (cast.home.code, "GB", "LB", "IN"))],
        f"{house} {kind}",
        role="the analyst" if "analyst" in kind else f"the {kind}",
    )


def _expert(cast: Cast) -> Person:
    subject = cast.draw("Dr", "Professor", "researcher")
    return cast.person(cast.home, subject)


def _resident(cast: Cast) -> Person:
    trade = cast.draw(
        "shopkeeper",
        "schoolteacher",
        "taxi driver",
        "engineer",
        "farmer",
        "nurse",
        "retired clerk",
        "student",
        "café owner",
        "fisherman",
        "baker",
        "pharmacist",
        "carpenter",
    )
    return cast.person(cast.home, trade)


def _spokesman(cast: Cast) -> Person:
    return cast.person(cast.home, "spokesperson", role="the spokesperson")


def _third(cast: Cast) -> Country:
    taken = (cast.home.code, cast.partner.code)
    return COUNTRIES[pick(cast.rng, [code for code in FEED_CODES if code not in taken])]


def _gulf_neighbour(cast: Cast) -> Country:
    codes = [code for code in ARAB_GULF if code not in (cast.home.code, cast.partner.code)]
    return COUNTRIES[pick(cast.rng, codes)]


def _quarter(cast: Cast) -> str:
    return figures.last_quarter(cast.day)[0]


def _quarter_year(cast: Cast) -> str:
    return str(figures.last_quarter(cast.day)[1])


def _whole(low: int, high: int) -> Callable[[Cast], str]:
    return lambda cast: figures.count(figures.whole(cast.rng, low, high))


def _share(low: float, high: float) -> Callable[[Cast], str]:
    return lambda cast: figures.percent(figures.between(cast.rng, low, high))


def _money(low: float, high: float) -> Callable[[Cast], str]:
    return lambda cast: figures.money(figures.between(cast.rng, low, high), cast.home)


def _dollars(low: float, high: float) -> Callable[[Cast], str]:
    return lambda cast: figures.amount(figures.between(cast.rng, low, high), "$")


def _sum(low: float, high: float) -> Callable[[Cast], str]:
    return lambda cast: figures.small_sum(figures.between(cast.rng, low, high), cast.home)


def _month(offset: int) -> Callable[[Cast], str]:
    return lambda cast: figures.month(figures.months_later(cast.day, offset))


_MAKERS: dict[str, Callable[[Cast], "str | Fact"]] = {
    "today": lambda cast: figures.weekday(cast.day),
    "yesterday": lambda cast: figures.weekday(cast.day - timedelta(days=1)),
    "tomorrow": lambda cast: figures.weekday(cast.day + timedelta(days=1)),
    "weekday_ahead": lambda cast: figures.weekday(_day_in(cast, 2, 5)),
    "weekday_ago": lambda cast: figures.weekday(_day_in(cast, -5, -2)),
    "day_today": lambda cast: figures.day(cast.day),
    "day_ahead": lambda cast: figures.day(_day_in(cast, 6, 45)),
    "day_ago": lambda cast: figures.day(_day_in(cast, -75, -6)),
    "long_day_ahead": lambda cast: figures.long_day(_day_in(cast, 60, 420)),
    "month": _month(0),
    "last_month": _month(-1),
    "month_before": _month(-2),
    "next_month": _month(1),
    "month_ahead": lambda cast: pick(cast.rng, [_month(after)(cast) for after in range(2, 9)]),
    "year": lambda cast: str(cast.day.year),
    "last_year": lambda cast: str(cast.day.year - 1),
    "next_year": lambda cast: str(cast.day.year + 1),
    "past_year": lambda cast: str(cast.day.year - figures.whole(cast.rng, 3, 19)),
    "future_year": lambda cast: str(cast.day.year + figures.whole(cast.rng, 3, 10)),
    "quarter": _quarter,
    "quarter_year": _quarter_year,
    "city": lambda cast: pick(cast.rng, cast.home.cities),
    "town": lambda cast: cast.next_town(),
    "partner_city": lambda cast: pick(cast.rng, cast.partner.cities),
    "third": _third,
    "gulf": _gulf_neighbour,
    "analyst": _analyst,
    "expert": _expert,
    "resident": _resident,
    "spokesman": _spokesman,
    "institute": lambda cast: institute(cast.rng, cast.home),
    "research_house": lambda cast: cast.firm("finance", cast.home).full,
    "brand": lambda cast: brand(cast.rng),
    "any_brand": lambda cast: brand(cast.rng),
    "any_few": _whole(2, 9),
    "any_dozen": _whole(11, 29),
    "any_tens": _whole(14, 97),
    "any_hundreds": _whole(104, 960),
    "any_thousands": _whole(1_120, 48_700),
    "any_percent": _share(1.1, 24.0),
    "any_small_percent": _share(0.2, 4.9),
    "any_youth_percent": _share(12.0, 38.0),
    "any_big_percent": _share(31.0, 88.0),
    "any_small_money": _money(0.6, 40),
    "any_money": _money(40, 900),
    "any_big_money": _money(1_000, 38_000),
    "any_dollars": _dollars(12, 900),
    "any_big_dollars": _dollars(1_000, 60_000),
    "any_decimal": lambda cast: f"{figures.between(cast.rng, 1.1, 9.9):.1f}",
    "any_ordinal": lambda cast: pick(cast.rng, _ORDINALS),
    "any_rank": lambda cast: figures.ordinal(figures.whole(cast.rng, 11, 138)),
    "any_sum": _sum(20, 9_000),
    "any_countries": _whole(139, 190),
    "any_teen": _whole(13, 17),
    "oil_price": lambda cast: f"${figures.oil_price(cast.day):.2f}",
    "session": lambda cast: figures.last_session(cast.day, is_gulf=cast.home.code in _SUNDAY_WEEK),
    "any_young": _whole(17, 24),
    "any_years": _whole(10, 25),
    "any_months": _whole(11, 34),
    "any_clear_days": _whole(214, 340),
    "any_recent_year": lambda cast: str(cast.day.year - figures.whole(cast.rng, 1, 5)),
    "any_cargo": _dollars(12, 75),
    "any_runway": _whole(2_450, 4_200),
    "any_listed": _whole(61, 390),
    "any_heat": _whole(40, 66),
    "any_price": _sum(7, 90),
    "any_fare": _sum(120, 900),
    "any_wage": _sum(320, 2_400),
    "any_fee": _money(0.1, 6),
    "any_minutes": _whole(12, 55),
    "any_later_day": lambda cast: figures.day(_day_in(cast, 95, 170)),
    "any_old_year": lambda cast: str(figures.whole(cast.rng, 1951, 1997)),
    "any_past_year": lambda cast: str(cast.day.year - figures.whole(cast.rng, 3, 24)),
    "any_city": lambda cast: cast.next_town(),
    "any_day_ahead": lambda cast: figures.day(_day_in(cast, 6, 80)),
    "any_day_ago": lambda cast: figures.day(_day_in(cast, -80, -6)),
}
