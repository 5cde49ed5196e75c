"""Listing pages: what they list and which page is next."""

from urllib.parse import urljoin

import pytest

from tasks.core.rejects import PageRefusedError, Reason
from tasks.listings.html_pages import ListingLink, read_listing

URL = "https://menafn.com/qn_country.aspx?country=SA&src=header"
BASE = "http://127.0.0.1:43211"


def listing(body: str, url: str = URL):
    page = f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
    return read_listing(page, "text/html; charset=utf-8", url=url, base_url=BASE)


def test_links_come_in_the_order_of_the_page():
    body = (
        '<div class="img-wrapper"><a href="/1"><img alt="A  picture"></a></div>'
        '<div class="img-wrapper"><div><a href="/2">Two\n words</a></div></div>'
        '<ul class="popular-news-list"><li><a href="/3" title="Three"></a></li></ul>'
        '<article><header><a href="/4"></a></header></article>'
    )
    assert listing(body).links == (
        ListingLink(href="/1", text="A picture"),
        ListingLink(href="/2", text="Two words"),
        ListingLink(href="/3", text="Three"),
        ListingLink(href="/4", text=""),
    )


@pytest.mark.parametrize(
    "body",
    [
        "<nav><ul><li><a href='/1'>x</a></li></ul></nav>",
        "<footer><a href='/1'>x</a></footer>",
        "<aside><div><a href='/1'>x</a></div></aside>",
        "<div hidden><a href='/1'>x</a></div>",
        "<div style='color:red; display: none'><a href='/1'>x</a></div>",
        "<a name='top'>x</a>",
        "<!-- <a href='/1'>x</a> -->",
    ],
)
def test_what_is_not_listed_is_left_out(body):
    assert listing(body).links == ()


@pytest.mark.parametrize(
    ("body", "following"),
    [
        ('<a rel="next" href="?country=SA&amp;page=2">More</a>', "?country=SA&page=2"),
        ('<a rel="nofollow next" href="/list/2">More</a>', "/list/2"),
        (f'<a href="{BASE}/qn_country.aspx?country=SA&amp;src=header&amp;page=2">2</a>', "?country=SA&src=header&page=2"),
        ('<a href="?page=2&amp;src=header&amp;country=SA">2</a>', "?page=2&src=header&country=SA"),
        ('<a href="?country=SA&amp;src=header&amp;page=3">3</a>', None),
        ('<a href="?country=AE&amp;src=header&amp;page=2">2</a>', None),
        ('<a href="/other.aspx?country=SA&amp;src=header&amp;page=2">2</a>', None),
        ('<a rel="next" href="https://evil.example/2">2</a>', None),
        ('<a rel="next" href="javascript:next()">2</a>', None),
        ("<p>no more</p>", None),
    ],
)  # fmt: skip
def test_the_next_page_is_found(body, following):
    expected = following and urljoin(URL, following)
    assert listing(f"<p>x</p>{body}").next_url == expected
    all_pages = "".join(f'<a href="{URL}&page={number}">{number}</a>' for number in (1, 2, 3, 4))
    assert listing(all_pages, url=f"{URL}&page=2").next_url == f"{URL}&page=3"


def test_what_is_no_page_is_refused():
    with pytest.raises(PageRefusedError) as caught:
        read_listing(b'{"stories": []}', "application/json", url=URL, base_url=BASE)
    assert caught.value.reason is Reason.NOT_HTML
