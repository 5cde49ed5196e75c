"""Bills, budgets and ballots."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import between, count, money, percent, small_sum, whole
from tests.facsimile.newsroom.firms import body
from tests.facsimile.newsroom.grammar import copy, pick

_CARRIERS = (
    *("MENAFN",) * 3,
    *("Kuwait News Agency (KUNA)",) * 3,
    "The Peninsula",
    "Gulf Times",
    "Khaleej Times",
    "Jordan Times",
    "Daily News Egypt",
    "UkrinForm",
    "Kashmir Observer",
    "Colombo Gazette",
)
_BILLS = (
    ("pensions", "the retirement fund", "Social Affairs", "pensioners"),
    ("data protection", "personal records", "Information Technology", "users"),
    ("real estate", "off-plan sales", "Housing", "buyers"),
    ("competition", "price-fixing", "Commerce", "traders"),
    ("domestic work", "household contracts", "Labour", "employers"),
    ("road traffic", "repeat offenders", "Interior", "drivers"),
    ("higher education", "private colleges", "Education", "students"),
    ("public procurement", "state tenders", "Finance", "bidders"),
    ("waste management", "single-use plastics", "Environment", "retailers"),
    ("tourism", "short-term lettings", "Tourism", "hosts"),
    ("water use", "private wells", "Agriculture", "farmers"),
    ("bankruptcy", "small companies in distress", "Justice", "creditors"),
)
_CHAMBERS = ("parliament", "the lower house", "the legislative council", "the assembly")


def _chamber(cast: Cast) -> str:
    if cast.home.code in ("SA", "AE", "QA", "OM"):
        return "the consultative council"
    return pick(cast.rng, _CHAMBERS)


def _bill_facts(cast: Cast) -> None:
    subject, target, brief, people = pick(cast.rng, _BILLS)
    members = whole(cast.rng, 60, 240)
    ayes = int(members * between(cast.rng, 0.52, 0.83))
    noes = int((members - ayes) * between(cast.rng, 0.3, 0.8))
    cast.fix(
        bill=subject,
        target=target,
        people=people,
        chamber=_chamber(cast),
        minister=cast.official(f"Minister of {brief}"),
        ministry=cast.ministry(brief),
        deputy=cast.official(cast.draw("deputy", "member", "lawmaker"), role=""),
        critic=cast.official(cast.draw("opposition member", "independent deputy"), role=""),
        ayes=str(ayes),
        noes=count(max(noes, 4)),
        fine=small_sum(between(cast.rng, 900, 60_000), cast.home),
        cost=money(between(cast.rng, 30, 900), cast.home),
    )


BILL = Beat(
    topic="politics",
    name="bill",
    carriers=_CARRIERS,
    facts=_bill_facts,
    headlines=copy("""
- <pass> {home:adj} lawmakers pass {bill} bill by {ayes} votes to {noes}
- <pass> {home:short} tightens rules on {target}, fines of up to {fine}
- <pass> New {bill} law in {home:short} to take effect on {day_ahead}
- <cabinet> {minister:short} defends {bill} bill before {home:adj} deputies
- <cabinet> {home:adj} cabinet sends {bill} bill to {chamber}
- <pass> What {home:short}’s {bill} law means for {people} from {day_ahead}
    """),
    leads=copy("""
- <pass> {home:adj} lawmakers on {today} passed a long-awaited bill on {bill} by {ayes} votes to
  {noes}, opening the way for new rules on {target} from {long_day_ahead}.
- <cabinet> {home}’s cabinet approved a draft law on {bill} on {today} and sent it to {chamber},
  {minister} said after the weekly session in {home:capital}.
- <pass> {people} in {home} face fines of up to {fine} under a bill on {bill} that {chamber}
  approved in its final reading on {today}.
- <cabinet> {minister} told {chamber} on {today} that the draft law on {bill} would cost the
  treasury {cost} over {any_few} years and “pay for itself after that.”
    """),
    details=copy("""
- The text, which has {any_tens} articles, sets out for the first time who may deal with
  {target}, and gives inspectors of {ministry} the right to close premises for up to {any_tens}
  days.
- Those who break the rules on {target} will pay up to {any_sum} for a first offence, and twice
  as much if they do so again within {any_few} years.
- Some {any_thousands} {people} come under the new rules, [most|about two thirds] of them in
  {home:capital} and {town}, according to an estimate attached to the bill.
- <pass> Deputies sat for [more than|almost] {any_few} hours and voted on {any_tens} amendments,
  of which {any_few} were carried.
- <pass> One amendment, moved by {deputy}, exempts {people} with a turnover of less than
  {any_small_money} a year for the first {any_few} years.
- A fund of {any_money} is to help {people} prepare, and {ministry} has {any_tens} days from
  publication in the official gazette to say how to apply.
- The chairman of the finance committee put the cost of the {bill} law at {cost}, against
  {any_money} in a first estimate of {last_month}.
- <cabinet> {ministry} worked on the draft for {any_months} months and sent {any_tens} versions
  of it round the other ministries.
- <cabinet> The committee on the {bill} bill has {any_tens} days to report, and can hear up to
  {any_dozen} witnesses.
- A register of {people} is to go online on {day_ahead}; entries made before that day will be
  free of charge, later ones will cost {any_sum}.
- The law on {bill} also creates a(n) {any_dozen}-member board, to be named by the prime
  minister within {any_tens} days, which will report to {chamber} twice a year.
    """),
    quotes=copy("""
- “Nobody who works honestly with {target} has anything to fear from {any_tens} pages of clear
  rules,” {minister} told deputies.
- “We heard {any_hundreds} {people} in {any_few} hearings before a line of this was written,”
  said {deputy}, who [led|chaired] the committee.
- {critic} called the bill “{any_tens} articles in search of a problem” and said that {any_few}
  of them would end up in court.
- “In {town} alone I know {any_tens} {people} who will have to close their doors,” {critic} said
  during the debate.
- {minister} rejected what {critic} had said about {bill}. “The average cost comes to
  {any_small_percent} of turnover, and the state carries half of it,” {minister:he} said.
- “We had waited for a law on {bill} since {any_past_year},” said {resident} in {town2}.
  “Whether {any_few} inspectors can enforce {any_tens} articles about {target} is another
  matter.”
- {expert} of {institute} said that similar rules on {target} had cut complaints by
  {any_percent} in {third} within {any_few} years.
    """),
    background=copy("""
- The first draft of the {bill} bill dates from {any_past_year} and was withdrawn {any_few}
  months later after protests by {people} in {any_city}.
- Complaints about {target} rose by {any_percent} in {last_year}, to {any_thousands}, according
  to {ministry}.
- {home} ranks {any_rank} among {any_countries} countries in an international comparison of
  {bill} rules published on {day_ago}, {any_few} places [above|below] its rank of {last_year}.
- {minister}, a former judge, has brought {any_few} bills before {chamber} since taking office
  on {any_day_ago}.
- {gulf} adopted a law on {bill} in {any_past_year}, and {partner} has had one for more than
  {any_few} years.
    """),
    outlook=copy("""
- <pass> The law takes effect {any_tens} days after it is published in the official gazette,
  which is expected on {any_day_ahead}.
- <pass> {chamber} will turn to the related bill on {target} when it meets again on {day_ahead}.
- <cabinet> {chamber} is to take the first vote on the {bill} bill on {any_day_ahead}.
- Rules for carrying out the law on {bill} are to be issued by {ministry} before
  {long_day_ahead2}.
    """),
    flashes=copy("""
- <pass> Lawmakers in {home} pass bill on {bill} by {ayes} votes to {noes}, state media report.
- <pass> {home:adj} lawmakers approve new rules on {target}, with fines of up to {fine}.
- <cabinet> {home:adj} cabinet approves draft law on {bill}, to cost {cost} over {any_few}
  years.
    """),
    keywords=("Minister", "Ministry", "political", "law", "cabinet", "parliament"),
)


def _vote_facts(cast: Cast) -> None:
    voters = whole(cast.rng, 180, 4_800) * 1_000 + whole(cast.rng, 11, 989)
    turnout = between(cast.rng, 31, 74)
    winner_seats, seats = whole(cast.rng, 19, 54), whole(cast.rng, 110, 190)
    parties = [f"{first} {second}" for first in _PARTY_FIRST for second in _PARTY_SECOND]
    cast.fix(
        voters=f"{voters:,}",
        turnout=percent(turnout),
        turnout_before=percent(turnout - between(cast.rng, -9, 12)),
        seats=str(seats),
        provinces=count(whole(cast.rng, 3, 14)),
        winner=body(cast.rng, f"the {pick(cast.rng, parties[:9])}", role="the list"),
        runner=body(cast.rng, f"the {pick(cast.rng, parties[9:])}", role="the party"),
        winner_seats=str(winner_seats),
        runner_seats=str(winner_seats - whole(cast.rng, 2, 14)),
        commission=body(
            cast.rng, f"the {cast.home.adjective} electoral commission", role="the commission"
        ),
        chair=cast.official("commission chair", role="the chair"),
        candidate=cast.official("front-runner", role=""),
        observer=cast.official("head of the observer mission", role="", abroad=True),
    )


_PARTY_FIRST = ("National", "Reform", "Civic", "Unity", "Development", "People’s")
_PARTY_SECOND = ("Bloc", "List", "Movement")

VOTE = Beat(
    topic="politics",
    name="vote",
    carriers=_CARRIERS,
    facts=_vote_facts,
    headlines=copy("""
- Turnout of {turnout} in {home:adj} municipal vote
- {winner:short} leads with {winner_seats} seats in {home:adj} local polls
- {home:short} counts votes after municipal elections in {provinces} provinces
- {home:adj} commission confirms results for {seats} council seats
- {candidate:short} claims victory in {town} council race
    """),
    leads=copy("""
- {winner} came first in {home:adj} municipal elections with {winner_seats} of {seats} council
  seats, according to results announced by {commission} on {today}.
- Turnout in {home:adj} municipal elections reached {turnout}, {chair} of {commission} said on
  {today}, compared with {turnout_before} at the last vote.
- Polling stations closed on {yesterday} evening after {voters} {home:adj} voters had been
  called to choose {seats} members of local councils.
    """),
    details=copy("""
- {runner} took {runner_seats} seats and independents {any_dozen}, while the remainder went to
  {any_few} smaller lists.
- A total of {any_hundreds} candidates, {any_tens} of them women, had stood for the {seats}
  seats in {provinces} provinces.
- Voting was extended by {any_few} hours at {any_tens} stations in {town}, where ballot papers
  had arrived late.
- {commission} received {any_hundreds} complaints, of which {any_tens} were upheld and led to a
  recount in {town2}.
- In {town3}, only {any_tens} votes out of {any_thousands} separated the first two candidates.
- Some {any_thousands} police officers guarded {any_hundreds} polling stations, and {any_few}
  people were arrested for taking pictures of marked ballots.
- Women won {any_dozen} seats, {any_few} more than at the previous vote of {past_year}.
- Counting in {home:capital} took until {any_few} o’clock in the morning because {any_hundreds}
  stations had reported their figures by hand.
    """),
    quotes=copy("""
- “Of {any_hundreds} stations we have {any_few} about which we still have questions, and we
  shall answer them by {day_ahead},” {chair} said.
- “The people of {town} have voted for water, roads and schools, in that order, and we have
  {any_tens} months to begin,” {candidate} told supporters.
- {observer}, who brought {any_tens} observers to {home}, [spoke of|reported] “an orderly vote
  with {any_few} shortcomings that can be mended.”
- “I waited for {any_minutes} minutes and it was worth it,” said {resident} outside a school in
  {any_city}.
- {expert} of {institute} said that a shift of {any_small_percent} of the vote had decided
  {any_dozen} seats.
- “We lost {any_few} councils by fewer than {any_hundreds} votes, and we accept that,” {runner}
  said in a statement.
    """),
    background=copy("""
- {home} last elected its local councils in {past_year}, when {turnout_before} of those entitled
  to vote took part.
- Councils control about {any_small_percent} of public spending, or {any_money} a year, most of
  it for roads, lighting and refuse.
- A law passed on {day_ago} raised the number of seats by {any_dozen} to {seats} and lowered the
  voting age by {any_few} months.
- {winner} was founded in {any_past_year} in {town} and says that it has {any_thousands}
  members.
    """),
    outlook=copy("""
- New councils are to meet for the first time on {day_ahead2}, when mayors will be chosen in
  {any_tens} towns.
- Final figures will be published on {any_day_ahead} once {any_dozen} appeals have been heard,
  {chair} added.
- A second round will be held in {any_few} districts of {any_city} on {any_day_ahead}.
    """),
    flashes=copy("""
- Turnout in {home:adj} municipal elections stands at {turnout}, the electoral commission says.
- {winner} wins {winner_seats} of {seats} seats in {home:adj} municipal vote, commission
  announces.
    """),
    keywords=("political", "elections", "vote", "commission"),
)
