"""From the spans of an article's two texts to its mentions."""

from collections.abc import Sequence

from tasks.wire.article import Article
from tasks.wire.entities.forms import form_of
from tasks.wire.entities.identities import identity_id
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.linking import LinkedNames
from tasks.wire.entities.spans import Span
from tasks.wire.entity import Mention, Part


def mentions_of(
    article: Article,
    spans: Sequence[Sequence[Span]],
    names: LinkedNames,
    knowledge: Knowledge,
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
