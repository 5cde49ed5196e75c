"""The selectors that the eras are written in."""

from datetime import date

import pytest
from lxml import html

from tasks.core.html import NOTHING, Selection, find_all, find_first, has_any
from tasks.pages.layouts import ASPNET, LAYOUTS, SPA, layouts_for

PAGE = html.document_fromstring(
    '<div id="a" class="x y"><p class="y">1</p></div><p class="yy">2</p><span id="b">3</span>'
)


def texts(*selectors):
    return [element.text_content() for element in find_all(PAGE, selectors)]


@pytest.mark.parametrize(
    ("selector", "found"),
    [("#b", ["3"]), ("p.y", ["1"]), (".y", ["1", "1"]), ("div#a", ["1"]), ("p", ["1", "2"])],
)
def test_a_selector_finds_by_tag_id_and_class(selector, found):
    assert texts(selector) == found
    assert has_any(PAGE, [selector])


def test_selectors_are_taken_in_the_order_of_trust():
    assert texts("span#b", "p.y") == ["3", "1"]
    first = find_first(PAGE, ["#none", "p.yy"])
    assert first is not None
    assert first.text == "2"


def test_what_is_not_there_is_not_found():
    assert texts("#none", "p.x") == []
    assert find_first(PAGE, ["#none"]) is None
    assert not has_any(PAGE, ["#none", "p.x"])


def test_a_selection_holds_elements_by_id_or_class():
    selection = Selection(["div#b", "p.y"])
    held = [element.tag for element in PAGE.iter() if selection.holds(element)]
    assert held == ["div", "p", "span"]
    assert not any(NOTHING.holds(element) for element in PAGE.iter())


@pytest.mark.parametrize("selector", ["", "a b", "a > b", "#a'"])
def test_other_forms_of_selectors_are_refused(selector):
    with pytest.raises(ValueError, match="is not a selector"):
        texts(selector)


def test_every_selector_of_every_era_can_be_used():
    for era in LAYOUTS:
        for selectors in (era.marks, era.container, era.title, era.time, era.byline, era.picture):
            assert find_first(PAGE, selectors) is None
        Selection(era.furniture)


def test_eras_of_the_day_come_first():
    assert layouts_for(date(2026, 1, 1))[0] is SPA
    assert layouts_for(date(2020, 1, 1))[0] is ASPNET
    assert sorted(era.name for era in layouts_for(date(1999, 1, 1))) == ["aspnet", "early", "spa"]
