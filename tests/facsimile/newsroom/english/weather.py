"""Storms, dust and floods; and the convoys and flights that bring relief."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import whole
from tests.facsimile.newsroom.firms import body
from tests.facsimile.newsroom.grammar import copy, pick
from tests.facsimile.newsroom.places import ARAB_GULF, NEEDY_CODES

_CARRIERS = (
    *("MENAFN",) * 2,
    *("Kuwait News Agency (KUNA)",) * 3,
    "Khaleej Times",
    "Jordan Times",
    "IANS",
    "Nam News Network",
    "Kashmir Observer",
    "Trend News Agency",
)
_WEATHER = (
    (
        "heavy rain",
        "flooded underpasses",
        "rain",
        "{} millimetres of rain fell in a day",
        (24, 140),
    ),
    (
        "a dust storm",
        "closed two harbours",
        "dust",
        "gusts reached {} kilometres an hour",
        (52, 110),
    ),
    (
        "strong winds",
        "tore down power lines",
        "wind",
        "a gust of {} kilometres an hour was measured",
        (70, 128),
    ),
    (
        "a cold spell",
        "damaged early crops",
        "frost",
        "{} hours below freezing were counted",
        (11, 60),
    ),
    (
        "flash floods",
        "cut off mountain villages",
        "flood",
        "a river rose by {} centimetres",
        (64, 410),
    ),
    (
        "thick fog",
        "delayed flights and school buses",
        "fog",
        "{} hours of fog were counted this month",
        (19, 96),
    ),
    (
        "a heatwave",
        "strained the power grid",
        "heat",
        "{}.4 degrees were measured in the shade",
        (43, 51),
    ),
)


def _weather_facts(cast: Cast) -> None:
    weather, effect, word, reading, bounds = pick(cast.rng, _WEATHER)
    cast.fix(
        weather=weather,
        head=weather.removeprefix("a "),
        hits="hit" if weather.endswith(("winds", "floods")) else "hits",
        effect=effect,
        word=word,
        speed=f"{whole(cast.rng, 45, 110)} kilometres an hour",
        reading=reading.format(whole(cast.rng, *bounds)),
        low=f"{whole(cast.rng, 9, 24)} degrees",
        high=f"{whole(cast.rng, 25, 47)} degrees",
        rescued=str(whole(cast.rng, 14, 420)),
        calls=f"{whole(cast.rng, 310, 6_800):,}",
        office=body(cast.rng, f"the {cast.home.adjective} met office", role="the met office"),
        forecaster=cast.official("forecaster", role="the forecaster"),
        chief=cast.official("civil defence chief", role="the civil defence chief"),
        mayor=cast.official(f"{cast['town']} mayor", role="the mayor"),
    )


WEATHER = Beat(
    topic="weather",
    name="storm",
    carriers=_CARRIERS,
    facts=_weather_facts,
    headlines=copy("""
- <warn> {home:adj} {word} alert extended to {weekday_ahead} in {town}
- <hit> {rescued} rescued as {head} {hits} {home:short}
- <warn> {home:short} braces for {head}, schools shut in {town}
- <warn> {home:adj} met office sees {head} until {weekday_ahead}
- <hit> {head} {hits} {town}, {calls} calls to civil defence
    """),
    leads=copy("""
- <hit> {weather} {effect} in {home} on {today}, with {town} hardest hit, and civil defence
  teams brought {rescued} people to safety.
- <warn> {office} on {today} warned of {weather} in {town} and {any_city} until {weekday_ahead}
  and advised people to stay at home.
- <hit> Civil defence in {home} answered {calls} calls within {any_dozen} hours as {weather}
  {effect} around {town} on {today}.
    """),
    details=copy("""
- At {town} airport {any_dozen} flights were cancelled and {any_tens} delayed, and
  {any_hundreds} passengers spent the night on camp beds.
- At {any_city}, {reading}, the {any_ordinal}-highest figure since the station was opened in
  {any_old_year}.
- The police closed the road from {town} to {any_city} for {any_few} hours after {any_dozen}
  accidents.
- <hit> Some {any_thousands} homes were without power for up to {any_few} hours, the grid
  operator said; {any_tens} repair crews were sent out.
- <warn> Lorries are barred from {any_few} roads between {town} and {any_city} from {any_few} in
  the evening.
- <warn> Civil defence has moved {any_tens} pumps and {any_hundreds} men to {town}, and
  hospitals have called back {any_dozen} doctors from leave.
- Schools in {any_few} districts will stay shut on {tomorrow}, and {any_thousands} pupils are to
  follow their lessons at home.
- Fishermen were told to leave {any_hundreds} boats in port until the sea, at {any_decimal}
  metres, calms down.
- <hit> A family of {any_few} whose car had broken down near {any_city} was found after
  {any_minutes} minutes and taken to hospital.
- Temperatures in {city} will lie between {low} and {high}, {any_few} degrees off what is usual
  in {month}.
- Farmers around {any_city} reported damage to {any_hundreds} hectares of tomatoes and wheat.
    """),
    quotes=copy("""
- “By {tomorrow} evening the worst will have moved towards {partner}, at about {speed},”
  {forecaster} said.
- <hit> “Of {calls} calls, {any_dozen} came from people who had driven past {any_few} barriers,”
  said {chief}.
- <hit> {mayor} thanked {any_hundreds} volunteers who had “brought {any_hundreds} neighbours to
  shelter between {any_few} and midnight.”
- <hit> “I had put out {any_tens} chairs for a wedding, and I found {any_dozen} of them in the
  next street,” said {resident}.
- <warn> “We would rather be laughed at for {any_few} hours than be late by one,” said {chief}
  of the alert in {town}.
- <warn> {mayor} asked people in {town} to keep “water for {any_few} days and a charged
  telephone” at home.
- {forecaster} said that such {word} was recorded “once in {any_dozen} years, and now for the
  {any_ordinal} time since {any_past_year}.”
    """),
    background=copy("""
- In {past_year}, similar weather in {home} caused damage of {any_money} and cut {any_few} roads
  for weeks.
- {office} set up {any_tens} new stations in {last_year} at a cost of {any_small_money}.
- Parts of {gulf} and {third} reported {head} as well, with {any_dozen} people injured.
- {home} has spent {any_money} on shelters, drains and warning sirens around {town} since
  {any_past_year}, of which {any_big_percent} are finished.
    """),
    outlook=copy("""
- <warn> {office} will decide at {any_few} on {tomorrow} morning whether to keep the alert for
  {town}.
- A calmer spell with highs of {high} is expected from {weekday_ahead}.
- <hit> A committee is to report on the damage in {town} by {any_day_ahead}.
    """),
    flashes=copy("""
- <warn> {home:adj} met office extends alert for {weather} in {town} until {weekday_ahead}.
- <hit> {rescued} people brought to safety as {weather} {hits} {town} in {home}, civil defence
  says.
    """),
    keywords=("alert", "civil defence", "airport", "security"),
)

_DONORS = (
    *("MENAFN",) * 2,
    *("Kuwait News Agency (KUNA)",) * 3,
    "Khaleej Times",
    "The Peninsula",
    "Gulf Times",
    "Jordan Times",
)
_CAUSES = ("floods", "a cholera outbreak", "an earthquake", "a drought", "fighting", "a landslide")


def _relief_facts(cast: Cast) -> None:
    cast.keep_home_within((*ARAB_GULF, "JO"))
    cast.keep_partner_within(NEEDY_CODES)
    tonnes = whole(cast.rng, 11, 96)
    cause = pick(cast.rng, _CAUSES)
    cast.fix(
        where=pick(cast.rng, cast.partner.cities),
        cause=cause,
        has="have" if cause == "floods" else "has",
        tonnes=str(tonnes),
        lorries=str(whole(cast.rng, 11, 74)),
        families=f"{whole(cast.rng, 8, 180) * 100 + whole(cast.rng, 1, 99):,}",
        society=body(
            cast.rng,
            cast.draw(
                f"the {cast.home.adjective} Red Crescent",
                f"the {cast.home.adjective} Relief Society",
                f"the {cast.home.adjective} Charity Fund",
            ),
            role="the charity",
        ),
        head=cast.official("field coordinator", role="the coordinator"),
        doctor=cast.official("Dr", role="the doctor", abroad=True),
        mother=cast.official("mother of four", role="", abroad=True),
        worth=cast["any_dollars"],
    )


RELIEF = Beat(
    topic="relief",
    name="convoy",
    carriers=_DONORS,
    facts=_relief_facts,
    headlines=copy("""
- {home:adj} convoy of {lorries} lorries reaches {where}
- {home:short} sends {tonnes} tonnes of aid to {partner:short}
- {society:full} helps {families} families in {where}
- {home:adj} charity opens field clinic in {where} after {cause}
    """),
    leads=copy("""
- A convoy of {lorries} lorries with {tonnes} tonnes of aid from {home} reached {where} in
  {partner} on {today}, where {cause} {has} driven thousands from their homes.
- {society} handed out food and blankets to {families} families in {where} on {today} as part of
  {home}’s relief for {partner} after {cause}.
- {home} has sent {tonnes} tonnes of medicine and tents to {partner}, where {cause} {has} left
  {families} families in need, {society} said on {today}.
    """),
    details=copy("""
- The goods include {any_thousands} blankets, {any_hundreds} tents and medicine for {any_tens}
  days, packed in {city} by {any_hundreds} volunteers.
- It was the {any_ordinal} delivery since {day_ago}; those before it had brought {any_hundreds}
  tonnes.
- A field clinic with {any_dozen} doctors has treated {any_thousands} people in {where},
  {any_percent} of them children.
- {any_few} wells near {where} are being cleaned, which will give water to {any_thousands}
  people.
- The lorries took {any_few} days and waited {any_dozen} hours at the last crossing, {head}
  said.
- Every family receives a parcel of {any_tens} kilograms, meant to last for {any_few} weeks.
- Donors in {home} have given {worth} for {partner} so far, {any_percent} of it in sums of less
  than {any_sum}.
    """),
    quotes=copy("""
- “We unloaded {tonnes} tonnes by hand in {any_few} hours, with {any_hundreds} people looking on
  in silence,” said {head}.
- “The tent is for {any_few} people and there are {any_dozen} of us,” {mother} said in {where}.
- {doctor}, who works at the clinic, said that {any_tens} patients a day could be sent home
  “with {any_few} tablets and a clean cup.”
- “What is missing now is not flour but {any_few} pumps and {any_hundreds} metres of hose,”
  {head} told reporters.
- An official in {where} thanked {home} and asked for “another {any_dozen} lorries before
  {day_ahead}.”
    """),
    background=copy("""
- Since the start of {year}, {home} has given {partner} {any_hundreds} tonnes of aid worth
  {any_dollars}.
- {cause} {has} affected {any_hundreds},000 people in {any_few} provinces of {partner},
  according to relief agencies, {any_percent} of whom have no shelter.
- {society} was founded in {any_old_year} and works in {any_tens} countries with {any_hundreds}
  staff.
- An appeal for {any_dollars}, launched on {any_day_ago}, has been met to {any_big_percent}.
    """),
    outlook=copy("""
- A further {any_dozen} lorries are to leave {city} on {weekday_ahead}.
- The clinic in {where} will stay until {day_ahead}, {society} said.
- {home} and {partner} are to sign a plan for {any_few} schools in {where} on {any_day_ahead}.
    """),
    flashes=copy("""
- {home:adj} convoy with {tonnes} tonnes of aid reaches {where}, {partner}, after {cause}.
- {society:full} says aid for {families} families has arrived in {where}, {partner}.
    """),
    keywords=("relief", "aid", "Red Crescent", "supply"),
)
