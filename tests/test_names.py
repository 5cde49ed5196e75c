"""One word, one meaning: the names of classes and functions."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTICIPLE = re.compile(r"_*([a-z]+ed|held|told|known|taken|alone|swept)")
NO_PARTICIPLES = {"feed", "need", "seed", "embed"}


@cache
def modules() -> dict[str, ast.Module]:
    paths = [
        path for folder in ("flows", "tasks") for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
    }


def shared_names(*kinds: Any, by_level: bool) -> dict[tuple[str, str], list[str]]:
    """Names that stand in several modules; a level is a folder's depth, the commands are one."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for place, tree in modules().items():
        level = "commands" if place.endswith("cli.py") else place[:5] + str(place.count("/"))
        for node in tree.body:
            if isinstance(node, kinds) and not node.name.startswith("_") and node.name != "main":
                places[level if by_level else "", node.name].append(place)
    return {name: where for name, where in places.items() if len(where) > 1}


def test_no_two_classes_share_a_name():
    assert shared_names(ast.ClassDef, by_level=False) == {}


def test_no_two_public_functions_of_a_level_share_a_name():
    # A command, its flow or task and the function behind them do one thing and share its name.
    assert shared_names(ast.FunctionDef, ast.AsyncFunctionDef, by_level=True) == {}


def test_no_function_is_named_by_a_participle():
    functions = (
        (place, node)
        for place, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list
    )
    found = [
        f"{place}: {node.name}"
        for place, node in functions
        if PARTICIPLE.fullmatch(node.name) and node.name.strip("_") not in NO_PARTICIPLES
    ]
    assert found == []
