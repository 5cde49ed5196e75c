"""How well the topics of labelled stories are found: `python -m tests.quality.topics.measure`.

`open.tsv` is for tuning; `locked.tsv` was written after the terms and is only measured. Both have
the first two digits of the topics' codes, and all texts are invented.
"""

import csv
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.warehouse.connect import open_in_memory
from tasks.warehouse.migrate import migrate

FOLDER = Path(__file__).parent
Story = dict[str, str]  # topics, language, title, body


def labelled_stories(name: str) -> list[Story]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def found_topics(stories: list[Story]) -> list[set[str]]:
    """The first two digits of the topics that each story is given."""
    with TemporaryDirectory() as spill, open_in_memory(Path(spill)) as connection:
        migrate(connection)
        connection.execute("create temp table texts (article_id bigint, title text, body text)")
        connection.executemany(
            "insert into texts values (?, ?, ?)",
            [[number, story["title"], story["body"]] for number, story in enumerate(stories)],
        )
        connection.execute("create temp table terms as from positions_of_terms('texts')")
        rows = connection.execute("from topics_of_terms('terms')").fetchall()
    found: list[set[str]] = [set() for _ in stories]
    for number, code, _ in rows:
        found[number].add(code.removeprefix("medtop:")[:2])
    return found


def f1_by_topic(stories: list[Story], found: list[set[str]]) -> dict[str, float]:
    """The harmonic mean of precision and recall of each topic, over stories."""
    right, given, labelled = Counter[str](), Counter[str](), Counter[str]()
    for story, codes in zip(stories, found, strict=True):
        labels = set(story["topics"].split())
        right.update(labels & codes)
        given.update(codes)
        labelled.update(labels)
    return {code: 2 * right[code] / (given[code] + labelled[code]) for code in sorted(labelled)}


def measure_topics(name: str) -> dict[str, float]:
    """The F1 of each topic on the stories of one file."""
    stories = labelled_stories(name)
    return f1_by_topic(stories, found_topics(stories))


if __name__ == "__main__":
    opened = labelled_stories("open.tsv")
    for story, codes in zip(opened, found_topics(opened), strict=True):
        if codes != set(story["topics"].split()):
            print(f"{story['topics']}, found {' '.join(sorted(codes))}: {story['title']}")
    print({code: round(figure, 2) for code, figure in measure_topics("locked.tsv").items()})
