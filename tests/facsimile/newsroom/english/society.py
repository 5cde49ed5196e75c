"""Health, and what people look at, listen to and dig up."""

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import between, count, money, ordinal, percent, whole
from tests.facsimile.newsroom.firms import body
from tests.facsimile.newsroom.grammar import copy, pick

_HEALTH_CARRIERS = (
    *("MENAFN",) * 2,
    *("Kuwait News Agency (KUNA)",) * 3,
    "The Peninsula",
    "IANS",
    "Nam News Network",
    "Jordan Times",
    "Khaleej Times",
    "Kashmir Observer",
    "Daily News Egypt",
)
_ILLNESSES = (
    ("measles", "children under five", "rash and fever"),
    ("seasonal influenza", "people over 60", "high fever and cough"),
    ("type 2 diabetes", "adults over 40", "thirst and tiredness"),
    ("polio", "children under five", "weakness of the limbs"),
    ("hepatitis B", "newborn children", "jaundice"),
    ("high blood pressure", "adults over 30", "headaches"),
    ("whooping cough", "infants", "fits of coughing"),
    ("iron deficiency", "pregnant women", "pallor and tiredness"),
    ("dengue fever", "families near open water", "fever and joint pain"),
    ("trachoma", "schoolchildren", "red and watering eyes"),
)


def _health_facts(cast: Cast) -> None:
    illness, group, signs = pick(cast.rng, _ILLNESSES)
    target = whole(cast.rng, 21, 980) * 1_000
    reached = target * between(cast.rng, 0.55, 0.93)
    cast.fix(
        illness=illness,
        group=group,
        signs=signs,
        target=f"{target:,}",
        reached=f"{int(reached):,}",
        share=percent(reached / target * 100),
        cost=money(between(cast.rng, 0.8, 48), cast.home),
        centres=str(whole(cast.rng, 41, 720)),
        ministry=cast.ministry("Health"),
        minister=cast.official("Minister of Health"),
        doctor=cast.official("Dr", role="the physician"),
        nurse=cast.official("head nurse", role=""),
        hospital=f"{cast['town']} General Hospital",
        beds=str(whole(cast.rng, 60, 640)),
    )


HEALTH = Beat(
    topic="health",
    name="campaign",
    carriers=_HEALTH_CARRIERS,
    facts=_health_facts,
    headlines=copy("""
- <begin> {home:short} begins {illness} drive for {target} people
- <reach> {reached} reached in {home:adj} campaign against {illness}
- <begin> {home:adj} health ministry to screen {target} for {illness}
- <wing> {hospital} opens {beds}-bed wing
- <reach> {home:short}: {share} of {group} covered in {illness} campaign
    """),
    leads=copy("""
- <begin> {ministry} on {today} began a campaign against {illness} that is to reach {target}
  people, above all {group}, in {any_dozen} days.
- <reach> Health workers in {home} have reached {reached} of {target} people in a campaign
  against {illness}, or {share}, {minister} said on {today}.
- <wing> {minister} on {today} opened a wing with {beds} beds at {hospital}, where {group} will
  be treated for {illness} free of charge.
    """),
    details=copy("""
- <begin> Some {any_thousands} nurses and volunteers are at work in {centres} health centres and
  {any_tens} mobile teams, which have also been sent to {any_few} remote valleys.
- Vaccines and tests worth {cost} were paid for by the state and by a fund in {gulf}, which gave
  {any_small_money}.
- <begin> In {town}, the first day brought {any_thousands} people to {any_dozen} centres,
  {any_percent} more than planned.
- {ministry} recorded {any_hundreds} cases of {illness} in the {any_few} months to {last_month},
  against {any_hundreds} a year before.
- <wing> {hospital} now has {beds} beds, {any_few} operating theatres and a laboratory that can
  read {any_hundreds} samples a day.
- People are asked to look out for {signs} and to call one of {any_few} numbers, which were
  dialled {any_thousands} times in {last_month}.
- Schools in {any_few} districts of {any_city} sent {any_thousands} letters to parents, of whom
  {any_small_percent} refused.
- <wing> The wing cost {cost} and took {any_months} months to build; {any_dozen} beds are kept
  for {group} from outside {town}.
- <wing> {any_hundreds} nurses and {any_tens} doctors were hired, {any_dozen} of them from
  {partner}.
- <reach> {any_few} districts around {any_city} lag behind with {any_percent} less than the
  rest, and {any_dozen} more teams are being sent there.
- Cold boxes for {any_thousands} doses arrived from {partner_city} on {weekday_ago} in {any_few}
  aircraft.
    """),
    quotes=copy("""
- “Every case of {illness} that we find early spares us {any_dozen} days in hospital,” said
  {minister}.
- <begin> “By noon we had seen {any_hundreds} people, and {any_dozen} of them had never been
  measured before,” {nurse} said in {town}.
- {doctor} of {hospital} said that {illness} was “no fate: {any_big_percent} of our patients are
  well again within {any_few} weeks.”
- “I walked {any_few} kilometres with {any_few} grandchildren, and all of them got a sweet,”
  said {resident}.
- {doctor} warned against rumours, adding that of {any_thousands} people treated since {day_ago}
  only {any_few} had shown a mild reaction.
- {expert} of {institute} put the saving at “{any_sum} for each of the {group} reached.”
    """),
    background=copy("""
- A campaign in {past_year} reached {any_big_percent} of {group} and cut cases of {illness} by
  {any_percent} within {any_few} years.
- {home} spends {any_decimal} percent of its output on health and has {any_dozen} doctors for
  each {any_thousands} people.
- A survey of {any_thousands} households in {last_year} found that {any_percent} of {group} in
  {any_city} had not been reached.
- <wing> {hospital} was built in {any_old_year} for {any_tens} patients and has been enlarged
  {any_few} times.
- <reach> In {partner}, a similar drive ended on {any_day_ago} with {any_big_percent} of the
  target met.
    """),
    outlook=copy("""
- <reach> The campaign goes on until {day_ahead}, and a second round will follow in
  {month_ahead}.
- <begin> Results for all {centres} centres are to be published on {any_later_day}, {ministry}
  said.
- From {long_day_ahead} the treatment of {illness} will be part of the basic health insurance.
    """),
    flashes=copy("""
- <begin> {home} begins campaign against {illness} to reach {target} people, health ministry
  says.
- <reach> {home:adj} health minister: {reached} people reached so far in drive against
  {illness}.
    """),
    keywords=("Ministry", "Minister", "hospital", "health", "campaign"),
)

_CULTURE_CARRIERS = (
    *("MENAFN",) * 2,
    *("The Peninsula",) * 2,
    *("Kuwait News Agency (KUNA)",) * 2,
    "Daily News Egypt",
    "Jordan Times",
    "AzerNews",
    "Khaleej Times",
    "Gulf Times",
    "Kashmir Observer",
)
_FINDS = (
    "a Roman-era wine press",
    "the floor of an early caravanserai",
    "a hoard of silver coins",
    "a potters’ quarter",
    "the foundations of a lighthouse",
    "a painted burial chamber",
    "an Abbasid glass workshop",
    "the walls of a Bronze Age harbour",
    "an inscribed milestone",
    "a mosaic of sea creatures",
)
_FESTIVALS = ("film festival", "book fair", "festival of early music", "biennial of photography",
              "festival of crafts", "poetry week", "heritage festival", "theatre days")  # fmt: skip


def _find_facts(cast: Cast) -> None:
    cast.fix(
        find=pick(cast.rng, _FINDS),
        age=f"{whole(cast.rng, 7, 39) * 100:,}",
        depth=f"{between(cast.rng, 0.8, 6.4):.1f} metres",
        archaeologist=cast.official("archaeologist", role="the archaeologist"),
        guest=cast.official("Professor", role="", abroad=True),
        authority=body(
            cast.rng, f"the {cast.home.adjective} department of antiquities", role="the department"
        ),
        objects=f"{whole(cast.rng, 61, 2_400):,}",
        site=f"Tell {cast.draw('Harmana', 'Zuraiq', 'Abu Nasib', 'Sawwana', 'Qandil', 'Marzouq')}",
    )


FIND = Beat(
    topic="culture",
    name="find",
    carriers=_CULTURE_CARRIERS,
    facts=_find_facts,
    headlines=copy("""
- {home:adj} archaeologists uncover {find} near {town}
- Dig at {site} in {home:short} yields {objects} objects
- {find} found near {town} is {age} years old
- {home:short}, {partner:short} team finds {find} at {site}
    """),
    leads=copy("""
- Archaeologists from {home} and {partner} have uncovered {find} at {site} near {town}, about
  {age} years old, {authority} said on {today}.
- A dig at {site} near the {home:adj} city of {town} has brought to light {find} and {objects}
  smaller objects, it was announced on {today}.
- {find}, thought to be {age} years old, has been found at a depth of {depth} near {town} in
  {home}, officials said on {today}.
    """),
    details=copy("""
- The find lay {depth} below a field {any_hundreds} metres from the road to {any_city} and came
  to light when {any_few} workers dug a trench for a water pipe.
- A team of {any_dozen} people, {any_few} of them students from {partner_city}, worked at {site}
  for {any_tens} days.
- Among {objects} objects are {any_tens} oil lamps, {any_dozen} seals and a bronze weight of
  {any_hundreds} grams.
- Charcoal from {any_few} hearths was dated in a laboratory in {partner_city} and gave an age of
  {age} years, give or take {any_tens}.
- Walls up to {any_decimal} metres high stand along a street of {any_tens} metres, with
  {any_dozen} rooms on either side.
- Work cost {any_sum} a week and was paid for by {authority} and a foundation in {gulf}.
- Soil from {any_hundreds} buckets was washed through sieves, which yielded {any_thousands}
  grape seeds and fish bones.
    """),
    quotes=copy("""
- “In {any_dozen} seasons at {site} I had never touched anything that nobody had touched for
  {age} years,” said {archaeologist}.
- “What we have at {depth} is one bad day in the life of {any_hundreds} people, left exactly as
  it was,” {guest} told reporters.
- {archaeologist} thought that “no more than {any_percent} of {site}” had been dug so far.
- “My father ploughed this field {any_tens} times,” said {resident}, who owns the land near
  {town}.
- {guest} compared the find with one made near {third:capital} in {any_past_year}, “only
  {any_few} times as large.”
    """),
    background=copy("""
- {site} was first surveyed in {any_old_year} and has been dug in {any_dozen} seasons since.
- {authority} looks after {any_thousands} sites in {home}, of which {any_hundreds} are open to
  visitors.
- A museum in {any_city} that shows finds from {site} had {any_thousands} visitors in
  {last_year}, {any_percent} more than the year before.
- {home} recovered {any_hundreds} stolen objects from {any_few} countries in {last_year}, among
  them {partner}.
    """),
    outlook=copy("""
- The objects will be shown in {any_city} from {day_ahead}.
- Digging at {site} resumes on {any_day_ahead} with {any_dozen} more workers.
- A report of {any_hundreds} pages is to appear in {next_year}, {archaeologist} said.
    """),
    flashes=copy("""
- Archaeologists find {find} about {age} years old near {town}, {home}.
- {home:adj} antiquities officials announce {find} and {objects} objects at {site}.
    """),
    keywords=("museum", "heritage", "department", "visitors"),
)


def _festival_facts(cast: Cast) -> None:
    edition = whole(cast.rng, 3, 44)
    cast.fix(
        festival=f"{cast['city']} {pick(cast.rng, _FESTIVALS)}",
        edition=ordinal(edition),
        works=str(whole(cast.rng, 34, 420)),
        nations=count(whole(cast.rng, 11, 58)),
        visitors=f"{whole(cast.rng, 9, 240) * 1_000 + whole(cast.rng, 1, 999):,}",
        director=cast.official("festival director", role="the director"),
        artist=cast.official(f"{cast.partner.adjective} artist", role="", abroad=True),
        winner=cast.official(f"{cast.home.adjective} newcomer", role=""),
        minister=cast.official("Minister of Culture"),
        prize=cast["any_sum"],
    )


FESTIVAL = Beat(
    topic="culture",
    name="festival",
    carriers=_CULTURE_CARRIERS,
    facts=_festival_facts,
    headlines=copy("""
- <open> {edition} {festival} opens with {works} works from {nations} countries
- <prize> {winner:short} wins main prize at {festival}
- <close> {festival} draws {visitors} visitors
- <open> {partner:short} guest of honour at {edition} {festival}
    """),
    leads=copy("""
- <open> The {edition} {festival} opened on {today} with {works} works from {nations} countries
  and {partner} as guest of honour.
- <prize> {winner} won the main prize of the {edition} {festival} on {today}, ahead of
  {any_dozen} others from {nations} countries.
- <close> The {festival} closed on {today} after {any_few} days and {visitors} visitors,
  {any_percent} more than in {last_year}, its organisers said.
    """),
    details=copy("""
- <prize> The jury of {any_few}, chaired by {artist}, looked at {works} entries and gave the
  prize of {prize} to {winner} for a work about a ferry between {any_city} and {partner_city}.
- Of {works} works on the programme, {any_dozen} come from {partner} and {any_dozen} had never
  been shown before.
- Tickets cost {any_sum} for all {any_few} days; {any_thousands} were given to schools in
  {any_city}.
- <open> {minister} opened the festival before {any_hundreds} guests and was applauded for a
  promise of {any_small_money} for artists’ studios.
- A tent on the waterfront has room for {any_hundreds} people, and {any_few} evenings were sold
  out by {day_ago}.
- <close> Of {visitors} visitors, {any_percent} had come from abroad, most of them from
  {partner} and {gulf}.
- <close> Sales in the tents reached {any_small_money}, {any_percent} more than in {last_year},
  the organisers’ treasurer said.
- Workshops on {any_dozen} crafts are held every morning for {any_tens} children at a time.
- <prize> A second prize, worth {any_sum}, went to {artist}, who had brought {any_dozen} works
  from {partner_city}.
    """),
    quotes=copy("""
- “We read {any_hundreds} applications and laughed aloud at {any_few}; those are all here,” said
  {director}.
- <prize> “I made this in a kitchen of {any_dozen} square metres in {any_city},” {winner} said
  with the prize in {winner:his} hand.
- {artist} said that the audience in {city} had asked “{any_tens} questions in one evening, and
  {any_few} that I could not answer.”
- <open> “A city of {any_hundreds},000 people needs {any_few} days a year on which nothing is
  useful,” {minister} told the opening.
- {director} hoped to bring “{any_few} orchestras or none at all” in {next_year}.
    """),
    background=copy("""
- The {festival} was founded in {any_old_year} by {any_few} teachers and has a budget of
  {any_small_money}, of which the state pays {any_big_percent}.
- <prize> {winner} was born in {any_city}, studied in {third:capital} and had shown work in
  {any_few} countries before.
- {partner} sent {any_tens} artists to {home} in {last_year} under a programme that began in
  {any_past_year}.
- Last year’s festival had {any_thousands} visitors and had to end {any_few} hours early because
  of a storm.
    """),
    outlook=copy("""
- <open> The festival goes on until {day_ahead}; {any_dozen} of the works will then travel to
  {partner_city}.
- Entries for the next {festival} can be sent in until {any_day_ahead}.
- {works} works stay on show in {town} for {any_few} more weeks.
    """),
    flashes=copy("""
- <open> The {edition} {festival} opens with {works} works from {nations} countries.
- <prize> {winner:name} wins main prize of {edition} {festival}, worth {prize}.
    """),
    keywords=("festival", "Minister", "visitors", "prize"),
)
