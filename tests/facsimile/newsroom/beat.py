"""A beat: one kind of news, with the copy for every part of its stories."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.grammar import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One kind of news.

    Attributes:
        topic: the topic its stories carry.
        name: what sets it apart from other beats of the topic.
        carriers: names of providers that report it, the commonest repeated.
        facts: sets the facts of an event that slots alone can't draw coherently.
        headlines: headlines in sentence case.
        leads: first paragraphs.
        details: paragraphs about what happened, in any order.
        quotes: paragraphs in which somebody speaks, in any order.
        background: paragraphs about how it came about, in any order.
        outlook: last paragraphs.
        flashes: whole stories of one sentence.
        figures: an introduction and then items, for stories that list figures.
        keywords: words that the wire links by machine, the likeliest first.
        is_formula: whether its stories are the same words with new figures: the templates of
            `details` follow one another in their order and nothing else is added.
    """

    topic: str
    name: str
    carriers: tuple[str, ...]
    facts: Callable[[Cast], None]
    headlines: tuple[Template, ...]
    leads: tuple[Template, ...]
    details: tuple[Template, ...]
    quotes: tuple[Template, ...] = ()
    background: tuple[Template, ...] = ()
    outlook: tuple[Template, ...] = ()
    flashes: tuple[Template, ...] = ()
    figures: tuple[Template, ...] = ()
    keywords: tuple[str, ...] = field(default=())
    is_formula: bool = False
