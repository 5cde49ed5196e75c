"""Which picture belongs to a story, and which only fills the gap."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

SITE = "https://menafn.com"
_SITE_HOSTS = ("menafn.com", "www.menafn.com")

_PLACEHOLDER = re.compile(
    r"/images/menafn_smalllogo|/includes/img/|(?:^|[/_-])(?:no[-_]?image|placeholder|blank)\b"
    r"|/(?:menafn[-_]?)?logo[^/]*\.(?:jpe?g|png|gif|svg|webp)$",
    re.IGNORECASE,
)
"""The small logo (2025), the logo (2022) and other pictures of the page's own furniture."""

_STOCK = "/menafn_news_images/"
"""The folder of pooled pictures that own news shows, each reused across many stories."""

_MOST_CHARACTERS = 2000
# What a path or query may hold unescaped, and the per cent of what is escaped already.
_SAFE = "/%:=&?~+!$,;'@()*[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a page shows as its story's picture.

    Attributes:
        url: its address, `None` where the page shows a logo or nothing.
        is_stock: whether it is one of the wire's pooled pictures.
    """

    url: str | None
    is_stock: bool


NO_PICTURE = Picture(url=None, is_stock=False)


def picture_of(source: str | None) -> Picture:
    """The picture that an image element's source means.

    Args:
        source: the `src` attribute.

    Returns:
        The picture, its address absolute and, for the wire's own, on `https://menafn.com`.
    """
    if not source or len(source) > _MOST_CHARACTERS or not source.strip().isprintable():
        return NO_PICTURE
    try:
        parts = urlsplit(urljoin(f"{SITE}/", source.strip()))
    except ValueError:
        return NO_PICTURE
    path = re.sub(r"/{2,}", "/", parts.path)
    if parts.scheme not in ("http", "https") or path in ("", "/") or _PLACEHOLDER.search(path):
        return NO_PICTURE
    if parts.hostname in _SITE_HOSTS:
        parts = parts._replace(scheme="https", netloc="menafn.com")
    url = urlunsplit(
        parts._replace(path=quote(path, _SAFE), query=quote(parts.query, _SAFE), fragment="")
    )
    return Picture(url=url, is_stock=_STOCK in path.lower())
