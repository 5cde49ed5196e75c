"""Story pages of 2018 to March 2025: an ASP.NET form.

Seen: the time's format and the line `Date` above it; that the text is the fifth child of the story
container; the ids of the container and its parts. Invented: the form round it, its hidden inputs,
the table of rails, and what the container's other four children hold.
"""

import base64
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
from tests.facsimile.site.rails import market_research, more_stories, most_popular
from tests.facsimile.site.sheet import Sheet
from tests.facsimile.site.wording import Wording, wording_of


def aspnet_page(sheet: Sheet, around: Surroundings) -> str:
    """A story page of the ASP.NET layout."""
    wording = wording_of(sheet.story.language)
    random = around.random
    page = (
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="{wording.code}" '
        f'dir="{wording.direction}">\n{head(sheet, around)}<body>\n'
        f'<form method="post" action="./{sheet.story.article_id}" id="form1">\n'
        f"{_hidden_inputs(around)}"
        f'<div class="header"><a href="{SITE}/">MENAFN.COM</a> {navigation(wording)}</div>\n'
        f"{ad_holder('top1', random)}\n"
        '<table class="page" cellspacing="0" cellpadding="0"><tr><td class="main" valign="top">\n'
        f"{_story(sheet, wording)}"
        f"{more_stories(around.others(7, 12), sheet.story.language)}</td>\n"
        f'<td class="side" valign="top" width="300">{ad_holder("HomeB1", random)}'
        f"{market_research(random, wording)}{most_popular(around.others(6, 10), sheet.story.language)}"
        f"{newsletter(wording)}{ad_holder('HomeB2', random)}</td></tr></table>\n"
        f"{foot(wording, random)}\n</form>"
    )
    return filled(page, around)


def _hidden_inputs(around: Surroundings) -> str:
    random = around.random
    state = base64.b64encode(random.randbytes(random.randint(900, 4200))).decode()
    check = base64.b64encode(random.randbytes(120)).decode()
    return (
        '<div class="aspNetHidden">\n'
        f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}" />\n'
        '<input type="hidden" name="__VIEWSTATEGENERATOR" value="'
        f'{random.randrange(16**8):08X}" />\n'
        f'<input type="hidden" name="__EVENTVALIDATION" value="{check}" />\n</div>\n'
    )


def _story(sheet: Sheet, wording: Wording) -> str:
    headline = f'<h1 class="main-entry-title">{sheet.title_html}</h1>' * sheet.headlines
    label = '<span class="lbl">Date</span><br />\n' if sheet.clock_labelled else ""
    clock = f'<span class="entry-date">{sheet.clock}</span>' if sheet.clock else ""
    facebook, twitter = wording.shares
    return (
        '<div id="ContentPlaceHolder1_div_story">\n'
        f'<div class="story-head">{headline}</div>\n'
        f'<div class="story-date">{label}{clock}</div>\n'
        f'<div class="story-share"><a href="#fb">{facebook}</a> <a href="#tw">{twitter}</a></div>\n'
        f'<div class="story-image">{picture_html(sheet)}</div>\n'
        f'<div class="story-text">\n{body_html(sheet)}\n</div>\n{_below(sheet, wording)}</div>\n'
    )


def _below(sheet: Sheet, wording: Wording) -> str:
    name = escape(sheet.story.provider.name)
    line = f"<h2>{name}</h2>" if sheet.provider_line else ""
    token = token_html(sheet)
    return (
        f'<div class="story-id">{token}</div>\n'
        '<div id="ContentPlaceHolder1_author_section"><a id="ContentPlaceHolder1_a_logo_anchor" '
        f'href="https://provider.example/{sheet.story.provider.code}">{provider_logo(sheet)}'
        f"{line}</a></div>\n"
        f'<div class="legal">{disclaimer(sheet)}</div>\n'
        f'<div class="story-tags">{wording.foot[0]} '
        f'<span id="ContentPlaceHolder1_lbl_hashtags">{wording.foot[1]}</span></div>\n'
        f'<div class="story-search">{wording.foot[-1]}</div>\n'
    )
