"""The likeness of two texts."""

import pytest

from tests.quality.words import NOTHING, compare, words

STORY = "The ferry left at nine.\nIt came back at noon with forty sheep on board."


def test_a_lone_dash_or_the_rule_of_a_table_is_no_word():
    assert words("North | 14 -- 3.5 —") == ["North", "14", "3.5"]


def test_the_same_text_is_wholly_alike():
    likeness = compare(STORY, STORY)

    assert (likeness.precision, likeness.recall, likeness.f1) == (1.0, 1.0, 1.0)
    assert likeness.foreign_lines == ()


def test_a_lost_line_costs_recall_and_not_precision():
    likeness = compare("The ferry left at nine.", STORY)

    assert likeness.precision == 1.0
    assert likeness.recall == 5 / 15


def test_an_added_line_costs_precision_and_is_foreign():
    likeness = compare(f"{STORY}\nSubscribe to our newsletter", STORY)

    assert likeness.recall == 1.0
    assert likeness.precision == 15 / 19
    assert likeness.foreign_lines == ("Subscribe to our newsletter",)


def test_a_paragraph_printed_twice_is_foreign_the_second_time():
    likeness = compare(f"The ferry left at nine.\n{STORY}", STORY)

    assert likeness.foreign_lines == ("The ferry left at nine.",)


def test_a_disclaimer_glued_to_a_paragraph_makes_the_line_foreign():
    glued = f"{STORY} We take no responsibility for this."

    assert len(compare(glued, STORY).foreign_lines) == 1


def test_two_initials_glued_to_a_paragraph_cost_precision_only():
    likeness = compare(f"{STORY} tam.rk", STORY)

    assert likeness.foreign_lines == ()
    assert likeness.precision < 1.0


def test_two_words_glued_together_are_another_word():
    assert compare("The ferryleft at nine.", "The ferry left at nine.").recall == pytest.approx(0.6)


def test_nothing_found_scores_nothing():
    assert compare("", STORY).f1 == NOTHING.f1 == 0.0
