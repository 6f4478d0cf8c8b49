"""The bonus beside an award: coefficient x base salary x multiplier of the decision's day, rounded up once.

Money follows the date of the decision, not the date the file came in; a collective gets 2, a household 1.5
times an individual's figure; the result is rounded up to the next ten thousand dong [S-58], once, at the end
(whether before or after the multiplier is not stated).  Every figure is dated data with its source; where the
table has none the answer is `Manual`, never a guess.  No float anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import zip_longest
from math import ceil

ROUNDING_STEP_VND = 10_000
"""Rounded up to the next ten thousand dong [S-58]."""

_MISSING = {
    "no_rule_set": ("Chưa nhập quy định áp dụng cho ngày {on}", "No rules are entered for {on}"),
    "no_coefficient": (
        "Bảng hệ số không có mức cho hình thức {key} ngày {on} ({rule_set})",
        "The table has no coefficient for the form {key} on {on} ({rule_set})",
    ),
    "no_base_salary": (
        "Bảng lương cơ sở không có mức cho ngày {on} ({rule_set})",
        "The table has no base salary for {on} ({rule_set})",
    ),
    "no_multiplier": (
        "Bảng mức nhân không có mức cho loại {key} ngày {on} ({rule_set})",
        "The table has no multiplier for the kind {key} on {on} ({rule_set})",
    ),
}
_NEXT = ("; nhập số tiền bằng tay kèm lý do.", "; enter the amount by hand with a reason.")


@dataclass(frozen=True, slots=True)
class Period:
    """A rule set with the days on which decisions follow it, both ends included."""

    code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LegalValue:
    """One dated figure of the law: kind, key, days, the figure as exact text, a note and its source mark.

    Kinds read here: `base_salary` (key empty), `bonus_coefficient` (key: form, or form/issuer where an issuer
    has a figure of its own), `bonus_multiplier` (key: kind of nominee).  Raises ValueError without a source
    or when the figure is no plain non-negative number.
    """

    kind: str
    key: str
    valid_from: date
    valid_to: date | None
    value: str
    note: str
    source: str

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ValueError(f"{self.kind} {self.key} has no source")
        try:
            number = Decimal(self.value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0:
            raise ValueError(f"{self.kind} {self.key}: {self.value!r} is not a number")

    @property
    def number(self) -> Decimal:
        """The figure, exact."""
        return Decimal(self.value)

    @property
    def basis(self) -> str:
        """The figure's ground in one phrase: its note, or its key and value, with the source mark."""
        return f"{self.note or f'{self.key} {self.value}'} [{self.source}]"


@dataclass(frozen=True, slots=True)
class BonusTables:
    """Everything a bonus is computed from, as values."""

    rule_sets: tuple[Period, ...]
    values: tuple[LegalValue, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """An amount in whole dong with the three factors and the basis they rest on."""

    amount_vnd: int
    coefficient: Decimal
    base_salary_vnd: int
    multiplier: Decimal
    rule_set: str
    basis: str


@dataclass(frozen=True, slots=True)
class Manual:
    """The table has no figure: which one is missing, for what and for which day."""

    code: str
    key: str
    decided_on: date
    rule_set: str

    def why(self, locale: str) -> str:
        """One sentence that says what is missing and what to do next (`locale` vi or en)."""
        language = locale == "en"
        missing = _MISSING[self.code][language]
        on = f"{self.decided_on:%d/%m/%Y}"
        return missing.format(key=self.key, on=on, rule_set=self.rule_set) + _NEXT[language]


@dataclass(frozen=True, slots=True)
class BonusPeriod:
    """Days over which no figure changes, both ends included, with every cell: by form, then by kind of nominee."""

    rule_set: str
    valid_from: date
    valid_to: date | None
    cells: Mapping[str, Mapping[str, Bonus | Manual]]


def bonus(tables: BonusTables, form: str, kind: str, decided_on: date, issuer: str | None = None) -> Bonus | Manual:
    """The bonus of `form` for a nominee of `kind` (individual, household, collective) decided on that day.

    Raises ValueError when the tables hold two figures for one day: a fault of the data, not of the case.
    """
    rule_set = next((p.code for p in tables.rule_sets if _holds(p, decided_on)), None)
    if rule_set is None:
        return Manual("no_rule_set", form, decided_on, "")
    coefficient = _coefficient(tables, form, issuer, decided_on)
    if coefficient is None:
        return Manual("no_coefficient", form, decided_on, rule_set)
    salary = _figure(tables.values, "base_salary", "", decided_on)
    if salary is None:
        return Manual("no_base_salary", "", decided_on, rule_set)
    multiplier = _figure(tables.values, "bonus_multiplier", kind, decided_on)
    if multiplier is None:
        return Manual("no_multiplier", kind, decided_on, rule_set)
    return _amount(rule_set, coefficient, salary, multiplier)


def every_bonus(tables: BonusTables, forms: Sequence[str], kinds: Sequence[str]) -> tuple[BonusPeriod, ...]:
    """Every cell the tables give, period by period; a period for which they give none at all is left out."""
    dated: tuple[Period | LegalValue, ...] = (*tables.rule_sets, *tables.values)
    turns = sorted({day for one in dated for day in _turns(one)})
    found = []
    for first, following in zip_longest(turns, turns[1:]):
        cells = {form: {kind: bonus(tables, form, kind, first) for kind in kinds} for form in forms}
        known = [cell for row in cells.values() for cell in row.values() if isinstance(cell, Bonus)]
        if known:
            last = None if following is None else following - timedelta(days=1)
            found.append(BonusPeriod(known[0].rule_set, first, last, cells))
    return tuple(found)


def _turns(dated: Period | LegalValue) -> Iterator[date]:
    """The days on which something changes because of a dated value: it begins, or is there no longer."""
    yield dated.valid_from
    if dated.valid_to is not None and dated.valid_to < date.max:
        yield dated.valid_to + timedelta(days=1)


def _amount(rule_set: str, coefficient: LegalValue, salary: LegalValue, multiplier: LegalValue) -> Bonus:
    """Multiply exactly, round up once."""
    if salary.number % 1:
        raise ValueError(f"base salary {salary.value} is not a whole number of dong")
    exact = Fraction(coefficient.number) * Fraction(salary.number) * Fraction(multiplier.number)
    return Bonus(
        amount_vnd=ceil(exact / ROUNDING_STEP_VND) * ROUNDING_STEP_VND,
        coefficient=coefficient.number,
        base_salary_vnd=int(salary.number),
        multiplier=multiplier.number,
        rule_set=rule_set,
        basis="; ".join([rule_set, coefficient.basis, salary.basis, multiplier.basis]),
    )


def _coefficient(tables: BonusTables, form: str, issuer: str | None, on: date) -> LegalValue | None:
    """The coefficient of the form, an issuer's own figure first."""
    own = _figure(tables.values, "bonus_coefficient", f"{form}/{issuer}", on) if issuer else None
    return own or _figure(tables.values, "bonus_coefficient", form, on)


def _figure(values: Sequence[LegalValue], kind: str, key: str, on: date) -> LegalValue | None:
    """The one figure of `kind` and `key` in force on a day, or None."""
    found = [v for v in values if v.kind == kind and v.key == key and _holds(v, on)]
    if len(found) > 1:
        raise ValueError(f"two figures for {kind} {key} on {on.isoformat()}")
    return found[0] if found else None


def _holds(dated: Period | LegalValue, on: date) -> bool:
    """Whether a dated value is in force on a day."""
    return dated.valid_from <= on and (dated.valid_to is None or on <= dated.valid_to)
