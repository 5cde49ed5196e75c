"""Talks and agreements between two countries."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import amount, between, percent, whole
from tests.facsimile.newsroom.grammar import copy, pick

_SUBJECTS = (
    ("visa-free travel for business people", "visa deal", "travel"),
    ("the avoidance of double taxation", "double-tax treaty", "taxation"),
    ("maritime search and rescue", "sea rescue pact", "maritime safety"),
    ("the recruitment of skilled labour", "labour accord", "labour"),
    ("mutual recognition of university degrees", "degree recognition pact", "higher education"),
    ("customs cooperation at land and sea ports", "customs agreement", "customs"),
    ("direct shipping lines", "shipping agreement", "shipping"),
    ("food security and grain storage", "grain storage deal", "food security"),
    ("the extradition of convicted persons", "extradition treaty", "judicial cooperation"),
    ("fisheries and aquaculture", "fisheries agreement", "fisheries"),
    ("cultural exchange and museums", "culture accord", "culture"),
    ("cybersecurity and data protection", "cybersecurity pact", "cybersecurity"),
    ("water management in dry regions", "water management accord", "water"),
    ("youth training and exchange", "youth exchange accord", "youth"),
    ("postal and parcel services", "postal agreement", "parcels"),
    ("railway links and rolling stock", "railway accord", "railways"),
)


def _facts(cast: Cast) -> None:
    subject, pact, field = pick(cast.rng, _SUBJECTS)
    trade = between(cast.rng, 320, 9_400)
    growth = between(cast.rng, 3, 28)
    cast.fix(
        subject=subject,
        pact=pact,
        field=field,
        minister=cast.official(f"{cast.home.adjective} Foreign Minister"),
        counterpart=cast.official(
            f"{cast.partner.adjective} Foreign Minister", role="the visitor", abroad=True
        ),
        envoy=cast.official(
            f"{cast.home.adjective} Ambassador to {cast.partner.name}", role="the ambassador"
        ),
        trade=amount(trade, "$"),
        trade_before=amount(trade / (1 + growth / 100), "$"),
        growth=percent(growth),
        round=("third", "fourth", "fifth", "sixth", "seventh", "ninth")[whole(cast.rng, 0, 5)],
    )


DIPLOMACY = Beat(
    topic="politics",
    name="diplomacy",
    carriers=(
        *("Kuwait News Agency (KUNA)",) * 4,
        *("MENAFN",) * 2,
        "The Peninsula",
        "UkrinForm",
        "Trend News Agency",
        "AzerNews",
        "Nam News Network",
        "IANS",
        "Daily News Egypt",
        "Jordan Times",
    ),
    facts=_facts,
    headlines=copy("""
- <sign> {home:short}, {partner:short} sign {pact} in {home:capital}
- <talks> {home:short} and {partner:short} move closer to {pact}
- <talks> {home:adj} FM, {partner:adj} counterpart discuss {field}
- <talks> {partner:short} FM {counterpart:short} visits {home:capital} for talks on {field}
- <committee> {home:short}-{partner:short} committee closes {round} round with {pact}
- <talks> {home:adj} foreign minister {minister:short} hails {field} talks with {partner:short}
- {partner:short} trade up {growth} as {home:capital} hosts talks on {field}
- <sign> {minister:short}: {pact} opens new page with {partner:short}
    """),
    leads=copy("""
- <sign> {minister} and {partner:adj} counterpart {counterpart:name} signed an agreement on
  {subject} in {home:capital} on {today}, [closing|ending] [more than a year|fourteen months|two
  years] of negotiations between the two sides.
- <committee> {home} and {partner} [agreed|undertook] on {today} to cooperate more closely on
  {subject}, at the end of the {round} session of their joint committee in {home:capital}.
- <talks> {minister} received {minister:his} {partner:adj} counterpart {counterpart:name} in
  {home:capital} on {today} for talks that centred on {subject} and on the situation in the
  region.
- <talks> {counterpart} arrived in {home:capital} on {today} at the head of a(n)
  {any_dozen}-member delegation to [conclude|wind up] talks on {subject}.
- <sign> {home} is ready to put an agreement with {partner} on {subject} into effect by
  {day_ahead}, {minister} said on {today} after a meeting in {home:capital}.
    """),
    details=copy("""
- <sign> The agreement runs to {any_dozen} articles and will be in force for {any_few} years,
  after which it is renewed unless [one of the two countries|either side] gives notice
  [six|nine|three] months ahead.
- A joint working group of {any_dozen} officials will meet every {any_few} months, in
  {home:capital} and {partner:capital} in turn, to see that what was agreed about {field} is
  [carried out|put into practice].
- The two ministers also went through a list of {any_dozen} draft memoranda, of which {any_few}
  are [said to be|described as] ready for signature before the end of {month_ahead}.
- In a joint statement of {any_few} pages, the two sides called for “the earliest possible
  start” of work on {field} and named {day_ahead} as the date of the next technical meeting.
- {home:adj} and {partner:adj} officials will exchange [lists|registers] of the authorities
  responsible for {field} within {any_tens} days, according to the text seen by reporters in
  {home:capital}.
- The talks, which lasted [more than|nearly] {any_few} hours, were attended by the heads of
  {any_few} departments and by {envoy}.
- {counterpart} was later received by the prime minister and handed over an invitation to a
  conference on {field} that {partner} is to host on {day_ahead}.
- <talks> A draft of {any_tens} articles on {subject} lies on the table, and {any_few} of them
  are still in square brackets, diplomats in {home:capital} said.
- <talks> {counterpart} was to see the port of {town} and meet {any_dozen} students from
  {partner} later on {today}.
- <committee> The committee’s {any_few} subcommittees had met for {any_few} days before, and
  left only {subject} to the ministers.
- <committee> The minutes name {any_tens} projects in {field}, to be finished by {future_year},
  and the officials who answer for each.
- On the margins of the visit, chambers of commerce of the two countries held a forum in {city}
  at which {any_tens} {partner:adj} and {any_hundreds} {home:adj} firms were represented.
- <sign> Under a side letter, {partner} will open a consulate in {town} with a staff of
  {any_dozen}, and {home} will enlarge its mission in {partner_city}.
- The ministers touched on developments in {third} too, and agreed that {home:capital} and
  {partner:capital} would [coordinate|align] their positions before the ministerial meeting of
  {any_day_ahead}.
    """),
    quotes=copy("""
- <sign> “What we have signed on {field} is not a declaration but a timetable,” {minister} told
  reporters. “By {day_ahead} the first of the {any_dozen} steps will have been taken.”
- “{partner} has been a partner of ours since {any_old_year}, and in {field} we have hardly
  begun,” {minister} said at a press conference with {counterpart}.
- {counterpart} [thanked|praised] {home} for what {counterpart:he} called “patient and honest
  work” on {subject}, and said that {any_few} further agreements were within reach.
- “Every time we meet, the list of open questions on {field} is shorter; today we struck off
  {any_few} of them,” said {counterpart}.
- {envoy} told {home:adj} state media that the accord on {field} “answers a wish that business
  people on both sides have put to us since {any_past_year}.”
- <talks> “We are {any_few} sentences away from an agreement on {field},” {minister} told
  reporters before the dinner.
- <committee> “Of {any_tens} decisions taken at the last session, {any_dozen} have been carried
  out,” {minister} said, “and {field} is where we were slowest.”
- “Our embassies in {home:capital} and {partner:capital} have handled {any_hundreds} requests
  concerning {field} this year alone,” {minister} said, adding that the procedure would now be
  “a matter of days.”
- Asked about the delay in the talks on {field}, {counterpart} said that {counterpart:his}
  country had “needed {any_few} more months to consult its own institutions.”
    """),
    background=copy("""
- Trade between {home} and {partner} rose to {trade} in {last_year} from {trade_before} a year
  earlier, an increase of {growth}, according to figures of the {home:adj} customs
  administration.
- {home} and {partner} established diplomatic relations in {any_old_year} and have signed
  {any_tens} agreements since, {any_few} of them in {last_year}.
- Some {any_thousands} {partner:adj} citizens live in {home}, most of them in {any_city} and
  {home:capital}, while {any_hundreds} {home:adj} students are enrolled at universities in
  {partner_city}.
- <committee> The committee last met in {partner:capital} in {any_past_year}, when the two sides
  put off the chapter on {field} because {any_few} points of wording remained open.
- {partner:adj} direct investment in {home} stood at {any_dollars} at the end of {last_year},
  with projects in {any_city} and {town} accounting for the largest share.
- {minister} took office in {any_recent_year} and has since visited {partner} {any_few} times,
  most recently on {day_ago}.
    """),
    outlook=copy("""
- {counterpart} is due to [leave for|travel on to] {third:capital} on {tomorrow}, where the
  programme includes talks on {field} and a meeting with {any_dozen} business leaders.
- <sign> The agreement on {field} still has to be ratified by both parliaments, a step that
  {home:adj} officials expect before {long_day_ahead}.
- <committee> The {round} session’s minutes were signed by {minister} and {counterpart}; the
  next session will be held in {partner:capital} in {month_ahead} {next_year}.
- <talks> The visit ends on {tomorrow} with a tour of {town} and a dinner for {any_tens} guests.
- <talks> Both sides hope to sign an agreement on {field} when they meet again in
  {partner:capital} on {any_later_day}.
- {partner:capital} will host the first meeting of the working group on {field} on {day_ahead2},
  the joint statement said.
    """),
    flashes=copy("""
- <sign> {home} and {partner} sign an agreement on {subject}, the {home:adj} foreign ministry
  says.
- <talks> {counterpart} arrives in {home:capital} for talks on {field}, state media report.
- <sign> {minister:name}: agreement with {partner} on {field} to take effect on {day_ahead}.
    """),
    keywords=("Minister", "ministers", "agreement", "Ambassador", "investment", "trade", "talks"),
)
