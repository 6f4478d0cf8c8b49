"""Reason codes: faults of a returned file, grounds of a hold, reasons not to award, to depart from a vote, to annul."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nominations.reference.records import read
from nominations.reference.sources import Words

KINDS = ("return_fault", "hold_ground", "not_award_reason", "against_vote_reason", "annulment_ground")


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of one of ``KINDS`` with its words; an officer's own words always go with it."""

    kind: str
    code: str
    label: Words
    source: str


@cache
def load_reasons(kind: str) -> tuple[Reason, ...]:
    """The codes of ``kind`` in the order a list shows them. Raises ReferenceDataError for a kind that is not there."""
    return tuple(
        Reason(kind, code, Words(row.text("vi"), row.text("en")), row.source())
        for code, row in read("reasons").named(kind).items()
    )
