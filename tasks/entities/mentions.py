"""The mentions of an article, and the context of each person it names.

Contexts are what `resolution` compares persons of different articles by.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from tasks.core.records import Article, EntityContext, EntityType, Mention, Part
from tasks.entities.coreference import CoreferenceResolver
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import Identity, surface_form
from tasks.entities.resolution import blocking_key, country_companion, name_parts
from tasks.entities.tokenizer import Span, sentence_starts

_MAX_COUNTRIES = 3  # what an article is about; one that lists many is about none of them
_MAX_COMPANIONS = 12
_UNDISTINCTIVE = frozenset(
    ("news agency", "newspaper", "broadcaster", "exchange", "international body", "rating agency",
     "data provider", "sports body", "government")
)  # fmt: skip # kinds of organisation that everybody is named with


def extract_mentions(
    article: Article, spans: Sequence[Sequence[Span]], gazetteers: Gazetteers, recogniser: str
) -> tuple[list[Mention], list[EntityContext]]:
    """An article's mentions, each with the entity it names, and the contexts of its persons.

    From the spans of its title and of its body, each sorted and without overlaps, and the name and
    version of the recogniser that found them. Both results are in the order of the texts.
    """
    texts = (article.title, article.body)
    names = CoreferenceResolver(texts, spans, gazetteers, dateline=article.dateline_place)
    starts = sentence_starts(article.body)
    mentions = [
        Mention(
            article_id=article.article_id,
            body_sha256=article.body_sha256,
            entity_id=identity.id_in(article.article_id),
            type=identity.type,
            name=identity.name,
            country_code=identity.country_code,
            part=part,
            start_char=span.start,
            end_char=span.end,
            sentence_number=bisect_right(starts, span.start) if part is Part.BODY else 0,
            surface=text[span.start : span.end],
            recogniser=recogniser,
            form=surface_form(text[span.start : span.end], identity, gazetteers),
            role=role,
        )
        for part, text, marks, identities, roles in zip(
            Part, texts, spans, names.identities, names.roles, strict=True
        )
        for span, identity, role in zip(marks, identities, roles, strict=True)
    ]
    return mentions, _extract_contexts(article, spans, names, gazetteers)


def _extract_contexts(
    article: Article,
    spans: Sequence[Sequence[Span]],
    names: CoreferenceResolver,
    gazetteers: Gazetteers,
) -> list[EntityContext]:
    """One for each person whose name has two parts or more."""
    about = [country_companion(code) for code, _ in names.countries.most_common(_MAX_COUNTRIES)]
    persons: dict[Identity, set[str]] = {}
    by_sentence: defaultdict[tuple[str, int], list[Identity]] = defaultdict(list)
    texts = (article.title, article.body)
    for part, text, marks, named in zip(Part, texts, spans, names.identities, strict=True):
        starts = sentence_starts(text)
        for span, identity in zip(marks, named, strict=True):
            by_sentence[part, bisect_right(starts, span.start)].append(identity)
    for sentence in by_sentence.values():
        organisations = {
            one.id_in(article.article_id)
            for one in sentence
            if one.type is EntityType.ORGANIZATION
            and not any(
                known.kind in _UNDISTINCTIVE for known in gazetteers.organisations.lookup(one.name)
            )
        }
        for one in sentence:
            if one.type is EntityType.PERSON:
                persons.setdefault(one, set()).update(organisations)
    contexts = []
    for person, organisations in persons.items():
        block_key = blocking_key(person.name, gazetteers.given_names)
        if block_key is None:
            continue
        home = [country_companion(person.country_code)] if person.country_code else []
        countries = dict.fromkeys((*home, *about))
        contexts.append(
            EntityContext(
                article_id=article.article_id,
                capture_id=article.capture_id,
                entity_id=person.id_in(article.article_id),
                block_key=block_key,
                parts=name_parts(person.name, gazetteers.given_names),
                companions=(*countries, *sorted(organisations)[:_MAX_COMPANIONS]),
            )
        )
    return contexts
