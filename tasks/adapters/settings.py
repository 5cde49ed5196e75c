"""Reads the settings: the environment, then `.env`, then `[tool.wirehouse]` in pyproject.toml."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import TypeAdapter, ValidationError

from tasks.wire.errors import SettingsError
from tasks.wire.settings import Settings, without_credentials

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
