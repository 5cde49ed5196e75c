"""How a beat's copy becomes a headline and paragraphs."""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from random import Random

from tests.facsimile.newsroom.beat import Beat
from tests.facsimile.newsroom.cast import Cast
from tests.facsimile.newsroom.grammar import Template, pick, shuffled, write

# Style may take a few letters off a sentence; printed flashes have 70 to 140.
FLASH_LENGTHS = range(78, 139)
_WORDS_A_TEMPLATE = 23
_LENGTHS = (140, 200, 250, 290, 320, 340, 350, 360, 380, 400, 420, 440, 460, 500)
_OUTLOOK_SHARE = 0.8
_FIGURES_SHARE = 0.55
_JOINED_SHARE = 0.85
_LONGEST_JOINED = 240


def write_flash(beat: Beat, cast: Cast, headline: Template) -> str | None:
    """Return the one sentence of a flash, `None` where the facts are too long or short for one."""
    sentences = [words for words in beat.flashes if _agrees(words, headline.angle)]
    for words in shuffled(cast.rng, sentences):
        sentence = write(words, cast)
        if len(sentence) in FLASH_LENGTHS:
            return sentence
    return None


def fitting(rng: Random, wordings: Sequence[Template], headline: Template) -> Template:
    """Return one of the wordings that share most facts and, if it has one, the headline's angle."""
    fits = [words for words in wordings if _agrees(words, headline.angle)]
    wordings = fits or wordings
    shared = [len(headline.named & words.named) for words in wordings]
    most = max(shared)
    return pick(
        rng, [words for words, count in zip(wordings, shared, strict=True) if count == most]
    )


def _agrees(words: Template, angle: str | None) -> bool:
    return words.angle is None or angle is None or words.angle == angle


def _of_angle(wordings: Sequence[Template], angle: str | None) -> list[Template]:
    return [words for words in wordings if words.angle in (None, angle)]


def write_paragraphs(
    beat: Beat, cast: Cast, headline: Template, background: Sequence[Template]
) -> tuple[str, ...]:
    """Return the paragraphs of a story.

    Args:
        beat: the kind of news.
        cast: the event.
        headline: the headline whose facts the story opens with.
        background: further paragraphs that suit any story.
    """
    lead = fitting(cast.rng, beat.leads, headline)
    if beat.is_formula:
        return tuple(write(words, cast) for words in (lead, *beat.details))
    length = pick(cast.rng, _LENGTHS)
    plan = _plan(beat, cast.rng, background, (headline, lead), length // _WORDS_A_TEMPLATE)
    return tuple(_joined(cast.rng, [write(words, cast) for words in plan]))


def _plan(
    beat: Beat,
    rng: Random,
    background: Sequence[Template],
    opening: tuple[Template, Template],
    size: int,
) -> Iterator[Template]:
    """Return the templates of a story in order: lead, details with quotes, background, outlook."""
    headline, lead = opening
    angle = headline.angle or lead.angle
    details = _details(rng, _of_angle(beat.details, angle), headline.named - lead.named)
    quotes = shuffled(rng, _of_angle(beat.quotes, angle))
    past = shuffled(rng, _of_angle(beat.background, angle))
    outlook = _of_angle(beat.outlook, angle)
    wanted_quotes = min(len(quotes), 1 + size * 3 // 11)
    wanted_past = min(len(past), size // 4)
    wanted_general = min(2, int(size * 0.1 + rng.random()))
    wanted_details = max(2, size - 1 - wanted_quotes - wanted_past - wanted_general)
    middle = _interleaved(details[:wanted_details], quotes[:wanted_quotes])
    figures = beat.figures if beat.figures and rng.random() < _FIGURES_SHARE else ()
    closing = [pick(rng, outlook)] if outlook and rng.random() < _OUTLOOK_SHARE else []
    general = shuffled(rng, background)[:wanted_general]
    return chain(
        [lead],
        middle[:2],
        figures,
        middle[2:],
        shuffled(rng, past[:wanted_past] + general),
        closing,
    )


def _details(rng: Random, details: Sequence[Template], owed: frozenset[str]) -> list[Template]:
    """Return the details in a random order, first the one that tells most of what is still owed."""
    order = shuffled(rng, details)
    first = max(order, key=lambda words: len(owed & words.named))
    order.remove(first)
    return [first, *order]


def _interleaved(details: list[Template], quotes: list[Template]) -> list[Template]:
    """Return details with a quotation after every two or more of them."""
    step = max(2, -(-len(details) // max(1, len(quotes))))
    groups = [details[at : at + step] for at in range(0, len(details), step)]
    mixed: list[Template] = []
    for group, quote in zip_longest(groups, quotes):
        mixed.extend(group or ())
        if quote is not None:
            mixed.append(quote)
    return mixed


def _joined(rng: Random, texts: list[str]) -> Iterator[str]:
    """Yield paragraphs, some of two texts; the lead, quotations and the items of lists stand alone."""
    held = ""
    for position, text in enumerate(texts):
        is_item = text.startswith("- ") or text.endswith(":")
        can_join = held and not (is_item or _is_quoting(text) or _is_quoting(held))
        if can_join and len(held) < _LONGEST_JOINED and rng.random() < _JOINED_SHARE:
            held = f"{held} {text}"
            continue
        if held:
            yield held
        held = ""
        if position == 0 or is_item:
            yield text
        else:
            held = text
    if held:
        yield held


def _is_quoting(text: str) -> bool:
    return "“" in text or "«" in text
