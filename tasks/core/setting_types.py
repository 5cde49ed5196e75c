"""The types of the settings: what a value may be, and the message when it is something else."""

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, StringConstraints

from tasks.core.alert_limits import parse_limits
from tasks.core.urls import is_loopback_host

LOCAL = "local"  # the `engine` that is no cluster

RECOGNISERS = ("builtin", "rules", "none")
PLUGINS = ("spacy", "gliner")  # libraries installed apart from Wirehouse, with a model to name

# Keys are not among them: an address is shown, and AWS_ACCESS_KEY_ID and its like have them.
LAKE_OPTIONS = {"region", "endpoint_override", "scheme"}

# No setting makes sense beyond these: ten million hours are a thousand years.
_MIN, _MAX = 1e-6, 10_000_000


def _require_plain_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number
        is_address = False
    if not is_address or not value.isprintable() or " " in value:
        raise ValueError("must be an http or https address")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be a plain address without query or user")
    return value


def _require_secret_url(*schemes: str) -> AfterValidator:
    """A validator of addresses that may hold a password or token, and are never shown."""

    def validate(value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        try:
            parts = urlsplit(text)
            is_address = parts.scheme in schemes and parts.hostname and parts.port != 0
        except ValueError:
            is_address = False
        if text and not (is_address and text.isprintable() and text.isascii() and " " not in text):
            raise ValueError(f"must be an address that begins with {':// or '.join(schemes)}://")
        return value

    return AfterValidator(validate)


def _require_addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not re.fullmatch(r"[!-~]+@[!-~]+", value):
            raise ValueError("must be e-mail addresses with commas between them")
    return values


def _require_limits(values: tuple[str, ...]) -> tuple[str, ...]:
    parse_limits(values)
    return values


def _require_folder(value: Any) -> Path:
    """The path, from the user's home if it begins with `~`; empty, it isn't the working folder."""
    is_path = isinstance(value, str | Path) and str(value).strip() and str(value).isprintable()
    if not is_path:
        raise ValueError("must be a printable path, such as . for the working folder")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError("must be a path; ~NAME must be a user of this machine") from error


def _resolve_folder(value: str) -> str:
    return str(_require_folder(value).resolve()) if value else ""


def _require_lake(value: str) -> str:
    """A folder's full path, or the address of a bucket as it is; empty for none."""
    if "://" not in value:
        return _resolve_folder(value)
    options = ", ".join(sorted(LAKE_OPTIONS))
    problem = f"must be a folder or s3://bucket/prefix, with no options but {options}"
    try:
        parts = urlsplit(value)
        names = dict(parse_qsl(parts.query, keep_blank_values=True)).keys()
    except ValueError as error:
        raise ValueError(problem) from error
    is_bucket = parts.scheme == "s3" and parts.netloc and "@" not in parts.netloc
    if not is_bucket or not value.isprintable() or parts.fragment or names - LAKE_OPTIONS:
        raise ValueError(problem)
    return value


def _require_engine(value: str) -> str:
    """Whoever reaches a Dask scheduler runs what they like there, so tcp:// is for this machine."""
    try:
        parts = urlsplit(value)
        is_address = bool(parts.hostname and parts.port and value.isascii())
    except ValueError:
        is_address = False
    if value == LOCAL:
        return value
    if is_address and value == f"{parts.scheme}://{parts.netloc}" and "@" not in value:
        is_safe = parts.scheme == "tcp" and is_loopback_host(parts.hostname or "")
        if is_safe or parts.scheme == "tls":
            return value
    raise ValueError(
        "must be local, tls://host:port, or tcp://127.0.0.1:port on this machine alone"
    )


def _require_printable_ascii(value: str) -> str:
    if not (value.strip() and value.isprintable() and value.isascii()):
        raise ValueError("must be printable ASCII")
    return value


def _require_recogniser(value: str) -> str:
    plugin, colon, model = value.partition(":")
    if value not in RECOGNISERS and not (plugin in PLUGINS and colon and model.strip()):
        raise ValueError(f"must be {', '.join(RECOGNISERS)}, spacy:<model> or gliner:<path>")
    return value


def _require_time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("must be an IANA time zone") from error
    return value


def _split_at_commas(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list of texts, or a text with commas between them")  # noqa: TRY004 - pydantic wants a ValueError
    return value


TextList = Annotated[tuple[str, ...], BeforeValidator(_split_at_commas)]
SectionList = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")], ...],
    BeforeValidator(_split_at_commas),
]
AddressList = Annotated[TextList, AfterValidator(_require_addresses)]
LimitList = Annotated[TextList, AfterValidator(_require_limits)]

Count = Annotated[int, Field(ge=1, le=_MAX)]
CountOrZero = Annotated[int, Field(ge=0, le=_MAX)]
Amount = Annotated[float, Field(ge=_MIN, le=_MAX)]
AmountOrZero = Annotated[float, Field(ge=0, le=_MAX)]

PlainUrl = Annotated[str, AfterValidator(_require_plain_url)]
WebhookUrl = Annotated[SecretStr, _require_secret_url("http", "https")]
MailServerUrl = Annotated[SecretStr, _require_secret_url("smtp", "smtps")]
PrintableAscii = Annotated[str, AfterValidator(_require_printable_ascii)]
TimeZone = Annotated[str, AfterValidator(_require_time_zone)]
RecogniserName = Annotated[str, AfterValidator(_require_recogniser)]
Folder = Annotated[Path, BeforeValidator(_require_folder)]
FolderOrEmpty = Annotated[str, AfterValidator(_resolve_folder)]
Lake = Annotated[str, AfterValidator(_require_lake)]
EngineAddress = Annotated[str, AfterValidator(_require_engine)]
