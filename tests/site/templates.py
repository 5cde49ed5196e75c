"""The small language of the copy files, and how a text of it becomes a sentence.

A text has slots and choices: `{minister} [said|told reporters] on {today}`. A slot holds an
expression over the facts of a story, with an optional form after a colon (`{firm:short}`); a choice
is made anew each time. `a(n)` becomes "a" or "an" by the word that follows. A line may open with the
angle it belongs to: `<order>` tells of an airline's order for jets, and no story about its
passengers takes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tests.site.facts import StoryFacts

_TOKEN = re.compile(r"\{[^{}]*\}|\[|\]|\||[^\[\]{}|]+")
_SLOT = re.compile(r"\{([^{}]*?)(?::([^{}:()]*))?\}")
_ARTICLE = re.compile(r"\b([Aa])\(n\) (?=(\S+))")
_VOWEL_SOUND = re.compile(
    r"[“‘\"']?(?:[aioAIO](?!ne[ -])|[eE](?!u)|u(?!n[iy]|s[ei])|8|11(?![\d,])|18(?![\d,])|hono|hour"
    r"|[FHLMNRSX](?=[A-Z]{1,4}\b)|MoU)"
)
_SENTENCE_START = re.compile(r"((?:^|[.?!]”? )[“«‘\"]?)([^\W\d_])")
_STATEMENT = re.compile(r"([\w, ]+?) (:=|=|in)(?: (.*))?$")


class Slot(NamedTuple):
    expression: CodeType
    form: str


class Choice(NamedTuple):
    wordings: tuple["Parts", ...]


Parts = tuple["str | Slot | Choice", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    parts: Parts
    angle: str | None  # the side of the news that it tells, `None` where it fits any

    def fits(self, angle: str | None) -> bool:
        return self.angle is None or angle is None or self.angle == angle

    def fill(self, facts: "StoryFacts") -> str:
        text = "".join(_fill(self.parts, facts))
        return _ARTICLE.sub(_article, text) if "(n)" in text else text

    def sentence(self, facts: "StoryFacts") -> str:
        """The text with a capital at the beginning of its sentences."""
        text = self.fill(facts)
        return _SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)


@cache
def template(line: str) -> Template:
    """One text, parsed once so that each filling of it is cheap."""
    angle, text = None, line
    if line.startswith("<"):
        angle, _, text = line[1:].partition("> ")
    open_choices: list[list[list[str | Slot | Choice]]] = [[[]]]
    for token in _TOKEN.findall(text):
        if token == "[":
            open_choices.append([[]])
        elif token == "|":
            open_choices[-1].append([])
        elif token == "]" and len(open_choices) > 1:
            wordings = open_choices.pop()
            open_choices[-1][-1].append(Choice(tuple(map(tuple, wordings))))
        elif match := _SLOT.fullmatch(token):
            open_choices[-1][-1].append(Slot(_compiled(match[1]), match[2] or ""))
        else:
            open_choices[-1][-1].append(token)
    if len(open_choices) != 1 or len(open_choices[0]) != 1:
        raise ValueError(f"brackets do not match in {line!r}")
    return Template(tuple(open_choices[0][0]), angle)


def templates(block: str) -> tuple[Template, ...]:
    """The texts of a block, in which each begins with a dash and a blank."""
    lines: list[str] = []
    for line in block.strip().splitlines():
        if line.startswith("- "):
            lines.append(line[2:])
        else:
            lines[-1] += f" {line.strip()}"
    return tuple(map(template, lines))


class Statement(NamedTuple):
    """A line of facts: the names it sets, and one or more rows of texts or an expression."""

    names: tuple[str, ...]
    rows: tuple[tuple[Template, ...], ...]
    expression: CodeType | None

    def run(self, facts: "StoryFacts") -> None:
        if self.expression is None:
            row = facts.rng.choice(self.rows)
            values: Sequence[Any] = [cell.fill(facts) for cell in row]
        else:
            value = facts.value(self.expression)
            values = value if len(self.names) > 1 else [value]
        for name, value in zip(self.names, values, strict=False):
            facts[name] = value


def statements(block: str) -> tuple[Statement, ...]:
    """The lines of a block of facts; the rows of a table are indented below its names."""
    found: list[Statement] = []
    for line in block.strip().splitlines():
        if line.startswith("    "):
            last = found[-1]
            row = tuple(template(cell.strip()) for cell in re.split(r" \| ", line))
            found[-1] = last._replace(rows=(*last.rows, row))
            continue
        match = _STATEMENT.fullmatch(line)
        names = tuple(match[1].split(", ")) if match else ()
        if match is None or match[2] == ":=":
            found.append(Statement(names, (), _compiled(match[3] if match else line)))
        else:
            found.append(Statement(names, ((template(match[3]),),) if match[3] else (), None))
    return tuple(found)


@cache
def _compiled(expression: str) -> CodeType:
    return compile(expression, "<copy>", "eval")


def _fill(parts: Parts, facts: "StoryFacts") -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Slot):
            yield format(facts.value(part.expression), part.form)
        else:
            yield from _fill(facts.rng.choice(part.wordings), facts)


def _article(match: re.Match[str]) -> str:
    letter, following = match.groups()
    return f"{letter}n " if _VOWEL_SOUND.match(following) else f"{letter} "
