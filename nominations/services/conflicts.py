"""A person's own word that they are kin to a nominee or have an interest in it, and what follows for open steps.

The declaration is about the nominee, so it counts in every file of that nominee from now on. Where it leaves nobody
free to take an open step, the step goes at once to the substitute the flow names, or raises a notice: never silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import Nomination
from nominations.models.nominees import ConflictDeclaration
from nominations.models.work import Task
from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.prepared import Prepared, in_scope, prepare
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.holders import Address, address
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, words
from nominations.services.statements import Part, write
from nominations.transactions import transactional
from workflows import Actor, Holder

KINDS = ("kin", "interest", "other")
STREAM = "people"


@dataclass(frozen=True, slots=True)
class Declared:
    """What came of a declaration: the receipt, or none where it stood already; the files whose step changed hands."""

    receipt: Receipt | None
    moved: tuple[str, ...] = ()


@transactional
def declare(
    session: Session, actor: Actor, clock: Clock, origin: Origin, code: str, kind: str | None, note: str | None
) -> Declared:
    """Declare a conflict with the nominee of file ``code``; declared twice, it stands once.

    Raises NotFound for a file the actor may not know of, InvalidInput for a kind or note that cannot be used.
    """
    now, today = clock.now(), clock.today()
    row = case_row(session, code, today, lock=False)
    if row is None or not in_scope(actor, row):
        raise NotFound(code)
    said = _checked(kind, note)
    lock_waiting(session, code, today)
    if _stands(session, actor.person, row.nominee_id):
        return Declared(None)
    values = {"person_id": actor.person, "nominee_id": row.nominee_id, "declared_at": now}
    session.execute(insert(ConflictDeclaration).values(values | said))
    moved = pass_on(session, row.nominee_id, now, today)
    receipt = record(
        session, now, STREAM, "declare_conflict", origin, {"code": code, "input": said, "moved": list(moved)}
    )
    return Declared(receipt, moved)


def lock_waiting(session: Session, code: str, today: date) -> None:
    """Lock every file with an open step of the nominee of file ``code``, in one order for all who lock several."""
    nominee = session.scalar(select(Nomination.nominee_id).where(Nomination.code == code))
    for each in _waiting(session, nominee) if nominee is not None else ():
        case_row(session, each, today, lock=True)


def pass_on(session: Session, nominee_id: int, now: datetime, today: date) -> tuple[str, ...]:
    """Put each locked open step of the nominee's files where somebody is free; the files whose step changed hands."""
    return tuple(code for code in _waiting(session, nominee_id) if _passes_on(session, code, now, today))


def _checked(kind: str | None, note: str | None) -> dict[str, str]:
    errors: dict[str, Message] = {}
    said = words(note, LONG) if note else REQUIRED
    if isinstance(said, Message):
        errors["note"] = said
    if kind not in KINDS:
        errors["kind"] = REQUIRED if not kind else Message("not_choice", {"choices": ", ".join(KINDS)})
    if errors:
        raise InvalidInput(errors)
    return {"kind": str(kind), "note": str(said)}


def _stands(session: Session, person_id: int, nominee_id: int) -> bool:
    found = session.scalar(
        select(ConflictDeclaration.id).where(
            ConflictDeclaration.person_id == person_id, ConflictDeclaration.nominee_id == nominee_id
        )
    )
    return found is not None


def _waiting(session: Session, nominee_id: int) -> tuple[str, ...]:
    """The nominee's files with an open step, in one order for everybody who locks several."""
    waiting = (
        select(Nomination.code)
        .join(Task, Task.nomination_id == Nomination.id)
        .where(Nomination.nominee_id == nominee_id, Task.kind == "step", Task.closed_at.is_(None))
        .order_by(Nomination.code)
    )
    return tuple(session.scalars(waiting))


def _passes_on(session: Session, code: str, now: datetime, today: date) -> bool:
    """Put the open step where somebody is still free; whether that changed anything."""
    row = case_row(session, code, today, lock=False)
    if row is None or not row.tasks:
        return False
    ready = prepare(session, row, "ballot", {}, today)  # an act that is judged by persons alone
    step = ready.workflow.steps.get(row.state)  # a returned file is with whoever files, whom no conflict bars
    if step is None:
        return False
    found = address(row, ready.workflow, ready.case, step, today)
    if not found.nobody_free and ready.case.holder == Holder(found.unit_id, found.duty, found.substitute):
        return False
    write(session, list(_change_of_hands(ready, row, found, now)))
    return True


def _change_of_hands(ready: Prepared, row: CaseRow, found: Address, now: datetime) -> Iterator[Part]:
    values = {
        "id": row.tasks[0][0],
        "unit_id": found.unit_id,
        "duty": found.duty,
        "substitute": found.substitute,
        "nobody_free": found.nobody_free,
    }
    yield Part("tasks", values, keys=("id",))
    if found.unit_id not in (row.reached or ()):
        reach = {"nomination_id": row.id, "unit_id": found.unit_id, "reached_at": now}
        yield Part("nomination_reach", reach, on_conflict="nothing")
    said = {"code": ready.case.code, "act": "declare_conflict", "from": row.state, "to": row.state}
    payload = said | {"unit": found.unit_id, "duty": found.duty, "nobody_free": found.nobody_free}
    message = {"topic": "nomination", "key": row.code, "payload": payload, "created_at": now, "available_at": now}
    yield Part("outbox", message | {"attempts": 0})
