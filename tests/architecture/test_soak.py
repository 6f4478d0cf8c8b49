"""What runs rarely breaks unseen: the modules of the soak are read in every run, and find the tests they borrow."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.figures import FIGURES

SOAK = Path(FIGURES).parents[1] / "tests" / "soak"
MODULES = sorted(path.stem for path in SOAK.glob("test_*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_of_the_soak_has_its_tests(name: str) -> None:
    module = importlib.import_module(f"tests.soak.{name}")
    assert [found for found in vars(module) if found.startswith("test_")]


def test_every_test_of_the_soak_finds_what_it_is_given() -> None:
    """A borrowed test whose fixture was not borrowed with it fails only when it is run, hours in."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/soak", "--setup-plan", "-q", "-p", "no:cacheprovider"],
        cwd=SOAK.parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-2000:]
