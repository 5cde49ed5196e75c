"""A feed or listing loses what it prints of a story, and nothing else."""

import json

import pytest

from tasks.core.mobile_api import read_section
from tasks.core.urls import ORIGIN, story_id
from tasks.listings.html_pages import read_listing
from tasks.listings.redact import redact_listing
from tasks.listings.rss import read_feed

OURS, OTHER, THIRD = 1109916091, 1109916092, 1109916093
SECRET = "Harbour master resigns"
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Kuwait</title>
<item><title>First</title><link>{ORIGIN}/{OTHER}/First</link><description>One.</description></item>
<item><title>{SECRET}</title><link>{ORIGIN}/{OURS}/Harbour-master-resigns</link>
<description><![CDATA[<p>{SECRET} at noon</p>]]></description>
<pubDate>Tue, 12 Aug 2025 04:35:35 GMT</pubDate><author>marketing</author></item>
<item><title>Last</title><link>{ORIGIN}/{THIRD}/Last</link></item>
</channel></rss>"""
PAGE = f"""<html><head><title>Kuwait</title>
<script type="application/ld+json">{{"url": "/{OURS}/x", "name": "{SECRET}"}}</script></head>
<body><nav><a href="/about">About</a></nav><ul class="list">
<li><a href="/{OTHER}/First"><img alt="First" src="1.jpg"></a><p>One.</p></li>
<li class="entry" data-title="{SECRET}"><h3>{SECRET}</h3>
<a href="/{OURS}/Harbour-master-resigns" title="{SECRET}"><img alt="{SECRET}"></a>
<p>{SECRET}, we hear.</p><a href="/{OURS}/Harbour-master-resigns">Read on</a></li>
<li><a href="/{THIRD}/Last">Last</a></li></ul>
<a rel="next" href="/list?page=2">More</a></body></html>"""


def test_an_item_of_a_feed_keeps_its_id_and_its_date():
    redacted = redact_listing(FEED, {OURS})
    assert redacted
    items = read_feed(redacted.encode(), None).items
    assert [story_id(item.links[0]) for item in items] == [OTHER, OURS, THIRD]
    assert [item.title for item in items] == ["First", None, "Last"]
    assert redact_listing(redacted, {OURS}) == redacted
    assert items[1].published == "Tue, 12 Aug 2025 04:35:35 GMT"
    assert "arbour" not in redacted
    assert "One." in redacted


def test_an_entry_of_a_listing_page_keeps_its_link():
    redacted = redact_listing(PAGE, {OURS})
    assert redacted
    read = read_listing(redacted.encode(), None, url=f"{ORIGIN}/list", base_url=ORIGIN)
    ids = [story_id(link.href) for link in read.links]
    assert [one for one in ids if one] == [OTHER, OURS, OURS, THIRD]
    assert read.next_url == f"{ORIGIN}/list?page=2"
    assert "arbour" not in redacted
    assert 'class="entry"' in redacted
    assert redact_listing(redacted, {OURS}) == redacted


def test_an_entry_of_the_json_interface_keeps_its_id_and_its_date():
    entries = [
        {"newsID": OTHER, "title": "First"},
        {"newsID": str(OURS), "newsDate": "12/08/2025", "title": SECRET, "link": "x"},
    ]
    redacted = redact_listing(json.dumps(entries), {OURS})
    assert redacted
    assert [item.article_id for item in read_section(redacted)] == [OTHER, OURS]
    assert read_section(redacted)[1].published == "12/08/2025"
    assert "arbour" not in redacted


@pytest.mark.parametrize("text", [FEED, PAGE, json.dumps([{"newsid": OURS}]), ""])
def test_what_names_none_of_the_stories_does_not_change(text):
    assert redact_listing(text, {1109910000}) == text
    assert redact_listing("<rss>11099100001</rss>", {1109910000}) == "<rss>11099100001</rss>"


@pytest.mark.parametrize(
    "text",
    [
        f"<rss><channel><title>Of {OURS}</title></channel></rss>",
        f"<rss><channel><item><link>/{OURS}/Harbour</link>",
        f'[{{"newsid": {OURS}, ',
    ],
)
def test_what_cannot_be_redacted_with_certainty_is_none(text):
    assert redact_listing(text, {OURS}) is None


def test_comments_are_redacted_too():
    page = f"<html><body><!-- {OURS} a < b --></body></html>"
    assert redact_listing(page, {OURS}) == "<html><body></body></html>"


def test_a_hostile_feed_is_redacted_fast():
    assert redact_listing(f"<rss>{OURS}" + "<item" * 500_000, {OURS}) is None
    assert redact_listing(f"<html>{OURS}" + "<a <a" * 200_000, {OURS}) is not None
