"""What fills a page round its story: styles, scripts, menus, tickers, ad holders, link lists.

Only names and places of the parts were seen (navigation labels, ad holders HomeB1 to HomeB3, top1
to top3, space1 and footer_ads, the newsletter block); their markup, styles and scripts are
invented. Real pages are 30 to 100 kB, most of it such filling, in about 1,500 tags.
"""

from random import Random

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.wording import COUNTRY_CODES, PLACES_AND_DESKS, Wording

_POOL = 48
_RULES = (
    "margin:0 auto", "padding:4px 9px", "border-bottom:1px solid #d8d8d8", "display:block",
    "float:left", "line-height:1.45", "font:normal 13px/1.4 Arial,Helvetica,sans-serif",
    "background:#f6f7f9 url(/includes/img/strip.png) repeat-x", "color:#0b3d6b", "overflow:hidden",
    "text-decoration:none", "width:100%", "max-width:1170px", "position:relative", "z-index:40",
    "transition:opacity .2s ease-in", "letter-spacing:.02em", "box-sizing:border-box",
)  # fmt: skip
_PARTS = (
    "header", "menu", "ticker", "quote", "rail", "card", "slide", "thumb", "share", "foot", "promo",
    "weather", "poll", "tabs", "modal", "login", "badge", "grid", "story", "photo", "strip",
)  # fmt: skip
_VERBS = ("load", "show", "hide", "bind", "count", "track", "fold", "align", "refresh", "queue")
_QUOTES = (
    ("TASI", 11_420), ("DFM", 5_310), ("ADX", 9_780), ("QSE", 10_640), ("MSX", 4_720),
    ("BHB", 1_985), ("ASE", 2_560), ("EGX30", 31_900), ("BRENT", 71), ("WTI", 67), ("GOLD", 3_350),
    ("SILVER", 38), ("EUR/USD", 1.1), ("USD/JPY", 149), ("GBP/USD", 1.3), ("COPPER", 4.6),
)  # fmt: skip


class Furniture:
    """Ready-made styles, scripts and tickers; no two pages draw the same ones.

    Making the parts once is what lets a wire of 100,000 pages be made in minutes.
    """

    def __init__(self, seed: int) -> None:
        random = Random(f"furniture {seed}")
        self.styles = [_style(random) for _ in range(_POOL)]
        self.scripts = [_script(random, number) for number in range(_POOL)]
        self.tickers = [_ticker(random) for _ in range(_POOL)]


def _style(random: Random) -> str:
    return "\n".join(
        f".{random.choice(_PARTS)}-{random.choice(_PARTS)} "
        f"{random.choice(('a', 'li', 'span', '> div', 'img', 'h4'))}"
        f"{{{';'.join(random.sample(_RULES, random.randint(2, 5)))}}}"
        for _ in range(random.randint(16, 34))
    )


def _script(random: Random, number: int) -> str:
    names = [f"{random.choice(_VERBS)}{random.choice(_PARTS).title()}{n}" for n in range(6)]
    functions = "\n".join(
        f"function {name}(box,turn){{var held=document.getElementById('{random.choice(_PARTS)}_"
        f"{random.randrange(90)}');if(!held||turn<{random.randrange(9)}){{return false;}}"
        f"held.setAttribute('data-{random.choice(_PARTS)}',box+'{random.randrange(16**6):06x}');"
        f"window.setTimeout(function(){{{random.choice(names)}(box,turn-1);}},"
        f"{random.randrange(200, 4000)});return true;}}"
        for name in names
    )
    options = ",".join(
        f"'{random.choice(_PARTS)}{n}':{random.randrange(10**5)}"
        for n in range(random.randint(6, 20))
    )
    return f"//<![CDATA[\nvar part{number}={{{options}}};\n{functions}\n//]]>"


def _ticker(random: Random) -> str:
    cells = "".join(
        f'<li class="quote-item"><span class="sym">{name}</span> <span class="val">'
        f"{usual * random.uniform(0.9, 1.1):,.2f}</span><em>{random.uniform(-3, 3):+.2f}%</em></li>"
        for name, usual in random.sample(_QUOTES, 9)
    )
    return f'<div class="ticker-strip"><ul class="quotes">{cells}</ul></div>'


def ad_holder(name: str, random: Random) -> str:
    """An empty place for an advertisement."""
    number = random.randrange(10**6)
    return (
        f'<div id="{name}" class="ad-holder" data-slot="{number}"><div id="div-gpt-{number}">'
        f"<script>window.adqueue=window.adqueue||[];adqueue.push(['{name}',{number}]);</script>"
        "</div></div>"
    )


def country_menu(wording: Wording) -> str:
    """The menu of countries, as links to their listing pages."""
    items = "".join(
        f'<li class="menu-item"><a href="{SITE}/qn_country.aspx?country={code}&amp;src=header">'
        f"{name}</a></li>"
        for code, name in zip(COUNTRY_CODES, wording.countries, strict=True)
    )
    return f'<ul class="sub-menu countries">{items}</ul>'


def navigation(wording: Wording) -> str:
    """The navigation, its labels parted by runs of hard blanks."""
    gap = "&nbsp;" * 5
    regions = gap.join(
        f'<a href="{SITE}/qn_news_sections.aspx?src=c&amp;country={value}">{name}</a>'
        for name, (_, value) in zip(wording.regions, PLACES_AND_DESKS, strict=True)
    )
    names = [topic.replace("&", "&amp;") for topic in wording.topics]
    first = gap.join(
        f'<a href="{SITE}/qn_news_sections.aspx?src=s">{name}</a>' for name in names[:3]
    )
    last = gap.join(
        f'<a href="{SITE}/qn_news_sections.aspx?src=s">{name}</a>' for name in names[3:]
    )
    return (
        f'<nav class="main-nav" id="nav_main"><div class="nav-row">{regions}</div>'
        f'<div class="nav-row">|{gap}{first}</div><div class="nav-row">{last}</div>'
        f"{country_menu(wording)}</nav>"
    )


def newsletter(wording: Wording) -> str:
    """The newsletter block."""
    title, english, arabic, both, button = wording.newsletter
    choices = "".join(
        f'<label><input type="radio" name="lang" value="{value}">{label}</label>'
        for value, label in (("En", english), ("Ar", arabic), ("All", both))
    )
    return (
        f'<div class="widget newsletter"><h4>{title}</h4><form action="{SITE}/nl_sub.aspx">'
        f'<input type="text" name="email" value="">{choices}'
        f'<input type="submit" value="{button}"></form></div>'
    )


def foot(wording: Wording, random: Random) -> str:
    """The foot of the page: link lists and the last advertisement."""
    links = "".join(
        f'<li><a href="{SITE}/about/{number}.aspx">{label}</a></li>'
        for number, label in enumerate(wording.about)
    )
    return (
        f'<footer class="site-foot"><ul class="foot-links">{links}</ul>'
        f'{ad_holder("footer_ads", random)}<p class="copyright">&copy; 2000-2026 MENAFN.COM</p>'
        "</footer>"
    )
