"""The annotate step: the persons, organisations, places, figures and quotations of an article.

`annotate` is the whole step, for a worker process: it never imports Prefect.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from tasks.core.annotations import NOTHING, AnnotationStamp, Signatures
from tasks.core.calendar import day_of_id
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, EntityContext, EntityType, Mention
from tasks.core.staging import move_folder
from tasks.entities.figures.article_figures import FIGURES_VERSION, ArticleFigure, find_figures
from tasks.entities.figures.tickers import drop_exchanges
from tasks.entities.gazetteers import digest_tables, load_gazetteers
from tasks.entities.mentions import extract_mentions
from tasks.entities.places import country_of_dateline
from tasks.entities.postprocess import postprocess_spans
from tasks.entities.quotes import Quote, find_quotes
from tasks.entities.recogniser import Recogniser, choose_recogniser
from tasks.entities.rules import find_arabic_places
from tasks.entities.tokenizer import Span, merge_spans, sentence_starts

RULES_VERSION = 9  # to be raised whenever the same spans may give other mentions
TEXTS = ("articles.parquet", "known.parquet")  # as read from pages, or recalled for a retag

_MAX_TEXT = 200_000  # code points of a text that are searched for names; bounds the time
_CHUNK = 32  # articles whose sentences are kept between the recogniser and the rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """What was found in some articles: each list in the order of the articles."""

    mentions: list[Mention] = field(default_factory=list)
    contexts: list[EntityContext] = field(default_factory=list)
    figures: list[ArticleFigure] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    stamps: list[AnnotationStamp] = field(default_factory=list)  # one for each article


def annotate(articles: Sequence[Article], recogniser: str) -> Annotations:
    """The mentions, contexts, figures and quotations of articles, with a stamp for each article.

    An article in a language that nothing reads gets its stamp only. The recogniser's name comes
    from `usable_recogniser`; OperatorError where it is unknown or what it needs is not installed.
    """
    signatures = signatures_of(recogniser)
    found = Annotations(
        stamps=[
            replace(signatures.of(one), sentence_starts=sentence_starts(one.body[:_MAX_TEXT]))
            for one in articles
        ]
    )
    if recogniser == NOTHING:
        return found
    gazetteers = load_gazetteers()
    for start in range(0, len(articles), _CHUNK):
        chunk = [
            replace(article, title=article.title[:_MAX_TEXT], body=article.body[:_MAX_TEXT])
            for article in articles[start : start + _CHUNK]
        ]
        for article, spans, version in _recognise(chunk, choose_recogniser(recogniser), signatures):
            texts = (article.title, article.body)
            named = [drop_exchanges(text, one) for text, one in zip(texts, spans, strict=True)]
            mentions, contexts = extract_mentions(article, named, gazetteers, version)
            # The countries that it is about by its places or else its adjectives, main one first.
            countries = Counter(
                one.country_code
                for one in mentions
                if one.type is EntityType.PLACE and one.country_code
            ) or Counter(gazetteers.find_nationalities(f"{article.title}\n{article.body}"))
            home = country_of_dateline(article.dateline_place, countries, gazetteers.places)
            codes = [*filter(None, (home,)), *(code for code, _ in countries.most_common())]
            found.mentions.extend(mentions)
            found.contexts.extend(contexts)
            found.figures.extend(find_figures(article, published_day(article), codes, mentions))
            found.quotes.extend(find_quotes(article, mentions))
    return found


def write_annotations(folder: Path, articles: Sequence[Article], recogniser: str) -> int:
    """Annotate articles, write the results into a batch's folder, return the count of mentions.

    StorageError where the disk is full, OperatorError as in `annotate`.
    """
    found = annotate(articles, recogniser)
    write_records(folder / "mentions.parquet", found.mentions, Mention)
    write_records(folder / "entity_contexts.parquet", found.contexts, EntityContext)
    write_records(folder / "article_figures.parquet", found.figures, ArticleFigure)
    write_records(folder / "quotes.parquet", found.quotes, Quote)
    write_records(folder / "annotation_stamps.parquet", found.stamps, AnnotationStamp)
    return len(found.mentions)


def annotate_batch(read: Path, staged: Path, recogniser: str) -> int:
    """Annotate a folder of articles and move it to `staged`; return the count of mentions.

    Returns 0 where an earlier attempt has moved the folder. StorageError where the disk is full or
    the batch can't be read or moved, OperatorError as in `annotate`.
    """
    if not read.exists():
        return 0
    articles = [article for name in TEXTS for article in read_records(read / name, Article)]
    count = write_annotations(read, articles, recogniser)
    move_folder(read, staged)
    return count


def signatures_of(recogniser: str) -> Signatures:
    """What the work of a recogniser is signed with today; OperatorError as in `annotate`."""
    if recogniser == NOTHING:
        return Signatures(
            languages=frozenset(), recogniser=NOTHING, arabic=NOTHING, figures_version=0
        )
    chosen = choose_recogniser(recogniser)
    return Signatures(
        languages=chosen.languages,
        recogniser=f"{chosen.name}-{chosen.version}{_version_suffix()}",
        arabic=f"gazetteer{_version_suffix()}",
        figures_version=FIGURES_VERSION,
    )


def published_day(article: Article) -> date:
    """The day against which the dates of a story are resolved, by its best date candidate."""
    # The dateline's comes first, since it is the day where the story was written. Feeds are not
    # known here: the calendar of ids stands in for them.
    if article.dateline_date:
        return article.dateline_date
    if instant := article.page_at or article.token_at:
        return instant.date()
    return day_of_id(article.article_id) or article.seen_at.date()


def _recognise(
    articles: Sequence[Article], recogniser: Recogniser, signatures: Signatures
) -> Iterator[tuple[Article, Sequence[Sequence[Span]], str]]:
    """The articles whose language is read, with the spans of title and body and their version."""
    gazetteers = load_gazetteers()
    own = [article for article in articles if article.language in recogniser.languages]
    titles = recogniser.recognise([article.title for article in own])
    bodies = recogniser.recognise([article.body for article in own])
    found = [
        (article, [title, body], signatures.recogniser)
        for article, title, body in zip(own, titles, bodies, strict=True)
    ]
    if "ar" not in recogniser.languages:
        arabic = [article for article in articles if article.language == "ar"]
        found += [(article, [[], []], signatures.arabic) for article in arabic]
    for article, spans, version in found:
        texts = (article.title, article.body)
        if article.language == "en":  # the rules are of English
            yield article, postprocess_spans(texts, spans, gazetteers), version
        elif article.language == "ar":
            places = (find_arabic_places(text, gazetteers) for text in texts)
            yield article, list(map(merge_spans, spans, places)), version
        else:
            yield article, spans, version


@lru_cache(maxsize=1)
def _version_suffix() -> str:
    """The part of a recogniser's version that stands for the rules and tables after it."""
    return f"-{RULES_VERSION}-{digest_tables()[:8]}"
