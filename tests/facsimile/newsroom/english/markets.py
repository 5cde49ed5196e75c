"""The day on the bourse, and trade figures."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import amount, between, money, percent, whole
from tests.facsimile.newsroom.grammar import copy
from tests.facsimile.newsroom.places import COUNTRIES

_LISTED = tuple(code for code, country in COUNTRIES.items() if country.exchange)


def _bourse_facts(cast: Cast) -> None:
    place = cast.home if cast.home.exchange else COUNTRIES[cast.draw("AE", "SA", "KW", "QA")]
    index = between(cast.rng, 1_900, 14_800)
    change = between(cast.rng, 0.08, 2.6)
    is_up = cast.rng.random() < 0.55
    points = index * change / 100
    turnover = between(cast.rng, 12, 1_600)
    cast.set_places(place, cast.partner)
    cast.fix(
        exchange=str(place.exchange),
        close=f"{index:,.2f}",
        points=f"{points:.1f}",
        change=percent(change) if change >= 1 else f"{change:.2f} percent",
        rose="rose" if is_up else "fell",
        rises="rises" if is_up else "falls",
        rise="rise" if is_up else "fall",
        up="up" if is_up else "down",
        gained="gained" if is_up else "lost",
        mood="higher" if is_up else "lower",
        turnover=money(turnover, place),
        turnover_before=money(turnover * between(cast.rng, 0.6, 1.5), place),
        shares=f"{whole(cast.rng, 31, 980)}.{whole(cast.rng, 1, 9)} million",
        deals=f"{whole(cast.rng, 2, 39) * 1000 + whole(cast.rng, 1, 999):,}",
        gainers=str(whole(cast.rng, 11, 64)),
        losers=str(whole(cast.rng, 10, 58)),
        star=cast.firm("industry", place),
        laggard=cast.firm("bank", place, role="the lender"),
        heavy=cast.firm("telecom", place),
        star_change=percent(between(cast.rng, 2.2, 9.8)),
        laggard_change=percent(between(cast.rng, 1.1, 6.4)),
        value=amount(between(cast.rng, 8_000, 900_000), "$"),
    )


BOURSE = Beat(
    topic="markets",
    name="bourse",
    carriers=(
        *("MENAFN",) * 3,
        *("Kuwait News Agency (KUNA)",) * 2,
        *("The Peninsula",) * 2,
        *("Gulf Times",) * 2,
        "Khaleej Times",
        "Daily News Egypt",
        "Jordan Times",
    ),
    facts=_bourse_facts,
    headlines=copy("""
- {home:adj} stocks close {change} {mood} at {close}
- {exchange} index {rises} {points} points to {close}
- {star:short} leads as {home:adj} shares end {mood}
- {home:adj} bourse ends {mood}, turnover at {turnover}
- {laggard:short} weighs on {home:adj} index, {losers} stocks down
    """),
    leads=copy("""
- {home:adj} shares closed {mood} on {session}, with the main index of {exchange} {up} {points}
  points, or {change}, at {close}.
- The benchmark index of {exchange} {rose} {change} to {close} on {session} as investors weighed
  company results and the price of oil.
- {exchange} ended {session}’s session at {close}, a {rise} of {points} points, on turnover of
  {turnover}.
    """),
    details=copy("""
- Turnover came to {turnover}, against {turnover_before} in the session before, with {shares}
  shares changing hands in {deals} deals.
- Of the stocks that traded, {gainers} rose, {losers} fell and {any_few} were unchanged.
- {star} was the best performer, adding {star_change} after it said that quarterly profit had
  risen by {any_percent}.
- {laggard} dropped {laggard_change} when its shares went ex-dividend with {any_decimal} percent
  of nominal value paid out.
- {heavy} was the most active stock, with {any_decimal} million shares traded at an average
  price {any_small_percent} above {yesterday}’s.
- Banks as a group {gained} {any_small_percent}, real estate {any_small_percent} and industrials
  {any_small_percent}.
- Foreign investors were net buyers of {any_small_money} of shares and local institutions net
  sellers of {any_small_money}.
- The market’s value stood at {value} at the close, {any_small_percent} [more|less] than at the
  end of {last_month}.
- An index of smaller companies moved {any_small_percent} in the other direction, as {any_few}
  of its members announced capital increases.
- Trading in {any_few} stocks was halted for {any_minutes} minutes pending statements to
  {exchange}.
    """),
    figures=copy("""
- The session of {session} in figures, with the index {up} {points} points:
- - main index: {close} points, {up} {change}
- - turnover: {turnover} in {deals} deals
- - shares traded: {shares}
- - gainers {gainers}, losers {losers}
    """),
    quotes=copy("""
- “People are waiting for {any_few} large results on {weekday_ahead}, and until then {close} is
  as good a level as any,” said {analyst}.
- {analyst} saw “support at about {any_small_percent} below {session}’s close and little reason
  to test it before {day_ahead}.”
- “{star:short} has surprised the market for the {any_ordinal} quarter running, but at
  {any_dozen} times earnings it is not cheap,” {analyst} said in a note.
- “We sold {any_percent} of our banks last week and bought {heavy:short},” said a fund manager
  in {city} with {any_small_money} under management.
- {analyst} expected the market to trade sideways, “with {turnover} a day as the new normal.”
    """),
    background=copy("""
- The index has {gained} {any_percent} since the start of {year}, after moving {any_percent} in
  {last_year}.
- Elsewhere in the region, the main index in {gulf} closed {any_small_percent} higher and that
  of {third} {any_small_percent} lower.
- Brent crude stood at {oil_price} a barrel when trading ended in {home:capital}.
- {exchange} has {any_listed} listed companies, {any_few} of which joined in {last_year};
  {any_few} more have announced plans to sell shares by {day_ahead2}.
- {star} was founded in {any_old_year} and employs {any_thousands} people; {any_percent} of its
  shares are traded freely.
    """),
    outlook=copy("""
- When the market reopens, {any_few} companies will trade without their dividend;
  {laggard:short} is to publish its accounts for the {quarter} quarter on {any_day_ahead}.
- {exchange} will be closed on {any_day_ahead} for a public holiday.
- Index changes take effect on {day_ahead}, when {any_few} companies join and {any_few} leave.
    """),
    flashes=copy("""
- {exchange} closes {change} {mood} at {close} points on turnover of {turnover}.
- {home:adj} main share index {rises} {points} points to {close} at {session}’s close.
    """),
    keywords=("market", "investors", "shares", "trading", "stocks"),
)


def _trade_facts(cast: Cast) -> None:
    exports = between(cast.rng, 400, 9_000)
    imports = between(cast.rng, 500, 9_000)
    growth = between(cast.rng, 1, 31)
    goods_share, buyers = between(cast.rng, 5, 30), whole(cast.rng, 42, 96)
    partner_value = exports * between(cast.rng, 0.08, 0.25)
    goods = cast.draw(
        "fruit and vegetables",
        "fertiliser",
        "aluminium",
        "ready-made clothing",
        "phosphate",
        "machinery",
        "plastics",
        "pharmaceuticals",
        "electrical cable",
        "dates and olive oil",
        "ceramic tiles",
        "frozen fish",
    )
    cast.fix(
        exports=amount(exports, "$"),
        imports=amount(imports, "$"),
        gap=amount(abs(exports - imports), "$"),
        balance="surplus" if exports > imports else "deficit",
        growth=percent(growth),
        goods=goods,
        goods_value=amount(exports * goods_share / 100, "$"),
        goods_share=percent(goods_share),
        buyers=str(buyers),
        buyers_before=str(buyers - whole(cast.rng, 7, 30)),
        partner_value=amount(partner_value, "$"),
        third_value=amount(partner_value * between(cast.rng, 0.6, 0.9), "$"),
        gulf_value=amount(partner_value * between(cast.rng, 0.3, 0.59), "$"),
        inflation=percent(between(cast.rng, 0.6, 9.4)),
        statistician=cast.official("chief statistician", role="the statistician"),
        minister=cast.official(cast.draw("Minister of Trade", "Minister of Economy")),
        exporter=cast.official(f"exporter of {goods}", role="the exporter"),
    )


TRADE = Beat(
    topic="economy",
    name="trade",
    carriers=(
        *("Trend News Agency",) * 3,
        *("AzerNews",) * 2,
        *("Kuwait News Agency (KUNA)",) * 2,
        *("MENAFN",) * 2,
        "Daily News Egypt",
        "Jordan Times",
        "UkrinForm",
        "IANS",
        "Colombo Gazette",
        "Nam News Network",
    ),
    facts=_trade_facts,
    headlines=copy("""
- <exports> {home:adj} exports up {growth} to {exports} in {last_month}
- <exports> {home:short} exports {goods} worth {goods_value}
- <balance> {home:short} posts trade {balance} of {gap}
- <partner> {partner:short} takes {partner_value} of {home:adj} exports
- <partner> {home:adj} exports to {partner:short} climb {growth} to {partner_value}
    """),
    leads=copy("""
- <exports> {home:adj} exports rose by {growth} to {exports} in {last_month} from a year
  earlier, led by {goods}, official figures showed on {today}.
- <balance> {home} recorded a trade {balance} of {gap} in {last_month}, with exports of
  {exports} and imports of {imports}, the statistics office said on {today}.
- <partner> {partner} bought {home:adj} goods worth {partner_value} in {last_month}, {growth}
  more than a year before, according to data published in {home:capital} on {today}.
    """),
    details=copy("""
- Shipments of {goods} brought in {goods_value}, or {goods_share} of the total, and were
  {any_percent} higher than in {month_before}.
- Imports came to {imports}, of which fuel made up {any_percent} and vehicles {any_percent}.
- {partner} was the largest buyer with {partner_value}, followed by {third} with {third_value}
  and {gulf} with {gulf_value}.
- In the {any_few} months to the end of {last_month}, exports of {goods} reached {any_thousands}
  tonnes.
- The port of {town} handled {any_thousands} containers in {last_month}, {any_small_percent}
  more than in {month_before}.
- <balance> A year before, the {balance} had come to {any_dollars}, and in {month_before} to
  {any_dollars}.
- <partner> Among the goods that {partner} bought, {goods} came first with {any_dollars},
  followed by food with {any_cargo}.
- Prices of exported goods rose by {any_small_percent} and their volume by {any_small_percent},
  the statistics office said.
- Small and medium firms accounted for {any_percent} of exports, against {any_percent} in
  {past_year}.
- The average price of a tonne of {goods} stood at ${any_hundreds}, up from ${any_hundreds} a
  year before.
    """),
    quotes=copy("""
- “We sell {goods} to {buyers} countries today; in {past_year2} it was {buyers_before},”
  {minister} said.
- “Demand from {partner} is real, but freight from {town} costs {any_percent} more than in
  {month_before},” said {exporter}.
- {statistician} advised caution: “A single cargo of {any_cargo} can move a month’s figure by
  {any_small_percent}.”
- {analyst} expected the {balance} to [narrow|widen] to “about {any_dollars} by the {quarter}
  quarter of {next_year}.”
- “Since the tariff was cut by {any_small_percent}, {any_tens} firms have come to us for a
  licence,” an official of the chamber of commerce in {any_city} said.
    """),
    background=copy("""
- Inflation in {home} ran at {inflation} in {last_month}, against {any_small_percent} a year
  before.
- {home}’s economy grew by {any_small_percent} in {last_year}, and the finance ministry expects
  {any_small_percent} for {year}.
- Trade between {home} and {partner} has [more than doubled|nearly tripled] since
  {any_past_year}, when it stood at {any_dollars}.
- A free trade agreement between {home} and {partner} has covered {any_thousands} tariff lines
  since {any_day_ago}.
- {home} has {any_hundreds} exporters of {goods}, most of them in and around {any_city}.
    """),
    outlook=copy("""
- Figures for {month} will be published on {day_ahead}.
- A(n) {any_tens}-member trade mission from {home} is to visit {partner_city} on
  {any_day_ahead}.
- The ministry aims for exports of {any_big_dollars} by {future_year}, {minister} said.
    """),
    flashes=copy("""
- <exports> {home:adj} exports rise {growth} to {exports} in {last_month}, official figures
  show.
- <balance> {home} posts trade {balance} of {gap} for {last_month}, statistics office says.
    """),
    keywords=("trade", "Minister", "market", "exports", "economy"),
)
