"""Story pages and listings in HTML, each with rails of other stories and filling up to its size.

Real pages are 30 to 100 kB, most of it such filling, in about 1,500 tags. The templates are in
`html/`; what stands between their tags comes from here.
"""

import base64
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from itertools import count
from random import Random
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.site.page import SITE, PageLayout, StoryPage, body_html, slug, story_path, token_html
from tests.site.story import FOLDER

# The frozen literal that opens every page since 2025.
STALE_CLOCK = "Tuesday, 02 January 2024 12:17 GMT"
# The link of a foreign story that pages since 2025 carry in share, comment and category anchors;
# only its id was seen.
FALSE_LINK = f"{SITE}/1107659256/Look-Boats-Form-A-Flag-Off-The-Corniche"
REGIONS = ("Americas", "Europe", "ArabWorld", "Asia", "Africa")
COUNTRY_CODES = (
    "SA", "AE", "BH", "QA", "KW", "JO", "OM", "EG", "LB", "IQ", "PS", "SY", "TN", "DZ", "MA", "YE",
)  # fmt: skip

_SIZES = {
    PageLayout.EARLY: (31_000, 62_000),
    PageLayout.ASPNET: (34_000, 82_000),
    PageLayout.SPA: (46_000, 97_000),
}
_SLACK = 3_000  # a page falls short of its size by less than one part of its filling
_POOL = 48
_WINDOW = 320
_RESEARCH_TITLES = 7
_RESEARCH_CUT = 52

_templates = Environment(
    loader=FileSystemLoader(FOLDER / "html"),
    undefined=StrictUndefined,
    autoescape=False,  # titles are printed escaped once, twice or not at all, as the page says
    keep_trailing_newline=False,
)
_templates.filters |= {"attribute": escape, "text": partial(escape, quote=False)}


@cache
def words_of(language: str) -> dict[str, Any]:
    """The words round a story in a language, and for `parts` those of styles and scripts."""
    tables = tomllib.loads((FOLDER / "html" / "words.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = tables[language]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Another story, as a rail shows it."""

    article_id: int
    title: str
    slug: str
    language: str

    @property
    def path(self) -> str:
        return story_path(self.article_id, self.slug, self.language)


def headline(page: StoryPage) -> Headline:
    story = page.story
    return Headline(
        article_id=story.article_id, title=page.title, slug=page.slug, language=story.language
    )


class Renderer:
    """Prints pages, each with rails of the stories before it.

    Styles, scripts and tickers are made once, which is what lets 100,000 pages be made in minutes.
    """

    def __init__(self, seed: int, page_bytes: tuple[int, int] | None = None) -> None:
        random = Random(f"furniture {seed}")
        self.styles = [_style(random) for _ in range(_POOL)]
        self.scripts = [_script(random, number) for number in range(_POOL)]
        self.tickers = [_ticker(random) for _ in range(_POOL)]
        self._page_bytes = page_bytes
        self._last: dict[str, deque[Headline]] = {}

    def remember(self, story: Headline) -> None:
        """Let further pages show a story in their rails; of each language the last are kept."""
        self._last.setdefault(story.language, deque(maxlen=_WINDOW)).append(story)

    def story_page(self, page: StoryPage, random: Random) -> str:
        low, high = self._page_bytes or _SIZES[page.layout]
        size = random.randint(low + _SLACK, high)
        words = words_of(page.story.language)
        disclaimer = words["disclaimer"]
        if page.disclaimer_garbled:
            disclaimer = disclaimer.encode().decode("windows-1252", "replace")
        text = _templates.get_template(f"{page.layout.value}.html").render(
            self._context(random, page.story.language, page.story.article_id),
            page=page,
            body=body_html(page),
            token=token_html(page),
            disclaimer_text=disclaimer,
        )
        others = partial(self._others, random, page.story.language, page.story.article_id)
        return _filled(text, size, self._filling(random, words, others))

    def listing_page(self, entries: list[Any], following: str | None, random: Random) -> str:
        """One page of a listing; entries have `href` and `title`."""
        template = _templates.get_template("listing.html")
        context = self._context(random, "en", 0)
        return template.render(context, entries=entries, following=following) + "\n"

    def _context(self, random: Random, language: str, article_id: int) -> dict[str, Any]:
        words = words_of(language)
        return {
            "site": SITE,
            "words": words,
            "stale_clock": STALE_CLOCK,
            "false_link": FALSE_LINK,
            "country_names": list(zip(COUNTRY_CODES, words["countries"], strict=True)),
            "region_names": list(zip(words["regions"], REGIONS, strict=True)),
            "draw_between": random.randint,
            "draw_number": random.randrange,
            "draw_base64": lambda size: base64.b64encode(random.randbytes(size)).decode(),
            "draw_style": lambda: random.choice(self.styles),
            "draw_script": lambda: random.choice(self.scripts),
            "draw_ticker": lambda: random.choice(self.tickers),
            "draw_stories": partial(self._others, random, language, article_id),
            "draw_research": lambda: [_research(random, words) for _ in range(_RESEARCH_TITLES)],
        }

    def _others(
        self, random: Random, language: str, article_id: int, fewest: int, most: int
    ) -> list[Headline]:
        """Headlines of other stories; a page on its own, as of a tiny site, may have none."""
        wanted = random.randint(fewest, most)
        others = [one for one in self._last.get(language, ()) if one.article_id != article_id]
        return random.sample(others, min(wanted, len(others)))

    def _filling(self, random: Random, words: dict[str, Any], others: Any) -> Iterator[str]:
        """An endless run of parts: two thirds of them rails of other stories, the rest scripts."""
        for number in count(1):
            title = escape(random.choice((*words["regions"], *words["topics"])))
            yield _section_rail(others(5, 9), title, number)
            yield f"<script>{random.choice(self.scripts)}</script>"
            yield _section_rail(others(5, 9), title, -number)
            if number % 4 == 0:
                yield random.choice(self.tickers)


def _filled(text: str, size: int, filling: Iterator[str]) -> str:
    """A page with parts put in before the end of its body, until it has its size in bytes."""
    closing = "</body>\n</html>\n"
    missing = size - len(text.encode("utf-8", "replace")) - len(closing)
    parts = []
    for part in filling:
        missing -= len(part.encode("utf-8", "replace")) + 1
        if missing < 0:
            break
        parts.append(part)
    return "\n".join((text, *parts, closing))


def _section_rail(headlines: list[Headline], title: str, number: int) -> str:
    items = "".join(
        f'<li class="rail-item"><div class="thumb"><a href="{one.path}"><span class="play">'
        f'</span></a></div><div class="text"><a href="{one.path}"><span>'
        f"{escape(one.title, quote=False)}</span></a></div></li>"
        for one in headlines
    )
    return (
        f'<div class="widget rail" id="rail_{number}"><h4><span>{title}</span></h4>'
        f'<ul class="rail-list">{items}</ul></div>'
    )


def _research(random: Random, words: dict[str, Any]) -> tuple[str, str]:
    """Path and cut title of a paid report."""
    title = f"{random.choice(words['sectors'])} {random.choice(words['reports'])}"
    shown = title[:_RESEARCH_CUT].rsplit(" ", 1)[0] + "..."
    number = random.randrange(10**5)
    return f"/research/rc_research.aspx?rep={number}&amp;t={slug(title)[:40]}", shown


def _style(random: Random) -> str:
    parts = words_of("parts")
    return "\n".join(
        f".{random.choice(parts['names'])}-{random.choice(parts['names'])} "
        f"{random.choice(('a', 'li', 'span', '> div', 'img', 'h4'))}"
        f"{{{';'.join(random.sample(parts['rules'], random.randint(2, 5)))}}}"
        for _ in range(random.randint(16, 34))
    )


def _script(random: Random, number: int) -> str:
    verbs, parts = words_of("parts")["verbs"], words_of("parts")["names"]
    names = [f"{random.choice(verbs)}{random.choice(parts).title()}{n}" for n in range(6)]
    functions = "\n".join(
        f"function {name}(box,turn){{var held=document.getElementById('{random.choice(parts)}_"
        f"{random.randrange(90)}');if(!held||turn<{random.randrange(9)}){{return false;}}"
        f"held.setAttribute('data-{random.choice(parts)}',box+'{random.randrange(16**6):06x}');"
        f"window.setTimeout(function(){{{random.choice(names)}(box,turn-1);}},"
        f"{random.randrange(200, 4000)});return true;}}"
        for name in names
    )
    options = ",".join(
        f"'{random.choice(parts)}{n}':{random.randrange(10**5)}"
        for n in range(random.randint(6, 20))
    )
    return f"//<![CDATA[\nvar part{number}={{{options}}};\n{functions}\n//]]>"


def _ticker(random: Random) -> str:
    cells = "".join(
        f'<li class="quote-item"><span class="sym">{name}</span> <span class="val">'
        f"{usual * random.uniform(0.9, 1.1):,.2f}</span><em>{random.uniform(-3, 3):+.2f}%</em></li>"
        for name, usual in random.sample(words_of("parts")["quotes"], 9)
    )
    return f'<div class="ticker-strip"><ul class="quotes">{cells}</ul></div>'
