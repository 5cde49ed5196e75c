"""Which feeds and listings of the site a run polls."""

from tasks.core.errors import SettingsError
from tasks.core.rejects import plain_line
from tasks.core.settings import JSON, Settings, without_credentials
from tasks.core.urls import canonical_url, interface_section_url


def feed_addresses(settings: Settings) -> list[str]:
    """The canonical addresses of the feeds; one that is not the site's is a `SettingsError`."""
    return _addresses("feeds", settings.feeds, settings)


def listing_addresses(settings: Settings) -> list[str]:
    """The first pages of the listings, or of the JSON interface's sections; errors as above."""
    pages = _addresses("listings", settings.listings, settings)
    if settings.interface == JSON:
        return [interface_section_url(one, 1) for one in dict.fromkeys(settings.sections)]
    return pages


def _addresses(name: str, links: tuple[str, ...], settings: Settings) -> list[str]:
    """The canonical addresses of a setting, each once."""
    urls: dict[str, None] = {}
    for link in links:
        url = canonical_url(link, base_url=settings.base_url)
        if url is None:
            shown = plain_line(without_credentials(link))
            raise SettingsError(
                f"WIREHOUSE_{name.upper()} names {shown!r}, which is not on the site "
                f"at {settings.base_url}. Give paths, or addresses of that host."
            )
        urls[url] = None
    return list(urls)
