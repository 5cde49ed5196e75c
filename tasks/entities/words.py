"""Words in names and next to them, by the kind of name they indicate."""

import re
from collections.abc import Iterable

from tasks.entities.tokenizer import key, word_set

HONORIFICS = word_set(
    "sheikh shaikh sheikha shaikha sultan king queen prince princess emir amir emperor pope "
    "ayatollah imam mullah maulana sayyid sayed bishop archbishop cardinal patriarch rabbi mr "
    "mrs ms miss dr doctor prof professor eng engineer sir lord lady dame hon hajj haji hh "
    "hrh hm gen brig lt maj col adm sgt capt cpl cmdr rev excellency highness majesty "
    "eminence"
)
OFFICES = word_set(
    "president premier chancellor minister governor mayor senator ambassador envoy judge "
    "justice general marshal colonel major lieutenant captain commander brigadier admiral "
    "sergeant chairman chairwoman chairperson chair ceo cfo coo cto chief director manager "
    "head founder cofounder secretary undersecretary deputy spokesman spokeswoman "
    "spokesperson leader lawmaker speaker representative commissioner inspector dean rector "
    "coach striker midfielder defender goalkeeper forward winger analyst economist strategist "
    "author journalist lawyer researcher scientist actor actress singer adviser advisor "
    "coordinator treasurer attorney prosecutor officer partner owner substitute founders "
    "cofounders"
)
OFFICE_PARTS = word_set(
    "prime vice deputy foreign finance interior defence defense energy oil petroleum health "
    "education transport economy trade planning justice crown first former acting interim "
    "assistant under executive managing chief general regional financial operating technology "
    "senior honorary late us uk un eu state attorney permanent special president major "
    "brigadier lieutenant rear air staff field grand his her royal military army police club "
    "team head national security central bank union"
)
PORTFOLIOS = word_set(
    "finance foreign external affairs interior defence defense energy oil petroleum mineral "
    "minerals resources natural health public education higher scientific research science "
    "transport transportation communications communication information technology digital "
    "economy economic trade industry commerce commercial investment planning labour labor "
    "social development environment climate change agriculture water irrigation electricity "
    "power tourism antiquities culture heritage youth sports sport justice housing urban "
    "municipality municipalities municipal rural local endowments awqaf islamic religious "
    "human international cooperation state cabinet treasury aviation civil forestry maritime "
    "mining waste renewable fisheries livestock land reclamation women family emigration "
    "migration immigration expatriates displaced advanced innovation parliamentary parliament "
    "council ministers supply insurance solidarity military production logistics logistic "
    "services infrastructure"
)
PARTICLES = word_set(
    "al el as ash ad ar az an at bin ibn bint ben abu abd abdul abdel um umm ould de da di "
    "del della der den van von la le du dos das ter ten y st mac o"
)
ORGANISATION_ENDS = word_set(
    "company co corporation corp group holding holdings pjsc psc qpsc qsc ksc kscp kscc bsc "
    "saog saoc llc ltd limited inc plc ag sa spa gmbh nv se fze fzco dmcc wll jsc sae bank "
    "banks university college institute academy ministry authority agency council committee "
    "commission board bureau organisation organization foundation fund association union "
    "federation society league party front movement brigade brigades army forces force guard "
    "guards police court parliament senate assembly congress chamber exchange bourse airlines "
    "airways airline air aviation telecom telecommunications communications petroleum energy "
    "oil gas insurance takaful investment investments capital finance financial partners "
    "securities properties estate realty developers development industries industrial steel "
    "cement aluminium aluminum chemicals petrochemicals pharma pharmaceuticals foods dairy "
    "logistics shipping motors electric electronics technologies technology systems software "
    "labs solutions services consulting consultants media press news times post gazette "
    "herald tribune daily network channel radio television tv fc sc club united rovers "
    "athletic centre center museum orchestra observatory forum summit office department "
    "directorate secretariat programme program initiative crescent cross militia coalition "
    "alliance bloc caucus trust ventures brewery hotels resorts retail stores supermarkets "
    "hypermarkets pharmacies renewables power utilities water grid robotics cloud analytics "
    "advisory brokerage research"
)
ORGANISATION_HEADS = word_set(
    "ministry bank university college institute academy authority agency council committee "
    "commission board bureau organisation organization foundation fund association union "
    "federation society league party court chamber office department directorate parliament "
    "house museum centre center general"
)
FACILITIES = word_set(
    "airport port harbour harbor stadium hospital refinery palace mall dam crossing bridge "
    "tower airbase base field terminal causeway square street road avenue highway island "
    "islands bay gulf sea river lake mountain mountains valley desert peninsula corridor "
    "strait canal camp village town city province governorate district county region state "
    "emirate zone oasis mosque cathedral church cemetery park beach coast junction arena hall "
    "courthouse heights plateau basin delta cape"
)
LEGAL_FORMS = word_set(
    "pjsc psc qpsc qsc ksc kscp kscc bsc saog saoc llc ltd limited inc plc ag sa spa gmbh nv "
    "se fze fzco fzllc dmcc wll jsc ojsc cjsc sae sal sarl sas as asa ab oy bhd co company "
    "corp corporation group holding holdings hldgs pte pvt pty llp lp bv kg kgaa srl doo ooo"
)
SECTORS = word_set(
    "drilling offshore hotels resorts seed biologics semiconductor hydrogen storage infra "
    "automotive wings gold mining lines labs invest digital tech farms mills tours travel "
    "wind solar engineering contracting construction trading healthcare medical education "
    "payments real realestate broking fashion beverages sugar tyres tires cables glass paper "
    "plastics paints marine ports rail wealth estates pay upstream downstream refining "
    "fertilisers fertilizers tobacco textiles pumps turbines robotics genomics biotech "
    "fintech games studios pictures edge flow block"
)
NOT_NAMES = word_set(
    "a an the this that these those he she it they we i you his her its their our my your in "
    "on at of for from to by with as and but or nor so yet if when while where who what which "
    "how why after before since until during under over between among against also however "
    "meanwhile moreover according there here then thus both each all some many most several "
    "no not only more less other another such last next first second one two three four five "
    "six seven eight nine ten earlier later today yesterday tomorrow now new monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov "
    "dec said says about total local world read watch breaking update exclusive opinion photo "
    "video source gmt utc am pm mr mrs ms dr is are was were be been has have had will would "
    "could should can might must q1 q2 q3 q4 h1 h2"
)


_CLASSES = {
    "honorific": HONORIFICS,
    "office": OFFICES,
    "office_part": OFFICE_PARTS,
    "portfolio": PORTFOLIOS,
    "particle": PARTICLES,
    "org_end": ORGANISATION_ENDS,
    "org_head": ORGANISATION_HEADS,
    "facility": FACILITIES,
    "function": NOT_NAMES,
    "legal": LEGAL_FORMS,
    "sector": SECTORS,
}
# Grades of crude and a gas hub that prices are quoted for; the places in their names are not meant.
COMMODITIES = re.compile(
    r"(?=[A-Z])\b(?:West Texas (?:Intermediate|Light|Sour)|Western Canadian Select|"
    r"Louisiana Light Sweet|"
    r"(?:Arab(?:ian)?|Basrah?|Bonny|Iran(?:ian)?|Kirkuk|Rabi|Siberian) (?:Extra |Super )?"
    r"(?:Light|Medium|Heavy)|Mars (?:Sour|Blend)|(?:ESPO|Saharan|Brent|Forties) Blend|"
    r"Djeno|Es Sider|Girassol|Merey|Qua Iboe|Tapis|Zafiro|"
    r"Henry Hub)\b"
)  # the OPEC basket's and those of the price reports


class WordClasses:
    """The classes that each word belongs to: those above, names of many languages, demonyms."""

    __slots__ = ("_classes",)

    def __init__(
        self, first_names: Iterable[str], last_names: Iterable[str], demonyms: Iterable[str]
    ) -> None:
        members = dict(_CLASSES)
        members["first_name"] = frozenset(key(name) for name in first_names)
        members["last_name"] = frozenset(key(name) for name in last_names)
        members["demonym"] = frozenset(demonyms)
        found: dict[str, tuple[str, ...]] = {}
        for name, words in members.items():
            for word in words:
                found[word] = (*found.get(word, ()), name)
        self._classes = found

    def classes(self, folded: str) -> tuple[str, ...]:
        """The classes of a word, folded by `tokenizer.key`."""
        return self._classes.get(folded, ())
