"""A thousand certificates in one run: how long each takes, and that memory stays where it was."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from nominations.documents.kinds import BUILDERS
from nominations.documents.paper import Document
from nominations.documents.pdf import pdf
from tests.unit.documents.samples import LINE, facts

COUNT, MOST_MS, MOST_MB = 1000, 30, 64


def certificate(number: int) -> Document:
    """A certificate like no other."""
    award = facts().award
    assert award is not None
    own = replace(award, register_no=number, check_url=f"https://khen.example/kiem-tra/ABCDEFGH{number:04}")
    return BUILDERS["certificate"](facts(lines=(replace(LINE, name=f"Hộ ông Đinh Văn Nguyễn {number}"),), award=own))


def resident_mb() -> float:
    """The memory this process holds, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def test_a_thousand_certificates_in_one_run(record_property: Any) -> None:
    made = [certificate(number) for number in range(1, COUNT + 1)]
    pdf(certificate(0))  # the typeface is read
    before, began = resident_mb(), time.perf_counter()
    for one in made:
        assert pdf(one).startswith(b"%PDF-")
    each = (time.perf_counter() - began) * 1000 / COUNT
    more = resident_mb() - before
    record_property("ms each", round(each))
    record_property("MB more", round(more))
    assert each < MOST_MS
    assert more < MOST_MB
