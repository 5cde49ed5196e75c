"""Names for the articles of a filled warehouse, as many and as mixed as a recogniser finds.

Recognising a hundred thousand articles would take longer than all measurements together, so whom
an article names is drawn by lot: some are named all the time, some in other countries now and
then, and a good part never before.
"""

from random import Random

from tasks.core.records import Appearance, Article, EntityType, Form, Mention, Part, entity_id
from tasks.entities.resolution import country_companion

_PERSONS, _OTHERS = 5, 12  # in one article
_WELL_KNOWN = 3_000
_COUNTRIES = 22
_SOUNDS, _COMMON_SOUNDS = 200_000, 4_000
_COMMON = 10  # one in so many is of two given names, such as Mohammed Ahmed, that sound like many
_NEW = 0.3  # how many have never been named
_ABROAD = 0.1


def draw_names(article: Article, lot: Random) -> tuple[list[Mention], list[Appearance]]:
    """The names of one article.

    Args:
        article: the story; its first words stand for the names.
        lot: where the names are drawn from.
    """
    persons = [_draw(lot, article) for _ in range(_PERSONS)]
    others = [_draw(lot, article) for _ in range(_OTHERS)]
    firms = [entity_id(EntityType.ORGANIZATION, f"firm {number}") for number in others[::2]]
    mentions, appearances, start = [], [], 0
    for place, number in enumerate((*persons, *others)):
        end = max(article.body.find(" ", start), start + 1)
        if end > len(article.body):
            break
        kind = EntityType.PERSON if place < _PERSONS else _other_kind(place)
        country = _country(number, lot)
        known_as = f"{kind} {number} @{country if kind is EntityType.PERSON else ''}"
        mentions.append(_mention(article, kind, known_as, country, start, end))
        if kind is EntityType.PERSON:
            appearances.append(_appearance(article, mentions[-1].entity_id, number, country, firms))
        start = end + 1
    return mentions, appearances


def _draw(lot: Random, article: Article) -> int:
    """The number of somebody: small ones often, and now and then one that is new."""
    if lot.random() < _NEW:
        return _WELL_KNOWN + article.article_id * 100 + lot.randrange(100)
    return int(_WELL_KNOWN * lot.random() ** 3)


def _other_kind(place: int) -> EntityType:
    return EntityType.PLACE if place % 2 else EntityType.ORGANIZATION


def _country(number: int, lot: Random) -> str:
    home = lot.randrange(_COUNTRIES) if lot.random() < _ABROAD else number % _COUNTRIES
    return f"{chr(65 + home)}X"


def _mention(
    article: Article, kind: EntityType, known_as: str, country: str, start: int, end: int
) -> Mention:
    return Mention(
        article_id=article.article_id,
        body_sha256=article.body_sha256,
        entity_id=entity_id(kind, known_as),
        type=kind,
        name=known_as,
        country_code=country,
        part=Part.BODY,
        start_char=start,
        end_char=end,
        surface=article.body[start:end],
        recogniser="filling",
        form=Form.EXACT,
        role=None,
    )


def _appearance(
    article: Article, person_id: str, number: int, country: str, firms: list[str]
) -> Appearance:
    is_common = number % _COMMON == 0
    sound = number % (_COMMON_SOUNDS if is_common else _SOUNDS)
    return Appearance(
        article_id=article.article_id,
        capture_id=article.capture_id,
        entity_id=person_id,
        block_key=f"#1|{sound}",
        parts=("#1", f"#{sound}") if is_common else ("#1", f"family{number}"),
        companions=(country_companion(country), *firms[:3]),
    )
