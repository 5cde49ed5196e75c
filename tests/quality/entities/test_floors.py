"""Recognition, figures and linking never fall below the recorded floors."""

import json
from pathlib import Path

import pytest

from tasks.entities.recogniser import BuiltinRecogniser, RulesRecogniser
from tests.quality.entities.across import linking_across
from tests.quality.entities.cases import judge_cases, judge_pairs, share_right
from tests.quality.entities.figure_gold import score_figures
from tests.quality.entities.generated import judge_names
from tests.quality.entities.measure import linking_within, names
from tests.quality.entities.quote_gold import score_quotes

pytestmark = pytest.mark.quality
FLOORS: dict[str, float] = json.loads(
    Path(__file__).with_name("floors.json").read_text(encoding="utf-8")
)


def test_names_on_both_halves_and_by_rules_alone() -> None:
    builtin = BuiltinRecogniser()
    scores = names(builtin, "locked")

    assert scores["all"].f1 >= FLOORS["names_locked_f1"]
    assert scores["organization"].f1 >= FLOORS["names_locked_organization_f1"]
    assert names(builtin, "open")["all"].f1 >= FLOORS["names_open_f1"]
    assert names(RulesRecogniser(), "locked")["all"].f1 >= FLOORS["names_locked_rules_alone_f1"]


def test_linking_within_articles() -> None:
    assert linking_within("locked").f1 >= FLOORS["linking_within_locked_b_cubed_f1"]


@pytest.mark.parametrize("pairs", ["pairs", "pairs_locked"])
def test_linking_across_articles(pairs: str) -> None:
    reached = linking_across(pairs)

    assert reached.precision >= FLOORS[f"linking_across_{pairs}_precision"]
    assert reached.recall >= FLOORS[f"linking_across_{pairs}_recall"]


@pytest.mark.parametrize("half", ["", "_locked"])
def test_hard_places_and_names(half: str) -> None:
    assert share_right(judge_cases(f"cases{half}")) >= FLOORS[f"cases{half}_right"]


@pytest.mark.parametrize("half", ["", "_locked"])
def test_fathers_are_not_joined_with_sons(half: str) -> None:
    assert share_right(judge_pairs(f"patronymics{half}")) >= FLOORS[f"patronymics{half}_right"]
    assert linking_across(f"patronymics{half}").precision >= FLOORS["patronymics_across_precision"]


def test_figures() -> None:
    reached = score_figures("figures_locked")

    assert reached.precision >= FLOORS["figures_locked_precision"]
    assert reached.recall >= FLOORS["figures_locked_recall"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_quotes(language: str) -> None:
    reached, wrong = score_quotes(language)

    assert reached.precision >= FLOORS[f"quotes_{language}_precision"], wrong
    assert reached.recall >= FLOORS[f"quotes_{language}_recall"], wrong


def test_names_of_generated_stories() -> None:
    found = judge_names(500)

    assert found.confused_share < FLOORS["names_generated_max_confused"], found.confused
    assert found.arabic_words_share < FLOORS["names_generated_max_arabic_words"], found.arabic_words
    assert not found.several_types
    assert not found.misplaced
