"""Empty forms for those who write by hand: for a unit and a round, as PDF to print or DOCX to change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from nominations.documents.docx import docx_of
from nominations.documents.facts import Body
from nominations.documents.kinds.blanks import BLANKS, Blank
from nominations.documents.pdf import pdf
from nominations.models.movements import Movement, Round
from nominations.models.units import Unit
from nominations.queries.filing import criterion_texts

HOUSEHOLD_GROUP = "1.5"


def blank_form(session: Session, kind: str, output: str, unit_id: int, round_code: str, today: date) -> bytes | None:
    """The form ``kind`` for a unit and a round, as ``pdf`` or ``docx``; None for what is not there."""
    if kind not in BLANKS or output not in {"pdf", "docx"}:
        return None
    home = _body(session, unit_id)
    found = session.execute(
        select(Round.title, Movement.id, Movement.title.label("movement"))
        .join(Movement, Movement.id == Round.movement_id)
        .where(Round.code == round_code)
    ).one_or_none()
    if home is None or found is None:
        return None
    criteria = {c.code: c.text for c in criterion_texts(session, found.id, HOUSEHOLD_GROUP, today)}
    paper = BLANKS[kind](Blank(home, found.movement, found.title, criteria, today.year))
    return pdf(paper) if output == "pdf" else docx_of(paper)


def _body(session: Session, unit_id: int) -> Body | None:
    above = aliased(Unit)
    row = session.execute(
        select(Unit.code, Unit.name, Unit.kind, Unit.level, above.name.label("parent"), above.kind.label("parent_kind"))
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.id == unit_id)
    ).one_or_none()
    if row is None:
        return None
    province = row.name if row.kind == "province" else row.parent or ""
    return Body(row.code, row.name, row.kind, row.level, row.parent or "", row.parent_kind or "", province)
