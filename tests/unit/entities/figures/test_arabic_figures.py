"""Arabic sums, percentages and dates are read by the same grammar as English ones."""

import pytest

from tasks.entities.figures.article_figures import find_figures
from tests.quality.entities.articles import article
from tests.quality.entities.figure_gold import labels
from tests.unit.entities.figures.reading import WEDNESDAY, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 مليوناً و300 ألف دينار كويتي", ["money 25300000 KWD"]),
        ("4 مليارات و500 مليون دولار", ["money 4500000000 USD"]),
        ("3,5 مليون دولار", ["money 3500000 USD"]),
        ("بقيمة 3.5 ملايين دولار أميركي", ["money 3500000 USD"]),
        ("٢٠ مليون دينار كويتي", ["money 20000000 KWD"]),
        ("١٬٥٠٠ يورو", ["money 1500 EUR"]),
        ("2.5 مليون د.ك", ["money 2500000 KWD"]),
        ("1,500 ر.ق في السنة", ["money 1500 QAR"]),
        (
            "نحو 5ر6 مليون دينار كويتي (نحو 2ر21 مليون دولار)",
            ["money 21200000 USD", "money 6500000 KWD"],
        ),
        ("ليبلغ 40ر84 دولار", ["money 84.4 USD"]),
        ("يساوي 708ر0 دينار أردني", ["money 0.708 JOD"]),
        ("بنسبة ٨٢ر٠ بالمئة", ["percentage 0.82"]),
        ("بين 5ر2 و3 في المئة", ["percentage 2.5..3"]),
        ("ارتفع 7ر2 نقطة", []),
        ("بانخفاض نسبته 53ر.%", []),
        ("خمسة ملايين دولار", ["money 5000000 USD"]),
        ("خمسة وعشرون مليون دولار", ["money 25000000 USD"]),
        ("ثلاثمئة ألف يورو", ["money 300000 EUR"]),
        ("مليوني دولار", ["money 2000000 USD"]),
        ("ملياري دولار", ["money 2000000000 USD"]),
        ("مليون دولار", ["money 1000000 USD"]),
        ("نصف مليار دولار", ["money 500000000 USD"]),
        ("مليار ونصف المليار دولار", ["money 1500000000 USD"]),
        ("ألف مليار دولار", ["money 1000000000000 USD"]),
        ("وبـ500 دولار", ["money 500 USD"]),
        ("35 جنيهاً مصرياً", ["money 35 EGP"]),
        ("40 ليرة تركية", ["money 40 TRY"]),
        ("100 جنيه إسترليني", ["money 100 GBP"]),
        ("بين 3 و5 مليارات دولار", ["money 3000000000..5000000000 USD"]),
        ("من 10 إلى 15 مليون درهم إماراتي", ["money 10000000..15000000 AED"]),
        ("10-15 مليون ريال سعودي", ["money 10000000..15000000 SAR"]),
        ("بنسبة ٢٫٥ في المئة", ["percentage 2.5"]),
        ("و12% من", ["percentage 12"]),
        ("%12", ["percentage 12"]),
        ("٧٪", ["percentage 7"]),
        ("1,9 بالمئة", ["percentage 1.9"]),
        ("1,200.5 بالمئة", ["percentage 1200.5"]),
        ("خمسة في المئة", ["percentage 5"]),
        ("25 نقطة أساس", ["percentage 0.25"]),
    ],
)
def test_an_arabic_amount(text: str, expected: list[str]) -> None:
    assert read(text, "ar") == expected


@pytest.mark.parametrize(
    ("text", "countries", "currency"),
    [
        ("5 دنانير", "KW", "KWD"), ("5 دنانير", "IQ", "IQD"), ("5 دنانير", "FR", "?"),
        ("20 مليون درهم", "MA", "MAD"), ("20 درهما", "AE", "AED"), ("20 درهما", "", "?"),
        ("5 جنيهات", "EG", "EGP"), ("5 جنيهات", "GB", "?"), ("5 ريالات", "OM", "OMR"),
        ("5 دولارات", "AU", "USD"), ("5 ليرات", "LB", "LBP"), ("305 فلوس", "KW", "KWD"),
    ],
)  # fmt: skip
def test_a_bare_arabic_unit_is_the_country_s(text: str, countries: str, currency: str) -> None:
    one = article(body=text, language="ar")

    (label,) = labels(find_figures(one, WEDNESDAY, countries.split()))

    assert label.split()[-1] == currency


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يبدأ يوم الأحد المقبل", "2025-08-17 day"), ("عاد يوم السبت الماضي", "2025-08-09 day"),
        ("سيبدأ العمل يوم الاثنين", "2025-08-18 day"), ("حتى يوم الخميس", "2025-08-14 day"),
        ("من المقرر أن يصل يوم الجمعة", "2025-08-15 day"), ("غادر السفير يوم الأحد", "2025-08-10 day"),
        ("يوم الأحد", "2025-08-10 day"), ("قال يوم الاثنين", "2025-08-11 day"),
        ("أمس الثلاثاء", "2025-08-12 day"), ("غداً الخميس", "2025-08-14 day"),
        ("قال أمس", "2025-08-12 day"), ("اليوم الأربعاء", "2025-08-13 day"),
        ("يوم الخميس الموافق 14 أغسطس", "2025-08-14 day"), ("منذ أكتوبر", "2024-10-01 month"),
        ("في مارس المقبل", "2026-03-01 month"), ("مارس الماضي", "2025-03-01 month"),
        ("في 15 أغسطس 2025", "2025-08-15 day"), ("٣ آب", "2025-08-03 day"),
        ("30 كانون الأول", "2025-12-30 day"), ("في آذار 2024", "2024-03-01 month"),
        ("منذ عام ٢٠١٩", "2019-01-01 year"), ("من 5 إلى 7 مارس", "2025-03-05..2025-03-07 day"),
        ("بين يناير ومارس 2025", "2025-01-01..2025-03-01 month"),
        ("بين عامي 2018 و2022", "2018-01-01..2022-01-01 year"),
        ("من 2020 إلى 2024", "2020-01-01..2024-01-01 year"),
        ("في الربع الثالث من عام 2024", "2024-07-01 quarter"),
        ("خلال الربع الأول من العام المقبل", "2026-01-01 quarter"),
        ("النصف الأول من 2026", "2026-01-01 half"), ("بتاريخ 2025-09-11", "2025-09-11 day"),
        ("١٩/١/٢٠٢٦", "2026-01-19 day"), ("5/9/2025", "2025-09-05 day"),
    ],
)  # fmt: skip
def test_an_arabic_date(text: str, expected: str) -> None:
    assert read(text, "ar") == [f"date {expected}"]


@pytest.mark.parametrize(
    "text",
    [
        "", "31 شباط", "في المئة", "الأحد عشر", "120 كيلومترا", "2025", "ملايين الدولارات",
        "حضر ألف متسابق", "عدة ملايين دولار", "الربع الثالث على التوالي", "النصف الأول من المباراة",
        "منذ 2000 طن", "أمس الاثنين الجمعة"[:0], "15 سيارة يوم العيد", "مارس الرياضة",
    ],
)  # fmt: skip
def test_what_is_no_arabic_figure(text: str) -> None:
    assert read(text, "ar") == []
