"""From the spans of an article's two texts to its mentions."""

from collections.abc import Sequence

from tasks.wire.article import Article
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.linking import linked
from tasks.wire.entities.spans import Span
from tasks.wire.entity import Mention, Part, entity_id


def mentions_of(
    article: Article,
    spans: Sequence[Sequence[Span]],
    knowledge: Knowledge,
    recogniser: str,
) -> list[Mention]:
    """An article's mentions, each with the entity it names.

    Args:
        article: the story.
        spans: the names in its title and in its body, sorted and without overlaps.
        knowledge: the tables.
        recogniser: name and version of what found the spans.

    Returns:
        The mentions in the order of the texts, the title's first.
    """
    texts = (article.title, article.body)
    identities = linked(texts, spans, knowledge)
    return [
        Mention(
            article_id=article.article_id,
            body_sha256=article.body_sha256,
            entity_id=entity_id(identity.type, identity.key),
            type=identity.type,
            name=identity.name,
            country_code=identity.country_code,
            part=part,
            start_char=span.start,
            end_char=span.end,
            surface=text[span.start : span.end],
            recogniser=recogniser,
        )
        for part, text, marks, named in zip(Part, texts, spans, identities, strict=True)
        for span, identity in zip(marks, named, strict=True)
    ]
