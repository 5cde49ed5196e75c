"""Football, and championships of every other kind."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import count, ordinal, whole
from tests.facsimile.newsroom.firms import clubs
from tests.facsimile.newsroom.grammar import copy, pick

_CARRIERS = (
    *("MENAFN",) * 2,
    *("The Peninsula",) * 2,
    *("Gulf Times",) * 2,
    *("Kuwait News Agency (KUNA)",) * 2,
    "Khaleej Times",
    "Jordan Times",
    "IANS",
    "UkrinForm",
    "AzerNews",
    "Nam News Network",
)


def _match_facts(cast: Cast) -> None:
    names = clubs(cast.rng, cast.home.cities, 4)
    for_winner, for_loser = pick(cast.rng, ((2, 1), (3, 1), (1, 0), (2, 0), (3, 2), (4, 1), (4, 2)))
    minutes = sorted(whole(cast.rng, 3, 89) for _ in range(3))
    cast.fix(
        winner=names[0],
        loser=names[1],
        rival=names[2],
        next=names[3],
        score=f"{for_winner}-{for_loser}",
        half=cast.draw("goalless", "level at one apiece") if for_loser else "goalless",
        minute=ordinal(minutes[0]),
        minute2=ordinal(minutes[1]),
        minute3=ordinal(minutes[2] + 1),
        scorer=cast.official(cast.draw("striker", "midfielder", "captain"), role=""),
        keeper=cast.official("goalkeeper", role=""),
        winger=cast.official(cast.draw("winger", "full-back", "substitute"), role=""),
        coach=cast.official("coach", role="the coach"),
        other_coach=cast.official(f"{cast.partner.adjective} coach", role="", abroad=True),
        referee=cast.official("referee", role="the referee", abroad=True),
        crowd=f"{whole(cast.rng, 1_900, 48_000):,}",
        points=str(whole(cast.rng, 18, 61)),
        lead=count(whole(cast.rng, 2, 9)),
        round=cast["any_ordinal"],
    )


MATCH = Beat(
    topic="sport",
    name="match",
    carriers=_CARRIERS,
    facts=_match_facts,
    headlines=copy("""
- {winner} beat {loser} {score} to go {lead} points clear
- {scorer:short} strikes as {winner} sink {loser} {score}
- {winner} {score} {loser}: late goal settles {home:adj} league match
- {winner} end {loser} run with {score} win
- Coach {coach:short} praises {winner} after {score} win
    """),
    leads=copy("""
- {winner} beat {loser} {score} in the {home:adj} league on {yesterday} before a crowd of
  {crowd}, with {scorer} scoring the decisive goal in the {minute3} minute.
- A goal by {scorer} in the {minute3} minute gave {winner} a {score} victory over {loser} on
  {yesterday} and a lead of {lead} points in the {home:adj} league.
- {winner} moved to {points} points at the top of the {home:adj} league on {yesterday} by
  defeating {loser} {score} in {city}.
    """),
    details=copy("""
- It was {half} at the interval after {keeper} had saved from {winger} in the {minute} minute
  and a header by {scorer} had struck the bar.
- {winger} hit a post in the {minute2} minute and was replaced {any_few} minutes later with a
  strained calf.
- {referee} showed {any_few} yellow cards and sent off a {loser} defender in the {minute2}
  minute for a second foul on {scorer}.
- {loser} had {any_big_percent} of the ball but only {any_few} shots on goal, against
  {any_dozen} by {winner}.
- {scorer} has now scored {any_dozen} goals this season, {any_few} of them after the 80th
  minute.
- {winner} changed {any_few} players from the side that drew with {rival} on {weekday_ago}.
- Rain delayed the start by {any_minutes} minutes, and {any_few} of the {any_hundreds} seats in
  the east stand stayed empty.
- The winning goal followed a corner by {winger}, whose {any_ordinal} assist of the season it
  was; {keeper} touched the ball but could not hold it after {any_few} earlier saves.
- {loser} asked for a penalty in the {minute2} minute, and {referee} looked at the pictures for
  {any_few} minutes before waving play on.
    """),
    quotes=copy("""
- “We ran {any_hundreds} kilometres this week, all of us together, and in the {minute3} minute
  you saw why,” said {coach} of {winner}.
- “At {score} you have no excuses, only {any_few} days until the next match,” {other_coach} of
  {loser} said.
- {scorer} dedicated the goal to {scorer:his} grandmother, who had “driven {any_hundreds}
  kilometres to be here and fell asleep in the {minute} minute.”
- “We are {lead} points ahead with {any_dozen} matches to play; ask me again on {day_ahead},”
  {coach} said.
- “The referee saw {any_few} fouls that I did not, and missed {any_few} that I did,”
  {other_coach} complained.
    """),
    background=copy("""
- {winner} last won the title in {any_past_year} and finished {any_ordinal} a year ago,
  {any_dozen} points behind {rival}.
- {loser} had not lost in {any_dozen} matches before {yesterday}, a run that began on {day_ago}.
- The two clubs have met {any_tens} times since {any_old_year}, and {winner} have won
  {any_dozen} of these matches.
- {scorer} joined {winner} from {next} in {past_year} for {any_fee}.
- {rival} are second in the table after a draw at {next} with {any_few} goals.
    """),
    outlook=copy("""
- {winner} travel to {next} on {day_ahead}, while {loser} are at home to {rival}.
- The draw for the {round} round of the cup takes place in {city} on {any_day_ahead}.
- {loser} will be without {any_few} injured players when they meet {next} on {day_ahead}.
    """),
    flashes=copy("""
- {winner} beat {loser} {score} in the {home:adj} league to stay {lead} points clear.
- {scorer:name} scores in {minute3} minute as {winner} defeat {loser} {score} in {city}.
    """),
    keywords=("league", "match", "goal", "coach"),
)

_EVENTS = (
    ("marathon", "course", "runners", "the distance"),
    ("show jumping Grand Prix", "arena", "riders", "the jump-off"),
    ("desert rally", "stage", "crews", "the stage"),
    ("open-water swim", "course", "swimmers", "the distance"),
    ("cycling tour", "stage", "cyclists", "the stage"),
    ("sailing regatta", "bay", "crews", "the last race"),
    ("half marathon", "course", "runners", "the distance"),
    ("fencing open", "hall", "fencers", "the final bout"),
    ("karting championship", "circuit", "drivers", "the final"),
    ("triathlon", "course", "athletes", "the distance"),
)


def _race_facts(cast: Cast) -> None:
    event, ground, field, stretch = pick(cast.rng, _EVENTS)
    edition, entries = whole(cast.rng, 3, 41), whole(cast.rng, 148, 3_900)
    cast.fix(
        event=f"{cast['town']} {event}",
        ground=ground,
        field=field,
        stretch=stretch,
        edition=ordinal(edition),
        entries=f"{entries:,}",
        finished=f"{entries * 9 // 10:,}",
        limit=f"{(entries // 100 + 2) * 100:,}",
        gap=f"{whole(cast.rng, 2, 6)} minutes and {whole(cast.rng, 2, 58)} seconds",
        nations=count(whole(cast.rng, 11, 64)),
        champion=cast.official(cast.partner.adjective, role="", abroad=True),
        second=cast.official(f"{cast.home.adjective} favourite", role=""),
        third_place=cast.official("outsider", role=""),
        time=f"{whole(cast.rng, 1, 4)}:{whole(cast.rng, 10, 59)}:{whole(cast.rng, 10, 59)}",
        margin=f"{whole(cast.rng, 2, 58)}.{whole(cast.rng, 1, 9)} seconds",
        purse=cast["any_sum"],
        director=cast.official("race director", role="the director"),
        heat=f"{whole(cast.rng, 9, 34)} degrees",
    )


RACE = Beat(
    topic="sport",
    name="race",
    carriers=_CARRIERS,
    facts=_race_facts,
    headlines=copy("""
- {partner:adj} {champion:short} wins {event} by {margin}
- {champion:short} takes {edition} {event} in {time}
- {second:short} second as {champion:short} wins {event}
- {entries} {field} from {nations} countries at {event}
- {home:short}’s {second:short} misses {event} title by {margin}
    """),
    leads=copy("""
- {champion} won the {edition} {event} on {today}, finishing in {time} and {margin} ahead of
  {second}.
- {second} came within {margin} of victory at the {event} on {today} but had to give way to
  {champion}, who finished in {time}.
- The {edition} edition of the {event} ended on {today} with victory for {champion}, one of
  {entries} {field} from {nations} countries.
    """),
    details=copy("""
- {third_place} was third, {gap} behind, after leading for more than {any_few} kilometres.
- {champion} drew away {any_few} minutes from the end, at a point where the {ground} turns into
  the wind for {any_hundreds} metres.
- A total of {entries} {field} had entered and {finished} finished; {any_dozen} gave up in the
  heat of {heat}.
- {second}, the winner in {last_year}, lost {any_tens} seconds early on with a fault that took
  {any_few} tries to mend.
- The winner receives {purse}, and {any_sum} more for the fastest time in {stretch}.
- Among the juniors, a {any_teen}-year-old from {any_city} won by {any_decimal} seconds.
- Some {any_thousands} spectators lined the {ground}, and {any_hundreds} volunteers handed out
  {any_thousands} bottles of water.
- The record for {stretch}, set in {past_year}, was missed by {any_decimal} seconds.
    """),
    quotes=copy("""
- “I counted to {any_hundreds} and then I looked round, and there was nobody,” said {champion}.
- “{margin} is nothing over {any_few} hours and everything on the last {any_hundreds} metres,”
  {second} said.
- {director} said that applications had come from {any_tens} clubs and that the {ground} could
  not take more than {limit}.
- “I began at the age of {any_teen} in {any_city} with borrowed shoes,” {third_place} told
  reporters.
    """),
    background=copy("""
- The {event} was first held in {any_old_year} with {any_tens} {field} and became part of the
  world calendar in {any_past_year}.
- {champion} had won {any_few} medals before, one of them in {gulf} on {day_ago}.
- {home} has spent {any_small_money} on the {ground} since {any_past_year}.
- {second} trains in {any_city} and has represented {home} {any_dozen} times.
    """),
    outlook=copy("""
- The series moves to {third:capital} on {day_ahead}, where {nations} countries are entered
  again.
- {champion} leads the standings with {any_hundreds} points and can win the title on
  {day_ahead2}.
- Entries for the next {event} open on {any_day_ahead}.
    """),
    flashes=copy("""
- {champion:name} of {partner} wins {edition} {event} by {margin} from {second:name}.
- {home:adj} favourite {second:name} second at {event}, {margin} behind winner.
    """),
    keywords=("championship", "medals", "record", "title"),
)
