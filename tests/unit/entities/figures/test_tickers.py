"""Tickers have the code of a known exchange, and belong to the company before them."""

import pytest

from tasks.core.records import EntityType
from tasks.entities.figures.tickers import drop_exchanges, find_company
from tests.quality.entities.articles import mark_names, surfaces
from tests.unit.entities.figures.reading import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halmar (ADX: HLME) rose", ["ADX HLME"]),
        ("(NYSE: ABC and TSX: DEF)", ["NYSE ABC", "TSX DEF"]),
        ("(ADX: HLME; NYSE American: XYZ)", ["ADX HLME", "NYSE American XYZ"]),
        ("(Nasdaq: SLMR)", ["Nasdaq SLMR"]),
        ("(NYSE/TSX: ABC)", ["NYSE ABC", "TSX ABC"]),
        ("(NYSE: ABC, NYSE: ABC.A)", ["NYSE ABC", "NYSE ABC.A"]),
        ("(TSX-V: ABC) (OTCQB: ABCF)", ["OTCQB ABCF", "TSX-V ABC"]),
        ("[Tadawul: 2222]", ["Tadawul 2222"]),
        ("(“Halmar” or the “Company”) (LSE:HLM)", ["LSE HLM"]),
        ("$TSLA, 2222.SE", ["- TSLA", "TADAWUL 2222"]),
        ("EMAR.DU fell", ["DFM EMAR"]),
        ("shares of Halmar (HLME.AD)", ["ADX HLME"]),
    ],
)
def test_a_ticker(text: str, expected: list[str]) -> None:
    assert read(text) == [f"ticker {one}" for one in expected]


@pytest.mark.parametrize(
    "text",
    [
        "(Photo: AFP)", "(Source: QNA)", "(Tel: 22412345)", "(Iran: IRNA)", "(Age: 45)",
        "(Score: 3)", "visit VISIT.QA", "on STAY.QA", "(Video: KUNA)", "(Report: A)",
        "(ADX: down 2%)", "(see: below)", "(ADX: 2.4)", "ADX: HLME", "mail INFO@SHOP.QA",
        "WWW.SHOP.QA", "(visit SHOP.QA)", "$5", "US$AB", "(USD: SAR)", "(Via: WAM)",
    ],
)  # fmt: skip
def test_what_is_no_ticker(text: str) -> None:
    assert [one for one in read(text) if one.startswith("ticker")] == []


def test_a_ticker_s_exchange_is_no_mention() -> None:
    text = "Halmar (ADX: HLME) is listed on the ADX."
    spans = mark_names(
        text, *(("Halmar", EntityType.ORGANIZATION), *[("ADX", EntityType.ORGANIZATION)] * 2)
    )

    assert surfaces(text, drop_exchanges(text, spans)) == [
        ("Halmar", EntityType.ORGANIZATION),
        ("ADX", EntityType.ORGANIZATION),
    ]
    assert drop_exchanges(text, spans)[1].start == text.rindex("ADX")


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Halmar (ADX: HLME)", "halmar"),
        ("Halmar, Inc. (ADX: HLME)", "halmar"),
        ("Halmar (“the Group”) (ADX: HLME)", "halmar"),
        ("“Halmar” (ADX: HLME)", "halmar"),
        ("Halmar (ADX: HLME; DFM: HLM)", "halmar"),
        ("Halmar said that another firm (ADX: HLME)", None),
        ("(ADX: HLME) Halmar", None),
        ("Halmar rose. It (ADX: HLME)", None),
    ],
)
def test_a_ticker_s_company_stands_right_before_it(text: str, company: str | None) -> None:
    start = text.index("Halmar")

    found = find_company(text, text.rindex("ADX"), [(start, start + 6, "halmar")])

    assert found == company
