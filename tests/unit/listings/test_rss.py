"""RSS as the site sends it, and hostile feeds."""

import time
from contextlib import suppress

import pytest

from tasks.core.rejects import PageRefusedError, Reason
from tasks.listings.rss import MAX_TITLE_CHARS, Feed, FeedItem, read_feed

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
    (found,) = read_feed(body, content_type).items
    return found


def test_an_item_gives_its_link_title_and_date():
    assert only(feed(item()).encode()) == FeedItem(
        links=(LINK,), title="Harbour Talks Resume", published="Mon, 23 Nov 2026"
    )


def test_items_with_an_address_come_in_the_order_of_the_feed():
    items = [item(link=f"{LINK}-{number}") for number in range(5)]
    body = feed(*items, "<item><title>A</title></item>").encode()
    assert [found.links[0][-1] for found in read_feed(body, None).items] == list("01234")
    assert read_feed(feed().encode(), None) == Feed(items=[])


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
        ("Kelp <b>Fair</b> Opens", "Kelp Fair Opens"),
        ("<b>Kelp <i>Fair</i></b> Opens", "Kelp Fair Opens"),
        ("Kelp &lt;b class='x'&gt;Fair&lt;/b&gt; Opens", "Kelp Fair Opens"),
        ("<![CDATA[Kelp <em>Fair</em> Opens]]>", "Kelp Fair Opens"),
        ("Kelp<br/>Fair", "Kelp Fair"),
        ("Sales &lt; 5 &gt; 3", "Sales < 5 > 3"),
        ("Old&#55357;&#56832; &#xFFFF;&#xD83D;&#x110000;Pier", "Old Pier"),
        ("Caf&#233; &#x41;", "Caf\u00e9 A"),
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


ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
TRACKER = "https://news-tracker.example/r?u=17"
ONE = item(title="A")


@pytest.mark.parametrize(
    "text",
    [
        feed(ONE).replace("<rss ", '<rss xmlns="http://backend.userland.com/rss2" '),
        feed(ONE).replace("<rss ", f"<rss {ATOM} "),
        feed(ONE).replace("channel>", "Channel>"),
        feed(ONE).replace("<rss", "<RSS").replace("</rss", "</RSS"),
        feed(ONE).replace("item>", "ITEM>").replace("link>", "Link>"),
        f'<rss version="2.0"><channel><title>A</title></channel>{ONE}</rss>',
        f"<rss>{ONE}</rss>",
        f'<rdf:RDF xmlns:rdf="http://a/rdf#" xmlns="http://a/rss"><channel/>{ONE}</rdf:RDF>',
        f'<feed {ATOM}><entry><title>A</title><link href="{LINK}"/></entry></feed>',
        f'<a:feed xmlns:a="b"><a:entry><a:title>A</a:title><a:link href="{LINK}"/></a:entry></a:feed>',
        feed(f"<item><title>A</title><guid>{LINK}</guid></item>"),
        feed(f"<item><title>A</title><link/><guid>{LINK}</guid></item>"),
        feed(f"<item><title>A</title><link> </link><guid isPermaLink='true'>{LINK}</guid></item>"),
        feed(f"<item><title>A</title><link>\n{LINK}\n</link></item>"),
        feed(f"<item><title>A</title><link><![CDATA[{LINK}]]></link></item>"),
        feed(ONE.replace(LINK, LINK.removeprefix("https://menafn.com"))).replace(
            "<rss ", '<rss xml:base="https://menafn.com/rss/" '
        ),
        feed(ONE.replace(LINK, LINK.removeprefix("https://menafn.com/"))).replace(
            "<link>1", '<link xml:base="https://menafn.com/">1'
        ),
    ],
)
def test_an_item_is_found_in_every_shape_of_feed(text):
    found = read_feed(text.encode(), "text/xml")
    assert [(one.links, one.title) for one in found.items] == [((LINK,), "A")]
    assert found.repair is None


@pytest.mark.parametrize("other", ["guid", "origLink", "id"])
def test_every_address_of_an_item_is_kept_the_link_first(other):
    text = feed(f"<item><{other}>{LINK}</{other}><link>{TRACKER}</link></item>")
    assert only(text.encode()).links == (TRACKER, LINK)


@pytest.mark.parametrize("rel", ["self", "edit", "enclosure", "replies", "hub"])
def test_a_link_that_is_not_the_story_is_left_out(rel):
    text = feed(ONE.replace("<link>", f'<link rel="{rel}" href="{TRACKER}"/><link>'))
    assert only(text.encode()).links == (LINK,)


FLAWS = {
    "named entity": feed(ONE.replace("A<", "A&nbsp;&rsquo;s&hellip;<")),
    "bare &": feed(ONE.replace("A<", "A & B<")),
    "bare & in an address": feed(ONE.replace("Resume", "Resume?storyid=1&title=x&lt=2")),
    "& before a blank entity": feed(ONE.replace("A<", "A &; B &amp B<")),
    "undefined entity": feed(ONE.replace("A<", "A &nonsense; B<")),
    "unbound prefix": feed(ONE.replace("<title>", "<media:content url='x'/><title>")),
    "unbound attribute": feed(ONE.replace("<item>", "<item media:kind='x'>")),
    "unclosed HTML": feed(ONE.replace("<link>", "<description><p>x<br>y</description><link>")),
    "unclosed image": feed(
        ONE.replace("<link>", "<description><img src=a.png></description><link>")
    ),
    "wrong end tag": feed(ONE.replace("</title>", "</title><b>x</i>")),
    "bare <": feed(ONE.replace("</title>", "</title><description>x < y</description>")),
    "document type": feed(ONE).replace("?>", "?><!DOCTYPE rss>", 1),
    "document type of a DTD": feed(ONE).replace(
        "?>", '?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">', 1
    ),
    "script behind": feed(ONE) + "<script>track('&')</script>",
    "words behind": feed(ONE) + "\nDone in 0.2 s",
    "second document behind": feed(ONE) + "<html><body>x</body></html>",
    "notice before": "Notice: Undefined index: id in rss.php on line 7\n" + feed(ONE),
    "HTML notice before": "<br />\n<b>Notice</b>: Undefined index<br />\n" + feed(ONE),
    "cut in the channel": feed(ONE).removesuffix("</channel></rss>"),
    "cut in an end tag": feed(ONE).removesuffix("annel></rss>"),
    "cut in the next item": feed(ONE, ONE)[:-70],
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_one_flaw_does_not_lose_a_feed(flaw):
    found = read_feed(FLAWS[flaw].encode(), "text/xml")
    assert [one.links[0].partition("?")[0] for one in found.items] == [LINK]
    assert (found.items[0].title or "")[:1] == "A"
    assert found.repair
    assert found.is_truncated == flaw.startswith("cut")


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("A&nbsp;B", "A B"),
        ("Kelp&rsquo;s &mdash; Fair", "Kelp\u2019s \u2014 Fair"),
        ("Oil & Gas", "Oil & Gas"),
        ("Oil & Gas &amp; Water", "Oil & Gas & Water"),
        ("AT&T &bogus; Q&A;", "AT&T &bogus; Q&A;"),
        ("<![CDATA[Oil & Gas]]> & Water", "Oil & Gas & Water"),
    ],
)
def test_a_repaired_title_says_what_was_meant(printed, title):
    assert only(feed(item(printed)).encode()).title == title


def test_an_item_that_was_cut_off_is_left_out():
    whole = feed(item("A"), item("B", LINK.replace("91/", "92/")))
    for end in range(whole.index("<item>", whole.index("</item>")), len(whole) - 30):
        body = whole[:end].encode()
        assert [one.title for one in read_feed(body, None).items] == ["A"], whole[:end][-40:]


@pytest.mark.parametrize(
    "text",
    [
        feed("<item><title>A</title></item>"),
        feed("<item><link/><guid> </guid></item>" * 3),
        f"<feed {ATOM}></feed>",
        feed(ONE)[: feed(ONE).index("</item>")],
        feed("<item>" + "<a>" * 300_000 + "</a>" * 300_000 + "</item>"),
    ],
)
def test_a_feed_none_of_whose_items_can_be_read_is_refused(text):
    assert reason_of(text.encode()) is Reason.NOT_A_FEED


def reason_of(body: bytes) -> Reason:
    with pytest.raises(PageRefusedError) as caught:
        read_feed(body, "text/xml")
    return caught.value.reason


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Sorry!!</body></html>", b"<html><body>Sorry!!</body></html>",
        b'{"items": []}', b"Service Unavailable",
        b"<html><body>" + feed(item()).encode() + b"</body></html>", b"\x89PNG\r\n\x1a\n\0\0\0",
    ],
)  # fmt: skip
def test_what_is_no_rss_is_no_feed(body):
    assert reason_of(body) is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        'Notice: 1 <!DOCTYPE rss [<!ENTITY c "b">]>',
        '<!doctype rss [<!ENTITY % c SYSTEM "http://127.0.0.1:9/c.dtd"> %c;]>',
        '<!-- --><!DOCTYPE rss SYSTEM "[" [<!ENTITY c "b">]>',
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ],
)
@pytest.mark.parametrize("title", ["&c;", "Oil & Gas", "Harbour Talks Resume"])
def test_document_types_and_entities_are_never_read(document_type, title):
    body = feed(item(title)).replace("?>\n", f"?>\n{document_type}", 1)
    assert reason_of(body.encode()) is Reason.NOT_A_FEED


@pytest.mark.parametrize("body", [b"", b"\n \t", b"\xef\xbb\xbf", b"\xff\xfe \0"])
def test_nothing_but_blanks_is_empty(body):
    assert reason_of(body) is Reason.EMPTY_BODY


@pytest.mark.parametrize(
    "title",
    [
        '<!DOCTYPE rss [<!ENTITY c "b">]>&c;',
        '<!ENTITY c SYSTEM "file:///etc/hostname">&c;',
        "&x; <!NOTATION a SYSTEM 'b'>",
    ],
)
def test_definitions_within_a_broken_feed_are_never_read(title):
    assert reason_of(feed(item(title)).encode()) is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    "inner",
    [
        "<item>" * 100_000 + "</item>" * 100_000,
        "<item><title>" * 60_000 + "</title></item>" * 60_000,
        "<a></b>" * 100_000,
        "&" * 500_000,
        "<![CDATA[" * 100_000,
        "<!--" * 200_000,
        "<a " + "b=1 " * 100_000,
        "<x:y/>" * 100_000,
    ],
    ids=range(8),
)
def test_hostile_nesting_takes_linear_time(inner):
    started = time.process_time()
    with suppress(PageRefusedError):
        read_feed(feed(inner).encode(), None)
    assert time.process_time() - started < 3
