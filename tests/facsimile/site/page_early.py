"""Story pages of 2015 to 2017.

Seen, in text only: no time and no token, a later paragraph that may stand first as a summary and
recurs in its place, the disclaimer at the end. The markup is invented: a page of tables, with the
story container's id of later years, the summary and the text in cells of one table.
"""

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.body import body_html
from tests.facsimile.site.furniture import ad_holder, country_menu, foot, newsletter
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
from tests.facsimile.site.wording import wording_of


def early_page(sheet: Sheet, around: Surroundings) -> str:
    """A story page of the oldest layout."""
    wording = wording_of(sheet.story.language)
    random = around.random
    page = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{wording.code}">\n'
        f"{head(sheet, around)}<body>\n"
        f'<table class="frame" width="980" align="center"><tr><td class="bar" colspan="2">'
        f'<a href="{SITE}/"><img src="/includes/img/logo.jpg" alt="MENAFN" /></a>'
        f"{country_menu(wording)}{ad_holder('top1', random)}</td></tr>\n"
        f'<tr><td valign="top">{_story(sheet)}'
        f"{more_stories(around.others(7, 12), sheet.story.language)}</td>\n"
        f'<td class="right" width="300" valign="top">{market_research(random, wording)}'
        f"{most_popular(around.others(6, 10), sheet.story.language)}{newsletter(wording)}</td></tr>\n"
        f'<tr><td colspan="2">{foot(wording, random)}</td></tr></table>'
    )
    return filled(page, around)


def _story(sheet: Sheet) -> str:
    headline = f'<h1 class="story-title">{sheet.title_html}</h1>' * sheet.headlines
    summary = (
        f'<tr><td class="story-summary"><b>{sheet.summary}</b></td></tr>\n' if sheet.summary else ""
    )
    return (
        '<div id="ContentPlaceHolder1_div_story"><table width="100%" class="story">\n'
        f"<tr><td>{headline}</td></tr>\n{summary}"
        f'<tr><td class="story-image">{picture_html(sheet)}</td></tr>\n'
        f'<tr><td class="story-text">\n{body_html(sheet)}\n</td></tr>\n'
        f'<tr><td class="story-source">{provider_logo(sheet)}</td></tr>\n'
        f'<tr><td class="story-legal">{disclaimer(sheet)}</td></tr></table></div>\n'
    )
