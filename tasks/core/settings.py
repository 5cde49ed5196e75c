"""Every setting of Wirehouse: name, default, bounds and meaning, and where its value comes from."""

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv.parser import parse_stream
from pydantic import ConfigDict, Field, SecretStr, ValidationError, create_model
from pydantic.dataclasses import dataclass
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PyprojectTomlConfigSettingsSource,
)

from tasks.core.errors import SettingsError
from tasks.core.known_listings import COUNTRY_FEEDS, LISTING_PAGES, MOBILE_SECTIONS
from tasks.core.memory import affordable_workers, database_megabytes, memory_limit
from tasks.core.setting_types import (
    LOCAL,
    AddressList,
    Amount,
    AmountOrZero,
    Count,
    CountOrZero,
    EngineAddress,
    Folder,
    FolderOrEmpty,
    Lake,
    LimitList,
    MailServerUrl,
    PlainUrl,
    PrintableAscii,
    RecogniserName,
    SectionList,
    TextList,
    TimeZone,
    WebhookUrl,
)
from tasks.core.urls import is_loopback_host

VERSION = "0.3.0"
PREFIX = "WIREHOUSE_"
NO_CONTACT = "contact-not-set@example.invalid"

SKIP: Literal["skip"] = "skip"  # an ingest that finds another one, see `overlap`
JSON = "json"  # the `interface` of the site's mobile application, in place of its pages

_CREDENTIALS = re.compile(r"(//|^)[^/\s,]*@")
_KEYS = re.compile(r"((?:key|secret|token)\w*=)[^&\s']*", re.IGNORECASE)


def without_credentials(text: str) -> str:
    """An address fit to be shown, such as `https://...@menafn.com`."""
    return _KEYS.sub(r"\1...", _CREDENTIALS.sub(r"\1...@", text))


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
    config=ConfigDict(extra="forbid", allow_inf_nan=False, hide_input_in_errors=True),
)
class Settings:
    """The settings of a run, every one validated."""

    base_url: PlainUrl = Field(
        default="https://menafn.com", description="the site; every request goes to this address"
    )
    feeds: TextList = Field(
        default=COUNTRY_FEEDS, description="comma-separated paths or URLs of RSS feeds"
    )
    listings: TextList = Field(default=LISTING_PAGES, description="paths or URLs of listing pages")
    listing_pages: Count = Field(
        default=3, description="pages read of each listing or section, the first included"
    )
    interface: Literal["pages", "json"] = Field(
        default="pages",
        description="where stories are listed and read: `pages`, or `json`, the site's interface "
        "for mobile clients; feeds serve both",
    )
    sections: SectionList = Field(
        default=MOBILE_SECTIONS,
        description="sections that the JSON interface lists, polled instead of the listing pages",
    )
    data_dir: Folder = Field(
        default=Path("data"), description="everything that Wirehouse writes lies under it"
    )
    user_agent: PrintableAscii = Field(
        default=f"Wirehouse/{VERSION} (+mailto:{NO_CONTACT})",
        description="sent with every request, its name looked up in robots.txt; give your address",
    )
    timezone: TimeZone = Field(
        default="America/New_York", description="the IANA zone of the site's printed times"
    )
    requests_per_second: AmountOrZero = Field(
        default=2.0, description="per host; `0` means no limit"
    )
    concurrency: Count = Field(default=4, description="requests in flight per host")
    attempts: Count = Field(default=4, description="times one address is tried within a run")
    max_retry_after_seconds: AmountOrZero = Field(
        default=120.0, description="a longer `Retry-After` ends the attempts for that address"
    )
    max_redirects: CountOrZero = Field(
        default=5, description="hops followed, all on the site's host"
    )
    max_body_mb: Amount = Field(
        default=8.0, description="a longer response is refused, as sent or once decoded (MiB)"
    )
    timeout_seconds: Amount = Field(default=20.0, description="longest silence in one response")
    deadline_seconds: Amount = Field(
        default=60.0, description="longest time for one response as a whole"
    )
    max_stories: CountOrZero = Field(
        default=0,
        description="most stories fetched in one run; `0` means as many as the rate allows in 15 "
        "minutes, 50,000 of a backfill",
    )
    max_gap_stories: CountOrZero = Field(
        default=100, description="most ids in feed gaps that one ingest requests; `0` means none"
    )
    recheck_window_hours: AmountOrZero = Field(
        default=24.0, description="a story is fetched again while it is younger than this"
    )
    recheck_interval_hours: AmountOrZero = Field(
        default=2.0,
        description="and at most once in this time: when it is older, or its provider seldom "
        "revises, in up to four times as much",
    )
    recogniser: RecogniserName = Field(
        default="builtin",
        description="what finds names: `builtin`, `rules`, `none` (then no figures either), "
        "`spacy:<model>` or `gliner:<path>`",
    )
    workers: Count = Field(
        default_factory=lambda: affordable_workers(os.cpu_count() or 1, memory_limit()),
        description="processes that extract and annotate pages",
    )
    batch_pages: Count = Field(default=200, description="most pages in a batch between two steps")
    page_seconds: Amount = Field(
        default=2.0, description="processor time of one page before its worker is killed"
    )
    writer_wait_seconds: AmountOrZero = Field(
        default=60.0, description="how long to wait for another run to finish writing"
    )
    writer_memory_mb: Count = Field(
        default_factory=lambda: database_megabytes(memory_limit()),
        description="memory that the writer's database may keep (MiB); more for a larger warehouse",
    )
    lake: Lake = Field(
        default="",
        description="where each publication goes too, as a DuckLake: a folder, or "
        "`s3://bucket/prefix?region=...`",
    )
    engine: EngineAddress = Field(
        default=LOCAL,
        description="where `backfill --warc` and `rebuild` read pages: `local`, or the address of "
        "a Dask scheduler such as `tls://host:8786`",
    )
    compact_after_days: AmountOrZero = Field(
        default=30.0,
        description="age from which `wirehouse compact` compresses archive files anew",
    )
    cold_dir: FolderOrEmpty = Field(
        default="",
        description="folder, such as of a larger disk, that compacted archive files are moved to; "
        "empty for `raw/cold` in the data folder",
    )
    overlap: Literal["skip", "wait"] = Field(
        default=SKIP,
        description="what an ingest does that finds another ingest running on the data folder: "
        "`skip` ends it with exit status 0, `wait` starts it when the other has ended",
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="how runs write to standard error: lines for people, or an object of JSON each",
    )
    schedule_minutes: Amount = Field(
        default=5.0,
        description="how often `wirehouse serve` looks which feeds and listings are due; none is "
        "polled more often",
    )
    max_poll_minutes: Amount = Field(
        default=120.0, description="the longest time between two polls of an idle feed or listing"
    )

    alert_url: WebhookUrl = Field(
        default=SecretStr(""),
        description="where alerts are sent as JSON, such as a Slack webhook or "
        "`https://ntfy.sh/#topic`; empty for nowhere",
    )
    alert_email: AddressList = Field(
        default=(), description="to whom alerts are sent by e-mail; the first is the sender, too"
    )
    smtp_url: MailServerUrl = Field(
        default=SecretStr("smtp://localhost"),
        description="the mail server, such as `smtp://user:password@mail.example:587`",
    )
    alert_thresholds: LimitList = Field(
        default=(),
        description="other thresholds than those of `alert_rules`: `rule=warning`, "
        "`rule=warning:critical` or `rule=off`",
    )

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the site's printed times."""
        return ZoneInfo(self.timezone)

    @property
    def max_body_bytes(self) -> int:
        """The longest body that is accepted, in bytes."""
        return int(self.max_body_mb * 1024 * 1024)

    def for_cluster(self) -> "Settings":
        """What another machine needs of them: no secrets, and the data folder's whole path."""
        secrets: dict[str, Any] = dict.fromkeys(_SECRETS, SecretStr(""))
        return replace(self, data_dir=self.data_dir.resolve(), **secrets)


_FIELDS: dict[str, FieldInfo] = Settings.__pydantic_fields__  # type: ignore[attr-defined]
_VARIABLES = {f"{PREFIX}{name.upper()}" for name in _FIELDS}

_SECRETS = {"alert_url", "smtp_url"}  # an error about them doesn't show them
_RENAMED = {"catch_up_stories": "max_gap_stories"}  # so that the error can name the new one

# The fields again, for pydantic-settings to look up. Validation is left to `Settings`.
_definitions: dict[str, Any] = {name: (field.annotation, field) for name, field in _FIELDS.items()}
_Lookup = create_model(
    "_Lookup",
    __base__=BaseSettings,
    __cls_kwargs__={
        "env_prefix": PREFIX,
        "pyproject_toml_table_header": ("tool", "wirehouse"),
        "dotenv_filtering": "only_existing",
        "enable_decoding": False,
        "defer_build": True,
    },
    **_definitions,
)


def read_settings(**fixed: Any) -> Settings:
    """The settings of this process and its working directory, each of the last source that has it.

    Those are `[tool.wirehouse]` in pyproject.toml, `.env`, the environment, and `fixed`, of which a
    `None` decides nothing. A `SettingsError` names a setting and where it was read.
    """
    dotenv = Path(".env")
    try:
        pyproject = PyprojectTomlConfigSettingsSource(_Lookup)
    except AttributeError as error:  # the library's way to say that `tool.wirehouse` has no keys
        message = "tool.wirehouse in pyproject.toml is no table. Write [tool.wirehouse]."
        raise SettingsError(message) from error
    except (OSError, ValueError) as error:
        raise SettingsError(f"pyproject.toml can't be read: {error}. Fix the file.") from error
    from_pyproject, from_environment = "[tool.wirehouse] in pyproject.toml", "the environment"
    ours = [name for name in os.environ if name.upper().startswith(PREFIX)]
    _refuse_unknown(pyproject.toml_data, _FIELDS, from_pyproject)
    _refuse_unknown(_dotenv_names(dotenv), _VARIABLES, dotenv.name)
    _refuse_unknown(ours, _VARIABLES, from_environment)
    values, origins, site = dict[str, Any](), dict[str, str](), _FIELDS["base_url"].default
    for origin, found in (
        (from_pyproject, pyproject()),
        (dotenv.name, DotEnvSettingsSource(_Lookup, env_file=dotenv)()),
        (from_environment, EnvSettingsSource(_Lookup)()),
        ("the call", {name: value for name, value in fixed.items() if value is not None}),
    ):
        site = str(values.get("base_url", site))
        values |= found
        origins |= dict.fromkeys(found, origin)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name, given = str(first["loc"][0]), without_credentials(repr(first["input"]))
        problem = re.sub(r"^(Value error, must|\w+ should)", "must", first["msg"])
        if name in _SECRETS:
            given = "what is given"
        message = f"{PREFIX}{name.upper()} {problem}, not {given} (read from {origins[name]})."
        raise SettingsError(message) from error
    # A person who can start a run must not choose what it publishes as the site's.
    base_url, host = settings.base_url, urlsplit(settings.base_url).hostname or ""
    if base_url.rstrip("/") != site.rstrip("/") and not is_loopback_host(host):
        raise SettingsError(
            f"A run's base_url must be {PREFIX}BASE_URL ({without_credentials(site)}) or a "
            f"loopback address, not {base_url}. Nothing was requested; change the setting to fetch "
            "from another site."
        )
    return settings


def _dotenv_names(path: Path) -> list[str]:
    """The names set in a file; the library would skip a broken line silently."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} can't be read: {error}. Fix the file.") from error
    names = []
    for binding in parse_stream(StringIO(text)):
        name, line = binding.key or "", binding.original.line
        is_ours = name.upper().startswith(PREFIX)
        if binding.error or (is_ours and binding.value is None):
            raise SettingsError(
                f"{path}, line {line}, can't be parsed (expected NAME=value). Fix the file."
            )
        names += [name] * is_ours
    return names


def _refuse_unknown(names: Iterable[str], known: Iterable[str], origin: str) -> None:
    by_lower_case = {name.lower(): name for name in known}
    for name in set(names).difference(known):
        lower = name.lower()
        field = lower.removeprefix(PREFIX.lower())
        if field in _RENAMED:
            new = by_lower_case[lower.replace(field, _RENAMED[field])]
            raise SettingsError(f"{name}, set in {origin}, is now called {new}. Rename it.")
        close = get_close_matches(lower, by_lower_case, n=1)
        hint = f"Did you mean {by_lower_case[close[0]]}?" if close else "OPERATIONS.md lists them."
        raise SettingsError(f"{name}, set in {origin}, is not a setting. {hint}")
