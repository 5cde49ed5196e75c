"""Recurrent stories: an agency's fixed words, day after day, with new figures."""

from datetime import date, timedelta

from tests.facsimile.newsroom import figures
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import oil_price, whole
from tests.facsimile.newsroom.grammar import copy
from tests.facsimile.newsroom.places import COUNTRIES

_CENTS_A_DOLLAR = 100


def _move(now: float, before: float) -> tuple[str, str]:
    """Return how a price moved: `("rose", "38 cents")`, never by nothing at all."""
    cents = max(2, round(abs(now - before) * 100))
    moved = f"{cents} cents" if cents < _CENTS_A_DOLLAR else f"${cents / _CENTS_A_DOLLAR:.2f}"
    return ("rose" if now >= before else "fell"), moved


def _crude_facts(cast: Cast) -> None:
    cast.set_places(COUNTRIES["KW"], cast.partner)
    now, before = oil_price(cast.day) + 1.2, oil_price(cast.day - timedelta(days=1)) + 1.2
    rose, cents = _move(now, before)
    brent, texas = now + 0.9, now - 2.7
    month = [oil_price(cast.day - timedelta(days=ago)) + 1.2 for ago in range(30)]
    cast.fix(
        rose=rose,
        rises="up" if rose == "rose" else "down",
        cents=cents,
        price=f"{now:.2f}",
        before=f"{before:.2f}",
        brent=f"{brent:.2f}",
        texas=f"{texas:.2f}",
        average=f"{sum(month) / len(month):.2f}",
        high=f"{max(month):.2f}",
        low=f"{min(month):.2f}",
    )


CRUDE = Beat(
    topic="oil",
    name="series: export crude",
    carriers=("Kuwait News Agency (KUNA)",),
    facts=_crude_facts,
    headlines=copy("""
- Kuwait export crude {rises} {cents} to USD {price} a barrel
    """),
    leads=copy("""
- A barrel of Kuwait export crude {rose} {cents} to USD {price} on {yesterday}, from USD
  {before} the day before, the price list of the national oil company showed on {today}.
    """),
    details=copy("""
- On world markets, Brent futures for {next_month} stood at USD {brent} a barrel at the close,
  and West Texas Intermediate at USD {texas}.
- Over the past thirty days the Kuwaiti grade has averaged USD {average} a barrel, with a high
  of USD {high} and a low of USD {low}.
- Loadings in the week to {yesterday} came to {any_decimal} million barrels in {any_dozen}
  vessels, most of them bound for Asia.
    """),
    keywords=("market", "oil"),
    is_formula=True,
)


def _azeri_facts(cast: Cast) -> None:
    cast.set_places(COUNTRIES["AZ"], COUNTRIES["TR"])
    now, before = oil_price(cast.day) + 2.6, oil_price(cast.day - timedelta(days=1)) + 2.6
    rose, cents = _move(now, before)
    cast.fix(
        rose=rose,
        fell="higher" if rose == "rose" else "lower",
        cents=cents,
        port=f"{now:.2f}",
        second_port=f"{now - 1.08:.2f}",
        light=f"{now - 13.4:.2f}",
        dated=f"{now - 0.7:.2f}",
        year_high=f"{now + 6 + (cast.day.toordinal() % 9):.2f}",
        year_low=f"{now - 9 - (cast.day.toordinal() % 7):.2f}",
    )


AZERI = Beat(
    topic="oil",
    name="series: Caspian crude",
    carriers=("Trend News Agency", "Trend News Agency", "AzerNews"),
    facts=_azeri_facts,
    headlines=copy("""
- Caspian light crude {cents} {fell} at ${port} a barrel
- Price of Caspian light crude {rose} to ${port}
    """),
    leads=copy("""
- The price of Caspian light crude, delivered to the Italian port of Trieste, {rose} by {cents}
  to ${port} per barrel on {yesterday}.
    """),
    details=copy("""
- At the Turkish port of Ceyhan the same grade was traded at ${second_port} per barrel, {cents}
  {fell} than the day before.
- The price of a barrel of the heavier blend loaded on the Black Sea stood at ${light}.
- Dated North Sea crude was put at ${dated} per barrel.
- The highest price of the Caspian grade in the past twelve months was ${year_high} per barrel
  and the lowest ${year_low}.
    """),
    keywords=("market", "oil", "trade"),
    is_formula=True,
)


def _toll_facts(cast: Cast) -> None:
    start = date(2015, 1, 1)
    total = 1_900 + ((cast.day - start).days * 7) % 4_700
    cast.set_places(COUNTRIES["SD"], COUNTRIES["KW"])
    new = whole(cast.rng, 3, 41)
    cast.fix(
        state=cast.draw("Kassala", "Gedaref", "White Nile", "Blue Nile", "Sennar", "Red Sea"),
        cases=str(new * 4 + whole(cast.rng, 1, 3)),
        total_cases=f"{total * 14 + new:,}",
        recovered=str(new * 3 + whole(cast.rng, 0, 2)),
        average=str(new * 4 + whole(cast.rng, 4, 9)),
        average_before=str(new * 4 + whole(cast.rng, 10, 30)),
        beds=str(whole(cast.rng, 140, 690)),
        centres=str(whole(cast.rng, 11, 48)),
    )


TOLL = Beat(
    topic="health",
    name="series: cholera count",
    carriers=("Nam News Network", "Kuwait News Agency (KUNA)", "Kuwait News Agency (KUNA)"),
    facts=_toll_facts,
    headlines=copy("""
- Sudan records {cases} new cholera cases in {state}
- Sudan: {cases} more cholera cases, total at {total_cases}
    """),
    leads=copy("""
- The Sudanese Ministry of Health on {today} recorded {cases} new cases of cholera in {state}
  State within 24 hours, which brought the total to {total_cases}.
    """),
    details=copy("""
- In its daily report the ministry said that {recovered} patients had recovered and left the
  {centres} treatment centres of the state.
- It added that {beds} beds were in use on {day_today} and that {any_thousands} doses of vaccine
  had been handed out since {weekday_ago}.
- Over the last seven days {state} State had averaged {average} new cases a day, against
  {average_before} in the week before, the ministry’s table shows.
    """),
    keywords=("Ministry",),
    is_formula=True,
)


def _flight_facts(cast: Cast) -> None:
    needy = COUNTRIES[cast.draw("SD", "SY", "YE", "PS", "LB")]
    airport = {
        "SD": "Port Sudan",
        "SY": "Damascus",
        "YE": "Aden",
        "PS": "Al-Arish in Egypt",
        "LB": "Beirut",
    }[needy.code]
    cast.set_places(COUNTRIES["KW"], needy)
    cast.fix(
        airport=airport,
        flight=figures.ordinal(whole(cast.rng, 11, 140)),
        tonnes=str(whole(cast.rng, 10, 44)),
        parcels=f"{whole(cast.rng, 900, 4_800):,}",
        total=f"{whole(cast.rng, 310, 2_900):,}",
        next_tonnes=str(whole(cast.rng, 10, 44)),
        head=cast.official("Red Crescent official", role="the official"),
    )


FLIGHT = Beat(
    topic="relief",
    name="series: relief flight",
    carriers=("Kuwait News Agency (KUNA)",),
    facts=_flight_facts,
    headlines=copy("""
- {flight} Kuwaiti relief plane for {partner:short} carries {tonnes} tonnes of aid
    """),
    leads=copy("""
- The {flight} Kuwaiti relief plane left Abdullah Al-Mubarak air base on {today} for {airport}
  with {tonnes} tonnes of food and medicine for {partner}.
    """),
    details=copy("""
- {head} said before take-off that the load held {parcels} parcels and would be handed over on
  {tomorrow}.
- With the {flight} plane, the aid flown from Kuwait to {partner} comes to {total} tonnes,
  {head:short} added.
- The next flight, with {next_tonnes} tonnes of tents and water tanks on board, is planned for
  {weekday_ahead}.
    """),
    keywords=("supply", "relief", "aid"),
    is_formula=True,
)


def _drone_facts(cast: Cast) -> None:
    cast.set_places(COUNTRIES["UA"], cast.partner)
    sent = whole(cast.rng, 24, 180)
    downed = int(sent * (0.55 + 0.3 * cast.rng.random()))
    cast.fix(
        sent=str(sent),
        downed=str(downed),
        lost=str((sent - downed) * 2 // 3 + 2),
        regions=figures.count(whole(cast.rng, 3, 9)),
        damaged=str(whole(cast.rng, 11, 64)),
        crews=str(whole(cast.rng, 14, 90)),
    )


DRONES = Beat(
    topic="security",
    name="series: drones overnight",
    carriers=("UkrinForm",),
    facts=_drone_facts,
    headlines=copy("""
- Air defences down {downed} of {sent} drones overnight
- {downed} drones shot down over {regions} regions
    """),
    leads=copy("""
- Ukrainian air defence units shot down {downed} of {sent} drones in the night to {today}, the
  air force said on {day_today}.
    """),
    details=copy("""
- Another {lost} drones were lost from radar without doing harm, and targets were engaged over
  {regions} regions, among them {any_city} and {any_city}.
- Debris damaged {damaged} buildings in {town}, where {crews} rescue workers were on duty until
  {any_few} in the morning.
- A(n) {any_tens}-year-old resident of {town} was treated for cuts, the regional administration
  said on {today}.
    """),
    keywords=("attack",),
    is_formula=True,
)

SERIES = (CRUDE, AZERI, TOLL, FLIGHT, DRONES)
