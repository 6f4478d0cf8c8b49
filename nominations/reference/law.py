"""The law as data: award forms, rule sets with their legal bases, and the dated figures of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from nominations.reference.records import Record, read
from nominations.reference.sources import Words


@dataclass(frozen=True, slots=True)
class AwardForm:
    """An award form (hình thức khen thưởng) and the level whose head decides it."""

    code: str
    name: Words
    family: str
    issuer_level: str
    state_level: bool
    source: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law, decree or circular of a rule set; ``citation`` is what a paper prints after "Căn cứ"."""

    kind: str
    number: str | None
    citation: str
    issued_on: date | None
    in_force_from: date | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The law for files received complete from ``valid_from`` to ``valid_to``, both days included."""

    code: str
    name: Words
    valid_from: date
    valid_to: date | None
    basis: tuple[LegalBasis, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LegalValue:
    """A dated figure as exact text: ``base_salary`` (VND, empty key), ``bonus_coefficient``, ``bonus_multiplier``."""

    kind: str
    key: str
    valid_from: date
    valid_to: date | None
    value: str
    note: str | None
    source: str


@cache
def load_award_forms() -> tuple[AwardForm, ...]:
    """The six award forms, from the commune's certificate to the Prime Minister's."""
    return tuple(
        AwardForm(
            code=row.text("code"),
            name=row.words("name"),
            family=row.text("family"),
            issuer_level=row.text("issuer_level"),
            state_level=row.flag("state_level"),
            source=row.source(),
        )
        for row in read("forms").children("form")
    )


@cache
def load_rule_sets() -> tuple[RuleSet, ...]:
    """R1, R2 and R3, in order of their dates."""
    return tuple(
        RuleSet(
            code=row.text("code"),
            name=row.words("name"),
            valid_from=row.day("valid_from"),
            valid_to=row.day_or_none("valid_to"),
            basis=tuple(_basis(basis) for basis in row.children("basis")),
            source=row.source(),
        )
        for row in read("rule_sets").children("rule_set")
    )


def _basis(row: Record) -> LegalBasis:
    return LegalBasis(
        kind=row.text("kind"),
        number=row.text_or_none("number"),
        citation=row.text("citation"),
        issued_on=row.day_or_none("issued_on"),
        in_force_from=row.day_or_none("in_force_from"),
        note=row.text_or_none("note"),
        source=row.source(),
    )


@cache
def load_legal_values() -> tuple[LegalValue, ...]:
    """Base salaries, bonus coefficients and multipliers, dated by the day of the decision; unknown cells are absent."""
    return tuple(
        LegalValue(
            kind=row.text("kind"),
            key=row.text_or_none("key") or "",
            valid_from=row.day("valid_from"),
            valid_to=row.day_or_none("valid_to"),
            value=row.text("value"),
            note=row.text_or_none("note"),
            source=row.source(),
        )
        for row in read("legal_values").children("values")
    )
