"""What a body that was asked reads: the questions addressed to it, and of each file only what was sent along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, Select, and_, case, literal_column, select
from sqlalchemy.orm import Session, aliased

from nominations.models.consultations import OpinionRequest
from nominations.models.movements import Round
from nominations.models.nominations import File, Nomination, NominationFile, Revision
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.models.work import Opinion
from nominations.queries.actors import Viewer
from nominations.queries.visibility import bare_sql

ASKED_BODY = "asked_body"
MOST = 200  # lines of the list
Found = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question: about which file, from whom, until when. Of a ``bare`` one the nominee is not told."""

    code: str
    number: int
    kind: str
    body_name: str
    asking_name: str
    nominee_name: str
    form: str
    round_title: str
    workflow_id: int
    asked_at: datetime
    due_on: date
    goes_on: bool
    closed_at: datetime | None
    outcome: str | None
    bare: bool


@dataclass(frozen=True, slots=True)
class SentPaper:
    """A paper that was sent along."""

    kind: str
    name: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what may be read of its file: the sections and papers sent along, as they were then."""

    line: AskedLine
    nomination_id: int
    version: int
    subject_kind: str
    subject_group: str
    question: str
    sections: tuple[str, ...]
    content: Mapping[str, Any]
    papers: tuple[SentPaper, ...]
    asked_by: str
    advice: str | None
    reasons: str | None
    replied_by: str | None
    reply_paper: str | None


def asked_units(viewer: Viewer) -> frozenset[int]:
    """The bodies for which somebody answers."""
    return frozenset(post.unit_id for post in viewer.posts if post.duty == ASKED_BODY)


def questions(session: Session, viewer: Viewer, *, waiting: bool) -> tuple[AskedLine, ...]:
    """What waits for the viewer's reply by the day it is due, or what is over, the latest first."""
    units = asked_units(viewer)
    if not units:
        return ()
    state = OpinionRequest.closed_at.is_(None) if waiting else OpinionRequest.closed_at.is_not(None)
    order = (OpinionRequest.due_on,) if waiting else (OpinionRequest.closed_at.desc(),)
    rows = session.execute(
        _lines(viewer)
        .where(OpinionRequest.unit_id.in_(sorted(units)), state)
        .order_by(*order, OpinionRequest.nomination_id, OpinionRequest.number)
        .limit(MOST)
    )
    return tuple(_line(row) for row in rows)


def question(session: Session, viewer: Viewer, code: str, number: int) -> Question | None:
    """One question that was addressed to the viewer's body; None for any other. Of a bare one no content is read."""
    mine = and_(
        OpinionRequest.unit_id.in_(sorted(asked_units(viewer))),
        Nomination.code == code,
        OpinionRequest.number == number,
    )
    asker = aliased(Person)
    row = session.execute(
        _lines(viewer)
        .add_columns(
            Nomination.id.label("nomination_id"),
            Nomination.version,
            Nomination.subject_kind,
            Nomination.subject_group,
            OpinionRequest.question,
            OpinionRequest.sections,
            OpinionRequest.papers,
            OpinionRequest.reply_paper,
            Revision.content,
            asker.full_name.label("asked_by"),
            Opinion.advice,
            Opinion.reasons.label("said"),
            Person.full_name.label("replied_by"),
        )
        .join(Revision, Revision.id == OpinionRequest.revision_id)
        .join(asker, asker.id == OpinionRequest.asked_by)
        .outerjoin(
            Opinion,
            and_(Opinion.nomination_id == Nomination.id, Opinion.request_no == OpinionRequest.number),
        )
        .outerjoin(Person, Person.id == Opinion.person_id)
        .where(mine)
    ).one_or_none()
    return None if row is None else _question(session, row)


def _question(session: Session, row: Found) -> Question:
    line, sent = _line(row), tuple(row.sections)
    whole = {} if line.bare else orjson.loads(row.content)
    content = {} if line.bare else {name: whole.get(name, {}) for name in sent if name != "papers"}
    papers = () if line.bare else _papers(session, row.nomination_id, row.papers)
    return Question(
        line=line,
        nomination_id=row.nomination_id,
        version=row.version,
        subject_kind=row.subject_kind,
        subject_group=row.subject_group,
        question="" if line.bare else row.question,
        sections=sent,
        content=content,
        papers=papers,
        asked_by=row.asked_by,
        advice=None if line.bare else row.advice,
        reasons=None if line.bare else row.said,
        replied_by=None if line.bare else row.replied_by,
        reply_paper=None if line.bare else row.reply_paper,
    )


def _papers(session: Session, nomination_id: int, digests: list[str]) -> tuple[SentPaper, ...]:
    if not digests:
        return ()
    rows = session.execute(
        select(NominationFile.kind, NominationFile.name, NominationFile.sha256, File.size, File.media_type)
        .join(File, File.sha256 == NominationFile.sha256)
        .where(NominationFile.nomination_id == nomination_id, NominationFile.sha256.in_(digests))
        .order_by(NominationFile.id)
    )
    found = {row.sha256: SentPaper(*row) for row in rows}
    return tuple(found[sha] for sha in digests if sha in found)


def _lines(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    body, asking = aliased(Unit), aliased(Unit)
    bare: ColumnElement[int] = case((literal_column(f"({bare_sql(viewer, 'nominations')})"), 1), else_=0)
    return (
        select(
            Nomination.code,
            OpinionRequest.number,
            OpinionRequest.kind,
            body.name.label("body_name"),
            asking.name.label("asking_name"),
            Nomination.nominee_name,
            Nomination.form,
            Round.title.label("round_title"),
            Nomination.workflow_id,
            OpinionRequest.asked_at,
            OpinionRequest.due_on,
            OpinionRequest.goes_on,
            OpinionRequest.closed_at,
            OpinionRequest.outcome,
            bare.label("bare"),
        )
        .join(Nomination, Nomination.id == OpinionRequest.nomination_id)
        .join(Round, Round.id == Nomination.round_id)
        .join(body, body.id == OpinionRequest.unit_id)
        .join(asking, asking.id == OpinionRequest.asking_unit_id)
    )


def _line(row: Found) -> AskedLine:
    bare = bool(row.bare)
    return AskedLine(
        code=row.code,
        number=row.number,
        kind=row.kind,
        body_name=row.body_name,
        asking_name=row.asking_name,
        nominee_name="" if bare else row.nominee_name,
        form=row.form,
        round_title=row.round_title,
        workflow_id=row.workflow_id,
        asked_at=row.asked_at,
        due_on=row.due_on,
        goes_on=row.goes_on,
        closed_at=row.closed_at,
        outcome=row.outcome,
        bare=bare,
    )
