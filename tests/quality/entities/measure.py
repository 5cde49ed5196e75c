"""Measures recognition and linking: `python -m tests.quality.entities.measure [--data FOLDER]`.

Prints precision, recall and F1 by type on the gold set, the agreement of linking, and the speed;
with a folder of corpora also the outside sets that the model was not trained on.
"""

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path

from tasks.entities.coreference import CoreferenceResolver
from tasks.entities.gazetteers import load_gazetteers
from tasks.entities.postprocess import postprocess_spans
from tasks.entities.recogniser import BuiltinRecogniser, Recogniser, RulesRecogniser
from tasks.entities.tokenizer import Span, sentences
from tasks.entities.training.corpus import LABELS
from tests.quality.entities.across import linking_across
from tests.quality.entities.figure_gold import score_figures
from tests.quality.entities.gold_set import Score, b_cubed, read_articles, score
from tests.quality.entities.quote_gold import score_quotes

OUTSIDE = ("pud_test.jsonl.gz", "crossner_test.jsonl.gz")
_WORDS_AN_ARTICLE = 500


def names(recogniser: Recogniser, half: str) -> dict[str, Score]:
    """The score of a recogniser and the rules after it on one half of the gold set."""
    expected: list[Sequence[Span]] = []
    found: list[Sequence[Span]] = []
    for article in read_articles(half):
        texts = (article.title.text, article.body.text)
        title, body = recogniser.recognise(texts)
        expected += (article.title.spans, article.body.spans)
        found += postprocess_spans(texts, (title, body), load_gazetteers())
    return score(expected, found)


def outside(recogniser: Recogniser, path: Path) -> dict[str, Score]:
    """The same on a file of sentences, each for itself."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    expected = [
        [Span(start, end, LABELS[label]) for start, end, label in row["ents"]] for row in rows
    ]
    tagged = recogniser.recognise([row["text"] for row in rows])
    found = [
        postprocess_spans(("", row["text"]), ((), spans), load_gazetteers())[1]
        for row, spans in zip(rows, tagged, strict=True)
    ]
    return score(expected, found)


def linking_within(half: str) -> Score:
    """B-cubed of linking on one half's own spans, entities of two articles kept apart."""
    expected: list[str] = []
    found: list[str] = []
    for article in read_articles(half):
        texts = (article.title.text, article.body.text)
        marks = (article.title.spans, article.body.spans)
        for text, identities in zip(
            (article.title, article.body),
            CoreferenceResolver(texts, marks, load_gazetteers()).identities,
            strict=True,
        ):
            expected += [
                f"{article.label} {span.type} {name}"
                for span, name in zip(text.spans, text.names, strict=True)
            ]
            found += [f"{article.label} {one.type} {one.key}" for one in identities]
    return b_cubed(expected, found)


def speed(recogniser: Recogniser) -> tuple[float, float]:
    """Words and CPU milliseconds of an article of about 500 words, best of five rounds.

    By one process, for recognition, rules and linking.
    """
    articles: list[tuple[str, str]] = []
    bodies: list[str] = []
    for article in (*read_articles("open"), *read_articles("locked")):
        bodies.append(article.body.text)
        if sum(len(body.split()) for body in bodies) >= _WORDS_AN_ARTICLE:
            articles.append((article.title.text, "\n".join(bodies)))
            bodies = []
    gazetteers = load_gazetteers()

    def seconds() -> float:
        started = time.process_time()
        sentences.cache_clear()
        for texts in articles:
            title, body = recogniser.recognise(texts)
            spans = postprocess_spans(texts, (title, body), gazetteers)
            CoreferenceResolver(texts, spans, gazetteers)
        return time.process_time() - started

    words = sum(len(" ".join(texts).split()) for texts in articles) / len(articles)
    return words, 1000 * min(seconds() for _ in range(6)) / len(articles)


def _row(label: str, scores: dict[str, Score]) -> str:
    cells = (
        f"{kind[:6]:>6} {one.precision:.3f} {one.recall:.3f} {one.f1:.3f}"
        for kind, one in scores.items()
    )
    return f"{label:<24}" + "  ".join(cells)


def main() -> None:
    """Prints every measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the outside sets")
    data: Path | None = parser.parse_args().data
    builtin = BuiltinRecogniser()
    for recogniser in (builtin, RulesRecogniser()):
        for half in ("open", "locked"):
            print(_row(f"{recogniser.name} {half}", names(recogniser, half)))
    for path in sorted(data.rglob("*_test.jsonl.gz")) if data else ():
        if path.name in OUTSIDE:
            print(_row(f"builtin {path.name[:12]}", outside(builtin, path)))
    for file in ("figures", "figures_locked"):
        reached = score_figures(file)
        print(f"{file}: precision {reached.precision:.3f}, recall {reached.recall:.3f}")
    for language in ("en", "ar"):
        reached, wrong = score_quotes(language)
        print(f"quotes, {language}: precision {reached.precision:.3f}, recall {reached.recall:.3f}")
        print("".join(f"    {line}\n" for line in wrong), end="")
    for half in ("open", "locked"):
        print(f"linking within, {half}: B-cubed F1 {linking_within(half).f1:.4f}")
    for file in ("pairs", "pairs_locked"):
        across = linking_across(file)
        print(
            f"linking across, {file}: precision {across.precision:.3f}, recall {across.recall:.3f}"
        )
    words, milliseconds = speed(builtin)
    print(f"speed: {milliseconds:.1f} ms per {words:.0f} words")


if __name__ == "__main__":
    main()
