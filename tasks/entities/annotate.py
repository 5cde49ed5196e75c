"""What the text of an article says of persons, organisations, places and figures.

`annotate` is the whole step, for a worker process: it never imports Prefect.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from tasks.core.annotations import NOTHING, Recognition, Signatures
from tasks.core.calendar import day_of_id
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Appearance, Article, EntityType, Mention
from tasks.core.staging import move_folder
from tasks.entities.arabic import arabic_places
from tasks.entities.countries import nationalities
from tasks.entities.gazetteers import load_gazetteers, tables_digest
from tasks.entities.mentions import Naming, naming_of
from tasks.entities.postprocess import postprocess_spans
from tasks.entities.quantities import FIGURES_VERSION, ArticleFigure, figures_of
from tasks.entities.recogniser import Recogniser, choose_recogniser
from tasks.entities.spans import Span, added

RULES_VERSION = 3  # to be raised whenever the same spans may come to other mentions
TEXTS = ("articles.parquet", "known.parquet")  # as read from pages, or recalled for a retag

_MAX_TEXT = 200_000  # code points of a text that are searched for names; bounds the time
_CHUNK = 32  # articles whose sentences are kept between the recogniser and the rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """What was found in some articles: each list in the order of the articles."""

    mentions: list[Mention] = field(default_factory=list)
    contexts: list[Appearance] = field(default_factory=list)
    figures: list[ArticleFigure] = field(default_factory=list)
    stamps: list[Recognition] = field(default_factory=list)  # one an article


def annotate(articles: Sequence[Article], recogniser: str) -> Annotations:
    """The mentions, entity contexts and figures of articles, and what found them.

    Args:
        articles: the stories, in any language; those that nothing reads get a stamp alone.
        recogniser: its name, from `usable_recogniser`.

    Raises:
        OperatorError: there is no such recogniser, or what it needs is not installed.
    """
    signatures = signatures_of(recogniser)
    found = Annotations(stamps=[signatures.of(article) for article in articles])
    for start in range(0, len(articles) if recogniser != NOTHING else 0, _CHUNK):
        chunk = [_cut(article) for article in articles[start : start + _CHUNK]]
        for article, naming in _named(chunk, choose_recogniser(recogniser), signatures):
            found.mentions.extend(naming.mentions)
            found.contexts.extend(naming.appearances)
            countries = _countries(article, naming.mentions)
            found.figures.extend(figures_of(article, published_day(article), countries))
    return found


def write_annotations(folder: Path, articles: Sequence[Article], recogniser: str) -> int:
    """Annotates articles and writes what is found into a batch's folder.

    Returns:
        How many mentions were found.

    Raises:
        StorageError: the disk is full.
        OperatorError: as `annotate` says.
    """
    found = annotate(articles, recogniser)
    write_records(folder / "mentions.parquet", found.mentions, Mention)
    write_records(folder / "appearances.parquet", found.contexts, Appearance)
    write_records(folder / "figures.parquet", found.figures, ArticleFigure)
    write_records(folder / "recognitions.parquet", found.stamps, Recognition)
    return len(found.mentions)


def annotate_batch(read: Path, staged: Path, recogniser: str) -> int:
    """Annotates a folder of articles and moves it on; a folder that has moved is left as it is.

    Returns:
        How many mentions were found; 0 where the folder had moved on before.

    Raises:
        StorageError: the disk is full, or the batch can't be read or moved.
        OperatorError: as `annotate` says.
    """
    if not read.exists():
        return 0
    articles = [article for name in TEXTS for article in read_records(read / name, Article)]
    count = write_annotations(read, articles, recogniser)
    move_folder(read, staged)
    return count


def signatures_of(recogniser: str) -> Signatures:
    """What the work of a recogniser is signed with today.

    Args:
        recogniser: its name, from `usable_recogniser`.

    Raises:
        OperatorError: there is no such recogniser, or what it needs is not installed.
    """
    if recogniser == NOTHING:
        return Signatures(
            languages=frozenset(), recogniser=NOTHING, arabic=NOTHING, figures_version=0
        )
    chosen = choose_recogniser(recogniser)
    return Signatures(
        languages=chosen.languages,
        recogniser=f"{chosen.name}-{chosen.version}{_suffix()}",
        arabic=f"gazetteer{_suffix()}",
        figures_version=FIGURES_VERSION,
    )


def published_day(article: Article) -> date:
    """The day against which the dates of a story are resolved: by the best witness at hand.

    The dateline's comes first, since it is the day where the story was written; feeds are not
    known here, and the calendar of ids stands in for them.
    """
    if article.dateline_date:
        return article.dateline_date
    at = article.page_at or article.token_at
    if at:
        return at.date()
    return day_of_id(article.article_id) or article.seen_at.date()


def _named(
    articles: Sequence[Article], recogniser: Recogniser, signatures: Signatures
) -> Iterator[tuple[Article, Naming]]:
    """The articles whose language is read, each with its names."""
    knowledge = load_gazetteers()
    own = [one for one in articles if one.language in recogniser.languages]
    titles = recogniser.recognise([one.title for one in own])
    bodies = recogniser.recognise([one.body for one in own])
    for article, *tagged in zip(own, titles, bodies, strict=True):
        spans = _corrected(article, tagged)
        yield article, naming_of(article, spans, knowledge, signatures.recogniser)
    for article in articles:
        if article.language == "ar" and "ar" not in recogniser.languages:
            spans = _corrected(article, ((), ()))
            yield article, naming_of(article, spans, knowledge, signatures.arabic)


def _corrected(article: Article, tagged: Sequence[Sequence[Span]]) -> Sequence[Sequence[Span]]:
    """What a recogniser saw in an article's two texts, mended by what the article as a whole says.

    The rules are of English; an Arabic text is given the places that the tables know.
    """
    in_title, in_body = tagged
    knowledge = load_gazetteers()
    if article.language == "en":
        return postprocess_spans(article.title, article.body, (in_title, in_body), knowledge)
    if article.language == "ar":
        places = arabic_places(article.title, knowledge), arabic_places(article.body, knowledge)
        return added(in_title, places[0]), added(in_body, places[1])
    return tagged


def _countries(article: Article, mentions: Sequence[Mention]) -> list[str]:
    """The countries that a story is about, as far as its places or else its adjectives tell."""
    named = Counter(
        one.country_code for one in mentions if one.type is EntityType.PLACE and one.country_code
    )
    named = named or Counter(nationalities(f"{article.title}\n{article.body}", load_gazetteers()))
    return [code for code, _ in named.most_common()]


def _cut(article: Article) -> Article:
    """An article without what is too long to be searched."""
    if max(len(article.title), len(article.body)) <= _MAX_TEXT:
        return article
    return replace(article, title=article.title[:_MAX_TEXT], body=article.body[:_MAX_TEXT])


@lru_cache(maxsize=1)
def _suffix() -> str:
    """What of a row's recogniser tells the rules and tables that were at work."""
    return f"-{RULES_VERSION}-{tables_digest()[:8]}"
