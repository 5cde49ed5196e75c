"""Border patrols, exercises, and the police blotter."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import between, count, money, whole
from tests.facsimile.newsroom.grammar import copy, pick
from tests.facsimile.newsroom.places import ARAB_GULF

_CARRIERS = (
    *("Kuwait News Agency (KUNA)",) * 3,
    *("MENAFN",) * 2,
    "IANS",
    "Kashmir Observer",
    "UkrinForm",
    "Nam News Network",
    "Jordan Times",
    "Khaleej Times",
)
_DRILL_PARTNERS = (
    *ARAB_GULF,
    "JO",
    "EG",
    "MA",
    "TR",
    "TN",
    "DZ",
    "IN",
    "PK",
    "GB",
    "FR",
    "US",
    "MY",
    "IT",
)
_DRILLS = ("Falcon Lantern", "Steady Tide", "Desert Compass", "Northern Anchor", "Coral Sentinel",
           "Iron Palm", "Silent Reef", "Morning Star", "Red Dune", "Amber Coast")  # fmt: skip


def _drill_facts(cast: Cast) -> None:
    edition = whole(cast.rng, 2, 19)
    cast.keep_partner_within(_DRILL_PARTNERS)
    cast.fix(
        drill=f"{pick(cast.rng, _DRILLS)} {edition}",
        troops=f"{whole(cast.rng, 9, 94) * 100:,}",
        aircraft=count(whole(cast.rng, 6, 48)),
        vessels=count(whole(cast.rng, 3, 17)),
        commander=cast.official(
            cast.draw("Brigadier General", "Major General", "Rear Admiral", "Staff Colonel"),
            role="the commander",
        ),
        guest=cast.official("Commodore", role="", abroad=True),
        minister=cast.official(f"{cast.home.adjective} Defence Minister"),
        days=count(whole(cast.rng, 4, 16)),
    )


DRILL = Beat(
    topic="security",
    name="drill",
    carriers=_CARRIERS,
    facts=_drill_facts,
    headlines=copy("""
- <begin> {home:short}, {partner:short} begin {drill} exercise with {troops} troops
- <end> {drill} drill ends off {home:adj} coast after {days} days
- {home:adj} army and {partner:adj} forces train near {town}
- <begin> {home:short} hosts {drill} with {partner:short} and {gulf:short}
- <end> {commander:short}: {drill} met all {any_dozen} objectives
    """),
    leads=copy("""
- <begin> {home} and {partner} on {today} began their joint exercise {drill} near {town}, with
  some {troops} troops, {aircraft} aircraft and {vessels} vessels taking part over {days} days.
- <end> The joint exercise {drill} ended near {town} on {today} with a live-fire display before
  {minister} and a delegation from {partner}.
- <begin> Units of the {home:adj} army have arrived at a training area near {town} for {drill},
  an exercise with {partner} that opens on {tomorrow}.
    """),
    details=copy("""
- <begin> Soldiers from {any_few} countries will practise the defence of ports, the search of
  ships and the rescue of casualties at {any_few} sites between {town} and {any_city}.
- The naval part of {drill} involves {vessels} ships, two of them minehunters, and a stretch of
  water of {any_hundreds} square kilometres that is closed to fishing until {day_ahead}.
- On the first day, {aircraft} aircraft flew {any_tens} sorties from an air base {any_tens}
  kilometres from {town2}.
- <end> Field engineers laid a bridge of {any_tens} metres in {any_minutes} minutes, {any_few}
  minutes faster than in the exercise of {last_year}.
- Some {any_hundreds} reservists were called up for {drill} as well, the general staff said, and
  will be discharged on {any_day_ahead}.
- Medical teams set up a field hospital with {any_tens} beds, where doctors from {gulf} treated
  {any_few} soldiers for heat exhaustion.
- <end> In one scenario, drones “attacked” a fuel depot with {any_dozen} tanks; air defence
  crews had {any_few} seconds to respond.
- {commander} received the {partner:adj} contingent of {any_hundreds} men and women when it
  landed at {city} on {weekday_ago}.
    """),
    quotes=copy("""
- “With {troops} troops from {any_few} nations, {drill} is above all an exercise in
  understanding one another,” {commander} said.
- “Our crews have flown {any_hundreds} hours together since {any_past_year}, and it shows,” said
  {guest}, who leads the {partner:adj} contingent.
- {minister} said that the exercise was “directed against nobody” and would be held again in
  {next_year} with {any_few} more countries.
- “The wind reached {any_tens} kilometres an hour on {weekday_ago} and not one boat was late,”
  {commander} told reporters aboard a patrol vessel.
- {guest} thanked the people of {town} for their patience with “{any_few} nights of noise.”
    """),
    background=copy("""
- {drill} was first held in {any_past_year} with {any_hundreds} soldiers and has since been
  hosted by {home}, {partner} and {gulf} in turn.
- {home} and {partner} signed a defence cooperation agreement on {day_ago} that provides for
  {any_few} exercises a year.
- {home} spent {any_big_money} on defence in {last_year}, {any_small_percent} more than the year
  before, according to budget documents.
- The training area near {town} covers {any_hundreds} square kilometres and was enlarged in
  {past_year} at a cost of {any_money}.
    """),
    outlook=copy("""
- <begin> The closing ceremony of {drill} is planned for {day_ahead2} at the naval base of
  {any_city}.
- {partner} is to host the next edition, in {month_ahead} {next_year}, with up to
  {any_thousands} soldiers.
- <begin> Roads east of {town} stay closed for {any_few} hours every morning until {day_ahead},
  the traffic police said.
    """),
    flashes=copy("""
- <begin> Joint exercise {drill} of {home} and {partner} begins near {town} with {troops}
  troops.
- <end> {home:adj} army says {drill} exercise with {partner} ended without incident after {days}
  days.
    """),
    keywords=("army", "attack", "Defence Minister", "exercise", "forces"),
)

_RINGS = (
    ("a ring that sold counterfeit car parts", "parts", "counterfeit parts ring"),
    ("a gang that forged residence permits", "blank permits", "permit forgery ring"),
    ("a network that smuggled subsidised fuel", "litres of diesel", "fuel smuggling ring"),
    ("a group that ran fake investment sites", "SIM cards", "online fraud ring"),
    ("a gang that stole copper cable", "metres of cable", "cable theft gang"),
    ("a ring that smuggled captagon pills", "pills", "captagon ring"),
    ("a network that traded in antiquities", "coins and seals", "antiquities ring"),
    ("a gang that cloned bank cards", "blank cards", "card cloning gang"),
    ("a group that smuggled hashish by sea", "grams of hashish", "drug boat crew"),
    ("a ring that counterfeited medicines", "boxes of tablets", "fake medicine ring"),
    ("a gang that broke into jewellers’ shops", "rings and bracelets", "jewel thieves"),
    ("a network that smuggled falcons", "leather hoods", "falcon smugglers"),
)


def _crime_facts(cast: Cast) -> None:
    ring, goods, label = pick(cast.rng, _RINGS)
    suspects = whole(cast.rng, 3, 29)
    cast.fix(
        ring=ring,
        label=label,
        suspects=count(suspects),
        seized=f"{whole(cast.rng, 21, 960) * 100 + whole(cast.rng, 1, 99):,} {goods}",
        worth=money(between(cast.rng, 0.3, 24), cast.home),
        officer=cast.official(
            cast.draw("Colonel", "Captain", "Brigadier", "Superintendent"), role="the officer"
        ),
        prosecutor=cast.official("public prosecutor", role="the prosecutor"),
        lawyer=cast.official("defence lawyer", role=""),
        leader=str(whole(cast.rng, 26, 58)),
    )


CRIME = Beat(
    topic="crime",
    name="ring",
    carriers=_CARRIERS,
    facts=_crime_facts,
    headlines=copy("""
- {home:adj} police arrest {suspects} in {label} case
- {suspects} held in {town} over {label}
- {home:short}: police seize {seized} in {town}
- {home:adj} police break up {label}, seize goods worth {worth}
- Court in {town} remands {suspects} over {label}
    """),
    leads=copy("""
- Police in {home} have arrested {suspects} people on suspicion of belonging to {ring}, the
  interior ministry said on {today}.
- {home:adj} police broke up {ring} in raids on {any_few} flats and a warehouse in {town},
  seizing {seized}, officials said on {today}.
- A court in {town} on {today} remanded {suspects} alleged members of {ring} in custody for
  {any_dozen} days.
    """),
    details=copy("""
- Officers found {seized} worth some {worth}, along with {any_few} vehicles, {any_tens} mobile
  phones and cash in {any_few} currencies.
- The suspects, the youngest of them {any_young} years old, have been living in {town2}; a(n)
  {leader}-year-old man from {any_city} is thought to be their leader.
- The raids began at {any_few} in the morning and involved {any_hundreds} officers and {any_few}
  sniffer dogs, according to {officer}.
- Investigators had listened to {any_hundreds} hours of telephone calls since {day_ago}, when a
  customs officer in {any_city} noticed {any_few} parcels without a sender.
- Most of the goods had been brought in by way of {partner_city} and stored for up to {any_tens}
  days in a(n) {any_hundreds}-square-metre hall, the police said.
- Bank accounts holding {any_small_money} have been frozen, and {any_few} shops in {town} were
  closed by order of the court.
- Two of the suspects tried to flee over the roof and were stopped {any_hundreds} metres away,
  {officer} said.
- Police in {partner} detained {any_few} more people at the request of {home:capital} on
  {weekday_ago}.
    """),
    quotes=copy("""
- “We followed one man for {any_tens} days and {any_hundreds} kilometres, and he led us to all
  the others,” {officer} told reporters.
- “My client delivered parcels for {any_wage} a month and never opened one,” said {lawyer}, who
  represents two of the accused.
- {prosecutor} said that the accused faced up to {any_dozen} years in prison “if a third of the
  {any_tens} charges can be proved.”
- “There were vans every night for {any_few} weeks; we thought it was a bakery,” said
  {resident}, who lives {any_tens} metres from the warehouse.
- {officer} appealed to the public to report suspicious offers, saying that {any_hundreds} calls
  to the hotline in {last_month} had led to {any_dozen} arrests.
    """),
    background=copy("""
- Police in {town} dealt with {any_hundreds} similar cases in {last_year}, {any_percent} fewer
  than a year before.
- A law of {any_past_year} doubled the penalties, and courts in {home} have handed down
  {any_tens} sentences under it so far.
- {home} and {partner} agreed on {any_day_ago} to exchange fingerprints within {any_dozen}
  hours.
- In {month_before}, officers in {any_city} had stopped a lorry with {any_hundreds} parcels of
  the same kind.
    """),
    outlook=copy("""
- A hearing has been set for {day_ahead}; {any_few} suspects are still at large.
- The inquiry goes on in {any_city} and {partner_city}, {officer} said, and more arrests are
  [likely|expected] within {any_few} days.
- Prosecutors have until {any_day_ahead} to bring charges against the {suspects} suspects.
    """),
    flashes=copy("""
- Police in {town}, {home}, arrest {suspects} people in {label} case and seize {seized}.
- {home:adj} police say they have broken up {ring} and made {suspects} arrests.
    """),
    keywords=("police", "Ministry", "court", "security", "customs"),
)
