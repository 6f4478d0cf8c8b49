"""The movement, from the reference data into the tables: the plan's text, criteria, rounds and milestones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations import reference
from nominations.models.base import Base
from nominations.models.movements import CriteriaGroup, Criterion, Milestone, Movement, Round, RoundForm
from nominations.models.units import Unit
from nominations.reference import ReferenceDataError
from nominations.services.seeding.law import Values, add_rows


def add_movement(session: Session) -> dict[str, list[str]]:
    """Store what is missing of the movement; the keys added, by table. Rounds somebody closed stay closed."""
    plan = reference.load_movement()
    added = {"movements": add_rows(session, Movement, ("code",), [_movement(plan)])}
    movement_id = session.scalars(select(Movement.id).where(Movement.code == plan.code)).one()
    versions = ("movement_id", "version")
    added["criteria_groups"] = add_rows(
        session, CriteriaGroup, (*versions, "group_no"), (_group(movement_id, group) for group in plan.groups)
    )
    added["criteria"] = add_rows(
        session, Criterion, (*versions, "code"), (_criterion(movement_id, one) for one in plan.criteria)
    )
    added["milestones"] = add_rows(
        session,
        Milestone,
        ("movement_id", "code"),
        (_milestone(movement_id, one) for one in reference.load_milestones()),
    )
    added["rounds"] = _add_rounds(session, movement_id)
    return added


def _movement(plan: reference.Movement) -> Values:
    content: dict[str, Any] = {"text": reference.plan_text()}
    for statement in plan.statements:
        content.setdefault(statement.part, []).append(
            {
                "code": statement.code,
                "paragraph": statement.paragraph,
                "text": statement.text,
                "who": statement.who,
                "forms": list(statement.forms),
                "source": statement.source,
            }
        )
    content["settings"] = [
        {"key": one.key, "vi": one.note.vi, "en": one.note.en, "source": one.source} for one in plan.settings
    ]
    return {
        "code": plan.code,
        "title": plan.title,
        "title_en": plan.title_en,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "content": content,
        "settings": dict(plan.setting_values),
        "reporting": reporting(),
        "source": plan.source,
    }


def reporting() -> dict[str, Any]:
    """How the plan is read about reports, and its targets in numbers, as the movement keeps them."""
    return {
        "settings": {one.key: {"value": one.value, "source": one.source} for one in reference.load_report_settings()},
        "targets": {
            one.key: {
                "least": str(one.least),
                "most": None if one.most is None else str(one.most),
                "more": one.more,
                "source": f"{one.paragraph} {one.source}",
            }
            for one in reference.load_targets()
        },
    }


def _group(movement_id: int, group: reference.CriteriaGroup) -> Values:
    return {
        "movement_id": movement_id,
        "version": group.version,
        "group_no": group.group_no,
        "title": group.title,
        "subject_kinds": list(group.subject_kinds),
        "source": f"{group.paragraph} {group.source}",
    }


def _criterion(movement_id: int, one: reference.Criterion) -> Values:
    return {
        "movement_id": movement_id,
        "version": one.version,
        "valid_from": one.valid_from,
        "code": one.code,
        "group_no": one.group_no,
        "position": one.position,
        "text": one.text,
        "kind": one.kind,
        "applies_to": dict(one.applies_to),
        "required": one.required,
        "evidence": one.evidence,
        "source": one.citation,
    }


def _milestone(movement_id: int, one: reference.Milestone) -> Values:
    return {
        "movement_id": movement_id,
        "code": one.code,
        "title": one.title,
        "due_on": one.due_on,
        "due_rule": one.due_rule,
        "who": one.who,
        "source": f"{one.paragraph} {one.source}",
    }


def _add_rounds(session: Session, movement_id: int) -> list[str]:
    rounds = reference.load_rounds()
    added = add_rows(session, Round, ("code",), (_round(session, movement_id, one) for one in rounds))
    numbers = dict(session.execute(select(Round.code, Round.id)).all())
    forms = [{"round_id": numbers[one.code], "form": form} for one in rounds if one.code in added for form in one.forms]
    if forms:
        session.execute(insert(Base.metadata.tables[RoundForm.__tablename__]), forms)
    return added


def _round(session: Session, movement_id: int, one: reference.Round) -> Values:
    issuer = session.scalar(
        select(Unit.id).where(
            Unit.code == one.issuing_unit,
            Unit.valid_from <= one.opens_on,
            (Unit.valid_to.is_(None)) | (Unit.valid_to >= one.opens_on),
        )
    )
    if issuer is None:
        raise ReferenceDataError(f"round {one.code}: no unit has code {one.issuing_unit} on {one.opens_on}")
    return {
        "code": one.code,
        "movement_id": movement_id,
        "title": one.title,
        "kind": one.kind,
        "issuing_unit_id": issuer,
        "opens_on": one.opens_on,
        "closes_on": one.closes_on,
        "achievement_from": one.achievement_from,
        "achievement_to": one.achievement_to,
        "guidance": None,
        "settings": {"source": one.source},
    }
