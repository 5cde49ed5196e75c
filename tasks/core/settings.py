"""Every setting of Wirehouse, with its default and its bounds."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from io import StringIO
from os import cpu_count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import TypeAdapter, ValidationError

from tasks.core.errors import SettingsError

_FEED_NAMES = (
    "Algeria", "Bahrain", "Egypt", "Iraq", "Jordan", "Kuwait", "Lebanon", "Morocco", "Oman",
    "Palestine", "Qatar", "Saudi_Arabia", "Syria", "Tunisia", "Turkey", "UAE", "Yemen",
)  # fmt: skip

COUNTRY_FEEDS = tuple(f"/rss/menafn_{name}.xml" for name in _FEED_NAMES)
"""The 17 country feeds, spelled as the site spells them."""

ARABIC_FEED = "/rss/menafn_menatopstoriesar.xml"
"""Top stories in Arabic, in UTF-16; seen once, so not polled by default."""

_REGIONS = ("Americas", "Europe", "ArabWorld", "Asia", "Africa")
_COUNTRIES = (
    "SA", "AE", "BH", "QA", "KW", "JO", "OM", "EG", "LB", "IQ", "PS", "SY", "TN", "DZ", "MA", "YE",
)  # fmt: skip

LISTING_PAGES = (
    "/qn_news_sections.aspx?src=s",
    *(f"/qn_news_sections.aspx?src=c&country={region}" for region in _REGIONS),
    *(f"/qn_country.aspx?country={country}&src=header" for country in _COUNTRIES),
)
"""The section page, the five regions and the sixteen countries of the site's navigation."""

_MOBILE_SECTIONS = (
    "Home", "Politics", "Crypto", "Entertainment", "Sports", "Energy", "Health", "Telecom",
    "Business",
)  # fmt: skip

MOBILE_SECTIONS = (
    *(f"MobileEN_{name}" for name in _MOBILE_SECTIONS),
    "Mobile_BusinessAndEconomy",
)
"""The sections of the JSON interface, as the site's mobile application names them; no Arabic ones
are known."""


VERSION = "0.2.0"

PAGES, JSON = "pages", "json"
"""The two interfaces of the site: HTML pages, and the JSON of its mobile application."""

_LEAST, _MOST = 1e-6, 10_000_000
"""No setting makes sense beyond: ten million hours are a thousand years."""
_CREDENTIALS = re.compile(r"(//|^)[^/\s,]*@")
RECOGNISERS = ("builtin", "rules", "none")
PLUGINS = ("spacy", "gliner")
"""What finds names: of ourselves, and by libraries that are installed beside Wirehouse."""

_SECTION = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is told. Each field is the setting `WIREHOUSE_<FIELD>`.

    Attributes:
        base_url: the wire; every address is dialled here.
        feeds: paths or URLs of RSS feeds.
        listings: paths or URLs of listing pages.
        interface: where stories are listed and read, `pages` or `json`; feeds serve both.
        sections: names of sections that the JSON interface lists; asked for instead of the
            listing pages.
        data_dir: everything that Wirehouse writes lies under it.
        requests_per_second: per host; 0 means no limit.
        concurrency: requests in flight per host.
        workers: processes that read pages.
        user_agent: sent with every request, and the name looked up in robots.txt.
        timezone: IANA zone of the wire's printed times.
        listing_pages: pages followed from each listing page or section, the first included.
        recheck_window_hours: a story is asked for again while it is younger than this, ...
        recheck_interval_hours: ... and at most once in this time.
        max_stories: most stories fetched in one run; 0 means no limit.
        catch_up_stories: most ids that an ingest asks for because a feed may have passed them by
            unseen; 0 means none.
        max_body_mb: a longer answer is refused, as sent or once decoded (MiB).
        timeout_seconds: longest silence of the wire within one answer.
        deadline_seconds: longest time for one answer as a whole.
        max_redirects: hops followed, all on the wire's host.
        attempts: times one address is tried within a run.
        max_retry_after_seconds: a longer `Retry-After` ends the attempts for that address.
        batch_pages: most pages that travel between two steps at once.
        page_seconds: time one page may take to read before its reader is killed.
        writer_wait_seconds: how long to wait for the writer's file.
        recogniser: what finds names: `builtin`, `rules`, `none` (then no figures either),
            `spacy:<model>` or `gliner:<path>`.
        schedule_minutes: how often `wirehouse serve` starts an ingest.
    """

    base_url: str = "https://menafn.com"
    feeds: tuple[str, ...] = COUNTRY_FEEDS
    listings: tuple[str, ...] = LISTING_PAGES
    interface: str = PAGES
    sections: tuple[str, ...] = MOBILE_SECTIONS
    data_dir: Path = Path("data")
    requests_per_second: float = 2.0
    concurrency: int = 4
    workers: int = field(default_factory=lambda: cpu_count() or 1)
    user_agent: str = f"Wirehouse/{VERSION} (+mailto:contact-not-set@example.invalid)"
    timezone: str = "America/New_York"
    listing_pages: int = 3
    recheck_window_hours: float = 24.0
    recheck_interval_hours: float = 2.0
    max_stories: int = 0
    catch_up_stories: int = 100
    max_body_mb: float = 8.0
    timeout_seconds: float = 20.0
    deadline_seconds: float = 60.0
    max_redirects: int = 5
    attempts: int = 4
    max_retry_after_seconds: float = 120.0
    batch_pages: int = 200
    page_seconds: float = 2.0
    writer_wait_seconds: float = 60.0
    recogniser: str = "builtin"
    schedule_minutes: float = 15.0

    def __post_init__(self) -> None:
        """Refuse values that no run could work with.

        Raises:
            ValueError: the text opens with the field's name.
        """
        _require_url("base_url", self.base_url)
        _require_path("data_dir", self.data_dir)
        _require_one_of("interface", self.interface, (PAGES, JSON))
        _require_section_names("sections", self.sections)
        _require_recogniser("recogniser", self.recogniser)
        for name in ("concurrency", "workers", "listing_pages", "attempts", "batch_pages"):
            _require_at_least(name, getattr(self, name), 1)
        for name in (
            "requests_per_second",
            "max_stories",
            "catch_up_stories",
            "max_redirects",
            "writer_wait_seconds",
            "recheck_window_hours",
            "recheck_interval_hours",
            "max_retry_after_seconds",
        ):
            _require_at_least(name, getattr(self, name), 0)
        for name in (
            "max_body_mb",
            "timeout_seconds",
            "deadline_seconds",
            "page_seconds",
            "schedule_minutes",
        ):
            _require_positive(name, getattr(self, name))
        _require_printable("user_agent", self.user_agent)
        _require_zone("timezone", self.timezone)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the wire's printed times."""
        return ZoneInfo(self.timezone)

    @property
    def max_body_bytes(self) -> int:
        """The longest body that is accepted, in bytes."""
        return int(self.max_body_mb * 1024 * 1024)


def without_credentials(text: str) -> str:
    """A text fit to be shown: what stands before an `@` in an address is left out.

    Args:
        text: an address, or whatever was given for one.

    Returns:
        For example `https://...@menafn.com`.
    """
    return _CREDENTIALS.sub(r"\1...@", text)


def _require_url(name: str, value: str) -> None:
    shown = without_credentials(value)
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number
        is_address = False
    if not is_address or not value.isprintable() or " " in value:
        raise ValueError(f"{name} must be an http or https address, not {shown!r}")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"{name} must be a plain address without query or user, not {shown!r}")


def _require_path(name: str, value: Path) -> None:
    if not str(value).isprintable():
        raise ValueError(f"{name} must be a printable path, not {str(value)!r}")


def _require_one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be {' or '.join(allowed)}, not {value!r}")


def _require_recogniser(name: str, value: str) -> None:
    plugin, colon, model = value.partition(":")
    if value not in RECOGNISERS and not (plugin in PLUGINS and colon and model.strip()):
        known = ", ".join((*RECOGNISERS, "spacy:<model>"))
        raise ValueError(f"{name} must be {known} or gliner:<path>, not {value!r}")


def _require_section_names(name: str, values: Iterable[str]) -> None:
    for value in values:
        if not _SECTION.fullmatch(value):
            raise ValueError(f"{name} must be letters, digits and underscores, not {value!r}")


def _require_at_least(name: str, value: float, least: float) -> None:
    if not least <= value <= _MOST:
        raise ValueError(f"{name} must be {least} or more, {_MOST} at most, not {value}")


def _require_positive(name: str, value: float) -> None:
    if not _LEAST <= value <= _MOST:
        raise ValueError(f"{name} must be more than 0, {_MOST} at most, not {value}")


def _require_printable(name: str, value: str) -> None:
    if not value.strip() or not value.isprintable() or not value.isascii():
        raise ValueError(f"{name} must be printable ASCII, not {value!r}")


def _require_zone(name: str, value: str) -> None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name} must be an IANA time zone, not {value!r}") from error


PREFIX = "WIREHOUSE_"
_NAMES = tuple(field.name for field in fields(Settings))
_LISTS = frozenset(field.name for field in fields(Settings) if field.type == tuple[str, ...])


def read_settings(
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    fixed: Mapping[str, Any] | None = None,
) -> Settings:
    """The settings that hold now.

    Args:
        folder: where `.env` and `pyproject.toml` lie; the working directory by default.
        environment: the environment; the process's own by default.
        fixed: fields that the caller decides, above every source; `None` decides nothing.

    Returns:
        The settings, every one checked.

    Raises:
        SettingsError: one is misspelt or malformed; the text names it and where it was read.
    """
    folder = folder or Path.cwd()
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, found in (
        ("[tool.wirehouse] in pyproject.toml", _from_pyproject(folder / "pyproject.toml")),
        (".env", _from_variables(_dotenv(folder / ".env"), ".env")),
        ("the environment", _from_variables(environment, "the environment")),
        ("the call", {name: one for name, one in (fixed or {}).items() if one is not None}),
    ):
        values |= found
        origins |= dict.fromkeys(found, origin)
    return _validated(values, origins)


def _dotenv(path: Path) -> dict[str, str | None]:
    """The variables of a file; a line that makes no sense would else be passed over in silence."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} can't be read: {error}. Mend the file.") from error
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            line = binding.original.line
            raise SettingsError(f"{path.name}, line {line}, is no setting. Mend the file.")
    return dict(dotenv_values(stream=StringIO(text)))


def _from_pyproject(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} can't be read: {error}. Mend the file.") from error
    tool = table.get("tool", {})
    found: Any = tool.get("wirehouse", {}) if isinstance(tool, dict) else {}
    if not isinstance(found, dict):
        raise SettingsError(f"wirehouse in {path.name} is no table. Write [tool.wirehouse].")
    for name in found:
        if name not in _NAMES:
            raise _unknown(name, "[tool.wirehouse] in pyproject.toml", _NAMES)
    return found


def _from_variables(variables: Mapping[str, str | None], origin: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable, text in variables.items():
        if not variable.upper().startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if variable != f"{PREFIX}{name.upper()}" or name not in _NAMES:
            raise _unknown(variable, origin, [f"{PREFIX}{known.upper()}" for known in _NAMES])
        found[name] = _split(text or "") if name in _LISTS else text
    return found


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _unknown(name: str, origin: str, known: Iterable[str]) -> SettingsError:
    by_folded = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower(), by_folded, n=1)
    hint = f"Did you mean {by_folded[close[0]]}?" if close else "README.md has the settings."
    return SettingsError(f"{name}, set in {origin}, is not a setting. {hint}")


def _shown(value: Any) -> str:
    return without_credentials(repr(value))


def _validated(values: dict[str, Any], origins: dict[str, str]) -> Settings:
    try:
        return TypeAdapter(Settings).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        name = str(first["loc"][0]) if first["loc"] else message.split(" ", 1)[0]
        told = message if message.startswith(name) else f"{name}: {message}"
        shown = told.replace(name, f"{PREFIX}{name.upper()}", 1)
        given = f", not {_shown(values[name])}" if first["loc"] and name in values else ""
        origin = origins.get(name, "the defaults")
        raise SettingsError(f"{shown}{given} (read from {origin}).") from error
