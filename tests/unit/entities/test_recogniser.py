"""Every recogniser keeps the contract, plug-ins included; rules replace a damaged model."""

import logging
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import spacy

from tasks.core.errors import OperatorError, SettingsError
from tasks.core.records import EntityType
from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.gliner_plugin import spans_of, windows
from tasks.entities.recogniser import Recogniser, choose_recogniser, usable_recogniser
from tasks.entities.tagger import DIGEST_FILE, MODEL_FILE, ModelError, Tagger
from tasks.entities.tokenizer import Span

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
PATTERNS = [
    {"label": "PERSON", "pattern": "Dina Sarrouf"},
    {"label": "ORG", "pattern": "Halmar Energy"},
    {"label": "GPE", "pattern": "Kuwait City"},
    {"label": "FAC", "pattern": "Al Zour Port"},
    {"label": "NORP", "pattern": "Green Sands Party"},
    {"label": "NORP", "pattern": "Kuwaiti"},
    {"label": "DATE", "pattern": "Monday"},
    {"label": "ORG", "pattern": [{"LOWER": "halmar"}, {"IS_SPACE": True}]},
]


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of spaCy's own that knows a few names; weights can't be had everywhere."""
    blank = spacy.blank("en")
    blank.add_pipe("entity_ruler").add_patterns(PATTERNS)  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("pipeline")
    blank.to_disk(folder)
    return folder


@pytest.fixture(params=["builtin", "rules", "spacy"])
def recogniser(request: pytest.FixtureRequest, pipeline: Path) -> Recogniser:
    name = f"spacy:{pipeline}" if request.param == "spacy" else request.param
    return choose_recogniser(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A" * 10_000,
        "🛢 Dr. Dina Sarrouf 𝒳 met Halmar Energy in Kuwait City.",
        "\u200bDina Sarrouf\u200b, Halmar\n\n",
        "DINA SARROUF IN DOHA",
        "e\u0301 Kuwait City \U0001f468\u200d\U0001f680",
        "Dina Sarrouf " * 500,
    ],
    ids=lambda text: text[:12] or "nothing",
)
def test_spans_are_in_range_sorted_and_do_not_overlap(recogniser: Recogniser, text: str) -> None:
    first, other, again = recogniser.recognise([text, "Kuwait City", text])

    assert first == again == sorted(first)
    assert [(one.start, one.end) for one in other] == [(0, 11)]
    assert "en" in recogniser.languages
    assert recogniser.version
    for before, after in pairwise(first):
        assert before.end <= after.start
    for span in first:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        assert span.type in EntityType


def test_spacys_labels_are_mapped_to_ours(pipeline: Path) -> None:
    text = "𝒳 Dina Sarrouf of the Green Sands Party, Kuwaiti, left Al Zour Port for Halmar Energy"

    (found,) = choose_recogniser(f"spacy:{pipeline}").recognise([text])

    assert [(text[one.start : one.end], one.type) for one in found] == [
        ("Dina Sarrouf", PERSON),
        ("Green Sands Party", ORGANISATION),
        ("Al Zour Port", PLACE),
        ("Halmar Energy", ORGANISATION),
    ]


def test_another_pipeline_has_another_version(pipeline: Path, tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)

    versions = {choose_recogniser(f"spacy:{path}").version for path in (pipeline, tmp_path)}

    assert len(versions) == 2


def test_a_missing_spacy_model_is_reported_with_its_remedy() -> None:
    with pytest.raises(OperatorError, match="spacy download no_such_model"):
        choose_recogniser("spacy:no_such_model")


def test_missing_gliner_is_reported_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="there is no such folder"):
        choose_recogniser(f"gliner:{tmp_path / 'nowhere'}")
    with pytest.raises(OperatorError, match=r"not installed .*\.\[gliner\]"):
        choose_recogniser(f"gliner:{tmp_path}")


@pytest.mark.parametrize("max_words", [1, 5, 50, 10_000])
def test_windows_hold_whole_sentences_and_all_of_the_text(max_words: int) -> None:
    text = "  𝒳 One two three. Four five!\nSix seven eight. " * 9

    pieces = list(windows(text, max_words))

    assert "".join(piece for _, piece in pieces).replace(" ", "").replace("\n", "") == "".join(
        text.split()
    )
    for start, piece in pieces:
        assert text[start : start + len(piece)] == piece
        assert len(piece.split()) <= max(max_words, 5)
    assert [start for start, _ in pieces] == sorted({start for start, _ in pieces})


def test_a_text_without_words_has_no_window() -> None:
    assert list(windows(" \n")) == []


def test_gliners_entities_are_counted_in_the_whole_text() -> None:
    entities = [
        {"start": 4, "end": 9, "label": "location", "score": 0.6},
        {"start": 0, "end": 9, "label": "organization", "score": 0.9},
        {"start": 12, "end": 15, "label": "person", "score": 0.7},
        {"start": 20, "end": 25, "label": "date", "score": 0.99},
    ]

    assert spans_of(entities, 100) == [Span(100, 109, ORGANISATION), Span(112, 115, PERSON)]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    packed = bytearray((FOLDER / MODEL_FILE).read_bytes())
    packed[1000] ^= 1
    (tmp_path / MODEL_FILE).write_bytes(packed)
    (tmp_path / DIGEST_FILE).write_bytes((FOLDER / DIGEST_FILE).read_bytes())
    return tmp_path


def test_a_damaged_model_is_reported_once_and_never_loaded(
    damaged: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert usable_recogniser("builtin", damaged) == "rules"
        assert usable_recogniser("builtin", damaged) == "rules"

    assert usable_recogniser("builtin") == "builtin"  # the shipped one
    (record,) = caplog.records
    assert "is damaged" in record.message
    assert "rules alone" in record.message
    with pytest.raises(ModelError, match="damaged"):
        Tagger(damaged, load_gazetteers())


def test_a_missing_model_is_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert usable_recogniser("builtin", tmp_path) == "rules"

    assert "can't be read" in caplog.text


def test_an_unknown_recogniser_is_refused() -> None:
    with pytest.raises(SettingsError, match="'oracle' is no recogniser"):
        choose_recogniser("oracle")


SCRIPT = """
import asyncio
from tasks.core import workers
from tests.unit.core import worker_functions

preload = ["tests.unit.core.worker_functions", "tasks.entities.preload"]
with workers.open_workers(2, preload=preload):
    print(asyncio.run(workers.run(worker_functions.recognisers_loaded, cpu_seconds=30)))
"""


def test_workers_are_forked_with_the_recogniser_loaded() -> None:
    script = [sys.executable, "-c", SCRIPT]

    done = subprocess.run(script, capture_output=True, text=True, timeout=120, check=True)

    assert done.stdout.strip() == "1"
