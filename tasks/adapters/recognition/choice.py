"""Which recogniser a setting names, and what stands in where it can't be had."""

import logging
from functools import lru_cache
from pathlib import Path

from tasks.adapters.recognition.builtin import BuiltinRecogniser
from tasks.adapters.recognition.crf import model_problem
from tasks.adapters.recognition.rules import RulesRecogniser
from tasks.adapters.recognition.tables import FOLDER
from tasks.adapters.recognition.with_gliner import GlinerRecogniser
from tasks.adapters.recognition.with_spacy import SpacyRecogniser
from tasks.wire.entities.recogniser import Recogniser
from tasks.wire.errors import SettingsError

_log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def usable_recogniser(name: str, folder: Path = FOLDER) -> str:
    """The recogniser that will do the work: the one asked for, or `rules` without its model.

    Warns once a process where it has to fall back.

    Args:
        name: what the setting says.
        folder: where the built-in model lies.
    """
    problem = model_problem(folder) if name == "builtin" else None
    if problem is None:
        return name
    _log.warning(
        "%s. Names are found by rules alone, which miss many: restore the file from the "
        "repository, then run wirehouse rebuild --entities.",
        problem,
    )
    return "rules"


@lru_cache(maxsize=1)
def choose_recogniser(name: str) -> Recogniser:
    """The recogniser of a name, warm; made once a process.

    Args:
        name: what `usable_recogniser` gave: `builtin`, `rules`, `spacy:<model>` or
            `gliner:<path>`.

    Raises:
        SettingsError: no recogniser has that name.
        OperatorError: its library or model is not there; the text says what to install.
    """
    recogniser = _made(name)
    recogniser.warm()
    return recogniser


def _made(name: str) -> Recogniser:
    match name.split(":", 1):
        case ["builtin"]:
            return BuiltinRecogniser()
        case ["rules"]:
            return RulesRecogniser()
        case ["spacy", model]:
            return SpacyRecogniser(model)
        case ["gliner", path]:
            return GlinerRecogniser(path)
    raise SettingsError(
        f"{name!r} is no recogniser. Known: builtin, rules, spacy:<model>, gliner:<path>."
    )
