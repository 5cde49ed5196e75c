"""Addresses of the sample that lead to no story: what they answer, and how they must be refused.

Errors, redirects and strange bodies are invented, as no answer of the real site but its story
pages was ever seen; the redirect of old links without a title to the front page is the site's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.site.answers import SiteAnswer, document, error_page, html_page, redirect
from tests.site.page import SITE, slug, story_path

_FIRST_ID = 1_100_600_017
"""In a gap between the years of the sample's stories."""

_HEADLINES = (
    "Harbour Crane Inquest Adjourned", "Tea Auction Postponed By A Week", "Valley Road Closed",
    "Museum Reopens East Wing", "Ferry Timetable Changed", "Stadium Roof Contract Signed",
    "Orchard Owners Seek Compensation", "Late Train Service Extended", "Coin Hoard Goes On View",
    "Flower Show Draws Record Crowd", "Salt Works To Hire Forty", "River Gauge Readings Published",
    "Lighthouse Repairs Completed", "Wool Prices Steady", "Bridge Toll Abolished",
    "School Bus Route Altered", "Olive Press Opens For Season", "Ceramics Fair Ends",
    "Dune Buggy Race Called Off", "Choir Tour Dates Announced", "Mint Issues Jubilee Coin",
    "Bakery Strike Averted", "Canal Lock Widened", "Falcon Census Begins", "Quarry Lease Renewed",
    "Post Office Moves Downtown", "Sponge Divers Honoured", "Observatory Night Sold Out",
    "Library Card Fees Dropped", "Rice Harvest Delayed By Rain", "Tram Depot Inaugurated",
    "Kite Festival Opens", "Shrimp Season Begins", "Tent Makers Fair Extended",
    "Pearl Market Subdued", "Date Palm Survey Under Way", "Marble Exports Resume",
)  # fmt: skip

_SHELL = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>MENAFN.COM</title></head>'
    '<body><div id="root"><span id="lbl_clock">Tuesday, 02 January 2024 12:17 GMT</span>'
    '<div class="error-page" id="div_error" style="display:{shown}"><h1>403</h1><h2>Sorry!!</h2>'
    "<p>Error! We're sorry, but the page you were looking for doesn't exist.</p></div>{inner}"
    "</div></body></html>"
)
_CONTAINER = '<div id="ContentPlaceHolder1_div_story" class="blog-post-single">{}</div>'
_EMPTY = _CONTAINER.format('<div class="entry-summary"></div>' * 6)
_ONLY_PICTURE = _CONTAINER.format(
    '<div class="post-image"><img id="ImgNews" src="/includes/img/logo.jpg" alt=""></div>'
)
_PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + bytes(900)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLink:
    """One address that yields no article.

    Attributes:
        title: what feeds call it.
        link: how feeds link it.
        article_id: the story it claims to be, `None` where it names none.
        url: the canonical address under which it must be refused.
        stage: where it must be refused.
        reason: why.
        answers: what the site answers, nothing for an address that is never asked.
    """

    title: str
    link: str
    article_id: int | None
    url: str
    stage: str
    reason: str
    answers: tuple[SiteAnswer, ...]


def _redirect(location: str, status: int = 301) -> Callable[[str], SiteAnswer]:
    return lambda path: redirect(path, location.format(path=path), status=status)


def _body(body: bytes, content_type: str) -> Callable[[str], SiteAnswer]:
    return lambda path: document(path, body, content_type)


def _shell(shown: str, inner: str) -> Callable[[str], SiteAnswer]:
    return lambda path: html_page(path, _SHELL.format(shown=shown, inner=inner))


# How many, where refused, why, and the answer.
_KINDS: tuple[tuple[int, str, str, Callable[[str], SiteAnswer]], ...] = (
    (4, "fetch", "not-found", lambda path: error_page(path, 404, "No such story.")),
    (3, "fetch", "gone", lambda path: error_page(path, 410, "This story was withdrawn.")),
    (2, "fetch", "redirected-away", _redirect("/", 302)),
    (1, "fetch", "redirected-away", _redirect(f"{SITE}/")),
    (2, "fetch", "redirected-away", _redirect("https://partner.example{path}")),
    (1, "fetch", "redirected-away", _redirect("http://10.0.0.7/internal")),
    (1, "fetch", "too-many-redirects", _redirect(f"{SITE}{{path}}")),
    (3, "read", "error-page", _shell("block", "")),
    (1, "read", "not-html", _body(_PDF, "application/pdf")),
    (1, "read", "not-html", _body(_JPEG, "text/html; charset=utf-8")),
    (1, "read", "not-html", _body(b'{"Item1":[]}', "application/json")),
    (1, "read", "empty-body", _body(b"", "text/html; charset=utf-8")),
    (1, "read", "empty-body", _body(b" \r\n\r\n", "text/html")),
    (2, "read", "no-story", _shell("none", _EMPTY)),
    (1, "read", "no-story", _shell("none", _ONLY_PICTURE)),
    (3, "fetch", "robots-forbids", lambda path: html_page(path, "<html>embargoed</html>")),
)
# Links of feed items that name no story of the site.
_NO_STORIES = (
    (f"{SITE}/qn_news_story_s.aspx?title=Pearl-Market-Subdued", "no-story-id"),
    (f"{SITE}/pr/index.aspx", "no-story-id"),
    (f"{SITE}/updates/pr/Menafn_News_Images/local_media_3.jpg", "no-story-id"),
    ("https://partner.example/1100600999/Story-Of-Another-Site", "foreign-host"),
    ("https://menafn.com.partner.example/1100600998/Lookalike-Host", "foreign-host"),
    ("http://news.menafn.com/1100600997/Other-Host-Of-The-Same-Name", "foreign-host"),
)


def dead_links() -> Iterator[DeadLink]:
    """Every such address of the sample."""
    titles = iter(_HEADLINES)
    article_id = _FIRST_ID
    for count, stage, reason, answer in _KINDS:
        for _ in range(count):
            title = next(titles)
            path = story_path(article_id, slug(title), "en")
            url = SITE + path
            yield DeadLink(title=title, link=url, article_id=article_id, url=url, stage=stage,
                           reason=reason, answers=(answer(path),))  # fmt: skip
            article_id += 7
    for address, reason in _NO_STORIES:
        path = address.removeprefix(SITE)
        answers = (redirect(path, "/", status=302),) if "aspx?title" in path else ()
        yield DeadLink(title=next(titles), link=address, article_id=None, url=address,
                       stage="discover", reason=reason, answers=answers)  # fmt: skip
    # An old link without a title, which the site sends to its front page.
    legacy, path = f"/qn_news_story_s.aspx?storyid={article_id}", story_path(article_id, "", "en")
    answers = (redirect(legacy, "/", status=302), redirect(path, "/", status=302))
    yield DeadLink(title=next(titles), link=SITE + legacy, article_id=article_id, url=SITE + path,
                   stage="fetch", reason="redirected-away", answers=answers)  # fmt: skip


def robots_text() -> bytes:
    """robots.txt: stories are allowed but for a few, no delay is asked of ordinary crawlers.

    The real site's was never seen; this one is invented.
    """
    embargoed = [dead for dead in dead_links() if dead.reason == "robots-forbids"]
    forbidden = "".join(f"Disallow: /{dead.article_id}/\n" for dead in embargoed)
    return (
        "# MENAFN.COM\nUser-agent: *\nAllow: /\nDisallow: /external_site/\nDisallow: /mobile/\n"
        f"Disallow: /private-wire/\n{forbidden}\n"
        "User-agent: GreedyBot\nCrawl-delay: 20\nDisallow: /\n"
    ).encode()
