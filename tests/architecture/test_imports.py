"""Imports stand at the top of a file and form no circle: a file can be read from its first line down."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import Module, product

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
FEWEST_WORDS = 3  # of a sentence that says what a module is for


@pytest.mark.parametrize("module", product(), ids=lambda module: module.name)
def test_nothing_is_imported_inside_a_function(module: Module) -> None:
    lazy = [name for function in module.functions() for name in module.imports(function)]
    assert lazy == []


def test_imports_form_no_circle() -> None:
    names = {module.name for module in product()}
    graph = {module.name: set(reached(module, names)) - {module.name} for module in product()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def reached(module: Module, names: set[str]) -> Iterator[str]:
    """Yield the project's modules that a module imports, or takes a name from."""
    for imported in module.imports():
        found = imported if imported in names else imported.rpartition(".")[0]
        if found in names:
            yield found


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        str(module.path)
        for module in product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers == {"config.py"}


def test_modules_are_named_for_what_they_do() -> None:
    vague = [module.name for module in product() if VAGUE_NAMES & set(module.path.with_suffix("").parts)]
    assert vague == []


@pytest.mark.parametrize("module", product(), ids=lambda module: module.name)
def test_a_module_says_what_it_is_for(module: Module) -> None:
    assert len((ast.get_docstring(module.tree) or "").split()) >= FEWEST_WORDS
