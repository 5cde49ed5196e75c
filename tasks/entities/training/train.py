"""The training itself, with python-crfsuite."""

import lzma
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pycrfsuite

from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.tagger import DIGEST_FILE, MODEL_FILE, FeatureExtractor, digest_line
from tasks.entities.training.augmentation import SEED, Augmenter
from tasks.entities.training.corpus import find_files, label_sentences, read_examples

_TEMPLATE_COUNT = 24_000  # sentences from templates ...
_SWAP_COUNT = 30_000  # ... and from the news corpus with other names
_PARAMETERS = {"max_iterations": 8, "feature.minfreq": 2, "feature.possible_transitions": 1}


def train(data: Path, out: Path, limit: int | None = None) -> str:
    """Train the tagger, write its model and the model's digest into `out`, return the digest.

    From the corpora of `corpus.FILES` anywhere below `data`, and no more than `limit` sentences of
    each corpus and of our own. UsageError where a corpus is missing.
    """
    corpora = {name: read_examples(path, limit) for name, path in find_files(data).items()}
    augmenter = Augmenter(Random(SEED), FOLDER)  # noqa: S311 - it invents names, no secrets
    examples = chain(
        *corpora.values(),
        augmenter.fill_templates(min(_TEMPLATE_COUNT, limit or _TEMPLATE_COUNT)),
        augmenter.swap_names(corpora["gmb_train.jsonl.gz"], min(_SWAP_COUNT, limit or _SWAP_COUNT)),
    )
    extractor = FeatureExtractor(load_gazetteers())
    trainer = pycrfsuite.Trainer(algorithm="ap", verbose=False)
    for sentence, labels in label_sentences(examples):
        trainer.append(extractor.features(sentence), labels)
    trainer.set_params(_PARAMETERS)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        packed = lzma.compress(path.read_bytes(), format=lzma.FORMAT_XZ, preset=9)
    (out / MODEL_FILE).write_bytes(packed)
    line = digest_line(packed)
    (out / DIGEST_FILE).write_text(line, encoding="utf-8")
    return line.split()[0]
