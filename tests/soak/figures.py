"""Writes measured figures into their section of `docs/figures.md`, and touches nothing else there."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.architecture.source import ROOT

FIGURES = ROOT / "docs" / "figures.md"


def write_section(name: str, command: str, rows: Sequence[tuple[str, str]]) -> None:
    """Replace what stands between `<!-- name -->` and `<!-- /name -->` by a table and where it was measured.

    A measure that this run has not made keeps its row. Raises LookupError where there is no such section.
    """
    text = FIGURES.read_text()
    section = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    if section is None:
        raise LookupError(f"docs/figures.md has no section {name}")
    known = dict(re.findall(r"^\| (?!measure|---)(.+?) \| (.+?) \|$", section[1], re.MULTILINE))
    table = "".join(f"| {measure} | {figure} |\n" for measure, figure in (known | dict(rows)).items())
    told = f"`{command}`, {machine()}.\n\n| measure | figure |\n| --- | --- |\n{table}"
    FIGURES.write_text(text[: section.start(1)] + told + text[section.end(1) :])


def machine() -> str:
    """Say when and on what kind of machine this was measured."""
    day = datetime.now(UTC).date()
    return f"{day:%d/%m/%Y}, {os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
