"""Sentences of our own: filled templates, and corpus sentences with other names in them."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tasks.core.records import EntityType
from tasks.entities.gazetteers import demonym_names
from tasks.entities.training.corpus import Example
from tasks.entities.training.invention import EXCHANGES, Inventor

SEED = 11
_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_SLOT = re.compile(r"\{(\w+)\}")
_SWAP_SHARES = {_PERSON: 0.5, _ORGANISATION: 0.3, _PLACE: 0.25}
_DATELINE_SHARE = 0.15
_SHORTENED_SHARE = 0.35
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
)  # fmt: skip
_MONEY = ("$40 million", "KD 84 million", "SAR 1.7 billion", "AED 870 million", "1.2bn dirhams",
          "Rs 1,210 crore", "QR242.5m", "EUR 210 million")  # fmt: skip


class Builder:
    """Puts a text together and notes where its names are."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.names: list[tuple[int, int, EntityType]] = []
        self.length = 0

    def add(self, text: str, kind: EntityType | None = None) -> None:
        """Appends text; with a kind, the text is a name of it."""
        if kind is not None:
            self.names.append((self.length, self.length + len(text), kind))
        self.parts.append(text)
        self.length += len(text)

    def example(self) -> Example:
        """What has been put together."""
        return Example("".join(self.parts), tuple(self.names))


class Augmenter:
    """Makes training sentences from `data/entities`; equal seeds give equal sentences."""

    def __init__(self, rng: Random, folder: Path) -> None:
        self.rng = rng
        self.invent = Inventor(rng, folder)
        lines = (folder / "training" / "templates.txt").read_text(encoding="utf-8").splitlines()
        self.templates = [line for line in lines if line and not line.startswith("#")]
        self.demonyms = demonym_names(folder)
        invent = self.invent
        self.slots: dict[str, tuple[Callable[[], str], EntityType | None]] = {
            "P": (lambda: invent.person()[0], _PERSON),
            "S": (lambda: invent.person()[1], _PERSON),
            "G1": (lambda: invent.any("AR_M"), _PERSON),
            "O": (invent.organisation, _ORGANISATION),
            "B": (invent.brand, _ORGANISATION),
            "U": (lambda: rng.choice(invent.known), _ORGANISATION),
            "W": (invent.party, _ORGANISATION),
            "A": (invent.acronym, _ORGANISATION),
            "X": (lambda: rng.choice(EXCHANGES), _ORGANISATION),
            "V": (invent.paper, _ORGANISATION),
            "C": (invent.city, _PLACE),
            "K": (invent.country, _PLACE),
            "L": (invent.place, _PLACE),
            "E": (lambda: rng.choice(self.demonyms), None),
            "D": (lambda: rng.choice(_DAYS), None),
            "Q": (lambda: rng.choice(("first quarter", "third quarter", "Q2", "half year")), None),
            "N": (lambda: str(rng.choice((rng.randint(1, 60), rng.randint(10, 99) / 10))), None),
            "M": (lambda: rng.choice(_MONEY), None),
            "G": (lambda: f"{rng.randint(0, 4)}-{rng.randint(0, 4)}", None),
            "Y": (lambda: invent.any("QUO"), None),
            "H": (lambda: invent.any("HON"), None),
            "T": (lambda: invent.any("TIT"), None),
        }

    def fill_templates(self, count: int) -> Iterator[Example]:
        """Templates with invented names in their slots."""
        for _ in range(count):
            builder = Builder()
            if self.rng.random() < _DATELINE_SHARE:
                self._add_dateline(builder)
            template = self.rng.choice(self.templates)
            last = 0
            for match in _SLOT.finditer(template):
                builder.add(template[last : match.start()])
                make, kind = self.slots[match.group(1)]
                is_ticker = match.group(1) == "A" and template[: match.start()].endswith("{X}: ")
                builder.add(make(), None if is_ticker else kind)
                last = match.end()
            builder.add(template[last:])
            yield builder.example()

    def swap_names(self, examples: Sequence[Example], count: int) -> Iterator[Example]:
        """Corpus sentences in which some names are replaced by invented ones."""
        named = [example for example in examples if example.names]
        for _ in range(count):
            example = self.rng.choice(named)
            builder = Builder()
            if self.rng.random() < _DATELINE_SHARE:
                self._add_dateline(builder)
            last = 0
            for start, end, kind in example.names:
                builder.add(example.text[last:start])
                name = example.text[start:end]
                if self.rng.random() >= _SWAP_SHARES[kind]:
                    pass
                elif kind is _PERSON:
                    name = self.invent.person()[" " not in name]
                elif kind is _ORGANISATION:
                    is_short = " " not in name and self.rng.random() < _SHORTENED_SHARE
                    name = self.invent.brand() if is_short else self.invent.organisation()
                elif self.rng.random() < _SHORTENED_SHARE:
                    name = self.invent.country()
                else:
                    name = self.invent.city()
                builder.add(name, kind)
                last = end
            builder.add(example.text[last:])
            yield builder.example()

    def _add_dateline(self, builder: Builder) -> None:
        rng, invent = self.rng, self.invent
        city, day = invent.city(), f"{rng.choice(_MONTHS)} {rng.randint(1, 28)}"
        style = rng.randrange(6)
        agency = invent.acronym() if rng.random() < 0.5 else invent.any("SRC")  # noqa: PLR2004
        if style == 0:
            builder.add(city.upper(), _PLACE)
            builder.add(f", {day} (")
            builder.add(agency, _ORGANISATION)
            builder.add(rng.choice((") -- ", ") - ", "): ", ") ")))
        elif style == 1:
            builder.add(city.upper(), _PLACE)
            builder.add(", ")
            builder.add(invent.country(), _PLACE)
            builder.add(f", {day}, 2025 /")
            builder.add("PRNewswire", _ORGANISATION)
            builder.add("/ -- ")
        elif style == 2:  # noqa: PLR2004
            builder.add(city, _PLACE)
            builder.add(", ")
            builder.add(invent.country(), _PLACE)
            builder.add(": ")
        elif style == 3:  # noqa: PLR2004
            builder.add("(MENAFN- ")
            builder.add(invent.any("SRC"), _ORGANISATION)
            builder.add(") ")
            builder.add(city, _PLACE)
            builder.add(": ")
        else:
            builder.add(city.upper() if style == 4 else city, _PLACE)  # noqa: PLR2004
            builder.add(rng.choice((": ", " — ", " -- ", " - ", f", {day}. ")))
