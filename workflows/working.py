"""The working of a computed criterion: structured lines with exact numbers, and their sentences in two languages.

A `Line` holds a code and its values as integers and exact texts ("12.50", "4127/9493"), so that it can be frozen
in a revision and compared later; `Line.text` makes the sentence.  Rates print with two decimals, or with as many
more as it takes to stand on the right side of a threshold; a rounded figure is marked with "≈".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from workflows.wording import BECAUSE, BY_DECISION, CAUSES, NOTHING, POINTS, SENTENCES, STANDARD, WORDS

DECIMALS = 2
"""Rates are recognised and printed with two decimals."""

MOST_DECIMALS = 4
"""A figure that ends within so many decimals is shown whole."""

Value = int | str

_COUNTS = frozenset({"households", "poor", "near_poor", "size", "before_size", "after_size"})
_PERCENTS = frozenset({"rate", "stated", "counted", "fall", "before", "after", "fall_over"})
_MEASURED = frozenset({"drop", "threshold", "poor_district_drop", "other_drop"})
_TRUTHS = frozenset(
    {
        "poor_district",
        "fifty_for_poor_districts",
        "four_each_year",
        "in_points",
        "with_near_poor",
        "across_standards",
        "own_figure_explained",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the working: what it says (`code`) and with which values, ready to freeze and to compare."""

    code: str
    values: tuple[tuple[str, Value], ...]

    @property
    def is_cause(self) -> bool:
        """Whether the line says why something cannot be computed."""
        return self.code in CAUSES

    def text(self, locale: str) -> str:
        """The sentence in `locale` (vi or en)."""
        english = locale == "en"
        values = dict(self.values)
        words = {name: _shown(name, value, values, english=english) for name, value in self.values}
        words["provenance"] = _provenance(values, english=english)
        words["by_decision"] = _by_decision(values, english=english)
        words["subtraction"] = _subtraction(words, values)
        if self.is_cause:
            return BECAUSE[english].format(CAUSES[self.code][english].format_map(words))
        sentence = SENTENCES[self.code][english].format_map(words)
        return (sentence[0].upper() + sentence[1:]).replace("= ≈", "≈")


def line(code: str, **values: Value | Fraction) -> Line:
    """A line of the working, its values by name; fractions are kept exact, as text."""
    plain = {name: str(value) if isinstance(value, Fraction) else value for name, value in values.items()}
    return Line(code, tuple(sorted(plain.items())))


def honest_decimals(value: Fraction, threshold: Fraction, *others: Fraction) -> int:
    """The decimals at which a sum can be shown without lying.

    Two to four where that shows `value` and the `others` whole; else as many as it takes, at least two, for
    `value` rounded to stand to `threshold` as the exact value does.
    """
    for decimals in range(DECIMALS, MOST_DECIMALS + 1):
        if all(_rounded(part, decimals) == part for part in (value, *others)):
            return decimals
    decimals = DECIMALS
    while _order(_rounded(value, decimals), threshold) != _order(value, threshold):
        decimals += 1
    return decimals


def percent(exact: str, locale: str, decimals: int = DECIMALS) -> str:
    """An exact percentage as printed: "12,50 %" in vi, "12.50 %" in en, "≈ " before it where rounded."""
    return f"{_number(exact, decimals, english=locale == 'en')} %"


def _order(value: Fraction, threshold: Fraction) -> int:
    return (value > threshold) - (value < threshold)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    """Half away from zero, as figures are rounded by hand."""
    scale = 10**decimals
    whole = (abs(value) * scale + Fraction(1, 2)) // 1
    return Fraction(whole if value >= 0 else -whole, scale)


def _number(exact: str, decimals: int, *, english: bool) -> str:
    """An exact number with a fixed count of decimals, marked where that is not all of it."""
    value = Fraction(exact)
    rounded = _rounded(value, decimals)
    whole, part = divmod(abs(rounded) * 10**decimals, 10**decimals)
    sign = "-" if rounded < 0 else ""
    number = f"{sign}{_count(int(whole), english=english)}{'.' if english else ','}{int(part):0{decimals}d}"
    return number if rounded == value else f"≈ {number}"


def _count(number: int, *, english: bool) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}" if english else f"{number:,}".replace(",", ".")


def _shown(name: str, value: Value, values: Mapping[str, Value], *, english: bool) -> str:
    """A value as the reader of the sentence expects it."""
    kind = str(values.get("field", "result")) if name in {"old", "new", "value"} else name
    decimals = int(values.get("decimals", DECIMALS))
    if value == "" and name != "area":
        shown = NOTHING[english]
    elif kind in _COUNTS:
        shown = _count(int(value), english=english)
    elif kind in _PERCENTS:
        shown = f"{_number(str(value), decimals, english=english)} %"
    elif kind in _MEASURED:
        unit = POINTS[english] if values.get("measure") == "points" else " %"
        shown = f"{_number(str(value), decimals, english=english)}{unit}"
    else:
        words = WORDS.get("truth" if kind in _TRUTHS else kind, {})
        shown = words[str(value)][english] if str(value) in words else str(value)
    return shown


def _provenance(values: Mapping[str, Value], *, english: bool) -> str:
    """Where a figure comes from, in brackets: the recognising decision, its standing, its standard."""
    parts = []
    own = values.get("status") == "own"
    if (decision := values.get("decision_ref")) and not own:
        parts.append(str(decision))
    if status := values.get("status"):
        said = _shown("status", status, values, english=english)
        parts.append(f"{said}{_by_decision(values, english=english)}" if own else said)
    if standard := values.get("standard"):
        parts.append(STANDARD[english].format(standard))
    return f" ({'; '.join(parts)})" if parts else ""


def _by_decision(values: Mapping[str, Value], *, english: bool) -> str:
    """The decision something was recognised by, where it is known."""
    decision = values.get("decision_ref")
    return BY_DECISION[english].format(decision) if decision else ""


def _subtraction(words: Mapping[str, str], values: Mapping[str, Value]) -> str:
    """The two rates a drop comes from, in points or in proportion."""
    if "before" not in words:
        return ""
    difference = f"{words['before']} − {words['after']}"
    return difference if values.get("measure") == "points" else f"({difference}) : {words['before']}"
