"""Poverty figures of merged communes: added up where whole communes merged, else left with the reason (facts 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations.models.units import PovertyFigure
from nominations.queries.successions import Heirs
from nominations.services.reorganising.findings import Finding
from workflows.succession import ALL

Key = tuple[int, str, str]  # year, series, poverty line
COUNTED = ("households", "poor", "near_poor")


def figures(session: Session, heirs: Heirs) -> tuple[list[Finding], list[Mapping[str, Any]]]:
    """What is to be told of the figures of units that ended, and the rows that can be added up for the new ones."""
    of = _by_unit(session)
    findings: list[Finding] = []
    rows: list[Mapping[str, Any]] = []
    for new, old_units in sorted(_made_of(heirs).items()):
        rows += _sum(heirs, new, old_units, of, findings)
    findings += _left(heirs, of)
    return findings, rows


def add_up(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store the sums; the figures they come from stay where they are."""
    if rows:
        session.execute(insert(PovertyFigure), [dict(row) for row in rows])


def _sum(
    heirs: Heirs, new: int, old_units: Mapping[int, bool], of: Mapping[int, Mapping[Key, Any]], findings: list[Finding]
) -> list[Mapping[str, Any]]:
    """The sums of one new commune, year by year."""
    wanted = {key for old in old_units for key in of.get(old, ())} - set(of.get(new, ()))
    names = ", ".join(heirs.name(old) for old in sorted(old_units))
    if not wanted:
        return []
    if not all(old_units.values()):
        findings.append(Finding("figure", "stays", names, names, heirs.name(new), "split_unit", len(wanted)))
        return []
    whole = [key for key in sorted(wanted) if all(_counted(of.get(old, {}).get(key)) for old in old_units)]
    if len(whole) < len(wanted):
        left = len(wanted) - len(whole)
        findings.append(Finding("figure", "stays", names, names, heirs.name(new), "figure_missing", left))
    if whole:
        years = ", ".join(str(year) for year in sorted({key[0] for key in whole}))
        findings.append(Finding("figure", "moves", years, names, heirs.name(new), "whole_sum", len(whole)))
    return [_added(new, key, [of[old][key] for old in sorted(old_units)]) for key in whole]


def _added(new: int, key: Key, parts: Sequence[Any]) -> dict[str, Any]:
    year, series, standard = key
    refs = dict.fromkeys(part.decision_ref for part in parts if part.decision_ref)
    return {
        "unit_id": new,
        "year": year,
        "series": series,
        "standard": standard,
        **{name: sum(getattr(part, name) for part in parts) for name in COUNTED},
        "rate": None,  # worked out from the households, like any other
        "status": "official" if all(part.status == "official" for part in parts) else "preliminary",
        "decision_ref": "; ".join(refs) or None,
        "source": "[inference]",
        "invented": any(part.invented for part in parts),
    }


def _counted(figure: Any) -> bool:  # noqa: ANN401 - a row or nothing
    return figure is not None and all(getattr(figure, name) is not None for name in COUNTED)


def _made_of(heirs: Heirs) -> dict[int, dict[int, bool]]:
    """The communes of the day and the ended ones they were made of, with whether each went there whole."""
    made: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for old in heirs.links.keys() & heirs.ended:
        for line in heirs.links[old]:
            if line.function == ALL and line.new not in heirs.ended and _is_commune(heirs, line.new):
                made[line.new or 0][old] = line.whole
    return made


def _is_commune(heirs: Heirs, unit: int | None) -> bool:
    return unit is not None and heirs.places[unit].level == "commune"


def _left(heirs: Heirs, of: Mapping[int, Mapping[Key, Any]]) -> list[Finding]:
    """Figures of units that ended and are no commune: nothing takes them over."""
    found = []
    for unit, rows in sorted(of.items()):
        place = heirs.places[unit]
        if unit in heirs.ended and place.level != "commune":
            why = "wider_ground" if place.level == "province" else "level_ended"
            found.append(Finding("figure", "stays", place.name, place.name, "", why, len(rows)))
        elif unit in heirs.ended and not any(line.new for line in heirs.links.get(unit, ())):
            found.append(Finding("figure", "stays", place.name, place.name, "", "successor_unknown", len(rows)))
    return found


def _by_unit(session: Session) -> dict[int, dict[Key, Any]]:
    """All figures, unit by unit."""
    found: defaultdict[int, dict[Key, Any]] = defaultdict(dict)
    rows = session.execute(
        select(
            PovertyFigure.unit_id, PovertyFigure.year, PovertyFigure.series, PovertyFigure.standard,
            PovertyFigure.households, PovertyFigure.poor, PovertyFigure.near_poor, PovertyFigure.status,
            PovertyFigure.decision_ref, PovertyFigure.invented,
        )
    )  # fmt: skip
    for row in rows:
        found[row.unit_id][row.year, row.series, row.standard] = row
    return found
