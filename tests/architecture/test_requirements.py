"""What is installed is pinned to the byte, from whichever index the machine has."""

import re

import pytest

from tests.architecture.source import ROOT

PINNED = re.compile(r"[a-z0-9._-]+==\S+( ; [^\\]+)? \\")
HASHED = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
FILES = ("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    """No line names an index, an address or a path: those are the machine's own business."""
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if not (PINNED.fullmatch(line) or HASHED.fullmatch(line))] == []
    assert len([line for line in lines if PINNED.fullmatch(line)]) > 10


def test_the_tests_run_on_what_the_service_runs_on() -> None:
    service, tests = ((ROOT / name).read_text().splitlines() for name in FILES)
    assert {line for line in service if "==" in line} <= {line for line in tests if "==" in line}
