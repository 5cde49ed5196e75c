"""A container's text block by block."""

import pytest
from lxml import html

from tasks.core.html import NOTHING, Selection
from tasks.pages.blocks import read_blocks
from tasks.pages.boilerplate import strip_marks


def blocks(markup, boilerplate=NOTHING):
    container = html.fromstring(f"<div>{markup}</div>")
    return [strip_marks(block) for block in read_blocks(container, boilerplate)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<br><br>Two.", ["One.", "Two."]),
        ("One.<br> &nbsp;<br/>\n<br>Two.", ["One.", "Two."]),
        ("One<br>line.", ["One\nline."]),
        ("One\nline.", ["One line."]),
        ("<div><div><span>One.</span></div><span>Two.</span></div>", ["One.", "Two."]),
        ("Bare <b>bold</b> text<p>One.</p>tail", ["Bare bold text", "One.", "tail"]),
        ("<h3>Heading</h3><p>One.</p>", ["Heading", "One."]),
        ("<ul><li>One</li><li>Two <i>too</i></li></ul>", ["One", "Two too"]),
        ("<blockquote>Said.<p>More.</p></blockquote>", ["Said.", "More."]),
        ("<p>An <a href='/x'>open</a> door.</p>", ["An open door."]),
        ("<pre>One\nline</pre>", ["One\nline"]),
        ("<p>&nbsp;</p><p> </p>", []),
    ],
)
def test_paragraphs_are_as_the_page_parts_them(markup, expected):
    assert blocks(markup) == expected


def test_a_row_of_data_is_one_block():
    rows = "<tr><th>Oil</th><th>Price</th></tr><tr><td>Brine</td><td><b>84.2</b></td></tr>"
    assert blocks(f"<table>{rows}</table>") == ["Oil | Price", "Brine | 84.2"]


def test_a_table_that_lays_out_the_page_is_no_data():
    assert blocks("<table><tr><td><p>One.</p></td><td><p>Two.</p></td></tr></table>") == [
        "One.",
        "Two.",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>No.</p>",
        "<p style='DISPLAY : none'>No.</p>",
        "<script>no()</script>",
        "<style>no{}</style>",
        "<noscript>No.</noscript>",
        "<figure><img alt='No.'><figcaption>No.</figcaption></figure>",
        "<label>No.</label>",
    ],
)
def test_what_no_reader_sees_as_text_is_left_out(hidden):
    assert blocks(f"<p>One.</p>{hidden}<p>Two.</p>") == ["One.", "Two."]


def test_boilerplate_is_skipped_but_not_what_follows_it():
    boilerplate = Selection(("div.rail", "#share"))
    markup = "<p>One.</p><div class='x rail'>No.</div>tail<p id='share'>No.</p><p>Two.</p>"
    assert blocks(markup, boilerplate) == ["One.", "tail", "Two."]


_LINK = "<a href='/1107659256/x'>Kite Masters Sail Past Every Record</a>"


@pytest.mark.parametrize(
    "related",
    [
        "<div><h3>More Stories</h3><p>Kites flew.</p></div>",
        f"<section><h4>Most Popular</h4><ul><li>{_LINK}</li></ul></section>",
        f"<ul><li>{_LINK}<p>Kites flew.</p></li></ul>",
        f"<div><h4>{_LINK}</h4><p>Kites flew.</p></div>",
        f"<article>{_LINK}<p>Kites flew.</p></article>",
    ],
)
def test_related_lists_and_teasers_are_skipped(related):
    assert blocks(f"<p>One.</p>{related}<p>Two.</p>") == ["One.", "Two."]


def test_a_heading_next_to_its_list_stays_to_close_the_story():
    assert blocks("<p>One.</p><h3>More Stories</h3><p>Kites.</p>")[1] == "More Stories"


def test_a_linked_headline_in_a_paragraph_takes_nothing_with_it():
    found = blocks(f"<div><p>{_LINK}</p><p>One.</p></div>")
    assert found == ["Kite Masters Sail Past Every Record", "One."]


def test_links_to_stories_are_marked_apart():
    container = html.fromstring(
        "<div><a href='https://menafn.com/1107659256/x'>A</a><a href='/topics/x'>B</a></div>"
    )
    assert read_blocks(container, NOTHING) == ["\ue000A\ue002\ue001B\ue002"]


def test_a_page_can_not_forge_the_marks_of_links():
    assert blocks("\ue000A\ue002 <a href='/x'>\ue001B</a>") == ["A B"]
