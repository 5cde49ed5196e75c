"""Sport, health, police, weather, relief and culture, in Arabic."""

from tests.facsimile.newsroom.arabic.cast import foreigner, home_of, man, partner_of, woman
from tests.facsimile.newsroom.arabic.diplomacy import CARRIERS
from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.figures import whole
from tests.facsimile.newsroom.grammar import copy, pick, shuffled, words
from tests.facsimile.newsroom.places import ARAB_GULF, NEEDY_CODES

_CLUBS = words("السرحة المقدام الظفيرة البروق التميرة الغداف الشراع الركن المنقار السهوان القنديل")


def _match(cast: Cast) -> None:
    winner, loser, rival, following = shuffled(cast.rng, _CLUBS)[:4]
    cast.fix(
        winner=winner,
        loser=loser,
        rival=rival,
        next=following,
        score=pick(cast.rng, ("2-1", "3-1", "1-0", "2-0", "3-2", "4-1")),
        minute=str(whole(cast.rng, 11, 44)),
        minute2=str(whole(cast.rng, 46, 89)),
        scorer=man(cast, "المهاجم"),
        keeper=man(cast, "الحارس"),
        coach=foreigner(cast, f"المدرب ال{partner_of(cast).masculine}", role="المدرب"),
    )


MATCH = Beat(
    topic="sport",
    name="match (ar)",
    carriers=CARRIERS,
    facts=_match,
    headlines=copy("""
- {winner} يهزم {loser} {score} ويعزز صدارته للدوري ال{home:m}
- هدف {scorer:short} يمنح {winner} الفوز على {loser}
- {winner} يتجاوز {loser} بنتيجة {score} في الدوري ال{home:m}
    """),
    leads=copy("""
- فاز فريق {winner} على ضيفه {loser} بنتيجة {score} في المباراة التي جمعتهما مساء اليوم {today}
  ضمن الدوري ال{home:m} لكرة القدم.
- قاد {scorer} فريقه {winner} إلى الفوز على {loser} بنتيجة {score} في الدوري ال{home:m}، بعدما
  سجل الهدف الحاسم في الدقيقة {minute2}.
    """),
    details=copy("""
- وانتهى الشوط الأول من دون أهداف بعد أن تصدى {keeper} لركلة حرة في الدقيقة {minute} أمام
  {any_thousands} ألف متفرج.
- وأكمل {loser} المباراة بعشرة لاعبين بعد طرد مدافعه في الدقيقة {minute2}، ولم يسدد سوى
  {any_few} كرات على المرمى.
- ورفع {winner} رصيده إلى {any_tens} نقطة في صدارة الترتيب، متقدمًا بفارق {any_few} نقاط على
  {rival}.
- وسجل {scorer} هدفه الرقم {any_tens} هذا الموسم، وهو الأعلى في صفوف {winner}.
    """),
    quotes=copy("""
- وقال {coach} عقب المباراة إن «لاعبي {winner} ركضوا أكثر من {any_hundreds} كيلومتر هذا الأسبوع،
  وجاءت المكافأة في الدقيقة {minute2}».
- وأهدى {scorer} الفوز إلى أسرته التي قطعت {any_hundreds} كيلومتر لحضور المباراة أمام {loser}.
    """),
    background=copy("""
- ويعود آخر لقب أحرزه {winner} إلى عام {any_past_year}، فيما حل {loser} ثالثًا في الموسم الماضي
  بفارق {any_few} نقاط.
- والتقى الفريقان {any_tens} مرة منذ عام {any_old_year}، وكان الفوز من نصيب {winner} في معظمها.
    """),
    outlook=copy("""
- ويحل {winner} ضيفًا على {next} في {day_ahead}، بينما يستقبل {loser} فريق {rival}.
    """),
    flashes=copy("""
- فريق {winner} يفوز على {loser} بنتيجة {score} ويحافظ على صدارة الدوري ال{home:m} لكرة القدم
  مساء اليوم.
    """),
    keywords=("المباراة", "الدوري"),
)


def _health(cast: Cast) -> None:
    cast.fix(
        illness=cast.draw(
            "الحصبة", "الإنفلونزا الموسمية", "السكري", "شلل الأطفال", "السعال الديكي"
        ),
        minister=man(cast, f"وزير الصحة ال{home_of(cast).masculine}", role="الوزير"),
        doctor=woman(cast, "الطبيبة"),
        target=str(whole(cast.rng, 3, 9) * 100),
    )


HEALTH = Beat(
    topic="health",
    name="campaign (ar)",
    carriers=CARRIERS,
    facts=_health,
    headlines=copy("""
- انطلاق حملة لمكافحة {illness} في {home}
- وزارة الصحة في {home}: حملة {illness} تستهدف {target} ألف شخص
    """),
    leads=copy("""
- أطلقت وزارة الصحة في {home} اليوم {today} حملة لمكافحة {illness} تستهدف {target} ألف شخص خلال
  {any_tens} يومًا.
- قال {minister} اليوم {today} إن الحملة الوطنية لمكافحة {illness} بلغت {any_big_percent} من
  هدفها البالغ {target} ألف شخص.
    """),
    details=copy("""
- ويشارك في الحملة {any_hundreds} ممرض وطبيب موزعين على {any_tens} مركزًا صحيًا و{any_few} فرق
  متنقلة.
- وبلغت كلفة اللقاحات والفحوص {any_small_money}، تبرع صندوق خيري في {third} بجزء منها نسبته
  {any_percent}.
- وسجلت الوزارة في {last_month} {any_tens} إصابة مؤكدة، معظمها في {town}، مقابل {any_hundreds}
  إصابة قبل عام.
- واستقبلت مراكز {any_city} في اليوم الأول {any_hundreds} مراجع، أي أكثر مما كان مقررًا بنسبة
  {any_percent}.
    """),
    quotes=copy("""
- وأوضح {minister} أن «كل حالة {illness} تُكتشف مبكرًا توفر على المريض {any_tens} يومًا في
  المستشفى».
- ودعت {doctor} من مستشفى {any_city} إلى عدم الالتفات إلى الشائعات، مؤكدة أن {any_few} أشخاص فقط
  شعروا بأعراض خفيفة منذ {day_ago}.
- وقال {resident} إنه قطع {any_few} كيلومترات مع أحفاده للوصول إلى المركز الصحي.
    """),
    background=copy("""
- وكانت حملة مماثلة في عام {past_year} قد خفضت عدد الإصابات بمرض {illness} بنسبة {any_percent}.
- ويمثل الإنفاق على القطاع الصحي في {home} {any_small_percent} من الناتج الإجمالي، وفق بيانات
  عام {last_year}.
    """),
    outlook=copy("""
- وتستمر الحملة حتى {day_ahead}، على أن تعلن الوزارة نتائجها النهائية في {any_later_day}.
    """),
    flashes=copy("""
- وزارة الصحة في {home} تطلق حملة لمكافحة {illness} تستهدف {target} ألف شخص خلال {any_tens}
  يومًا.
    """),
    keywords=("وزارة", "الصحة", "الوزير"),
)


def _crime(cast: Cast) -> None:
    cast.fix(
        ring=cast.draw(
            "تزوير تصاريح الإقامة",
            "تهريب الوقود المدعوم",
            "الاحتيال الإلكتروني",
            "تهريب الآثار",
            "سرقة الكابلات النحاسية",
            "تقليد الأدوية",
        ),
        officer=man(cast, cast.draw("العقيد", "الرائد", "العميد")),
        suspects=str(whole(cast.rng, 11, 39)),
    )


CRIME = Beat(
    topic="crime",
    name="ring (ar)",
    carriers=CARRIERS,
    facts=_crime,
    headlines=copy("""
- ضبط {suspects} متهمًا في قضية {ring} في {town}
- الشرطة في {home} تفكك شبكة متخصصة في {ring}
    """),
    leads=copy("""
- أعلنت وزارة الداخلية في {home} اليوم {today} ضبط {suspects} شخصًا يشتبه في انتمائهم إلى شبكة
  متخصصة في {ring}.
- فككت الشرطة في {town} شبكة متخصصة في {ring} وأوقفت {suspects} شخصًا، وفق ما أعلنته وزارة
  الداخلية في {home} اليوم {today}.
    """),
    details=copy("""
- ونُفذت المداهمات فجرًا بمشاركة {any_hundreds} عنصر، وشملت {any_few} مواقع بين {town}
  و{any_city}.
- وعُثر في مستودع مساحته {any_hundreds} متر مربع على مضبوطات تقدر قيمتها بنحو {any_small_money}.
- وجُمدت حسابات مصرفية فيها {any_small_money} بأمر من النيابة العامة، وصودر {any_tens} هاتفًا
  محمولًا.
- وكانت التحقيقات قد بدأت في {day_ago} بعد بلاغ من موظف جمارك لاحظ {any_few} طرود مجهولة المرسل
  قادمة من {partner_city}.
    """),
    quotes=copy("""
- وقال {officer} إن المحققين «تتبعوا أحد المتهمين مدة {any_tens} يومًا قبل أن يقودهم إلى سائر
  أفراد الشبكة».
- وأشار {officer} إلى أن الخط الساخن تلقى في {last_month} {any_hundreds} بلاغ أدت إلى توقيف
  {any_tens} شخصًا.
- وروى {resident}، الذي يسكن على بعد {any_tens} مترًا من المستودع، أن الشاحنات كانت تصل ليلًا
  منذ {any_few} أسابيع.
    """),
    background=copy("""
- وتعاملت الشرطة في {any_city} خلال عام {last_year} مع {any_hundreds} قضية مماثلة، بتراجع نسبته
  {any_percent}.
- ويجري تبادل البصمات بين {home} و{partner} بموجب اتفاق وُقّع في {any_day_ago}.
    """),
    outlook=copy("""
- ويمثل المتهمون أمام المحكمة في {day_ahead}، فيما لا يزال {any_few} آخرون متوارين عن الأنظار.
    """),
    flashes=copy("""
- وزارة الداخلية في {home}: ضبط {suspects} شخصًا ينتمون إلى شبكة متخصصة في {ring} في مدينة
  {town}.
    """),
    keywords=("الشرطة", "وزارة", "النيابة العامة"),
)


def _weather(cast: Cast) -> None:
    cast.fix(
        weather=cast.draw("أمطار غزيرة", "عاصفة رملية", "رياح شديدة", "موجة حر", "سيول جارفة"),
        forecaster=woman(cast, "خبيرة الأرصاد"),
        chief=man(cast, "مدير الدفاع المدني"),
        speed=str(whole(cast.rng, 45, 99)),
    )


WEATHER = Beat(
    topic="weather",
    name="storm (ar)",
    carriers=CARRIERS,
    facts=_weather,
    headlines=copy("""
- الأرصاد في {home} تحذر من {weather} حتى {tomorrow}
- {weather} في {town} والدفاع المدني ينقذ {any_tens} شخصًا
    """),
    leads=copy("""
- حذرت الأرصاد الجوية في {home} اليوم {today} من {weather} في {town} و{any_city}، داعية السكان
  إلى التزام منازلهم حتى يوم {tomorrow}.
- أنقذت فرق الدفاع المدني في {town} {any_tens} شخصًا اليوم {today} جراء {weather} شهدتها مناطق
  واسعة من {home}.
    """),
    details=copy("""
- وبلغت سرعة الرياح {speed} كيلومترًا في الساعة في مطار {town}، ما أدى إلى إلغاء {any_tens}
  رحلة.
- وانقطعت الكهرباء عن {any_thousands} ألف منزل مدة {any_few} ساعات، فيما أُرسلت {any_tens} فرقة
  لإصلاح الأعطال.
- وأُغلق الطريق بين {town} و{any_city} بعد تدني مدى الرؤية إلى {any_hundreds} متر.
- وتقرر تعليق الدراسة يوم {tomorrow} في {any_few} مناطق يدرس فيها {any_thousands} ألف طالب.
    """),
    quotes=copy("""
- وقالت {forecaster} إن الحالة «ستتحرك باتجاه {partner} بسرعة {speed} كيلومترًا في الساعة».
- وأفاد {chief} بأن غرفة العمليات تلقت {any_hundreds} بلاغ، منها {any_tens} بلاغًا من سائقين
  تجاوزوا الحواجز.
- وقال {resident} إن المياه ارتفعت {any_tens} سنتيمترًا داخل متجره في {any_city}.
    """),
    background=copy("""
- وكانت حالة مماثلة في عام {past_year} قد خلفت أضرارًا قدرت قيمتها بنحو {any_money}.
- وأنفقت السلطات في {home} {any_money} على شبكات تصريف المياه منذ عام {any_past_year}.
    """),
    outlook=copy("""
- وترفع لجنة مختصة تقريرها عن الأضرار في {town} بحلول {any_day_ahead}.
    """),
    flashes=copy("""
- الأرصاد الجوية في {home} تحذر من {weather} في {town} و{any_city} حتى يوم {tomorrow} وتدعو إلى
  الحذر.
    """),
    keywords=("الدفاع المدني", "الأرصاد"),
)


def _relief(cast: Cast) -> None:
    cast.keep_home_within(ARAB_GULF)
    cast.keep_partner_within(NEEDY_CODES)
    cast.fix(
        tonnes=str(whole(cast.rng, 11, 96)),
        families=str(whole(cast.rng, 11, 48)),
        head=man(cast, "المنسق الميداني"),
        doctor=foreigner(cast, "الطبيب"),
    )


RELIEF = Beat(
    topic="relief",
    name="convoy (ar)",
    carriers=CARRIERS,
    facts=_relief,
    headlines=copy("""
- وصول {tonnes} طنًا من المساعدات ال{home:f} إلى {partner_city}
- قافلة إغاثية {home:f} تصل إلى {partner_city} لمساعدة {families} ألف أسرة
    """),
    leads=copy("""
- وصلت إلى {partner_city} اليوم {today} قافلة إغاثية من {home} تحمل {tonnes} طنًا من المواد
  الغذائية والأدوية لتوزيعها على {families} ألف أسرة متضررة.
- سلّمت جمعية الهلال الأحمر ال{home:m} اليوم {today} {tonnes} طنًا من المساعدات إلى المتضررين في
  {partner_city}.
    """),
    details=copy("""
- وتضم المساعدات {any_hundreds} خيمة و{any_thousands} ألف بطانية، جهزها في {city} {any_hundreds}
  متطوع.
- وأقيمت عيادة ميدانية عالجت {any_hundreds} مريض خلال {any_few} أيام، كان الأطفال
  {any_big_percent} منهم.
- واستغرقت رحلة الشاحنات {any_few} أيام، وانتظرت {any_tens} ساعة عند آخر المعابر قبل
  {partner_city}.
- وبلغت تبرعات المواطنين في {home} لمصلحة {partner} حتى الآن {any_dollars}.
    """),
    quotes=copy("""
- وقال {head} إن الفريق «أفرغ {tonnes} طنًا يدويًا في {any_few} ساعات، والحاجة الآن إلى المضخات
  أكثر من الدقيق».
- وأوضح {doctor} أن العيادة تستقبل {any_tens} مريضًا يوميًا، يعود معظمهم إلى بيوتهم بعد تلقي
  العلاج.
    """),
    background=copy("""
- وأُرسل من {home} إلى {partner} منذ بداية العام {any_hundreds} طن من المساعدات بقيمة
  {any_dollars}.
- وتأسست الجمعية عام {any_old_year}، وتعمل في {any_tens} دولة.
    """),
    outlook=copy("""
- وتغادر {city} في {any_day_ahead} قافلة أخرى من {any_tens} شاحنة.
    """),
    flashes=copy("""
- وصول قافلة إغاثية من {home} تحمل {tonnes} طنًا من المساعدات إلى {partner_city} لمساعدة
  {families} ألف أسرة.
    """),
    keywords=("المساعدات", "الهلال الأحمر"),
)


def _find(cast: Cast) -> None:
    partner = partner_of(cast)
    cast.fix(
        find=cast.draw(
            "معصرة رومانية",
            "كنز من النقود الفضية",
            "أساسات منارة قديمة",
            "ورشة زجاج عباسية",
            "لوحة فسيفساء",
            "أسوار ميناء قديم",
        ),
        site=f"تل {cast.draw('هرمانة', 'زريق', 'أبو نصيب', 'سوانة', 'مرزوق')}",
        expert=man(cast, "عالم الآثار"),
        guest=woman(cast, f"الباحثة ال{partner.feminine}"),
        age=str(whole(cast.rng, 11, 39) * 100),
    )


FIND = Beat(
    topic="culture",
    name="find (ar)",
    carriers=CARRIERS,
    facts=_find,
    headlines=copy("""
- الكشف عن {find} في {site} قرب {town}
- بعثة {home:f} {partner:f} تكتشف {find} عمرها {age} عام
    """),
    leads=copy("""
- كشفت بعثة أثرية مشتركة من {home} و{partner} عن {find} في موقع {site} قرب {town}، بحسب ما
  أعلنته دائرة الآثار اليوم {today}.
- أعلنت دائرة الآثار في {home} اليوم {today} الكشف عن {find} يعود تاريخها إلى نحو {age} عام في
  {site}.
    """),
    details=copy("""
- وعُثر في الموقع على {any_hundreds} قطعة صغيرة، من بينها {any_tens} مصباحًا و{any_few} أختام.
- وشارك في أعمال التنقيب {any_tens} عاملًا وطالبًا على مدى {any_few} أسابيع بتمويل من مؤسسة في
  {third}.
- وحُدد عمر المكتشفات في مختبر في {partner_city} بنحو {age} عام مع هامش خطأ قدره {any_tens}
  عامًا.
    """),
    quotes=copy("""
- وقال {expert} إن «ما نقب منه في {site} حتى الآن لا يتجاوز {any_percent} من مساحته».
- وأضافت {guest} أن الكشف «يشبه ما عُثر عليه قرب {third:capital} عام {any_past_year}».
    """),
    background=copy("""
- وكان {site} قد مُسح للمرة الأولى عام {any_old_year}، وجرت فيه منذ ذلك الحين {any_tens} حفرية.
- وزار متحف {any_city} في عام {last_year} {any_thousands} ألف شخص، بزيادة {any_percent} عن العام
  السابق.
    """),
    outlook=copy("""
- وتُعرض القطع المكتشفة في متحف {any_city} اعتبارًا من {day_ahead}.
    """),
    flashes=copy("""
- دائرة الآثار في {home} تعلن الكشف عن {find} في موقع {site} قرب {town} على يد بعثة مشتركة مع
  {partner}.
    """),
    keywords=("المتحف", "الآثار"),
)
