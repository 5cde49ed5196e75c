"""Invented firms, clubs, agencies and institutes, and how copy names them."""

from random import Random

from tests.facsimile.newsroom.grammar import pick, shuffled, words
from tests.facsimile.newsroom.places import Country

_BRANDS = words(
    "Halmar Nourasa Qasraf Tiranel Meydanix Zafiroun Rawabina Sadafex Bahriyat Manaratech Ghadira "
    "Tamouh Jazeelan Wahatna Murjanco Safwanah Karmada Delfara Orventa Calbrix Norsevik Pelaquo "
    "Arvanti Solmerra Vantoryx Keldoran Ostravia Lumarex Hexaforge Brightmere Tideford Corvalis "
    "Anadoluna Bozkıran Yıldıray Marmarix Suraiyat Falajco Dhofarine Liwanex Mashreqia Batinah-Gate "
    "Ruwayda Zumurrad Alvoria Fenriq Ostenvale Qurtuba Andalusi Sahriya Nakheelan Raydanco Suhaylan "
    "Vellamora Indravex Chakrapur Kaverion Mayurix Lankadeep Himvanta Ardilux Brennoval Castrevo"
)

_SUFFIXES = {
    "oil": ("Energy", "Petroleum", "Drilling", "Oilfield Services", "Refining", "Upstream"),
    "power": ("Power", "Renewables", "Solar", "Utilities", "Green Energy", "Grid Solutions"),
    "bank": ("Bank", "Islamic Bank", "Commercial Bank", "Banking Group", "Investment Bank"),
    "telecom": ("Telecom", "Networks", "Mobile", "Data Centres", "Fibre", "Digital"),
    "air": ("Air", "Airlines", "Airways", "Aviation", "Wings"),
    "industry": (
        "Cement",
        "Steel",
        "Foods",
        "Pharma",
        "Logistics",
        "Industries",
        "Packaging",
        "Properties",
        "Retail",
        "Shipping",
        "Glass",
        "Cables",
        "Dairy",
        "Holding",
    ),
    "technology": ("Technologies", "Labs", "Systems", "AI", "Robotics", "Cloud", "Analytics"),
    "finance": ("Capital", "Securities", "Asset Management", "Research", "Advisory", "Brokerage"),
    "club": ("SC", "FC", "United", "Club", "Athletic", "Rovers"),
}

_CLUBS = (
    "Al-Sarha", "Al-Miqdam", "Al-Zafira", "Al-Barouq", "Al-Tamira", "Al-Ghadaf", "Al-Shiraa", "Al-Rukn",
    "Al-Manqar", "Al-Sahwan", "Old Harbour", "Northgate", "Railwaymen", "Dockside", "Al-Qandil", "Al-Fursa",
)  # fmt: skip
_PRIVATE = frozenset({"club", "finance"})
_INSTITUTES = (
    "Centre for Energy Studies",
    "Institute of Public Policy",
    "Centre for Strategic Dialogue",
    "Observatory of Economic Trends",
    "Forum for Regional Studies",
    "Institute of Applied Economics",
)
_CONSONANTS = frozenset("BCDFGHJKLMNPQRSTVWXYZ")


class Organisation:
    """A body in a story, in full with its mark at first and by a short name afterwards.

    Args:
        rng: settles how it is named each time.
        full: its whole name ("Halmar Energy", "the Ministry of Finance").
        mark: what follows the name in brackets at first ("ADX: HLMR"), empty where nothing does.
        short: its name afterwards.
        role: what it may be called instead ("the company").
    """

    __slots__ = ("full", "introduced", "mark", "rng", "role", "short")

    def __init__(self, rng: Random, *, full: str, mark: str, short: str, role: str) -> None:
        self.rng = rng
        self.full = full
        self.mark = mark
        self.short = short
        self.role = role
        self.introduced = False

    def say(self, form: str) -> str:
        """Return what it is called: full at first, `short`, `full`, `role` or `'s`."""
        if form == "short":
            return self.short
        if form == "role":
            return self.role
        if form == "full":
            return self.full
        called = self._called(is_possessive=form == "'s")
        if form == "'s":
            return f"{called}’" if called.endswith("s") else f"{called}’s"
        return called

    def _called(self, *, is_possessive: bool) -> str:
        if not self.introduced:
            self.introduced = True
            return f"{self.full} ({self.mark})" if self.mark and not is_possessive else self.full
        return self.role if self.role and self.rng.random() < 0.35 else self.short


def brand(rng: Random) -> str:
    """Return an invented brand."""
    return pick(rng, _BRANDS)


def firm(rng: Random, trade: str, country: Country, *, role: str = "the company") -> Organisation:
    """Return an invented firm of a trade, listed on its country's exchange where there is one."""
    name = pick(rng, _BRANDS)
    suffix = pick(rng, _SUFFIXES[trade])
    mark = ""
    if country.exchange and trade not in _PRIVATE and rng.random() < 0.75:
        mark = f"{country.ticker}: {_ticker(name, suffix)}"
    return Organisation(rng, full=f"{name} {suffix}", mark=mark, short=name, role=role)


def _ticker(name: str, suffix: str) -> str:
    letters = [letter for letter in name.upper() if letter in _CONSONANTS]
    return ("".join(letters) + suffix[0] + "XYZ")[:4]


def clubs(rng: Random, cities: tuple[str, ...], count: int) -> list[str]:
    """Return names of invented clubs, no two alike."""
    names = [
        f"{place} {suffix}"
        for place, suffix in zip(
            shuffled(rng, (*cities, *_CLUBS)),
            (pick(rng, _SUFFIXES["club"]) for _ in range(count)),
            strict=False,
        )
    ]
    return names[:count]


def institute(rng: Random, country: Country) -> str:
    """Return an invented institute ("the Amman-based Institute of Public Policy")."""
    return f"the {country.capital}-based {pick(rng, _INSTITUTES)}"


def body(rng: Random, full: str, *, role: str, mark: str = "") -> Organisation:
    """Return a public body ("the Ministry of Finance") under its own name."""
    short = mark or role
    return Organisation(rng, full=full, mark=mark, short=short, role=role)
