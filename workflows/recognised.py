"""What somebody typed held against what a decision recognised, year by year: which figure counts, and saying so.

A recognised figure counts. Where the file explains why it typed another and carries a paper, and the movement is read
so (`own_figure_explained`), the typed one counts instead, and then it cites no decision. Nothing differs in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflows.poverty import MovementSettings, YearFigure, check_figure, year_twice
from workflows.working import Line, line

COMPARED = ("households", "poor", "near_poor", "rate")
OFFICIAL, OWN = "official", "own"


@dataclass(frozen=True, slots=True)
class Held:
    """The figures that count, by year and standard, and the lines that say where they are not what was typed."""

    figures: tuple[YearFigure, ...]
    notes: tuple[Line, ...] = ()


def hold(
    typed: Sequence[YearFigure],
    recognised: Iterable[YearFigure],
    settings: MovementSettings,
    *,
    up_to: int,
    own_counts: bool = False,
) -> Held:
    """The figures that count of those typed and those recognised up to a year; official ones alone recognise.

    Figures that cannot be used as they were typed (a year twice, a rate against its households) stay as they are, so
    that whoever computes from them says so.
    """
    by_year: dict[int, list[YearFigure]] = {}
    for figure in recognised:
        if figure.status == OFFICIAL and figure.year <= up_to:
            by_year.setdefault(figure.year, []).append(figure)
    if not by_year or year_twice(typed) is not None:
        return Held(tuple(typed))
    kept, notes = [figure for figure in typed if figure.year not in by_year], []
    for year in sorted(by_year):
        mine = [figure for figure in typed if figure.year == year]
        counting, said = _year(mine, by_year[year], settings, own_counts=own_counts)
        kept += counting
        notes += said
    return Held(tuple(sorted(kept, key=lambda figure: (figure.year, figure.standard or ""))), tuple(notes))


def _year(
    mine: Sequence[YearFigure], official: Sequence[YearFigure], settings: MovementSettings, *, own_counts: bool
) -> tuple[list[YearFigure], list[Line]]:
    """What counts of one year, and what is to be said about it."""
    counting = {figure.standard: figure for figure in official}
    if not mine:
        return list(official), [line("recognised_not_typed", year=official[0].year, **official[0].provenance)]
    notes: list[Line] = []
    for own in mine:
        against = counting.get(own.standard) or official[-1]
        if own.standard is not None and own.standard not in counting:
            notes.append(_differs(own, against, "standard", own_counts=own_counts))
            if own_counts:
                counting[own.standard] = replace(own, status=OWN, decision_ref=against.decision_ref)
            continue
        said = [
            _differs(own, against, name, own_counts=own_counts)
            for name in COMPARED
            if getattr(own, name) is not None and getattr(own, name) != getattr(against, name)
        ]
        faulty = check_figure(own, settings) is not None
        if faulty or (said and own_counts):
            marked = replace(own, status=OWN, decision_ref=against.decision_ref) if said else own
            counting[against.standard] = replace(marked, standard=against.standard)
        notes += said
    return list(counting.values()), notes


def _differs(own: YearFigure, official: YearFigure, name: str, *, own_counts: bool) -> Line:
    values = {"old": getattr(own, name), "new": getattr(official, name)}
    plain = {
        key: "" if value is None else value if isinstance(value, int) else str(value) for key, value in values.items()
    }
    code = "own_figure_counts" if own_counts else "recognised_counts"
    return line(code, year=own.year, field=name, decision_ref=official.decision_ref or "", **plain)
