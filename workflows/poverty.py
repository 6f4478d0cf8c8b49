"""Poverty figures of a unit as values: checked against themselves, and read year by year on one standard.

A yearly figure may give the rate its decision recognised, the households, or both.  The recognised rate counts
where it is given; households must then agree with it, to the decimals it was printed with.  Rates are exact
fractions of percent; no float.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Any

from workflows.working import DECIMALS, Line, line

PERCENT = 100
MAX_HOUSEHOLDS = 10**9
MAX_DECIMALS = 10
MAX_YEARS_RUNNING = 10
"""Beyond these a number is a slip of the hand or mischief: exact arithmetic on it could take for ever."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What applicability asks of a unit: poor district or not (None: not stated), Area I, II, III or None."""

    poor_district: bool | None = None
    area_class: str | None = None


@dataclass(frozen=True, slots=True)
class YearFigure:
    """The poverty figures of one year's end under one standard, with the decision that recognised them.

    `rate` is in percent as printed; `status` is preliminary or official, or own where it is not what the decision
    recognised; a `standard` not stated agrees with any.
    """

    year: int
    households: int | None = None
    poor: int | None = None
    near_poor: int | None = None
    rate: Decimal | None = None
    standard: str | None = None
    status: str = "official"
    decision_ref: str | None = None

    @property
    def size(self) -> int | None:
        """Poor and near-poor households together, where both are given."""
        return None if self.poor is None or self.near_poor is None else self.poor + self.near_poor

    @property
    def provenance(self) -> dict[str, str]:
        """The values a sentence needs to say where the figure comes from."""
        return {
            "status": self.status,
            "decision_ref": self.decision_ref or "",
            "standard": self.standard or "",
        }


@dataclass(frozen=True, slots=True)
class MovementSettings:
    """How the movement reads what its plan leaves open; the values of a fresh one are the usual readings.

    Thresholds are the plan's (III.1: "từ 6 % trở lên", "từ 4 % trở lên" inclusive, "trên 50 %" exclusive).
    """

    fifty_for_poor_districts: bool = False
    four_each_year: bool = True
    in_points: bool = True
    with_near_poor: bool = True
    across_standards: bool = False
    baseline_year: int = 2021
    period_end: int = 2025
    years_running: int = 3
    poor_district_drop: Decimal = Decimal(6)
    other_drop: Decimal = Decimal(4)
    fall_over: Decimal = Decimal(50)
    own_figure_explained: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.years_running <= MAX_YEARS_RUNNING:
            raise ValueError(f"the setting years_running is between 1 and {MAX_YEARS_RUNNING}")

    def plain(self) -> dict[str, bool | int | str]:
        """The settings as JSON has them; decimals as text."""
        return {name: str(v) if isinstance(v, Decimal) else v for name, v in asdict(self).items()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> MovementSettings:
        """The settings from JSON, what is left out as in a fresh one; ValueError for a wrong or unknown one."""
        defaults = {field.name: field.default for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in plain.items():
            usual = defaults.get(name)
            if isinstance(usual, Decimal) and isinstance(value, str):
                values[name] = _decimal(name, value)
            elif type(usual) is type(value) and isinstance(value, bool | int):
                values[name] = value
            else:
                raise ValueError(f"the movement has no setting {name} = {value!r}")
        return cls(**values)

    def lines(self) -> tuple[Line, ...]:
        """Each setting as a sentence, to print beside the result."""
        measure = "points" if self.in_points else "percent"
        return tuple(
            line("setting", field=name, value=int(v) if isinstance(v, bool) else v, measure=measure)
            for name, v in self.plain().items()
        )


def check_figure(figure: YearFigure, settings: MovementSettings) -> Line | None:
    """What is wrong with one year's figure in itself: an impossible number, or a rate against its households."""
    impossible = _impossible(figure)
    if impossible:
        return line("impossible_figure", year=figure.year, field=impossible)
    if figure.rate is None:
        return None
    counted = _counted_rate(figure, settings)
    if counted is None or abs(Fraction(figure.rate) - counted) <= _tolerance(figure.rate):
        return None
    stated, decimals = Fraction(figure.rate), max(DECIMALS, _printed_decimals(figure.rate))
    return line("rate_disagrees", year=figure.year, stated=stated, counted=counted, decimals=decimals)


def rate_of(figure: YearFigure, settings: MovementSettings) -> tuple[Fraction | None, Line]:
    """The year's rate in percent with the line that shows it, or None with the line that says why not."""
    year = figure.year
    if figure.rate is not None:
        rate, decimals = Fraction(figure.rate), max(DECIMALS, _printed_decimals(figure.rate))
        return rate, line("rate_stated", year=year, rate=rate, decimals=decimals, **figure.provenance)
    if figure.households == 0:
        return None, line("zero_households", year=year)
    counted = _counted_rate(figure, settings)
    if counted is None:
        return None, line("missing_rate", year=year)
    names = ("poor", "near_poor", "households") if settings.with_near_poor else ("poor", "households")
    code = "rate_counted" if settings.with_near_poor else "rate_counted_poor"
    counts = {name: getattr(figure, name) for name in names}
    return counted, line(code, year=year, **counts, rate=counted, **figure.provenance)


def on_one_standard(
    figures: Sequence[YearFigure], years: Sequence[int], settings: MovementSettings
) -> tuple[YearFigure, ...] | Line:
    """The figures of `years` (rising) under one standard, or the line that says why there are none.

    `figures` are sorted by year and standard.  Where two standards reach through all years the newer name counts.
    """
    by_year = [[figure for figure in figures if figure.year == year] for year in years]
    missing = [str(year) for year, found in zip(years, by_year, strict=True) if not found]
    if missing:
        return line("missing_year", missing=", ".join(missing))
    newest = tuple(found[-1] for found in by_year)
    if settings.across_standards:
        return newest
    standards = {figure.standard for found in by_year for figure in found} - {None}
    for standard in [*sorted(filter(None, standards), reverse=True), None]:
        series = [_under(standard, found) for found in by_year]
        whole = tuple(figure for figure in series if figure is not None)
        if len(whole) == len(years):
            return whole
    return _where_it_changed(newest)


def year_twice(figures: Iterable[YearFigure]) -> Line | None:
    """The first year that has two figures under one standard."""
    seen: set[tuple[int, str | None]] = set()
    for figure in figures:
        if (figure.year, figure.standard) in seen:
            return line("year_twice", year=figure.year)
        seen.add((figure.year, figure.standard))
    return None


def _under(standard: str | None, figures: Sequence[YearFigure]) -> YearFigure | None:
    """The figure of one year that is under `standard`, or else the one that does not say."""
    by_standard = {figure.standard: figure for figure in figures}
    return by_standard.get(standard, by_standard.get(None))


def _where_it_changed(figures: Sequence[YearFigure]) -> Line:
    """The line that names the last two stated years whose standards differ."""
    stated = [(figure.year, figure.standard) for figure in figures if figure.standard]
    before, after = next(pair for pair in reversed(list(pairwise(stated))) if pair[0][1] != pair[1][1])
    return line(
        "standard_changed",
        from_year=before[0],
        to_year=after[0],
        before_standard=before[1],
        after_standard=after[1],
    )


def _impossible(figure: YearFigure) -> str:
    """The name of the number that cannot be, or nothing."""
    for name in ("households", "poor", "near_poor"):
        count = getattr(figure, name)
        if count is not None and not 0 <= count <= MAX_HOUSEHOLDS:
            return name
    if figure.rate is not None and not _is_percentage(figure.rate):
        return "rate"
    together = (figure.poor or 0) + (figure.near_poor or 0)
    return "households" if figure.households is not None and together > figure.households else ""


def _counted_rate(figure: YearFigure, settings: MovementSettings) -> Fraction | None:
    """The exact rate the households give, in percent, where they are all there."""
    counted = figure.size if settings.with_near_poor else figure.poor
    if counted is None or not figure.households:
        return None
    return Fraction(PERCENT * counted, figure.households)


def _is_percentage(rate: Decimal) -> bool:
    """Whether a number can be a rate somebody printed: finite, from 0 to 100, of a sensible length."""
    return rate.is_finite() and 0 <= rate <= PERCENT and _printed_decimals(rate) <= MAX_DECIMALS


def _printed_decimals(rate: Decimal) -> int:
    """How many decimals a rate was printed with."""
    exponent = rate.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _tolerance(rate: Decimal) -> Fraction:
    """Half a unit of the last printed decimal: what rounding can have done, in either direction."""
    return Fraction(1, 2 * 10 ** _printed_decimals(rate))


def _decimal(name: str, value: str) -> Decimal:
    """A threshold in percent from its text."""
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"the setting {name} is not a number: {value!r}") from error
    if not _is_percentage(number):
        raise ValueError(f"the setting {name} is not between 0 and {PERCENT}: {value!r}")
    return number
