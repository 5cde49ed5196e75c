"""One word, one meaning: the names of classes and functions."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTICIPLE = re.compile(r"_*([a-z]+ed|held|told|known|taken|alone|swept)")
NO_PARTICIPLES = {"feed", "need", "seed", "embed"}

MODULES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("flows", "tasks")
    for path in sorted((ROOT / folder).rglob("*.py"))
}


def level_of(place: str) -> str:
    """A command, its flow or task and the function behind them may share a name: they do one thing."""
    return place if place == "flows/cli.py" else f"{place.split('/')[0]} {place.count('/')}"


def shared_names(kind: type | tuple[type, ...]) -> dict[tuple[str, str], list[str]]:
    places = defaultdict(list)
    for place, tree in MODULES.items():
        for node in tree.body:
            if isinstance(node, kind) and not node.name.startswith("_") and node.name != "main":
                level = level_of(place) if kind is not ast.ClassDef else ""
                places[level, node.name].append(place)
    return {name: where for name, where in places.items() if len(where) > 1}


def test_no_two_classes_share_a_name():
    assert shared_names(ast.ClassDef) == {}


def test_no_two_public_functions_of_a_level_share_a_name():
    assert shared_names((ast.FunctionDef, ast.AsyncFunctionDef)) == {}


def test_no_function_is_named_by_a_participle():
    functions = (
        (place, node)
        for place, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list
    )
    found = [
        f"{place}: {node.name}"
        for place, node in functions
        if PARTICIPLE.fullmatch(node.name) and node.name.strip("_") not in NO_PARTICIPLES
    ]
    assert found == []
