"""How a printed name stands to the canonical one."""

from functools import lru_cache

from tasks.wire.entities.firms import core_name
from tasks.wire.entities.identities import Identity
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.persons import core_parts
from tasks.wire.entities.tokens import phrase_key
from tasks.wire.entity import EntityType, Form


def form_of(surface: str, identity: Identity, knowledge: Knowledge) -> Form:
    """How a printed name stands to the canonical name of what it names.

    Args:
        surface: as printed.
        identity: what it names.
        knowledge: the tables.
    """
    if phrase_key(surface) == phrase_key(identity.name):
        return Form.EXACT
    if identity.type is EntityType.PERSON:
        return _of_person(surface, identity.name, knowledge)
    if core_name(surface) == core_name(identity.name):
        return Form.EXACT
    if _is_acronym(surface):
        return Form.ACRONYM
    if identity.type is EntityType.ORGANIZATION and _is_part(surface, identity.name):
        return Form.SHORT
    return Form.TABLE


def _of_person(surface: str, name: str, knowledge: Knowledge) -> Form:
    parts, full = core_parts(surface), core_parts(name)
    given = knowledge.given_names
    if parts and all(any(given.agree(part, one) for one in full) for part in parts):
        return Form.SHORT if len(parts) < len(full) else Form.TRANSLITERATION
    return Form.TABLE


def _is_acronym(surface: str) -> bool:
    letters = surface.replace(".", "")
    return letters.isalnum() and letters.isupper()


@lru_cache(maxsize=16_384)
def _is_part(surface: str, name: str) -> bool:
    """Whether the words of a name stand in the full one, in their order."""
    words = iter(core_name(name).split())
    return all(word in words for word in core_name(surface).split())
