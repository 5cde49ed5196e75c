"""Oil, banks, bourses, companies and airlines, in Arabic."""

from tests.facsimile.newsroom.arabic.cast import (
    amount,
    company,
    foreigner,
    home_of,
    lender,
    man,
    partner_of,
    percent,
)
from tests.facsimile.newsroom.arabic.diplomacy import CARRIERS
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import between, whole
from tests.facsimile.newsroom.grammar import copy

_OIL_CODES = ("KW", "SA", "AE", "QA", "OM", "IQ", "DZ")


def _oil(cast: Cast) -> None:
    cast.keep_home_within(_OIL_CODES)
    now = whole(cast.rng, 48, 620)
    cast.fix(
        field=cast.draw("أم صدارة", "رأس طويق", "وادي نهيل", "جبل سرحان", "بئر غزوان", "مرسى طيب"),
        firm=company(cast, "energy"),
        output=str(now),
        target=str(now + whole(cast.rng, 20, 240)),
        cost=amount(between(cast.rng, 180, 5_800), "دولار"),
        minister=man(cast, f"وزير النفط ال{home_of(cast).masculine}", role="الوزير"),
        chief=man(cast, "الرئيس التنفيذي"),
    )


OIL = Beat(
    topic="oil",
    name="oil (ar)",
    carriers=CARRIERS,
    facts=_oil,
    headlines=copy("""
- رفع إنتاج حقل {field} في {home} إلى {target} ألف برميل يوميًا
- {firm:short} ترسي عقدًا بقيمة {cost} لتطوير حقل {field}
- وزير النفط ال{home:m}: حقل {field} سينتج {target} ألف برميل في عام {future_year}
    """),
    leads=copy("""
- أعلن {minister} اليوم {today} أن إنتاج حقل {field} سيرتفع إلى {target} ألف برميل يوميًا بحلول
  عام {future_year} من {output} ألف برميل حاليًا.
- أرست {firm} عقدًا بقيمة {cost} لتطوير حقل {field} في {home}، وفق بيان أصدرته اليوم {today}.
    """),
    details=copy("""
- ويشمل المشروع حفر {any_tens} بئرًا ومد خط أنابيب بطول {any_hundreds} كيلومتر ينتهي قرب {town}.
- وتُقدّر احتياطيات حقل {field} بنحو {any_hundreds} مليون برميل، استُخرج منها {any_percent} حتى
  نهاية عام {last_year}.
- ويوفر المشروع في ذروته نحو {any_thousands} ألف فرصة عمل، يشغل المواطنون {any_big_percent}
  منها.
- وستُنقل كميات الغاز المصاحب إلى محطة الكهرباء في {any_city} بدلًا من حرقها، ما يوفر
  {any_money} سنويًا.
- وشاركت في تمويل المشروع {any_few} مصارف بقرض قيمته {any_dollars} يسدد حتى عام {future_year}.
    """),
    quotes=copy("""
- وقال {minister} إن «كلفة البرميل في {field} من الأدنى في المنطقة، والسوق قادرة على استيعاب
  {target} ألف برميل يوميًا».
- وأكد {chief} أن {firm} «حفرت {any_tens} بئرًا منذ عام {any_past_year} من دون أي إصابة مضيعة
  للوقت».
- وتوقع {analyst} أن تتطلب المحافظة على مستوى الإنتاج في {home} استثمارات قدرها {any_dollars}
  سنويًا.
    """),
    background=copy("""
- وجرى تداول خام برنت يوم الإعلان عند نحو {oil_price} دولارًا للبرميل، بتغير نسبته
  {any_small_percent} عن الأسبوع السابق.
- واكتُشف حقل {field} عام {any_old_year}، وبدأ الإنتاج منه بعد {any_few} سنوات.
- ويشكل النفط والغاز {any_big_percent} من صادرات {home} بحسب بيانات عام {last_year}.
    """),
    outlook=copy("""
- ومن المتوقع أن يبدأ الإنتاج من الآبار الجديدة في حقل {field} قبل {any_later_day}.
- ويجتمع المنتجون في {day_ahead} لبحث مستويات الإنتاج حتى {any_later_day}.
    """),
    flashes=copy("""
- وزير النفط ال{home:m}: إنتاج حقل {field} سيبلغ {target} ألف برميل يوميًا بحلول عام
  {future_year}.
    """),
    keywords=("النفط", "السوق", "الوزير"),
)


def _bank(cast: Cast) -> None:
    profit = between(cast.rng, 12, 400) * cast.home.per_dollar
    growth = between(cast.rng, 2, 40)
    currency = home_of(cast).currency
    cast.fix(
        bank=lender(cast),
        profit=amount(profit, currency),
        profit_before=amount(profit / (1 + growth / 100), currency),
        growth=percent(growth),
        provision=amount(profit * between(cast.rng, 0.02, 0.1), currency),
        dividend=amount(profit * between(cast.rng, 0.3, 0.6), currency),
        assets=amount(profit * between(cast.rng, 40, 90), currency),
        chief=man(cast, "الرئيس التنفيذي"),
        chairman=man(cast, "رئيس مجلس الإدارة"),
    )


BANK = Beat(
    topic="banking",
    name="bank (ar)",
    carriers=CARRIERS,
    facts=_bank,
    headlines=copy("""
- أرباح {bank:short} ترتفع {growth} في الربع {quarter}
- {bank:short} يحقق أرباحًا صافية بقيمة {profit}
- {bank:short} يوصي بتوزيعات نقدية بعد نمو أرباحه {growth}
    """),
    leads=copy("""
- أعلن {bank} اليوم {today} تحقيق أرباح صافية بلغت {profit} في الربع {quarter} من عام
  {quarter_year}، بزيادة نسبتها {growth} على أساس سنوي.
- ارتفعت الأرباح الصافية لدى {bank} في {home} إلى {profit} خلال الربع {quarter}، مقابل
  {profit_before} في الفترة نفسها من العام السابق.
    """),
    details=copy("""
- وبلغ إجمالي الأصول {assets} في نهاية الفترة، بنمو نسبته {any_small_percent} مقارنة ببدايتها.
- ونمت محفظة القروض بنسبة {any_percent}، فيما تراجعت نسبة القروض المتعثرة إلى
  {any_small_percent}.
- وجنّب البنك مخصصات بقيمة {provision} لمواجهة الديون المشكوك في تحصيلها.
- وأوصى مجلس الإدارة بتوزيع أرباح مرحلية تُصرف للمساهمين المسجلين في {day_ahead}.
- وبلغ عدد عملاء الخدمات الرقمية {any_hundreds} ألف عميل، بزيادة {any_percent} خلال {any_few}
  أشهر.
    """),
    quotes=copy("""
- وقال {chief} إن «نمو الأرباح بنسبة {growth} ثمرة عمل {any_hundreds} موظف في {any_tens} فرعًا».
- وأضاف {chairman} أن البنك يعتزم افتتاح {any_few} فروع في {any_city} وفي {partner_city} قبل
  نهاية عام {next_year}.
- واعتبر {analyst} أن النتائج «أفضل بنسبة {any_small_percent} مما توقعته السوق».
    """),
    background=copy("""
- وتأسس {bank:short} عام {any_old_year} في {town}، وأُدرجت أسهمه في البورصة عام {any_past_year}.
- وأبقى البنك المركزي في {home} سعر الفائدة الأساسي دون تغيير منذ {day_ago}، فيما بلغ التضخم
  {any_small_percent}.
    """),
    outlook=copy("""
- ويعقد مساهمو {bank:short} جمعيتهم العامة في {any_later_day} للتصويت على توزيعات قيمتها
  {dividend}.
    """),
    flashes=copy("""
- {bank:short} يعلن ارتفاع أرباحه الصافية في الربع {quarter} بنسبة {growth} لتبلغ {profit}.
    """),
    keywords=("السوق", "البنك", "الأرباح"),
)


def _bourse(cast: Cast) -> None:
    index = between(cast.rng, 1_900, 14_800)
    change = between(cast.rng, 0.1, 2.6)
    cast.fix(
        close=f"{index:,.2f}",
        points=f"{index * change / 100:.1f}",
        change=f"{change:.2f} في المئة",
        gain=cast.draw("ارتفاع", "انخفاض"),
        star=company(cast, "industry"),
        telecom=company(cast, "telecom"),
        turnover=amount(between(cast.rng, 12, 900) * cast.home.per_dollar, home_of(cast).currency),
    )


BOURSE = Beat(
    topic="markets",
    name="bourse (ar)",
    carriers=CARRIERS,
    facts=_bourse,
    headlines=copy("""
- بورصة {home:capital} تغلق على {gain} بنسبة {change}
- {gain} مؤشر بورصة {home:capital} {points} نقطة عند الإغلاق
- {star:short} تتصدر تداولات بورصة {home:capital}
    """),
    leads=copy("""
- أنهى المؤشر العام لبورصة {home:capital} تعاملاته اليوم {today} على {gain} قدره {points} نقطة
  ليبلغ مستوى {close} نقطة، بنسبة تغير {change}.
- أغلقت بورصة {home:capital} تداولات اليوم {today} على {gain} بنسبة {change}، وسط تعاملات بلغت
  قيمتها {turnover}.
    """),
    details=copy("""
- وبلغت قيمة الأسهم المتداولة {turnover} نُفذت من خلال {any_thousands} ألف صفقة.
- وصعدت أسهم {any_tens} شركة، في حين تراجعت أسهم {any_tens} شركة أخرى من إجمالي الشركات
  المتداولة.
- وتصدرت {star} قائمة الرابحين بنسبة {any_percent}، بعدما أعلنت نمو مبيعاتها في {partner} بنسبة
  {any_percent}.
- وجاء سهم {telecom} الأكثر نشاطًا من حيث الكمية بتداول {any_tens} مليون سهم.
- وسجل المستثمرون الأجانب صافي شراء بقيمة {any_small_money}، في مقابل صافي بيع للأفراد بقيمة
  {any_small_money}.
    """),
    quotes=copy("""
- وقال {analyst} إن السوق «تنتظر إعلان {any_few} شركات كبرى نتائجها قبل {day_ahead}».
- ورأى {analyst} أن «مستوى {close} نقطة يمثل نقطة توازن بعد صعود نسبته {any_percent} منذ بداية
  العام».
    """),
    background=copy("""
- وكان المؤشر قد سجل تغيرًا نسبته {any_percent} خلال عام {last_year}، هو الأكبر منذ عام
  {any_past_year}.
- وفي الأسواق المجاورة تغير المؤشر الرئيسي في {third:capital} بنسبة {any_small_percent}.
    """),
    outlook=copy("""
- وتعلن {star:short} نتائجها للربع {quarter} في {any_day_ahead}.
    """),
    flashes=copy("""
- بورصة {home:capital} تنهي تعاملات اليوم {today} على {gain} بنسبة {change} عند مستوى {close}
  نقطة.
    """),
    keywords=("السوق", "الأسهم", "البورصة"),
)


def _flight(cast: Cast) -> None:
    cast.fix(
        airline=company(cast, "air"),
        destination=str(cast["partner_city"]),
        chief=man(cast, "الرئيس التنفيذي"),
        weekly=str(whole(cast.rng, 3, 9)),
        envoy=foreigner(cast, f"السفير ال{partner_of(cast).masculine}"),
    )


AVIATION = Beat(
    topic="aviation",
    name="airline (ar)",
    carriers=CARRIERS,
    facts=_flight,
    headlines=copy("""
- {airline:short} تسيّر {weekly} رحلات أسبوعية إلى {destination}
- خط جوي جديد بين {home:capital} و{destination} اعتبارًا من {day_ahead}
    """),
    leads=copy("""
- أعلنت {airline} اليوم {today} تسيير {weekly} رحلات أسبوعية بين {home:capital} و{destination}
  اعتبارًا من {day_ahead}.
- تبدأ {airline} في {day_ahead} تشغيل خط جوي مباشر بين {home:capital} و{destination}، بحسب ما
  أعلنته اليوم {today}.
    """),
    details=copy("""
- وتستغرق الرحلة إلى {destination} نحو {any_few} ساعات على متن طائرة تتسع إلى {any_hundreds}
  راكب.
- ونقلت الشركة {any_hundreds} ألف مسافر خلال {last_month}، بزيادة نسبتها {any_percent} عن الفترة
  المماثلة من العام السابق.
- وتعاقدت الشركة على شراء {any_tens} طائرة جديدة تتسلم أولاها في {next_year} بكلفة قدرها
  {any_dollars}.
- واستقبل مطار {town} في {last_month} أكثر من {any_thousands} ألف مسافر على متن {any_hundreds}
  رحلة.
    """),
    quotes=copy("""
- وقال {chief} إن «الطلب على السفر إلى {destination} نما بنسبة {any_percent} منذ عام
  {any_past_year}».
- ورحب {envoy} بالخطوة، موضحًا أن {any_thousands} ألف سائح من {home} زاروا {partner} في عام
  {last_year}.
- وقال {resident} إن تذكرة السفر كانت تستلزم التوقف في {third:capital} مدة {any_few} ساعات.
    """),
    background=copy("""
- وتأسست {airline:short} عام {any_past_year}، وتسيّر رحلاتها إلى {any_tens} مدينة.
- ووقّعت سلطات الطيران في البلدين في {day_ago} مذكرة تسمح بتسيير {any_tens} رحلة أسبوعيًا.
    """),
    outlook=copy("""
- ويبدأ بيع التذاكر في {any_day_ahead}، على أن يضاف خط إلى {third:capital} في عام {next_year}.
    """),
    flashes=copy("""
- {airline:short} تعلن تسيير {weekly} رحلات أسبوعية بين {home:capital} و{destination} ابتداء من
  {day_ahead}.
    """),
    keywords=("المطار", "الشركة"),
)
