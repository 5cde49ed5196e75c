"""What the pages of the repository show to be typed."""

import re

from tests.flows.conftest import ROOT


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks_of(page: str, language: str) -> list[str]:
    """The code blocks of a language on a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(page), re.DOTALL | re.MULTILINE)


def shell_lines(page: str) -> list[str]:
    """The lines of its shell blocks."""
    return [line for block in blocks_of(page, "sh") for line in block.splitlines()]
