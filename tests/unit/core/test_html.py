"""Bytes to a tree: charsets, what is refused before a parser sees it, and selectors."""

import pickle
import time
from contextlib import suppress

import pytest

from tasks.core.html import (
    MAX_ATTRIBUTES,
    MAX_PAGE_BYTES,
    MAX_PARAGRAPHS,
    MAX_TAGS,
    NOTHING,
    Selection,
    find_all,
    find_on_page,
    parse_html,
)
from tasks.core.rejects import PageRefusedError, Reason

ARABIC = "مجلس الأمن يعقد جلسة طارئة"


def text_of(body, content_type=None):
    return parse_html(body, content_type).text_content().strip()


def refusal(body, content_type="text/html"):
    with pytest.raises(PageRefusedError) as caught:
        parse_html(body, content_type)
    return caught.value.reason


def page(text):
    return f"<html><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (page("café").encode(), "text/html; charset=utf-8", "café"),
        (page(ARABIC).encode(), "text/html; charset=windows-1256", ARABIC),
        (page("café").encode(), None, "café"),
        (page("café").encode("cp1252"), "text/html; charset=ISO-8859-1", "café"),
        (page("a “quoted” word").encode("cp1252"), None, "a “quoted” word"),
        (page(ARABIC).encode("cp1256"), "text/html; charset=windows-1256", ARABIC),
        (page(ARABIC).encode("cp1256"), "text/html; charset=utf-8", ARABIC),
        (page(ARABIC).encode("utf-16"), None, ARABIC),
        (page("plain words").encode("utf-16-be"), None, "plain words"),
        (b"\xef\xbb\xbf" + page("café").encode(), "text/html; charset=cp1252", "café"),
        (b"<meta charset='windows-1256'>" + page(ARABIC).encode("cp1256"), None, ARABIC),
        # A few broken bytes do not cost the rest its charset.
        (
            page(ARABIC).encode().replace(b"</p>", b"\xd9</p>"),
            "text/html; charset=windows-1252",
            ARABIC + "\ufffd",
        ),
        (page("words").encode(), "application/octet-stream", "words"),
        (b'<?xml version="1.0"?>\n' + page("words").encode(), None, "words"),
        (b"<html><p>one\0two</p></html>", None, "onetwo"),
    ],
)
def test_the_text_is_found_whatever_the_header_says(body, content_type, text):
    assert text_of(body, content_type) == text


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\0\0 "])
def test_nothing_is_an_empty_body(body):
    assert refusal(body) is Reason.EMPTY_BODY


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 <html>",
        b"\xff\xd8\xff\xe0 <p>",
        b"\x89PNG",
        b"\x1f\x8b\x08",
        b'{"newsBody": "<p>text</p>"}',
        b'[{"newsBody": "<p>text</p>"}]',
        b'<?xml version="1.0"?><rss><item><description><p>x</p></description></item></rss>',
        b"just words",
    ],
)
def test_other_formats_are_not_html_whatever_the_header_says(body):
    assert refusal(body, "text/html; charset=utf-8") is Reason.NOT_HTML


def test_noise_is_undecodable():
    noise = bytes(range(0x81, 0x100)) * 9 + b"\x81\x8d\x8f\x90\x9d" * 40
    assert refusal(b"<html><p>" + noise) is Reason.UNDECODABLE


def _attributes(count, form):
    return b"<html><p " + b" ".join(form % number for number in range(count)) + b">x</p></html>"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>" + b"a" * MAX_PAGE_BYTES,
        b"<html><p>" + b"<b>x</b>" * MAX_TAGS,
        b"<html>" + b"<p>x" * (MAX_PARAGRAPHS + 1),
        b"<html>" + b"<div>" * 5_000 + b"x",
        _attributes(MAX_ATTRIBUTES + 1, b"a%d=1"),
        _attributes(200_000, b"a%d"),
        _attributes(30_000, b"a%d='<>'"),
        b'<html><!-- " -->' + _attributes(30_000, b'a%d=">"'),
    ],
    ids=["bytes", "tags", "paragraphs", "depth", "attributes", "bare", "quoted", "behind-comment"],
)
def test_a_page_made_to_exhaust_a_parser_is_too_complex_and_known_at_once(body):
    started = time.process_time()
    assert refusal(body) is Reason.TOO_COMPLEX
    assert time.process_time() - started < 1


@pytest.mark.parametrize("piece", [b"<!-- '", b"<a'", b'<a "', b"<a =", b"<p <"])
def test_broken_tags_in_great_number_take_no_time(piece):
    started = time.process_time()
    with suppress(PageRefusedError):
        parse_html(b"<html><p>" + piece * (MAX_TAGS // 2 - 10), None)
    assert time.process_time() - started < 1


def test_a_long_address_in_one_attribute_is_not_many_attributes():
    source = "data:image/png;base64," + "iVBORw0KGgo=" * 9_000
    assert text_of(f'<html><img src="{source}"><p>x</p></html>'.encode()) == "x"


def test_a_refusal_survives_pickling():
    refusal = PageRefusedError(Reason.NOT_HTML, "a film")
    copy = pickle.loads(pickle.dumps(refusal))
    assert (copy.reason, copy.detail, str(copy)) == (Reason.NOT_HTML, "a film", "not-html: a film")


PAGE = parse_html(
    b'<div id="a" class="x y"><p class="y">1</p></div><p class="yy">2</p><span id="b">3</span>',
    None,
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
