"""What an article tells of the persons it names, by which they are known again in others."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.core.records import Appearance, Article, EntityType, Mention, Part
from tasks.entities.coreference import CoreferenceResolver
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import Identity, form_of, identity_id
from tasks.entities.resolution import blocking_key, country_companion, name_parts
from tasks.entities.spans import Span
from tasks.entities.tokenizer import sentences


def mentions_of(
    article: Article,
    spans: Sequence[Sequence[Span]],
    names: CoreferenceResolver,
    knowledge: Gazetteers,
    recogniser: str,
) -> list[Mention]:
    """An article's mentions, each with the entity it names.

    Args:
        article: the story.
        spans: the names in its title and in its body, sorted and without overlaps.
        names: the same, linked.
        knowledge: the tables.
        recogniser: name and version of what found the spans.

    Returns:
        The mentions in the order of the texts, the title's first.
    """
    texts = (article.title, article.body)
    return [
        Mention(
            article_id=article.article_id,
            body_sha256=article.body_sha256,
            entity_id=identity_id(identity, article.article_id),
            type=identity.type,
            name=identity.name,
            country_code=identity.country_code,
            part=part,
            start_char=span.start,
            end_char=span.end,
            surface=text[span.start : span.end],
            recogniser=recogniser,
            form=form_of(text[span.start : span.end], identity, knowledge),
            role=role,
        )
        for part, text, marks, identities, roles in zip(
            Part, texts, spans, names.identities, names.roles, strict=True
        )
        for span, identity, role in zip(marks, identities, roles, strict=True)
    ]


_MOST_COUNTRIES = 3  # what an article is about; one that lists many is about none of them
_MOST_COMPANIONS = 12
_TELL_NOTHING = frozenset(
    ("news agency", "newspaper", "broadcaster", "exchange", "international body", "rating agency",
     "data provider", "sports body", "government")
)  # fmt: skip
"""Kinds of organisation that everybody is named beside."""


def appearances_of(
    article: Article,
    spans: Sequence[Sequence[Span]],
    names: CoreferenceResolver,
    knowledge: Gazetteers,
) -> list[Appearance]:
    """The persons of an article, each with the company it is named in.

    Args:
        article: the story.
        spans: the names in its title and in its body.
        names: the same, linked.
        knowledge: the tables.

    Returns:
        One for each person whose name has two parts or more, in the order of the texts.
    """
    about = [country_companion(code) for code, _ in names.countries.most_common(_MOST_COUNTRIES)]
    persons: dict[Identity, set[str]] = {}
    for sentence in _sentences((article.title, article.body), spans, names):
        beside = {
            identity_id(one, article.article_id)
            for one in sentence
            if one.type is EntityType.ORGANIZATION and _tells_something(one, knowledge)
        }
        for one in sentence:
            if one.type is EntityType.PERSON:
                persons.setdefault(one, set()).update(beside)
    return [
        Appearance(
            article_id=article.article_id,
            capture_id=article.capture_id,
            entity_id=identity_id(person, article.article_id),
            block_key=block_key,
            parts=name_parts(person.name, knowledge.given_names),
            companions=(*_home(person, about), *sorted(beside)[:_MOST_COMPANIONS]),
        )
        for person, beside in persons.items()
        if (block_key := blocking_key(person.name, knowledge.given_names))
    ]


def _home(person: Identity, about: Sequence[str]) -> list[str]:
    home = [country_companion(person.country_code)] if person.country_code else []
    return list(dict.fromkeys((*home, *about)))


def _sentences(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], names: CoreferenceResolver
) -> Iterator[list[Identity]]:
    """The names of each sentence."""
    for text, marks, identities in zip(texts, spans, names.identities, strict=True):
        starts = [sentence.starts[0] for sentence in sentences(text)]
        found: defaultdict[int, list[Identity]] = defaultdict(list)
        for span, identity in zip(marks, identities, strict=True):
            found[bisect_right(starts, span.start)].append(identity)
        yield from found.values()


def _tells_something(organisation: Identity, knowledge: Gazetteers) -> bool:
    known = knowledge.directory.named(organisation.name)
    return not any(each.kind in _TELL_NOTHING for each in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What is kept of an article's names.

    Attributes:
        mentions: every name, in the order of the texts.
        appearances: every person whom another article may name as well.
    """

    mentions: list[Mention]
    appearances: list[Appearance]


def naming_of(
    article: Article,
    spans: Sequence[Sequence[Span]],
    knowledge: Gazetteers,
    recogniser: str,
) -> Naming:
    """What is kept of an article's names.

    Args:
        article: the story.
        spans: the names in its title and in its body, sorted and without overlaps.
        knowledge: the tables.
        recogniser: name and version of what found the spans.
    """
    names = CoreferenceResolver((article.title, article.body), spans, knowledge)
    return Naming(
        mentions=mentions_of(article, spans, names, knowledge, recogniser),
        appearances=appearances_of(article, spans, names, knowledge),
    )
