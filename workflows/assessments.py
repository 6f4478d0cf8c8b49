"""Assessments frozen and compared: what goes into a revision, what comes back, and what changed since.

Every stage computes again; `changes` says in lines what is different from the frozen result and in which input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from workflows.eligibility import Assessment, Result, evaluate
from workflows.poverty import MovementSettings, UnitFacts, YearFigure
from workflows.working import Line, line

_Plain = Mapping[str, object]


def freeze(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain JSON values (texts, integers, booleans, null): the form a revision keeps."""
    return {
        "criterion": assessment.criterion,
        "result": assessment.result.value,
        "working": [{"code": part.code, "values": dict(part.values)} for part in assessment.working],
        "unit": asdict(assessment.unit),
        "figures": [_plain(figure) for figure in assessment.figures],
        "settings": assessment.settings.plain(),
        "ends": assessment.ends,
    }


def thaw(frozen: Mapping[str, Any]) -> Assessment:
    """The assessment a revision kept; raises KeyError, TypeError or ValueError where it is not one."""
    return Assessment(
        criterion=frozen["criterion"],
        result=Result(frozen["result"]),
        working=tuple(Line(part["code"], tuple(sorted(part["values"].items()))) for part in frozen["working"]),
        unit=UnitFacts(**frozen["unit"]),
        figures=tuple(_figure(figure) for figure in frozen["figures"]),
        settings=MovementSettings.from_plain(frozen["settings"]),
        ends=frozen["ends"],
    )


def recompute(
    frozen: Assessment, unit: UnitFacts, figures: Sequence[YearFigure], settings: MovementSettings
) -> tuple[Assessment, tuple[Line, ...]]:
    """The same criterion over the same window with today's facts, and what changed since it was frozen.

    The window stays where it was: figures of years after the submission do not move it.
    """
    now = evaluate(frozen.criterion, unit, figures, settings, ends=frozen.ends)
    return now, changes(frozen, now)


def changes(before: Assessment, after: Assessment) -> tuple[Line, ...]:
    """What differs between two assessments: result, window, unit, settings, figures."""
    return tuple(_changes(before, after))


def as_json(assessment: Assessment, locale: str) -> dict[str, Any]:
    """The answer of the calculator and the API: result, working with its sentences, settings beside it."""
    return {
        "criterion": assessment.criterion,
        "result": assessment.result.value,
        "working": [
            {"code": part.code, "text": part.text(locale), "values": dict(part.values)} for part in assessment.working
        ],
        "settings": assessment.settings.plain(),
    }


def _changes(before: Assessment, after: Assessment) -> Iterator[Line]:
    """The lines of `changes`, one after another."""
    if before.result != after.result:
        yield line("changed_result", old=before.result.value, new=after.result.value)
    if before.ends != after.ends:
        yield line("changed_window", old=_value(before.ends), new=_value(after.ends))
    yield from _differences("changed_unit", asdict(before.unit), asdict(after.unit))
    yield from _differences("changed_setting", before.settings.plain(), after.settings.plain())
    old = {(figure.year, figure.standard or ""): _plain(figure) for figure in before.figures}
    new = {(figure.year, figure.standard or ""): _plain(figure) for figure in after.figures}
    nothing = dict.fromkeys(field.name for field in fields(YearFigure))
    for key in sorted(old.keys() | new.keys()):
        if after.ends is None or key[0] <= after.ends:
            figures = old.get(key, nothing), new.get(key, nothing)
            yield from _differences("changed_figure", *figures, year=key[0])


def _differences(code: str, before: _Plain, after: _Plain, **place: int) -> Iterator[Line]:
    """A line for each value that differs; the year of a figure is its place and no difference."""
    for name in before:
        old, new = before[name], after[name]
        if old != new and name not in place:
            yield line(code, **place, field=name, old=_value(old), new=_value(new), measure="percent")


def _value(value: object) -> int | str:
    """A plain value as lines hold it."""
    if value is None:
        return ""
    return int(value) if isinstance(value, int) else str(value)


def _plain(figure: YearFigure) -> dict[str, int | str | None]:
    """A figure as JSON has it, the rate as it was printed."""
    return asdict(figure) | {"rate": None if figure.rate is None else str(figure.rate)}


def _figure(plain: Mapping[str, Any]) -> YearFigure:
    """The figure a revision kept."""
    rate = plain["rate"]
    return YearFigure(**{**plain, "rate": None if rate is None else Decimal(rate)})
