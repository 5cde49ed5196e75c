"""Story pages since April 2025: a single-page application's markup.

Seen: the frozen clock, the Arabic link and the navigation above the headline; the hidden `403`
block of every page; the ids and classes of the story's parts; many empty `entry-summary`
elements; the provider's name as a heading within its logo's link; the lines below the disclaimer;
the rails; a foreign story's link in share, comment and category anchors. Invented: everything that
holds these together, and all of the Arabic page but its address.
"""

from html import escape

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.body import body_html, token_html
from tests.facsimile.site.furniture import ad_holder, foot, navigation, newsletter
from tests.facsimile.site.parts import (
    Surroundings,
    disclaimer,
    filled,
    head,
    picture_html,
    provider_logo,
)
from tests.facsimile.site.rails import (
    FALSE_LINK,
    market_research,
    more_stories,
    most_popular,
    share_block,
)
from tests.facsimile.site.sheet import Sheet
from tests.facsimile.site.wording import STALE_CLOCK, Wording, wording_of

_EMPTY = '<div class="entry-summary"></div>\n'


def spa_page(sheet: Sheet, around: Surroundings) -> str:
    """A story page of the current layout."""
    wording = wording_of(sheet.story.language)
    page = (
        f'<!DOCTYPE html>\n<html lang="{wording.code}" dir="{wording.direction}">\n'
        f"{head(sheet, around)}<body>\n"
        '<noscript>You need to enable JavaScript to run this app.</noscript>\n<div id="root">\n'
        f"{_top(wording, around)}{_error_block()}"
        '<div class="container"><div class="row"><main class="col-md-8">\n'
        f"{_story(sheet, wording, around)}"
        f"{more_stories(around.others(7, 12), sheet.story.language)}\n</main>\n"
        f"{_side(wording, around, sheet.story.language)}</div></div>\n"
        f"{foot(wording, around.random)}\n</div>\n"
        f'<script>window.__STATE__={{"storyID":"{sheet.story.article_id}","social":""}};</script>'
    )
    return filled(page, around)


def _top(wording: Wording, around: Surroundings) -> str:
    other = f"{SITE}/arabic/" if wording.code == "en" else f"{SITE}/"
    return (
        f'<header id="header"><div class="top-bar"><span id="lbl_clock">{STALE_CLOCK}</span>\n'
        f'<a class="lang" href="{other}">{wording.other_language}</a></div>\n'
        f"{navigation(wording)}\n{ad_holder('top1', around.random)}"
        f"{ad_holder('top2', around.random)}{ad_holder('top3', around.random)}</header>\n"
    )


def _error_block() -> str:
    return (
        '<div class="error-page" id="div_error" style="display:none"><h1>403</h1><h2>Sorry!!</h2>'
        "<p>Error! We're sorry, but the page you were looking for doesn't exist.</p></div>\n"
    )


def _story(sheet: Sheet, wording: Wording, around: Surroundings) -> str:
    headline = f'<h1 class="main-entry-title">{sheet.title_html}</h1>\n' * sheet.headlines
    empty = [around.random.randint(1, 4) for _ in range(2)]
    return (
        f'<div id="ContentPlaceHolder1_div_story" class="blog-post-single">\n{headline}'
        f'<div class="entry-meta"><span class="entry-date">{sheet.clock or ""}</span></div>\n'
        f"{share_block(wording)}\n{_EMPTY * empty[0]}"
        f'<div class="post-image">{picture_html(sheet)}</div>\n'
        f'<div class="entry-summary tit">\n{body_html(sheet)}\n</div>\n{_EMPTY * empty[1]}'
        f"{_below(sheet, wording)}</div>\n"
    )


def _below(sheet: Sheet, wording: Wording) -> str:
    name = escape(sheet.story.provider.name)
    heading = f"<h2>{name}</h2>" if sheet.provider_line else ""
    token = token_html(sheet)
    apart = f'<div class="entry-summary">{token}</div>\n' if token else ""
    tags, label, comments, none, category, date, search = wording.foot
    return (
        f"{apart}"
        '<div id="ContentPlaceHolder1_author_section" class="author-box">'
        '<a id="ContentPlaceHolder1_a_logo_anchor" rel="nofollow" '
        f'href="https://provider.example/{sheet.story.provider.code}">'
        f"{provider_logo(sheet)}{heading}</a></div>\n"
        f'<div class="entry-summary disclaimer">{disclaimer(sheet)}</div>\n'
        f'<div class="tags"><span>{tags}</span> '
        f'<span id="ContentPlaceHolder1_lbl_hashtags">{label}</span></div>\n'
        f'<div class="comments"><a href="{FALSE_LINK}#comments">{comments}</a>'
        f"<p>{none}</p></div>\n"
        f'<div class="cats"><a href="{FALSE_LINK}">{category}</a> '
        '<span id="ContentPlaceHolder1_lblb_cats"></span></div>\n'
        f'<div class="dates"><span>{date}</span> '
        '<span id="ContentPlaceHolder1_lbl_date_story"></span></div>\n'
        f'<div class="search-box"><span>{search}</span><input type="text" name="q"></div>\n'
    )


def _side(wording: Wording, around: Surroundings, language: str) -> str:
    random = around.random
    return (
        f'<aside class="col-md-4">{ad_holder("HomeB1", random)}\n'
        f"{market_research(random, wording)}\n{ad_holder('HomeB2', random)}\n"
        f"{most_popular(around.others(6, 10), language)}\n{newsletter(wording)}\n"
        f"{ad_holder('HomeB3', random)}{ad_holder('space1', random)}</aside>\n"
    )
