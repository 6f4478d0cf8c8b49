"""How long the random sequences run, and the one line that says how much was asked.

``pytest tests/unit/workflows/rules --hypothesis-profile=soak`` runs ten thousand sequences; else a few hundred.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

SOAK = "soak"
if SOAK not in settings._profiles:
    settings.register_profile(SOAK, deadline=None, database=None, max_examples=10_000, print_blob=True)


@pytest.hookimpl(optionalhook=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line: how many pairs of state, action and role were asked in how many seconds."""
    passed = terminalreporter.stats.get("passed", [])
    said = [dict(report.user_properties) for report in passed if getattr(report, "when", "") == "call"]
    for name in ("asked", "sequences"):
        lines = [properties for properties in said if name in properties]
        if lines:
            total = sum(int(str(line[name])) for line in lines)
            seconds = sum(float(str(line["seconds"])) for line in lines)
            terminalreporter.write_line(f"workflows: {total:,} {name} in {seconds:.1f} s")
