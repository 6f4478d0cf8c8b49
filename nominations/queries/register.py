"""Awards as everybody may know them: one by its code, and the register by name; nothing of files, votes or holds.

What is told is the name, the place that proposed, the form, the reason, the decision and its day (facts 8.2). An award
that was revoked is in the register no longer; who holds its certificate is told that it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, and_, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from nominations.models.aftermath import AwardAct, CertificateCopy
from nominations.models.decisions import Award, Decision
from nominations.models.movements import Movement, Round
from nominations.models.nominations import Nomination
from nominations.models.reference import AwardForm
from nominations.models.units import Unit
from nominations.queries.pages import Page, Rows, decode, paged, size
from nominations.queries.search import has_words

LISTED = ("issued", "corrected")


@dataclass(frozen=True, slots=True)
class PublicAward:
    """One award; ``name`` is empty for one that was revoked."""

    id: int
    name: str
    subject_kind: str
    unit_name: str
    unit_kind: str
    form_name: str
    form_name_en: str
    movement: str
    number: str | None
    series: str
    decided_on: date
    register_no: int | None
    register_year: int | None
    status: str
    body_kind: str
    body_code: str
    act_number: str | None  # of the annulment or correction that was numbered last
    act_on: date | None


def was_replaced(session: Session, code: str) -> bool:
    """Whether the code is of a copy that a new one took the place of."""
    return session.scalar(select(CertificateCopy.copy_no).where(CertificateCopy.check_code == code)) is not None


def award_by_code(session: Session, code: str) -> PublicAward | None:
    """The award whose certificate bears the code; None for a code that no award has."""
    row = session.execute(_awards().where(Award.check_code == code)).one_or_none()
    if row is None:
        return None
    found = PublicAward(*row)
    return found if found.status in LISTED else PublicAward(found.id, "", *row[2:])


def register(
    session: Session, today: date, query: str, form: str | None, cursor: str | None, limit: int = 50
) -> Page[PublicAward]:
    """The register up to today, the latest first, of those whose name has the words.

    Raises BadCursor, IdentityNumber.
    """
    after, limit = decode(cursor, date, int), size(limit)
    asked = _awards().where(Award.status.in_(LISTED), Award.decided_on <= today)
    asked = asked.order_by(Award.decided_on.desc(), Award.id.desc())
    if query:
        asked = asked.where(*(literal_column(condition) for condition in has_words(query)))
    if form:
        asked = asked.where(Award.form == form)
    if after is not None:
        day, last = after
        asked = asked.where(or_(Award.decided_on < day, and_(Award.decided_on == day, Award.id < last)))
    rows = session.execute(asked.limit(limit + 1)).all()
    return paged(rows, limit, lambda row: PublicAward(*row), lambda row: (row.decided_on, row.id))


def _awards() -> Rows:
    n, body = Nomination.__table__.alias("n"), Unit.__table__.alias("b")
    return (
        select(
            Award.id,
            n.c.nominee_name,
            n.c.subject_kind,
            Unit.name,
            Unit.kind,
            AwardForm.name,
            AwardForm.name_en,
            Movement.title,
            Decision.number,
            Decision.kind_series,
            Award.decided_on,
            Award.register_no,
            Award.register_year,
            Award.status,
            body.c.kind,
            body.c.code,
            _last_act(AwardAct.number),
            _last_act(AwardAct.numbered_on),
        )
        .join(n, n.c.id == Award.nomination_id)
        .join(Unit, Unit.id == n.c.proposing_unit_id)
        .join(AwardForm, AwardForm.code == Award.form)
        .join(Round, Round.id == n.c.round_id)
        .join(Movement, Movement.id == Round.movement_id)
        .join(Decision, Decision.id == Award.decision_id)
        .join(body, body.c.id == Decision.body_unit_id)
    )


def _last_act(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """A column of the annulment or correction of an award that was numbered last."""
    newest = (
        select(column)
        .where(
            AwardAct.nomination_id == Award.nomination_id,
            AwardAct.kind.in_(("annulment", "central_annulment", "correction")),
            AwardAct.number.is_not(None),
        )
        .order_by(AwardAct.id.desc())
    )
    return newest.limit(1).correlate(Award).scalar_subquery()
