"""Traps around the text: credit, dateline, headline, clock, picture, token, bytes and links."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.site.page import (
    PARAGRAPH_BREAK,
    Block,
    PageLayout,
    Picture,
    StoryPage,
    token,
)
from tests.site.trap import (
    Trap,
    always,
    has_token,
    is_arabic,
    is_english,
    is_syndicated,
    is_syndicated_english,
    trap,
)

_MONTHS_AR = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_STOCK_PICTURES = 40
_FOREIGN_ID, _GLUED_ID = 9_785, 4_711


def _credited(form: str, name: str, seen: str) -> Trap:
    def apply(page: StoryPage, _random: Random) -> StoryPage:
        return replace(page, credit=form.format(page.story.provider.name))

    return trap("credit", name, seen, is_syndicated, apply)


def _break_after_credit(page: StoryPage, random: Random) -> StoryPage:
    return replace(page, after_credit=random.choice(("<br>", "<br/>\n", PARAGRAPH_BREAK)))


def _add_second_credit(page: StoryPage, random: Random) -> StoryPage:
    gaps = ("", "<br>") if page.credit and page.credit.endswith(" ") else ("<br>",)
    second = page.story.provider.second_credit
    return replace(page, second_credit=second, after_credit=random.choice(gaps))


def _add_byline(page: StoryPage, _random: Random) -> StoryPage:
    printed = page.story.byline or ""
    return replace(page, byline=printed.removeprefix("By "), byline_html=escape(printed))


def _glue_read_more(page: StoryPage, _random: Random) -> StoryPage:
    byline = (page.story.byline or "").removeprefix("By ")
    link = '<a href="javascript:void(0)" class="author-more">Read more</a>'
    return replace(page, byline=byline, byline_html=f"<strong>{escape(byline)}</strong>{link}")


def _dateline(name: str, seen: str, form: str, fits: Callable[[str | None], bool]) -> Trap:
    def applies(page: StoryPage) -> bool:
        story = page.story
        is_complete = story.dateline_date is not None or "day}" not in form
        has_place = story.dateline_place is not None
        return is_english(page) and has_place and is_complete and fits(story.provider.agency_mark)

    def apply(page: StoryPage, _random: Random) -> StoryPage:
        day, place = page.story.dateline_date, page.story.dateline_place
        printed = form.format(
            place=place,
            day=f"{day:%b} {day.day}" if day else "",
            month_day=f"{day:%B} {day.day}" if day else "",
            mark=page.story.provider.agency_mark,
        )
        printed_day = day if "day}" in form else None
        return replace(page, dateline=printed, dateline_place=place, dateline_date=printed_day)

    return trap("dateline", name, seen, applies, apply)


def _arabic_dateline(page: StoryPage, _random: Random) -> StoryPage:
    day, place = page.story.dateline_date, page.story.dateline_place
    if day is None:
        return page
    mark = page.story.provider.agency_mark
    tail = f" ({mark})" if mark else ""
    printed = f"{place} في {day.day} {_MONTHS_AR[day.month - 1]}{tail} -- "
    return replace(page, dateline=printed, dateline_place=place, dateline_date=day)


def _sign_off(
    name: str, form: str, seen: str, *, fits: str = r"\(end\) .+", weight: float = 1.0
) -> Trap:
    def applies(page: StoryPage) -> bool:
        return re.fullmatch(fits, page.story.sign_off or "") is not None

    def apply(page: StoryPage, _random: Random) -> StoryPage:
        sign_off = page.story.sign_off or ""
        initials = sign_off.removeprefix("(end)").strip()
        return replace(page, sign_off_html=form.format(whole=sign_off, initials=initials))

    return trap("sign-off", name, seen, applies, apply, weight=weight)


def _foreign_token(page: StoryPage, _random: Random) -> StoryPage:
    story = replace(page.story, article_id=page.story.article_id - _FOREIGN_ID)
    return replace(page, tokens=(token(story),), reject="token-mismatch")


def _two_stories(page: StoryPage, _random: Random) -> StoryPage:
    story = replace(page.story, article_id=page.story.article_id - _GLUED_ID)
    half = max(1, len(page.blocks) // 2)
    glued = Block(text=None, html=token(story))
    blocks = (*page.blocks[:half], glued, *page.blocks[half:])
    return replace(page, blocks=blocks, reject="two-stories")


def _escape_title_twice(page: StoryPage, _random: Random) -> StoryPage:
    once = escape(page.title).replace("\N{RIGHT SINGLE QUOTATION MARK}", "&rsquo;")
    return replace(page, title_html=once.replace("&", "&amp;"))


def _own_picture(page: StoryPage, random: Random) -> StoryPage:
    """Named by the customs of its year."""
    day, prefix = page.story.published_at, page.story.provider.image_prefix
    if day.year >= 2021:
        code = f"{random.randrange(16**5):05x}"
    else:
        code = f"{random.randrange(16**8):08x}-{random.randrange(16):x}"
    path = f"/updates/pr/{day:%Y-%m}/{day:%d}/{prefix}_{code}image_story.jpg"
    return replace(page, picture=Picture(path=path, caption=page.story.image_caption or ""))


def _stock_picture(page: StoryPage, random: Random) -> StoryPage:
    path = f"/updates/pr/Menafn_News_Images/local_media_{random.randint(1, _STOCK_PICTURES)}.jpg"
    return replace(page, picture=Picture(path=path, is_stock=True))


def _has_no_caption(page: StoryPage) -> bool:
    return page.story.image_caption is None


def _blank_lines(page: StoryPage, random: Random) -> StoryPage:
    return replace(page, blank_lines=random.choice((6, 9, 13)))


def _double_token(page: StoryPage, _random: Random) -> StoryPage:
    return replace(page, tokens=page.tokens * 2)


def _arabic_clock(page: StoryPage, _random: Random) -> StoryPage:
    return replace(page, clock=(page.clock or "").translate(_ARABIC_DIGITS))


def _is_agency(mark: str | None) -> bool:
    return mark not in (None, "NNN", "KUNA")


CREDIT_TRAPS = (
    _credited(
        "MENAFN - {}) ",
        "credit-without-opening-bracket",
        "two pages of spring 2025: the opening bracket missing, a blank before the hyphen",
    ),
    _credited(
        "(MENAFN - {}) ",
        "credit-with-both-blanks",
        "feed texts of 2024 and 2025: a blank on both sides of the hyphen",
    ),
    _credited(
        "(MENAFN - {})",
        "credit-without-blank-after",
        "feed texts of 2025: no blank after the bracket, the text glued to it",
    ),
    _credited(
        "(MENAFN- {})",
        "ordinary-credit-without-blank-after",
        "the ordinary credit glued to the text",
    ),
    trap(
        "credit",
        "no-credit",
        "pages of 2017 and a few of 2024 open without any credit",
        is_syndicated,
        credit=None,
    ),
    trap(
        "credit",
        "credit-on-its-own-line",
        "a line break or a new paragraph after the credit",
        always,
        _break_after_credit,
    ),
    trap(
        "second-credit",
        "second-credit",
        "`QNA`, `The Peninsula` or `The Peninsula Online` after the credit",
        lambda page: page.credit is not None and page.story.provider.second_credit is not None,
        _add_second_credit,
    ),
    trap(
        "byline",
        "byline",
        "`By ...` between the credit and the dateline",
        lambda page: page.story.byline is not None,
        _add_byline,
    ),
    trap(
        "byline",
        "byline-with-glued-read-more",
        "an author's name with the words `Read more` glued on",
        lambda page: is_syndicated_english(page) and page.story.byline is not None,
        _glue_read_more,
    ),
    _dateline(
        "dateline-dashes",
        "`KUWAIT, Aug 15 (KUNA) -- `",
        "{place}, {day} ({mark}) -- ",
        lambda mark: mark == "KUNA",
    ),
    _dateline(
        "dateline-bare-dashes",
        "`BAGHDAD -- `, a later take without a day",
        "{place} -- ",
        lambda mark: mark in ("KUNA", "NNN"),
    ),
    _dateline(
        "dateline-without-dashes", "`Kyiv, Aug 9 (IANS) `", "{place}, {day} ({mark}) ", _is_agency
    ),
    _dateline(
        "dateline-en-dash",
        "`GENEVA, Feb 1 (NNN-XINHUA) – `",
        "{place}, {day} (NNN-XINHUA) – ",
        lambda mark: mark == "NNN",
    ),
    _dateline(
        "dateline-full-stop",
        "`BISHKEK, Kyrgyzstan, July 5. `",
        "{place}, {month_day}. ",
        lambda mark: mark is None,
    ),
    _dateline(
        "dateline-colon",
        "`Doha, Qatar: `, without a day",
        "{place}: ",
        lambda mark: mark is None,
    ),
    trap(
        "dateline",
        "arabic-dateline",
        "invented: no Arabic dateline was ever seen",
        lambda page: is_arabic(page) and page.story.dateline_place is not None,
        _arabic_dateline,
    ),
)

PAGE_TRAPS = (
    _sign_off("sign-off-inline", " {whole}", "`(end) zhr` closing the last paragraph"),
    _sign_off(
        "sign-off-on-next-line", " (end)<br>{initials}", "`(end)` and initials on a following line"
    ),
    _sign_off(
        "sign-off-apart", PARAGRAPH_BREAK + "{whole}", "`(end) tam.rk` as a paragraph of its own"
    ),
    _sign_off(
        "sign-off-doubled",
        f" (end){PARAGRAPH_BREAK}{{initials}}{PARAGRAPH_BREAK}{{initials}}",
        "initials printed on two lines running",
    ),
    _sign_off(
        "sign-off-end-alone",
        " (end)",
        "`(end)` without initials",
        fits=r"\(end\).*",
        weight=0.4,
    ),
    _sign_off(
        "sign-off-more",
        " (more)",
        "`(more)` closing a take that is not the last",
        fits=".+",
        weight=0.4,
    ),
    _sign_off(
        "sign-off-pickup",
        " (pickup previous)",
        "`(pickup previous)` closing a take",
        fits=".+",
        weight=0.4,
    ),
    trap(
        "token",
        "token-doubled",
        "the token printed twice, two lines running",
        has_token,
        _double_token,
    ),
    trap(
        "token",
        "token-missing",
        "pages whose token no copy shows",
        lambda page: has_token(page) and is_syndicated(page),
        tokens=(),
    ),
    trap(
        "token",
        "token-and-clock-missing",
        "pages that show neither",
        lambda page: has_token(page) and is_syndicated_english(page),
        tokens=(),
        clock=None,
    ),
    trap(
        "gap",
        "blank-lines-above-token",
        "6 to 13 blank lines above the token",
        has_token,
        _blank_lines,
    ),
    trap(
        "gap",
        "token-apart",
        "invented: the token in an element of its own below the text",
        has_token,
        token_apart=True,
    ),
    trap(
        "provider-line",
        "provider-line",
        "the provider's name on its own line between token and disclaimer",
        is_syndicated,
        provider_line=True,
    ),
    trap(
        "disclaimer",
        "disclaimer-garbled",
        "the disclaimer as UTF-8 read as windows-1252",
        is_english,
        disclaimer_garbled=True,
    ),
    trap(
        "title",
        "title-escaped-twice",
        "`&#x27;` in a printed headline",
        lambda page: is_english(page) and any(mark in page.title for mark in "'’&\""),
        _escape_title_twice,
    ),
    trap(
        "clock",
        "clock-below-date-label",
        "a line `Date` above the time",
        lambda page: page.layout is PageLayout.ASPNET,
        clock_labelled=True,
    ),
    trap(
        "clock",
        "clock-missing",
        "pages without any printed time",
        lambda page: page.clock is not None and is_english(page),
        clock=None,
    ),
    trap(
        "clock",
        "clock-in-arabic-digits",
        "invented: the time in Arabic-Indic digits",
        lambda page: is_arabic(page) and page.clock is not None,
        _arabic_clock,
    ),
    trap(
        "picture",
        "own-picture",
        "a picture named after provider and day",
        lambda page: not _has_no_caption(page),
        _own_picture,
    ),
    trap(
        "picture",
        "stock-picture",
        "pooled pictures of own news, reused across stories",
        _has_no_caption,
        _stock_picture,
    ),
    trap(
        "picture",
        "small-logo-as-picture",
        "the site's small logo where there is no picture",
        _has_no_caption,
        picture=Picture(path="/images/Menafn_SmallLogo.jpg", is_own=False),
    ),
    trap(
        "picture",
        "logo-as-picture",
        "the site's logo of 2022 where there is no picture",
        _has_no_caption,
        picture=Picture(path="/includes/img/logo.jpg", is_own=False),
    ),
)

BROKEN_TRAPS = (
    trap(
        "broken",
        "token-of-another-story",
        "invented: the token names another story than the address",
        has_token,
        _foreign_token,
    ),
    trap(
        "broken",
        "two-stories-in-one",
        "never seen, but two tokens in one text can mean nothing else",
        lambda page: has_token(page) and len(page.blocks) > 1,
        _two_stories,
    ),
)
