"""Small story pages of each layout, for tests to damage; invented words only."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tasks.core.records import Article, Capture
from tasks.pages.article import read_page

STORY = 1109916091
ZONE = ZoneInfo("America/New_York")
TITLE = "Lantern Makers Agree On Winter Prices"
TOKEN = f"MENAFN12082025000045017169ID{STORY}"
FIRST = "The guild of lantern makers agreed on Monday on one price for the winter."
SECOND = "Its chair, Odran Telmi, called the price “fair to the hand and to the purse” on the quay."
THIRD = "Sales rose by 4.2 percent last year, the guild said, to 31,400 lanterns."
PARAGRAPHS = (FIRST, SECOND, THIRD)
BODY = "\n".join(PARAGRAPHS)
STALE_CLOCK = "Tuesday, 02 January 2024 12:17 GMT"
OTHER_STORY = "https://menafn.com/1107659256/Kite-Masters-Sail-Past-Every-Record-At-Dawn"
DISCLAIMER = (
    "MENAFN provides the information “as is” without warranty. "
    "For complaints kindly contact the provider above."
)


def paragraphs(*texts: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to be printed; every part may be replaced."""

    credit: str = "(MENAFN) "
    texts: tuple[str, ...] = PARAGRAPHS
    text: str | None = None
    title: str = TITLE
    clock: str = "2025-08-12 04:35:35"
    tail: str = f"<br><br>{TOKEN}<br>"
    picture: str = "/updates/pr/2025-08/12/LM_7ad17image_story.jpg"
    logo: str = ""
    below: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def story(self) -> str:
        """What the editors typed: credit, text, token."""
        text = paragraphs(self.credit + self.texts[0], *self.texts[1:])
        return (text if self.text is None else self.text) + self.tail


def spa(page: Page) -> str:
    """The React site, since 2025."""
    return f"""<!DOCTYPE html><html><head><title>{page.title} | MENAFN.COM</title></head><body>
<div>{STALE_CLOCK}</div><a href="/arabic">عربي</a>
<nav><a href="/qn_news_sections.aspx?src=s">US &nbsp; Europe</a> | Politics Economy</nav>
<section><div hidden><div class="Style403">403</div><div class="SorryStyle">Sorry!!</div>
<div class="ErrorTextStyle">Error! We're sorry, but the page you were
looking for doesn't exist.</div></div>
<div id="HiddenMainDiv"><div id="ContentPlaceHolder1_div_story" class="col-sm-9">
<div><a id="ContentPlaceHolder1_img_link" href="./css/x_story.jpg">
<img id="ImgNews" alt="A lantern on a quay" src="{page.picture}"></a></div>
<div><h1 class="main-entry-title"> {page.title}</h1><br>
<p id="ContentPlaceHolder1_author_section"></p></div>
<div class="entry-blog-meta"><p class="author"><a href="#">Date</a></p>
<span class="entry-date">{page.clock}</span>
<div id="ContentPlaceHolder1_social_edg"><a href="{OTHER_STORY}"> Share on Facebook</a></div></div>
<div class="entry-summary"></div>
<div class="entry-summary tit">{page.story}</div><div class="entry-summary"></div>
<a id="ContentPlaceHolder1_a_logo_anchor" href="#"><img src="l.png">
<h2 class="main-entry-title">{page.logo}</h2></a>{page.below}
<div class="entry-summary"><p><b>Legal Disclaimer:</b><br> {DISCLAIMER}</p></div>
<div class="post-meta-info"><p>Tags</p><span id="ContentPlaceHolder1_lbl_hashtags">Label</span>
<p>Comments</p><a href="{OTHER_STORY}">No comment</a></div></div>
{_related()}</div></section></body></html>"""


def aspnet(page: Page) -> str:
    """The ASP.NET site, until 2025."""
    return f"""<!DOCTYPE html><html><head><title>{page.title}</title></head><body>
<form id="form1"><input type="hidden" id="__VIEWSTATE" value="wEPDwUK">
<div id="ContentPlaceHolder1_div_story"><div><h1 class="main-entry-title">{page.title}</h1></div>
<div>Date<br><span class="entry-date">{page.clock}</span></div>
<div><a href="#">Share on Facebook</a> <a href="#">Tweet on Twitter</a></div>
<div><img id="ImgNews" src="{page.picture}"></div><div>{page.story}</div>
<div><a id="ContentPlaceHolder1_a_logo_anchor" href="#"><h2>{page.logo}</h2></a></div>{page.below}
<div><p><strong>Legal Disclaimer:</strong></p><p>{DISCLAIMER}</p></div>
<div>Tags <span id="ContentPlaceHolder1_lbl_hashtags">Label</span></div><div>Search</div></div>
{_related()}</form></body></html>"""


def early(page: Page) -> str:
    """The site of 2015 to 2017."""
    return f"""<html><head><title>{page.title}</title></head><body><table><tr><td>
<div id="ContentPlaceHolder1_div_story"><table><tr><td><h1>{page.title}</h1></td></tr>
<tr><td><img id="ImgNews" src="{page.picture}"></td></tr>
<tr><td class="story-text">{page.story}</td></tr>
<tr><td><p><b>Legal Disclaimer:</b></p><p>{DISCLAIMER}</p></td></tr></table></div>
</td><td>{_related()}</td></tr></table></body></html>"""


def _related() -> str:
    items = "".join(
        f'<li><a href="https://menafn.com/11076592{n:02}/Other">Market Of Item {n} To Grow ...</a></li>'
        for n in range(7)
    )
    return (
        f'<div id="ContentPlaceHolder1_Rightcol"><h4>Market Research</h4>'
        f'<ul class="popular-news-list">{items}</ul></div><h3>More Stories</h3><div>{items}</div>'
    )


def capture(article_id: int | None = STORY, **changes: object) -> Capture:
    """Where a page came from."""
    values: dict[str, object] = {
        "capture_id": "7b0f1a52-0000-4000-8000-000000000000",
        "url": f"https://menafn.com/{article_id}/Lantern-Makers",
        "article_id": article_id,
        "fetched_at": datetime(2026, 1, 1, tzinfo=UTC),
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "body_bytes": 0,
        "payload_sha256": "",
        "warc_path": "raw/x.warc.gz",
        "warc_offset": 0,
        "etag": None,
        "last_modified": None,
        "run_id": "20260101T000000Z-aaaaaa",
    }
    return Capture(**(values | changes))  # type: ignore[arg-type]


def read(html: str | bytes, content_type: str | None = "text/html", **changes: object) -> Article:
    """What the reader makes of a page."""
    body = html.encode() if isinstance(html, str) else html
    return read_page(body, content_type, capture=capture(**changes), zone=ZONE)  # type: ignore[arg-type]
