"""A missing or damaged model is told once, and the rules stand in."""

import logging
from pathlib import Path

import pytest

from tasks.core.errors import SettingsError
from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.recogniser import choose_recogniser, usable_recogniser
from tasks.entities.tagger import DIGEST_FILE, MODEL_FILE, ModelError, Tagger


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    packed = bytearray((FOLDER / MODEL_FILE).read_bytes())
    packed[1000] ^= 1
    (tmp_path / MODEL_FILE).write_bytes(packed)
    (tmp_path / DIGEST_FILE).write_bytes((FOLDER / DIGEST_FILE).read_bytes())
    return tmp_path


def test_the_shipped_model_is_usable() -> None:
    assert usable_recogniser("builtin") == "builtin"


def test_a_damaged_model_is_told_once(damaged: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert usable_recogniser("builtin", damaged) == "rules"
        assert usable_recogniser("builtin", damaged) == "rules"

    (record,) = caplog.records
    assert "is damaged" in record.message
    assert "rules alone" in record.message


def test_a_missing_model_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert usable_recogniser("builtin", tmp_path) == "rules"

    assert "can't be read" in caplog.text


def test_a_damaged_model_is_never_loaded(damaged: Path) -> None:
    with pytest.raises(ModelError, match="damaged"):
        Tagger(damaged, load_gazetteers())


def test_an_unknown_recogniser_is_refused() -> None:
    with pytest.raises(SettingsError, match="'oracle' is no recogniser"):
        choose_recogniser("oracle")
