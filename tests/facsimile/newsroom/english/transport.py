"""Airlines and airports, and the networks that carry calls and data."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import between, count, money, percent, whole
from tests.facsimile.newsroom.firms import body
from tests.facsimile.newsroom.grammar import copy

_CARRIERS = (
    *("MENAFN",) * 3,
    *("Khaleej Times",) * 2,
    *("Gulf Times",) * 2,
    "The Peninsula",
    "Kuwait News Agency (KUNA)",
    "Trend News Agency",
    "AzerNews",
    "Nam News Network",
    "EIN Presswire",
)


def _aviation_facts(cast: Cast) -> None:
    weekly = whole(cast.rng, 2, 9)
    founded = cast.day.year - whole(cast.rng, 6, 30)
    passengers = between(cast.rng, 0.4, 7.8)
    cast.fix(
        airline=cast.firm("air", cast.home, role="the airline"),
        weekly=count(weekly),
        founded=str(founded),
        loss_year=str(founded + whole(cast.rng, 1, 3)),
        destination=cast["partner_city"],
        passengers=f"{passengers:.2f} million",
        growth=percent(between(cast.rng, 2, 29)),
        fleet=str(whole(cast.rng, 18, 140)),
        order=str(whole(cast.rng, 11, 60)),
        seats=str(whole(cast.rng, 144, 340)),
        fare=cast["any_fare"],
        load=percent(between(cast.rng, 66, 91)),
        chief=cast.official("chief executive", role="the chief executive"),
        director=cast.official("director", role="the director"),
        authority=body(
            cast.rng,
            f"the {cast.home.adjective} civil aviation authority",
            role="the authority",
        ),
    )


AVIATION = Beat(
    topic="aviation",
    name="airline",
    carriers=_CARRIERS,
    facts=_aviation_facts,
    headlines=copy("""
- <route> {airline:short} to fly to {destination} {weekly} times a week
- <traffic> {airline:short} carries {passengers} passengers, up {growth}
- <order> {airline:full} orders {order} jets, fleet to grow past {fleet}
- <route> New {city}-{destination} flights from {day_ahead}
- <traffic> {airline:short} traffic up {growth}, {load} of seats filled
    """),
    leads=copy("""
- <route> {airline} will fly from {city} to {destination} {weekly} times a week from
  {day_ahead}, the {home:adj} carrier said on {today}.
- <traffic> {airline} carried {passengers} passengers in the {any_few} months to the end of
  {last_month}, {growth} more than a year before, it reported on {today}.
- <order> {home:adj} carrier {airline} has ordered {order} narrow-body jets for delivery from
  {next_year}, {chief} said at an air show in {partner_city} on {today}.
    """),
    details=copy("""
- <route> Flights leave {city} at {any_few} in the morning and reach {destination} {any_decimal}
  hours later; the return flight lands in {city} at {any_few} in the evening.
- <route> The route will be served with an aircraft of {seats} seats, {any_dozen} of them in
  business class, at fares from {fare}.
- On average {load} of seats were filled in {last_month}, {any_small_percent} more than in
  {month_before}.
- <order> With the new aircraft, the fleet of {airline} will grow from {fleet} to more than
  {any_hundreds} by {future_year}.
- The airport of {town} handled {any_thousands} flights in {last_month} and {any_hundreds}
  tonnes of freight a day.
- <order> The jets, each with {seats} seats, will replace {any_dozen} older ones that burn
  {any_percent} more fuel.
- <order> Financing comes from {any_few} banks; the first {any_few} aircraft are to arrive in
  {city} by {month_ahead} {next_year}.
- <traffic> In {last_month} alone {any_hundreds},000 passengers checked in at {city}, a record
  for the month.
- <traffic> Freight came to {any_thousands} tonnes in the same months, {any_percent} more than a
  year before.
- {authority} has approved a second runway of {any_runway} metres at {town}, which is to cost
  {any_money}.
- Fuel took up {any_percent} of {airline:short}’s costs in the {quarter} quarter, against
  {any_percent} a year before.
- <traffic> Transfer passengers accounted for {any_percent} of the total, with {third} and
  {gulf} the leading origins.
- {airline} hired {any_hundreds} cabin staff this year, {any_tens} percent of them {home:adj},
  after interviews in {any_few} cities.
    """),
    quotes=copy("""
- <route> “We have flown {any_hundreds} charters to {destination} since {any_past_year}, so we
  know that the seats will sell,” said {chief}.
- <order> “An aircraft that saves {any_percent} of fuel pays for itself in {any_years} years,
  and we keep it for longer,” {chief} said.
- <order> {analyst} put the real price of the {order} jets at “about {any_dollars} less than the
  list says.”
- <traffic> “{growth} more passengers with {any_few} more aircraft means that we have learnt to
  turn them round faster,” said {chief}.
- <traffic> {analyst} noted that fares had fallen by {any_small_percent} over the same months.
- “Passports are now checked in {any_tens} seconds where it used to take {any_few} minutes,”
  said {director} of {city} airport.
- <route> {chief} said that {weekly} flights were “only the beginning: by {month_ahead} there
  will be {any_few} more.”
- <route> “My brother lives in {destination}; a ticket by way of {third:capital} cost me
  {any_fare},” said {resident} at the check-in desk.
- <route> {analyst} thought that {airline:short} would need “a load factor of {any_big_percent}
  to earn money on the route in its first {any_dozen} months.”
    """),
    background=copy("""
- {airline:short} was founded in {founded}, flies to {any_tens} cities in {any_dozen} countries
  and has its base in {city}.
- <route> Some {any_thousands} people travelled between {home} and {partner} in {last_year},
  {any_percent} of them by way of a third country.
- <route> {home} and {partner} widened their air services agreement on {day_ago} to allow
  {any_tens} flights a week.
- The airline lost {any_small_money} in {loss_year} and has made a profit in each of the
  {any_few} half-years since {any_day_ago}.
- Airports in {home} served {any_decimal} million passengers in {last_month}, according to
  {authority}.
    """),
    outlook=copy("""
- <route> Tickets go on sale on {any_day_ahead}; a route to {third:capital} is to follow in
  {month_ahead}.
- {airline:short} plans to add {any_few} destinations by {long_day_ahead}.
- <route> The first flight to {destination} on {day_ahead} will carry the number {any_hundreds}.
    """),
    flashes=copy("""
- <route> {home:adj} carrier {airline:short} to start flights from {city} to {destination} on
  {day_ahead}.
- <order> {airline:full} orders {order} narrow-body jets, deliveries to begin in {next_year}.
    """),
    keywords=("airport", "flights", "passengers", "market"),
)


def _telecom_facts(cast: Cast) -> None:
    customers = between(cast.rng, 0.8, 31)
    cast.fix(
        firm=cast.firm("telecom", cast.home, role="the operator"),
        supplier=cast.firm("technology", cast.partner, role="the supplier"),
        project=cast.draw(
            "a 5G network",
            "a data centre",
            "a submarine cable",
            "a fibre network",
            "a mobile payment service",
            "a satellite ground station",
        ),
        customers=f"{customers:.1f} million",
        cost=money(between(cast.rng, 20, 700), cast.home),
        speed=f"{between(cast.rng, 0.4, 9.6):.1f} gigabits",
        coverage=percent(between(cast.rng, 41, 97)),
        arpu=cast["any_price"],
        chief=cast.official("chief executive", role="the chief executive"),
        engineer=cast.official("chief engineer", role="the engineer"),
        regulator=body(
            cast.rng, f"the {cast.home.adjective} telecoms regulator", role="the regulator"
        ),
    )


TELECOM = Beat(
    topic="telecoms",
    name="network",
    carriers=_CARRIERS,
    facts=_telecom_facts,
    headlines=copy("""
- <spend> {firm:short} to spend {cost} on {project} in {town}
- <spend> {firm:short} picks {partner:adj} supplier {supplier:short} for {project}
- <reach> {home:short}’s {firm:short} reaches {customers} customers
- <reach> {coverage} of {home:adj} households to be covered, says {firm:short}
- <test> {firm:short}, {supplier:short} test {speed} link in {town}
    """),
    leads=copy("""
- <spend> {firm} will spend {cost} on {project} in {town} and chose {supplier} of {partner} to
  supply it, the {home:adj} operator said on {today}.
- <reach> {home}’s {firm} said on {today} that it had {customers} customers at the end of
  {last_month} and would invest {cost} in {project}.
- <test> Engineers of {firm} and {supplier} have reached {speed} a second in a trial of
  {project} in {town}, the companies announced on {today}.
    """),
    details=copy("""
- The work covers {any_hundreds} sites in {any_few} provinces and is to reach {coverage} of
  households by {month_ahead} {next_year}.
- <spend> {supplier} will deliver {any_thousands} units over {any_months} months and train
  {any_tens} technicians in {partner_city}.
- <test> In the trial, {speed} a second were measured over {any_tens} kilometres, at a delay of
  {any_decimal} milliseconds.
- <reach> {firm:short} gained {any_thousands} customers in {last_month}, most of them with
  contracts of {any_months} months.
- <reach> Calls now make up only {any_percent} of its revenue, data {any_big_percent} and
  services for firms the rest.
- <test> The trial lasted {any_tens} days and used {any_few} masts on the road from {town} to
  {any_city}.
- <test> {supplier} had built the antennas in {partner_city} and shipped them in {any_dozen}
  crates.
- {firm} paid {any_money} for the frequencies at an auction held by {regulator} on {day_ago}.
- Customers used an average of {any_tens} gigabytes in {last_month}, {any_percent} more than a
  year before, and paid {arpu}.
- Prices start at {any_price} a month, and those who sign up before {day_ahead} pay nothing for
  {any_few} months.
- <spend> The building in {town} will hold {any_thousands} servers and draw {any_tens}
  megawatts, {any_percent} of it from solar panels.
- {regulator} received {any_hundreds} complaints about coverage in the {quarter} quarter,
  {any_percent} fewer than in the one before.
    """),
    quotes=copy("""
- <reach> “{customers} customers do not ask what {project} is; they ask why the film stops after
  {any_minutes} minutes,” said {chief}.
- <spend> “We dug {any_tens} kilometres of trench in {any_few} weeks, most of it at night,”
  {engineer} said.
- <spend> {chief} said that {cost} was “a great deal of money for a country of {any_hundreds}
  islands, valleys and villages.”
- <test> “At {speed} a second, an operation in {any_city} can be followed from here as if
  through a window,” {engineer} said.
- {analyst} said that {firm:short} might win “{any_small_percent} of the market within {any_few}
  quarters.”
- “From {any_city} I now teach {any_tens} pupils in {any_few} schools at once,” {resident} said
  at the presentation.
    """),
    background=copy("""
- {firm:short} is the {any_ordinal}-largest operator in {home}, with a market share of
  {any_percent}.
- {regulator} has issued {any_few} licences since {any_past_year}; the latest runs until
  {future_year}.
- {supplier:short} has {any_thousands} employees and built similar networks in {third} and
  {gulf} for {any_dollars}.
- Some {any_big_percent} of people in {home} used the internet every day in {last_year}, a
  survey of {any_thousands} households found.
    """),
    outlook=copy("""
- The first {any_hundreds} customers are to be connected on {day_ahead}.
- {firm:short} will decide on a second stage, for {any_money}, before {long_day_ahead}.
- A hearing on roaming charges is planned by {regulator} for {any_day_ahead}.
    """),
    flashes=copy("""
- <spend> {firm:full} to invest {cost} in {project} in {town}, {home}.
- <reach> {home:adj} operator {firm:short} says customers reached {customers} at end of
  {last_month}.
    """),
    keywords=("market", "investment", "network", "service", "technology"),
)
