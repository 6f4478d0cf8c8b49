"""Whom a new file is for: a nominee already known, a unit itself, or somebody new, and what is known already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nominations.models.nominees import Nominee
from nominations.models.units import PovertyFigure, Unit
from nominations.names import folded
from nominations.queries.routes import Proposer, proposer
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.payloads import line
from nominations.services.statements import insert_row


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new nomination starts from: a round, a form, the proposing unit, and the nominee.

    ``nominee_ref`` names one already known; else ``name`` and ``subject_kind`` describe a new one. ``nominee_unit_id``
    says that the nominee is that unit itself; ``home_unit_id`` where it belongs, by default the proposing unit.
    """

    round_code: str
    form: str
    proposing_unit_id: int
    subject_kind: str
    subject_group: str
    name: str = ""
    nominee_ref: str | None = None
    nominee_unit_id: int | None = None
    home_unit_id: int | None = None
    birth_year: int | None = None


# What a draft names: the field, under which name a complaint stands, and which one it is.
_NAMES = (
    ("round_code", "round", "unknown_round"),
    ("form", "form", "unknown_form"),
    ("subject_kind", "subject_kind", "wrong_group"),
    ("subject_group", "subject_group", "wrong_group"),
    ("nominee_ref", "nominee", "unknown_nominee"),
)
_UNITS = (("proposing_unit_id", "proposing_unit"), ("nominee_unit_id", "nominee_unit"), ("home_unit_id", "home_unit"))
_MOST = 2**63  # what a row's number can be


def checked_draft(draft: Draft) -> Draft:
    """The draft with its texts in one form. Raises InvalidInput for what is not even of its kind."""
    errors: dict[str, Message] = {}
    kept: dict[str, Any] = {}
    for field, shown, message in _NAMES:
        said = line(getattr(draft, field))
        if isinstance(said, str):
            kept[field] = said
        elif field != "nominee_ref" or draft.nominee_ref:
            errors[shown] = Message(message)
    for field, shown in _UNITS:
        number = getattr(draft, field)
        if number is None and field != "proposing_unit_id":
            continue
        if type(number) is not int or not 0 < number < _MOST:
            errors[shown] = Message("unknown_unit")
    if draft.birth_year is not None and type(draft.birth_year) is not int:
        errors["birth_year"] = Message("birth_year")
    if errors:
        raise InvalidInput(errors)
    return replace(draft, **kept)


def nominee_for(session: Session, draft: Draft, now: datetime, unit: Proposer, today: date) -> Nominee:
    """The known nominee, the unit's own, or a new one."""
    if draft.nominee_ref:
        known = session.scalar(select(Nominee).where(Nominee.ref == draft.nominee_ref))
        if known is None or known.kind != draft.subject_kind:
            raise InvalidInput({"nominee": Message("unknown_nominee")})
        return known
    if draft.nominee_unit_id is not None:
        return _unit_as_nominee(session, draft, now, today)
    name = line(draft.name)
    if isinstance(name, Message):
        raise InvalidInput({"name": name})
    if draft.birth_year is not None and not 1900 <= draft.birth_year <= today.year:
        raise InvalidInput({"birth_year": Message("birth_year")})
    return _stored(session, draft, name, _home(session, draft, unit, today), now)


def _home(session: Session, draft: Draft, unit: Proposer, today: date) -> int:
    if draft.home_unit_id is None:
        return unit.id
    if proposer(session, draft.home_unit_id, today) is None:
        raise InvalidInput({"home_unit": Message("unknown_unit")})
    return draft.home_unit_id


def _unit_as_nominee(session: Session, draft: Draft, now: datetime, today: date) -> Nominee:
    unit_id = draft.nominee_unit_id
    if draft.subject_kind != "collective":
        raise InvalidInput({"subject_kind": Message("unit_is_collective")})
    there = Unit.id == unit_id, Unit.valid_from <= today, or_(Unit.valid_to.is_(None), Unit.valid_to >= today)
    # Locked, so that of two who name the unit for the first time only one makes it a nominee.
    name = session.scalar(select(Unit.name).where(*there).with_for_update(key_share=True))
    if unit_id is None or name is None:
        raise InvalidInput({"nominee_unit": Message("unknown_unit")})
    known = session.scalar(select(Nominee).where(Nominee.unit_id == unit_id).order_by(Nominee.id))
    if known is not None:
        return known
    return _stored(session, draft, name, unit_id, now)


def _stored(session: Session, draft: Draft, name: str, home: int, now: datetime) -> Nominee:
    values: dict[str, Any] = {
        "kind": draft.subject_kind,
        "name": name,
        "name_folded": folded(name),
        "birth_year": draft.birth_year,
        "unit_id": draft.nominee_unit_id,
        "home_unit_id": home,
        "created_at": now,
    }
    return Nominee(id=insert_row(session, "nominees", values), **values)


def first_content(session: Session, nominee: Nominee, draft: Draft) -> dict[str, Any]:
    """What is known already is not typed again: the name, and a unit's recognised poverty figures."""
    named: dict[str, Any] = {"name": nominee.name}
    if nominee.birth_year is not None and draft.subject_kind != "collective":
        named["birth_year"] = nominee.birth_year
    content: dict[str, Any] = {"nominee": named}
    if nominee.unit_id is not None:
        figures = _figures(session, nominee.unit_id)
        if figures:
            content["criteria"] = {"figures": figures}
    return content


def _figures(session: Session, unit_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(PovertyFigure)
        .where(PovertyFigure.unit_id == unit_id, PovertyFigure.series == "all")
        .order_by(PovertyFigure.year)
    )
    return [
        {
            name: value
            for name, value in {
                "year": row.year,
                "households": row.households,
                "poor": row.poor,
                "near_poor": row.near_poor,
                "rate": str(row.rate) if row.rate is not None else None,
                "standard": row.standard,
                "status": row.status,
                "decision_ref": row.decision_ref,
                "invented": row.invented or None,
            }.items()
            if value is not None
        }
        for row in rows
    ]
