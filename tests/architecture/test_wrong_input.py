"""What changes something is named in the list of what was tried as wrong input; what is named there exists."""

from __future__ import annotations

import re
from pathlib import Path

from nominations.api.table import ROUTES, TOOLS
from tests.architecture.addresses import table

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "docs/wrong-input.md").read_text()
NAMED = set(re.findall(r"^\| `([^`]+)` \|", LIST, re.MULTILINE))
FILES = set(re.findall(r"\btest_\w+", LIST))


def test_every_form_is_in_the_list() -> None:
    forms = {one.rule for one in table() if one.method == "POST" and not one.endpoint.startswith(("api.", "tools."))}
    assert forms
    assert forms - NAMED == set()


def test_every_call_that_takes_something_is_in_the_list() -> None:
    calls = {f"{route.method} {route.path}" for route in (*ROUTES, *TOOLS) if route.method != "GET"}
    assert calls
    assert calls - NAMED == set()


def test_what_the_list_names_is_there() -> None:
    known = {one.rule for one in table()} | {f"{route.method} {route.path}" for route in (*ROUTES, *TOOLS)}
    assert {name.removesuffix(" (GET)") for name in NAMED if not name.startswith("GET ")} - known == set()
    files = {file.stem for room in ("integration", "unit") for file in (ROOT / "tests" / room).rglob("test_*.py")}
    assert FILES - files == set()
