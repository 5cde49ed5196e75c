"""Which recogniser a setting names, and its fallback."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from tasks.core.errors import SettingsError
from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.gliner_plugin import GlinerRecogniser
from tasks.entities.rules import find_names
from tasks.entities.spacy_plugin import SpacyRecogniser
from tasks.entities.tagger import Tagger, model_problem
from tasks.entities.tokenizer import Span

_log = logging.getLogger(__name__)


class Recogniser(Protocol):
    """Finds names in texts; linking resolves them, in the same way for every recogniser."""

    name: str  # in the settings
    version: str  # changes whenever the same text may give other spans
    languages: frozenset[str]  # ISO 639-1 codes of those it reads

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each title or body its names: sorted, not overlapping, counted in code points."""
        ...


class RulesRecogniser:
    """Finds places and organisations by table, persons by their titles."""

    name = "rules"
    version = "1"
    languages = frozenset({"en"})

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        gazetteers = load_gazetteers()
        return [find_names(text, gazetteers) for text in texts]


class BuiltinRecogniser:
    """Finds names with the trained tagger; ModelError where the model is missing or damaged."""

    name = "builtin"
    languages = frozenset({"en"})

    def __init__(self, folder: Path = FOLDER) -> None:
        self._tagger = Tagger(folder, load_gazetteers())
        self.version = self._tagger.digest[:8]

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        return [self._tagger.find_names(text) for text in texts]


@lru_cache(maxsize=4)
def usable_recogniser(name: str, folder: Path = FOLDER) -> str:
    """The recogniser that a setting names; `rules`, with a warning, if the model is unreadable."""
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
    """The recogniser of a name, with its model loaded; made once a process.

    SettingsError where no recogniser has that name, OperatorError, saying what to install, where
    its library or model is missing.
    """
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
