"""A page out of a skeleton and a story: nothing is interpreted, text replaces text.

A story file opens with `<!-- skeleton: NAME, encoding: CODEC -->`; then every line `== slot` begins
the text of one slot. In the skeleton, `{{slot}}` is replaced by that text, by nothing where the
story has no such slot, and `{{>part}}` by the file `skeletons/parts/<part>.html`.
"""

import re
from pathlib import Path

SKELETONS = Path(__file__).parent / "skeletons"

_FIRST_LINE = re.compile(r"<!-- skeleton: ([a-z_0-9]+), encoding: ([a-z0-9-]+) -->\n")
_SLOT_LINE = re.compile(r"^== ([a-z_]+)\n", re.MULTILINE)
_PART = re.compile(r"\{\{>([a-z_0-9]+)\}\}")
_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")


def assemble(story: str) -> bytes:
    """The page of a story file, in the encoding its first line names.

    Raises:
        ValueError: the first line is malformed, or a slot is filled that the skeleton lacks.
    """
    first = _FIRST_LINE.match(story)
    if first is None:
        raise ValueError(f"not a story file: {story[:60]!r}")
    skeleton, encoding = first.groups()
    page = _with_parts((SKELETONS / f"{skeleton}.html").read_text(encoding="utf-8"))
    return _fill(page, _slots(story[first.end() :])).encode(encoding)


def _with_parts(page: str) -> str:
    return _PART.sub(
        lambda part: (SKELETONS / "parts" / f"{part[1]}.html").read_text(encoding="utf-8"), page
    )


def _slots(text: str) -> dict[str, str]:
    _, *pieces = _SLOT_LINE.split(text)
    return {
        name: content.strip("\n") for name, content in zip(pieces[::2], pieces[1::2], strict=True)
    }


def _fill(page: str, slots: dict[str, str]) -> str:
    unknown = slots.keys() - set(_SLOT.findall(page))
    if unknown:
        raise ValueError(f"the skeleton has no slot {sorted(unknown)}")
    return _SLOT.sub(lambda slot: slots.get(slot[1], ""), page)
