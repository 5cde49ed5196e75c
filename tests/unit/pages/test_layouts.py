"""The layouts of story pages."""

from datetime import date

import pytest

from tasks.core.html import find_on_page, parse_html
from tasks.pages.layouts import LAYOUTS, layouts_for


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_selector_of_a_layout_can_be_used(layout):
    page = parse_html(b"<p>x</p>", None)
    fields = (layout.markers, layout.container, layout.title, layout.time, layout.byline)
    for selectors in (*fields, layout.picture, layout.logo):
        assert find_on_page(page, selectors) is None


@pytest.mark.parametrize(("day", "name"), [(date(2026, 1, 1), "spa"), (date(2020, 1, 1), "aspnet")])
def test_layouts_of_the_day_come_first(day, name):
    assert layouts_for(day)[0].name == name
    assert len(layouts_for(day)) == len(LAYOUTS)
