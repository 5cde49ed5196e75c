"""Central banks and the bonds of banks."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import amount, between, money, whole
from tests.facsimile.newsroom.firms import body
from tests.facsimile.newsroom.grammar import copy

_CARRIERS = (
    *("MENAFN",) * 3,
    *("Kuwait News Agency (KUNA)",) * 2,
    *("The Peninsula",) * 2,
    "Gulf Times",
    "Daily News Egypt",
    "Jordan Times",
    "Trend News Agency",
    "Colombo Gazette",
)


def _rate_facts(cast: Cast) -> None:
    rate = whole(cast.rng, 8, 68) * 0.25
    step = (25, 25, 50, 50, 75, 100)[whole(cast.rng, 0, 5)]
    is_cut = cast.rng.random() < 0.65
    inflation = between(cast.rng, 0.9, max(1.4, rate))
    country = cast.home
    cast.fix(
        bank=body(cast.rng, f"the Central Bank of {country.name}", role="the central bank"),
        rate=f"{rate:.2f} percent",
        rate_before=f"{rate + step / 100 * (1 if is_cut else -1):.2f} percent",
        step=f"{step} basis points",
        cut="cut" if is_cut else "raised",
        cuts="cuts" if is_cut else "raises",
        move="cut" if is_cut else "rise",
        path="fallen" if is_cut else "risen",
        inflation=f"{inflation:.1f} percent",
        inflation_before=f"{inflation + between(cast.rng, 0.2, 1.4) * (1 if is_cut else -1):.1f} percent".replace(
            "-", ""
        ),
        reserves=amount(between(cast.rng, 2_400, 88_000), "$"),
        governor=cast.official("Governor", role="the governor"),
        banker=cast.official("treasurer of a private bank", role="the banker"),
        members=("six", "seven", "eight", "nine")[whole(cast.rng, 0, 3)],
    )


RATE = Beat(
    topic="banking",
    name="rate",
    carriers=_CARRIERS,
    facts=_rate_facts,
    headlines=copy("""
- {home:adj} central bank {cuts} rate by {step} to {rate}
- {home:short} {cuts} key rate to {rate} as inflation reaches {inflation}
- {governor:short}: rate {move} to {rate} “not the last”
- {home:adj} key rate now {rate}, reserves at {reserves}
- {home:adj} lenders brace for rate of {rate}
    """),
    leads=copy("""
- {bank} {cut} its key interest rate by {step} to {rate} on {today}, saying that inflation had
  {path} to {inflation}.
- {home}’s central bank on {today} {cut} the rate at which it lends to banks from {rate_before}
  to {rate}, the [second|third|fourth] such step in {any_dozen} months.
- The monetary policy committee of {bank} decided on {today} to move its main rate by {step} to
  {rate}, with {any_few} members for and one against.
    """),
    details=copy("""
- Inflation stood at {inflation} in {last_month}, against {inflation_before} in {month_before},
  with food prices {any_small_percent} higher than a year ago.
- The deposit rate now lies at {any_decimal} percent and the rate for overnight loans {any_tens}
  basis points above it.
- Foreign reserves came to {reserves} at the end of {last_month}, enough to pay for
  {any_decimal} months of imports.
- Lending to households grew by {any_percent} in the year to {last_month}, and lending to
  companies by {any_percent}.
- The share of loans in default slipped to {any_small_percent}, the lowest since
  {any_past_year}, according to {bank}.
- The committee raised its forecast for growth in {year} by {any_few} tenths to
  {any_small_percent} and left that for {next_year} at {any_small_percent}.
- Banks must keep {any_percent} of their deposits with {bank}, a rule that stays in force until
  {day_ahead}.
- Yields on one-year bills of the {home:adj} state moved by {any_dozen} basis points within
  {any_minutes} minutes of the announcement.
    """),
    quotes=copy("""
- “We have looked at {any_few} paths for prices, and in all but one of them {rate} is the right
  place to be,” {governor} told a press conference.
- “Households with a loan of {any_sum} will notice it in {any_few} weeks,” said {banker}.
- {governor} ruled out a further step before {day_ahead2} unless inflation moved by “more than
  {any_small_percent} in either direction.”
- {analyst} expected {any_few} more moves of the same kind by the end of {next_year}, “if oil
  stays near {oil_price}.”
- “For us, {step} is the difference between {any_few} new lorries and {any_dozen},” {resident}
  said in {any_city}.
    """),
    background=copy("""
- The rate had stood at {rate_before} since {day_ago}.
- Prices in {home} rose fastest in {past_year}, when inflation touched {any_percent}.
- {governor}, an economist by training, took over at the head of {bank} on {any_day_ago}.
- The government has sold {any_dollars} of treasury bills this year at yields of up to
  {any_percent}.
- A programme with international lenders gives {home} access to {any_big_dollars} until
  {future_year}.
    """),
    outlook=copy("""
- The committee meets next on {day_ahead2}, and its minutes will be published {any_dozen} days
  later.
- Most of the {any_dozen} economists polled by {research_house} expect a rate of {any_decimal}
  percent by {month_ahead}.
- {bank} is to present its report on financial stability on {any_day_ahead}.
    """),
    flashes=copy("""
- {home:adj} central bank {cuts} its key interest rate by {step} to {rate} from {rate_before}.
- {bank:full} {cuts} main rate to {rate}, sees inflation at {inflation}.
    """),
    keywords=("market", "economic", "banks", "inflation", "Governor"),
)


def _sukuk_facts(cast: Cast) -> None:
    size = whole(cast.rng, 6, 60) * 25.0
    book = size * between(cast.rng, 1.8, 5.6)
    kind = cast.draw("sukuk", "bonds", "green bonds", "subordinated notes")
    cast.fix(
        bank=cast.firm("bank", cast.home, role="the bank"),
        kind=kind,
        size=amount(size, "$").replace(".0 ", " "),
        book=amount(book, "$"),
        cover=f"{book / size:.1f} times",
        years=("three", "five", "seven", "ten")[whole(cast.rng, 0, 3)],
        coupon=f"{between(cast.rng, 3.4, 7.8):.3f} percent",
        spread=f"{whole(cast.rng, 70, 320)} basis points",
        guidance=f"{whole(cast.rng, 12, 45)} basis points",
        treasurer=cast.official("treasurer", role="the treasurer"),
        chief=cast.official("chief executive", role="the chief executive"),
        profit=money(between(cast.rng, 40, 900), cast.home),
        currency=amount(between(cast.rng, 900, 30_000), "$"),
    )


SUKUK = Beat(
    topic="banking",
    name="sukuk",
    carriers=_CARRIERS,
    facts=_sukuk_facts,
    headlines=copy("""
- {bank:short} sells {size} of {kind} at {coupon}
- {home:adj} lender {bank:short} raises {size}
- {bank:full} {kind} {cover} covered
- Orders of {book} for {bank:short} {years}-year {kind}
    """),
    leads=copy("""
- {bank} raised {size} on {today} with the sale of {years}-year {kind} that will pay {coupon} a
  year.
- Investors placed orders of {book} for {kind} worth {size} which {home}’s {bank} sold on
  {today}, the arrangers said.
- {home:adj} lender {bank} has returned to the international market after {any_dozen} months
  with {size} of {kind}, it said on {today}.
    """),
    details=copy("""
- The {kind} were priced at {spread} over US treasuries, {guidance} tighter than first
  suggested.
- The order book, at {book}, covered the issue {cover}; {any_hundreds} investors took part.
- Buyers from {gulf} and {third} took {any_percent} each, those from Europe {any_percent} and
  those from Asia the rest.
- {any_few} banks arranged the sale, and {any_few} more acted as joint managers after a roadshow
  in {partner_city} and {any_few} other cities.
- The money will refinance a loan of {any_dollars} that falls due on {day_ahead} and support
  lending to small firms in {any_city}.
- A rating agency gave the {kind} its {any_ordinal}-highest grade, one notch [above|below] its
  rating of the {home:adj} state.
- Asset managers bought {any_percent} of the issue, banks {any_percent} and insurers
  {any_small_percent}.
- The issue is part of a programme of {currency}, of which {any_big_percent} has now been used.
    """),
    quotes=copy("""
- “An order book of {book} within {any_few} hours tells us how {home} is seen,” said
  {treasurer}.
- “We could have printed {any_percent} more, and chose not to,” {chief} told reporters in
  {home:capital}.
- {analyst} called a spread of {spread} “tight by {any_dozen} basis points compared with what
  the curve suggests.”
- “{partner} was new to us, and {any_dozen} of its funds came in on the first morning,”
  {treasurer} said.
    """),
    background=copy("""
- {bank:short} earned {profit} in the {quarter} quarter of {quarter_year} and employs
  {any_thousands} people.
- {home:adj} banks have sold {any_big_dollars} of such paper since the start of {year},
  {any_percent} more than in the same months of {last_year}.
- The bank, founded in {any_old_year}, runs {any_hundreds} branches, {any_dozen} of them in
  {any_city}.
- Its last issue, in {past_year}, paid {any_decimal} percent and matures in {future_year}.
    """),
    outlook=copy("""
- The {kind} are to be listed in {partner_city} on {day_ahead2}.
- {bank:short} plans a further issue of {any_dollars} in {month_ahead}, {chief} said.
- Settlement is due on {any_day_ahead}, when {coupon} begins to run.
    """),
    flashes=copy("""
- {bank:full} raises {size} with {years}-year {kind} at {coupon}.
- {home:adj} lender {bank:short} sells {size} of {kind}, orders reach {book}.
    """),
    keywords=("market", "investors", "investment", "bank", "loan"),
)
