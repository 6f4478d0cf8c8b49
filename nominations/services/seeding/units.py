"""Units and their successors, from the reference data into the tables."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations import reference
from nominations.models.units import Unit, UnitSuccession
from nominations.names import folded, tidy
from nominations.reference import UnitKey

Rows = dict[UnitKey, int]


def known_units(session: Session) -> Rows:
    """The row number of every unit stored, by code and first day."""
    return {UnitKey(code, day): row for code, day, row in session.execute(select(Unit.code, Unit.valid_from, Unit.id))}


def add_units(session: Session) -> list[str]:
    """Store the units that are missing, parents before children; their codes with their first days."""
    known = known_units(session)
    paths = dict(session.execute(select(Unit.id, Unit.path)).all())
    added = []
    for unit in reference.load_units():
        if unit.key in known:
            continue
        parent = known[unit.parent] if unit.parent is not None else None
        row = _row(unit, parent)
        session.add(row)
        session.flush()
        row.path = f"{paths[parent] if parent is not None else '/'}{row.id}/"
        known[unit.key], paths[row.id] = row.id, row.path
        added.append(f"{unit.code} {unit.valid_from.isoformat()}")
    session.flush()
    return added


def _row(unit: reference.Unit, parent: int | None) -> Unit:
    name = tidy(unit.full_name)
    name = name[0].upper() + name[1:]
    return Unit(
        code=unit.code,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        name=name,
        name_folded=folded(name),
        kind=unit.kind,
        level=unit.level,
        parent_id=parent,
        path="",
        protocol_order=unit.protocol_order,
        poor_district=unit.poor_district,
        area_class=unit.area_class,
        poverty_function=unit.poverty_function,
        ministry_line=unit.ministry_line,
        source=unit.source,
    )


def add_successions(session: Session) -> list[str]:
    """Store the successions that are missing, each named by its two units and the function."""
    known = known_units(session)
    have = set(session.execute(select(UnitSuccession.old_unit_id, UnitSuccession.new_unit_id, UnitSuccession.function)))
    rows = []
    added = []
    for found in reference.load_successions():
        old, new = known[found.old], known[found.new] if found.new is not None else None
        if (old, new, found.function) in have:
            continue
        added.append(f"{found.old.code} > {found.new.code if found.new else '-'} {found.function}")
        rows.append(
            {
                "old_unit_id": old,
                "new_unit_id": new,
                "function": found.function,
                "share": found.share,
                "effective_on": found.effective_on,
                "note": found.note,
                "source": found.source,
            }
        )
    if rows:
        session.execute(insert(UnitSuccession), rows)
    return added
