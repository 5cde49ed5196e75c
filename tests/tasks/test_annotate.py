"""The annotate step gives an article its mentions and moves the batch on."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tasks.core import workers
from tasks.core.errors import SettingsError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, EntityType, Mention, Part
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.entities.annotate import Annotations, annotate, annotate_batch, published_day
from tasks.entities.figures.article_figures import FIGURES_VERSION
from tasks.entities.figures.patterns import FigureKind
from tasks.extract import annotate as annotate_task
from tests.quality.entities.articles import article

BODY = "🛢 Prime Minister Salim Al-Harmali met Dr. Dina Sarrouf in Kuwait City.\nHe left for Sana’a."
ARTICLE = article(title="Iraq and Iran open a ferry line", body=BODY)


def found(recogniser: str = "rules", **changes: Any) -> Annotations:
    return annotate([replace(ARTICLE, **changes)], recogniser)


def test_mentions_point_into_the_stored_text_and_name_their_recogniser() -> None:
    mentions = found().mentions
    assert [(one.part, one.surface, one.type) for one in mentions] == [
        (Part.TITLE, "Iraq", EntityType.PLACE),
        (Part.TITLE, "Iran", EntityType.PLACE),
        (Part.BODY, "Salim Al-Harmali", EntityType.PERSON),
        (Part.BODY, "Dina Sarrouf", EntityType.PERSON),
        (Part.BODY, "Kuwait City", EntityType.PLACE),
        (Part.BODY, "Sana’a", EntityType.PLACE),
    ]
    for mention in mentions:
        text = ARTICLE.title if mention.part is Part.TITLE else ARTICLE.body
        assert text[mention.start_char : mention.end_char] == mention.surface
        assert mention.body_sha256 == ARTICLE.body_sha256
        assert mention.recogniser.split("-")[0] == "rules"


@pytest.mark.parametrize(("recogniser", "language"), [("rules", "fr"), ("none", "en")])
def test_an_article_that_nothing_reads_has_only_a_stamp(recogniser: str, language: str) -> None:
    got = found(recogniser, language=language, body="5 million dollars")
    assert (got.mentions, got.contexts, got.figures) == ([], [], [])
    assert [(one.recogniser, one.figures_version) for one in got.stamps] == [("none", 0)]


def test_figures_are_found_and_stamped() -> None:
    body = "It paid KD 5 million (ADX: HLME), 2% more, on Monday in Doha, Qatar; 3 riyals."
    annotations = found(body=body)
    figures = annotations.figures
    assert [(one.surface, one.kind, one.amount or one.symbol or one.day) for one in figures] == [
        ("KD 5 million", FigureKind.MONEY, 5e6),
        ("ADX: HLME", FigureKind.TICKER, "HLME"),
        ("2%", FigureKind.PERCENTAGE, 2),
        ("Monday", FigureKind.DATE, date(2025, 8, 11)),
        ("3 riyals", FigureKind.MONEY, 3),
    ]
    assert figures[4].currency == "QAR"  # by the country that the story is about
    (stamp,) = annotations.stamps
    assert (stamp.recogniser.split("-")[0], stamp.figures_version) == ("rules", FIGURES_VERSION)
    assert stamp.text_sha256 == sha256(f"{ARTICLE.title}\n{body}".encode()).hexdigest()


def test_arabic_articles_get_their_places_and_figures() -> None:
    arabic = found(language="ar", title="زيارة", body="وصل إلى الكويت وبيروت بنسبة ٢٫٥ في المئة.")
    assert [(one.surface, one.name) for one in arabic.mentions] == [
        ("الكويت", "Kuwait"),
        ("بيروت", "Beirut"),
    ]
    assert [(one.surface, one.amount) for one in arabic.figures] == [
        ("٢٫٥ في المئة", Decimal("2.5"))
    ]
    (stamp,) = arabic.stamps
    assert (stamp.recogniser.split("-")[0], stamp.figures_version) == ("gazetteer", FIGURES_VERSION)


@pytest.fixture
def read(tmp_path: Path) -> Path:
    folder = tmp_path / "read" / "batch-1"
    write_records(folder / "articles.parquet", [ARTICLE], Article)
    return folder


def test_a_batch_moves_on_with_its_mentions_once(read: Path, tmp_path: Path) -> None:
    staged = tmp_path / "staged" / "batch-1"
    assert annotate_batch(read, staged, "rules") == 6
    assert not read.exists()
    assert read_records(staged / "articles.parquet", Article) == [ARTICLE]
    assert read_records(staged / "mentions.parquet", Mention) == found().mentions
    assert annotate_batch(read, staged, "rules") == 0
    assert read_records(staged / "mentions.parquet", Mention) == found().mentions


def test_a_batch_without_articles_moves_on(tmp_path: Path) -> None:
    read = tmp_path / "read" / "batch-1"
    write_records(read / "articles.parquet", [], Article)
    assert annotate_batch(read, tmp_path / "staged", "rules") == 0
    assert read_records(tmp_path / "staged" / "mentions.parquet", Mention) == []


def test_an_unknown_recogniser_is_refused_and_the_batch_stays(read: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'oracle' is no recogniser"):
        annotate_batch(read, tmp_path / "staged", "oracle")
    assert read.exists()


@pytest.mark.parametrize(
    ("candidates", "day"),
    [
        ({"dateline_date": date(2025, 8, 11), "page_at": datetime(2025, 8, 12, tzinfo=UTC)}, 11),
        ({"page_at": datetime(2025, 8, 13, tzinfo=UTC)}, 13),
        ({"token_at": datetime(2025, 8, 14, 4, tzinfo=UTC)}, 14),
    ],
)
def test_a_story_has_the_day_of_its_best_date_candidate(
    candidates: dict[str, Any], day: int
) -> None:
    assert published_day(replace(ARTICLE, **candidates)) == date(2025, 8, day)


def test_an_undated_story_has_the_day_of_its_id() -> None:
    assert abs(published_day(ARTICLE) - date(2025, 8, 12)) < timedelta(days=3)


def test_the_task_works_in_a_worker_process_with_the_model(tmp_path: Path) -> None:
    run = Run(
        run_id="20250812T000000Z-000000",
        flow="ingest",
        started_at=datetime(2025, 8, 12, tzinfo=UTC),
        settings=Settings(data_dir=tmp_path),
    )
    folder = run.paths.read / "batch-1"
    write_records(folder / "articles.parquet", [ARTICLE], Article)
    with workers.open_workers(1, preload=["tasks.entities.annotate"]):
        staged = asyncio.run(annotate_task.fn(run, Batch(batch_id="batch-1", path=folder, count=1)))
    assert staged == Batch(batch_id="batch-1", path=run.paths.staged / "batch-1", count=1)
    mentions = read_records(staged.path / "mentions.parquet", Mention)
    assert "Salim Al-Harmali" in {one.name for one in mentions}
    assert {one.recogniser.split("-")[0] for one in mentions} == {"builtin"}


@pytest.mark.parametrize(
    ("place", "text", "currency"),
    [
        ("CAIRO", "Bread from Kuwait and Iraq costs 300 pounds.", "EGP"),
        ("KUWAIT", "Aid to Iraq and Iraqi towns came to 1.2 billion dinars.", "KWD"),
        ("Muscat, Oman", "Saudi and Qatari firms paid 5 million rials.", "OMR"),
        ("RABAT", "The UAE and Dubai gave 2 million dirhams.", "MAD"),
        ("Atlantis Beach", "Firms of Qatar paid 5 riyals.", "QAR"),
        (None, "Firms of Qatar paid 5 riyals.", "QAR"),
    ],
)
def test_the_dateline_s_country_comes_before_the_story_s(
    place: str | None, text: str, currency: str
) -> None:
    figures = found(title="", body=text, dateline_place=place).figures
    assert [one.currency for one in figures] == [currency]


def test_a_ticker_names_its_company_and_no_exchange() -> None:
    annotations = found(title="", body="Halmar Energy PJSC (ADX: HLME) opened a yard.")
    assert [one.surface for one in annotations.mentions] == ["Halmar Energy PJSC"]
    assert annotations.figures[0].entity_id == annotations.mentions[0].entity_id
