"""Traps around the text: headline, clock, picture, sign-off, token and the way bytes are sent."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.facsimile.site.sheet import (
    PARAGRAPH_BREAK,
    Block,
    Delivery,
    Era,
    LinkForm,
    Picture,
    Sheet,
    token,
)
from tests.facsimile.site.trap import (
    Trap,
    is_arabic,
    is_english,
    is_syndicated,
    is_syndicated_english,
)

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_STOCK_PICTURES = 40


def _sign_off(
    name: str, form: str, seen: str, *, fits: str = r"\(end\) .+", weight: float = 1.0
) -> Trap:
    def applies(sheet: Sheet) -> bool:
        return re.fullmatch(fits, sheet.story.sign_off or "") is not None

    def apply(sheet: Sheet, _random: Random) -> Sheet:
        sign_off = sheet.story.sign_off or ""
        initials = sign_off.removeprefix("(end)").strip()
        return replace(sheet, sign_off_html=form.format(whole=sign_off, initials=initials))

    return Trap(name=name, slot="sign-off", seen=seen, applies=applies, apply=apply, weight=weight)


def _has_token(sheet: Sheet) -> bool:
    return bool(sheet.tokens)


def _double_token(sheet: Sheet, _random: Random) -> Sheet:
    return replace(sheet, tokens=sheet.tokens * 2)


def _lose_token(sheet: Sheet, _random: Random) -> Sheet:
    return replace(sheet, tokens=())


def _foreign_token(sheet: Sheet, _random: Random) -> Sheet:
    story = replace(sheet.story, article_id=sheet.story.article_id - 9_785)
    return replace(sheet, tokens=(token(story),), reject="token-mismatch")


def _two_stories(sheet: Sheet, random: Random) -> Sheet:
    story = replace(sheet.story, article_id=sheet.story.article_id - 4_711)
    half = max(1, len(sheet.blocks) // 2)
    glued = Block(text=None, html=token(story))
    blocks = (*sheet.blocks[:half], glued, *sheet.blocks[half:])
    return replace(sheet, blocks=blocks, reject="two-stories")


def _blank_lines(sheet: Sheet, random: Random) -> Sheet:
    return replace(sheet, blank_lines=random.choice((6, 9, 13)))


def _escape_title_twice(sheet: Sheet, _random: Random) -> Sheet:
    once = escape(sheet.title).replace("\N{RIGHT SINGLE QUOTATION MARK}", "&rsquo;")
    return replace(sheet, title_html=once.replace("&", "&amp;"))


def _arabic_clock(sheet: Sheet, _random: Random) -> Sheet:
    return replace(sheet, clock=(sheet.clock or "").translate(_ARABIC_DIGITS))


def _stock_picture(sheet: Sheet, random: Random) -> Sheet:
    path = f"/updates/pr/Menafn_News_Images/local_media_{random.randint(1, _STOCK_PICTURES)}.jpg"
    return replace(sheet, picture=Picture(path=path, caption="", is_own=True, is_stock=True))


def _logo(path: str) -> Callable[..., Sheet]:
    picture = Picture(path=path, caption="", is_own=False, is_stock=False)
    return lambda sheet, _random: replace(sheet, picture=picture)


def _own_picture(sheet: Sheet, random: Random) -> Sheet:
    caption = sheet.story.image_caption or ""
    path = picture_path(sheet, random)
    return replace(sheet, picture=Picture(path=path, caption=caption, is_own=True, is_stock=False))


def picture_path(sheet: Sheet, random: Random) -> str:
    """Path of a story's own picture, by the customs of its year."""
    day = sheet.story.published_at
    prefix = sheet.story.provider.image_prefix
    folder = f"/updates/pr/{day:%Y-%m}/{day:%d}"
    if day.year >= 2021:
        return f"{folder}/{prefix}_{random.randrange(16**5):05x}image_story.jpg"
    return (
        f"{folder}/{prefix}_{random.randrange(16**8):08x}-{random.randrange(16):x}image_story.jpg"
    )


def _delivered(
    name: str, seen: str, delivery: Delivery, *, arabic: bool = False, weight: float = 1.0
) -> Trap:
    def apply(sheet: Sheet, _random: Random) -> Sheet:
        return replace(sheet, delivery=delivery)

    applies = is_arabic if arabic else (lambda sheet: True)
    return Trap(name=name, slot="delivery", seen=seen, applies=applies, apply=apply, weight=weight)


def _linked(
    name: str, seen: str, forms: tuple[LinkForm, ...], applies: Callable[[Sheet], bool]
) -> Trap:
    def apply(sheet: Sheet, _random: Random) -> Sheet:
        return replace(sheet, links=forms)

    return Trap(name=name, slot="link", seen=seen, applies=applies, apply=apply)


def _is_early(sheet: Sheet) -> bool:
    return sheet.era is Era.EARLY and is_english(sheet)


def _is_late(sheet: Sheet) -> bool:
    return sheet.era is not Era.EARLY and is_english(sheet)


SIGN_OFF_TRAPS = (
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
)

PAGE_TRAPS = (
    *SIGN_OFF_TRAPS,
    Trap(
        name="token-doubled",
        slot="token",
        seen="the token printed twice, two lines running",
        applies=_has_token,
        apply=_double_token,
    ),
    Trap(
        name="token-missing",
        slot="token",
        seen="pages whose token no copy shows",
        applies=lambda sheet: _has_token(sheet) and is_syndicated(sheet),
        apply=_lose_token,
    ),
    Trap(
        name="token-and-clock-missing",
        slot="token",
        seen="pages that show neither",
        applies=lambda sheet: _has_token(sheet) and is_syndicated_english(sheet),
        apply=lambda sheet, _random: replace(sheet, tokens=(), clock=None),
    ),
    Trap(
        name="blank-lines-above-token",
        slot="gap",
        seen="6 to 13 blank lines above the token",
        applies=_has_token,
        apply=_blank_lines,
    ),
    Trap(
        name="token-apart",
        slot="gap",
        seen="invented: the token in an element of its own below the text",
        applies=_has_token,
        apply=lambda sheet, _random: replace(sheet, token_apart=True),
    ),
    Trap(
        name="provider-line",
        slot="provider-line",
        seen="the provider's name on its own line between token and disclaimer",
        applies=is_syndicated,
        apply=lambda sheet, _random: replace(sheet, provider_line=True),
    ),
    Trap(
        name="disclaimer-garbled",
        slot="disclaimer",
        seen="the disclaimer as UTF-8 read as windows-1252",
        applies=is_english,
        apply=lambda sheet, _random: replace(sheet, disclaimer_garbled=True),
    ),
    Trap(
        name="title-escaped-twice",
        slot="title",
        seen="`&#x27;` in a printed headline",
        applies=lambda sheet: is_english(sheet) and any(mark in sheet.title for mark in "'’&\""),
        apply=_escape_title_twice,
    ),
    Trap(
        name="clock-below-date-label",
        slot="clock",
        seen="a line `Date` above the time",
        applies=lambda sheet: sheet.era is Era.ASPNET,
        apply=lambda sheet, _random: replace(sheet, clock_labelled=True),
    ),
    Trap(
        name="clock-missing",
        slot="clock",
        seen="pages without any printed time",
        applies=lambda sheet: sheet.clock is not None and is_english(sheet),
        apply=lambda sheet, _random: replace(sheet, clock=None),
    ),
    Trap(
        name="clock-in-arabic-digits",
        slot="clock",
        seen="invented: the time in Arabic-Indic digits",
        applies=lambda sheet: is_arabic(sheet) and sheet.clock is not None,
        apply=_arabic_clock,
    ),
    Trap(
        name="own-picture",
        slot="picture",
        seen="a picture named after provider and day",
        applies=lambda sheet: sheet.story.image_caption is not None,
        apply=_own_picture,
    ),
    Trap(
        name="stock-picture",
        slot="picture",
        seen="pooled pictures of own news, reused across stories",
        applies=lambda sheet: sheet.story.image_caption is None,
        apply=_stock_picture,
    ),
    Trap(
        name="small-logo-as-picture",
        slot="picture",
        seen="the site's small logo where there is no picture",
        applies=lambda sheet: sheet.story.image_caption is None,
        apply=_logo("/images/Menafn_SmallLogo.jpg"),
    ),
    Trap(
        name="logo-as-picture",
        slot="picture",
        seen="the site's logo of 2022 where there is no picture",
        applies=lambda sheet: sheet.story.image_caption is None,
        apply=_logo("/includes/img/logo.jpg"),
    ),
)

TRANSPORT_TRAPS = (
    _delivered("gzipped", "answers packed with gzip", Delivery(is_gzipped=True), weight=5),
    _delivered(
        "header-says-windows-1252",
        "invented: UTF-8 bytes, a header that says windows-1252",
        Delivery(header="windows-1252"),
    ),
    _delivered(
        "header-says-iso-8859-1",
        "invented: UTF-8 bytes, a header that says iso-8859-1",
        Delivery(header="ISO-8859-1"),
    ),
    _delivered(
        "header-names-no-charset",
        "invented: no charset in the header; the page names it",
        Delivery(header=None),
    ),
    _delivered(
        "meta-disagrees",
        "invented: UTF-8 bytes and header, a meta element that says windows-1256",
        Delivery(meta="windows-1256"),
    ),
    _delivered(
        "windows-1256",
        "invented: a page that truly is in windows-1256 and says so",
        Delivery(charset="windows-1256", header="windows-1256", meta="windows-1256"),
        arabic=True,
        weight=0.25,
    ),
)

LINK_TRAPS = (
    _linked(
        "link-on-www-over-http",
        "`http://www.menafn.com/...?src=RSS` of 2015 to 2017",
        (LinkForm.HTTP_WWW,),
        _is_early,
    ),
    _linked("link-over-http", "`http://menafn.com/...?src=RSS`", (LinkForm.HTTP,), _is_early),
    _linked(
        "legacy-link",
        "`qn_news_story_s.aspx?storyid=...&title=...`",
        (LinkForm.LEGACY,),
        _is_early,
    ),
    _linked(
        "legacy-link-in-odd-case",
        "the same with `storyID` and `Title`",
        (LinkForm.LEGACY_ODD_CASE,),
        _is_early,
    ),
    _linked("feed-suffix", "`?src=RSS` on a feed's link", (LinkForm.SRC_RSS,), is_english),
    _linked(
        "social-twin",
        "a second item, `?Social=on`, its headline followed by hashtags",
        (LinkForm.BARE, LinkForm.SOCIAL),
        _is_late,
    ),
    _linked(
        "link-without-slug",
        "the id alone, beside the full form elsewhere",
        (LinkForm.SLUGLESS, LinkForm.BARE),
        _is_late,
    ),
    _linked(
        "link-with-old-slug",
        "invented: linked by an earlier headline, moved for good",
        (LinkForm.OLD_SLUG,),
        lambda sheet: _is_late(sheet) and is_syndicated_english(sheet),
    ),
    _linked(
        "link-with-decomposed-letters",
        "Arabic addresses with hamza letters decomposed",
        (LinkForm.DECOMPOSED,),
        is_arabic,
    ),
)

BROKEN_TRAPS = (
    Trap(
        name="token-of-another-story",
        slot="broken",
        seen="invented: the token names another story than the address",
        applies=_has_token,
        apply=_foreign_token,
    ),
    Trap(
        name="two-stories-in-one",
        slot="broken",
        seen="never seen, but two tokens in one text can mean nothing else",
        applies=lambda sheet: _has_token(sheet) and len(sheet.blocks) > 1,
        apply=_two_stories,
    ),
)
