"""Which beats the newsroom covers, and how often."""

from tests.facsimile.newsroom.arabic import diplomacy, economy, society
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.english.banking import RATE, SUKUK
from tests.facsimile.newsroom.english.companies import DEAL, RESULTS
from tests.facsimile.newsroom.english.diplomacy import DIPLOMACY
from tests.facsimile.newsroom.english.energy import OIL, POWER
from tests.facsimile.newsroom.english.general import GENERAL as ENGLISH_GENERAL
from tests.facsimile.newsroom.english.government import BILL, VOTE
from tests.facsimile.newsroom.english.markets import BOURSE, TRADE
from tests.facsimile.newsroom.english.releases import ESSAY, LAUNCH
from tests.facsimile.newsroom.english.security import CRIME, DRILL
from tests.facsimile.newsroom.english.series import SERIES
from tests.facsimile.newsroom.english.society import FESTIVAL, FIND, HEALTH
from tests.facsimile.newsroom.english.sport import MATCH, RACE
from tests.facsimile.newsroom.english.transport import AVIATION, TELECOM
from tests.facsimile.newsroom.english.weather import RELIEF, WEATHER
from tests.facsimile.newsroom.grammar import Template

# Every beat comes as often in a hundred stories as it stands here.
BEATS: tuple[Beat, ...] = (
    *(DIPLOMACY,) * 6,
    *(BILL,) * 4,
    *(VOTE,) * 3,
    *(DRILL,) * 3,
    *(CRIME,) * 4,
    *(OIL,) * 5,
    *(POWER,) * 4,
    *(BOURSE,) * 5,
    *(TRADE,) * 5,
    *(RESULTS,) * 5,
    *(DEAL,) * 4,
    *(RATE,) * 4,
    *(SUKUK,) * 3,
    *(AVIATION,) * 4,
    *(TELECOM,) * 4,
    *(MATCH,) * 4,
    *(RACE,) * 3,
    *(HEALTH,) * 4,
    *(FIND,) * 2,
    *(FESTIVAL,) * 2,
    *(WEATHER,) * 3,
    *(RELIEF,) * 3,
    *(LAUNCH,) * 5,
    *(ESSAY,) * 2,
    *(SERIES * 3)[:13],
)
ARABIC_BEATS: tuple[Beat, ...] = (
    *(diplomacy.DIPLOMACY,) * 3,
    *(diplomacy.LAW,) * 2,
    *(economy.OIL,) * 2,
    *(economy.BANK,) * 2,
    *(economy.BOURSE,) * 2,
    economy.AVIATION,
    *(society.MATCH,) * 2,
    *(society.HEALTH,) * 2,
    society.CRIME,
    society.WEATHER,
    *(society.RELIEF,) * 2,
    society.FIND,
)
PUBLIC_TOPICS = frozenset(
    {
        "politics",
        "oil",
        "energy",
        "economy",
        "banking",
        "health",
    }
)
GENERAL: dict[str, tuple[Template, ...]] = {"en": ENGLISH_GENERAL, "ar": ()}
