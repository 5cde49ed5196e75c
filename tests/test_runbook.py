"""RUNBOOK.md speaks of every message that can appear, and of none that can't."""

import ast
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from flows.cli import app
from tasks.core import errors
from tasks.core.rejects import Reason
from tasks.core.settings import PREFIX, Settings
from tasks.warehouse.sql import SQL_FOLDER, sql_files

ROOT = Path(__file__).resolve().parents[1]
RUNBOOK = (ROOT / "RUNBOOK.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", RUNBOOK, re.DOTALL | re.MULTILINE))
CHECKS = "Nothing was published, because checks failed"
ERRORS = {
    name
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.WirehouseError)
}
QUOTED = [
    part
    for quoted in re.findall(r'"([^"\n]{8,})"', RUNBOOK)
    for part in re.split(r" ?\.\.\.,? ?", quoted)
]


@cache  # and not at once, which every process of the tests would wait for
def nodes() -> list[ast.AST]:
    """The syntax of the whole program."""
    paths = [path for folder in ("tasks", "flows") for path in (ROOT / folder).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    return [node for tree in trees for node in ast.walk(tree)]


def cells(section: str, column: int) -> list[str]:
    """One column of a section's tables."""
    rows = re.findall(r"^\| (?!---)(.+) \|$", SECTIONS[section], re.MULTILINE)
    return [row.split(" | ")[column] for row in rows]


def named_in(section: str) -> list[str]:
    """What is in backticks in the first column of a section's tables."""
    return re.findall(r"`([^`]+)`", "\n".join(cells(section, 0)))


def text_of(node: ast.expr) -> str:
    """A message in the source, with … for what is put in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(map(text_of, values))
    return "…"


def raised_messages() -> set[str]:
    """The text of every error that a person must be able to look up."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in ERRORS:
            found.add(text_of(node.args[0]))
    return found - {"…"}  # an error passed on


def logged_lines() -> set[str]:
    """The text of every warning in the code, with … for what is put in."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_log.warning", "_log.error"):
            found.add(re.sub(r"%[sd]", "…", ast.literal_eval(node.args[0])))
    return found - {"…"}  # a check's finding, which has a table of its own


def test_every_check_has_its_advice():
    named = named_in(CHECKS)
    assert sorted(named) == sorted(path.stem for path in sql_files(SQL_FOLDER / "checks"))


def test_checks_that_only_warn_have_a_table_of_their_own():
    failing, warning = SECTIONS[CHECKS].split("These only warn")
    for path in sql_files(SQL_FOLDER / "checks"):
        is_warning = "Severity: warn." in path.read_text(encoding="utf-8")
        assert f"`{path.stem}`" in (warning if is_warning else failing), path.stem


def test_every_reject_reason_has_its_advice():
    assert sorted(named_in("Many rejects")) == sorted(map(str, Reason))


def test_every_line_of_the_doctor_has_its_advice():
    made = [node for node in nodes() if isinstance(node, ast.Call)]
    subjects = {text_of(one.args[0]) for one in made if ast.unparse(one.func) == "Diagnosis"}
    assert sorted(named_in("wirehouse doctor")) == sorted(subjects - {"…", ""})


def test_every_error_has_its_advice():
    assert set(re.findall(r"`(\w+Error)`", RUNBOOK)) == ERRORS - {"WirehouseError"}


def test_every_error_is_found_by_its_words():
    unknown = [
        message for message in raised_messages() if not any(part in message for part in QUOTED)
    ]
    assert sorted(unknown) == []


@pytest.mark.parametrize("section", [name for name in SECTIONS if name.startswith("Exit status")])
def test_every_quoted_message_is_one_of_the_program(section):
    values = [one.value for one in nodes() if isinstance(one, ast.Constant)]
    texts = [value for value in values if isinstance(value, str)]
    for message in re.findall(r'"([^"]+)"', "\n".join(cells(section, 0))):
        for part in re.split(r" ?\.\.\.,? ?", message):
            assert any(part in text for text in texts), part


def test_every_warning_in_the_log_has_its_advice():
    assert set(named_in("Lines in the log")) == logged_lines()


def test_every_setting_exists():
    settings = {PREFIX + field.name.upper() for field in fields(Settings)}
    assert set(re.findall(r"WIREHOUSE_\w+", RUNBOOK)) <= settings


def test_every_command_and_option_exists():
    program = get_command(app)
    for line in set(re.findall(r"(?<![.\w])wirehouse [a-z]+[^`.\n]*", RUNBOOK)):
        command = program
        for word in line.split()[1:]:
            if isinstance(command, TyperGroup):
                command = command.commands[word]
            elif word.startswith("-"):
                assert word in {name for one in command.params for name in one.opts}, line
