"""From the spans of an article's two texts to what is kept of its names."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.wire.article import Article
from tasks.wire.entities.appearances import appearances_of
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.linking import LinkedNames
from tasks.wire.entities.mentions import mentions_of
from tasks.wire.entities.spans import Span
from tasks.wire.entity import Appearance, Mention


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
    knowledge: Knowledge,
    recogniser: str,
) -> Naming:
    """What is kept of an article's names.

    Args:
        article: the story.
        spans: the names in its title and in its body, sorted and without overlaps.
        knowledge: the tables.
        recogniser: name and version of what found the spans.
    """
    names = LinkedNames((article.title, article.body), spans, knowledge)
    return Naming(
        mentions=mentions_of(article, spans, names, knowledge, recogniser),
        appearances=appearances_of(article, spans, names, knowledge),
    )
