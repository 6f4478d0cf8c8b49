"""Notices of what an act set going: to whoever holds the duty it waits for, to who filed it when it ends.

A message of the outbox becomes rows of ``notices`` and, where mail goes out, one further message for each person.
What has moved on since, or was played in another year, needs no notice any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import Nomination
from nominations.models.outbox import Notice, OutboxMessage
from nominations.models.people import Person, Post
from nominations.models.units import Unit
from nominations.models.work import Task
from nominations.services.outbox import settle, still_open
from nominations.transactions import transactional
from workflows import ENDS, RETURNED

MAIL = "mail"
"""The topic of letters; their key is the person's, so that one unreachable address holds nobody else up."""

AFTERWARDS: Mapping[str, str] = {
    "annul": "annulled",
    "record_central_annulment": "annulled",
    "approve_correction": "corrected",
    "reissue": "reissued",
}
"""Acts on an award that whoever filed it is told of, each in its own words."""
TOLD = ("correction_waits", "act_waits_number")
"""What an act may tell a desk beside that (``Change.tells``)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom to tell what: everybody with this duty at this unit."""

    unit_id: int
    duty: str
    kind: str  # task, returned, ended, nobody_free, due_soon, overdue, escalated; of opinions; one of AFTERWARDS


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a letter goes to."""

    full_name: str
    email: str
    locale: str


@transactional
def announce(
    session: Session, clock: Clock, now: datetime, message_id: int, payload: Mapping[str, Any], *, by_mail: bool
) -> int:
    """Write the notices an act's message asks for and settle it; how many. ``now`` is the machine's own instant."""
    if not still_open(session, message_id):
        return 0
    file = session.execute(
        select(Nomination.id, Nomination.state, Nomination.proposing_unit_id).where(Nomination.code == payload["code"])
    ).one_or_none()
    desks = () if file is None else tuple(_desks(session, file.id, file.state, file.proposing_unit_id, payload))
    for desk in desks:
        body = {"code": payload["code"], "state": payload["to"]}
        put_up(session, clock, desk, file.id if file is not None else 0, body)
        if by_mail:
            post(session, clock.today(), now, desk, body)
    settle(session, now, message_id)
    return len(desks)


def reader(session: Session, person_id: int) -> Reader | None:
    """Where a person's letters go; None for a closed account or one without an address."""
    row = session.execute(
        select(Person.full_name, Person.email, Person.locale).where(Person.id == person_id, Person.active)
    ).one_or_none()
    return Reader(row.full_name, row.email, row.locale) if row is not None and row.email else None


def _desks(
    session: Session, nomination_id: int, state: str, proposing_unit: int, payload: Mapping[str, Any]
) -> Iterator[Desk]:
    """Whom the act concerns, if things still stand as it left them."""
    for unit, duty, kind in payload.get("tells", ()):
        yield Desk(unit, duty, kind)
    if state != payload["to"]:
        return
    if payload.get("act") in AFTERWARDS:
        yield Desk(proposing_unit, "nominator", AFTERWARDS[payload["act"]])
    elif state in ENDS and payload.get("from") != state:
        yield Desk(proposing_unit, "nominator", "ended")
    if "unit" not in payload or not _still_waits(session, nomination_id, payload):
        return
    unit, duty = payload["unit"], payload["duty"]
    if payload["nobody_free"]:
        yield Desk(unit, "head", "nobody_free")
        for above in _administered_from(session, unit):
            yield Desk(above, "admin", "nobody_free")
    yield Desk(unit, duty, "returned" if state.endswith(RETURNED) else "task")


def _still_waits(session: Session, nomination_id: int, payload: Mapping[str, Any]) -> bool:
    found = session.scalar(
        select(Task.id)
        .where(
            Task.nomination_id == nomination_id,
            Task.kind == "step",
            Task.closed_at.is_(None),
            Task.step == payload["to"],
            Task.unit_id == payload["unit"],
            Task.duty == payload["duty"],
        )
        .limit(1)
    )
    return found is not None


def _administered_from(session: Session, unit_id: int) -> tuple[int, ...]:
    """The units, this one or above it, at which somebody is administrator."""
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    line = [int(part) for part in path.split("/") if part]
    posts = select(Post.unit_id).where(Post.duty == "admin", Post.unit_id.in_(line)).distinct().order_by(Post.unit_id)
    return tuple(session.scalars(posts))


def put_up(session: Session, clock: Clock, desk: Desk, nomination_id: int, body: Mapping[str, Any]) -> None:
    """Write the notice of one desk."""
    values = {"unit_id": desk.unit_id, "duty": desk.duty, "kind": desk.kind, "nomination_id": nomination_id}
    session.execute(insert(Notice).values(values | {"body": body, "created_at": clock.now()}))


def post(session: Session, today: date, now: datetime, desk: Desk, body: Mapping[str, Any]) -> None:
    """One letter in the outbox for each person at the desk who has an address."""
    people = session.execute(
        select(Person.id, Person.ref)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id == desk.unit_id,
            Post.duty == desk.duty,
            Post.valid_from <= today,
            or_(Post.valid_to.is_(None), Post.valid_to >= today),
            Person.active,
            Person.email.is_not(None),
        )
        .distinct()
        .order_by(Person.id)
    ).all()
    for person in people:
        payload = {"person": person.id, "kind": desk.kind, "code": body["code"]}
        values = {"topic": MAIL, "key": f"{MAIL}:{person.ref}", "payload": payload}
        session.execute(insert(OutboxMessage).values(values | {"created_at": now, "available_at": now, "attempts": 0}))
