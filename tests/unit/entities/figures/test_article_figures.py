"""The figures of an article are in order, do not overlap, and name their range and company."""

from decimal import Decimal

from tasks.core.records import EntityType, Form, Mention, Part
from tasks.entities.figures.article_figures import find_figures
from tasks.entities.figures.patterns import FigureKind
from tests.quality.entities.articles import article
from tests.unit.entities.figures.reading import WEDNESDAY


def test_a_title_s_figures_come_first() -> None:
    one = article(title="🛢 Up 3% to $71", body="𝒳 fell $2 on Monday; 5% more in 2024.")

    surfaces = [figure.surface for figure in find_figures(one, WEDNESDAY, ())]

    assert surfaces == ["3%", "$71", "$2", "Monday", "5%", "2024"]


def test_the_ends_of_a_range_share_a_number_and_no_other_figures_do() -> None:
    one = article(title="$3-5 million", body="$3-5 million for 2020-2024, and $7.")

    figures = find_figures(one, WEDNESDAY, ())

    assert [figure.range_id for figure in figures] == [1, 1, 2, 2, 3, 3, None]
    assert [figure.amount for figure in figures[:2]] == [Decimal(3_000_000), Decimal(5_000_000)]


def test_a_ticker_has_its_company_among_the_mentions() -> None:
    one = article(body="Halmar (ADX: HLME; DFM: HLM) and $TSLA fell 2%.")
    halmar = Mention(
        article_id=one.article_id,
        body_sha256=one.body_sha256,
        entity_id="e1",
        type=EntityType.ORGANIZATION,
        name="Halmar",
        country_code=None,
        part=Part.BODY,
        start_char=0,
        end_char=6,
        sentence_number=1,
        surface="Halmar",
        recogniser="rules-1",
        form=Form.EXACT,
        role=None,
    )

    figures = find_figures(one, WEDNESDAY, (), [halmar])

    assert [(figure.kind, figure.symbol, figure.entity_id) for figure in figures] == [
        (FigureKind.TICKER, "HLME", "e1"),
        (FigureKind.TICKER, "HLM", "e1"),
        (FigureKind.TICKER, "TSLA", None),
        (FigureKind.PERCENTAGE, None, None),
    ]
