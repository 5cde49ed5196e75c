"""Where on a page its story stands, by the layout that the page has."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, cast

from lxml import etree, html

from tasks.core.html import Selection, find_all, find_on_page
from tasks.pages.blocks import read_blocks
from tasks.pages.boilerplate import is_boilerplate, is_foreign_headline, link_share, strip_marks
from tasks.pages.cleanup import clean, letters
from tasks.pages.credit import match_credit
from tasks.pages.main_text import main_text, main_text_of_page
from tasks.pages.token import find_tokens

# Elements of the container that hold nothing of the story's text.
BOILERPLATE = Selection(
    (
        "span.entry-date", "time.entry-date", "h1.main-entry-title", "h2.main-entry-title",
        "#ContentPlaceHolder1_author_section", "#ContentPlaceHolder1_a_logo_anchor",
        "#ContentPlaceHolder1_social_edg", "div.entry-blog-meta", "div.newedge-social-share",
        "div.post-meta-info", "#ContentPlaceHolder1_lbl_hashtags",
        "#ContentPlaceHolder1_lblb_cats", "#ContentPlaceHolder1_lbl_date_story",
        "div.error-page", "div.Style403", "div.SorryStyle", "div.ErrorTextStyle",
        # Lists of other stories and footers, which fall into the container when a story leaves an
        # element unclosed.
        "#ContentPlaceHolder1_Rightcol", "#div_mostPop", "#RColNewslatter", "#RColSpaceBanner",
        "#div_HomeEn_FXStockMarketshtml", "div.newedge-newsletter", "div.advertisement",
        "div.latest-comments", "div.section-title", "div.market-data", "div.social-counter",
        "ul.popular-news-list",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """One layout of story pages; elements are given as selectors, the best first."""

    name: str  # as `extractor_version` names it
    since: date = date.min  # first day of captures with it
    until: date = date.max  # last day of captures with it
    markers: tuple[str, ...] = ()  # elements that only its pages have
    # The story's container: picture, headline, time, text and what follows it.
    container: tuple[str, ...] = ("div#ContentPlaceHolder1_div_story",)
    title: tuple[str, ...] = ("h1.main-entry-title", "h1")
    time: tuple[str, ...] = (
        "span.entry-date", "#ContentPlaceHolder1_lbl_date_story", "time.entry-date",
    )  # fmt: skip
    byline: tuple[str, ...] = ("#ContentPlaceHolder1_author_section",)
    picture: tuple[str, ...] = ("img#ImgNews",)
    # The provider's name next to its logo.
    logo: tuple[str, ...] = ("#ContentPlaceHolder1_a_logo_anchor",)
    boilerplate: Selection = BOILERPLATE


# Newest first.
LAYOUTS = (
    # The React site, which kept the element ids of its predecessor.
    PageLayout(
        name="spa",
        since=date(2024, 12, 25),
        markers=("#HiddenMainDiv", "div#root", "div.Style403"),
    ),
    # The ASP.NET site. Its text stands in the container's fifth `div`, between empty ones.
    PageLayout(
        name="aspnet",
        since=date(2018, 1, 1),
        until=date(2025, 4, 1),
        markers=("input#__VIEWSTATE", "form#form1", "form#aspnetForm"),
        container=("div#ContentPlaceHolder1_div_story", "div#ContentPlaceHolder1_div_story_body"),
    ),
    # The site of 2015 to 2017: no printed time, no token; its elements are known least.
    PageLayout(
        name="early",
        since=date(2013, 1, 1),
        until=date(2017, 12, 31),
        markers=("td.story-text", "td.story-source"),
        title=("h1", "h2"),
        byline=(),
        logo=("td.story-source",),
    ),
)
# Of a page that no layout recognises.
UNKNOWN_LAYOUT = PageLayout(
    name="unknown", container=(), title=("h1",), time=(), byline=(), picture=(), logo=()
)

_MOSTLY_LINKS = 0.5
_NAMING_MENAFN = etree.XPath("//body//text()[contains(., 'MENAFN')]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedStory:
    """A story's place on its page."""

    layout: PageLayout  # `UNKNOWN_LAYOUT` where no layout recognised the page
    root: html.HtmlElement
    container: html.HtmlElement  # the story's container; the page itself where none was found
    text: str  # all text within the container, each run of it on a line

    @property
    def is_of_known_layout(self) -> bool:
        return self.layout is not UNKNOWN_LAYOUT


def layouts_for(day: date) -> tuple[PageLayout, ...]:
    """Every layout, those valid on the day of a capture first."""
    return tuple(sorted(LAYOUTS, key=lambda layout: not layout.since <= day <= layout.until))


def locate_story(root: html.HtmlElement, captured_on: date, article_id: int) -> LocatedStory:
    """Find a story's container on its page.

    A layout recognises a page by its markers and holds its container; among several, those valid
    on the day of the capture come first. A page that has a container but no marker goes to the
    first layout that knows the container. Without any, the smallest element that holds both the
    dateline credit and the closing token is taken, or else the whole page.
    """
    token = f"ID{article_id}"
    unmarked = None
    for layout in layouts_for(captured_on):
        container = _best_container(root, layout.container, token)
        if container is None:
            continue
        if find_on_page(root, layout.markers) is not None:
            break
        unmarked = unmarked or (layout, container)
    else:
        if unmarked is None:
            anchored = _between_credit_and_token(root, article_id)
            container = root if anchored is None else anchored
            return LocatedStory(
                layout=UNKNOWN_LAYOUT, root=root, container=container, text=_text(container)
            )
        layout, container = unmarked
    if token not in _text(container):
        # It stands below the container once an element of the story was closed too often.
        for ancestor in container.iterancestors():
            if ancestor.tag == "body":
                break
            if token in ancestor.text_content():
                container = cast("html.HtmlElement", ancestor)
                break
    return LocatedStory(layout=layout, root=root, container=container, text=_text(container))


def _text(element: html.HtmlElement) -> str:
    return "\n".join(element.itertext())


def _best_container(
    root: html.HtmlElement, selectors: tuple[str, ...], token: str
) -> html.HtmlElement | None:
    """Of several containers the first with the story's token, else with text, else the first."""
    first = find_on_page(root, selectors)
    if first is not None and token in first.text_content():
        return first
    containers = list(find_all(root, selectors))
    texts = [container.text_content() for container in containers]
    with_token = (one for one, text in zip(containers, texts, strict=True) if token in text)
    with_text = (one for one, text in zip(containers, texts, strict=True) if text.strip())
    return next(with_token, next(with_text, next(iter(containers), None)))


def _between_credit_and_token(root: html.HtmlElement, article_id: int) -> html.HtmlElement | None:
    """The smallest element that holds the story's token and the credit nearest above it."""
    credit = None
    for run in cast("list[Any]", _NAMING_MENAFN(root)):
        element, text = run.getparent(), str(run)
        if run.is_tail:
            element = element.getparent()
        else:  # to the element's end, since a credit may hold elements
            text = element.text_content()
        if any(token.article_id == article_id for token in find_tokens(text)):
            if credit is None:
                return None
            around_credit = {credit, *credit.iterancestors()}
            around_token = (element, *element.iterancestors())
            return next((one for one in around_token if one in around_credit), None)
        if match_credit(text.strip()):
            credit = element
    return None


def story_blocks(story: LocatedStory) -> list[str]:
    """The blocks of text that may be the story's.

    What trafilatura takes for main text is kept. What it leaves out of a container is kept as well,
    since it drops short lines, headings, table rows and list items of stories, unless it is mostly
    links and no rule says what it is. Without a container only main text is kept.
    """
    if story.container is story.root and not story.is_of_known_layout:
        return main_text_of_page(story.root).splitlines()
    blocks = read_blocks(story.container, story.layout.boilerplate)
    main = letters(main_text(story.container))
    kept = []
    for block, below in pairwise((*blocks, "")):
        # The site breaks paragraphs after a linked keyword; the next block then continues with a
        # small letter. Boilerplate and other stories' headlines are dropped by their rules later.
        is_doubtful = (
            link_share(block) > _MOSTLY_LINKS
            and not strip_marks(below)[:1].islower()
            and not is_foreign_headline(block)
            and not is_boilerplate(clean(strip_marks(block)))
        )
        if not is_doubtful or letters(block) in main:
            kept.append(block)
    return kept
