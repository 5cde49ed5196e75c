"""Money, percentages, tickers and dates are read with their values."""

from datetime import date

import pytest

from tasks.entities.dates import find_dates
from tasks.entities.figures import FigureKind, Precision
from tasks.entities.money import find_money
from tasks.entities.quantities import find_figures
from tests.quality.entities.articles import article

WEDNESDAY = date(2025, 8, 13)


@pytest.mark.parametrize(
    ("text", "surface", "amount", "currency"),
    [
        ("won a $340 million deal", "$340 million", 340e6, "USD"),
        ("US$1.2bn", "US$1.2bn", 1.2e9, "USD"),
        ("for KD 84 mln.", "KD 84 mln", 84e6, "KWD"),
        ("SAR 1.7 trillion", "SAR 1.7 trillion", 1.7e12, "SAR"),
        ("QR242.5m more", "QR242.5m", 242.5e6, "QAR"),
        ("at Rs 1,210 crore", "Rs 1,210 crore", 12.1e9, "INR"),
        ("1.2 billion kroner", "1.2 billion kroner", 1.2e9, None),
        ("1.2 billion Norwegian kroner", "1.2 billion Norwegian kroner", 1.2e9, "NOK"),
        ("500 million Kuwaiti dinars", "500 million Kuwaiti dinars", 500e6, "KWD"),
        ("3,750.25 dirhams", "3,750.25 dirhams", 3750.25, "AED"),
        ("48 million OMR", "48 million OMR", 48e6, "OMR"),
        ("fell 60 cents", "60 cents", 0.6, None),
        ("€210m", "€210m", 210e6, "EUR"),
    ],
)
def test_money(text: str, surface: str, amount: float, currency: str | None) -> None:
    (found,) = find_money(text, ())

    assert (text[found.start_char : found.end_char], found.currency) == (surface, currency)
    assert found.amount == pytest.approx(amount)


@pytest.mark.parametrize(
    ("countries", "currency"),
    [(["QA"], "QAR"), (["SA", "QA"], "SAR"), (["IQ", "QA"], "QAR"), ([], None), (["FR"], None)],
)
def test_a_bare_unit_is_the_countrys(countries: list[str], currency: str | None) -> None:
    (found,) = find_money("20 million riyals", countries)

    assert found.currency == currency


@pytest.mark.parametrize(
    "text", ["the 3 try again", "in 5 id cards", "B2B", "F-16", "2.4%", "KD", "$TSLA", "ID 5x"]
)
def test_what_is_no_money(text: str) -> None:
    assert list(find_money(text, ())) == []


@pytest.mark.parametrize(
    ("text", "surface", "day", "precision"),
    [
        ("on Monday", "Monday", date(2025, 8, 11), Precision.DAY),
        ("on Wednesday", "Wednesday", date(2025, 8, 13), Precision.DAY),
        ("next Sunday", "Sunday", date(2025, 8, 17), Precision.DAY),
        ("Oct 12", "Oct 12", date(2025, 10, 12), Precision.DAY),
        ("Jan 5", "Jan 5", date(2026, 1, 5), Precision.DAY),
        ("March 3, 2024", "March 3, 2024", date(2024, 3, 3), Precision.DAY),
        ("12 August 2025", "12 August 2025", date(2025, 8, 12), Precision.DAY),
        ("2025-08-12", "2025-08-12", date(2025, 8, 12), Precision.DAY),
        ("in March", "March", date(2025, 3, 1), Precision.MONTH),
        ("November 2026", "November 2026", date(2026, 11, 1), Precision.MONTH),
        ("Q2 2025", "Q2 2025", date(2025, 4, 1), Precision.QUARTER),
        ("the third quarter", "third quarter", date(2025, 7, 1), Precision.QUARTER),
        ("by the end of 2029", "2029", date(2029, 1, 1), Precision.YEAR),
        ("mid-2026", "2026", date(2026, 1, 1), Precision.YEAR),
    ],
)
def test_dates(text: str, surface: str, day: date, precision: Precision) -> None:
    found = min(find_dates(text, WEDNESDAY), key=lambda one: (one.start_char, -one.end_char))

    assert text[found.start_char : found.end_char] == surface
    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize(
    "text", ["Feb 30", "Aug 0", "0 May", "may go", "a march on", "in 2024 people", "at 10:30"]
)
def test_what_is_no_date(text: str) -> None:
    assert {one.precision for one in find_dates(text, WEDNESDAY)} <= {Precision.MONTH}


@pytest.mark.parametrize(("text", "days"), [("Dec 30", [date(2025, 12, 30)]), ("Feb 29", [])])
def test_a_day_without_a_year_is_the_nearest(text: str, days: list[date]) -> None:
    assert [one.day for one in find_dates(text, date(2026, 1, 2))] == days


def test_every_listing_of_a_bracket_is_a_ticker() -> None:
    body = "Halmar (ADX: HLME; NYSE American: XYZ) and $TSLA, 2222.SE (see: below)"

    found = find_figures(article(body=body), WEDNESDAY, ())

    assert [(one.exchange, one.symbol) for one in found] == [
        ("ADX", "HLME"), ("NYSE American", "XYZ"), (None, "TSLA"), ("TADAWUL", "2222"),
    ]  # fmt: skip
    assert {one.kind for one in found} == {FigureKind.TICKER}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("rose 2.4%", 2.4), ("14 per cent", 14), ("12.8 percent", 12.8), ("25 basis points", 0.25)],
)
def test_percentages_are_in_points(text: str, amount: float) -> None:
    (found,) = find_figures(article(body=text), WEDNESDAY, ())

    assert (found.kind, found.amount) == (FigureKind.PERCENTAGE, amount)


def test_a_title_s_figures_come_first() -> None:
    one = article(title="🛢 Up 3% to $71", body="𝒳 fell $2 on Monday; 5% more in 2024.")

    surfaces = [figure.surface for figure in find_figures(one, WEDNESDAY, ())]

    assert surfaces == ["3%", "$71", "$2", "Monday", "5%", "2024"]


def find_arabic(text: str, *countries: str) -> list[tuple[object, ...]]:
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
def test_an_arabic_figure(text: str, expected: tuple[object, ...]) -> None:
    assert find_arabic(text) == [expected]


@pytest.mark.parametrize(("country", "currency"), [("KW", "KWD"), ("IQ", "IQD"), ("FR", None)])
def test_a_bare_arabic_unit_is_the_countrys(country: str, currency: str | None) -> None:
    assert find_arabic("20 مليون دينار", country) == [("20 مليون دينار", 20e6, currency)]


@pytest.mark.parametrize("text", ["", "31 شباط", "في المئة", "الأحد عشر", "120 كيلومترا", "2025"])
def test_what_is_no_arabic_figure(text: str) -> None:
    assert find_arabic(text) == []
