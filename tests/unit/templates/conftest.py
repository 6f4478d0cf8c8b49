"""Fixtures for templates: the strict environment, and a piece of template rendered and read back."""

from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment
from justhtml import JustHTML

from tests.browser.gallery import build_environment

Draw = Callable[..., JustHTML]


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Return the environment the components need and nothing more."""
    return build_environment()


@pytest.fixture
def draw(environment: Environment) -> Draw:
    """Return a function that renders a call of components: the file, the macros it takes, the call, its values."""

    def draw_call(component: str, names: str, call: str, **values: Any) -> JustHTML:
        source = f'{{% from "components/{component}.html" import {names} %}}{call}'
        return JustHTML(environment.from_string(source).render(values), sanitize=False, fragment=True)

    return draw_call
