"""The words that the site prints round every story, in English and in Arabic.

The English labels are those seen on the site's pages; the Arabic ones are invented, since no
Arabic page was seen. The disclaimer keeps only its first and last words; the rest is our own.
"""

from dataclasses import dataclass

STALE_CLOCK = "Tuesday, 02 January 2024 12:17 GMT"
"""The frozen literal that opens every page since 2025."""

PLACES_AND_DESKS = (
    ("US", "Americas"),
    ("Europe", "Europe"),
    ("Arab", "ArabWorld"),
    ("Asia", "Asia"),
    ("Africa", "Africa"),
)

COUNTRY_CODES = (
    "SA", "AE", "BH", "QA", "KW", "JO", "OM", "EG", "LB", "IQ", "PS", "SY", "TN", "DZ", "MA", "YE",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's words.

    Attributes:
        code: ISO 639-1 code.
        direction: `ltr` or `rtl`.
        site_name: what the window's title ends with.
        other_language: the link to the site's other language.
        regions: navigation, one entry a region.
        topics: navigation, one entry a topic.
        countries: names for the country menu, in the order of `COUNTRY_CODES`.
        disclaimer_title: heading of the disclaimer.
        disclaimer: its one paragraph.
        foot: the lines below a story.
        market_research: heading of that rail.
        most_popular: heading of that rail.
        more_stories: heading of that rail.
        newsletter: heading and choices of the newsletter block.
        shares: labels of the share links.
        reports: endings of invented market research headlines.
        sectors: what those reports are about.
        about: links of the foot.
    """

    code: str
    direction: str
    site_name: str
    other_language: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    disclaimer_title: str
    disclaimer: str
    foot: tuple[str, ...]
    market_research: str
    most_popular: str
    more_stories: str
    newsletter: tuple[str, ...]
    shares: tuple[str, ...]
    reports: tuple[str, ...]
    sectors: tuple[str, ...]
    about: tuple[str, ...]


ENGLISH = Wording(
    code="en",
    direction="ltr",
    site_name="MENAFN.COM",
    other_language="عربي",
    regions=tuple(name for name, _ in PLACES_AND_DESKS),
    topics=("Politics", "Economy", "Oil&Energy", "Entertainment", "Sport"),
    countries=(
        "Saudi Arabia", "UAE", "Bahrain", "Qatar", "Kuwait", "Jordan", "Oman", "Egypt",
        "Lebanon", "Iraq", "Palestine", "Syria", "Tunisia", "Algeria", "Morocco", "Yemen",
    ),
    disclaimer_title="Legal Disclaimer:",
    disclaimer=(
        "MENAFN provides the information on this page “as is” and promises nothing about it. We "
        "did not write it, and answer neither for its facts, pictures and films nor for the "
        "rights in them. Whoever wishes to complain about this story or claims a right in it may "
        "kindly contact the provider above."
    ),
    foot=("Tags", "Label", "Comments", "No comment", "Category", "Date", "Search"),
    market_research="Market Research",
    most_popular="Most popular stories",
    more_stories="More Stories",
    newsletter=("Newsletter", "Daily(English)", "Daily(Arabic)", "All()", "Subscribe"),
    shares=("Share on Facebook", "Tweet on Twitter"),
    reports=(
        "Market Size, Share And Trends To 2034 With Company Profiles",
        "Industry Outlook 2026-2035: Drivers, Limits And Regional Split",
        "Market To Pass USD 4.1 Billion By 2033, Analysts Say",
        "Demand Report: Growth Rate, Segments And Leading Vendors",
        "Market Forecast To 2032 By Product, Channel And Region",
    ),
    sectors=(
        "Cold Chain Packaging", "Dental Imaging", "Smart Irrigation", "Frozen Bakery",
        "Marine Coatings", "Hospital Linen", "Tower Crane Rental", "Date Syrup", "Fleet Telematics",
        "Ceramic Filter", "Camel Milk Powder", "Rooftop Solar Mounting", "School Bus Leasing",
        "Airport Baggage Handling", "Optical Cable", "Pump And Valve", "Desalination Membrane",
    ),
    about=(
        "About us", "Advertise", "Careers", "Contact us", "Feedback", "Help", "Privacy statement",
        "Terms of use", "Site map", "Press releases", "Calendar", "Events", "Portfolio", "Currency",
        "Equities", "Funds", "Commodities", "Companies", "Research", "Analysts", "Archive",
    ),
)  # fmt: skip

ARABIC = Wording(
    code="ar",
    direction="rtl",
    site_name="ميناوفن",
    other_language="English",
    regions=("أمريكا", "أوروبا", "العالم العربي", "آسيا", "أفريقيا"),
    topics=("سياسة", "اقتصاد", "نفط وطاقة", "ترفيه", "رياضة"),
    countries=(
        "السعودية", "الإمارات", "البحرين", "قطر", "الكويت", "الأردن", "عمان", "مصر",
        "لبنان", "العراق", "فلسطين", "سوريا", "تونس", "الجزائر", "المغرب", "اليمن",
    ),
    disclaimer_title="إخلاء المسؤولية القانونية:",
    disclaimer=(
        "تقدم مينافن المعلومات الواردة في هذه الصفحة كما وردت إليها ولا تضمن شيئا منها، وهي غير "
        "مسؤولة عن محتواها ولا عن صورها أو حقوقها. لأي شكوى أو مطالبة بحق في هذا الخبر يرجى "
        "التواصل مع المزود المذكور أعلاه."
    ),
    foot=("الوسوم", "Label", "تعليقات", "لا توجد تعليقات", "التصنيف", "التاريخ", "بحث"),
    market_research="أبحاث السوق",
    most_popular="الأكثر قراءة",
    more_stories="المزيد من الأخبار",
    newsletter=("النشرة البريدية", "يومية(إنجليزي)", "يومية(عربي)", "الكل()", "اشترك"),
    shares=("شارك على فيسبوك", "غرد على تويتر"),
    reports=(
        "تقرير عن حجم السوق وتوقعات النمو حتى 2034",
        "دراسة جديدة عن الطلب والموردين في المنطقة",
        "نظرة على القطاع حتى 2032 بحسب المنتج والمنطقة",
    ),
    sectors=(
        "تغليف الأغذية المبردة", "الري الذكي", "الطلاءات البحرية", "مسحوق حليب النوق",
        "تأجير الرافعات", "ألواح الطاقة الشمسية", "أغشية التحلية", "الكابلات الضوئية",
        "دبس التمر", "المضخات والصمامات", "تأجير الحافلات المدرسية", "المخابز المجمدة",
    ),
    about=(
        "من نحن", "أعلن معنا", "وظائف", "اتصل بنا", "مساعدة", "بيان الخصوصية", "شروط الاستخدام",
        "خريطة الموقع", "بيانات صحفية", "فعاليات", "عملات", "أسهم", "سلع", "شركات", "أرشيف",
    ),
)  # fmt: skip


def wording_of(language: str) -> Wording:
    """The words round a story in a language; every other language gets the English ones."""
    return ARABIC if language == "ar" else ENGLISH
