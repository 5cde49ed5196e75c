"""SECURITY.md names a test for each promise, and each test that it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES, _, NOT_PROMISED = PAGE.partition("## What is not promised")
NAMED = re.findall(r"^  - `(tests/[\w/]+\.py)::(\w+)`$", PROMISES, re.MULTILINE)


def test_the_tests_that_are_named_are_there():
    trees = {path: ast.parse((ROOT / path).read_text(encoding="utf-8")) for path, _ in NAMED}
    there = {
        (path, node.name)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert set(NAMED) - there == set()


def test_every_promise_names_a_test():
    promises = re.split(r"^- ", PROMISES, flags=re.MULTILINE)[1:]
    assert len(promises) > 15
    for promise in promises:
        assert re.search(r"^  - `tests/", promise, re.MULTILINE), promise
