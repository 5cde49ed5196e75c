"""Words are compared free of how they are printed, figures by their value."""

import pytest

from tasks.duplicates.normalise import normalise_tokens


@pytest.mark.parametrize(
    ("printed", "keys"),
    [
        ("1,200", ("#1200",)),
        ("1200.50", ("#1200.5",)),
        ("1.2 thousand", ("#1200",)),
        ("USD84.23US", ("usd", "#84.23", "us")),
        ("3bn", ("#3000000000",)),
        ("two hundred thousand", ("#200000",)),
        ("Twenty-five", ("#25",)),
        ("seven", ("#7",)),
        ("46th", ("#no.46",)),
        ("third", ("#no.3",)),
        ("May 1st", ("#may", "#1")),
        ("first of May", ("#no.1", "of", "#may")),
        ("Tue", ("#tuesday",)),
        ("they may march", ("they", "may", "march")),
        ("5%", ("#5", "percent")),
        ("5 per cent", ("#5", "percent")),
        ("٣٫٥ مليون", ("#3500000",)),
        ("١٬٢٠٠", ("#1200",)),
        ("ثلاثة", ("#3",)),
        ("الثانية", ("#no.2",)),
        ("أُوسْلو", ("اوسلو",)),
        ("said\u201cQuay\u201d", ("said", "quay")),
        ("", ()),
    ],
)
def test_a_word_or_figure_has_one_key(printed, keys):
    assert normalise_tokens(printed).keys == keys


def test_forms_join_to_the_text_without_blanks():
    assert "".join(normalise_tokens("within Twenty-five days").forms) == "withintwentyfivedays"


def test_names_have_a_capital_and_every_arabic_word_may_be_one():
    assert normalise_tokens("Hale spoke to فلم").names == (True, False, False, True)


@pytest.mark.parametrize(
    "dateline", ["PORT, Aug 15 (OSTA) -- ", "Velm, Aug 9 (OST) ", "VELM (OSTA) - "]
)
def test_an_agencys_dateline_is_left_out(dateline):
    assert normalise_tokens(dateline + "Rain fell.").keys == ("rain", "fell")


def test_a_bodys_letters_after_its_name_are_no_dateline():
    assert normalise_tokens("The Harbour Board (HB) met.").keys[:3] == ("the", "harbour", "board")


def test_a_figure_without_end_is_cut():
    assert len(normalise_tokens("9" * 100_000).keys[0]) < 30
