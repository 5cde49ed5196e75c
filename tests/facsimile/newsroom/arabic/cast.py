"""The facts of one story in Arabic: its people, places, figures and days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tests.facsimile.newsroom import figures
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.firms import Organisation
from tests.facsimile.newsroom.grammar import Fact, pick, words
from tests.facsimile.newsroom.people import Person
from tests.facsimile.newsroom.places import COUNTRIES, Country

_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_WEEKDAYS = words("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")
_QUARTERS = {"first": "الأول", "second": "الثاني", "third": "الثالث", "fourth": "الرابع"}

# Code, name, adjective without article (masculine, feminine), cities with the capital first,
# currency.
_ATLAS = """
KW|الكويت|كويتي|كويتية|الكويت,حولي,الجهراء,الأحمدي,السالمية|دينار كويتي
SA|السعودية|سعودي|سعودية|الرياض,جدة,الدمام,تبوك,أبها,جازان|ريال سعودي
AE|الإمارات|إماراتي|إماراتية|أبوظبي,دبي,الشارقة,رأس الخيمة,الفجيرة|درهم إماراتي
QA|قطر|قطري|قطرية|الدوحة,الريان,الخور,لوسيل,الوكرة|ريال قطري
BH|البحرين|بحريني|بحرينية|المنامة,المحرق,الرفاع|دينار بحريني
OM|سلطنة عمان|عماني|عمانية|مسقط,صلالة,صحار,نزوى,الدقم|ريال عماني
JO|الأردن|أردني|أردنية|عمّان,الزرقاء,إربد,العقبة,الكرك|دينار أردني
LB|لبنان|لبناني|لبنانية|بيروت,طرابلس,صيدا,زحلة|دولار
SY|سوريا|سوري|سورية|دمشق,حلب,حمص,اللاذقية,حماة|دولار
PS|فلسطين|فلسطيني|فلسطينية|رام الله,نابلس,الخليل,جنين,بيت لحم|دولار
IQ|العراق|عراقي|عراقية|بغداد,البصرة,أربيل,الموصل,كركوك|دولار
YE|اليمن|يمني|يمنية|عدن,تعز,المكلا,مأرب|دولار
EG|مصر|مصري|مصرية|القاهرة,الإسكندرية,أسوان,بورسعيد,الأقصر|جنيه مصري
MA|المغرب|مغربي|مغربية|الرباط,الدار البيضاء,طنجة,مراكش,أغادير|درهم مغربي
DZ|الجزائر|جزائري|جزائرية|الجزائر,وهران,قسنطينة,عنابة|دينار جزائري
TN|تونس|تونسي|تونسية|تونس,صفاقس,سوسة,قابس|دينار تونسي
TR|تركيا|تركي|تركية|أنقرة,إسطنبول,إزمير,مرسين|ليرة تركية
SD|السودان|سوداني|سودانية|الخرطوم,بورتسودان,كسلا|دولار
AZ|أذربيجان|أذربيجاني|أذربيجانية|باكو,كنجه|دولار
KZ|كازاخستان|كازاخي|كازاخية|أستانا,ألماتي|دولار
IN|الهند|هندي|هندية|نيودلهي,مومباي,كوتشي|دولار
PK|باكستان|باكستاني|باكستانية|إسلام آباد,كراتشي,لاهور|دولار
MY|ماليزيا|ماليزي|ماليزية|كوالالمبور,بينانغ|دولار
ID|إندونيسيا|إندونيسي|إندونيسية|جاكرتا,سورابايا|دولار
KE|كينيا|كيني|كينية|نيروبي,مومباسا|دولار
DE|ألمانيا|ألماني|ألمانية|برلين,هامبورغ,ميونخ|يورو
FR|فرنسا|فرنسي|فرنسية|باريس,ليون,مرسيليا|يورو
IT|إيطاليا|إيطالي|إيطالية|روما,ميلانو,جنوة|يورو
ES|إسبانيا|إسباني|إسبانية|مدريد,برشلونة,فالنسيا|يورو
BR|البرازيل|برازيلي|برازيلية|برازيليا,ساو باولو,سانتوس|دولار
"""


@dataclass(frozen=True, slots=True)
class ArabicPlace:
    """A country as Arabic copy speaks of it."""

    name: str
    masculine: str
    feminine: str
    cities: tuple[str, ...]
    currency: str
    feed: str | None

    def say(self, form: str) -> str:
        """Return the wording: the name, `m` or `f` (adjective without article) or `capital`."""
        forms = {"m": self.masculine, "f": self.feminine, "capital": self.cities[0]}
        return forms.get(form, self.name)

    def is_in(self, text: str) -> bool:
        """Return whether a text speaks of the country or its people."""
        return self.name in text or self.masculine in text


def _place(line: str) -> tuple[str, ArabicPlace]:
    code, name, masculine, feminine, cities, currency = line.split("|")
    feed = COUNTRIES[code].feed
    return code, ArabicPlace(name, masculine, feminine, tuple(cities.split(",")), currency, feed)


PLACES = dict(_place(line) for line in _ATLAS.strip().splitlines())

_GIVEN = words(
    "خالد ناصر بدر فيصل منصور راشد حمد سالم يوسف طلال مبارك وليد ماجد جاسم عمر رامي نبيل سمير زياد "
    "كريم مروان أيمن حسام شريف هاني رشيد هشام المهدي سفيان"
)
_GIVEN_WOMEN = words("نورة مريم لطيفة أمل هند دلال ريم رانيا دينا حنان سهى نوال سميرة هبة غادة")
_FAMILIES = words(
    "الهرملي الدريبي الرميزان القحمي السرهودي المطلقي العبيدلي الزروني النويصري الشاطري الغرابي "
    "المزيدي الوهيمي التمراني السويفي الحميضي الجاسري اللهداني صرّوف القبيسي النمري طراونجي المصاروي "
    "الحوريه الشرنوبي الشلقاني الطوهامي بنهدّو بلميلود الوزاري السباحي الجبراني"
)


class ArabicCast(Cast):
    """The facts of an event as Arabic copy names them."""

    def set_places(self, home: Country, partner: Country) -> None:
        """Settle where the story happens and with whom, among the places with an Arabic name."""
        if partner.code not in PLACES:
            partner = COUNTRIES[pick(self.rng, [code for code in PLACES if code != home.code])]
        super().set_places(home, partner)
        place = PLACES[home.code]
        self.fix(home=place, partner=PLACES[partner.code], dateline=place.cities[0])

    def towns(self) -> tuple[str, ...]:
        """Return the cities of the home country other than its capital, in Arabic."""
        return PLACES[self.home.code].cities[1:]

    def makers(self) -> Mapping[str, Callable[[Cast], str | Fact]]:
        """Return what draws the slots that no beat has set, in Arabic."""
        return _MAKERS


def man(cast: Cast, title: str, *, role: str = "") -> Person:
    """Return a new man with a title."""
    name, surname = pick(cast.rng, _GIVEN), _unclaimed(cast, _FAMILIES)
    return Person(
        cast.rng, title=title, name=f"{name} {surname}", surname=surname, is_female=False, role=role
    )


# Names of other cultures in Arabic letters: given names, then family names.
_FOREIGN = {
    "turkish": ("محمت إمره سليم هاكان", "كارادوغان تونجالي أكصوأوغلو يلكنجي"),
    "caucasus": ("إلتشين رؤوف فريد أنار", "بابازادلي حاجيمرادوف صادقبيلي قوليارلي"),
    "steppe": ("نورلان داولت عسكر تيمور", "جاكسيغولوف بيكتورغانوف كنجغالييف سيتكازين"),
    "indian": ("راجيش فيكرام سوريش أنيل", "ديشموخي ناييراني كولكارناث ثاكارول"),
    "pakistani": ("عمران آصف بلال زبير", "قريشاني بهاتيوالا خطكزاي سومراني"),
    "malay": ("عزمان حافظ رزال بودي", "كمارزين إسمادي براستياوان ويبوارسو"),
    "african": ("صامويل دانيال جوزيف بيتر", "كيبروتانوي أوتيندورو موثونيوا أشينغو"),
    "german": ("يورغن شتيفان لوكاس رالف", "هولمولر كيستنباخ أوبرتالر شتاينفيغن"),
    "french": ("إتيان لوران أوليفييه تييري", "دولاكومب فوكلينو مارسولتييه شانترو"),
    "italian": ("باولو ماركو ستيفانو دافيدي", "براندوفيلي تاركوينيتي كاستلبرونو زانفورليني"),
    "spanish": ("خافيير رودريغو توماس راؤول", "فالديكانياس مونتياغوديز سوتومارين كينتانارس"),
}


def foreigner(cast: Cast, title: str, *, role: str = "") -> Person:
    """Return a new man of the partner country, named as its people are."""
    culture = cast.partner.culture
    if culture not in _FOREIGN:
        return man(cast, title, role=role)
    given, families = (words(names) for names in _FOREIGN[culture])
    name, surname = pick(cast.rng, given), pick(cast.rng, families)
    return Person(
        cast.rng, title=title, name=f"{name} {surname}", surname=surname, is_female=False, role=role
    )


def woman(cast: Cast, title: str, *, role: str = "") -> Person:
    """Return a new woman with a title."""
    name, surname = pick(cast.rng, _GIVEN_WOMEN), _unclaimed(cast, _FAMILIES)
    return Person(
        cast.rng, title=title, name=f"{name} {surname}", surname=surname, is_female=True, role=role
    )


_BRANDS = words(
    "هلمار نورسة القصراف تيرانل زفيرون روابينا صدافكس مناراتك الغديرة طموح جزيلان واحتنا مرجانكو سفوانة "
    "كرمادة دلفارا أورفنتا كالبريكس السريات فلجكو ليوانكس الباطنية رويدة زمرد قرطبة صحارية رايدانكو"
)
_TRADES = {
    "energy": ("للطاقة", "للبترول", "للحفر", "للتكرير"),
    "power": ("للطاقة المتجددة", "للطاقة الشمسية", "لحلول الشبكات"),
    "air": ("للطيران", "للخطوط الجوية", "لخدمات المطارات"),
    "industry": (
        "للأسمنت",
        "للأغذية",
        "للصناعات الدوائية",
        "للخدمات اللوجستية",
        "للكابلات",
        "للعقارات",
    ),
    "telecom": ("للاتصالات", "للشبكات", "لمراكز البيانات"),
}


def _unclaimed(cast: Cast, names: tuple[str, ...]) -> str:
    """Return a name that nobody in the story has yet."""
    while True:
        name = pick(cast.rng, names)
        if cast.claims(name):
            return name


def company(cast: Cast, trade: str) -> Organisation:
    """Return an invented company of a trade, unlike others in the story."""
    name = _unclaimed(cast, _BRANDS)
    full = f"شركة {name} {pick(cast.rng, _TRADES[trade])}"
    return Organisation(cast.rng, full=full, mark="", short=f"شركة {name}", role="الشركة")


def lender(cast: Cast) -> Organisation:
    """Return an invented bank."""
    name = _unclaimed(cast, _BRANDS)
    return Organisation(cast.rng, full=f"بنك {name}", mark="", short=f"بنك {name}", role="البنك")


def home_of(cast: Cast) -> ArabicPlace:
    """Return the home country of an event, in Arabic."""
    return PLACES[cast.home.code]


def partner_of(cast: Cast) -> ArabicPlace:
    """Return the other country of an event, in Arabic."""
    return PLACES[cast.partner.code]


def arabic_day(when: date) -> str:
    """Return a day of the year: `14 مارس`."""
    return f"{when.day} {_MONTHS[when.month - 1]}"


def percent(number: float) -> str:
    """Return a share with one decimal and its words."""
    return f"{number:.1f} في المئة"


def amount(millions: float, currency: str) -> str:
    """Return an amount of money: `41.2 مليون دينار كويتي`."""
    if millions >= 1000:
        return f"{millions / 1000:.2f} مليار {currency}"
    return f"{millions:.1f} مليون {currency}"


def _money(low: float, high: float) -> Callable[[Cast], str]:
    def make(cast: Cast) -> str:
        millions = figures.between(cast.rng, low, high) * cast.home.per_dollar
        return amount(millions, PLACES[cast.home.code].currency)

    return make


def _ahead(low: int, high: int) -> Callable[[Cast], str]:
    return lambda cast: arabic_day(cast.day + timedelta(days=figures.whole(cast.rng, low, high)))


def _whole(low: int, high: int) -> Callable[[Cast], str]:
    return lambda cast: str(figures.whole(cast.rng, low, high))


def _share(low: float, high: float) -> Callable[[Cast], str]:
    return lambda cast: percent(figures.between(cast.rng, low, high))


def _third(cast: Cast) -> ArabicPlace:
    taken = (cast.home.code, cast.partner.code)
    return PLACES[pick(cast.rng, [code for code in PLACES if code not in taken])]


_MAKERS: dict[str, Callable[[Cast], str | Fact]] = {
    "today": lambda cast: _WEEKDAYS[cast.day.weekday()],
    "tomorrow": lambda cast: _WEEKDAYS[(cast.day + timedelta(days=1)).weekday()],
    "day_today": lambda cast: arabic_day(cast.day),
    "day_ahead": _ahead(6, 45),
    "day_ago": _ahead(-75, -6),
    "any_day_ahead": _ahead(6, 80),
    "any_later_day": _ahead(95, 170),
    "any_day_ago": _ahead(-80, -6),
    "month": lambda cast: _MONTHS[cast.day.month - 1],
    "last_month": lambda cast: _MONTHS[figures.months_later(cast.day, -1).month - 1],
    "next_month": lambda cast: _MONTHS[figures.months_later(cast.day, 1).month - 1],
    "year": lambda cast: str(cast.day.year),
    "last_year": lambda cast: str(cast.day.year - 1),
    "next_year": lambda cast: str(cast.day.year + 1),
    "past_year": lambda cast: str(cast.day.year - figures.whole(cast.rng, 3, 19)),
    "future_year": lambda cast: str(cast.day.year + figures.whole(cast.rng, 3, 10)),
    "quarter": lambda cast: _QUARTERS[figures.last_quarter(cast.day)[0]],
    "quarter_year": lambda cast: str(figures.last_quarter(cast.day)[1]),
    "city": lambda cast: pick(cast.rng, PLACES[cast.home.code].cities),
    "town": lambda cast: cast.next_town(),
    "partner_city": lambda cast: pick(cast.rng, PLACES[cast.partner.code].cities),
    "any_city": lambda cast: cast.next_town(),
    "third": _third,
    "analyst": lambda cast: man(cast, f"المحلل الاقتصادي في {company(cast, 'industry').short}"),
    "resident": lambda cast: man(
        cast, cast.draw("المواطن", "المعلم", "التاجر", "المزارع", "المهندس")
    ),
    "any_old_year": lambda cast: str(figures.whole(cast.rng, 1951, 1997)),
    "any_past_year": lambda cast: str(cast.day.year - figures.whole(cast.rng, 3, 24)),
    "any_big_percent": _share(31, 88),
    "any_dollars": lambda cast: amount(figures.between(cast.rng, 12, 900), "دولار"),
    "oil_price": lambda cast: f"{figures.oil_price(cast.day):.2f}",
    "any_few": _whole(3, 10),
    "any_tens": _whole(11, 99),
    "any_hundreds": lambda cast: str(figures.whole(cast.rng, 2, 9) * 100),
    "any_thousands": lambda cast: str(figures.whole(cast.rng, 11, 99)),
    "any_percent": _share(1.1, 24),
    "any_small_percent": _share(0.2, 4.9),
    "any_small_money": _money(0.6, 30),
    "any_money": _money(40, 900),
    "any_big_money": _money(1_000, 38_000),
}
