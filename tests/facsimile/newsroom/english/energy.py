"""Oil fields, refineries, and power from sun and wind."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import (
    amount,
    between,
    both_currencies,
    count,
    money,
    oil_price,
    percent,
    whole,
)
from tests.facsimile.newsroom.grammar import copy, pick
from tests.facsimile.newsroom.places import OIL_CODES

_CARRIERS = (
    *("MENAFN",) * 3,
    *("Kuwait News Agency (KUNA)",) * 3,
    *("Trend News Agency",) * 2,
    "AzerNews",
    "Gulf Times",
    "Nam News Network",
    "UkrinForm",
    "GlobeNewsWire - Nasdaq",
)
_FIELDS = ("Umm Saddara", "Ras Tuwaiq", "Wadi Nahil", "Jabal Sirhan", "Rumh South", "Qarn Al-Asal",
           "Hasbat East", "Bir Ghazwan", "Sidra Block 9", "Nafud Deep", "Marsa Tayeb", "Khawr Milh",
           "Zarqat North", "Tal Harmal", "Absheron Qala", "Dashtan Ridge")  # fmt: skip


def _oil_facts(cast: Cast) -> None:
    cast.keep_home_within(OIL_CODES)
    now = whole(cast.rng, 48, 620)
    unit_cost = between(cast.rng, 3.8, 16.4)
    cast.fix(
        field=pick(cast.rng, _FIELDS),
        firm=cast.firm("oil", cast.home),
        contractor=cast.firm("oil", cast.partner, role="the contractor"),
        output=f"{now},000",
        target=f"{now + whole(cast.rng, 20, 240)},000",
        cost=amount(between(cast.rng, 180, 5_800), "$"),
        minister=cast.official(cast.draw("Oil Minister", "Energy Minister", "Minister of Oil")),
        chief=cast.official("chief executive", role="the chief executive"),
        unit_cost=f"{unit_cost:.2f}",
        unit_bound=str(int(unit_cost) + 2),
        pumped=f"{between(cast.rng, 0.4, 3.6):.2f}",
        wells=count(whole(cast.rng, 12, 140)),
        budget_price=f"${oil_price(cast.day) - whole(cast.rng, 4, 14):.0f}",
        price=f"${oil_price(cast.day):.2f}",
    )


OIL = Beat(
    topic="oil",
    name="field",
    carriers=_CARRIERS,
    facts=_oil_facts,
    headlines=copy("""
- <award> {firm:short} awards {cost} contract for {field} field
- <output> {home:short} to lift {field} output to {target} barrels a day
- <output> {home:adj} oil minister sees {field} at {target} bpd by {future_year}
- <drill> {firm:short} drills {wells} new wells at {field}
- <award> {partner:short}’s {contractor:short} wins work at {home:adj} oil field {field}
    """),
    leads=copy("""
- <award> {firm} has awarded {contractor} of {partner} a contract worth {cost} to develop the
  {field} field, the {home:adj} company said on {today}.
- <output> {home} plans to raise output from the {field} field to {target} barrels a day by
  {future_year} from {output} now, {minister} said on {today}.
- <drill> {firm} will drill {wells} wells in the {field} field over the next {any_few} years,
  {chief} told an energy conference in {city} on {today}.
    """),
    details=copy("""
- <award> The work includes {wells} wells, a pipeline of {any_hundreds} kilometres and a
  separation plant that can take in {target} barrels a day.
- <award> {contractor} has {any_months} months to finish the first stage, which is to add
  {any_tens},000 barrels a day.
- Associated gas of {any_tens} million cubic feet a day will be sent to the power station at
  {town} instead of being flared, according to {firm}.
- Reserves at {field} are put at {any_decimal} billion barrels, of which {any_percent} had been
  produced by the end of {last_year}.
- At its peak the project will employ {any_thousands} people, {any_tens} percent of them
  {home:adj} nationals.
- Four banks led by a lender from {gulf} have arranged a loan of {any_dollars} for {field}, to
  be repaid over {any_years} years.
- {firm} shipped {any_tens} cargoes through the terminal at {town} in {last_month}, {any_few}
  more than in {month_before}.
- Water injected into the reservoir has raised its pressure by {any_percent} since {day_ago},
  engineers at {field} said.
- The cost of producing a barrel at {field} stands at ${unit_cost}, below the {home:adj}
  average.
    """),
    quotes=copy("""
- “At {field} we are adding barrels that cost us less than {unit_bound} dollars, and we shall
  sell them when the market asks for them,” {minister} said.
- “The market can absorb the {any_hundreds},000 barrels a day that {home} and its partners are
  bringing back by {day_ahead},” said {analyst}.
- “We have drilled {wells} wells here without a single lost-time accident since
  {any_past_year},” {chief} told reporters in {city}.
- {chief} put the return on the {field} project at “{any_dozen} percent at {price} a barrel, and
  still a decent figure at ten dollars less.”
- {analyst} said that {home} would need to spend “something like {any_dollars} a year” merely to
  hold output at its present level.
- <award> “Nobody in {partner_city} doubts the geology of {field}; it was the {any_few} months
  of paperwork that tried us,” a manager of {contractor} said.
    """),
    background=copy("""
- Benchmark Brent crude traded at about {price} a barrel on {yesterday}, {any_small_percent}
  [above|below] its level of a week before.
- {home} pumped {pumped} million barrels a day in {last_month}, according to a survey by
  {research_house}, against a quota that is to be reviewed on {day_ahead2}.
- {field} was discovered in {any_old_year} and came on stream {any_few} years later.
- {firm} earned {any_dollars} in the {quarter} quarter of {quarter_year}, [up|down]
  {any_percent} from a year before.
- Oil and gas make up {any_big_percent} of {home:adj} exports; the budget for {year} assumes a
  price of {budget_price} a barrel.
- <award> {contractor} has worked in {home} since {any_past_year} and holds {any_few} other
  contracts there, the largest at a refinery near {any_city}.
    """),
    outlook=copy("""
- First oil from the new wells at {field} is expected in {month_ahead} {next_year}.
- Producers are to meet on {day_ahead} to settle output for {next_month} and the {any_few}
  months after it.
- Tenders for a second stage at {field}, worth {any_dollars}, will close on {any_day_ahead},
  {firm} said.
    """),
    flashes=copy("""
- <output> {home:adj} oil minister: output of {field} field to reach {target} barrels a day by
  {future_year}.
- <award> {firm:full} awards {contractor:full} a contract worth {cost} for {field} field.
    """),
    keywords=("Minister", "market", "oil", "investment", "barrels", "supply"),
)


def _power_facts(cast: Cast) -> None:
    megawatts = whole(cast.rng, 12, 240) * 10
    cost = megawatts * between(cast.rng, 0.6, 1.3)
    kind = pick(cast.rng, ("solar plant", "wind farm", "solar park", "battery plant"))
    cast.fix(
        plant=kind,
        megawatts=f"{megawatts:,}",
        builders=str(whole(cast.rng, 210, 960)),
        homes=f"{megawatts * whole(cast.rng, 180, 420):,}",
        carbon=f"{megawatts * whole(cast.rng, 900, 1_900):,}",
        cost=both_currencies(cost, cast.home),
        cost_short=money(cost, cast.home),
        tariff=f"{between(cast.rng, 1.3, 4.2):.2f}",
        share=percent(between(cast.rng, 4, 38)),
        firm=cast.firm("power", cast.partner, role="the developer"),
        rival=cast.firm("power", cast["gulf"]),  # type: ignore[arg-type]
        minister=cast.official(cast.draw("Minister of Electricity", "Energy Minister")),
        chief=cast.official("chief executive", role="the chief executive", abroad=True),
    )


POWER = Beat(
    topic="energy",
    name="power",
    carriers=_CARRIERS,
    facts=_power_facts,
    headlines=copy("""
- <build> {firm:short} to build {megawatts}MW {plant} in {home:short}
- <build> {home:short} signs {megawatts}MW {plant} deal with {partner:adj} firm
- <connect> {home:adj} {plant} near {town} to power {homes} homes
- <build> Bid of {tariff} cents wins {home:adj} {plant} tender
- <build> {firm:short} closes financing for {plant} at {town}
    """),
    leads=copy("""
- <build> {firm} of {partner} will build a(n) {megawatts}-megawatt {plant} near {town} in {home}
  at a cost of {cost}, under an agreement signed in {home:capital} on {today}.
- <build> {home} on {today} chose {firm} to build and run a {plant} near {town} that will supply
  {homes} homes, {minister} said.
- <connect> A(n) {megawatts}-megawatt {plant} near {town} was connected to the {home:adj} grid
  on {today}, {any_few} weeks ahead of schedule.
    """),
    details=copy("""
- {firm} will sell power to the grid for {any_years} years at {tariff} US cents a kilowatt-hour,
  the lowest of {any_few} bids.
- The {plant} covers {any_hundreds} hectares of state land leased for {any_tens} years,
  {any_tens} kilometres from {town}.
- <connect> On its first day the {plant} delivered {any_hundreds} megawatt-hours, {any_percent}
  more than its builders had promised.
- <connect> {any_hundreds} workers had needed {any_months} months to build it, in two shifts and
  at up to {any_tens} degrees.
- Once in full operation, the {plant} is expected to avoid {carbon} tonnes of carbon dioxide a
  year.
- <build> Some {builders} people are to work on the site, and {any_tens} permanent jobs will
  remain when it is finished.
- {rival} had offered {any_decimal} cents and came second, according to the tender documents.
- {any_few} lenders, among them a development bank from {third}, provide {any_big_percent} of
  the {cost_short}.
- A line of {any_tens} kilometres at {any_hundreds} kilovolts will carry the power to a
  substation at {any_city}.
- Batteries with a capacity of {any_hundreds} megawatt-hours are to be added in {next_year} to
  cover the evening peak.
    """),
    quotes=copy("""
- “At {tariff} cents, the sun and the wind are now cheaper for us than gas, and we have
  {any_clear_days} clear days a year,” {minister} said.
- “We looked at {any_dozen} sites in {home}, and the one near {town} was the best by
  {any_percent},” {chief} told a news conference.
- {analyst} said that such a price was “hard to repeat” and pointed to loans at less than
  {any_small_percent} interest.
- <build> “Half of the {builders} people we hire will come from villages within {any_tens}
  kilometres,” {chief} said.
- “Summer cuts of {any_few} hours a day ruined two of my freezers,” said {resident} in {town}.
  “I hope that this plant of {megawatts} megawatts ends them.”
    """),
    background=copy("""
- Renewable sources met {share} of {home:adj} demand for electricity in {last_year}; the target
  for {future_year} is {any_big_percent}.
- Demand in {home} peaked at {any_thousands} megawatts on {day_ago}, {any_small_percent} above
  the record of {last_year}.
- {firm} runs plants of {any_thousands} megawatts in {any_few} countries, including one in
  {third} since {any_past_year}.
- {home} cut its subsidies on electricity by {any_percent} in {past_year}, saving {any_money} a
  year.
    """),
    outlook=copy("""
- <build> Work near {town} is to begin on {day_ahead} and to last {any_months} months.
- <connect> {firm} will hand the {plant} over to the state after {any_years} years.
- A tender for {any_hundreds} more megawatts will be opened in {month_ahead}, {minister} said.
- <build> Commercial operation of the {plant} is planned for {long_day_ahead}.
    """),
    flashes=copy("""
- <build> {firm:full} wins contract to build {megawatts}-megawatt {plant} near {town}, {home}.
- <connect> {home} connects {megawatts}-megawatt {plant} near {town} to its grid, energy
  ministry says.
    """),
    keywords=("Minister", "investment", "market", "energy", "electricity"),
)
