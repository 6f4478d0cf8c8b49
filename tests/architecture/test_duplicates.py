"""No passage is written twice: eight lines of code that read the same belong in one place."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, Module, product

CODE_LINES = 8
TEMPLATE_LINES = 10
Line = tuple[int, str]


def repeated(files: dict[Path, list[Line]], length: int) -> list[str]:
    """Return the places, two or more each, where the same run of lines stands."""
    places: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, lines in files.items():
        for start in range(len(lines) - length + 1):
            run = lines[start : start + length]
            places[tuple(text for _, text in run)].append(f"{path}:{run[0][0]}")
    return [" = ".join(found) for found in places.values() if len(found) > 1]


def code_lines(module: Module) -> list[Line]:
    """Return the lines that do something: no blank line, comment, docstring, import or lone bracket."""
    left_out = set(passive_lines(module.tree))
    text = (ROOT / module.path).read_text().splitlines()
    lines = [(number, line.strip()) for number, line in enumerate(text, 1) if number not in left_out]
    return [line for line in lines if line[1].strip("()[]{},:") and not line[1].startswith("#")]


def passive_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the line numbers of imports and of strings that stand alone."""
    for node in ast.walk(tree):
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.stmt) and (text or isinstance(node, ast.Import | ast.ImportFrom)):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def test_code_is_written_once() -> None:
    """Migrations are left out: they tell what the tables were, and the models what they are."""
    modules = [module for module in product() if "migrations" not in module.path.parts]
    assert repeated({module.path: code_lines(module) for module in modules}, CODE_LINES) == []


def test_templates_are_written_once() -> None:
    files = {
        path.relative_to(ROOT): [
            (number, line.strip()) for number, line in enumerate(path.read_text().splitlines(), 1) if line.strip()
        ]
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.is_file()
    }
    assert repeated(files, TEMPLATE_LINES) == []
