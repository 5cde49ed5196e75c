"""Copy that suits any story: reaction, the run of the economy, what happens elsewhere."""

from tests.facsimile.newsroom.grammar import copy

GENERAL = copy("""
- {home:adj} newspapers gave the matter {any_few} pages on {yesterday}, and a poll of
  {any_thousands} readers found {any_big_percent} in favour.
- A survey by {research_house} among {any_hundreds} households put confidence in {home} at
  {any_tens} points in {last_month}, {any_few} [more|fewer] than in {month_before}.
- {home} will mark a public holiday on {any_day_ahead}, and offices in {home:capital} close for
  {any_few} days.
- In {gulf}, officials said that they had followed events in {home:capital} and expected a
  report by {any_day_ahead}.
- {institute} is to discuss the question at a seminar on {any_day_ahead} with {any_tens} guests
  from {any_few} countries.
- {home}’s budget for {year} sets aside {any_big_money} for public investment,
  {any_small_percent} more than that of {last_year}.
- Unemployment in {home} stood at {any_decimal} percent in the {quarter} quarter, and at
  {any_youth_percent} among people under 25.
- {home:adj} state television devoted {any_minutes} minutes of its evening programme on
  {yesterday} to the subject.
- A similar step in {third} in {any_past_year} took {any_dozen} months longer than planned and
  cost {any_dollars}.
- The chamber of commerce in {any_city} counted {any_hundreds} new companies in {last_month},
  {any_percent} more than a year before.
- {any_few} countries of the region have taken up the same question since {any_past_year},
  {third} among them.
""")
