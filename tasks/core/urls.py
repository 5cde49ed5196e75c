"""Addresses of the wire: every form a story's address has had, down to its id.

Forms seen on real links from 2013 to 2026:

- `https://menafn.com/<id>/<slug>`, with `/arabic` before the id for Arabic;
- the same with `http:`, with `www.`, without a slug, with `?src=RSS` or `?Social=on` behind it;
- `/qn_news_story_s.aspx?storyid=<id>&title=<slug>`, the names in any case;
- `/mobile/WebAPI/getnews/getstory/<id>`, the story in the JSON interface of the site's mobile
  application (seen in that application's code only). It names the story, yet never is the
  address that a story is stored under.

An id is a 1 and nine digits; the slug is decoration. Whatever Wirehouse stores is canonical, on
`https://menafn.com`; the base URL of the settings only says where that is dialled.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit


def is_local_host(host: str) -> bool:
    """Whether a wire on this host can only be a replayed or invented one.

    Args:
        host: a host name or a literal address, without port or brackets.

    Returns:
        True for `localhost` and for loopback, private and link-local addresses (RFC 1918, 3927,
        4193, 6890). A name is never resolved, so any other name counts as public.
    """
    if host.casefold().rstrip(".") == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_private


ORIGIN = "https://menafn.com"
"""Where every stored address lies."""
MAX_ADDRESS_CHARS = 4096
"""The longest real slugs, Arabic ones percent-encoded, have about 1,000."""

_HOSTS = frozenset({"menafn.com", "www.menafn.com"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
# RFC 3986 pchar, less the percent sign: what may stand bare in a segment of a path.
_SEGMENT_SAFE = "!$&'()*+,;=:@"
_QUERY_SAFE = _SEGMENT_SAFE + "/?%"
_BLANKS = " \t\r\n\f"
_DOTS = frozenset({".", ".."})
# Controls, backslashes, and halves of characters, which JSON can name and no encoding has.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
_STORY_PATH = re.compile(
    r"(?P<arabic>/arabic)?/(?P<id>1[0-9]{9})(?:/(?P<slug>[^/]*))?/?", re.IGNORECASE
)
_LEGACY_PATH = re.compile(r"(?P<arabic>/arabic)?/qn_news_story_s\.aspx", re.IGNORECASE)
_INTERFACE = "/mobile/WebAPI/getnews"
_INTERFACE_STORY = re.compile(rf"{_INTERFACE}/getstory/(?P<id>1[0-9]{{9}})/?", re.IGNORECASE)
_INTERFACE_SECTION = re.compile(
    rf"{_INTERFACE}/getsection/(?:Mobile(?:EN|AR)?_)?(?P<name>[A-Za-z0-9_]+)(?:-[0-9]+)?",
    re.IGNORECASE,
)
_STORY_ID = re.compile(r"1[0-9]{9}")
_FEED_NAME = re.compile(r"(?:menafn_)?(?P<name>.+)\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAddress:
    """What the address of a story says.

    Attributes:
        article_id: the 10-digit story id.
        slug: the headline's words, NFC and percent-encoded; empty where there are none.
        is_arabic: whether it is the Arabic site's.
    """

    article_id: int
    slug: str
    is_arabic: bool

    @property
    def url(self) -> str:
        """The canonical address: `https://menafn.com/<id>/<slug>`, `/arabic` kept, no query."""
        prefix = "/arabic" if self.is_arabic else ""
        return f"{ORIGIN}{prefix}/{self.article_id}/{self.slug}"


def canonical_url(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> str | None:
    """The stored form of any address of the wire.

    Args:
        link: an address, absolute or relative, as a page, a feed or a person gives it.
        page: the canonical address of the page that holds the link.
        base_url: where the wire is dialled; its host counts as the wire's.

    Returns:
        `https://menafn.com` with the path and the query, percent-encoded in one way and without
        fragment; `None` for an address that isn't the wire's: another host or port, a user name,
        a scheme other than http and https, control characters, backslashes, dots or nothing for
        a segment, or more than `MAX_ADDRESS_CHARS`.
    """
    parts = _split(link, page)
    if parts is None or _host_and_port(parts) not in _wire_hosts(base_url):
        return None
    path = _normal_path(_below_base(parts, base_url))
    if path.startswith("//") or not _DOTS.isdisjoint(path.split("/")):
        return None
    query = f"?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else ""
    url = f"{ORIGIN}{path or '/'}{query}"
    return url if len(url) <= MAX_ADDRESS_CHARS else None


def parse_story(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> StoryAddress | None:
    """Which story an address names.

    Args:
        link: an address in any of the forms of this module, absolute or relative.
        page: the canonical address of the page that holds the link.
        base_url: where the wire is dialled; its host counts as the wire's.

    Returns:
        The story, or `None` for whatever is not the wire's, and for the wire's own pictures,
        sections, feeds and the like.
    """
    url = canonical_url(link, page=page, base_url=base_url)
    if url is None:
        return None
    parts = urlsplit(url)
    story = _STORY_PATH.fullmatch(parts.path)
    if story:
        return StoryAddress(
            article_id=int(story["id"]),
            slug=story["slug"] or "",
            is_arabic=story["arabic"] is not None,
        )
    told = _INTERFACE_STORY.fullmatch(parts.path)
    if told:
        return StoryAddress(article_id=int(told["id"]), slug="", is_arabic=False)
    legacy = _LEGACY_PATH.fullmatch(parts.path)
    return _legacy_story(parts.query, is_arabic=legacy["arabic"] is not None) if legacy else None


def story_id(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> int | None:
    """The id of the story an address names, `None` where it names none; see `parse_story`."""
    story = parse_story(link, page=page, base_url=base_url)
    return None if story is None else story.article_id


def canonical_story_url(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> str | None:
    """The stored address of the story an address names, `None` where it names none."""
    story = parse_story(link, page=page, base_url=base_url)
    return None if story is None else story.url


def interface_story_url(article_id: int) -> str:
    """Where the JSON interface has a story, in the canonical form of any address."""
    return f"{ORIGIN}{_INTERFACE}/getstory/{article_id}"


def interface_section_url(section: str, page: int) -> str:
    """Where the JSON interface lists a section, its pages counted from 1."""
    return f"{ORIGIN}{_INTERFACE}/getsection/{section}-{page}"


def is_interface_story(url: str) -> bool:
    """Whether a canonical address is that of a story in the JSON interface."""
    return _INTERFACE_STORY.fullmatch(urlsplit(url).path) is not None


def dial_url(canonical: str, base_url: str) -> str:
    """Where a canonical address is asked for.

    Args:
        canonical: what `canonical_url` gave.
        base_url: the wire's base address, with or without a path or a closing slash.

    Returns:
        The base address followed by the path and query.

    Raises:
        ValueError: the address isn't canonical.
    """
    if not canonical.startswith(f"{ORIGIN}/"):
        raise ValueError(f"not a canonical address of the wire: {canonical[:200]!r}")
    return base_url.rstrip("/") + canonical[len(ORIGIN) :]


def is_wire_host(link: str, base_url: str = ORIGIN) -> bool:
    """Whether an absolute address lies on the wire: its base host, menafn.com or www.menafn.com."""
    parts = _split(link, ORIGIN)
    return parts is not None and _host_and_port(parts) in _wire_hosts(base_url)


def is_wires_own_name(base_url: str) -> bool:
    """Whether a base address goes by the site's public name, and not by that of a copy."""
    return (urlsplit(base_url).hostname or "").rstrip(".") in _HOSTS


def section_name(listing: str) -> str:
    """What a feed or listing page is of, as its address names it.

    Args:
        listing: its canonical address.

    Returns:
        `Kuwait` for `/rss/menafn_Kuwait.xml`, `Europe` for `…?src=c&country=Europe`, `SA` for
        `/qn_country.aspx?country=SA…`, `Politics` for every page of the JSON interface's
        `MobileEN_Politics`; without a country, the file's name without its ending.
    """
    parts = urlsplit(listing)
    section = _INTERFACE_SECTION.fullmatch(parts.path)
    if section:
        return section["name"]
    country = dict(parse_qsl(parts.query)).get("country")
    if country:
        return country
    path = PurePosixPath(unquote(parts.path))
    feed = _FEED_NAME.fullmatch(path.name)
    return feed["name"] if feed else path.stem


def _split(link: str, page: str) -> SplitResult | None:
    """The parts of an http or https address, `None` for what could pass for another one."""
    link = link.strip(_BLANKS)
    if len(link) > MAX_ADDRESS_CHARS or _UNFIT.search(link):
        return None
    try:
        parts = urlsplit(urljoin(page, link))
    except ValueError:  # brackets that hold no IPv6 address, and the like
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and "@" not in parts.netloc else None


def _host_and_port(parts: SplitResult) -> tuple[str, int] | None:
    """Host and port; only ASCII hosts, so that no lookalike folds into the wire's name."""
    try:
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or not parts.netloc.isascii() or port == 0:
        return None
    return parts.hostname, port or _DEFAULT_PORTS[parts.scheme]


@lru_cache(maxsize=16)
def _wire_hosts(base_url: str) -> frozenset[tuple[str, int]]:
    defaults = _DEFAULT_PORTS.values()
    hosts = {(host, port) for host in _HOSTS for port in defaults}
    base = _host_and_port(urlsplit(base_url))
    if base is not None:
        hosts |= {(base[0], port) for port in defaults} if base[1] in defaults else {base}
    return frozenset(hosts)


def _below_base(parts: SplitResult, base_url: str) -> str:
    """The path without the base address's own, for a wire that is dialled below a folder."""
    base = urlsplit(base_url)
    folder = base.path.rstrip("/")
    is_below = parts.path.startswith(f"{folder}/") and _host_and_port(parts) == _host_and_port(base)
    return parts.path[len(folder) :] if folder and is_below else parts.path


def _normal_path(path: str) -> str:
    """Each segment NFC and percent-encoded in one way, whatever way it came.

    The site's own links carry Arabic letters decomposed (ya and a combining hamza), others carry
    them composed or not encoded at all. Bytes that aren't UTF-8 stay the bytes they are.
    """
    return "/".join(_normal_segment(segment) for segment in path.split("/"))


def _normal_segment(segment: str) -> str:
    text = unicodedata.normalize("NFC", unquote(segment, errors="surrogateescape"))
    return quote(text, safe=_SEGMENT_SAFE, errors="surrogateescape")


def _legacy_story(query: str, *, is_arabic: bool) -> StoryAddress | None:
    fields = [(name.lower(), value) for name, value in parse_qsl(query)]
    ids = {value for name, value in fields if name == "storyid"}
    if len(ids) != 1 or not _STORY_ID.fullmatch(article_id := ids.pop()):
        return None
    titles = [value for name, value in fields if name == "title"]
    slug = _normal_segment(quote("-".join(titles[0].split()))) if titles else ""
    return StoryAddress(article_id=int(article_id), slug=slug, is_arabic=is_arabic)
