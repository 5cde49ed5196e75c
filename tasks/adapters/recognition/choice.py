"""Which recogniser a setting names."""

from functools import lru_cache

from tasks.adapters.recognition.rules import RulesRecogniser
from tasks.wire.entities.recogniser import Recogniser
from tasks.wire.errors import SettingsError


@lru_cache(maxsize=1)
def choose_recogniser(name: str) -> Recogniser:
    """The recogniser of a name, warm; made once a process.

    Args:
        name: `rules`.

    Raises:
        SettingsError: no recogniser has that name.
    """
    if name != "rules":
        raise SettingsError(f"{name!r} is no recogniser. Known: rules.")
    recogniser = RulesRecogniser()
    recogniser.warm()
    return recogniser
