"""Articles get their mentions, and the batch goes on whole."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tasks.core import workers
from tasks.core.annotations import Recognition
from tasks.core.errors import SettingsError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, EntityType, Mention, Part
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.entities.annotate import annotate_batch, published_day
from tasks.entities.figures import FigureKind
from tasks.entities.quantities import FIGURES_VERSION, ArticleFigure
from tasks.extract import annotate
from tests.quality.entities.articles import article

BODY = "🛢 Prime Minister Salim Al-Harmali met Dr. Dina Sarrouf in Kuwait City.\nHe left for Sana’a."
ARTICLE = article(title="Iraq and Iran open a ferry line", body=BODY)


@pytest.fixture
def read(tmp_path: Path) -> Path:
    folder = tmp_path / "read" / "batch-1"
    write_records(folder / "articles.parquet", [ARTICLE], Article)
    return folder


def mentions(folder: Path) -> list[Mention]:
    return read_records(folder / "mentions.parquet", Mention)


def test_a_batch_moves_on_with_its_mentions(read: Path, tmp_path: Path) -> None:
    staged = tmp_path / "staged" / "batch-1"

    count = annotate_batch(read, staged, "rules")

    assert not read.exists()
    assert read_records(staged / "articles.parquet", Article) == [ARTICLE]
    assert [(one.part, one.surface, one.type) for one in mentions(staged)] == [
        (Part.TITLE, "Iraq", EntityType.PLACE),
        (Part.TITLE, "Iran", EntityType.PLACE),
        (Part.BODY, "Salim Al-Harmali", EntityType.PERSON),
        (Part.BODY, "Dina Sarrouf", EntityType.PERSON),
        (Part.BODY, "Kuwait City", EntityType.PLACE),
        (Part.BODY, "Sana’a", EntityType.PLACE),
    ]
    assert count == 6


def test_offsets_count_code_points_of_the_stored_text(read: Path, tmp_path: Path) -> None:
    annotate_batch(read, tmp_path / "staged", "rules")

    for mention in mentions(tmp_path / "staged"):
        text = ARTICLE.title if mention.part is Part.TITLE else ARTICLE.body
        assert text[mention.start_char : mention.end_char] == mention.surface


def test_mentions_carry_the_digest_of_their_text_and_the_recogniser(
    read: Path, tmp_path: Path
) -> None:
    annotate_batch(read, tmp_path / "staged", "rules")

    found = mentions(tmp_path / "staged")
    assert {one.body_sha256 for one in found} == {ARTICLE.body_sha256}
    assert {one.recogniser.split("-")[0] for one in found} == {"rules"}


def test_a_batch_that_moved_on_is_left_as_it_is(read: Path, tmp_path: Path) -> None:
    annotate_batch(read, tmp_path / "staged", "rules")
    before = (tmp_path / "staged" / "mentions.parquet").read_bytes()

    assert annotate_batch(read, tmp_path / "staged", "rules") == 0
    assert (tmp_path / "staged" / "mentions.parquet").read_bytes() == before


def test_a_batch_without_articles_moves_on(tmp_path: Path) -> None:
    read = tmp_path / "read" / "batch-1"
    write_records(read / "articles.parquet", [], Article)

    assert annotate_batch(read, tmp_path / "staged", "rules") == 0
    assert mentions(tmp_path / "staged") == []


def test_an_unknown_recogniser_is_refused_and_the_batch_stays(read: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'oracle' is no recogniser"):
        annotate_batch(read, tmp_path / "staged", "oracle")

    assert read.exists()


def test_what_the_recogniser_does_not_read_has_no_mentions(read: Path, tmp_path: Path) -> None:
    write_records(read / "articles.parquet", [replace(ARTICLE, language="fr")], Article)

    annotate_batch(read, tmp_path / "staged", "rules")

    assert mentions(tmp_path / "staged") == []


def test_figures_are_found_and_what_found_them_is_told(read: Path, tmp_path: Path) -> None:
    body = "It paid KD 5 million (ADX: HLME), 2% more, on Monday in Doha, Qatar; 3 riyals."
    arabic = replace(ARTICLE, language="ar", body="بنسبة ٢٫٥ في المئة")
    french = replace(ARTICLE, language="fr", body="5 million dollars")
    stories = [replace(ARTICLE, body=body), arabic, french]
    write_records(read / "articles.parquet", stories, Article)

    annotate_batch(read, tmp_path / "staged", "rules")

    figures = read_records(tmp_path / "staged" / "figures.parquet", ArticleFigure)
    assert [(one.surface, one.kind, one.amount or one.symbol or one.day) for one in figures] == [
        ("KD 5 million", FigureKind.MONEY, 5e6),
        ("ADX: HLME", FigureKind.TICKER, "HLME"),
        ("2%", FigureKind.PERCENTAGE, 2),
        ("Monday", FigureKind.DATE, date(2025, 8, 11)),
        ("3 riyals", FigureKind.MONEY, 3),
        ("٢٫٥ في المئة", FigureKind.PERCENTAGE, 2.5),
    ]
    assert figures[4].currency == "QAR"  # the country it is about tells which riyals
    told = read_records(tmp_path / "staged" / "recognitions.parquet", Recognition)
    assert [(one.recogniser.split("-")[0], one.figures_version) for one in told] == [
        ("rules", FIGURES_VERSION),
        ("gazetteer", FIGURES_VERSION),
        ("none", 0),
    ]
    assert told[0].text_sha256 == sha256(f"{ARTICLE.title}\n{body}".encode()).hexdigest()


def test_no_recogniser_finds_nothing_and_says_so(read: Path, tmp_path: Path) -> None:
    assert annotate_batch(read, tmp_path / "staged", "none") == 0

    assert read_records(tmp_path / "staged" / "figures.parquet", ArticleFigure) == []
    (told,) = read_records(tmp_path / "staged" / "recognitions.parquet", Recognition)
    assert (told.recogniser, told.figures_version) == ("none", 0)


@pytest.mark.parametrize(
    ("witnesses", "day"),
    [
        ({"dateline_date": date(2025, 8, 11), "page_at": datetime(2025, 8, 12, tzinfo=UTC)}, 11),
        ({"page_at": datetime(2025, 8, 13, tzinfo=UTC)}, 13),
        ({"token_at": datetime(2025, 8, 14, 4, tzinfo=UTC)}, 14),
    ],
)
def test_a_story_has_the_day_of_its_best_witness(witnesses: dict[str, Any], day: int) -> None:
    assert published_day(replace(ARTICLE, **witnesses)) == date(2025, 8, day)


def test_an_undated_story_has_the_day_of_its_id() -> None:
    assert abs(published_day(ARTICLE) - date(2025, 8, 12)) < timedelta(days=3)


def test_arabic_articles_get_their_places(read: Path, tmp_path: Path) -> None:
    arabic = replace(ARTICLE, language="ar", title="زيارة", body="وصل الوزير إلى الكويت وبيروت.")
    write_records(read / "articles.parquet", [arabic], Article)

    annotate_batch(read, tmp_path / "staged", "rules")

    assert [(one.surface, one.name) for one in mentions(tmp_path / "staged")] == [
        ("الكويت", "Kuwait"),
        ("بيروت", "Beirut"),
    ]


def test_the_verb_works_in_a_worker_process_with_the_model(tmp_path: Path) -> None:
    run = Run(
        run_id="20250812T000000Z-000000",
        flow="ingest",
        started_at=datetime(2025, 8, 12, tzinfo=UTC),
        settings=Settings(data_dir=tmp_path),
    )
    folder = run.paths.read / "batch-1"
    write_records(folder / "articles.parquet", [ARTICLE], Article)

    with workers.open_workers(1, preload=["tasks.entities.annotate"]):
        staged = asyncio.run(annotate.fn(run, Batch(batch_id="batch-1", path=folder, count=1)))

    assert staged == Batch(batch_id="batch-1", path=run.paths.staged / "batch-1", count=1)
    found = mentions(staged.path)
    assert "Salim Al-Harmali" in {one.name for one in found}
    assert {one.recogniser.split("-")[0] for one in found} == {"builtin"}
