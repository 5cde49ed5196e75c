"""The layouts that the site's story pages have had, as data: mend a selector here, not the reader.

A selector is `tag#id.class.class`, each part optional; alternatives stand in the order of trust.
The wire renders old stories in the layout of the day on which they are asked for, so an era's
dates are those of captures, not of stories.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """One layout of story pages.

    Attributes:
        name: as `extractor_version` names it.
        since: first day of captures with it.
        until: last day of captures with it.
        marks: elements that only its pages have.
        container: the story's container: picture, headline, time, text and what follows it.
        title: the headline, within the container.
        time: the printed time, within the container.
        byline: the author, within the container.
        picture: the story's picture.
        logo: the provider's name beside its logo.
        furniture: elements of the container that hold nothing of the story's text.
    """

    name: str
    since: date
    until: date
    marks: tuple[str, ...]
    container: tuple[str, ...]
    title: tuple[str, ...]
    time: tuple[str, ...]
    byline: tuple[str, ...]
    picture: tuple[str, ...]
    logo: tuple[str, ...]
    furniture: tuple[str, ...]


_TIME = ("span.entry-date", "#ContentPlaceHolder1_lbl_date_story", "time.entry-date")
_FURNITURE = (
    "span.entry-date",
    "time.entry-date",
    "h1.main-entry-title",
    "h2.main-entry-title",
    "#ContentPlaceHolder1_author_section",
    "#ContentPlaceHolder1_a_logo_anchor",
    "#ContentPlaceHolder1_social_edg",
    "div.entry-blog-meta",
    "div.newedge-social-share",
    "div.post-meta-info",
    "#ContentPlaceHolder1_lbl_hashtags",
    "#ContentPlaceHolder1_lblb_cats",
    "#ContentPlaceHolder1_lbl_date_story",
    "div.error-page",
    "div.Style403",
    "div.SorryStyle",
    "div.ErrorTextStyle",
    # Rails and feet, which fall into the container when a story leaves an element unclosed.
    "#ContentPlaceHolder1_Rightcol",
    "#div_mostPop",
    "#RColNewslatter",
    "#RColSpaceBanner",
    "#div_HomeEn_FXStockMarketshtml",
    "div.newedge-newsletter",
    "div.advertisement",
    "div.latest-comments",
    "div.section-title",
    "div.market-data",
    "div.social-counter",
    "ul.popular-news-list",
)

SPA = Era(
    name="spa",
    since=date(2024, 12, 25),
    until=date.max,
    marks=("#HiddenMainDiv", "div#root", "div.Style403"),
    container=("div#ContentPlaceHolder1_div_story",),
    title=("h1.main-entry-title", "h1"),
    time=_TIME,
    byline=("#ContentPlaceHolder1_author_section",),
    picture=("img#ImgNews",),
    logo=("#ContentPlaceHolder1_a_logo_anchor",),
    furniture=_FURNITURE,
)
"""The React site, which kept the element ids of its predecessor."""

ASPNET = Era(
    name="aspnet",
    since=date(2018, 1, 1),
    until=date(2025, 4, 1),
    marks=("input#__VIEWSTATE", "form#form1", "form#aspnetForm"),
    container=("div#ContentPlaceHolder1_div_story", "div#ContentPlaceHolder1_div_story_body"),
    title=("h1.main-entry-title", "h1"),
    time=_TIME,
    byline=("#ContentPlaceHolder1_author_section",),
    picture=("img#ImgNews",),
    logo=("#ContentPlaceHolder1_a_logo_anchor",),
    furniture=_FURNITURE,
)
"""The ASP.NET site. Its text stands in the container's fifth `div`, between empty ones."""

EARLY = Era(
    name="early",
    since=date(2013, 1, 1),
    until=date(2017, 12, 31),
    marks=("td.story-text", "td.story-source"),
    container=("div#ContentPlaceHolder1_div_story",),
    title=("h1", "h2"),
    time=_TIME,
    byline=(),
    picture=("img#ImgNews",),
    logo=("td.story-source",),
    furniture=_FURNITURE,
)
"""The site of 2015 to 2017: no printed time, no token; its elements are known least."""

FURNITURE_OF_ANY_ERA = _FURNITURE
"""For pages of no known layout."""

ERAS = (SPA, ASPNET, EARLY)
"""Newest first."""

UNKNOWN = "unknown"
"""The layout of a page that no era recognises."""


def eras_for(day: date) -> tuple[Era, ...]:
    """Every era, those valid on a day first.

    Args:
        day: when a page was captured.
    """
    return tuple(sorted(ERAS, key=lambda era: not era.since <= day <= era.until))
