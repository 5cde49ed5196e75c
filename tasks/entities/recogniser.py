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
    """Finds names in texts. Who is meant by them is settled after it, the same for all.

    Attributes:
        name: its name in the settings.
        version: changes whenever the same text may give other spans.
        languages: ISO 639-1 codes of the languages it reads.
    """

    name: str
    version: str
    languages: frozenset[str]

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, titles or bodies in one of its languages.

        Returns:
            A list for each text, in order: spans sorted by start, none overlapping, counted in
            code points.
        """
        ...


class RulesRecogniser:
    """Knows places and organisations by table, persons by their titles."""

    name = "rules"
    version = "1"
    languages = frozenset({"en"})

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        gazetteers = load_gazetteers()
        return [find_names(text, gazetteers) for text in texts]


class BuiltinRecogniser:
    """Knows persons, organisations and places by what it learnt of openly licensed texts.

    Raises:
        ModelError: the model is missing or damaged.
    """

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
    """The recogniser that a setting names, or `rules` where the built-in model can't be read.

    Warns of that once a process.
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
    """The recogniser of a name, with its model loaded; made once a process.

    Args:
        name: what `usable_recogniser` gave: `builtin`, `rules`, `spacy:<model>` or
            `gliner:<path>`.

    Raises:
        SettingsError: no recogniser has that name.
        OperatorError: its library or model is not there; the text says what to install.
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
