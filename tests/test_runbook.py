"""RUNBOOK.md speaks of every message that can appear, and of none that can't."""

import ast
import re
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

from flows.cli import app
from tasks.core import errors
from tasks.core.rejects import Reason
from tasks.warehouse.sql import SQL_FOLDER, sql_files

ROOT = Path(__file__).resolve().parents[1]
RUNBOOK = (ROOT / "RUNBOOK.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", RUNBOOK, re.DOTALL | re.MULTILINE))
NOT_RAISED_THEMSELVES = {"WirehouseError"}


def named_in(section: str, column: int) -> list[str]:
    """What stands in backticks in one column of a section's tables."""
    rows = re.findall(r"^\| (?!---)(.+) \|$", SECTIONS[section], re.MULTILINE)
    cells = [row.split(" | ")[column] for row in rows if row.count(" | ") >= 1]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def logged_lines() -> set[str]:
    """The text of every warning in the code, with … for what is put in."""
    found = set()
    for path in [*(ROOT / "tasks").rglob("*.py"), *(ROOT / "flows").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "_log.warning",
                "_log.error",
            ):
                text = ast.literal_eval(node.args[0])
                found.add(re.sub(r"%[sd]", "…", text))
    return found - {"…"}  # a check's finding, which has a table of its own


def test_every_check_has_its_advice():
    told = named_in('"Nothing was published, because checks failed"', 0)
    checks = {path.stem for path in sql_files(SQL_FOLDER / "checks")}
    assert set(told) == checks
    assert len(told) == len(checks)


def test_the_checks_that_only_warn_are_told_apart():
    section = SECTIONS['"Nothing was published, because checks failed"']
    failing, warning = section.split("These only warn")
    for path in sql_files(SQL_FOLDER / "checks"):
        is_warning = "Severity: warn." in path.read_text(encoding="utf-8")
        assert f"`{path.stem}`" in (warning if is_warning else failing), path.stem


def test_every_reason_of_a_refusal_has_its_advice():
    told = named_in("Many refusals", 0)
    assert set(told) == {str(reason) for reason in Reason}
    assert len(told) == len(set(told))


def test_every_error_has_its_advice():
    classes = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.WirehouseError)
    }
    told = set(re.findall(r"`(\w+Error)`", RUNBOOK))
    assert told == classes - NOT_RAISED_THEMSELVES


def test_every_warning_in_the_log_has_its_advice():
    assert set(named_in("Lines in the log", 0)) == logged_lines()


def test_commands_and_settings_that_it_names_exist():
    program = get_command(app)
    assert isinstance(program, TyperGroup)
    assert set(re.findall(r"`wirehouse (\w+)", RUNBOOK)) <= set(program.commands)
    settings = (ROOT / "README.md").read_text(encoding="utf-8")
    for setting in set(re.findall(r"WIREHOUSE_\w+", RUNBOOK)):
        assert f"`{setting}`" in settings, setting
