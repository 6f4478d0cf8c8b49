"""Every template compiles, extends and includes what is there, and asks for no filter or test that is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from nominations import create_app
from tests.architecture.source import ROOT
from tests.databases import settings_for

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application for its template environment; its database is never opened."""
    app = create_app(settings_for(f"sqlite:///{tmp_path_factory.mktemp('templates')}/app.db"))
    yield app
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_compiles_and_finds_what_it_names(app: Flask, path: Path) -> None:
    environment = app.jinja_env
    tree = environment.parse(path.read_text(), filename=str(path))
    environment.compile(tree, filename=str(path))
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const):
            environment.get_template(named.value)
    assert {node.name for node in tree.find_all(nodes.Filter)} - set(environment.filters) == set()
    assert {node.name for node in tree.find_all(nodes.Test)} - set(environment.tests) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_escapes_everything(path: Path) -> None:
    """What a person typed is never live: nothing is marked safe by hand."""
    text = path.read_text()
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape false" not in text
