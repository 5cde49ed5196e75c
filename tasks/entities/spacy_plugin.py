"""The recogniser `spacy:<model>`: a pipeline of spaCy that the user installs."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from tasks.core.errors import OperatorError
from tasks.core.records import EntityType
from tasks.entities.tokenizer import Span, key

# Labels of OntoNotes and of WikiNER, which spaCy's own pipelines are trained on.
_TYPES = {
    "PERSON": EntityType.PERSON,
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
}
_PARTIES = frozenset(("party", "movement", "front", "brotherhood", "bloc", "alliance"))
_UNNEEDED = ("tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer")
_BATCH_TEXTS = 64


class SpacyRecogniser:
    """Takes names from the entities of a pipeline, an installed package or a folder.

    OperatorError, saying what to install, where spaCy or the pipeline is missing.
    """

    name = "spacy"

    def __init__(self, model: str) -> None:
        try:
            import spacy  # noqa: PLC0415 - an optional extra, and a second to import
        except ImportError as error:
            raise OperatorError(
                f"WIREHOUSE_RECOGNISER is spacy:{model}, and spaCy is not installed ({error}). "
                "Install it: .venv/bin/python -m pip install -e '.[spacy]'"
            ) from error
        try:
            self._pipeline: Any = spacy.load(model, exclude=_UNNEEDED)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:200]
            raise OperatorError(
                f"WIREHOUSE_RECOGNISER is spacy:{model}, and spaCy can't load that: {reason} "
                f"Install it: .venv/bin/python -m spacy download {model}, or name the folder of "
                "a pipeline."
            ) from error
        meta = self._pipeline.meta
        digest = sha256(json.dumps(meta, sort_keys=True, default=str).encode()).hexdigest()[:8]
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}-{digest}"
        self.languages = frozenset({meta["lang"]})

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, as `Recogniser.recognise` says."""
        documents = self._pipeline.pipe(texts, batch_size=_BATCH_TEXTS)
        found: list[list[Span]] = []
        for document in documents:
            found.append([])
            for entity in document.ents:
                kind = _TYPES.get(entity.label_)
                # Nationalities and religions are no names, but parties are.
                if entity.label_ == "NORP" and key(entity.text.rsplit(maxsplit=1)[-1]) in _PARTIES:
                    kind = EntityType.ORGANIZATION
                # Blanks at the edges belong to no name.
                start = entity.start_char + len(entity.text) - len(entity.text.lstrip())
                end = start + len(entity.text.strip())
                if kind is not None and start < end <= len(document.text):
                    found[-1].append(Span(start, end, kind))
        return found
