"""The selectors that page layouts are written in."""

from datetime import date

import pytest
from lxml import html

from tasks.core.html import NOTHING, Selection, find_all, find_on_page
from tasks.pages.layouts import LAYOUTS, layouts_for

PAGE = html.document_fromstring(
    '<div id="a" class="x y"><p class="y">1</p></div><p class="yy">2</p><span id="b">3</span>'
)


def texts(*selectors):
    return [element.text_content() for element in find_all(PAGE, selectors)]


@pytest.mark.parametrize(
    ("selectors", "found"),
    [
        (["#b"], ["3"]),
        (["p.y"], ["1"]),
        ([".y"], ["1", "1"]),
        (["div#a"], ["1"]),
        (["p"], ["1", "2"]),
        (["span#b", "p.y"], ["3", "1"]),
        (["#none", "p.yy"], ["2"]),
        (["#none", "p.x", "p#a"], []),
    ],
)
def test_selectors_find_by_tag_id_and_class_in_their_order(selectors, found):
    assert texts(*selectors) == found
    first = find_on_page(PAGE, selectors)
    assert (None if first is None else first.text_content()) == next(iter(found), None)


def test_a_selection_matches_elements_by_id_or_class():
    selection = Selection(["div#b", "p.y"])
    assert [one.tag for one in PAGE.iter() if selection.matches(one)] == ["div", "p", "span"]
    assert not any(NOTHING.matches(element) for element in PAGE.iter())


@pytest.mark.parametrize("selector", ["", "a b", "a > b", "#a'"])
def test_other_forms_of_selectors_are_refused(selector):
    with pytest.raises(ValueError, match="is not a selector"):
        texts(selector)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_selector_of_every_layout_can_be_used(layout):
    fields = (layout.markers, layout.container, layout.title, layout.time, layout.byline)
    for selectors in (*fields, layout.picture, layout.logo):
        assert find_on_page(PAGE, selectors) is None


@pytest.mark.parametrize(("day", "name"), [(date(2026, 1, 1), "spa"), (date(2020, 1, 1), "aspnet")])
def test_layouts_of_the_day_come_first(day, name):
    assert layouts_for(day)[0].name == name
    assert len(layouts_for(day)) == len(LAYOUTS)
