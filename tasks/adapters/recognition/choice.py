"""Which recogniser a setting names, and what stands in where it can't be had."""

import logging
from functools import lru_cache
from pathlib import Path

from tasks.adapters.recognition.builtin import BuiltinRecogniser
from tasks.adapters.recognition.crf import model_problem
from tasks.adapters.recognition.rules import RulesRecogniser
from tasks.adapters.recognition.tables import FOLDER
from tasks.wire.entities.recogniser import Recogniser
from tasks.wire.errors import SettingsError

_KNOWN = ("builtin", "rules")

_log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def usable_recogniser(name: str, folder: Path = FOLDER) -> str:
    """The recogniser that will do the work: the one asked for, or `rules` without its model.

    Warns once a process where it has to fall back.

    Args:
        name: `builtin` or `rules`.
        folder: where the model lies.

    Raises:
        SettingsError: no recogniser has that name.
    """
    if name not in _KNOWN:
        raise SettingsError(f"{name!r} is no recogniser. Known: {', '.join(_KNOWN)}.")
    problem = model_problem(folder) if name == "builtin" else None
    if problem is None:
        return name
    _log.warning(
        "%s. Names are found by rules alone, which miss many: restore the file from the "
        "repository, then read the archive again.",
        problem,
    )
    return "rules"


@lru_cache(maxsize=1)
def choose_recogniser(name: str) -> Recogniser:
    """The recogniser of a name, warm; made once a process.

    Args:
        name: what `usable_recogniser` gave.

    Raises:
        SettingsError: no recogniser has that name.
        ModelError: the model has gone since.
    """
    if name not in _KNOWN:
        raise SettingsError(f"{name!r} is no recogniser. Known: {', '.join(_KNOWN)}.")
    recogniser: Recogniser = BuiltinRecogniser() if name == "builtin" else RulesRecogniser()
    recogniser.warm()
    return recogniser
