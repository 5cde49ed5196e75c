"""Sums of money and percentages are read with their values and currencies, and nothing else is."""

from decimal import Decimal

import pytest

from tasks.entities.figures.article_figures import find_figures
from tasks.entities.figures.money import find_amounts
from tasks.entities.figures.numbers import parse_number
from tests.quality.entities.articles import article
from tests.quality.entities.figure_gold import labels
from tests.unit.entities.figures.reading import WEDNESDAY, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$340 Million", "money 340000000 USD"),
        ("QAR 1.2 Bn", "money 1200000000 QAR"),
        ("AED1.5 billion-plus", "money 1500000000 AED"),
        ("$1.5B", "money 1500000000 USD"),
        ("$650M", "money 650000000 USD"),
        ("QR2.4Bn", "money 2400000000 QAR"),
        ("Rs2,500cr", "money 25000000000 INR"),
        ("$340 MILLION", "money 340000000 USD"),
        ("a $2-billion loan", "money 2000000000 USD"),
        ("USD5mln", "money 5000000 USD"),
        ("$1.2 trn", "money 1200000000000 USD"),
        ("$40k", "money 40000 USD"),
        ("1.2 m barrels worth $90 m", "money 90000000 USD"),
        ("€210m.", "money 210000000 EUR"),
        ("Dhs 5.4 bln", "money 5400000000 AED"),
        ("10 million US$", "money 10000000 USD"),
        ("5.5 million-dollar", "money 5500000 USD"),
        ("$500,000 CAD", "money 500000 CAD"),
        ("US $10 million", "money 10000000 USD"),
        ("¥500 billion", "money 500000000000 JPY"),
        ("HK$12", "money 12 HKD"),
        ("3.5 million €", "money 3500000 EUR"),
        ("euro 2.5 million", "money 2500000 EUR"),
    ],
)
def test_a_magnitude_counts_in_any_case(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs $.50 a cup.", "0.5 USD"), ("a fee of £.75", "0.75 GBP"), ("€.99", "0.99 EUR"),
        ("US$.25 per share", "0.25 USD"), ("$.005", "0.005 USD"), ("$.5 million", "500000 USD"),
        ("fell to $.08, it said", "0.08 USD"), ("between A$.50", "0.5 AUD"), ("C$.10", "0.1 CAD"),
        ("$.50-1.50", "0.5..1.5 USD"), ("JD 25", "25 JOD"), ("The ticket was JD 25.", "25 JOD"),
        ("a fine of JD 25 for each", "25 JOD"), ("JD25.5 million", "25500000 JOD"),
        ("Fares start at Dh25.", "25 AED"), ("Dh 25", "25 AED"), ("DH300 a night", "300 AED"),
        ("BD 3.500 per ton", "3.5 BHD"), ("BD25", "25 BHD"), ("from JD 5 to JD 9", "5..9 JOD"),
        ("at .50", None), ("room .50", None), ("v$.5x", None), ("rate of $.", None), ("$..50", None),
        ("JD Vance, 41", None), ("JD.com 25", None), ("version 2.50", None), ("AJD 25", None),
        ("BD25x", None), ("Rs.35 lakh crore", "35000000000000 INR"), ("Dhs.1,000", "1000 AED"),
        ("Rs.2.5cr", "25000000 INR"), ("QR.500", "500 QAR"), ("KD.5.5 million", "5500000 KWD"),
        ("$CAD 5 million", "5000000 CAD"), ("$AUD2.5bn", "2500000000 AUD"),
        ("Tk.300", "300 BDT"), ("KD.500", None), ("No.35 million", None), ("approx.5 million", None),
        ("EUR/USD 1.0850", None), ("1.0850 EUR/USD", None), ("USD-INR 84.2", None),
        ("72 USD/bbl", "72 USD"), ("150 AED/month", "150 AED"), ("R$ 3,5 bilhões", "3500000000 BRL"),
        ("US$ 5 mil millones", "5000000000 USD"), ("1.5 Milliarden Euro", "1500000000 EUR"),
    ],
)  # fmt: skip
def test_a_sum_without_whole_units_and_a_bare_code(text: str, expected: str | None) -> None:
    assert read(text) == ([f"money {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$10-15 million", ["money 10000000..15000000 USD"]),
        ("between $3 and $5 billion", ["money 3000000000..5000000000 USD"]),
        ("£4.5m–£5m", ["money 4500000..5000000 GBP"]),
        ("$10 million to $15 million", ["money 10000000..15000000 USD"]),
        ("10 to 15 million dirhams", ["money 10000000..15000000 AED"]),
        ("$50,000 to $1.5 million", ["money 50000..1500000 USD"]),
        ("between 3 and 5 percent", ["percentage 3..5"]),
        ("5-10 per cent", ["percentage 5..10"]),
        ("rose from $900 to $1.2 million", ["money 1200000 USD", "money 900 USD"]),
        ("rose from 3% to 5%", ["percentage 3", "percentage 5"]),
        ("fell 60 cents to $71.20", ["money 0.6 USD", "money 71.2 USD"]),
        ("$3 million and $5 million", ["money 3000000 USD", "money 5000000 USD"]),
        ("$3 and $5 billion", ["money 5000000000 USD"]),
        ("$12 billion, 5 million shares", ["money 12000000000 USD"]),
        ("Rs 5-10 crore", ["money 50000000..100000000 INR"]),
        ("USD 5bn - USD 7bn", ["money 5000000000..7000000000 USD"]),
        ("2 billion, 300 million dollars", ["money 300000000 USD"]),
        ("4 billion 500 million dollars", ["money 4500000000 USD"]),
        ("3 dollars 50 cents", ["money 3.5 USD"]),
        ("25 dirhams and 50 fils", ["money 25.5 AED"]),
        ("Rs 12 crore 50 lakh", ["money 125000000 INR"]),
        ("two million five hundred thousand dollars", ["money 2500000 USD"]),
        ("rate of 3.75 to 4 percent", ["percentage 3.75..4"]),
        ("4.25-4.5%", ["percentage 4.25..4.5"]),
        ("between 12.5 and 14 per cent", ["percentage 12.5..14"]),
        ("in 2024 to 5 percent", ["percentage 5"]),
        ("from 4.25 to 4 per cent", ["percentage 4", "percentage 4.25"]),
        ("10.5 and 11.5 per cent", ["percentage 10.5", "percentage 11.5"]),
        ("3 and 5 percent respectively", ["percentage 3", "percentage 5"]),
        ("in 2024 and 5 percent", ["percentage 5"]),
        ("$3 and $5 million respectively", ["money 3000000 USD", "money 5000000 USD"]),
        ("$10 million to $5 million", ["money 10000000 USD", "money 5000000 USD"]),
        ("twelve point five percent", []),
        ("a rate of .25%", ["percentage 0.25"]),
        ("v1.25%", []),
        ("a 15-20 pc rise", ["percentage 15..20"]),
        ("a 12.5 pc tariff", ["percentage 12.5"]),
        ("Rs.500-600 crore", ["money 5000000000..6000000000 INR"]),
    ],
)
def test_ranges_and_compounds(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,200,000", "1200000"), ("1.500.000", "1500000"), ("1.500,25", "1500.25"),
        ("1,234.5", "1234.5"), ("10,00,000", "1000000"), ("1,5", "1.5"), ("3,50", "3.50"),
        ("0,305", "0.305"), ("0.305", "0.305"), ("1'200'000", "1200000"), ("٣٫٥", "3.5"),
        ("١٬٥٠٠", "1500"), ("1 200 000", "1200000"), ("1 200 000.50", "1200000.50"),
        ("19.01.2026", None), ("10.4.2", None), ("1,23,4", None), ("1,234,56", None),
    ],
)  # fmt: skip
def test_a_number_with_any_grouping(printed: str, value: str | None) -> None:
    assert parse_number(printed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 200 000 manats", ["money 1200000 AZN"]),
        ("spent 51 500 dollars", ["money 51500 USD"]),
        ("on May 5 300 dollars went", ["date 2025-05-05 day"]),
        ("Rs 2.5 lakh crore", ["money 2500000000000 INR"]),
        ("USD 400 mio", ["money 400000000 USD"]),
        ("$2.5mm", ["money 2500000 USD"]),
        ("58.2 billion U.S. dollars", ["money 58200000000 USD"]),
        ("two million dollars", ["money 2000000 USD"]),
        ("KD-five-million", ["money 5000000 KWD"]),
        ("half a billion euros", ["money 500000000 EUR"]),
        ("seven hundred thousand dirhams", ["money 700000 AED"]),
        ("two and a half billion dollars", ["money 2500000000 USD"]),
        ("12 pounds sterling", ["money 12 GBP"]),
        ("2.14 US cents", ["money 0.0214 USD"]),
        ("50 pence", ["money 0.5 GBP"]),
        ("a few million dollars", []),
        ("hundreds of millions of dollars", []),
        ("a million-dollar question", []),
        ("several hundred million dollars", []),
    ],
)
def test_numbers_in_words_and_other_magnitudes(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("KD 0.305", "0.305"), ("$0.0045", "0.0045"), ("1.0875 dollars", "1.0875"),
        ("OMR 0.0125", "0.0125"), ("KD 12.500", "12.5"), ("€12.500", None), ("$1.075", "1.075"),
        ("€500.000", None), ("EUR 500.000,50", "500000.5"), ("$12.500 billion", "12500000000"),
        ("12.500 euros", None), ("1.5 Mrd euros", "1500000000"), ("$0.000001", "0.000001"), ("$0.0000001", None),
        ("$9999999999999999999999", "9999999999999999999999"),
        ("$10000000000000000000000", None),
    ],
)  # fmt: skip
def test_an_amount_is_stored_as_printed_or_not_at_all(text: str, amount: str | None) -> None:
    found = find_figures(article(body=text), WEDNESDAY, ())

    assert [one.amount for one in found] == ([] if amount is None else [Decimal(amount)])


@pytest.mark.parametrize(
    "text",
    [
        "12 real estate companies", "40 million real estate units", "15 won medals",
        "9 won by 2", "weighing 500 pounds", "a 250-pound bomb", "lost 20 pounds",
        "5 million pounds of cherries", "hosts of the 2024 Euro", "20 euro zone members",
        "Euro 2024", "12 Euro qualifiers", "voter ID 2,345,678", "in 5 id cards", "rapper 50 Cent",
        "Room RM 12", "road SR 520", "flight TL 305", "the 3 try again", "TOP 10 MILLION VIEWERS",
        "B2B", "F-16 dollars", "KD", "$TSLA", "ID 5x", "two dollar-denominated bonds",
        "85 fils", "1.2 million barrels", "Section R 500", "200 PC games", "a 120 pp report",
        "5 percenters", "100 marks", "12 sol", "5 real terms",
    ],
)  # fmt: skip
def test_what_is_no_sum(text: str) -> None:
    assert list(find_amounts(text, "en", ())) == []


@pytest.mark.parametrize(
    ("text", "countries", "currency"),
    [
        ("300 pounds", "EG", "EGP"), ("300 pounds", "SD", "SDG"), ("paid 300 pounds", "", "GBP"),
        ("5 dinars", "KW", "KWD"), ("5 dinars", "JO", "JOD"), ("5 dinars", "FR IQ", "IQD"),
        ("5 dinars", "", "?"), ("5 riyals", "QA", "QAR"), ("5 rials", "OM", "OMR"),
        ("5 riyals", "IR", "IRR"), ("5 riyals", "SA QA", "SAR"), ("5 dirhams", "MA", "MAD"),
        ("5 dirhams", "", "AED"), ("5 liras", "LB", "LBP"), ("5 liras", "SY", "SYP"),
        ("5 liras", "", "TRY"), ("5 dollars", "AU", "AUD"), ("5 dollars", "KW AU", "USD"),
        ("Rs 5", "PK", "PKR"), ("Rs 5", "", "INR"), ("5 million won", "", "KRW"),
        ("34 cents", "IT", "EUR"), ("34 cents", "", "?"), ("34 cents of a dollar", "IT", "USD"),
        ("5 million reais", "", "BRL"), ("5 real", "BR", "BRL"), ("RM 500", "MY", "MYR"),
        ("SR 200 fine", "", "SAR"), ("MAD 500", "MA", "MAD"), ("5 Kuwaiti dinars", "IQ", "KWD"),
        ("5 Norwegian kroner", "", "NOK"), ("5 million manats", "TM", "TMT"),
    ],
)  # fmt: skip
def test_a_bare_unit_is_the_country_s(text: str, countries: str, currency: str) -> None:
    figures = find_figures(article(body=text), WEDNESDAY, countries.split())

    assert [one.split()[-1] for one in labels(figures)] == [currency]


def test_cents_next_to_dollars_are_theirs_in_every_country() -> None:
    text = "The price in Trieste rose by 34 cents to $73.05 a barrel."
    figures = find_figures(article(body=text), WEDNESDAY, ["IT", "AZ"])

    assert labels(figures) == ["money 0.34 USD", "money 73.05 USD"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("rose 2.4%", "2.4"), ("14 per cent", "14"), ("12.8 percent", "12.8"), ("%12", "12"),
        ("25 basis points", "0.25"), ("50bps", "0.5"), ("up 5pc at noon", "5"), ("2.5 pp", "2.5"),
        ("0.5 percentage points", "0.5"), ("a 5-percent cut", "5"), ("110 pct", "110"),
        ("5 PER CENT", "5"), ("twenty per cent", "20"), ("1,9 %", "1.9"),
    ],
)  # fmt: skip
def test_percentages_are_in_points(text: str, amount: str) -> None:
    assert read(text) == [f"percentage {amount}"]
