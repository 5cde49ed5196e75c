"""Who provides a story: one canonical name for each code of the closing token."""

from dataclasses import dataclass

from tasks.pages.cleanup import letters

OWN = "MENAFN"  # the provider of the site's own news
UNKNOWN = "unknown"  # of a story whose page names no provider in any way


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider."""

    code: str  # first six digits of its closing tokens
    name: str  # canonical name, as its dateline credit prints it
    # Whether a token with this code was seen with this name; a name that is not verified only
    # fills a gap and never overrules what a page prints.
    is_verified: bool = True
    # Other spellings, and the mark with which it signs its own dateline.
    aliases: tuple[str, ...] = ()


# Providers seen on the site. Codes that no token confirmed yet are marked, or left empty.
PROVIDERS = (
    Provider(code="000045", name=OWN),
    Provider(code="000071", name="Kuwait News Agency (KUNA)", aliases=("KUNA",)),
    Provider(code="000187", name="Trend News Agency", aliases=("Trend",)),
    Provider(code="000193", name="UkrinForm"),
    Provider(code="000231", name="IANS"),
    Provider(code="000131", name="Daily Forex", is_verified=False, aliases=("DailyForex",)),
    Provider(code="000028", name="Jordan Times", is_verified=False, aliases=("The Jordan Times",)),
    Provider(code="000049", name="Khaleej Times", is_verified=False),
    Provider(code="000063", name="The Peninsula", is_verified=False, aliases=("Peninsula",)),
    Provider(code="000067", name="Gulf Times", is_verified=False),
    Provider(code="000153", name="Daily News Egypt", is_verified=False),
    Provider(code="000159", name="Asia Times", is_verified=False),
    Provider(code="000190", name="Colombo Gazette", is_verified=False),
    Provider(code="000195", name="AzerNews", is_verified=False),
    Provider(code="000210", name="Swissinfo", is_verified=False),
    Provider(code="000215", name="Kashmir Observer", is_verified=False),
    Provider(code="000232", name="Caribbean News Global", is_verified=False),
    Provider(code="003118", name="EIN Presswire", is_verified=False),
    Provider(code="003732", name="PR Newswire", is_verified=False),
    Provider(
        code="004107", name="GlobeNewsWire - Nasdaq", is_verified=False, aliases=("GlobeNewswire",)
    ),
    Provider(code="", name="Nam News Network", aliases=("NNN",)),
    Provider(code="", name="The Conversation"),
    Provider(code="", name="EQS Group"),
    Provider(code="", name="ForPressRelease"),
)

_BY_CODE = {provider.code: provider for provider in PROVIDERS if provider.code}


def _fold(name: str) -> str:
    return letters(name).casefold()


_BY_SPELLING = {
    _fold(spelling): provider
    for provider in PROVIDERS
    for spelling in (provider.name, *provider.aliases)
}


def canonical_provider(
    credit: str | None, code: str | None, *, logo: str | None = None, mark: str | None = None
) -> str:
    """The one name under which a story's provider is kept.

    The name that belongs to a verified code of the closing token; else the canonical spelling of
    the name printed by the dateline credit or next to the logo, as printed if it is new; else what
    the code is believed to mean; else the agency whose mark (`KUNA`) signs the dateline; else
    `unknown`.
    """
    by_code = _BY_CODE.get(code or "")
    if by_code and by_code.is_verified:
        return by_code.name
    if printed := credit or logo:
        known = _BY_SPELLING.get(_fold(printed))
        return known.name if known else " ".join(printed.split())
    known = by_code or _BY_SPELLING.get(_fold(mark or ""))
    return known.name if known else UNKNOWN


def is_provider_name(text: str) -> bool:
    """Whether a line is the name of a known provider and nothing else, no credit in brackets."""
    return not text.startswith("(") and _fold(text) in _BY_SPELLING
