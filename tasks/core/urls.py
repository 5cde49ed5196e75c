"""Addresses of the site: every form a story's address has had, down to its id.

Forms seen on real links from 2013 to 2026:

- `https://menafn.com/<id>/<slug>`, with `/arabic` before the id for Arabic;
- the same with `http:`, with `www.`, without a slug, with `?src=RSS` or `?Social=on` after it;
- `/qn_news_story_s.aspx?storyid=<id>&title=<slug>`, the names in any case;
- `/mobile/WebAPI/getnews/getstory/<id>`, the story in the JSON interface of the site's mobile
  application (seen in that application's code only). It names the story, but a story is never
  stored under it.

An id is a 1 and nine digits; the slug is decoration. Whatever Wirehouse stores is canonical, on
`https://menafn.com`; the base URL of the settings only says where that is dialled.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import PurePosixPath
from socket import inet_aton
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

ORIGIN = "https://menafn.com"
MAX_ADDRESS_CHARS = 4096  # the longest real slugs, Arabic ones percent-encoded, have about 1,000

_HOSTS = frozenset({"menafn.com", "www.menafn.com"})
# NAT64 (RFC 6052), IPv4-translated (RFC 2765) and IPv4-compatible (RFC 4291): the last 32 bits.
_TRANSLATED = tuple(map(IPv6Network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")))
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # whatever lies outside is routed nowhere
_DEFAULT_PORTS = {"http": 80, "https": 443}
# RFC 3986 pchar, less the percent sign: what may stand bare in a segment of a path.
_SEGMENT_SAFE = "!$&'()*+,;=:@"
_QUERY_SAFE = _SEGMENT_SAFE + "/?%"
_BLANKS = " \t\r\n\f"
_DOTS = frozenset({".", ".."})
# Controls, backslashes, and lone surrogates, which JSON can name and no encoding has.
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
    """What the address of a story says."""

    article_id: int
    slug: str  # the headline's words, NFC and percent-encoded; may be empty
    is_arabic: bool

    @property
    def url(self) -> str:
        """The canonical address: `https://menafn.com/<id>/<slug>`, `/arabic` kept, no query."""
        prefix = "/arabic" if self.is_arabic else ""
        return f"{ORIGIN}{prefix}/{self.article_id}/{self.slug}"


def canonical_url(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> str | None:
    """The stored form of any address of the site, percent-encoded in one way, without fragment.

    `page` is the canonical address of the page that holds the link; `base_url` is where the site is
    dialled, and its host counts as the site's. `None` for an address that isn't the site's: another
    host or port, a user name, a scheme other than http and https, control characters, backslashes,
    dots or nothing for a segment, or more than `MAX_ADDRESS_CHARS`.
    """
    link = link.strip(_BLANKS)
    if len(link) > MAX_ADDRESS_CHARS or _UNFIT.search(link):
        return None
    try:
        parts = urlsplit(urljoin(page, link))
    except ValueError:  # brackets that hold no IPv6 address, and the like
        return None
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc:
        return None
    if _host_and_port(parts) not in _site_hosts(base_url):
        return None
    # A site that is dialled below a folder, as a mirror may be, has that folder in its own links.
    base = urlsplit(base_url)
    folder, path = base.path.rstrip("/"), parts.path
    if folder and path.startswith(f"{folder}/") and _host_and_port(parts) == _host_and_port(base):
        path = path[len(folder) :]
    path = "/".join(map(_normal_segment, path.split("/")))
    if path.startswith("//") or not _DOTS.isdisjoint(path.split("/")):
        return None
    query = f"?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else ""
    url = f"{ORIGIN}{path or '/'}{query}"
    return url if len(url) <= MAX_ADDRESS_CHARS else None


def parse_story(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> StoryAddress | None:
    """Which story an address names; `page` and `base_url` are those of `canonical_url`."""
    url = canonical_url(link, page=page, base_url=base_url)
    if url is None:
        return None
    parts = urlsplit(url)
    if match := _STORY_PATH.fullmatch(parts.path):
        return StoryAddress(
            article_id=int(match["id"]),
            slug=match["slug"] or "",
            is_arabic=match["arabic"] is not None,
        )
    if match := _INTERFACE_STORY.fullmatch(parts.path):
        return StoryAddress(article_id=int(match["id"]), slug="", is_arabic=False)
    if match := _LEGACY_PATH.fullmatch(parts.path):
        fields = [(name.lower(), value) for name, value in parse_qsl(parts.query)]
        ids = {value for name, value in fields if name == "storyid"}
        if len(ids) == 1 and _STORY_ID.fullmatch(article_id := ids.pop()):
            titles = [value for name, value in fields if name == "title"]
            slug = _normal_segment(quote("-".join(titles[0].split()))) if titles else ""
            is_arabic = match["arabic"] is not None
            return StoryAddress(article_id=int(article_id), slug=slug, is_arabic=is_arabic)
    return None


def story_id(link: str, *, page: str = ORIGIN, base_url: str = ORIGIN) -> int | None:
    """The id of the story an address names, `None` where it names none; see `parse_story`."""
    story = parse_story(link, page=page, base_url=base_url)
    return None if story is None else story.article_id


def interface_story_url(article_id: int) -> str:
    """The canonical address of a story in the JSON interface."""
    return f"{ORIGIN}{_INTERFACE}/getstory/{article_id}"


def interface_section_url(section: str, page: int) -> str:
    """The canonical address of a page, counted from 1, of a section in the JSON interface."""
    return f"{ORIGIN}{_INTERFACE}/getsection/{section}-{page}"


def is_interface_story(url: str) -> bool:
    """Whether a canonical address is that of a story in the JSON interface."""
    return _INTERFACE_STORY.fullmatch(urlsplit(url).path) is not None


def dial_url(canonical: str, base_url: str) -> str:
    """Where a canonical address is requested; any other address is a `ValueError`."""
    if not canonical.startswith(f"{ORIGIN}/"):
        raise ValueError(f"not a canonical address of the site: {canonical[:200]!r}")
    return base_url.rstrip("/") + canonical[len(ORIGIN) :]


def is_local_host(host: str) -> bool:
    """Whether a site on this host, without port or brackets, can only be a copy or a fake.

    So are `localhost` and every address that isn't globally routable, in any spelling, or that
    leads to one through a translation. A name is never resolved, so any other counts as public.
    """
    address = _ip_address(host)
    if address is None:
        return _is_localhost(host)
    address = _translate(address)
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return True
    return not address.is_global or address.is_multicast or address.is_reserved


def is_loopback_host(host: str) -> bool:
    """Whether a host, without port or brackets, is this machine itself."""
    address = _ip_address(host)
    if address is None:
        return _is_localhost(host)
    return address.is_loopback or _translate(address).is_loopback


def is_public_site(base_url: str) -> bool:
    """Whether a base URL has the site's public name, and not that of a copy."""
    return (urlsplit(base_url).hostname or "").rstrip(".") in _HOSTS


def site_origin(link: str, page: str) -> str | None:
    """Scheme and host of a link on a public page of the site to another, `None` for a copy's."""
    url = urljoin(page, link)
    if not (is_public_site(page) and is_public_site(url)):
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def section_name(listing: str) -> str:
    """What a feed or listing page is of, as its canonical address names it.

    `Kuwait` for `/rss/menafn_Kuwait.xml`, `Europe` for `…?src=c&country=Europe`, `SA` for
    `/qn_country.aspx?country=SA…`, `Politics` for every page of the JSON interface's
    `MobileEN_Politics`; without a country, the file's name without its ending.
    """
    parts = urlsplit(listing)
    if section := _INTERFACE_SECTION.fullmatch(parts.path):
        return section["name"]
    if country := dict(parse_qsl(parts.query)).get("country"):
        return country
    path = PurePosixPath(unquote(parts.path))
    feed = _FEED_NAME.fullmatch(path.name)
    return feed["name"] if feed else path.stem


def _is_localhost(host: str) -> bool:
    name = host.casefold().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def _ip_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is, in the spellings that the system takes, such as `127.1`."""
    host = host.rstrip(".")
    with suppress(ValueError):
        return ip_address(host)
    with suppress(OSError, UnicodeEncodeError):
        return IPv4Address(inet_aton(host))
    return None


def _translate(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, itself where there is none."""
    if isinstance(address, IPv4Address):
        return address
    found = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    if any(address in network for network in _TRANSLATED):
        found = IPv4Address(address.packed[-4:])
    return found or address


def _host_and_port(parts: SplitResult) -> tuple[str, int] | None:
    """Host and port; only ASCII hosts, so that no lookalike folds into the site's name."""
    try:
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or not parts.netloc.isascii() or port == 0:
        return None
    return parts.hostname, port or _DEFAULT_PORTS[parts.scheme]


@lru_cache(maxsize=16)
def _site_hosts(base_url: str) -> frozenset[tuple[str, int]]:
    defaults = _DEFAULT_PORTS.values()
    hosts = {(host, port) for host in _HOSTS for port in defaults}
    base = _host_and_port(urlsplit(base_url))
    if base is not None:
        hosts |= {(base[0], port) for port in defaults} if base[1] in defaults else {base}
    return frozenset(hosts)


def _normal_segment(segment: str) -> str:
    """A segment of a path in NFC and percent-encoded in one way, whatever way it came.

    The site's own links carry Arabic letters decomposed (ya and a combining hamza), others carry
    them composed or not encoded at all. Bytes that aren't UTF-8 stay the bytes they are.
    """
    text = unicodedata.normalize("NFC", unquote(segment, errors="surrogateescape"))
    return quote(text, safe=_SEGMENT_SAFE, errors="surrogateescape")
