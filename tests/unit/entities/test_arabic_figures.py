"""Money, percentages and dates of Arabic copy, in digits of either kind."""

from datetime import date

import pytest

from tasks.entities.figures import FigureKind
from tasks.entities.quantities import find_figures
from tests.quality.entities.articles import article

WEDNESDAY = date(2025, 8, 13)


def found(text: str, *countries: str) -> list[tuple[object, ...]]:
    figures = find_figures(article(body=text, language="ar"), WEDNESDAY, countries)
    return [
        (one.surface, one.amount, one.currency)
        if one.kind is not FigureKind.DATE
        else (one.surface, one.day, one.precision)
        for one in figures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بنسبة ٢٫٥ في المئة", ("٢٫٥ في المئة", 2.5, None)),
        ("و12% من", ("12%", 12, None)),
        ("٧٪", ("٧٪", 7, None)),
        ("1,200.5 بالمئة", ("1,200.5 بالمئة", 1200.5, None)),
        ("بقيمة 3.5 ملايين دولار أميركي", ("3.5 ملايين دولار أميركي", 3.5e6, "USD")),
        ("٢٠ مليون دينار كويتي", ("٢٠ مليون دينار كويتي", 20e6, "KWD")),
        ("١٬٥٠٠ يورو", ("١٬٥٠٠ يورو", 1500, "EUR")),
        ("في 15 أغسطس 2025", ("15 أغسطس 2025", date(2025, 8, 15), "day")),
        ("٣ آب", ("٣ آب", date(2025, 8, 3), "day")),
        ("30 كانون الأول", ("30 كانون الأول", date(2025, 12, 30), "day")),
        ("في آذار 2024", ("آذار 2024", date(2024, 3, 1), "month")),
        ("منذ عام ٢٠١٩", ("٢٠١٩", date(2019, 1, 1), "year")),
        ("يوم الأحد", ("الأحد", date(2025, 8, 10), "day")),
    ],
)
def test_a_figure_is_read_with_its_value(text: str, expected: tuple[object, ...]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(("country", "currency"), [("KW", "KWD"), ("IQ", "IQD"), ("FR", None)])
def test_a_bare_unit_is_the_countrys(country: str, currency: str | None) -> None:
    assert found("20 مليون دينار", country) == [("20 مليون دينار", 20e6, currency)]


@pytest.mark.parametrize("text", ["", "31 شباط", "في المئة", "الأحد عشر", "120 كيلومترا", "2025"])
def test_what_is_no_figure(text: str) -> None:
    assert found(text) == []
