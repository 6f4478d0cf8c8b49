"""What runs rarely breaks unseen: the modules of the soak are read in every run, and find the tests they borrow."""

import importlib
from pathlib import Path

import pytest

from tests.soak.figures import FIGURES

SOAK = Path(FIGURES).parents[1] / "tests" / "soak"
MODULES = sorted(path.stem for path in SOAK.glob("test_*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_of_the_soak_has_its_tests(name: str) -> None:
    module = importlib.import_module(f"tests.soak.{name}")
    assert [found for found in vars(module) if found.startswith("test_")]
