"""Pages with blocks permuted, dropped and damaged, and with bytes cut and changed."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.core.records import Article
from tasks.core.rejects import PageRefusedError
from tasks.pages.boilerplate import is_boilerplate
from tests.unit.pages.page_builders import (
    BODY,
    DISCLAIMER,
    OTHER_STORY,
    PARAGRAPHS,
    STALE_CLOCK,
    TITLE,
    TOKEN,
    Page,
    aspnet,
    early,
    read,
    spa,
)

_LAYOUTS = st.sampled_from([spa, aspnet, early])
_CLOSINGS = (TOKEN, f"<b>Legal Disclaimer:</b><br>{DISCLAIMER}", "More Stories")
"""End the story where they stand below it, and nothing where they stand above."""
_BOILERPLATE = (
    DISCLAIMER, "(end)", "(end) tam.rk", "Tags", "Label", "No comment", "403", STALE_CLOCK, TITLE,
    "Share on Facebook Tweet on Twitter", "2025-08-12 04:35:35", "Kuwait News Agency (KUNA)",
    "Illustrative photo", "US &nbsp; Europe &nbsp; Arab &nbsp; Asia", "", "&nbsp;",
    f'<a href="{OTHER_STORY}">Kite Masters Sail Past Every Record</a>',
)  # fmt: skip
_FOREIGN = (
    "Kite Masters", "Market Of Item", "Disclaimer", "MENAFN1", "without warranty", "Facebook",
    "12:17 GMT",
)  # fmt: skip


@st.composite
def _joined(draw):
    """The story's paragraphs in order, boilerplate at random places, separated in some way."""
    blocks = list(PARAGRAPHS)
    for piece in draw(st.lists(st.sampled_from(_BOILERPLATE), max_size=5)):
        blocks.insert(draw(st.integers(0, len(blocks))), piece)
    above, below = (draw(st.lists(st.sampled_from(_CLOSINGS), max_size=2)) for _ in range(2))
    blocks = [*above, *blocks, *below]
    opening, closing = draw(
        st.sampled_from(
            [("<p>", "</p>"), ("", "<br><br>"), ("<div><span>", "</span></div>"), ("<li>", "")]
        )
    )
    return "".join(f"{opening}{block}{closing}\n" for block in blocks)


@given(text=_joined(), layout=_LAYOUTS)
def test_boilerplate_anywhere_in_the_text_leaves_the_story_alone(text, layout):
    assert read(layout(Page(text=text))).body == BODY


@given(order=st.permutations(PARAGRAPHS), layout=_LAYOUTS)
def test_paragraphs_keep_the_order_of_the_page(order, layout):
    assert read(layout(Page(texts=tuple(order)))).body == "\n".join(order)


@given(
    layout=_LAYOUTS,
    removed=st.sets(
        st.sampled_from(["h1", "img", "span", "form", "ul", "nav", "hidden", "class", "br"])
    ),
)
def test_missing_markup_never_lets_boilerplate_in(layout, removed):
    page = layout(Page())
    for name in removed:
        page = page.replace(f"<{name}", "<x-gone").replace(f"</{name}", "</x-gone")
        page = page.replace(f" {name}=", " data-gone=")
    article = _read_or_refused(page.encode())
    assert article is None or not _foreign_lines(article)


@given(layout=_LAYOUTS, cut=st.floats(0, 1), content_type=st.sampled_from([None, "text/html"]))
def test_a_page_cut_anywhere_is_read_or_refused(layout, cut, content_type):
    page = layout(Page()).encode()
    article = _read_or_refused(page[: int(len(page) * cut)], content_type)
    assert article is None or not _foreign_lines(article)


@given(layout=_LAYOUTS, data=st.data())
def test_changed_bytes_are_read_or_refused(layout, data):
    page = bytearray(layout(Page()).encode())
    for _ in range(data.draw(st.integers(1, 30))):
        page[data.draw(st.integers(0, len(page) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refused(bytes(page))


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(str.encode),
    st.sampled_from(["", "<html><body>", "<p>", '<div id="ContentPlaceHolder1_div_story">']),
)
def test_any_bytes_are_read_or_refused(body, opening):
    _read_or_refused(opening.encode() + body)


def _read_or_refused(body: bytes, content_type: str | None = "text/html") -> Article | None:
    try:
        return read(body, content_type)
    except PageRefusedError:
        return None


def _foreign_lines(article: Article) -> list[str]:
    lines = article.body.split("\n")
    return [line for line in lines if is_boilerplate(line) or any(map(line.__contains__, _FOREIGN))]
