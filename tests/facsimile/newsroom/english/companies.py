"""Quarterly results, and one company buying another."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import between, both_currencies, money, percent, whole
from tests.facsimile.newsroom.grammar import copy

_CARRIERS = (
    *("MENAFN",) * 3,
    *("The Peninsula",) * 2,
    *("Gulf Times",) * 2,
    *("GlobeNewsWire - Nasdaq",) * 2,
    *("EQS Group",) * 3,
    *("PR Newswire",) * 2,
    "Khaleej Times",
    "Daily News Egypt",
    "Kuwait News Agency (KUNA)",
)
_TRADES = ("industry", "bank", "telecom", "power", "air", "oil", "industry")


def _results_facts(cast: Cast) -> None:
    trade = cast.draw(*_TRADES)
    revenue = between(cast.rng, 40, 2_400)
    profit = revenue * between(cast.rng, 0.05, 0.28)
    growth = between(cast.rng, 1.5, 44)
    is_up = cast.rng.random() < 0.7
    factor = 1 + growth / 100 if is_up else 1 - growth / 100
    home = cast.home
    cast.fix(
        firm=cast.firm(trade, home, role="the bank" if trade == "bank" else "the company"),
        revenue=money(revenue, home),
        revenue_growth=percent(between(cast.rng, 0.8, 19)),
        profit=both_currencies(profit, home),
        profit_short=money(profit, home),
        profit_before=money(profit / factor, home),
        change=percent(growth),
        rose="rose" if is_up else "fell",
        up="up" if is_up else "down",
        rises="rises" if is_up else "falls",
        rise="rise" if is_up else "drop",
        higher="higher" if is_up else "lower",
        provision=money(profit * between(cast.rng, 0.02, 0.08), home),
        write_off=money(profit * between(cast.rng, 0.01, 0.05), home),
        dividend=money(profit * between(cast.rng, 0.3, 0.6), home),
        effect=money(profit * between(cast.rng, 0.05, 0.2), home),
        average=money(profit * between(cast.rng, 0.7, 1.1), home),
        costs=money(revenue * between(cast.rng, 0.5, 0.7), home),
        assets=money(revenue * between(cast.rng, 3, 9), home),
        margin=percent(profit / revenue * 100),
        chief=cast.official("chief executive", role="the chief executive"),
        treasurer=cast.official("chief financial officer", role="the finance chief"),
        reason=cast.draw(
            "higher sales abroad" if is_up else "weaker sales abroad",
            "lower financing costs" if is_up else "higher financing costs",
            "a new plant" if is_up else "the closure of a plant for repairs",
            "cheaper raw materials" if is_up else "dearer raw materials",
            "one-off gains from land" if is_up else "one-off charges on land",
        ),
    )


RESULTS = Beat(
    topic="companies",
    name="results",
    carriers=_CARRIERS,
    facts=_results_facts,
    headlines=copy("""
- {firm:short} {quarter}-quarter profit {rises} {change} to {profit_short}
- {firm:full} posts net profit of {profit_short}
- {home:short}’s {firm:short} reports {change} {rise} in profit
- {firm:short} earns {profit_short} in {quarter} quarter on {reason}
- {firm:short} plans dividend of {dividend} after profit of {profit_short}
    """),
    leads=copy("""
- {firm} on {today} reported a net profit of {profit} for the {quarter} quarter of
  {quarter_year}, {up} {change} from a year earlier, citing {reason}.
- Net profit at {firm} {rose} by {change} to {profit} in the {quarter} quarter, compared with
  {profit_before} in the same period of the year before, the {town}-based group said on {today}.
- {firm}, based in {town}, [said on {today} that it had|announced on {today} that it had] earned
  {profit} in the {quarter} quarter of {quarter_year}, {change} {higher} than a year before.
    """),
    details=copy("""
- Revenue came to {revenue}, {revenue_growth} more than in the {quarter} quarter of the year
  before, and operating costs to {costs}.
- The net margin stood at {margin}, against {any_percent} three months earlier, as {reason} made
  itself felt.
- Sales in {gulf} grew by {any_percent} and those in {third} by {any_percent}, while the home
  market added {any_small_percent}.
- Total assets amounted to {assets} at the end of the quarter, {any_small_percent} more than at
  its beginning.
- {firm:short} set aside {provision} for doubtful debts and wrote {write_off} off the value of a
  site in {any_city}.
- Capital spending rose to {any_small_money}, most of it for a line near {any_city} that is
  {any_big_percent} complete.
- The board proposed an interim dividend of {dividend}, to be paid on {day_ahead} to
  shareholders on the books {any_few} days before.
- The group had {any_thousands} employees at the end of the period, {any_hundreds} more than a
  year earlier.
- Net debt was cut by {any_percent} to {any_money}, after the repayment of a loan that had been
  due in {next_year}.
    """),
    figures=copy("""
- Key figures of {firm:short} for the {quarter} quarter of {quarter_year}:
- - net profit: {profit_short} ({up} {change})
- - revenue: {revenue}
- - operating costs: {costs}
- - total assets: {assets}
    """),
    quotes=copy("""
- “A margin of {margin} in a quarter like this one speaks for the {any_thousands} people who
  work here,” said {chief}.
- “We expect revenue to grow by at least {any_dozen} percent in {next_year}, and {third} will be
  the largest part of it,” {chief} said.
- {treasurer} said that {reason} had moved the result by “roughly {effect}, and {any_tens}
  percent of that will not recur.”
- {analyst} called the figures “{any_small_percent} better than the {any_few} of us who follow
  the stock had expected.”
- “We shall open {any_few} branches before {day_ahead2}, two of them in {partner_city},”
  {treasurer} told analysts in a call.
- {chief} described {quarter_year} as “the year in which {any_tens} percent of our orders began
  to come from outside {home}.”
    """),
    background=copy("""
- In the {any_few} quarters before, {firm:short} had earned an average of {average}.
- {firm:short} was founded in {any_old_year} in {town} and has been listed since
  {any_past_year}.
- Its shares closed {any_small_percent} {higher} on {yesterday} and have gained {any_percent}
  since the start of {year}.
- The largest shareholder is a state fund with {any_percent}; another {any_percent} belongs to a
  family from {any_city}.
- {firm:short} bought a competitor in {partner_city} for {any_money} in {past_year} and sold its
  business in {third} {any_few} years later.
    """),
    outlook=copy("""
- {firm:short} will publish its next accounts on {any_day_ahead}.
- Shareholders meet in {town} on {day_ahead2} to vote on the dividend and on {any_few} seats on
  the board.
- For the whole of {year}, {firm:short} expects its net profit to change by no more than
  {any_small_percent}.
    """),
    flashes=copy("""
- {firm:full} says {quarter}-quarter net profit {rises} {change} to {profit_short}.
- {home:adj} company {firm:short} reports net profit of {profit_short} for {quarter} quarter.
    """),
    keywords=("market", "investment", "shareholders", "board", "profit"),
)


def _deal_facts(cast: Cast) -> None:
    trade = cast.draw("industry", "technology", "telecom", "power")
    price = between(cast.rng, 14, 1_900)
    cast.fix(
        buyer=cast.firm(trade, cast.home, role="the buyer"),
        target=cast.firm(trade, cast.partner, role="the target"),
        seller=cast.firm("finance", cast.partner, role="the seller"),
        stake=percent(whole(cast.rng, 26, 100)).replace(".0", ""),
        price=both_currencies(price, cast.home),
        price_short=money(price, cast.home),
        premium=percent(between(cast.rng, 4, 38)),
        sales=money(price * between(cast.rng, 0.5, 1.6), cast.home),
        chief=cast.official("chief executive", role="the chief executive"),
        owner=cast.official("managing partner", role="", abroad=True),
    )


DEAL = Beat(
    topic="companies",
    name="deal",
    carriers=_CARRIERS,
    facts=_deal_facts,
    headlines=copy("""
- {buyer:short} buys {stake} of {partner:adj} {target:short} for {price_short}
- {home:short}’s {buyer:short} in {price_short} deal for {target:short}
- {target:short} changes hands for {price_short}
- {buyer:full} agrees to acquire {target:full}
- {buyer:short} to pay premium of {premium} for {partner:adj} {target:short}
    """),
    leads=copy("""
- {buyer} has agreed to buy {stake} of {target} of {partner} for {price}, the {home:adj} company
  said on {today}.
- {home}’s {buyer} will pay {price} for {stake} of {target}, in one of the larger {home:adj}
  purchases in {partner} this year, it announced on {today}.
- {target} of {partner} is to be bought by {home}’s {buyer}, which has offered {price} for
  {stake} of its shares, the two companies said on {today}.
    """),
    details=copy("""
- The price is {premium} above the average at which shares of {target} traded over the past
  {any_tens} days.
- {target:short} had sales of {sales} in {last_year} and employs {any_thousands} people at
  {any_few} sites in {partner}.
- {seller}, which has owned the stake since {any_past_year}, will keep {any_small_percent} and a
  seat on the board for {any_few} years.
- {buyer} pays {any_big_percent} of the price in cash and the rest in new shares, which will not
  be sold for {any_months} months.
- Savings of {any_small_money} a year are expected from joint purchasing by {future_year}, at a
  one-off cost of {any_small_money}.
- {any_few} of the {any_dozen} plants of {target:short} are to be enlarged; the one in
  {partner_city} will get a second line for {any_small_money}.
- Loans of {any_money} from {any_few} banks, led by a lender in {gulf}, finance the purchase.
- If the deal is called off, {buyer} has to pay a fee of {any_small_money}.
    """),
    quotes=copy("""
- “With {target:short} we gain {any_hundreds} customers and a harbour at our door,” said
  {chief}, who first visited the plant in {any_past_year}.
- “We had {any_few} offers, two of them higher by {any_small_percent}, and chose the one with a
  plan,” {owner} of the selling fund said.
- {analyst} said that {price_short} was “a full price, at {any_dozen} times last year’s
  earnings.”
- “Nobody in {partner_city} will lose a job in the first {any_dozen} months,” {chief} told
  staff, according to a recording.
- {owner} put the return on the investment at “{any_decimal} times our money in {any_few}
  years.”
    """),
    background=copy("""
- {buyer:short} has bought {any_few} companies since {any_past_year}, among them a haulier in
  {gulf} for {any_money}.
- {home:adj} firms spent {any_big_dollars} on purchases abroad in {last_year}, {any_percent}
  [more|less] than the year before, according to {research_house}.
- {target:short} was set up in {any_old_year} by {any_few} engineers from {partner_city} and
  went public in {past_year}.
- An earlier attempt to merge the two companies, in {any_past_year}, failed over
  {any_small_money} of pension debts.
    """),
    outlook=copy("""
- The deal needs the approval of authorities in {partner:capital} and {home:capital} and should
  close by {long_day_ahead}.
- Shareholders of {target:short} are to vote on {day_ahead}; holders of {any_big_percent} have
  promised to agree.
- {buyer:short} intends to list {target:short} again in {future_year}, {chief} added.
    """),
    flashes=copy("""
- {buyer:full} to buy {stake} of {partner:adj} {target:short} for {price_short}.
- {home:adj} {buyer:full} offers {price_short} for {stake} of {target:full} of {partner}.
    """),
    keywords=("market", "investment", "shares", "deal", "board"),
)
