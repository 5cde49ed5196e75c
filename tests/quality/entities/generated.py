"""Scores names over generated stories, whose cast is known, as a warehouse has them.

`python -m tests.quality.entities.generated 10000` prints the scores and the names that are wrong.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.core.paths import DataPaths
from tasks.entities.annotate import annotate
from tasks.entities.tokenizer import phrase_key
from tasks.warehouse.connect import Connection
from tasks.warehouse.writer import writer
from tests.quality.entities.articles import article
from tests.site.facts import places
from tests.site.newsroom import stories
from tests.site.page import page_of
from tests.site.story import Story
from tests.sql.records import RUN_ID, load_batch, stage

_BATCH = 250
_TYPES = {"person": "person", "organisation": "organization", "place": "place"}
_HOMES = {"islamabad": "PK", "bethlehem": "PS", "إسلام آباد": "PK", "بيت لحم": "PS"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What is wrong with the names of some stories."""

    confused: Counter[str]  # persons taken for organisations and the reverse, by printed name
    confused_share: float  # of the mentions of known persons and organisations
    several_types: tuple[str, ...]  # names that have more than one type over all stories
    arabic_words: Counter[str]  # places in Arabic stories that are none
    arabic_words_share: float  # of the places in Arabic stories
    misplaced: Counter[str]  # Islamabad and Bethlehem taken for other towns, by that town


def judge_names(count: int) -> Names:
    """Annotate and load so many generated stories, and compare their names with the casts."""
    casts = {story.article_id: story for story in stories(count)}
    arabic = {
        phrase_key(name) for place in places("ar").values() for name in (place.name, *place.cities)
    }
    total, arabic_total = 0, 0
    confused, words, misplaced = Counter[str](), Counter[str](), Counter[str]()
    with _warehouse_of(casts) as connection:
        several = connection.sql(
            "select lower(name) from entities group by 1 having count(distinct type) > 1 order by 1"
        ).fetchall()
        rows = connection.sql(
            "select m.article_id, m.surface, e.type, e.name, e.country_code "
            "from mentions as m join entities as e using (entity_id)"
        ).fetchall()
    known = {article_id: _types(story) for article_id, story in casts.items()}
    for article_id, surface, kind, name, country in rows:
        printed = surface.casefold()
        expected = known[article_id].get(printed)
        if "place" not in (kind, expected) and expected:
            total += 1
            confused[f"{kind} {surface}"] += kind != expected
        if kind == "place" and casts[article_id].language == "ar":
            arabic_total += 1
            words[surface] += phrase_key(surface) not in arabic
        if kind == "place" and printed in _HOMES:
            misplaced[f"{surface}: {name}, {country}"] += country != _HOMES[printed]
    return Names(
        confused=+confused,
        confused_share=confused.total() / total,
        several_types=tuple(name for (name,) in several),
        arabic_words=+words,
        arabic_words_share=words.total() / arabic_total,
        misplaced=+misplaced,
    )


@contextmanager
def _warehouse_of(casts: dict[int, Story]) -> Iterator[Connection]:
    """A warehouse of the stories, annotated and loaded in batches."""
    articles = [
        replace(
            article(title=page.title, body=page.body, language=page.story.language),
            article_id=article_id,
            url=f"https://menafn.com/{article_id}/Story",
            dateline_place=page.dateline_place,
            capture_id=f"capture-{article_id}",
        )
        for article_id, page in ((each, page_of(story)) for each, story in casts.items())
    ]
    with TemporaryDirectory() as folder:
        paths = DataPaths(data_dir=Path(folder))
        with writer(paths, wait_seconds=0) as connection:
            for start in range(0, len(articles), _BATCH):
                some = articles[start : start + _BATCH]
                found = annotate(some, "builtin")
                batch = stage(
                    paths.staged / f"{RUN_ID}-{start:06}",
                    articles=some,
                    mentions=found.mentions,
                    entity_contexts=found.contexts,
                )
                load_batch(connection, batch, run_id=RUN_ID)
            yield connection


def _types(story: Story) -> dict[str, str]:
    """The types of a story's cast by name, short name, and part of a person's name."""
    parts = {
        part.casefold(): "person"
        for one in story.cast
        if one.kind == "person"
        for part in one.name.split()
    }
    return parts | {
        name.casefold(): _TYPES[one.kind]
        for one in story.cast
        for name in (one.short, one.name)
        if name
    }


def main() -> None:
    """Prints the scores, and what is wrong, the most frequent first."""
    found = judge_names(int(sys.argv[1]))
    for label, names in (
        (f"persons and organisations confused: {found.confused_share:.4f}", found.confused),
        (f"Arabic places that are none: {found.arabic_words_share:.4f}", found.arabic_words),
        ("Islamabad or Bethlehem elsewhere", found.misplaced),
        ("names with several types", Counter(found.several_types)),
    ):
        print(f"{label} ({names.total()})")
        print("".join(f"    {size:4} {name}\n" for name, size in names.most_common(40)), end="")


if __name__ == "__main__":
    main()
