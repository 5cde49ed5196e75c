"""Training texts: sentences with the names in them, read from files or made."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.core.errors import UsageError
from tasks.core.records import EntityType
from tasks.entities.tokenizer import Sentence, sentences

FILES = (
    "gmb_train.jsonl.gz",
    "gum_ccby_train.jsonl.gz",
    "btc.jsonl.gz",
    "wnut.jsonl.gz",
    "wikigold.jsonl.gz",
)
LABELS = {"PERSON": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "LOC": EntityType.PLACE}


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a sentence or a few, and the names in it."""

    text: str
    names: tuple[tuple[int, int, EntityType], ...]  # start, end and type of each, in order


def find_files(folder: Path) -> dict[str, Path]:
    """The corpus files of a folder and all below it, by name; UsageError where one is missing."""
    found = {}
    for name in FILES:
        paths = sorted(folder.rglob(name))
        if not paths:
            raise UsageError(f"{name} is not in {folder}. LICENSES_SOURCES says where it is from.")
        found[name] = paths[0]
    return found


def read_examples(path: Path, limit: int | None = None) -> list[Example]:
    """The examples of gzipped lines of `{"text": …, "ents": [[start, end, "PERSON"], …]}`."""
    examples: list[Example] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if limit is not None and len(examples) >= limit:
                break
            row = json.loads(line)
            names = tuple((start, end, LABELS[label]) for start, end, label in sorted(row["ents"]))
            examples.append(Example(row["text"], names))
    return examples


def label_sentences(examples: Iterable[Example]) -> Iterator[tuple[Sentence, list[str]]]:
    """Each sentence of the examples, and `B-person`, `I-person`, `O` ... for its words."""
    for example in examples:
        for sentence in sentences(example.text):
            labels = ["O"] * len(sentence.words)
            for start, end, kind in example.names:
                opening = "B"
                for index, word_start in enumerate(sentence.starts):
                    if start <= word_start < end:
                        labels[index] = f"{opening}-{kind}"
                        opening = "I"
            yield sentence, labels
