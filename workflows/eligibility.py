"""The plan's quantitative criteria (III.1: 1.2.8, 1.3.5, 1.4.4), computed from poverty figures with their working.

The three-year test wants each year's drop on its own, at least the threshold; it needs four yearly figures on one
standard, up to the submission.  The test against the start of the period wants strictly more than the
threshold.  What the plan leaves open is read as `MovementSettings` say, printed beside the result.  Exact
arithmetic only.  Results: pass, fail, not_applicable, and not_computable with its causes, which is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from workflows.poverty import (
    PERCENT,
    MovementSettings,
    UnitFacts,
    YearFigure,
    check_figure,
    on_one_standard,
    rate_of,
    year_twice,
)
from workflows.working import Line, honest_decimals, line

DISTRICT, COMMUNE, HAMLET = "1.2.8", "1.3.5", "1.4.4"
QUANTITATIVE = (DISTRICT, COMMUNE, HAMLET)
AREA_III = "III"


class Result(StrEnum):
    """What a criterion comes to."""

    MET = "pass"
    NOT_MET = "fail"
    NOT_COMPUTABLE = "not_computable"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A criterion's result with its working and everything it was computed from, so that it can be frozen."""

    criterion: str
    result: Result
    working: tuple[Line, ...]
    unit: UnitFacts
    figures: tuple[YearFigure, ...]
    settings: MovementSettings
    ends: int | None

    @property
    def causes(self) -> tuple[Line, ...]:
        """The lines that say why something could not be computed."""
        return tuple(part for part in self.working if part.is_cause)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every clause is computed from: the unit, the figures that may count, the settings, the last year."""

    unit: UnitFacts
    usable: tuple[YearFigure, ...]
    settings: MovementSettings
    ends: int


class _Verdict(StrEnum):
    """How one alternative of a criterion stands.

    UNKNOWN wants data; NO_OBJECT has nothing that could be reduced, so no data can ever meet it and it drops out.
    """

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NO_OBJECT = "no object"


@dataclass(frozen=True, slots=True)
class _Clause:
    """One alternative of a criterion with its lines."""

    verdict: _Verdict
    lines: tuple[Line, ...]


def window_end(figures: Iterable[YearFigure], submission_year: int) -> int:
    """The year the window ends for a file submitted in a year: that year, or the one before until it has a figure.

    Older figures than that do not do: the years must run up to the submission.
    """
    out = any(figure.year == submission_year for figure in figures)
    return submission_year if out else submission_year - 1


def evaluate(
    criterion: str,
    unit: UnitFacts,
    figures: Iterable[YearFigure],
    settings: MovementSettings,
    *,
    ends: int | None = None,
    notes: tuple[Line, ...] = (),
) -> Assessment:
    """Compute one of `QUANTITATIVE` for a unit from its yearly figures.

    `ends` is the last year of the window (see `window_end`), by default the newest figure's; later figures are
    left out.  `notes` say beforehand where the figures are not what was typed (see `recognised`).
    Raises ValueError for a criterion that is not computed.
    """
    if criterion not in QUANTITATIVE:
        raise ValueError(f"criterion {criterion} is not one that is computed")
    given = tuple(sorted(figures, key=lambda figure: (figure.year, figure.standard or "")))
    if ends is None and given:
        ends = given[-1].year
    result, lines = _judge(criterion, unit, given, settings, ends)
    working = (*notes, *lines, line("conclusion", result=result.value))
    return Assessment(criterion, result, working, unit, given, settings, ends)


def _judge(
    criterion: str,
    unit: UnitFacts,
    given: Sequence[YearFigure],
    settings: MovementSettings,
    ends: int | None,
) -> tuple[Result, tuple[Line, ...]]:
    """The result with the lines that lead to it."""
    if criterion == COMMUNE and unit.area_class != AREA_III:
        return Result.NOT_APPLICABLE, (line("rule_area", area=unit.area_class or ""),)
    if criterion == DISTRICT and unit.poor_district is None:
        return Result.NOT_COMPUTABLE, (line("poor_district_unknown"),)
    usable = tuple(figure for figure in given if ends is not None and figure.year <= ends)
    if ends is None or not usable:
        return Result.NOT_COMPUTABLE, (*_left_out(given, usable), line("no_figures"))
    faults = _faults(usable, settings)
    if faults:
        return Result.NOT_COMPUTABLE, (*_left_out(given, usable), *faults)
    clauses = _clauses(criterion, _Basis(unit, usable, settings, ends))
    working = (part for clause in clauses for part in clause.lines)
    return _any_of(clauses), (*_left_out(given, usable), *working)


def _clauses(criterion: str, basis: _Basis) -> list[_Clause]:
    """The alternatives of a criterion; 1.2.8 has a) or b), and c), the others only what c) says."""
    if criterion != DISTRICT:
        return [_fall_clause(basis)]
    clauses = [_yearly_clause(basis)]
    if not basis.unit.poor_district or basis.settings.fifty_for_poor_districts:
        clauses.append(_fall_clause(basis))
    return clauses


def _any_of(clauses: Sequence[_Clause]) -> Result:
    """The alternatives together: one met is enough; one unknown leaves it open; without any object, undefined."""
    verdicts = {clause.verdict for clause in clauses}
    if _Verdict.MET in verdicts:
        return Result.MET
    settled = _Verdict.NOT_MET in verdicts and _Verdict.UNKNOWN not in verdicts
    return Result.NOT_MET if settled else Result.NOT_COMPUTABLE


def _faults(usable: Sequence[YearFigure], settings: MovementSettings) -> list[Line]:
    """Why the figures cannot be used at all: one year twice, or a figure wrong in itself."""
    twice = year_twice(usable)
    checked = (check_figure(figure, settings) for figure in usable)
    return [fault for fault in (twice, *checked) if fault is not None]


def _left_out(given: Sequence[YearFigure], usable: Sequence[YearFigure]) -> tuple[Line, ...]:
    """The line that names the years after the window."""
    after = sorted({figure.year for figure in given[len(usable) :]})
    return (line("left_out", missing=", ".join(map(str, after))),) if after else ()


# --- a) and b): the rate, year by year ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Demand:
    """What a) or b) asks: the threshold, in points or percent, in each year or in all."""

    code: str
    threshold: Fraction
    measure: str
    in_all: bool


def _demand(basis: _Basis) -> _Demand:
    """What the plan asks of this unit, as the settings read it."""
    settings = basis.settings
    measure = "points" if settings.in_points else "percent"
    if basis.unit.poor_district:
        return _Demand("rule_poor_district", Fraction(settings.poor_district_drop), measure, in_all=False)
    in_all = not settings.four_each_year
    code = "rule_other_place_total" if in_all else "rule_other_place"
    return _Demand(code, Fraction(settings.other_drop), measure, in_all)


def _yearly_clause(basis: _Basis) -> _Clause:
    """The rate falls by at least the threshold in each of the years running (or in all, where b) is so read)."""
    demand, running = _demand(basis), basis.settings.years_running
    years = range(basis.ends - running, basis.ends + 1)
    rule = line(
        demand.code,
        threshold=demand.threshold,
        measure=demand.measure,
        years=running,
        from_year=years[1],
        to_year=years[-1],
    )
    series = on_one_standard(basis.usable, years, basis.settings)
    if isinstance(series, Line):
        return _Clause(_Verdict.UNKNOWN, (rule, series))
    rates = [rate_of(figure, basis.settings) for figure in series]
    lines = (rule, *(shown for _, shown in rates))
    known = [(year, rate) for year, (rate, _) in zip(years, rates, strict=True) if rate is not None]
    if len(known) < len(years):
        return _Clause(_Verdict.UNKNOWN, lines)
    spans = [(known[0], known[-1])] if demand.in_all else list(pairwise(known))
    drops = [_drop(before, after, demand) for before, after in spans]
    return _Clause(_all_of([verdict for verdict, _ in drops]), (*lines, *(shown for _, shown in drops)))


def _drop(before: tuple[int, Fraction], after: tuple[int, Fraction], demand: _Demand) -> tuple[_Verdict, Line]:
    """Whether the rate fell enough from one year to another, with its line."""
    drop = before[1] - after[1]
    if demand.measure == "percent":
        if before[1] == 0:
            return _Verdict.UNKNOWN, line("zero_rate", year=before[0])
        drop = drop / before[1] * PERCENT
    is_met = drop >= demand.threshold
    return _Verdict.MET if is_met else _Verdict.NOT_MET, line(
        "drop",
        from_year=before[0],
        to_year=after[0],
        before=before[1],
        after=after[1],
        drop=drop,
        threshold=demand.threshold,
        measure=demand.measure,
        met=int(is_met),
        decimals=honest_decimals(drop, demand.threshold, before[1], after[1]),
    )


def _all_of(verdicts: Sequence[_Verdict]) -> _Verdict:
    """All must be met; one that is not settles it, one that cannot be told leaves it open."""
    for verdict in (_Verdict.NOT_MET, _Verdict.UNKNOWN):
        if verdict in verdicts:
            return verdict
    return _Verdict.MET


# --- c): the number of households against the start of the period -------------------------------------------


def _fall_clause(basis: _Basis) -> _Clause:
    """Poor and near-poor households fall by strictly more than the threshold since the start of the period."""
    settings = basis.settings
    threshold, baseline = Fraction(settings.fall_over), settings.baseline_year
    rule = line("rule_halved", threshold=threshold, measure="percent", baseline_year=baseline)
    end = min(basis.ends, settings.period_end)
    if end <= baseline:
        return _Clause(_Verdict.UNKNOWN, (rule, line("no_later_year", baseline_year=baseline)))
    pair = on_one_standard(basis.usable, (baseline, end), settings)
    if isinstance(pair, Line):
        return _Clause(_Verdict.UNKNOWN, (rule, pair))
    (before, first), (after, last) = (_size(figure) for figure in pair)
    if before is None or after is None:
        return _Clause(_Verdict.UNKNOWN, (rule, first, last))
    if before == 0:
        return _Clause(_Verdict.NO_OBJECT, (rule, first, last, line("zero_baseline", year=baseline)))
    verdict, fall = _fall((baseline, before), (end, after), threshold)
    return _Clause(verdict, (rule, first, last, fall))


def _fall(before: tuple[int, int], after: tuple[int, int], threshold: Fraction) -> tuple[_Verdict, Line]:
    """Whether the number of households fell enough from one year to another, with its line."""
    fall = Fraction(PERCENT * (before[1] - after[1]), before[1])
    is_met = fall > threshold
    return _Verdict.MET if is_met else _Verdict.NOT_MET, line(
        "fall",
        from_year=before[0],
        to_year=after[0],
        before_size=before[1],
        after_size=after[1],
        fall=fall,
        threshold=threshold,
        measure="percent",
        met=int(is_met),
        decimals=honest_decimals(fall, threshold),
    )


def _size(figure: YearFigure) -> tuple[int | None, Line]:
    """How many poor and near-poor households a year counts, with its line."""
    if figure.poor is None or figure.near_poor is None:
        return None, line("missing_households", year=figure.year)
    size = figure.poor + figure.near_poor
    counts = {"poor": figure.poor, "near_poor": figure.near_poor, "size": size}
    return size, line("size", year=figure.year, **counts, **figure.provenance)
