"""RSS as the site sends it, and hostile feeds."""

import pytest

from tasks.core.rejects import PageRefusedError, Reason
from tasks.listings.rss import MAX_TITLE_CHARS, FeedItem, read_feed

LINK = "https://menafn.com/1109916091/Harbour-Talks-Resume"


def feed(*items: str, encoding: str = "utf-8") -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0"><channel>'
        f"<title>MENAFN.COM - Kuwait</title><link>https://menafn.com/</link>{''.join(items)}"
        "</channel></rss>"
    )


def item(title: str = "Harbour Talks Resume", link: str = LINK) -> str:
    date = "<pubDate>Mon, 23 Nov 2026</pubDate>"
    return f"<item><title>{title}</title><link>{link}</link>{date}</item>"


def only(body: bytes, content_type: str | None = "text/xml") -> FeedItem:
    (found,) = read_feed(body, content_type)
    return found


def test_an_item_gives_its_link_title_and_date():
    assert only(feed(item()).encode()) == FeedItem(
        link=LINK, title="Harbour Talks Resume", published="Mon, 23 Nov 2026"
    )


def test_items_with_an_address_come_in_the_order_of_the_feed():
    items = [item(link=f"{LINK}-{number}") for number in range(5)]
    body = feed(*items, "<item><title>A</title></item>").encode()
    assert [found.link[-1] for found in read_feed(body, None)] == list("01234")
    assert read_feed(feed().encode(), None) == []


ARABIC = "مينائ"


@pytest.mark.parametrize(
    "body",
    [
        feed(item(ARABIC)).encode(),
        b"\xef\xbb\xbf" + feed(item(ARABIC)).encode(),
        b"\r\n  " + feed(item(ARABIC)).encode(),
        b"\xff\xfe" + feed(item(ARABIC), encoding="utf-16").encode("utf-16-le"),
        b"\xfe\xff" + feed(item(ARABIC), encoding="utf-16").encode("utf-16-be"),
        feed(item(ARABIC), encoding="utf-16").encode("utf-16-le"),
        feed(item(ARABIC), encoding="utf-16").encode("utf-16-be"),
        feed(item(ARABIC), encoding="utf-16").encode(),
        feed(item(ARABIC), encoding="windows-1256").encode("windows-1256"),
        feed(item(ARABIC), encoding="no-such-charset").encode(),
    ],
)  # fmt: skip
def test_the_charset_is_found_whatever_is_declared(body):
    assert only(body).title == ARABIC


def test_the_header_names_the_charset_where_nothing_else_does():
    body = feed(item(ARABIC)).replace(' encoding="utf-8"', "").encode("windows-1256")
    assert only(body, 'text/xml; charset="Windows-1256"').title == ARABIC


def test_a_single_wrong_byte_costs_one_character():
    body = feed(item(f"{ARABIC} ~ {ARABIC}")).encode().replace(b"~", b"\xff")
    assert only(body).title == f"{ARABIC} \ufffd {ARABIC}"


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Oil &amp; Gas", "Oil & Gas"),
        ("Port Ranked #1", "Port Ranked #1"),
        ("Kuwait&amp;#x27;s Port", "Kuwait's Port"),
        ("<![CDATA[Kuwait&#39;s & Iraq]]>", "Kuwait's & Iraq"),
        ("  Two\n\tlines ", "Two lines"),
        ("Bell\x07 and &#x1b;[31m &#8; red", "Bell and [31m red"),
        ("", None),
        ("x" * 2 * MAX_TITLE_CHARS, "x" * MAX_TITLE_CHARS),
    ],
)
def test_a_title_is_decoded_once_and_on_one_line(printed, title):
    assert only(feed(item(printed)).encode()).title == title


def test_the_hashtags_of_the_social_copy_are_left_out():
    title = "Harbour Talks Resume #'Citizen #Leaders' #Talks"
    assert only(feed(item(title, f"{LINK}?Social=on")).encode()).title == "Harbour Talks Resume"


def test_the_guid_replaces_a_missing_link():
    body = feed(f"<item><title>A</title><guid>{LINK}</guid></item>").encode()
    assert only(body) == FeedItem(link=LINK, title="A", published=None)


def reason_of(body: bytes) -> Reason:
    with pytest.raises(PageRefusedError) as caught:
        read_feed(body, "text/xml")
    return caught.value.reason


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Sorry!!</body></html>",
        b"<html><body>Sorry!!</body></html>",
        b'{"items": []}',
        b"Service Unavailable",
        feed(item()).encode()[:-20],
        feed(item(title="Oil & Gas")).encode(),
        b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        b"\x89PNG\r\n\x1a\n\0\0\0",
    ],
)  # fmt: skip
def test_what_is_no_rss_is_no_feed(body):
    assert reason_of(body) is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    "document_type",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
    ],
)
@pytest.mark.parametrize("title", ["&c;", "Harbour Talks Resume"])
def test_document_types_and_entities_are_never_read(document_type, title):
    body = feed(item(title)).replace("?>\n", f"?>\n{document_type}", 1)
    assert reason_of(body.encode()) is Reason.NOT_A_FEED


@pytest.mark.parametrize("body", [b"", b"\n \t", b"\xef\xbb\xbf", b"\xff\xfe \0"])
def test_nothing_but_blanks_is_empty(body):
    assert reason_of(body) is Reason.EMPTY_BODY


@pytest.mark.timeout(10)
def test_a_feed_nested_without_end_is_read():
    nested = "<item>" + "<a>" * 300_000 + "</a>" * 300_000 + "</item>"
    assert read_feed(feed(nested).encode(), None) == []
