"""The small grammar that copy is written in, and how a piece of copy becomes a sentence.

A template is a line of text with slots and choices: `{minister} [said|told reporters] on {today}`.
A slot names a fact of the story, with an optional form after a colon (`{firm:short}`); a choice
in square brackets is settled anew each time. `a(n)` becomes "a" or "an" by the word that follows.
A line may open with the angle it belongs to: `<order>` copy tells of an airline's order for jets,
and no story that is about its passengers takes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple, Protocol, TypeVar

_TOKEN = re.compile(r"\{[^{}]*\}|\[|\]|\||[^\[\]{}|]+")
_ARTICLE = re.compile(r"\b([Aa])\(n\) (?=(\S+))")
_VOWEL_SOUND = re.compile(
    r"[“‘\"']?(?:[aioAIO](?!ne[ -])|[eE](?!u)|u(?!n[iy]|s[ei])|8|11(?![\d,])|18(?![\d,])|hono|hour"
    r"|[FHLMNRSX](?=[A-Z]{1,4}\b)|MoU)"
)
_SENTENCE_ENDS = (". ", "? ", "! ", ".” ", "?” ", "!” ", ". “", "? “")

Item = TypeVar("Item")


class Fact(Protocol):
    """Something that a slot can name and that knows its own forms."""

    def say(self, form: str) -> str:
        """Return the wording for `form`, which is empty where the slot names none."""
        ...


class Facts(Protocol):
    """Where the slots of a template find their values."""

    rng: Random

    def __getitem__(self, key: str) -> "str | Fact": ...


class Slot(NamedTuple):
    """A place in a template that a fact fills."""

    key: str
    form: str
    opens_sentence: bool


class Choice(NamedTuple):
    """Wordings that mean the same; one is taken."""

    wordings: tuple["Nodes", ...]


Nodes = tuple["str | Slot | Choice", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A line of copy, ready to be written.

    Attributes:
        nodes: its parts in order.
        named: the facts that it names, whichever wordings are taken.
        angle: the side of the news that it tells, `None` where it fits any.
    """

    nodes: Nodes
    named: frozenset[str]
    angle: str | None


def pick(rng: Random, items: Sequence[Item]) -> Item:
    """Return one of the items; the same one on every machine for the same state of `rng`."""
    return items[int(rng.random() * len(items))]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, for lists that are easier to read as a line."""
    return tuple(text.split())


def shuffled(rng: Random, items: Sequence[Item]) -> list[Item]:
    """Return the items in a random order."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order


def copy(text: str) -> tuple[Template, ...]:
    """Return the templates of a block of copy, in which each begins with a dash and a blank."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        words = line.strip()
        if words.startswith("- "):
            lines.append(words[2:])
        elif words:
            lines[-1] = f"{lines[-1]} {words}"
    return tuple(template(line) for line in lines)


def template(line: str) -> Template:
    """Return one template, read once so that each writing of it is cheap.

    Raises:
        ValueError: if a bracket of a choice is not closed, or closed without being opened.
    """
    angle, line = _angle_and_words(line)
    open_choices: list[list[list[str | Slot | Choice]]] = [[[]]]
    before = ""
    for token in _TOKEN.findall(line):
        if token == "[":
            open_choices.append([[]])
        elif token == "|":
            open_choices[-1].append([])
        elif token == "]" and len(open_choices) > 1:
            wordings = open_choices.pop()
            open_choices[-1][-1].append(Choice(tuple(tuple(words) for words in wordings)))
        elif token.startswith("{"):
            key, _, form = token[1:-1].partition(":")
            open_choices[-1][-1].append(Slot(key, form, before.endswith(_SENTENCE_ENDS)))
        else:
            open_choices[-1][-1].append(token)
        before = token
    if len(open_choices) != 1 or len(open_choices[0]) != 1:
        raise ValueError(f"brackets do not match in {line!r}")
    nodes = tuple(open_choices[0][0])
    return Template(nodes, frozenset(_named(nodes)), angle)


def _angle_and_words(line: str) -> tuple[str | None, str]:
    if line.startswith("<"):
        angle, _, words_of_line = line[1:].partition("> ")
        return angle, words_of_line
    return None, line


def _named(nodes: Nodes) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node.key
        elif isinstance(node, Choice):
            for wording in node.wordings:
                yield from _named(wording)


def write(words: Template, facts: Facts) -> str:
    """Return the template as prose about the given facts."""
    parts: list[str] = []
    _write_into(parts, words.nodes, facts)
    text = "".join(parts)
    if "(n)" in text:
        text = _ARTICLE.sub(_article, text)
    return capitalised(text)


def _write_into(parts: list[str], nodes: Nodes, facts: Facts) -> None:
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Slot):
            value = facts[node.key]
            said = value if isinstance(value, str) else value.say(node.form)
            parts.append(capitalised(said) if node.opens_sentence else said)
        else:
            _write_into(parts, pick(facts.rng, node.wordings), facts)


def _article(match: re.Match[str]) -> str:
    letter, following = match.groups()
    return f"{letter}n " if _VOWEL_SOUND.match(following) else f"{letter} "


def capitalised(text: str) -> str:
    """Return the text with its first letter a capital, past an opening quotation mark."""
    at = 1 if text[:1] in '“«‘"' else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]
