"""What companies say of themselves, and what scholars write for everyone."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import amount, between, count, percent, whole
from tests.facsimile.newsroom.firms import Organisation
from tests.facsimile.newsroom.grammar import copy, pick

_PRODUCTS = (
    ("a cold-storage tracker", "tracker", "food logistics"),
    ("a payroll platform", "platform", "human resources"),
    ("a battery-swapping kiosk", "kiosk", "urban delivery"),
    ("a desalination membrane", "membrane", "water treatment"),
    ("a hospital scheduling system", "system", "healthcare"),
    ("a drone for crop spraying", "drone", "agriculture"),
    ("an Arabic-language tutoring app", "app", "education"),
    ("a port inspection robot", "robot", "maritime services"),
    ("a trade finance marketplace", "marketplace", "trade finance"),
    ("a low-carbon cement", "cement", "construction"),
    ("a home insulation kit", "kit", "building materials"),
    ("a fraud detection service", "service", "payments"),
    ("a lightweight solar roof tile", "tile", "solar energy"),
    ("a hotel energy manager", "manager", "hospitality"),
)


def _launch_facts(cast: Cast) -> None:
    product, word, trade = pick(cast.rng, _PRODUCTS)
    company = cast.firm("technology", cast.home)
    cast.fix(
        firm=company,
        product=product,
        word=word,
        trade=trade,
        name=f"{cast['brand']} {cast.draw('One', 'Pro', '360', 'Flow', 'Edge', 'X2', 'Core')}",
        customer=cast.firm("industry", cast.partner, role="the customer"),
        saving=percent(between(cast.rng, 12, 64)),
        market_size=amount(between(cast.rng, 1_200, 48_000), "$"),
        growth=percent(between(cast.rng, 4, 23)),
        raised=amount(between(cast.rng, 3, 180), "$"),
        chief=cast.official("chief executive and co-founder", role="the chief executive"),
        manager=cast.official("head of operations", role="", abroad=True),
        event=f"{cast['partner_city']} {trade} week",
        trials=str(whole(cast.rng, 11, 48)),
        sites=str(whole(cast.rng, 11, 60)),
        booth=f"{cast.draw('A', 'B', 'C', 'H')}{whole(cast.rng, 11, 98)}",
    )


LAUNCH = Beat(
    topic="press release",
    name="launch",
    carriers=(
        *("EIN Presswire",) * 4,
        *("PR Newswire",) * 2,
        *("GlobeNewsWire - Nasdaq",) * 2,
        *("ForPressRelease",) * 5,
        "EQS Group",
    ),
    facts=_launch_facts,
    headlines=copy("""
- <launch> {firm:full} launches {name}, {product} for {partner:short}
- <raise> {firm:short} raises {raised} to bring {name} to {partner:short}
- <launch> {name} by {firm:short} cuts {trade} costs by {saving}
- <choose> {customer:short} chooses {name} for {sites} sites in {partner:short}
- <launch> {firm:full} to show {name} in {partner_city} on {day_ahead}
    """),
    leads=copy("""
- <launch> {firm}, a(n) {city} company in {trade}, today announced the launch of {name},
  {product} that has cut costs by {saving} in trials with {trials} customers in {partner}.
- <raise> {firm} today announced that it has raised {raised} from {any_few} investors to bring
  {name}, its new {word}, to customers in {partner} and {third}.
- <choose> {customer} of {partner} has chosen {name}, {product} made by {firm}, for {sites} of
  its sites, the two companies announced today.
    """),
    details=copy("""
- {name} can be set up in {any_minutes} minutes, needs no more than {any_few} cables and works
  at temperatures of up to {any_heat} degrees.
- In a trial of {any_few} months, {customer} saved {saving} on its {trade} bill and
  {any_hundreds} hours of work.
- The {word} is available from {day_ahead} at prices from {any_fare} a month, with a discount of
  {any_percent} for the first {any_hundreds} customers.
- <launch> Visitors to {event} can see the {word} at booth {booth} from {any_day_ahead}.
- The {trade} market in the region is worth {market_size} and is growing by {growth} a year,
  according to {research_house}.
- {firm} holds {any_dozen} patents on the technology behind {name} and employs {any_tens}
  engineers in {city} and {partner_city}.
- Data stay on {any_few} servers in {partner:capital}, in line with a law that took effect on
  {day_ago}.
- Customers report that {any_big_percent} of questions about the {word} are answered within
  {any_few} hours.
- <raise> Investors in the round include a family office in {gulf} and {any_few} funds that had
  backed {firm:short} in {past_year}.
    """),
    figures=copy("""
- Highlights of {name}:
- - set-up of the {word} in less than {any_minutes} minutes
- - {saving} lower costs in trials with {trials} customers
- - support for {name} in {any_few} languages
    """),
    quotes=copy("""
- “We built {name} because {any_hundreds} people in {trade} told us the same story over
  {any_few} years,” said {chief}.
- “Our {any_tens} technicians in {partner_city} had learnt to use the {word} by lunchtime,” said
  {manager} of {customer:short}.
- “A saving of {saving} is what customers measure; what they talk about is the {any_few} hours
  of sleep,” {chief} added.
- <choose> {manager} said that {customer:short} would “fit {any_dozen} more sites by
  {long_day_ahead} if the first {any_few} go well.”
- “{partner} is where the next {any_hundreds} million users of such a(n) {word} live,” said
  {chief}.
    """),
    background=copy("""
- About {firm:full}: founded in {any_past_year} in {city}, {firm:short} serves {any_thousands}
  customers in {any_dozen} countries and is active in {trade}.
- {customer:short} runs {any_tens} sites in {partner} and had sales of {any_dollars} in
  {last_year}.
- This announcement contains forward-looking statements about {name} that reflect what
  {firm:short} expected on {day_today}; actual results may differ.
- For more about {name}, readers may call the {firm:short} office in {city} and ask for
  extension {any_hundreds}.
    """),
    outlook=copy("""
- {firm:short} expects to deliver the first {any_hundreds} units of {name} by {month_ahead}.
- A version for {third} is to follow in {next_year}, {chief} said.
    """),
    keywords=("market", "investment", "customers", "technology"),
)

_QUESTIONS = (
    ("shade", "How much do trees cool a city?", "street trees", "cooler pavements"),
    ("remittances", "Why do migrants send money home late?", "money transfers", "fees"),
    ("sleep", "Do shift workers ever catch up on sleep?", "shift work", "rest"),
    ("tides", "What do mangroves do when the sea rises?", "mangroves", "the shoreline"),
    ("queues", "Why do people queue differently in each city?", "queues", "fairness"),
    ("bread", "What happens when the price of bread rises?", "bread subsidies", "diets"),
    ("dialects", "Are small dialects really dying out?", "dialects", "speech at home"),
    ("traffic", "Why do wider roads fill up again?", "wider roads", "traffic"),
    ("dust", "Where does desert dust come from?", "desert dust", "the air we breathe"),
    ("memory", "Why do old songs stay with us?", "old songs", "memory"),
    ("coral", "Can coral get used to heat?", "coral", "warm water"),
    ("cash", "Who still pays in cash, and why?", "cash", "trust in banks"),
)


def _essay_facts(cast: Cast) -> None:
    key, question, subject, effect = pick(cast.rng, _QUESTIONS)
    university = Organisation(
        cast.rng,
        full=f"the University of {cast['partner_city']}",
        mark="",
        short=str(cast["partner_city"]),
        role="the university",
    )
    cast.fix(
        key=key,
        question=question,
        subject=subject,
        effect=effect,
        university=university,
        author=cast.official("sociologist", role=""),
        colleague=cast.official("statistician", role="", abroad=True),
        sample=f"{whole(cast.rng, 310, 9_800):,}",
        grant=amount(between(cast.rng, 0.2, 2.4), "$"),
        finding=percent(between(cast.rng, 6, 71)),
        sites=count(whole(cast.rng, 4, 38)),
    )


ESSAY = Beat(
    topic="research",
    name="essay",
    carriers=("The Conversation",),
    facts=_essay_facts,
    headlines=copy("""
- {question} What {sample} interviews in {partner:short} tell us
- {question} A study in {partner_city} has an answer
- What we learnt about {subject} in {sites} places in {partner:short}
- {subject} and {effect}: new findings from {partner:short} and {third:short}
    """),
    leads=copy("""
- For {any_few} years my colleagues and I have asked {sample} people in {partner} and {third}
  about {subject}, and what they told us about {effect} was not what we had expected.
- When I first came to {partner_city} in {past_year}, I was told that {subject} had little to do
  with {effect}. Data from {sites} places and {sample} people now suggest otherwise.
- Everyone in {partner_city} has an opinion about {subject}, but a study of {sample} households
  shows that {finding} of us may be wrong about {effect}.
    """),
    details=copy("""
- We visited {sites} places {any_few} times between {past_year} and {last_year}, and measured
  {effect} each time with the same {any_few} instruments.
- In {partner_city}, {subject} explained {finding} of the difference between districts; in
  {third:capital} it was only {any_percent}.
- Among people who had moved within {any_few} years, the effect on {effect} was {any_decimal}
  times as large.
- We left out {any_hundreds} answers because the same hand seemed to have written them, which
  changed the result for {subject} by less than {any_small_percent}.
- Income mattered less than we thought: doubling it moved {effect} by {any_small_percent} in
  {any_few} of {sites} places.
- A control group of {any_hundreds} people in {gulf} knew nothing of our question about
  {subject} and behaved in the same way.
- The link between {subject} and {effect} was strongest in {month_before}, when
  {any_big_percent} of those we asked spent most of the day outdoors.
- A simple change, tested on {any_hundreds} families for {any_tens} days, improved {effect} by
  {any_percent}.
    """),
    quotes=copy("""
- “I never thought about {subject} until {any_few} of you came to my door,” one woman in
  {partner_city} told us.
- “We have data on {subject} for {any_tens} years and had never put them side by side,” said
  {colleague} of {university:full}.
- As {colleague} puts it, “{finding} is either a large number or a small one, and it depends on
  what you had for breakfast.”
- A man of {any_tens} in {third:capital} said: “Take away {subject}, and my {any_few} children
  will not notice, but I shall notice nothing else.”
    """),
    background=copy("""
- Earlier work on {subject}, from {any_past_year} and {any_past_year}, looked at {any_few} large
  cities only and at no more than {any_hundreds} people.
- The study was paid for by {university:full} and a research council, with a grant of {grant}
  over {any_few} years.
- {partner} collects figures on {effect} every {any_few} months, {third} only once in {any_few}
  years.
- Critics point out that {sites} places are too few, and {any_few} of them lie within {any_tens}
  kilometres of one another.
    """),
    outlook=copy("""
- We shall return to {partner_city} in {month_ahead} with {any_few} new questions about
  {subject}.
- None of this settles the matter, but the next {any_hundreds} interviews on {subject} are
  planned for {next_year}.
- If {effect} can be improved for {any_sum} a head, {partner} and its neighbours might try it by
  {future_year}.
    """),
    keywords=("political", "research", "market", "study"),
)
