"""Pages made to cost time: whatever is repeated in them, they are read or refused at once."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.rejects import PageRefusedError
from tests.unit.pages.page_builders import FIRST, Page, read, spa

_PIECES = (
    "MENAFN", "(MENAFN- ", "(MENAFN- a) ", "MENAFN12082025", "ID1109916091", "By ", "Salma ", "Al-",
    "(end) ", "(more) ", "(النهاية) ", "ع ", "ع/", "Read also: ", "Read more", "Related: ", "KUWAIT",
    "Aug 15 ", " (KUNA) ", "-- ", "- ", "Legal Disclaimer", ": ", "MENAFN provides the information ",
    "إخلاء المسؤولية ", "Tags ", "Label", "2025-08-12 ", "04:35", "Illustrative photo", ". ", "...",
    "&amp;", "\u201c", '"', "'", " target=", '" target="x"', "-a", "of of ", "QR15 ", "â€", "\u200f",
    "\n", "&nbsp;", "<br>", "<b>", "</b>", "<p>", "<li>", "<h4>", "<td>", "<tr>", "<div>", "</div>",
    "<a href='/1107659256/x'>", "</a>", "More Stories", "403", "page was not found", "\ufffd", "1",
)  # fmt: skip
_CHARACTERS = 60_000
_SECONDS = 2


@settings(max_examples=settings().max_examples // 3)  # each takes half a second
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join), st.booleans())
def test_whatever_is_repeated_takes_bounded_time(piece, is_of_known_layout):
    text = piece * (_CHARACTERS // len(piece))
    page = f"<p>(MENAFN- Gulf Times) {FIRST}</p><p>{text}x</p>"
    page = spa(Page(text=page)) if is_of_known_layout else f"<html><h1>Title</h1>{page}</html>"
    started = time.process_time()
    with suppress(PageRefusedError):
        read(page)
    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "<p>Line of the story.</p>" * 4_900,
        "<p><a href='/1107659256/x'>Line of the story here</a></p>" * 4_900,
        "<div><h3>More Stories</h3>" * 200 + "<p>x y z</p>" * 4_000 + "</div>" * 200,
        '<p>Army -x" target="_blank"></p>' * 4_000,
        "<p>(MENAFN- Gulf Times) A line.</p>" * 4_000,
        "<h3>More Stories</h3>" * 9_000,
        "<p>" + "-a" * 60_000 + " target=" * 9_000,
    ],
    ids=["paragraphs", "links", "nested-lists", "leaks", "credits", "headings", "half-leaks"],
)  # fmt: skip
def test_a_page_of_thousands_of_blocks_takes_bounded_time(text):
    started = time.process_time()
    with suppress(PageRefusedError):
        read(spa(Page(text=f"<p>(MENAFN- Gulf Times) {FIRST}</p>{text}")))
    assert time.process_time() - started < _SECONDS
