"""Talks between two countries, and laws before parliament, in Arabic."""

from tests.facsimile.newsroom.arabic.cast import foreigner, home_of, man, partner_of, woman
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import whole
from tests.facsimile.newsroom.grammar import copy

CARRIERS = ("MENAFN", "وكالة الأنباء الكويتية (كونا)")

_FIELDS = (
    "الأمن الغذائي",
    "النقل البحري",
    "التعليم العالي",
    "الأمن السيبراني",
    "إدارة الموارد المائية",
    "التعاون الجمركي",
    "الثروة السمكية",
    "التعاون القضائي",
    "الخدمات البريدية",
    "السكك الحديدية",
)
_LAWS = (
    "حماية البيانات الشخصية",
    "التقاعد",
    "المنافسة ومنع الاحتكار",
    "المرور",
    "العمالة المنزلية",
    "إدارة النفايات",
    "المشتريات العامة",
    "التعليم الخاص",
)


def _talks(cast: Cast) -> None:
    home, partner = home_of(cast), partner_of(cast)
    cast.fix(
        field=cast.draw(*_FIELDS),
        minister=man(cast, f"وزير الخارجية ال{home.masculine}", role="الوزير"),
        counterpart=foreigner(cast, f"وزير الخارجية ال{partner.masculine}"),
        envoy=man(cast, f"السفير ال{home.masculine} لدى {partner.name}", role="السفير"),
    )


DIPLOMACY = Beat(
    topic="politics",
    name="diplomacy (ar)",
    carriers=CARRIERS,
    facts=_talks,
    headlines=copy("""
- <sign> توقيع اتفاقية بين {home} و{partner} في مجال {field}
- <talks> وزير الخارجية ال{home:m} يبحث مع نظيره ال{partner:m} التعاون في {field}
- <talks> مباحثات {home:f} {partner:f} في {home:capital} حول {field}
- <sign> {minister:short}: الاتفاق مع {partner} بشأن {field} يدخل حيز التنفيذ في {day_ahead}
    """),
    leads=copy("""
- <sign> وُقّعت اليوم {today} في {home:capital} اتفاقية بين {home} و{partner} للتعاون في مجال
  {field}، وذلك في ختام أعمال اللجنة المشتركة بين البلدين.
- <talks> بحث {minister} مع نظيره ال{partner:m} {counterpart:name} خلال لقاء جمعهما اليوم
  {today} في {home:capital} سبل تعزيز التعاون في مجال {field}.
- <sign> أعلن {minister} اليوم {today} أن الاتفاقية الموقعة مع {partner} في مجال {field} ستدخل
  حيز التنفيذ في {day_ahead}.
    """),
    details=copy("""
- <sign> وتتضمن الاتفاقية {any_tens} مادة، ويستمر العمل بها حتى عام {future_year} ما لم يبلغ أحد
  الطرفين الآخر برغبته في إنهائها قبل {any_few} أشهر.
- <talks> وناقش الوزيران مسودة اتفاق من {any_tens} مادة في مجال {field}، لا تزال {any_few} بنود
  منها قيد الصياغة.
- <talks> ويلتقي {counterpart} خلال زيارته {any_tens} طالبًا موفدًا من {partner} إلى جامعات
  {town}.
- واتفق الجانبان على تشكيل فريق عمل مشترك يضم {any_tens} خبيرًا ويعقد أول اجتماعاته في
  {partner:capital} يوم {any_day_ahead} لمتابعة ما ورد في شأن {field}.
- كما استعرض الجانبان {any_tens} مذكرة تفاهم في مجالات مختلفة، بينها {any_few} مذكرات جاهزة
  للتوقيع قبل نهاية العام.
- وحضر المباحثات التي استمرت {any_few} ساعات عدد من المسؤولين، من بينهم {envoy}.
- وعلى هامش الزيارة عُقد في {city} منتدى اقتصادي شاركت فيه {any_tens} شركة من {partner} ونحو
  {any_hundreds} شركة محلية.
- وتناولت المباحثات كذلك الأوضاع في {third}، وأكد الجانبان ضرورة تنسيق المواقف قبل الاجتماع
  الوزاري المقرر في {any_day_ahead}.
    """),
    quotes=copy("""
- <sign> وقال {minister} في مؤتمر صحفي إن «ما اتفقنا عليه في مجال {field} ليس إعلان نوايا بل
  جدول عمل من {any_tens} بندًا ينتهي في {day_ahead}».
- <talks> وقال {minister} للصحفيين إن البلدين «باتا على بعد {any_few} جمل من اتفاق في مجال
  {field}».
- من جانبه أعرب {counterpart} عن شكره لما وصفه بأنه «عمل صبور استمر {any_tens} شهرًا في سبيل
  التعاون في {field}».
- وأضاف {minister} أن سفارتي البلدين تلقتا هذا العام {any_hundreds} طلب يتعلق بشؤون {field}.
- <sign> وأوضح {envoy} أن الاتفاقية «تلبي رغبة عبّر عنها رجال الأعمال في {any_city} منذ عام
  {any_past_year}».
    """),
    background=copy("""
- وارتفع حجم التبادل التجاري بين {home} و{partner} خلال عام {last_year} بنسبة {any_percent}
  ليبلغ {any_dollars}.
- وأقيمت العلاقات الدبلوماسية بين البلدين عام {any_old_year}، ووُقّعت بينهما منذ ذلك الحين
  {any_tens} اتفاقية.
- ويدرس في جامعات {partner_city} أكثر من {any_hundreds} طالب موفدين من {home}، فيما يقيم في
  {town} نحو {any_thousands} ألف مواطن {partner:m}.
    """),
    outlook=copy("""
- ومن المقرر أن تعقد الدورة المقبلة للجنة المشتركة في {partner:capital} في {any_later_day}.
- ويغادر {counterpart} يوم {tomorrow} متوجهًا إلى {third:capital} لإجراء محادثات حول {field}.
    """),
    flashes=copy("""
- <sign> توقيع اتفاقية جديدة بين {home} و{partner} في {home:capital} للتعاون في مجال {field}،
  بحسب بيان رسمي صدر اليوم.
- <sign> {minister:name}: الاتفاقية مع {partner} في مجال {field} ستدخل حيز التنفيذ ابتداء من
  {day_ahead} المقبل.
    """),
    keywords=("الوزير", "الاتفاقية", "التعاون"),
)


_CHAMBERS = {
    "KW": "مجلس الأمة",
    "SA": "مجلس الشورى",
    "QA": "مجلس الشورى",
    "OM": "مجلس الشورى",
    "AE": "المجلس الوطني",
}


def _law(cast: Cast) -> None:
    members = whole(cast.rng, 60, 190)
    ayes = members * whole(cast.rng, 55, 80) // 100
    cast.fix(
        law=cast.draw(*_LAWS),
        ayes=str(max(ayes, 41) // 10 * 10 + 1),
        noes=str(whole(cast.rng, 11, 39)),
        minister=man(cast, cast.draw("وزير العدل", "وزير المالية", "وزير التجارة"), role="الوزير"),
        chamber=_CHAMBERS.get(cast.home.code, "مجلس النواب"),
        deputy=man(cast, "مقرر اللجنة العضو"),
        critic=woman(cast, "عضو المجلس"),
    )


LAW = Beat(
    topic="politics",
    name="law (ar)",
    carriers=CARRIERS,
    facts=_law,
    headlines=copy("""
- <pass> {chamber} في {home} يقر مشروع قانون {law}
- <pass> مشروع قانون {law} في {home} يدخل حيز التنفيذ في {day_ahead}
- <debate> {minister:short} يدافع عن مشروع قانون {law} أمام {chamber}
    """),
    leads=copy("""
- <pass> أقر {chamber} في {home} اليوم {today} مشروع قانون {law} في قراءته الأخيرة، على أن يبدأ
  العمل به في {day_ahead}.
- <debate> دافع {minister} اليوم {today} أمام {chamber} في {home:capital} عن مشروع قانون {law}،
  مؤكدًا أن كلفته لن تتجاوز {any_money} خلال {any_few} سنوات.
    """),
    details=copy("""
- ويتألف المشروع من {any_tens} مادة، ويمنح المفتشين حق إغلاق المنشآت المخالفة مدة تصل إلى
  {any_tens} يومًا.
- <pass> وصوّت لمصلحة المشروع {ayes} عضوًا مقابل {noes} عضوًا عارضوه، بعد جلسة استمرت {any_few}
  ساعات.
- وأدخل الأعضاء على قانون {law} {any_tens} تعديلًا، أبرزها إعفاء المنشآت الصغيرة في {town} من
  الرسوم حتى عام {future_year}.
- وينشئ القانون صندوقًا برأسمال قدره {any_money} لمساعدة المشمولين به على تطبيق أحكامه خلال
  {any_few} أشهر.
    """),
    quotes=copy("""
- وقال {minister} إن «من يعمل بنزاهة لا يخشى {any_tens} مادة واضحة»، مشيرًا إلى أن الحكومة
  استمعت إلى {any_hundreds} مختص قبل إعداد المشروع.
- ورأت {critic} أن قانون {law} «سيصل إلى المحاكم خلال {any_few} أشهر»، داعية إلى تأجيل التصويت
  عليه.
- وأشار {deputy} إلى أن اللجنة عقدت {any_tens} اجتماعًا وتلقت {any_hundreds} ملاحظة من مواطنين
  في {any_city}.
- وقال {resident} من {any_city} إنه ينتظر قانون {law} منذ عام {any_past_year}.
    """),
    background=copy("""
- وتعود المسودة الأولى لقانون {law} إلى عام {any_past_year}، وقد سُحبت آنذاك بعد {any_few}
  أسابيع من طرحها.
- وسُجلت خلال عام {last_year} نحو {any_thousands} ألف شكوى تتصل بتطبيق القواعد السابقة، بزيادة
  نسبتها {any_percent}.
    """),
    outlook=copy("""
- وينشر قانون {law} في الجريدة الرسمية خلال أيام، ويبدأ المفتشون جولاتهم الأولى في
  {any_later_day}.
    """),
    flashes=copy("""
- <pass> {chamber} في {home} يقر مشروع قانون {law} بأغلبية {ayes} صوتًا مقابل {noes} صوتًا في
  جلسة اليوم {today}.
    """),
    keywords=("القانون", "الوزير", "النواب"),
)
