"""The reader on unknown layouts: pages put together from parts in any order and markup."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.pages.page_builders import (
    DISCLAIMER,
    FIRST,
    PARAGRAPHS,
    SECOND,
    STALE_CLOCK,
    STORY,
    THIRD,
    TITLE,
    paragraphs,
    read,
)

TOKEN = f"MENAFN12082025000067017169ID{STORY}"
AT = datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC)
CREDIT = "(MENAFN- Gulf Times) "
ARABIC = ("عقدت نقابة صناع الفوانيس اجتماعا في الكويت.", "وقال رئيسها إن السعر عادل.")
HEADLINE = "Kite Masters Sail Past Every Record"
TEASER = "The kites flew higher over the dunes than on any day before, the masters said."
LINK = f'<a href="https://menafn.com/1107659256/Kites">{HEADLINE}</a>'

_LISTED = "".join(f"<li>{LINK}<p>{TEASER}</p></li>" for _ in range(3))
_RELATED = (
    f"<div class='x'><h3>More Stories</h3><p>{HEADLINE}</p><p>{TEASER}</p></div>",
    f"<section><h4>Most Popular</h4><ul>{_LISTED}</ul></section>",
    f"<ul>{_LISTED}</ul>",
    f"<div><h4>{LINK}</h4><p>{TEASER}</p></div>",
    f"<article>{LINK}<p>{TEASER}</p></article>",
    f"<p>Related: {LINK}</p>",
    f"<p>Read also:</p><p>{HEADLINE}</p>",
    f"<div><div>Market Research</div><ul><li>{LINK}</li><li>{LINK}</li></ul></div>",
    f"<div><h3>مزيد من الأخبار</h3><p>{ARABIC[1]}</p></div>",
)
"""Other stories in an element of their own: never part of the story, wherever they stand."""

_LOOSE = (
    f"<p>{TEASER}</p>",
    f"<h3>More Stories</h3><p>{HEADLINE}</p><p>{TEASER}</p>",
    f"<p>{CREDIT}{TEASER}</p>",
    "<p>Gulf Times</p>",
    f"<div>{ARABIC[0]}</div>",
    "<div>Tags</div><div>lanterns, quays</div>",
)
"""Not the story's by its place alone, below the token or the disclaimer's header."""

_DISCLAIMERS = (
    f"<div><b>Legal Disclaimer:</b><p>{DISCLAIMER}</p></div>",
    f"<b>Legal Disclaimer:</b><br>{DISCLAIMER}",
    f"<p>Legal Disclaimer: {DISCLAIMER}</p>",
    f"<h4>إخلاء المسؤولية القانونية</h4><div>{ARABIC[1]}</div>",
    f"<div><strong>إخلاء المسؤولية القانونية:</strong><br>{ARABIC[1]}</div>",
)
_SMALL = (
    "<div>Share on Facebook</div>",
    "<ul><li><a href='#'>Share on Facebook</a></li><li><a href='#'>Tweet on Twitter</a></li></ul>",
    "<div class='entry-summary'></div>",
    f"<span>{STALE_CLOCK}</span><br>",
    "<div>Tags Label</div>",
    "<p>No comment</p>",
    "<script>var rail = 'MENAFN01012025000045017169ID1109916999';</script>",
    "<!-- <p>Nothing.</p> -->",
    "<div hidden><p>Sorry!!</p></div>",
    "<div style='display:none'><p>Nothing.</p></div>",
)
_HEADINGS = (
    f"<h1 class='main-entry-title'>{TITLE}</h1>",
    f"<div><h1>\n  {TITLE} </h1></div>",
    f"<h1><span>{TITLE}</span></h1><h2>{TITLE}</h2>",
)
_TIMES = (
    "<span class='entry-date'>2025-08-12 04:35:35</span>",
    "<div>Date<br>2025-08-12 04:35:35</div>",
    "<p>8/12/2025 4:35:35 AM</p>",
    "<time>2025-08-12T04:35:35</time><br>",
)
_MARKS = ("<div id='HiddenMainDiv'></div>", "<input type='hidden' id='__VIEWSTATE'>", "")


def _some(pieces, most=2):
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


_FORMS = (
    "<p>{}</p>\n", "<div>{}</div>", "{}<br><br>", "<div><span>{}</span></div>", "<p>{}\n",
    "<p><font>{}</font></p>", "<tr><td>{}</td></tr>", "<section><p>{}</p></section>",
)  # fmt: skip
_CREDITS = (CREDIT, f"<b>{CREDIT}</b>", "MENAFN - Gulf Times) ", "(MENAFN - Gulf Times)")


@st.composite
def _texts(draw):
    """Credit, paragraphs and token in some markup, related between them."""
    form = draw(st.sampled_from(_FORMS))
    credit = draw(st.sampled_from(_CREDITS))
    texts = [credit + FIRST, SECOND, THIRD]
    texts[-1] += draw(st.sampled_from(["", " (end)", " (end) tam.rk", " (END)"]))
    if draw(st.booleans()):
        texts[-1] += f"<br>{TOKEN}"
    else:
        texts.append(TOKEN + draw(st.sampled_from(["", f"<br>{TOKEN}"])))
    if "tr" in form:
        return "<table>" + "".join(map(form.format, texts)) + "</table>"
    related = draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(_RELATED)), max_size=2))
    blocks = [form.format(text) for text in texts]
    for index, other in related:
        blocks.insert(min(index, len(blocks) - 1), other)
    return "".join(blocks)


@st.composite
def _stories(draw):
    """What stands in the container: headline, time, text and what follows, with more between."""
    above = [*draw(st.lists(st.sampled_from((*_SMALL, *_RELATED)), max_size=3))]
    title, time = draw(st.sampled_from(_HEADINGS)), draw(st.sampled_from(_TIMES))
    header = draw(st.permutations([title, time]))
    disclaimer, others = draw(st.sampled_from(_DISCLAIMERS)), draw(_some((*_RELATED, *_LOOSE)))
    below = draw(st.permutations([disclaimer, others]))
    return "".join((*header, *above, draw(_texts()), draw(_some(_SMALL)), *below))


_CONTAINERS = (
    "<div id='ContentPlaceHolder1_div_story'>",
    "<DIV class='a b' data-x='<p>' ID=ContentPlaceHolder1_div_story>",
    "<div itemscope id=\"ContentPlaceHolder1_div_story\" class=''>",
    "<div class='story'>",
)


@st.composite
def _wrapped(draw, stories):
    """A page around the container, of a known layout or of none, its markup respelled."""
    opening = draw(st.sampled_from(_CONTAINERS))
    depth = draw(st.integers(0, 4))
    outer = draw(st.sampled_from(["div", "section", "main", "center"]))
    aside = draw(_some(_RELATED)) + f"<ul>{_LISTED}</ul>"
    page = (
        f"<html><head><title>{TITLE} | MENAFN.COM</title></head><body>{draw(st.sampled_from(_MARKS))}"
        f"<div>{STALE_CLOCK}</div>{f'<{outer}>' * depth}{opening}{draw(stories)}</div>"
        f"{f'</{outer}>' * depth}<aside>{aside}</aside></body></html>"
    )
    if draw(st.booleans()):
        page = re.sub(r"(?<=<)/?(?:div|p|h1|span|b|br|ul|li|a)\b", lambda tag: tag[0].upper(), page)
    return page


@given(page=_wrapped(_stories()))
def test_any_order_and_markup_of_the_parts_gives_the_story(page):
    article = read(page)
    assert article.body == "\n".join(PARAGRAPHS)
    assert (article.title, article.provider, article.menafn_token) == (TITLE, "Gulf Times", TOKEN)
    assert article.page_at == AT


@st.composite
def _arabic(draw):
    sign_offs = ("", " (النهاية)", " (النهاية) ع ح", " (النهاية)<br>ع ن د / م م ج")
    tail = draw(st.sampled_from(sign_offs))
    texts = [CREDIT + ARABIC[0], ARABIC[1] + tail]
    token = draw(st.sampled_from([f"<p>{TOKEN}</p>", ""]))
    after = draw(st.sampled_from(_DISCLAIMERS[-2:])) + draw(_some(_LOOSE))
    header = f"<h1>فوانيس الكويت</h1>{draw(st.sampled_from(_TIMES))}"
    return header + draw(_some(_SMALL)) + paragraphs(*texts) + token + after


@given(page=_wrapped(_arabic()).filter(lambda page: "ContentPlaceHolder1" in page))
def test_nothing_below_the_arabic_disclaimer_s_header_is_the_story_s(page):
    article = read(page)
    assert article.body == "\n".join(ARABIC)
    assert (article.language, article.page_at) == ("ar", AT)
