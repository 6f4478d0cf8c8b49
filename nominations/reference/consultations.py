"""Whose opinion is asked of a file: at which stage, of which nominee, on which terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nominations.reference.papers import ALL_GROUPS, ALL_RULE_SETS, ALL_SUBJECTS, load_reply_deadlines
from nominations.reference.records import Record, read
from nominations.reference.sources import ReferenceDataError, Words

SILENCES = ("goes_on", "waits")
CLOCKS = ("runs", "pauses", "lengthens")


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a kind of opinion is asked: days for the reply, what silence means, what the clock does."""

    kind: str
    label: Words
    reviews: tuple[str, ...]
    working_days: int
    days_source: str
    silence: str
    silence_source: str
    clock: str
    lengthens_by: int
    clock_source: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """A kind of opinion where it is asked for (``required``) or proposed, and of whom."""

    terms: Terms
    forms: tuple[str, ...]
    rule_sets: tuple[str, ...]
    stages: tuple[str, ...]
    subjects: tuple[str, ...]
    groups: tuple[str, ...]
    circumstances: tuple[str, ...]
    required: bool
    bodies: tuple[str, ...]
    source: str


@cache
def load_consultations() -> tuple[Consultation, ...]:
    """Every opinion and where it is asked, in the order a file proposes them."""
    return tuple(
        _consultation(_terms(kind), use)
        for kind in read("consultations").children("opinion")
        for use in kind.children("use")
    )


def _terms(raw: Record) -> Terms:
    reply = {one.kind: one for one in load_reply_deadlines()}[raw.text("reply")]
    silence, clock = raw.text("silence"), raw.text("clock")
    if silence not in SILENCES or clock not in CLOCKS:
        raise ReferenceDataError(f"{raw.where}: silence or clock says something unknown")
    return Terms(
        kind=raw.text("kind"),
        label=raw.words("label"),
        reviews=raw.texts("reviews"),
        working_days=reply.working_days,
        days_source=reply.source,
        silence=silence,
        silence_source=raw.source("silence_source"),
        clock=clock,
        lengthens_by=raw.count("lengthens_by") if clock == "lengthens" else 0,
        clock_source=raw.source("clock_source"),
    )


def _consultation(terms: Terms, use: Record) -> Consultation:
    return Consultation(
        terms=terms,
        forms=use.texts("forms"),
        rule_sets=use.texts("rule_sets") or ALL_RULE_SETS,
        stages=use.texts("stages"),
        subjects=use.texts("subjects") or ALL_SUBJECTS,
        groups=use.texts("groups") or ALL_GROUPS,
        circumstances=use.texts("circumstances"),
        required=use.flag("required"),
        bodies=use.texts("bodies"),
        source=use.source(),
    )
