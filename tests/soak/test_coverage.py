"""Which lines and branches the unit and integration tests run: a result to look at, and a floor for the rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.architecture.source import ROOT

SUITE = ("tests/unit", "tests/integration")
CONFIGURATION = "tests/soak/coveragerc"
RULES_FLOOR = 99.0  # percent; what a test cannot reach is not there


def test_coverage(tmp_path: Path, record_property: Any) -> None:
    """The whole unit and integration suite once more, watched."""
    environment = dict(os.environ) | {"COVERAGE_FOLDER": str(tmp_path)}

    def coverage(*arguments: str) -> None:
        command = [sys.executable, "-m", "coverage", arguments[0], f"--rcfile={CONFIGURATION}", *arguments[1:]]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

    coverage("run", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", *SUITE)
    coverage("combine", "-q")
    coverage("json", "-q", "-o", str(tmp_path / "coverage.json"))
    files = json.loads((tmp_path / "coverage.json").read_text())["files"]
    rules = percent(files, "workflows/")
    record_property("workflows", f"{rules:.2f} %")
    record_property("nominations", f"{percent(files, 'nominations/'):.2f} %")
    assert rules >= RULES_FLOOR


def percent(files: dict[str, Any], room: str) -> float:
    """Return the share of lines and branches of a room that were run."""
    sums = [file["summary"] for name, file in files.items() if name.startswith(room)]
    run: int = sum(found["covered_lines"] + found["covered_branches"] for found in sums)
    there: int = sum(found["num_statements"] + found["num_branches"] for found in sums)
    return 100 * run / there
