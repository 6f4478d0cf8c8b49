"""Papers of a file and deadlines of its steps: what is asked for, for which form, rule set and kind of nominee."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nominations.reference.records import Record, read
from nominations.reference.sources import Words

ALL_RULE_SETS = ("R1", "R2", "R3")
ALL_SUBJECTS = ("individual", "collective", "household")
ALL_GROUPS = ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7")


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper where it counts: asked for (``required``) or welcome, and until when.

    ``needed_at`` is ``draft`` (before the file is submitted) or the stage before whose head signs it must be there.
    ``only_for`` narrows it to enterprises and cooperatives.
    """

    kind: str
    label: Words
    forms: tuple[str, ...]
    rule_sets: tuple[str, ...]
    subjects: tuple[str, ...]
    groups: tuple[str, ...]
    required: bool
    needed_at: str
    only_for: str | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Copies:
    """How many original sets go to the level that decides."""

    forms: tuple[str, ...]
    rule_sets: tuple[str, ...]
    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Working days for one step of a stage, counted while the file is complete and in hand."""

    stage: str
    step: str
    forms: tuple[str, ...]
    rule_sets: tuple[str, ...]
    working_days: int
    source: str


@dataclass(frozen=True, slots=True)
class TotalDeadline:
    """Working days for whole stages together; ``expected_only`` ones never make anybody late."""

    stages: tuple[str, ...]
    forms: tuple[str, ...]
    rule_sets: tuple[str, ...]
    working_days: int
    expected_only: bool
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ReplyDeadline:
    """Working days to answer a question or to send a notice."""

    kind: str
    working_days: int
    note: str | None
    source: str


@cache
def load_papers() -> tuple[Paper, ...]:
    """Every paper and where it counts, in the order a file shows them."""
    return tuple(_paper(kind, use) for kind in read("papers").children("paper") for use in kind.children("use"))


def _paper(kind: Record, use: Record) -> Paper:
    return Paper(
        kind=kind.text("kind"),
        label=kind.words("label"),
        forms=use.texts("forms"),
        rule_sets=use.texts("rule_sets") or ALL_RULE_SETS,
        subjects=use.texts("subjects") or ALL_SUBJECTS,
        groups=use.texts("groups") or ALL_GROUPS,
        required=use.flag("required"),
        needed_at=use.text("needed_at"),
        only_for=use.text_or_none("only_for"),
        note=use.text_or_none("note"),
        source=use.source(),
    )


def papers_for(form: str, rule_set: str, subject_kind: str, group: str) -> tuple[Paper, ...]:
    """The papers that count for a nominee of ``subject_kind`` in the plan's ``group`` under ``form``."""
    return tuple(
        paper
        for paper in load_papers()
        if form in paper.forms
        and rule_set in paper.rule_sets
        and subject_kind in paper.subjects
        and group in paper.groups
    )


@cache
def load_copies() -> tuple[Copies, ...]:
    """The number of original sets, by form and rule set."""
    return tuple(
        Copies(row.texts("forms"), row.texts("rule_sets") or ALL_RULE_SETS, row.count("number"), row.source())
        for row in read("papers").children("copies")
    )


@cache
def load_deadlines() -> tuple[Deadline, ...]:
    """The working days of every step that has a deadline."""
    return tuple(
        Deadline(
            stage=row.text("stage"),
            step=step,
            forms=row.texts("forms"),
            rule_sets=row.texts("rule_sets") or ALL_RULE_SETS,
            working_days=row.child("working_days").count(step),
            source=row.source(),
        )
        for row in read("deadlines").children("step")
        for step in row.child("working_days").raw
    )


@cache
def load_total_deadlines() -> tuple[TotalDeadline, ...]:
    """What whole stages may take, as published procedures give it."""
    return tuple(
        TotalDeadline(
            stages=row.texts("stages"),
            forms=row.texts("forms"),
            rule_sets=row.texts("rule_sets") or ALL_RULE_SETS,
            working_days=row.count("working_days"),
            expected_only=row.flag("expected_only"),
            note=row.text_or_none("note"),
            source=row.source(),
        )
        for row in read("deadlines").children("total")
    )


@cache
def load_reply_deadlines() -> tuple[ReplyDeadline, ...]:
    """The times for opinions and notices."""
    return tuple(
        ReplyDeadline(row.text("kind"), row.count("working_days"), row.text_or_none("note"), row.source())
        for row in read("deadlines").children("reply")
    )
