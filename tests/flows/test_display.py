"""Whatever a story brings along, a terminal shows it and never obeys it."""

import json
import os
import pty
import re
import sys

import pytest

from flows.render import echo, show_story
from flows.rows import show_csv, show_json, show_markdown, show_table, show_vertical
from tasks.core.reports import Revision, StoryDetails, StoryTable
from tests.sql.records import SEEN_AT

HOSTILE = [
    "\x1b]0;owned\x07title",  # sets a terminal's title
    "\x1b[2J\x1b[31mred",  # clears it
    "\x9b31mred",  # the same in one byte of the upper half
    "\u202egnp.exe",  # turns the text round
    "\u2066hidden\u2069",
    "back\b\b\b\bspace\rover",
    "nul\0",
    "[bold red]markup[/] [link=file:///etc/passwd]here[/link]",
]
HARMLESS = ["Two words", "الكويت", "Türkiye – 3 %", "line\nbreak"]


def is_harmless(text: str) -> bool:
    return all(letter.isprintable() or letter == "\n" for letter in text)


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_a_table_shows_text_and_obeys_none_of_it(text, capsys):
    show_table(["title", text], [(text, 1)], title="Stories")
    shown = capsys.readouterr().out
    assert is_harmless(shown)
    assert "[/]" in shown or "[/]" not in text


@pytest.mark.parametrize("text", [*HOSTILE, "a | b", "*bold* <img src=x>"])
def test_rows_in_other_forms_show_text_and_obey_none_of_it(text, capsys):
    show_vertical(["title", text], [(text, 1)])
    assert is_harmless(capsys.readouterr().out)
    show_markdown(["title"], [(text,)])
    shown = capsys.readouterr().out
    assert is_harmless(shown)
    assert "<img" not in shown
    assert set(re.findall(r"(?<!\\)[*\[`|]", shown)) == {"|"}
    assert len(re.findall(r"(?<!\\)\|", shown)) == 2 * 3


@pytest.mark.parametrize("text", HOSTILE)
def test_a_story_is_shown_and_obeyed_in_none_of_its_texts(text, capsys):
    table, changes = StoryTable(columns=("name",), rows=((text,),)), (("insert", text),)
    revision = Revision(
        version=2, seen_at=SEEN_AT, capture_id=text, title=changes, body=(("equal", text * 99),)
    )
    facts = {"title": text, "body": text, "byline": text}
    story = StoryDetails(
        facts=facts, revisions=(revision,), names=table, figures=table, captures=table
    )
    show_story(story, as_json=False)
    assert is_harmless(capsys.readouterr().out)


@pytest.mark.parametrize("text", [*HOSTILE, "\\\\**[/bold]", "[**x**]", "[/**b**old]"])
def test_marks_on_a_terminal_are_bold_and_obey_no_text(text, monkeypatch):
    reading, writing = pty.openpty()
    with os.fdopen(writing, "w", newline="") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "200")
        show_table(["title"], [(f"a **word** {text}",)], has_marks=True)
        terminal.flush()
        shown = os.read(reading, 10_000).decode().replace("\r\n", "\n")
    assert "\x1b[1mword\x1b[0m" in shown
    assert is_harmless(re.sub(r"\x1b\[[0-9;]*m", "", shown))


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_json_means_the_same_and_can_be_printed(text, capsys):
    show_json(["title"], [(text,)])
    shown = capsys.readouterr().out
    assert is_harmless(shown)
    assert json.loads(shown) == [{"title": text}]


@pytest.mark.parametrize("text", HARMLESS[:3])
def test_json_leaves_plain_letters_as_they_are(text, capsys):
    show_json(["title"], [(text,)])
    assert text in capsys.readouterr().out


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_is_harmless_on_a_terminal_and_untouched_in_a_file(text, capsys, monkeypatch):
    show_csv(["title"], [(text,)])
    assert text in capsys.readouterr().out
    reading, writing = pty.openpty()
    with os.fdopen(writing, "w", newline="") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        show_csv(["title"], [(text,)])
        terminal.flush()
        shown = os.read(reading, 10_000).decode().replace("\r\n", "\n")
    os.close(reading)
    assert is_harmless(shown)


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_a_message_shows_text_and_obeys_none_of_it(text, capsys):
    echo(f"wirehouse: {text}")
    shown = capsys.readouterr().err
    assert is_harmless(shown)
    assert shown.startswith("wirehouse: ")
