"""The daily letter: what waits for a person, for those who want it, once each working day; it leads to the sign-in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from nominations.clock import WORKING_ZONE, Clock
from nominations.models.outbox import Digest, OutboxMessage
from nominations.models.people import Person
from nominations.queries.actors import Viewer, viewer
from nominations.queries.calendar import calendar
from nominations.queries.inbox import inbox, inbox_counts
from nominations.queries.reminders import has_digest, last_soon_day, wants_digest
from nominations.services.notices import MAIL
from nominations.transactions import transactional

AT_ONCE = 20  # letters written in one transaction
FROM_HOUR = 7  # in Vietnam: nobody is written to at night
LISTED = 10  # files named in a letter, those due first
DIGEST = "digest"


@transactional
def choose_digest(session: Session, clock: Clock, person_id: int, *, wanted: bool) -> None:
    """Keep whether a person wants the daily letter."""
    if wanted == has_digest(session, person_id):
        return
    if wanted:
        session.execute(insert(Digest).values(person_id=person_id, since=clock.now(), sent_on=None))
    else:
        session.execute(delete(Digest).where(Digest.person_id == person_id))


@transactional
def write_digests(session: Session, clock: Clock, now: datetime) -> int:
    """Write some of today's letters into the outbox; how many persons were looked at, 0 when none is left.

    ``now`` is the machine's own instant. A person for whom nothing waits gets no letter.
    """
    today = clock.today()
    if not calendar(session).is_working_day(today) or clock.now().astimezone(WORKING_ZONE).hour < FROM_HOUR:
        return 0
    people = session.execute(
        select(Person.id, Person.ref)
        .join(Digest, Digest.person_id == Person.id)
        .where(wants_digest(today))
        .limit(AT_ONCE)
    ).all()
    for person in people:
        if _claimed(session, person.id, today):
            _write(session, today, now, person.id, person.ref)
    return len(people)


def _claimed(session: Session, person_id: int, today: date) -> bool:
    """Note the day on the person's row; False where another worker has."""
    mine = (
        update(Digest)
        .where(Digest.person_id == person_id, or_(Digest.sent_on.is_(None), Digest.sent_on != today))
        .values(sent_on=today)
    )
    return bool(session.execute(mine.returning(Digest.person_id)).all())


def _write(session: Session, today: date, now: datetime, person_id: int, ref: str) -> None:
    who = viewer(session, person_id, today)
    waiting = 0 if who is None else inbox_counts(session, who, today)["mine"]
    if who is None or not waiting:
        return
    payload = {"person": person_id, "kind": DIGEST, "code": "", "waiting": waiting} | _said(session, who, today)
    values = {"topic": MAIL, "key": f"{MAIL}:{ref}", "payload": payload}
    session.execute(insert(OutboxMessage).values(values | {"created_at": now, "available_at": now, "attempts": 0}))


def _said(session: Session, who: Viewer, today: date) -> dict[str, Any]:
    """The files due first, by code and due day; of one in which the person is in conflict only its code."""
    lines = inbox(session, who, today, "mine", limit=LISTED).items
    until = last_soon_day(session, today)
    return {
        "files": [[line.code, line.due_on.isoformat() if line.due_on else None] for line in lines],
        "late": sum(1 for line in lines if line.due_on and line.due_on < today),
        "soon": sum(1 for line in lines if line.due_on and today <= line.due_on <= until),
    }
